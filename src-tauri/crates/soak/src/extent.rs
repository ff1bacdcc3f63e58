//! How much of a trial is held.

use std::time::Instant;

/// How long a run may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub(crate) seed: u64,
    pub(crate) short: bool,
    /// When no further round begins.
    pub(crate) until: Instant,
}

impl Extent {
    /// The same for a lane: lane 0 alone draws what a run with this seed draws first.
    pub(crate) fn of_lane(self, number: u64) -> Self {
        Self {
            seed: self.seed.wrapping_add(number),
            ..self
        }
    }
}
