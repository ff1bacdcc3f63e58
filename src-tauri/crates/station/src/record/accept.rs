//! An administrator takes the record as it was found.

use std::path::{Path, PathBuf};
use std::{fs, io};

use audit::{AppendError, BeginError, OpenError, ReadError, StorageFault, VerifyError, Witness};
use onboarding::record::{Event, RecordFault};

use super::recorded::{RecordLog, entry};
use super::trust::{self, Trusted};
use super::untrusted::Untrusted;
use super::witness::{Recalled, Witnesses};
use crate::StartError;

/// What was done about a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// The station would have started with it.
    Nothing,
    /// It is used as it is.
    AsItIs {
        fault: RecordFault,
        /// How many entries it has now.
        entries: u64,
        /// How many intents are open in it: passes that may still work.
        open: usize,
    },
    /// A new one was begun.
    Anew {
        fault: RecordFault,
        /// Where the old file lies now, where there was one.
        set_aside: Option<PathBuf>,
    },
}

/// Why nothing was accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Begin(#[from] BeginError),
    #[error("the old record cannot be set aside: {0}")]
    SetAside(#[source] io::Error),
    #[error("what is remembered of the record cannot be written: {0}")]
    Witness(#[source] io::Error),
}

/// Accepts the record at `path` as it was found at `at_unix_ms`: from now on that is what its witness saw. What cannot
/// be written to is set aside, never removed, and a new record begun. Whoever calls holds the lock.
///
/// # Errors
/// See [`AcceptError`]. A record of a newer version, and one the system does not let be read, is not accepted.
pub fn accept(
    path: &Path,
    witnesses: &Witnesses,
    at_unix_ms: i64,
) -> Result<Accepted, AcceptError> {
    let witness = match witnesses.recall() {
        Recalled::Witness(witness) => Some(witness),
        Recalled::Nothing | Recalled::Unreadable => None,
    };
    let acceptance = Acceptance {
        path,
        witnesses,
        at_unix_ms,
        witness,
    };
    match trust::open(path, witnesses) {
        Ok(Trusted::New) => Ok(Accepted::Nothing),
        Ok(Trusted::Known { log, .. } | Trusted::Adopted { log }) => {
            if is_whole(&log)? {
                return Ok(Accepted::Nothing);
            }
            drop(log);
            acceptance.anew(RecordFault::Damaged)
        }
        Err(StartError::Untrusted(
            untrusted @ (Untrusted::Missing { .. } | Untrusted::Empty { .. }),
        )) => acceptance.anew(untrusted.fault()),
        Err(StartError::Untrusted(untrusted)) => match RecordLog::open(path) {
            Ok(log) if is_whole(&log)? => acceptance.go_on(log, untrusted.fault()),
            Ok(log) => {
                drop(log);
                acceptance.anew(RecordFault::Damaged)
            }
            Err(error) if is_damage(&error) => acceptance.anew(RecordFault::Damaged),
            Err(error) => Err(StartError::from(error).into()),
        },
        Err(StartError::Record(error)) if is_damage(&error) => {
            acceptance.anew(RecordFault::Damaged)
        }
        Err(error) => Err(error.into()),
    }
}

fn is_damage(error: &OpenError) -> bool {
    match error {
        OpenError::NotARecord | OpenError::SideFileMissing | OpenError::Damaged { .. } => true,
        OpenError::Storage(error) => error.why() == StorageFault::Damage,
        OpenError::File(_) | OpenError::Shared(_) | OpenError::Newer { .. } => false,
    }
}

fn is_whole(log: &RecordLog) -> Result<bool, StartError> {
    match log.read().verify(None) {
        Ok(_) => Ok(true),
        Err(VerifyError::Storage(error)) => Err(ReadError::Storage(error).into()),
        Err(VerifyError::Newer { seq }) => Err(ReadError::Newer { seq }.into()),
        Err(
            VerifyError::Broken { .. }
            | VerifyError::Before { .. }
            | VerifyError::Cut { .. }
            | VerifyError::Replaced { .. }
            | VerifyError::Read(_),
        ) => Ok(false),
    }
}

struct Acceptance<'a> {
    path: &'a Path,
    witnesses: &'a Witnesses,
    at_unix_ms: i64,
    witness: Option<Witness>,
}

impl Acceptance<'_> {
    fn go_on(self, mut log: RecordLog, fault: RecordFault) -> Result<Accepted, AcceptError> {
        let open = log.read().left_open()?.pending().len();
        log.append(self.at_unix_ms, &entry(None, self.event(fault)))?;
        log.empty_side_file()?;
        let entries = log.read().head()?.seq.0;
        self.remember(log)?;
        Ok(Accepted::AsItIs {
            fault,
            entries,
            open,
        })
    }

    fn anew(self, fault: RecordFault) -> Result<Accepted, AcceptError> {
        let set_aside = set_aside(self.path).map_err(AcceptError::SetAside)?;
        let first = entry(None, self.event(fault));
        RecordLog::begin(self.path, self.at_unix_ms, &first)?;
        let log = RecordLog::open(self.path).map_err(StartError::from)?;
        self.remember(log)?;
        Ok(Accepted::Anew { fault, set_aside })
    }

    fn event(&self, why: RecordFault) -> Event {
        let known = self.witness.as_ref();
        Event::RecordAccepted {
            why,
            known_entries: known.map(|witness| witness.seq.0),
            known_station: known.map(|witness| witness.station.clone()),
            known_hash: known.map(|witness| witness.hash_hex.clone()),
        }
    }

    /// What was remembered before no longer counts, wherever a copy of it is left.
    fn remember(&self, log: RecordLog) -> Result<(), AcceptError> {
        let before = self.witness.as_ref().map_or(0, |witness| witness.accepted);
        let accepted = self.at_unix_ms.max(before.saturating_add(1));
        let reader = log.read();
        let witness = Witness {
            open: false,
            ..Witness::of(reader.station(), reader.head()?, accepted)
        };
        self.witnesses
            .keep(&witness)
            .map_err(AcceptError::Witness)?;
        Ok(())
    }
}

/// Gives the files another name each, one that is free. Nothing where there are none.
fn set_aside(path: &Path) -> io::Result<Option<PathBuf>> {
    let named = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    // The last one is what a crash may leave before the log has its side file.
    let files = ["", "-wal", "-shm", "-journal"];
    if !files.iter().any(|ending| named(ending).exists()) {
        return Ok(None);
    }
    let mut number = 1;
    let is_taken = |number: u32| {
        let aside = format!(".set-aside-{number}");
        files
            .iter()
            .any(|ending| named(&format!("{aside}{ending}")).exists())
    };
    while is_taken(number) {
        number += 1;
    }
    let aside = format!(".set-aside-{number}");
    for ending in files {
        match fs::rename(named(ending), named(&format!("{aside}{ending}"))) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(Some(named(&aside)))
}
