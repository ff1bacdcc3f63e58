//! What a desk starts with, and what earlier runs left to be done.

use crate::ids::{PassId, UserId, VisitId};
use crate::policy::{Policy, Site};
use crate::time::{Now, ServiceTime};
use crate::walkthrough::pack::Packs;

/// What a desk starts with.
#[derive(Debug)]
pub struct Start {
    pub policy: Policy,
    pub site: Site,
    pub packs: Packs,
    /// One more than the last visit ever recorded at this station.
    pub next_visit: VisitId,
    /// Intents of earlier runs whose fate was never recorded.
    pub pending: Vec<PendingIntent>,
    /// True when one window shows both panes.
    pub person_pane: bool,
    pub now: Now,
}

/// An intent without a result, read back from the record.
#[derive(Clone, Debug)]
pub struct PendingIntent {
    pub visit: VisitId,
    pub user: UserId,
    pub upn: String,
    pub intent: String,
    pub known_passes: Vec<PassId>,
    pub asked_at: ServiceTime,
    pub lifetime_minutes: u32,
    /// The pass it led to, if it is known to exist and was to be taken back.
    pub made: Option<PendingPass>,
}

/// A pass of an earlier run that is to be taken back.
#[derive(Clone, Debug)]
pub struct PendingPass {
    pub id: PassId,
    pub until: ServiceTime,
}
