//! The hash chain: what is hashed, in which order, and what can be wrong with a row.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The place of a record in the log; the first one is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The end of the chain at some moment. Kept outside the machine it is an anchor: with it, a cut tail
/// is found as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The last record; 0 when there is none yet.
    pub seq: Seq,
    /// Its hash, 64 lower-case hexadecimal digits.
    pub hash_hex: String,
}

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A number was left out or repeated.
    #[error("it is out of sequence")]
    Sequence,
    /// It does not name the hash of the one before.
    #[error("it does not follow the one before")]
    Link,
    /// Its content does not match its hash.
    #[error("its content was changed")]
    Content,
    /// It comes from another station's log.
    #[error("it belongs to another station")]
    Station,
    /// It cannot be read as a record at all.
    #[error("it cannot be read")]
    Unreadable,
    /// The pages of the file no longer fit together, so that records may be missing from here on.
    #[error("the file's own structure is broken, so that entries may be missing from here on")]
    Structure,
}

pub(crate) type Hash = [u8; 32];

/// A record as it is stored, not yet believed.
pub(crate) struct Row {
    pub(crate) seq: Seq,
    pub(crate) at_unix_ms: i64,
    pub(crate) schema: u32,
    pub(crate) station: String,
    pub(crate) boot: String,
    pub(crate) visit: Option<u64>,
    pub(crate) body: String,
    pub(crate) prev: Hash,
    pub(crate) hash: Hash,
}

impl Row {
    /// The hash this row ought to have. Every variable part is preceded by its length, so that no two
    /// different rows give the same bytes.
    pub(crate) fn computed_hash(&self) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(b"madoguchi record\0");
        hasher.update(self.prev);
        hasher.update(self.seq.0.to_be_bytes());
        hasher.update(self.at_unix_ms.to_be_bytes());
        hasher.update(self.schema.to_be_bytes());
        match self.visit {
            None => hasher.update([0]),
            Some(visit) => {
                hasher.update([1]);
                hasher.update(visit.to_be_bytes());
            }
        }
        for part in [&self.station, &self.boot, &self.body] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.finalize().into()
    }
}

/// Walks the chain row by row, holding only the end of what was found good.
pub(crate) struct Walk {
    station: String,
    seq: Seq,
    hash: Hash,
}

impl Walk {
    /// Starts before the first record of the log of `station`.
    pub(crate) fn from_start(station: &str) -> Self {
        Self {
            station: station.to_owned(),
            seq: Seq(0),
            hash: genesis(station),
        }
    }

    /// Starts after a record that is taken on trust.
    pub(crate) fn after(station: &str, seq: Seq, hash: Hash) -> Self {
        Self {
            station: station.to_owned(),
            seq,
            hash,
        }
    }

    /// Accepts the next row, or names what is wrong and the first sequence number it is wrong at.
    pub(crate) fn step(&mut self, row: &Row) -> Result<(), (Seq, Fault)> {
        let expected = self.next_seq();
        if row.seq != expected {
            return Err((expected, Fault::Sequence));
        }
        if row.station != self.station {
            return Err((expected, Fault::Station));
        }
        if row.prev != self.hash {
            return Err((expected, Fault::Link));
        }
        if row.computed_hash() != row.hash {
            return Err((expected, Fault::Content));
        }
        self.seq = row.seq;
        self.hash = row.hash;
        Ok(())
    }

    pub(crate) fn station(&self) -> &str {
        &self.station
    }

    pub(crate) fn next_seq(&self) -> Seq {
        Seq(self.seq.0.saturating_add(1))
    }

    pub(crate) fn head(&self) -> Head {
        Head {
            seq: self.seq,
            hash_hex: hex(&self.hash),
        }
    }
}

/// What the first record is chained to. It names the station, so that one station's log cannot be
/// passed off as another's.
pub(crate) fn genesis(station: &str) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(b"madoguchi station\0");
    hasher.update(station.as_bytes());
    hasher.finalize().into()
}

pub(crate) fn hex(hash: &Hash) -> String {
    let mut out = String::with_capacity(64);
    for byte in hash {
        for nibble in [byte >> 4, byte & 15] {
            out.push(char::from_digit(u32::from(nibble), 16).unwrap_or('?'));
        }
    }
    out
}

pub(crate) fn unhex(text: &str) -> Option<Hash> {
    let digits = text.as_bytes();
    let lower_hex = |digit: &u8| digit.is_ascii_digit() || (b'a'..=b'f').contains(digit);
    if digits.len() != 64 || !digits.iter().all(lower_hex) {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(hash)
}
