//! Verification of the whole chain, in the file or in an export.

use std::io::BufRead;

use crate::chain::{Fault, Head, Row, Seq, Walk, genesis, hex, unhex};
use crate::error::{ReadError, VerifyError};
use crate::lines::{Line, next_line};
use crate::read::{Reader, event};
use crate::record::Vocabulary;
use crate::rows::Stored;
use crate::{rows, structure};

/// What was found good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The station that wrote the records; empty where there is none.
    pub station: String,
    /// The first record that was checked. Where it is not 1, this is a segment: what came before it is
    /// not there, and the first link was taken on trust.
    pub first: Seq,
    /// How many records there are.
    pub records: u64,
    /// The end of the chain.
    pub head: Head,
}

impl<E: Vocabulary> Reader<E> {
    /// Checks every record against its hash and the one before it, in flat memory, and then how the
    /// file and what lies beside it lie on the disk. The file is held for a few rows or pages at a time.
    /// With an `anchor` taken earlier and kept elsewhere, a cut tail or a log rewritten from the start is
    /// found too.
    ///
    /// # Errors
    /// The first thing that is wrong, see [`VerifyError`].
    pub fn verify(&self, anchor: Option<&Head>) -> Result<Verified, VerifyError> {
        let mut check = Check::from_start(&self.station, anchor)?;
        self.each_row(&rows::ALL, |row| check.stored::<E>(row))
            .map_err(|error| check.damage(error))?;
        let is_sound = structure::is_sound(&self.connection, self.closed)
            .map_err(|error| check.damage(error.into()))?;
        self.still_closed()?;
        let has_lost_records = self.has_lost_records().map_err(VerifyError::Read)?;
        if !is_sound || has_lost_records {
            return Err(check.broken((check.walk.next_seq(), Fault::Structure)));
        }
        check.finish()
    }
}

impl<E: Vocabulary> Reader<E> {
    /// Checks up to `limit` of the records that follow `checked`, or of all of them without it, and says
    /// where they end. To be called again until it says the same once more, and as the log grows. How the
    /// file lies on the disk is [`Reader::verify`]'s.
    ///
    /// # Errors
    /// The first thing that is wrong, see [`VerifyError`].
    pub fn verify_further(&self, checked: Option<&Head>, limit: u32) -> Result<Head, VerifyError> {
        let mut check = Check::from_start(&self.station, None)?;
        if let Some(checked) = checked {
            let hash = unhex(&checked.hash_hex)
                .ok_or_else(|| check.broken((checked.seq, Fault::Unreadable)))?;
            check.walk = Walk::after(&self.station, checked.seq, hash);
        }
        let next = i64::try_from(check.walk.next_seq().0).unwrap_or(i64::MAX);
        let last = next.saturating_add(i64::from(limit) - 1);
        let from = checked.map_or(i64::MIN, |_| next);
        self.each_row(&(from..=last), |row| check.stored::<E>(row))
            .map_err(|error| check.damage(error))?;
        Ok(check.walk.head())
    }
}

/// Checks an export made by [`Reader::export_json_lines`], without the log it came from.
///
/// # Errors
/// The first thing that is wrong, see [`VerifyError`].
pub fn verify_json_lines<E: Vocabulary>(
    mut lines: impl BufRead,
    anchor: Option<&Head>,
) -> Result<Verified, VerifyError> {
    let mut check: Option<Check<'_>> = None;
    loop {
        let next = check.as_ref().map_or(Seq(1), |check| check.walk.next_seq());
        let row = match next_line::<E>(&mut lines).map_err(VerifyError::Read)? {
            Line::End => break,
            Line::Newer => return Err(VerifyError::Newer { seq: next }),
            Line::Unreadable => {
                let first = check.map_or(next, |check| check.first);
                return Err(broken(first, (next, Fault::Unreadable)));
            }
            Line::Row(row) => row,
        };
        let check = match &mut check {
            Some(check) => check,
            None => check.insert(Check::from_row(&row, anchor)?),
        };
        check.step::<E>(row)?;
    }
    match check {
        Some(check) => check.finish(),
        None => Check::from_start("", anchor)?.finish(),
    }
}

