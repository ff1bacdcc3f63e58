//! Chance as a seeded argument: the same seed gives the same moments and the same ids.

/// A small generator (SplitMix64). It spreads moments; nothing secret comes from it.
#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// The id of a request: a version 4 UUID as RFC 9562 writes it.
    pub(crate) fn request_id(&mut self) -> String {
        let (high, low) = (self.bits(), self.bits());
        // Version and variant have their places; all else is chance.
        let (high, low) = (high & !0xf000 | 0x4000, low & !(0b11 << 62) | (0b10 << 62));
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff
        )
    }

    /// Anything from 0 to `most`, both included.
    pub(crate) fn up_to(&mut self, most: u64) -> u64 {
        let mixed = self.bits();
        match most.checked_add(1) {
            Some(sides) => mixed % sides,
            None => mixed,
        }
    }

    /// `ms`, a tenth more or less.
    pub(crate) fn about(&mut self, ms: u64) -> u64 {
        ms - ms / 10 + self.up_to(ms / 5)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Rng;

    #[test]
    fn a_request_id_is_a_version_4_uuid_and_none_comes_twice() {
        let mut rng = Rng::seeded(5);
        let ids: BTreeSet<_> = (0..1_000).map(|_| rng.request_id()).collect();
        assert_eq!(ids.len(), 1_000);
        for id in ids {
            let form = |(at, c): (usize, char)| match at {
                8 | 13 | 18 | 23 => c == '-',
                14 => c == '4',
                19 => matches!(c, '8' | '9' | 'a' | 'b'),
                _ => matches!(c, '0'..='9' | 'a'..='f'),
            };
            assert!(id.len() == 36 && id.char_indices().all(form), "{id}");
        }
    }
}
