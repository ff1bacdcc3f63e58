//! Types for values that must never reach a log: they have no `Debug`, `Display` or `Serialize`.

use std::fmt;

use zeroize::Zeroizing;

/// The pass itself, wiped from memory when dropped. It exists in no other answer of the service.
pub struct PassValue(Zeroizing<String>);

impl PassValue {
    /// The characters, to be shown to the person and nowhere else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Accepts 8 to 48 printable ASCII characters, the only shape the service documents.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let printable = text.bytes().all(|byte| byte.is_ascii_graphic());
        (printable && (8..=48).contains(&text.len())).then(|| Self(Zeroizing::new(text.to_owned())))
    }
}

/// Who a proxy is told asks. Wiped from memory when dropped, but for the copy that each request carries.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyCredentials {
    user: Zeroizing<String>,
    password: Zeroizing<String>,
}

impl ProxyCredentials {
    /// Accepts what the scheme `Basic` can carry: no control characters, and no colon in the name.
    pub fn new(user: &str, password: &str) -> Option<Self> {
        let plain = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
        let fits = plain(user) && !user.contains(':') && plain(password);
        fits.then(|| Self {
            user: Zeroizing::new(user.to_owned()),
            password: Zeroizing::new(password.to_owned()),
        })
    }

    pub(crate) fn user(&self) -> &str {
        &self.user
    }

    pub(crate) fn password(&self) -> &str {
        &self.password
    }
}

impl fmt::Debug for ProxyCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProxyCredentials(..)")
    }
}

/// A token in memory, wiped when dropped.
#[derive(Clone)]
pub(crate) struct Token(Zeroizing<String>);

impl Token {
    /// Accepts what can stand in a header; nothing else can be a bearer token.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let fits = !text.is_empty() && text.len() <= 64 * 1024;
        (fits && text.bytes().all(|byte| byte.is_ascii_graphic()))
            .then(|| Self(Zeroizing::new(text.to_owned())))
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::PassValue;

    #[test]
    fn pass_shape_is_8_to_48_printable_ascii() {
        let long = "x".repeat(48);
        let too_long = "x".repeat(49);
        for (text, accepted) in [
            ("+drkzqAD", true),
            ("nc+&G=xwDKCz", true),
            ("TAPRocks!", true),
            (long.as_str(), true),
            (too_long.as_str(), false),
            ("", false),
            ("1234567", false),
            ("with space", false),
            ("line\nbreak", false),
            ("nul\0nul\0nul", false),
            ("日本語日本語日本語", false),
            ("esc\u{1b}[31mred", false),
        ] {
            assert_eq!(PassValue::parse(text).is_some(), accepted, "{text:?}");
        }
    }
}
