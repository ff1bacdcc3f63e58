//! What a rule gives.

use std::fs;
use std::path::Path;

/// One rule and what breaks it.
pub(crate) struct Check {
    /// The rule in one short sentence.
    pub(crate) rule: &'static str,
    /// What breaks it, one line each; empty when it holds.
    pub(crate) complaints: Vec<String>,
}

impl Check {
    /// A rule with what breaks it.
    pub(super) fn new(rule: &'static str, complaints: Vec<String>) -> Self {
        Self { rule, complaints }
    }
}

/// The text of a file, or a complaint that it is not there.
pub(super) fn text(root: &Path, path: &str) -> Result<String, Vec<String>> {
    fs::read_to_string(root.join(path)).map_err(|error| vec![format!("{path}: {error}")])
}
