//! Types for values that must never reach a log: they have no `Debug`, `Display` or `Serialize`.

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
