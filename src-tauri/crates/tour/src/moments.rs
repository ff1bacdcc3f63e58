//! When the phone registers: at a moment nobody arranged with the station, drawn from a seed that is printed.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

/// From the row that waits for the registration to the registration. A step on the walk-through leads to it within
/// twenty-five seconds, or the station looks more seldom.
const FROM_MS: u64 = 1_000;
const UNTIL_MS: u64 = 18_000;

/// Moments drawn one after the other.
pub(crate) struct Moments {
    /// The same seed gives the same moments.
    pub(crate) seed: u32,
    drawn: u32,
}

impl Moments {
    /// From this seed, or from one that chance gives.
    pub(crate) fn seeded(seed: Option<u32>) -> Self {
        let chance = || (RandomState::new().build_hasher().finish() & u64::from(u32::MAX)) as u32;
        Self {
            seed: seed.unwrap_or_else(chance),
            drawn: 0,
        }
    }

    /// How long the next phone waits.
    pub(crate) fn next(&mut self) -> Duration {
        self.drawn += 1;
        // SplitMix64.
        let mut mixed = (u64::from(self.seed) << 32 | u64::from(self.drawn))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        Duration::from_millis(FROM_MS + mixed % (UNTIL_MS - FROM_MS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_moments_and_another_seed_others() {
        let moments = |seed| {
            let mut moments = Moments::seeded(Some(seed));
            [moments.next(), moments.next(), moments.next()]
        };
        assert_eq!(moments(7), moments(7));
        assert_ne!(moments(7), moments(8));
        for moment in (0..200).flat_map(moments) {
            let bounds = Duration::from_millis(FROM_MS)..Duration::from_millis(UNTIL_MS);
            assert!(bounds.contains(&moment), "{moment:?}");
        }
    }
}
