//! What a desk starts with.

use super::kept_entries::KeptAtStart;
use crate::ids::VisitIds;
use crate::policy::{Policy, Site};
use crate::record::{NoticesOwed, Operators, PassesPerHour, PendingIntent, RollsToLeave, Untold};
use crate::time::Now;
use crate::walkthrough::pack::Packs;

/// What a desk starts with.
#[derive(Debug)]
pub struct Start {
    pub policy: Policy,
    pub site: Site,
    pub packs: Packs,
    pub visit_ids: VisitIds,
    /// Intents of earlier runs whose fate was never recorded.
    pub pending: Vec<PendingIntent>,
    /// The passes that earlier runs asked for.
    pub passes: PassesPerHour,
    /// What earlier runs did and nobody was told of.
    pub untold: Untold,
    /// Whom earlier runs were to take off the roll.
    pub rolls: RollsToLeave,
    /// Whom earlier runs were to tell by mail that a pass was issued.
    pub notices: NoticesOwed,
    /// Who ever signed in at this station.
    pub operators: Operators,
    /// What is kept of visits by telephone.
    pub kept: KeptAtStart,
    /// True when one window shows both panes.
    pub person_pane: bool,
    pub now: Now,
}
