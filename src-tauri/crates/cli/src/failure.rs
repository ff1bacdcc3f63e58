//! Why a command about the record did not do what it was asked.

use std::io;
use std::path::Path;

use audit::harmless;

/// Why there is no clean bill.
pub(crate) enum Failure {
    Damaged(String),
    Unusable(String),
    Usage(String),
    NotAccepted(String),
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// A path as it may stand on a terminal: whoever named the file moves and hides nothing there.
pub(crate) fn shown(path: &Path) -> String {
    harmless(&path.display().to_string()).into_owned()
}

/// An error and what led to it. Some causes say again what was said.
pub(crate) fn with_causes(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut last = told.clone();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !text.contains(&last) && !told.contains(&text) {
            told = format!("{told}: {text}");
            last = text;
        }
        cause = error.source();
    }
    told
}
