//! What every contestant meets: the network, the intervals of the loops, and how a visit goes.

use crate::rng::SeededRng;

/// Milliseconds to the tenant, and as many back, for everybody.
pub(super) const THERE_MS: u64 = 25;
/// The contestants' intervals in seconds.
pub(super) const LOOPS: [u64; 3] = [1, 2, 5];

/// When what happens in one visit, in milliseconds after the pass is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    pub(super) used_ms: u64,
    pub(super) step_ms: Option<u64>,
    pub(super) entry_ms: u64,
}

impl Course {
    pub(super) fn draw(rng: &mut SeededRng) -> Self {
        let entry = rng.log_normal(110.0, 0.6);
        let used = (entry - rng.between(15.0, 60.0)).max(0.5);
        let stepped = rng.share() < 0.8;
        let step = (entry - rng.between(3.0, 25.0)).max(0.0);
        let ms = |seconds: f64| (seconds * 1_000.0) as u64;
        Self {
            used_ms: ms(used),
            step_ms: stepped.then(|| ms(step)),
            entry_ms: ms(entry),
        }
    }
}
