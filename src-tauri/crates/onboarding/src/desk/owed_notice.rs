//! A notice that nobody took so far, and how far the station is with it.

use crate::effect::EffectId;
use crate::time::Mono;

/// How long it is waited after what failed: twice as long each time, and no longer than the last.
pub(super) const FIRST_WAIT_S: u64 = 60;
pub(super) const LONGEST_WAIT_S: u64 = 4 * 60 * 60;

/// How far the station is with one of them.
#[derive(Debug)]
pub(super) struct Notice {
    pub(super) at: At,
    /// How long it is waited after the next failure.
    pub(super) wait_s: u64,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum At {
    Waiting {
        due: Mono,
    },
    /// That it is about to be sent is being written down.
    Writing {
        effect: EffectId,
    },
    Sending {
        effect: EffectId,
    },
}

impl Notice {
    pub(super) fn due(&self) -> Option<Mono> {
        match self.at {
            At::Waiting { due } => Some(due),
            At::Writing { .. } | At::Sending { .. } => None,
        }
    }
}
