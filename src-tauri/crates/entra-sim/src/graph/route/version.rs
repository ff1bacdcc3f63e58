//! The versions of Graph.

/// A version of Graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    One,
    /// A few operations that tell more there.
    Beta,
}

impl Version {
    /// The version a path is below, and what follows.
    pub(crate) fn of(path: &str) -> Option<(Self, &str)> {
        let below = |version: Self| {
            let rest = path.strip_prefix('/')?.strip_prefix(version.word())?;
            Some((version, rest.strip_prefix('/')?))
        };
        below(Self::One).or_else(|| below(Self::Beta))
    }

    /// Its segment.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::One => "v1.0",
            Self::Beta => "beta",
        }
    }
}
