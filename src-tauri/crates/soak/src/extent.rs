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
