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
        let may_work = move |pending: &PendingIntent| match (last, end(pending)) {
            (Some(last), Some(end)) => last < end,
            (None, _) | (_, None) => true,
        };
        removed.into_iter().filter(may_work)
    }
}

/// When it ends whatever its own answer says of it (T12); none where no confirmed time says when it was asked for.
fn end(pending: &PendingIntent) -> Option<ServiceTime> {
    let made = pending.made.as_ref().filter(|_| pending.time_confirmed)?;
    let minutes = made.lifetime_minutes.max(pending.lifetime_minutes);
    Some(made.start.max(pending.asked_at).after_minutes(minutes))
}
