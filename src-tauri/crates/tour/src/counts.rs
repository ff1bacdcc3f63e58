//! How many checks held, for the tests that started us.

use std::fs;
use std::path::Path;

use serde::Serialize;
use workplace::Outcome;

/// Checks that held and checks that did not.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Counts {
    /// Leaves them as JSON in a file.
    pub(crate) fn write(&self, to: &Path) -> Outcome<()> {
        Ok(fs::write(to, serde_json::to_string(self)?)?)
    }
}
