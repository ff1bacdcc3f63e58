//! Looking for many strings of bytes at once.

use std::collections::BTreeMap;
use std::io::Read;

use super::encodings::Needle;

/// What is read at once.
const PIECE: usize = 4 << 20;

/// The needles, by their first two bytes.
pub(super) struct Needles {
    all: Vec<Needle>,
    /// For each pair of bytes whether a needle begins with it.
    begins: Vec<bool>,
    longest: usize,
}

/// How often a needle was found, by its place in the list.
pub(super) type Found = BTreeMap<usize, usize>;

impl Needles {
    pub(super) fn new(all: Vec<Needle>) -> Self {
        let mut begins = vec![false; 1 << 16];
        for needle in &all {
            begins[pair(needle.bytes[0], needle.bytes[1])] = true;
        }
        let longest = all
            .iter()
            .map(|needle| needle.bytes.len())
            .max()
            .unwrap_or(0);
        Self {
            all,
            begins,
            longest,
        }
    }

    pub(super) fn needle(&self, number: usize) -> &Needle {
        &self.all[number]
    }

    /// Adds what is in these bytes, as far as it begins before `end`.
    pub(super) fn count(&self, bytes: &[u8], end: usize, found: &mut Found) {
        let mut before = match bytes.first() {
            Some(first) => *first,
            None => return,
        };
        for (at, byte) in bytes.iter().enumerate().skip(1) {
            let begins = self.begins[pair(before, *byte)];
            before = *byte;
            if begins && at <= end {
                for (number, needle) in self.all.iter().enumerate() {
                    if bytes[at - 1..].starts_with(&needle.bytes) {
                        *found.entry(number).or_default() += 1;
                    }
                }
            }
        }
    }

    /// Adds what comes out of a reader, to its end or to the first failure.
    pub(super) fn read(&self, mut from: impl Read, found: &mut Found) {
        let keep = self.longest.saturating_sub(1);
        let mut piece = vec![0; PIECE + keep];
        let mut filled = 0;
        loop {
            let read = match from.read(&mut piece[filled..]) {
                Ok(0) | Err(_) => break,
                Ok(read) => read,
            };
            filled += read;
            if filled < piece.len() {
                continue;
            }
            let whole = filled - keep;
            self.count(&piece, whole, found);
            piece.copy_within(whole.., 0);
            filled = keep;
        }
        self.count(&piece[..filled], filled, found);
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

#[cfg(test)]
mod tests {
    use super::super::encodings::forms;
    use super::*;

    #[test]
    fn what_lies_across_pieces_is_found_once() {
        let needles = Needles::new(forms("pass", "Xy+9abcdef"));
        for at in [
            0,
            1,
            PIECE - 12,
            PIECE - 5,
            PIECE - 1,
            PIECE,
            PIECE + 3,
            2 * PIECE - 4,
        ] {
            let mut bytes = vec![b'X'; 2 * PIECE + 100];
            bytes[at..at + 10].copy_from_slice(b"Xy+9abcdef");
            let mut found = Found::new();
            needles.read(&*bytes, &mut found);
            assert_eq!(found.into_iter().collect::<Vec<_>>(), [(0, 1)], "{at}");
        }
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        let needles = Needles::new(forms("pass", "Xy+9abcdef"));
        for bytes in [&b""[..], b"X", b"Xy+9abcde"] {
            let mut found = Found::new();
            needles.read(bytes, &mut found);
            assert!(found.is_empty());
        }
    }
}
