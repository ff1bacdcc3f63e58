//! Passes that were removed, as far as no look has borne it out: a box on the way may have answered in the directory's
//! place, and the app may have stopped before it looked.

use super::pending::PendingIntent;
use crate::ids::UserId;
use crate::time::ServiceTime;

/// More than can still work; a record of before has many that were never borne out.
const KEPT: usize = 100;

/// The record folded up to some entry.
#[derive(Clone, Debug, Default)]
pub(super) struct RemovedPasses {
    removed: Vec<PendingIntent>,
    /// When a pass was last asked for, in confirmed time: what the station's clock says of an entry excuses nothing (I6).
    last: Option<ServiceTime>,
}

impl RemovedPasses {
    pub(super) fn asked(&mut self, at: ServiceTime, confirmed: bool) {
        if confirmed {
            self.last = Some(at);
        }
    }

    /// The service said so of the pass this intent led to.
    pub(super) fn take(&mut self, mut pending: PendingIntent) {
        if let Some(made) = &mut pending.made {
            made.removed = true;
            self.removed.push(pending);
            let many = self.removed.len().saturating_sub(KEPT);
            self.removed.drain(..many);
        }
    }

    /// A look no longer showed what this intent led to, or it was removed once more, or its own end is past.
    pub(super) fn settle(&mut self, intent: &str) {
        self.removed.retain(|pending| pending.intent != intent);
    }

    /// A question comes of looking for it, which is open until it is answered.
    pub(super) fn reopen(&mut self, intent: &str) -> Option<PendingIntent> {
        let of_it = |pending: &PendingIntent| pending.intent == intent;
        let place = self.removed.iter().position(of_it)?;
        Some(self.removed.remove(place))
    }

    /// Nobody has two: another that was issued took its place.
    pub(super) fn another_for(&mut self, user: &UserId) {
        self.removed.retain(|pending| pending.subject.user != *user);
    }

    /// Those that might still work when a pass was last asked for. Whoever looks knows when their own end is past.
    pub(super) fn into_unproven(self) -> impl Iterator<Item = PendingIntent> {
        let Self { removed, last } = self;
        removed.into_iter().filter(move |pending| {
            let made = pending.made.as_ref();
            made.is_some_and(|made| last.is_none_or(|last| last < made.until()))
        })
    }
}
