//! What a loop on a fixed timer gets: it asks from the moment the pass is shown, and believes its first read.

use super::course::{Course, THERE_MS};
use crate::latencies::Latencies;
use crate::rng::SeededRng;

/// A loop's figures.
pub(super) struct Looped {
    pub(super) latencies: Latencies,
    /// A visit, the one that issues the pass included.
    pub(super) requests: f64,
    pub(super) busiest: f64,
}

/// Visits of these courses, asked every so many seconds without any limit.
pub(super) fn looped(
    courses: &[Course],
    every_s: u64,
    stale_ms: u64,
    rng: &mut SeededRng,
) -> Looped {
    let mut latencies = Latencies::default();
    let mut requests = 0_u64;
    for course in courses {
        requests += 1;
        let mut sent_ms = 0;
        loop {
            requests += 1;
            let seen_ms = (sent_ms + THERE_MS).saturating_sub(rng.up_to(stale_ms));
            if seen_ms >= course.entry_ms {
                latencies.push_ms(course.entry_ms, sent_ms + 2 * THERE_MS);
                break;
            }
            sent_ms += every_s * 1_000;
        }
    }
    Looped {
        latencies,
        requests: requests as f64 / courses.len().max(1) as f64,
        busiest: 10.0 / every_s as f64,
    }
}
