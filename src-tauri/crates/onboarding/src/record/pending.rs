//! What an earlier run left open: what the next one is handed.

use crate::ids::{PassId, Subject};
use crate::time::ServiceTime;

/// An intent without a result, read back from the record: a pass may exist that nobody was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingIntent {
    pub subject: Subject,
    pub upn: String,
    pub intent: String,
    pub known_passes: Vec<PassId>,
    pub asked_at: ServiceTime,
    /// Whether `asked_at` was confirmed service time.
    pub time_confirmed: bool,
    pub lifetime_minutes: u32,
    pub once: bool,
    /// Passes that other intents of this station led to, or that the operator said are somebody else's.
    pub accounted: Vec<PassId>,
    /// The pass it led to, if it is known to exist and was to be taken back.
    pub made: Option<PendingPass>,
    /// A pass that was found, which may have come of it.
    pub found: Option<PendingFound>,
}

/// A pass of an earlier run that is to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingPass {
    pub id: PassId,
    pub start: ServiceTime,
    pub lifetime_minutes: u32,
    /// The service said that it is removed, and no look has borne that out.
    pub removed: bool,
}

/// A pass that an earlier run found, and whether its operator said that it is to be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingFound {
    pub pass: PendingPass,
    pub made: ServiceTime,
    pub remove: bool,
}
