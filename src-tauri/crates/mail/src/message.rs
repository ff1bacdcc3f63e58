//! A mail as plain values.

use std::fmt;

/// A mail with text, the same as HTML, and the pictures that the HTML shows.
#[derive(Clone, PartialEq, Eq)]
pub struct MailMessage {
    /// Whom it is from.
    pub from: Correspondent,
    /// The one recipient.
    pub to: Correspondent,
    /// One line.
    pub subject: String,
    /// For whoever reads text alone.
    pub text: String,
    /// The same as HTML, which shows pictures as `cid:` and their ids.
    pub html: String,
    /// What it shows.
    pub pictures: Vec<MailPicture>,
    /// When it is written: Unix milliseconds.
    pub at_unix_ms: i64,
}

/// An address, with the name shown beside it.
#[derive(Clone, PartialEq, Eq)]
pub struct Correspondent {
    pub address: String,
    pub name: Option<String>,
}

/// A picture within a mail.
#[derive(Clone, PartialEq, Eq)]
pub struct MailPicture {
    /// What follows `cid:` in the HTML: letters, digits, dots and hyphens.
    pub content_id: String,
    /// A PNG.
    pub png: Vec<u8>,
}

impl fmt::Debug for MailMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailMessage(..)")
    }
}

impl fmt::Debug for Correspondent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Correspondent(..)")
    }
}

impl fmt::Debug for MailPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailPicture(..)")
    }
}
