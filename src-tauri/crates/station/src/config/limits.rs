//! How much one station may do.

use schemars::JsonSchema;
use serde::Deserialize;

use super::wrong::Wrong;

/// How much one station may do.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Passes this station may issue within an hour, whoever is signed in: 1 to 10000.
    pub passes_per_hour: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            passes_per_hour: 30,
        }
    }
}

pub(super) fn check(limits: &Limits, wrong: &mut Wrong<'_>) {
    let passes = limits.passes_per_hour;
    wrong.range("limits.passes_per_hour", passes, 1, 10_000);
}
