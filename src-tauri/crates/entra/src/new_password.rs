//! A password that nobody is to know: drawn from the system's randomness, sent once, wiped.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

/// What a password is drawn from: every class the directory counts, and nothing that JSON writes in another way.
const ALPHABET: &[u8; 87] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+,-./:;=?@[]^_{}~";
/// Bytes from here on are thrown away, so that no character is likelier than another.
const FAIR: usize = 256 / ALPHABET.len() * ALPHABET.len();
/// A shorter piece of a name stands in a random text by chance, and the directory minds it no more.
const SHORTEST_NAME: usize = 3;
/// Bounds of a length that every directory takes, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 16..=127;

/// A new password. It has no `Display` and no `Serialize`, its `Debug` says nothing, and it is wiped when dropped.
pub struct NewPassword(Zeroizing<Vec<u8>>);

/// The system gave no randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no randomness")]
pub struct NoRandomness;

impl NewPassword {
    /// Draws one of `length` characters (16 to 127; what lies outside is brought to the nearest bound) with upper and
    /// lower case, digits and symbols, in which none of these names stands: the directory refuses such a password.
    ///
    /// # Errors
    /// [`NoRandomness`] where the system has none.
    pub fn draw(length: usize, names: &[&str]) -> Result<Self, NoRandomness> {
        let length = length.clamp(*LENGTHS.start(), *LENGTHS.end());
        loop {
            let drawn = Self(draw(length, fill)?);
            if drawn.has_every_class() && !names.iter().any(|name| drawn.holds(name)) {
                return Ok(drawn);
            }
        }
    }

    /// The characters, for the one request that sets it.
    pub(crate) fn expose(&self) -> &str {
        // The alphabet is ASCII.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn has_every_class(&self) -> bool {
        let classes: [fn(&u8) -> bool; 4] = [
            u8::is_ascii_uppercase,
            u8::is_ascii_lowercase,
            u8::is_ascii_digit,
            u8::is_ascii_punctuation,
        ];
        classes.iter().all(|class| self.0.iter().any(class))
    }

    /// Whether a piece of this name stands in it, in whatever case.
    fn holds(&self, name: &str) -> bool {
        name.split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|piece| piece.len() >= SHORTEST_NAME)
            .any(|piece| {
                let mut windows = self.0.windows(piece.len());
                windows.any(|window| window.eq_ignore_ascii_case(piece.as_bytes()))
            })
    }
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPassword")
    }
}

fn fill(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    getrandom::fill(bytes).map_err(|_| NoRandomness)
}

fn draw(
    length: usize,
    mut fill: impl FnMut(&mut [u8]) -> Result<(), NoRandomness>,
) -> Result<Zeroizing<Vec<u8>>, NoRandomness> {
    // It never grows, so that no copy stays behind.
    let mut drawn = Zeroizing::new(Vec::with_capacity(length));
    let mut bytes = [0_u8; 64];
    while drawn.len() < length {
        let filled = fill(&mut bytes);
        let wanted = length - drawn.len();
        let fair = bytes
            .iter()
            .filter(|byte| usize::from(**byte) < FAIR)
            .take(wanted);
        drawn.extend(fair.map(|byte| ALPHABET[usize::from(*byte) % ALPHABET.len()]));
        bytes.zeroize();
        filled?;
    }
    Ok(drawn)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_password_has_its_length_every_class_and_nobodys_name() {
        let mut seen = BTreeSet::new();
        for length in [16, 64, 127] {
            for _ in 0..200 {
                let made = NewPassword::draw(length, &["abc", "x.yz"]).unwrap();
                let text = made.expose();
                assert_eq!(text.len(), length);
                assert!(made.has_every_class());
                assert!(!text.to_ascii_lowercase().contains("abc"));
                assert!(
                    serde_json::to_string(text).unwrap().len() == length + 2,
                    "JSON writes it as it is"
                );
                assert!(seen.insert(text.to_owned()), "no two are the same");
            }
        }
        for (asked, given) in [(0, 16), (15, 16), (128, 127)] {
            let made = NewPassword::draw(asked, &[]).unwrap();
            assert_eq!(made.expose().len(), given);
        }
    }

    /// Each byte value once: what is kept of them is each character equally often.
    #[test]
    fn no_character_is_likelier_than_another() {
        let mut next = 0_u8;
        let every = |bytes: &mut [u8]| {
            for byte in bytes {
                *byte = next;
                next = next.wrapping_add(1);
            }
            Ok(())
        };
        let drawn = draw(FAIR, every).unwrap();
        for character in ALPHABET {
            let times = drawn.iter().filter(|drawn| *drawn == character).count();
            assert_eq!(times, FAIR / ALPHABET.len());
        }
        let distinct: BTreeSet<u8> = ALPHABET.iter().copied().collect();
        assert_eq!(distinct.len(), ALPHABET.len());
    }

    #[test]
    fn a_name_is_found_in_pieces_and_in_any_case() {
        let made = NewPassword(Zeroizing::new(b"xxTaRoxx".to_vec()));
        for (name, found) in [
            ("taro", true),
            ("TARO", true),
            ("hanako taro", true),
            ("k.taro@cablechan.biz", true),
            ("ta", false),
            ("jiro", false),
            ("山田", false),
            ("", false),
        ] {
            assert_eq!(made.holds(name), found, "{name}");
        }
    }

    #[test]
    fn without_randomness_there_is_no_password() {
        assert_eq!(draw(16, |_| Err(NoRandomness)), Err(NoRandomness));
    }

    #[test]
    fn its_debug_says_nothing() {
        let made = NewPassword::draw(64, &[]).unwrap();
        assert_eq!(format!("{made:?}"), "NewPassword");
    }
}
