//! What became of a display, in the record's words.

use serde::{Deserialize, Serialize};

/// Whose display it is; with one for both it is the operator's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Display {
    Operator,
    Person,
}

/// How a page was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisplayLoss {
    /// Its process ended.
    Died,
    /// It did not answer in time.
    Silent,
}
