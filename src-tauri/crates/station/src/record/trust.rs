//! Whether the record is the one this station kept, before anything is written to it.

use std::path::Path;

use audit::{Contradiction, Found, FoundFile, Seq, Witness};

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
    let found = Found::at(path)?;
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
    match judge(&log, witness.as_ref(), has_gone) {
        Ok(()) => Ok(match witness {
            Some(Witness { accepted, .. }) => Trusted::Known { log, accepted },
            None => Trusted::Adopted { log },
        }),
        Err(error) => {
            // The next start must find what this one found.
            if let Err(error) = log.keep_side_file() {
                tracing::warn!(%error, "the side file could not be kept");
            }
            Err(error)
        }
    }
}

fn judge(
    log: &RecordLog,
    witness: Option<&Witness>,
    side_file_gone: bool,
) -> Result<(), StartError> {
    // It looked like one, and had no table in it.
    if log.was_created() {
        let known = witness.map(|witness| witness.seq.0);
        return Err(Untrusted::Empty { known }.into());
    }
    match witness {
        Some(witness) => agrees(log, witness, side_file_gone),
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
fn adopt(log: &RecordLog) -> Result<(), StartError> {
    if log.read().head()?.seq == Seq(0) {
        return Err(Untrusted::SideFile.into());
    }
    if log.read().has_said(Recorded::WITNESSED)? {
        return Err(Untrusted::WitnessMissing.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use onboarding::record::Event;

    use super::super::recorded::entry;
    use super::*;

    /// F17, I5: a start that is refused changes nothing that the next one, or an administrator, looks at.
    #[test]
    fn f17_a_record_that_is_refused_is_refused_for_the_same_reason_the_next_time() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("record.sqlite3");
        let mut log = RecordLog::open(&path).unwrap();
        for _ in 0..2 {
            log.append(0, &entry(None, Event::WitnessMade)).unwrap();
        }
        let reader = log.read();
        let seen = Witness::of(reader.station(), reader.head().unwrap(), 0);
        log.keep_side_file().unwrap();
        drop(log);
        let witnesses = Witnesses::within(&dir.path().join("witness"), dir.path());
        let later = Witness {
            seq: Seq(5),
            ..seen
        };
        witnesses.keep(&later).unwrap();
        for _ in 0..2 {
            let refused = open(&path, &witnesses).err().unwrap();
            let is_told = matches!(
                refused,
                StartError::Untrusted(Untrusted::RolledBack { found: 2, known: 5 })
            );
            assert!(is_told, "{refused:?}");
        }
    }

    /// I5: the folder stands somewhere else now, with a link in its place, and its record is gone.
    #[cfg(unix)]
    #[test]
    fn i5_a_record_that_is_gone_is_missed_where_its_folder_was_moved_and_linked() {
        let dir = tempfile::tempdir().unwrap();
        let (data, moved) = (dir.path().join("data"), dir.path().join("moved"));
        let path = data.join("record.sqlite3");
        let witnesses = || Witnesses::within(&dir.path().join("witness"), &data);
        std::fs::create_dir(&data).unwrap();
        let mut log = RecordLog::open(&path).unwrap();
        log.append(0, &entry(None, Event::WitnessMade)).unwrap();
        let reader = log.read();
        let seen = Witness::of(reader.station(), reader.head().unwrap(), 0);
        witnesses().keep(&seen).unwrap();
        log.keep_side_file().unwrap();
        drop(log);
        std::fs::rename(&data, &moved).unwrap();
        std::os::unix::fs::symlink(&moved, &data).unwrap();
        assert!(open(&path, &witnesses()).is_ok(), "moved alone");
        // From here on both names are remembered: the link may go as well.
        witnesses().keep(&seen).unwrap();
        std::fs::remove_dir_all(&moved).unwrap();
        std::fs::create_dir(&moved).unwrap();
        let at_its_place = Witnesses::within(&dir.path().join("witness"), &moved);
        for (path, witnesses) in [
            (&path, witnesses()),
            (&moved.join("record.sqlite3"), at_its_place),
        ] {
            let refused = open(path, &witnesses).err().unwrap();
            let is_told = matches!(
                refused,
                StartError::Untrusted(Untrusted::Missing { known: Some(1), .. })
            );
            assert!(is_told, "{refused:?}");
        }
    }
}
