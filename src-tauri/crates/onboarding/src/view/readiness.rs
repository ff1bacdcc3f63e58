//! What the counter needs of the directory, and whether it is there.

use serde::Serialize;
use ts_rs::TS;

use crate::trouble::Message;

/// One thing the counter needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReadinessLine {
    pub state: Readiness,
    /// What it is.
    pub what: Message,
    /// What is therefore missing, or when it will show; none where it is there.
    pub note: Option<Message>,
}

/// Whether it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    There,
    Missing,
    CannotTell,
    /// The site does not want it.
    Off,
}
