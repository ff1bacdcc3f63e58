//! Somebody who is to leave the roll again, and how far the station is with it.

use crate::effect::EffectId;
use crate::time::Mono;

/// How long it is waited after what failed: twice as long each time, and no longer than the last.
const FIRST_WAIT_S: u64 = 30;
pub(super) const LONGEST_WAIT_S: u64 = 900;

/// Nobody is taken off the roll by the station later than this.
pub(super) const LONGEST_MS: i64 = 24 * 60 * 60 * 1000;

/// How far the station is with one of them.
#[derive(Debug)]
pub(super) struct Leaving {
    pub(super) at: At,
    /// How long it is waited after the next failure.
    pub(super) wait_s: u64,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum At {
    Waiting {
        due: Mono,
    },
    /// That it is about to be asked for is being written down.
    Writing {
        effect: EffectId,
    },
    Asking {
        effect: EffectId,
    },
}

impl Leaving {
    pub(super) fn due_at(due: Mono) -> Self {
        Self {
            at: At::Waiting { due },
            wait_s: FIRST_WAIT_S,
        }
    }
}
