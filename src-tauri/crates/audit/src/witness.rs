//! What is remembered of a log outside of its file, so that its absence, or that of its end, is noticed.

use serde::{Deserialize, Serialize};

use crate::chain::{Head, Seq, hex};
use crate::error::ReadError;
use crate::read::{Reader, damaged};
use crate::record::Vocabulary;
use crate::rows;

/// The end of a log at some moment, to be kept where the log is not. It holds nothing of what was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// The station that wrote the log.
    pub station: String,
    /// The last record.
    pub seq: Seq,
    /// Its hash, 64 lower-case hexadecimal digits.
    pub hash_hex: String,
    /// The log was open: its side file must be there.
    pub open: bool,
    /// When an administrator last accepted the log as it was found, in milliseconds since 1970, UTC; 0
    /// where nobody had to. What was remembered before that no longer counts.
    #[serde(default)]
    pub accepted: i64,
}

/// How a log can fail to be what its witness saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// Another station wrote it.
    OtherStation,
    /// It ends before the record that was its last.
    RolledBack {
        /// The last record that is there; 0 where there is none.
        found: Seq,
        /// The last one that was there.
        known: Seq,
    },
    /// The record that was its last is there, and is another.
    Rewritten {
        /// The record's number.
        seq: Seq,
    },
}

impl Witness {
    /// Takes down the end of a log.
    #[must_use]
    pub fn of(station: &str, head: Head, accepted: i64) -> Self {
        Self {
            station: station.to_owned(),
            seq: head.seq,
            hash_hex: head.hash_hex,
            open: true,
            accepted,
        }
    }

    /// The one of two that was taken down later. Of two that saw the same, the one that saw the log closed.
    #[must_use]
    pub fn later(self, other: Self) -> Self {
        let age = |witness: &Self| (witness.accepted, witness.seq, !witness.open);
        if age(&other) > age(&self) {
            other
        } else {
            self
        }
    }

    /// Its bytes, as they are kept.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads it back; nothing where these bytes are none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

impl<E: Vocabulary> Reader<E> {
    /// The station that wrote the log.
    #[must_use]
    pub fn station(&self) -> &str {
        &self.station
    }

    /// The last record, as it is stored.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn head(&self) -> Result<Head, ReadError> {
        let (seq, hash) = rows::stored_tail(&self.connection, &self.station)?;
        Ok(Head {
            seq,
            hash_hex: hex(&hash),
        })
    }

    /// What of the log is not as the witness saw it. A log that went on since then is as it should be.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn contradicts(&self, witness: &Witness) -> Result<Option<Contradiction>, ReadError> {
        if witness.station != self.station {
            return Ok(Some(Contradiction::OtherStation));
        }
        let (found, known) = (self.head()?.seq, witness.seq);
        if found < known {
            return Ok(Some(Contradiction::RolledBack { found, known }));
        }
        let rewritten = Contradiction::Rewritten { seq: known };
        let place = i64::try_from(known.0).unwrap_or(i64::MAX);
        let mut stands = known == Seq(0);
        self.each_row(&(place..=place), |row| {
            let row = row.map_err(damaged)?;
            stands |= hex(&row.hash) == witness.hash_hex;
            Ok::<_, ReadError>(())
        })?;
        Ok((!stands).then_some(rewritten))
    }
}
