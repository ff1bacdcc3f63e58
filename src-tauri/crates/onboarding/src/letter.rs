//! A letter: what it is to say, and what leaves the station.

use std::fmt;

use zeroize::Zeroizing;

use crate::display::sanitize_for_display;
use crate::handout::HandOut;
use crate::ids::UserId;
use crate::notice::{DeclaredAddress, LetterKind};
use crate::secret::PassSecret;
use crate::time::ServiceTime;

/// To whom a letter goes.
#[derive(Clone, PartialEq, Eq)]
pub enum Recipient {
    Declared(DeclaredAddress),
    /// Whatever the directory holds as the person's mail address.
    Directory(String),
    /// Whatever the directory holds as the mail address of this person by then.
    PersonOf(UserId),
    /// Whoever the directory names as this person's manager, at the address that it holds.
    ManagerOf(UserId),
}

/// A pass on its way into a letter. The visit makes one where every condition holds, and nobody else does.
pub struct LetterPass {
    secret: PassSecret,
    start: ServiceTime,
    minutes: u32,
    /// What must not stand beside it.
    sign_in_name: String,
}

/// What a letter is to say. Its words are found where it is written.
pub struct LetterWanted {
    pub to: Recipient,
    pub what: LetterKind,
    /// The way in the person's language, as it stands on paper.
    pub sheet: HandOut,
    /// In a letter of the kind `pass` alone.
    pub pass: Option<LetterPass>,
    /// Whose pass was issued: for the manager.
    pub name: Option<String>,
    /// When it was issued: for the security notice.
    pub issued: Option<ServiceTime>,
}

/// A letter as it leaves. It is wiped when it is dropped.
pub struct Letter {
    to: String,
    subject: String,
    text: Zeroizing<String>,
    html: Zeroizing<String>,
    pictures: Vec<Picture>,
}

/// A picture in a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// What the HTML names it by.
    pub cid: String,
    pub png: Vec<u8>,
}

/// The sign-in name would stand in the same letter as the pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sign-in name would stand in a letter with a pass")]
pub struct NameInLetter;

impl LetterPass {
    /// The visit's own: it has looked at every condition.
    pub(crate) fn of(
        secret: &PassSecret,
        (start, minutes): (ServiceTime, u32),
        sign_in_name: &str,
    ) -> Self {
        Self {
            secret: secret.again(),
            start,
            minutes,
            sign_in_name: sign_in_name.to_owned(),
        }
    }

    /// The characters, for the one letter they go into.
    #[must_use]
    pub fn characters(&self) -> &str {
        self.secret.characters()
    }

    /// Since when it is good.
    #[must_use]
    pub fn start(&self) -> ServiceTime {
        self.start
    }

    /// For how long.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.minutes
    }
}

/// HTML with the signs that it writes in another way, as they are read.
fn plain(html: &str) -> Zeroizing<String> {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    let mut plain = Zeroizing::new(html.to_owned());
    for (written, read) in signs {
        *plain = plain.replace(written, read);
    }
    plain
}

impl Letter {
    /// What was written for `wanted`, to this address, below one line of subject. The sign-in name is looked for in all of
    /// it, in HTML also as HTML writes it.
    ///
    /// # Errors
    /// [`NameInLetter`] where the sign-in name would stand beside the pass, wherever.
    pub fn of(
        wanted: &LetterWanted,
        to: &str,
        subject: String,
        (text, html): (Zeroizing<String>, Zeroizing<String>),
        pictures: Vec<Picture>,
    ) -> Result<Self, NameInLetter> {
        if let Some(pass) = &wanted.pass {
            let name = pass.sign_in_name.to_lowercase();
            let holds = |part: &str| !name.is_empty() && part.to_lowercase().contains(&name);
            let plain = plain(&html);
            if [to, &subject, &text, &html, &plain].into_iter().any(holds) {
                return Err(NameInLetter);
            }
        }
        Ok(Self {
            to: to.to_owned(),
            subject: sanitize_for_display(&subject),
            text,
            html,
            pictures,
        })
    }

    #[must_use]
    pub fn to(&self) -> &str {
        &self.to
    }

    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    #[must_use]
    pub fn html(&self) -> &str {
        &self.html
    }

    #[must_use]
    pub fn pictures(&self) -> &[Picture] {
        &self.pictures
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Declared(_) => "Declared",
            Self::Directory(_) => "Directory",
            Self::PersonOf(_) => "PersonOf",
            Self::ManagerOf(_) => "ManagerOf",
        })
    }
}

impl fmt::Debug for LetterWanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LetterWanted")
            .field("to", &self.to)
            .field("what", &self.what)
            .field("pass", &self.pass)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for LetterPass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LetterPass")
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Letter")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::language::{Lang, Words};
    use crate::policy::{Paper, PhoneOs};
    use crate::site_files::SiteFiles;

    fn wanted(sign_in_name: &str) -> LetterWanted {
        let secret = PassSecret::new("Xy7#kLm2");
        LetterWanted {
            to: Recipient::Directory("taro@home.example".to_owned()),
            what: LetterKind::Pass,
            sheet: HandOut {
                paper: Paper::A4,
                lang: Lang::Ja,
                training: false,
                organisation: Words::same("O"),
                help_line: "0776".to_owned(),
                pack: "walkthrough-a".to_owned(),
                rows: Vec::new(),
                phone_os: PhoneOs::Ios,
                phone_lang: Lang::Ja,
                stores: Vec::new(),
                helps: Vec::new(),
                not_used: Vec::new(),
                card: None,
                site_files: SiteFiles::default(),
            },
            pass: Some(LetterPass::of(&secret, (ServiceTime(0), 30), sign_in_name)),
            name: Some("Taro Fukui".to_owned()),
            issued: None,
        }
    }

    proptest! {
        /// Whatever a site wrote and a person said: beside a pass the sign-in name stands nowhere.
        #[test]
        fn n20_a_letter_with_a_pass_never_holds_the_sign_in_name(
            name in "[a-zA-Z.'&]{1,8}@[a-z]{1,6}\\.[a-z]{2,3}",
            parts in prop::collection::vec("[a-zA-Z.@ ]{0,20}", 4),
            place in 0_usize..5,
            upper in any::<bool>(),
        ) {
            let put = if upper { name.to_uppercase() } else { name.clone() };
            let part = |at: usize| match at == place {
                true => format!("{}{put}{}", parts[at], parts[at]),
                false => parts[at].clone(),
            };
            // As HTML writes it.
            let html = part(3).replace('&', "&amp;").replace('\'', "&#39;");
            let written = (Zeroizing::new(part(2)), Zeroizing::new(html));
            let letter = Letter::of(&wanted(&name), &part(0), part(1), written, Vec::new());
            if place < 4 {
                prop_assert!(letter.is_err());
            }
            if let Ok(letter) = letter {
                let read = plain(letter.html());
                for part in [letter.to(), letter.subject(), letter.text(), letter.html(), &read] {
                    prop_assert!(!part.to_lowercase().contains(&name.to_lowercase()));
                }
            }
        }
    }

    #[test]
    fn n20_neither_a_letter_nor_its_pass_is_in_a_log() {
        let wanted = wanted("a@b.example");
        let written = (
            Zeroizing::new("T".to_owned()),
            Zeroizing::new("H".to_owned()),
        );
        let letter = Letter::of(
            &wanted,
            "taro@home.example",
            "S".to_owned(),
            written,
            Vec::new(),
        );
        let logged = format!("{wanted:?} {letter:?}");
        for secret in ["Xy7", "home.example", "a@b", "Taro"] {
            assert!(!logged.contains(secret), "{logged}");
        }
    }
}
