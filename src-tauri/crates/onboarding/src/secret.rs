//! The pass itself: a secret with the shortest path to the one screen that shows it.

use zeroize::Zeroizing;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The value of a Temporary Access Pass. Its `Debug` says nothing, it has no `Display` and no `Serialize`, and is wiped when dropped.
pub struct PassSecret(Zeroizing<String>);

impl PassSecret {
    /// Takes a value the service handed out.
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self(Zeroizing::new(value.to_owned()))
    }

    /// The same once more, for a letter that carries it.
    pub(crate) fn again(&self) -> Self {
        Self(self.0.clone())
    }

    /// The characters themselves, for the one letter that carries them.
    pub(crate) fn characters(&self) -> &str {
        &self.0
    }

    /// The characters as numbers, for the one screen that shows them.
    pub(crate) fn glyphs(&self) -> Vec<Glyph> {
        let kind = |c: char| match c {
            'A'..='Z' => GlyphKind::Upper,
            'a'..='z' => GlyphKind::Lower,
            '0'..='9' => GlyphKind::Digit,
            _ => GlyphKind::Symbol,
        };
        self.0
            .chars()
            .map(|c| Glyph {
                code: u32::from(c),
                kind: kind(c),
            })
            .collect()
    }
}

impl std::fmt::Debug for PassSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PassSecret")
    }
}

/// One character of the pass as a number, with its kind.
#[derive(Clone, Serialize, TS)]
pub struct Glyph {
    pub code: u32,
    pub kind: GlyphKind,
}

/// What a character is, for the words under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GlyphKind {
    Upper,
    Lower,
    Digit,
    Symbol,
}
