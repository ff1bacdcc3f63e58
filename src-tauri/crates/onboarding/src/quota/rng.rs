//! Chance as a seeded argument: the same seed gives the same moments.

/// A small generator (SplitMix64). It spreads moments; nothing secret comes from it.
#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// Anything from 0 to `most`, both included.
    pub(crate) fn up_to(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        match most.checked_add(1) {
            Some(sides) => mixed % sides,
            None => mixed,
        }
    }

    /// `ms`, a tenth more or less.
    pub(crate) fn about(&mut self, ms: u64) -> u64 {
        ms - ms / 10 + self.up_to(ms / 5)
    }
}
