//! What an earlier run left open: how it is taken up, and what became of it.

use super::found::FoundPass;
use super::open_question::{Asked, OpenQuestion};
use super::reconcile::{Reconcile, Settled};
use super::target::{Claim, Heard, Target};
use crate::ids::VisitId;
use crate::reading::MethodQuery;
use crate::record::{PendingIntent, PendingPass};
use crate::time::{Mono, ServiceTime};

/// What became of something that an earlier run had left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciled {
    pub visit: VisitId,
    pub upn: String,
    pub fate: PassFate,
    pub at: ServiceTime,
}

/// What became of a pass that was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassFate {
    /// There was none.
    NotIssued,
    /// None was seen; one may still come, and is looked for.
    NotSeen,
    /// One was found, and the operator is asked whose it is.
    Asked,
    Removed,
    /// It was gone without this station's doing.
    Gone,
    /// It had ended by itself.
    Lapsed,
}

impl From<Settled> for PassFate {
    fn from(settled: Settled) -> Self {
        match settled {
            Settled::NotIssued => Self::NotIssued,
            Settled::NotSeen => Self::NotSeen,
            Settled::Asked => Self::Asked,
            Settled::TakenBack | Settled::Removed => Self::Removed,
            Settled::Gone => Self::Gone,
            Settled::Lapsed => Self::Lapsed,
        }
    }
}

/// Takes up what an earlier run left open.
pub(crate) fn reopen(pending: PendingIntent, lists: &MethodQuery, now: Mono) -> Reconcile {
    let question = OpenQuestion {
        visit: pending.subject.visit,
        user: pending.subject.user,
        upn: pending.upn,
        intent: pending.intent,
        known: [pending.known_passes, pending.accounted].concat(),
        asked: Asked {
            at: pending.asked_at,
            confirmed: pending.time_confirmed,
            mono: None,
        },
        lifetime_minutes: pending.lifetime_minutes,
        once: Some(pending.once),
        lists: lists.clone(),
    };
    let open = match pending.made {
        Some(pass) => Reconcile::owe(question, owed(pass, now), now),
        None => Reconcile::look(question, now),
    };
    match pending.found {
        Some(found) => open.with_found(FoundPass::earlier(&found, now), found.remove),
        None => open,
    }
}

fn owed(made: PendingPass, now: Mono) -> Target {
    Target {
        pass: made.id,
        claim: Claim::Certain,
        start: made.start,
        lifetime_minutes: made.lifetime_minutes,
        known_since: now,
        heard: Heard::Nothing,
        due: true,
    }
}
