//! Whether the record is the one this station kept, before anything is written to it.

use std::path::Path;

use audit::{Contradiction, Found, FoundFile, OpenError, Seq, Witness};
use onboarding::record::RecordFault;

use super::witness::{Recalled, Witnesses};
use super::{RecordLog, Recorded};
use crate::StartError;

/// Why a record is not trusted. An administrator may accept it as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untrusted {
    #[error("its file is gone")]
    Missing {
        /// How many entries it had; none where only its side file is left to tell.
        known: Option<u64>,
    },
    #[error("its file is empty")]
    Empty {
        /// How many entries it had.
        known: Option<u64>,
    },
    #[error("its side file is missing or damaged, and with it what was recorded last")]
    SideFile,
    #[error("it ends at entry {found} although it once had {known}")]
    RolledBack { found: u64, known: u64 },
    #[error("it is another station's")]
    OtherStation,
    #[error("it was written anew: entry {entry} is another than the one that stood there")]
    Rewritten { entry: u64 },
    #[error("what was remembered of it outside of it is gone")]
    WitnessMissing,
    #[error("what is remembered of it outside of it cannot be read")]
    WitnessUnreadable,
}

impl Untrusted {
    /// Its word in the record.
    #[must_use]
    pub fn fault(self) -> RecordFault {
        match self {
            Self::Missing { .. } => RecordFault::Missing,
            Self::Empty { .. } => RecordFault::Empty,
            Self::SideFile => RecordFault::SideFile,
            Self::RolledBack { .. } => RecordFault::RolledBack,
            Self::OtherStation => RecordFault::OtherStation,
            Self::Rewritten { .. } => RecordFault::Rewritten,
            Self::WitnessMissing => RecordFault::WitnessMissing,
            Self::WitnessUnreadable => RecordFault::WitnessUnreadable,
        }
    }
}

/// A record that may be written to.
pub(crate) enum Trusted {
    /// There is none, and nobody remembers one.
    New,
    /// It is what its witness saw, or more.
    Known { log: RecordLog, accepted: i64 },
    /// Nobody remembers it: it is from before there were witnesses.
    Adopted { log: RecordLog },
}

/// Opens the record at `path`, if it is to be trusted.
pub(crate) fn open(path: &Path, witnesses: &Witnesses) -> Result<Trusted, StartError> {
    // The files first: whoever closes a record tells the witness before the side file goes.
    let found = Found::at(path).map_err(OpenError::File)?;
    let witness = match witnesses.recall() {
        Recalled::Nothing => None,
        Recalled::Witness(witness) => Some(witness),
        Recalled::Unreadable => return Err(Untrusted::WitnessUnreadable.into()),
    };
    if !is_there(&found, witness.as_ref())? {
        return Ok(Trusted::New);
    }
    let has_side_file = found.side_file.is_some();
    let was_open = witness.as_ref().is_some_and(|witness| witness.open);
    let has_gone = !has_side_file && (found.index || was_open);
    if has_gone || found.side_file_broken {
        return Err(Untrusted::SideFile.into());
    }
    let log = RecordLog::open(path)?;
    let known = witness.as_ref().map(|witness| witness.seq.0);
    // It looked like one, and had no table in it.
    if log.was_created() {
        return Err(Untrusted::Empty { known }.into());
    }
    match witness {
        Some(witness) => {
            agrees(&log, &witness)?;
            let accepted = witness.accepted;
            Ok(Trusted::Known { log, accepted })
        }
        None => adopt(log),
    }
}

/// Whether there is a record, or rightly none.
fn is_there(found: &Found, witness: Option<&Witness>) -> Result<bool, Untrusted> {
    let known = witness.map(|witness| witness.seq.0);
    match found.file {
        FoundFile::There => Ok(true),
        FoundFile::Empty => Err(Untrusted::Empty { known }),
        FoundFile::Absent if known.is_none() && found.side_file.is_none() => Ok(false),
        FoundFile::Absent => Err(Untrusted::Missing { known }),
    }
}

fn agrees(log: &RecordLog, witness: &Witness) -> Result<(), StartError> {
    let untrusted = match log.read().contradicts(witness)? {
        None => return Ok(()),
        Some(Contradiction::OtherStation) => Untrusted::OtherStation,
        // Its tables are there and no entry is: they were all in the side file.
        Some(Contradiction::RolledBack { found: Seq(0), .. }) => Untrusted::SideFile,
        Some(Contradiction::RolledBack { found, known }) => Untrusted::RolledBack {
            found: found.0,
            known: known.0,
        },
        Some(Contradiction::Rewritten { seq }) => Untrusted::Rewritten { entry: seq.0 },
    };
    Err(untrusted.into())
}

/// A record without a witness is taken as it is, once.
fn adopt(log: RecordLog) -> Result<Trusted, StartError> {
    if log.read().head()?.seq == Seq(0) {
        return Err(Untrusted::SideFile.into());
    }
    if log.read().has_said(Recorded::WITNESSED)? {
        return Err(Untrusted::WitnessMissing.into());
    }
    Ok(Trusted::Adopted { log })
}
