//! Whether the record is the one this station kept, before anything is written to it.

use std::path::Path;

use audit::{Contradiction, Found, FoundFile, OpenError, Seq, Witness};

use super::recorded::{RecordLog, Recorded};
use super::untrusted::Untrusted;
use super::witness::{Recalled, Witnesses};
use crate::StartError;

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
    // One that is killed while it closes its record leaves no side file either: then all of it is in the file.
    let has_gone = !has_side_file && (found.index || was_open);
    if found.side_file_broken || has_gone && witness.is_none() {
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
            agrees(&log, &witness, has_gone)?;
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

fn agrees(log: &RecordLog, witness: &Witness, side_file_gone: bool) -> Result<(), StartError> {
    let untrusted = match log.read().contradicts(witness)? {
        None => return Ok(()),
        Some(Contradiction::OtherStation) => Untrusted::OtherStation,
        // Its tables are there and no entry is: they were all in the side file.
        Some(Contradiction::RolledBack { found: Seq(0), .. }) => Untrusted::SideFile,
        Some(Contradiction::RolledBack { .. }) if side_file_gone => Untrusted::SideFile,
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
