//! The address that a person declares. It is for this visit alone, and in no log.

use std::fmt;
use std::str::FromStr;

use email_address::{EmailAddress, Options};
use unicode_normalization::UnicodeNormalization;

/// A mail address that somebody said, in a form that mail can go to.
#[derive(Clone, PartialEq, Eq)]
pub struct DeclaredAddress(String);

/// What was typed is no mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a mail address")]
pub struct AddressFlaw;

/// As long as mail servers take one.
const LONGEST: usize = 254;

impl DeclaredAddress {
    /// Reads what was typed; wide signs of a Japanese keyboard are taken for what they stand for.
    ///
    /// # Errors
    /// [`AddressFlaw`] where it is none, or one with signs that not every mail server takes.
    pub fn parse(text: &str) -> Result<Self, AddressFlaw> {
        let folded: String = text.nfkc().collect();
        let folded = folded.trim();
        let options = Options::default()
            .with_required_tld()
            .without_display_text()
            .without_domain_literal();
        let plain = folded.is_ascii() && !folded.contains(['"', '\\']) && folded.len() <= LONGEST;
        match EmailAddress::parse_with_options(folded, options) {
            Ok(_) if plain => Ok(Self(folded.to_owned())),
            Ok(_) | Err(_) => Err(AddressFlaw),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the @.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    pub(crate) fn is(&self, other: &str) -> bool {
        self.0.eq_ignore_ascii_case(other.trim())
    }

    /// Whether one of these is its domain.
    pub(crate) fn lies_in(&self, domains: &[String]) -> bool {
        let domain = self.domain();
        domains
            .iter()
            .any(|known| known.eq_ignore_ascii_case(domain))
    }
}

impl FromStr for DeclaredAddress {
    type Err = AddressFlaw;

    fn from_str(text: &str) -> Result<Self, AddressFlaw> {
        Self::parse(text)
    }
}

impl fmt::Debug for DeclaredAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeclaredAddress")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s23_an_address_is_taken_by_its_form() {
        for (typed, read) in [
            ("taro@example.com", Some("taro@example.com")),
            (
                " taro.yamada+1@mail.example.co.jp ",
                Some("taro.yamada+1@mail.example.co.jp"),
            ),
            ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ", Some("taro@example.com")),
            ("o'brien@example.com", Some("o'brien@example.com")),
            ("", None),
            ("taro", None),
            ("taro@example", None),
            ("taro@@example.com", None),
            ("taro@example..com", None),
            ("taro yamada@example.com", None),
            ("Taro <taro@example.com>", None),
            ("taro@[192.0.2.1]", None),
            ("\"taro yamada\"@example.com", None),
            ("太郎@example.com", None),
            ("taro@example.com\r\nBcc: x@example.com", None),
            ("taro@example.com, jiro@example.com", None),
        ] {
            let address = DeclaredAddress::parse(typed).ok();
            let seen = address.as_ref().map(DeclaredAddress::as_str);
            assert_eq!(seen, read, "{typed:?}");
        }
    }

    #[test]
    fn s23_an_address_is_in_no_log() {
        let address = DeclaredAddress::parse("taro@example.com").unwrap();
        assert_eq!(format!("{address:?}"), "DeclaredAddress");
    }
}
