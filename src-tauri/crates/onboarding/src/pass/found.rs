//! A pass that was found by looking, of which the operator is asked whose it is.

use super::target::{Claim, Heard, Target};
use crate::ids::PassId;
use crate::person::directory::KnownPass;
use crate::record::PendingFound;
use crate::time::{Mono, Now, ServiceTime};

/// A pass that was found, which is perhaps ours.
#[derive(Clone, Debug)]
pub(crate) struct FoundPass {
    pub(crate) pass: PassId,
    pub(crate) made: ServiceTime,
    pub(crate) start: ServiceTime,
    pub(crate) lifetime_minutes: u32,
    /// No earlier than it was made.
    since: Mono,
}

impl FoundPass {
    /// One that an earlier run found.
    pub(crate) fn earlier(found: &PendingFound, since: Mono) -> Self {
        Self {
            pass: found.pass.id.clone(),
            made: found.made,
            start: found.pass.start,
            lifetime_minutes: found.pass.lifetime_minutes,
            since,
        }
    }

    /// One that was to be removed unasked, and is not any more.
    pub(crate) fn taken_from(target: Target, since: Mono) -> Self {
        Self {
            pass: target.pass,
            made: target.start,
            start: target.start,
            lifetime_minutes: target.lifetime_minutes,
            since,
        }
    }

    pub(crate) fn of(pass: &KnownPass, since: Mono) -> Self {
        Self {
            pass: pass.id.clone(),
            made: pass.made(),
            start: pass.start,
            lifetime_minutes: pass.lifetime_minutes,
            since,
        }
    }

    pub(crate) fn until(&self) -> ServiceTime {
        self.start.after_minutes(self.lifetime_minutes)
    }

    pub(crate) fn is_over(&self, now: Now) -> bool {
        self.clone().agreed().is_over(now)
    }

    /// The operator said that it is to go.
    pub(crate) fn agreed(self) -> Target {
        Target {
            pass: self.pass,
            claim: Claim::Agreed,
            start: self.start,
            lifetime_minutes: self.lifetime_minutes,
            known_since: self.since,
            heard: Heard::Nothing,
            due: true,
        }
    }
}
