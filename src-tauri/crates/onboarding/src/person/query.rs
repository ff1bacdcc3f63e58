//! From what was typed to whom to look for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

use crate::ids::{Upn, UpnError};
use crate::policy::Domains;
use crate::trouble::{Trouble, TroubleCode};

/// So many characters of a name are asked for.
const LONGEST_NAME: usize = 64;

/// How the operator says who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FindBy {
    /// The everyday account name of someone in the organisation.
    Organisation,
    /// The everyday account name of a business partner.
    Partner,
    /// A whole sign-in name.
    SignInName,
    /// A name, or a part of it.
    Name,
}

/// The two kinds of account names are composed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccountClass {
    Organisation,
    Partner,
}

/// Whom to look for, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonQuery {
    Upn(Upn),
    Name(NameWanted),
}

/// A name in every way it is asked for: nobody knows in which of them the directory keeps it, nor how it compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameWanted {
    folded: String,
    /// As it was typed, where that is another.
    typed: Option<String>,
}

/// What was quietly mended in what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryNote {
    WidthFolded,
    DomainKept,
}

impl PersonQuery {
    /// Parses what was typed: folds widths (NFKC), drops white space, adds the class's domain once.
    pub fn parse(
        text: &str,
        by: FindBy,
        domains: KnownDomains<'_>,
    ) -> Result<(Self, Option<QueryNote>), Trouble> {
        let folded: String = text.nfkc().collect();
        let folded = folded.trim();
        if folded.is_empty() {
            return Err(Trouble::new(TroubleCode::NothingTyped));
        }
        let note = (folded != text.trim()).then_some(QueryNote::WidthFolded);
        match by {
            FindBy::Name => Ok((Self::Name(NameWanted::of(text.trim(), folded)), note)),
            FindBy::SignInName | FindBy::Organisation | FindBy::Partner => {
                let plain: String = folded.chars().map(as_typed).collect();
                let note = (plain != text.trim()).then_some(QueryNote::WidthFolded);
                match by {
                    FindBy::Organisation => {
                        composed(&plain, &domains.composed.organisation, domains, note)
                    }
                    FindBy::Partner => composed(&plain, &domains.composed.partner, domains, note),
                    FindBy::SignInName | FindBy::Name => {
                        Ok((Self::Upn(upn(&without_spaces(&plain), domains)?), note))
                    }
                }
            }
        }
    }
}

impl NameWanted {
    fn of(typed: &str, folded: &str) -> Self {
        let plain = |text: &str| -> String {
            let shown = text.chars().filter(|c| !c.is_control());
            shown.take(LONGEST_NAME).collect()
        };
        let (typed, folded) = (plain(typed), plain(folded));
        Self {
            typed: (typed != folded).then_some(typed),
            folded,
        }
    }

    /// The name with its widths and compositions folded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.folded
    }

    /// Every way it is asked for, each once.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        [Some(self.folded.as_str()), self.typed.as_deref()]
            .into_iter()
            .flatten()
    }
}

/// Whose domains are looked for.
#[derive(Clone, Copy, Debug)]
pub struct KnownDomains<'a> {
    /// Those that account names are composed with.
    pub composed: &'a Domains,
    /// All of the tenant's; none where they could not be read.
    pub verified: Option<&'a [String]>,
}

impl KnownDomains<'_> {
    /// Whether somebody of this domain may be asked about. Where nobody could read which domains there are, the
    /// directory has the last word: it knows its own people by their whole names only, and another's by none.
    fn may_hold(&self, domain: &str) -> bool {
        let is = |known: &str| known.eq_ignore_ascii_case(domain);
        let Domains {
            organisation,
            partner,
        } = self.composed;
        is(organisation)
            || is(partner)
            || self
                .verified
                .is_none_or(|all| all.iter().any(|known| is(known)))
    }
}

/// Signs that keyboards and word processors put in the place of an account name's own.
fn as_typed(sign: char) -> char {
    match sign {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{02bc}' | '`' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{2500}' => '-',
        other => other,
    }
}

fn composed(
    typed: &str,
    domain: &str,
    domains: KnownDomains<'_>,
    note: Option<QueryNote>,
) -> Result<(PersonQuery, Option<QueryNote>), Trouble> {
    let typed = without_spaces(typed);
    if typed.contains('@') {
        return Ok((
            PersonQuery::Upn(upn(&typed, domains)?),
            Some(QueryNote::DomainKept),
        ));
    }
    let whole = format!("{typed}@{domain}");
    Ok((PersonQuery::Upn(parse_upn(&whole)?), note))
}

fn upn(text: &str, domains: KnownDomains<'_>) -> Result<Upn, Trouble> {
    let upn = parse_upn(text)?;
    if domains.may_hold(upn.domain()) {
        return Ok(upn);
    }
    let Domains {
        organisation,
        partner,
    } = domains.composed;
    Err(Trouble::new(TroubleCode::UnknownDomain)
        .text("domain", upn.domain())
        .text("organisation", organisation.as_str())
        .text("partner", partner.as_str()))
}

fn parse_upn(text: &str) -> Result<Upn, Trouble> {
    Upn::parse(text).map_err(|error: UpnError| match error {
        UpnError::Shape | UpnError::TooLong | UpnError::Character => {
            Trouble::new(TroubleCode::NotAnAccount)
        }
    })
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
