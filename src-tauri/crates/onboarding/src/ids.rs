//! Names of things, parsed at the edge.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One person's visit; never used twice on one station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct VisitId(pub u32);

/// The directory's object id of a user.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct UserId(pub String);

/// The directory's id of one Temporary Access Pass; not the pass.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct PassId(pub String);

/// A user principal name: `local@domain`, in the directory's own spelling.
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

impl Upn {
    /// Parses `local@domain` by Entra's grammar.
    pub fn parse(text: &str) -> Result<Self, UpnError> {
        let (local, domain) = text.split_once('@').ok_or(UpnError::Shape)?;
        if local.is_empty() || domain.is_empty() || domain.contains('@') {
            return Err(UpnError::Shape);
        }
        if local.len() > 64 || domain.len() > 48 {
            return Err(UpnError::TooLong);
        }
        let in_local = |c: char| c.is_ascii_alphanumeric() || "'.-_!#^~".contains(c);
        let in_domain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
        if !local.chars().all(in_local) || !domain.chars().all(in_domain) {
            return Err(UpnError::Character);
        }
        if !domain.contains('.') {
            return Err(UpnError::Shape);
        }
        Ok(Self(text.to_owned()))
    }

    /// The whole name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the @.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }

    /// What stands after the @.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
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
