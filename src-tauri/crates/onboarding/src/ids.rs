//! Names of things, parsed at the edge.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One person's visit; never used twice on one station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct VisitId(pub u32);

/// Gives each visit its number; it gives none twice.
#[derive(Clone, Debug)]
pub struct VisitIds(VisitId);

/// The directory's object id of a user.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct UserId(pub String);

/// The directory's id of one Temporary Access Pass; not the pass.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct PassId(pub String);

/// Whom a visit is about: a check, a pass and an open question are of one visit and one person, never of one alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub visit: VisitId,
    pub user: UserId,
}

/// A method that came in a visit: some kinds have the same id for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MethodInVisit {
    pub visit: VisitId,
    pub method: String,
}

/// A user principal name, in the directory's own spelling: `local@domain` where somebody typed it, anything where the
/// directory says it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Upn(String);

/// Why a text is no user principal name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UpnError {
    #[error("one @ with something on both sides is wanted")]
    Shape,
    #[error("at most 64 characters before the @ and 48 after it are allowed")]
    TooLong,
    #[error("only letters, digits and ' . - _ ! # ^ ~ are allowed")]
    Character,
}

/// What stands before the @ of somebody who was invited.
const GUEST: &str = "#EXT#";
/// An address of elsewhere with its mark.
const LONGEST_OF_GUESTS: usize = 256;

impl VisitIds {
    /// Goes on after the last visit that was ever recorded at this station, if there was one.
    #[must_use]
    pub fn after(last: Option<VisitId>) -> Self {
        Self(VisitId(last.map_or(0, |id| id.0).saturating_add(1)))
    }

    /// The number of the visit to come.
    pub(crate) fn upcoming(&self) -> VisitId {
        self.0
    }

    /// Gives it out.
    pub(crate) fn give(&mut self) -> VisitId {
        let given = self.0;
        self.0 = VisitId(given.0 + 1);
        given
    }
}

impl Upn {
    /// Parses `local@domain` by Entra's grammar.
    pub fn parse(text: &str) -> Result<Self, UpnError> {
        let (local, domain) = text.split_once('@').ok_or(UpnError::Shape)?;
        if local.is_empty() || domain.is_empty() || domain.contains('@') {
            return Err(UpnError::Shape);
        }
        // A guest's is made of a whole address of elsewhere, which has a grammar of its own.
        let guest = local.to_ascii_uppercase().ends_with(GUEST);
        if local.len() > if guest { LONGEST_OF_GUESTS } else { 64 } || domain.len() > 48 {
            return Err(UpnError::TooLong);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || "'.-_!#^~".contains(c);
        let of_address = |c: char| guest && (c.is_ascii_graphic() || c.is_alphanumeric());
        let in_local = |c: char| plain(c) || of_address(c);
        let in_domain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
        if !local.chars().all(in_local) || !domain.chars().all(in_domain) {
            return Err(UpnError::Character);
        }
        if !domain.contains('.') {
            return Err(UpnError::Shape);
        }
        Ok(Self(text.to_owned()))
    }

    /// What the directory says it is: nothing that it calls somebody keeps them from being shown and judged.
    #[must_use]
    pub fn of_directory(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The whole name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the last @; all of it where there is none.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or(&self.0, |(local, _)| local)
    }

    /// What stands after the last @.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for Upn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Upn {
    type Error = UpnError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Upn> for String {
    fn from(upn: Upn) -> Self {
        upn.0
    }
}
