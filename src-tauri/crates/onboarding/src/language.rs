//! The languages there are, and texts written in them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A language words are shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    Ja,
    /// Easy Japanese: short sentences, with the reading of every Chinese character above it.
    JaEasy,
    En,
    /// Stretched and bracketed English that finds clipped and hard-coded text.
    Pseudo,
    /// A further language to read in, known by its folder; what it does not say is read in English.
    #[serde(untagged)]
    #[ts(untagged)]
    Further(LangCode),
}

/// The code of a further language, such as `vi` or `pt-br`: two or three small letters, then perhaps `-` and two to
/// four more letters or digits. It is the name of the language's folder.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string & {}")]
pub struct LangCode([u8; 8]);

/// Not the code of a further language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the code of a further language; allowed: like vi or pt-br, but not ja, en or pseudo")]
pub struct NoLangCode;

impl LangCode {
    /// Reads a code.
    ///
    /// # Errors
    /// [`NoLangCode`] for anything else, and for the languages built in.
    pub fn parse(text: &str) -> Result<Self, NoLangCode> {
        let (language, rest) = text.split_once('-').unwrap_or((text, "xx"));
        let letters = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase());
        let region = (2..=4).contains(&rest.len())
            && rest
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let further = !matches!(text, "ja" | "en");
        if !(2..=3).contains(&language.len()) || !letters(language) || !region || !further {
            return Err(NoLangCode);
        }
        let mut code = [0; 8];
        code[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self(code))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|b| *b == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }
}

impl std::fmt::Debug for LangCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for LangCode {
    type Error = NoLangCode;

    fn try_from(text: String) -> Result<Self, NoLangCode> {
        Self::parse(&text)
    }
}

impl From<LangCode> for String {
    fn from(code: LangCode) -> Self {
        code.as_str().to_owned()
    }
}

/// A text of the site's in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Words {
    pub ja: String,
    pub en: String,
}