struct Check<'a> {
    first: Seq,
    walk: Walk,
    anchor: Option<&'a Head>,
}

impl<'a> Check<'a> {
    fn from_start(station: &str, anchor: Option<&'a Head>) -> Result<Self, VerifyError> {
        match anchor {
            Some(anchor) if anchor.seq == Seq(0) && anchor.hash_hex != hex(&genesis(station)) => {
                Err(VerifyError::Replaced { seq: Seq(0) })
            }
            Some(_) | None => Ok(Self {
                first: Seq(1),
                walk: Walk::from_start(station),
                anchor,
            }),
        }
    }

    /// From the start, or in the middle: a segment's first link can only be taken as it is.
    fn from_row(row: &Row, anchor: Option<&'a Head>) -> Result<Self, VerifyError> {
        if row.seq <= Seq(1) {
            return Self::from_start(&row.station, anchor);
        }
        let before = Seq(row.seq.0 - 1);
        match anchor {
            Some(anchor) if anchor.seq < before => {
                return Err(VerifyError::Before {
                    first: row.seq,
                    anchor: anchor.seq,
                });
            }
            Some(anchor) if anchor.seq == before && anchor.hash_hex != hex(&row.prev) => {
                return Err(VerifyError::Replaced { seq: before });
            }
            Some(_) | None => {}
        }
        Ok(Self {
            first: row.seq,
            walk: Walk::after(&row.station, before, row.prev),
            anchor,
        })
    }

    fn stored<E: Vocabulary>(&mut self, row: Stored) -> Result<(), VerifyError> {
        let row = row.map_err(|found| self.broken(found))?;
        self.step::<E>(row)
    }

    fn step<E: Vocabulary>(&mut self, row: Row) -> Result<(), VerifyError> {
        let first = self.first;
        self.walk.step(&row).map_err(|found| broken(first, found))?;
        match self.anchor {
            Some(anchor) if anchor.seq == row.seq && anchor.hash_hex != hex(&row.hash) => {
                Err(VerifyError::Replaced { seq: row.seq })
            }
            Some(_) | None => self.is_known::<E>(&row),
        }
    }

    /// A record whose chain holds was written by the app: what cannot be understood is not damage.
    fn is_known<E: Vocabulary>(&self, row: &Row) -> Result<(), VerifyError> {
        match event::<E>(row) {
            Ok(_) => Ok(()),
            Err(ReadError::Newer { seq }) => Err(VerifyError::Newer { seq }),
            Err(ReadError::Damaged { seq, fault }) => Err(self.broken((seq, fault))),
            Err(ReadError::Storage(error)) => Err(VerifyError::Storage(error)),
        }
    }

    /// A file whose pages no longer fit together is damaged at the first record it does not give out.
    fn damage(&self, error: VerifyError) -> VerifyError {
        match error {
            VerifyError::Storage(error) if error.is_damage() => {
                self.broken((self.walk.next_seq(), Fault::Structure))
            }
            VerifyError::Newer { .. }
            | VerifyError::Before { .. }
            | VerifyError::Broken { .. }
            | VerifyError::Cut { .. }
            | VerifyError::Replaced { .. }
            | VerifyError::Storage(_)
            | VerifyError::Read(_) => error,
        }
    }

    fn broken(&self, found: (Seq, Fault)) -> VerifyError {
        broken(self.first, found)
    }

    fn finish(self) -> Result<Verified, VerifyError> {
        let head = self.walk.head();
        match self.anchor {
            Some(anchor) if anchor.seq > head.seq => Err(VerifyError::Cut {
                last: head.seq,
                anchor: anchor.seq,
            }),
            Some(_) | None => Ok(Verified {
                station: self.walk.station().to_owned(),
                first: self.first,
                records: head.seq.0 - (self.first.0 - 1),
                head,
            }),
        }
    }
}

fn broken(first: Seq, (seq, fault): (Seq, Fault)) -> VerifyError {
    VerifyError::Broken {
        seq,
        fault,
        sound: seq.0.saturating_sub(first.0),
    }
}
