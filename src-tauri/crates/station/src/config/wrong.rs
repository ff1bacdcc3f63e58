//! What is wrong with the file, and where.

use std::fmt;

use super::line::Places;

/// One thing wrong with the file, with where it stands and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// `section.key`; none where no key could be read.
    pub key: Option<String>,
    /// Counted from 1; none where the key's whole section is missing.
    pub line: Option<usize>,
    pub what: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if let Some(key) = &self.key {
            write!(f, "{key}: ")?;
        }
        f.write_str(&self.what)
    }
}

/// What was found wrong so far.
pub(super) struct Wrong<'a> {
    places: Places<'a>,
    found: Vec<ConfigError>,
}

impl<'a> Wrong<'a> {
    /// Nothing of this file yet.
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            places: Places::of(text),
            found: Vec::new(),
        }
    }

    /// All of it.
    pub(super) fn found(self) -> Vec<ConfigError> {
        self.found
    }

    pub(super) fn add(&mut self, key: &str, what: impl Into<String>) {
        let line = self.places.line_of(key);
        self.found.push(ConfigError {
            key: Some(key.to_owned()),
            line,
            what: what.into(),
        });
    }

    pub(super) fn add_member(&mut self, key: &str, member: usize, what: impl Into<String>) {
        let line = self.places.line_of_member(key, member);
        self.found.push(ConfigError {
            key: Some(key.to_owned()),
            line,
            what: what.into(),
        });
    }

    pub(super) fn range(&mut self, key: &str, value: u32, least: u32, most: u32) {
        if !(least..=most).contains(&value) {
            let allowed = if least == most {
                format!("only {least}")
            } else {
                format!("{least} to {most}")
            };
            self.add(
                key,
                format!("{value} is not allowed here; allowed: {allowed}"),
            );
        }
    }
}
