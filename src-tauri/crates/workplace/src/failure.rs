//! What stops a task: one sentence for the person at the terminal.

use std::fmt;

/// What every step gives back.
pub type Outcome<T> = Result<T, Failure>;

/// Why a task stopped, in words a newcomer can act on.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A failure with this sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut sentence = error.to_string();
        let mut source = error.source();
        while let Some(inner) = source {
            let words = inner.to_string();
            if !sentence.contains(&words) {
                sentence = format!("{sentence}: {words}");
            }
            source = inner.source();
        }
        Self(sentence)
    }
}

/// Says what was being done when something failed.
pub trait During<T> {
    /// Puts `doing` in front of the failure.
    fn during(self, doing: &str) -> Outcome<T>;
}

impl<T, E: Into<Failure>> During<T> for Result<T, E> {
    fn during(self, doing: &str) -> Outcome<T> {
        self.map_err(|error| Failure(format!("{doing}: {}", error.into())))
    }
}
