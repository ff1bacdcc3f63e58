//! What a round draws.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

/// The generator of a run: the same seed draws the same.
pub(crate) struct Chance(StdRng);

impl Chance {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// From 0 to `most`, both included.
    pub(crate) fn up_to(&mut self, most: u64) -> u64 {
        self.0.random_range(0..=most)
    }

    /// True in `percent` of all cases.
    pub(crate) fn in_percent(&mut self, percent: u64) -> bool {
        self.up_to(99) < percent
    }

    /// A fault that meets the next request for a pass, or none.
    pub(crate) fn fault(&mut self) -> Option<Value> {
        let fault = match self.up_to(9) {
            0 | 1 => "answer_lost",
            2 => "reset",
            3 => "malformed",
            4 => "truncated",
            5 => "slow",
            6 => "status:503",
            _ => return None,
        };
        let delay_ms = self.up_to(1500);
        Some(json!({
            "method": "POST", "path": "/v1.0/users", "fault": fault, "times": 1, "delay_ms": delay_ms,
        }))
    }
}
