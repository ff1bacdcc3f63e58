//! Why a station does not start.

use std::path::Path;

use onboarding::StartProblem;

use crate::record::Untrusted;

/// The station could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the record cannot be opened: {0}")]
    Record(#[from] audit::OpenError),
    #[error("the record cannot be read: {0}")]
    RecordRead(#[from] audit::ReadError),
    #[error("the record cannot be begun: {0}")]
    RecordBegin(#[source] audit::AppendError),
    #[error("the record is not the one this station kept: {0}")]
    Untrusted(#[from] Untrusted),
    #[error("{0}")]
    Client(#[from] entra::SetupError),
    #[error("{0}")]
    Relay(#[from] mail::RelayFlaw),
}

impl StartError {
    /// What the screen says of it, for a station that keeps its record in the file `record`.
    #[must_use]
    pub fn problem(&self, record: &Path) -> StartProblem {
        match self {
            Self::Record(error) => open_problem(error, record),
            Self::RecordRead(error) => read_problem(error, record),
            Self::RecordBegin(error) => begin_problem(error, record),
            Self::Untrusted(untrusted) => untrusted_problem(*untrusted, record),
            Self::Client(error) => StartProblem::Client {
                why: error.to_string(),
            },
            Self::Relay(flaw) => StartProblem::Client {
                why: flaw.to_string(),
            },
        }
    }
}

fn open_problem(error: &audit::OpenError, record: &Path) -> StartProblem {
    let file = record.display().to_string();
    match error {
        audit::OpenError::File(error) => file_problem(error.kind(), record),
        audit::OpenError::Newer { .. } => StartProblem::RecordNewer { file },
        audit::OpenError::NotARecord => StartProblem::NotARecord { file },
        audit::OpenError::Shared(_) => StartProblem::RecordShared { file },
        audit::OpenError::SideFileMissing => StartProblem::RecordSideFile { file },
        audit::OpenError::Damaged { seq, .. } => StartProblem::RecordDamaged {
            file,
            entry: Some(seq.0),
        },
        audit::OpenError::Storage(error) => storage_problem(error, record),
    }
}

fn read_problem(error: &audit::ReadError, record: &Path) -> StartProblem {
    let file = record.display().to_string();
    match error {
        audit::ReadError::Newer { .. } => StartProblem::RecordNewer { file },
        audit::ReadError::Damaged { seq, .. } => StartProblem::RecordDamaged {
            file,
            entry: Some(seq.0),
        },
        audit::ReadError::Storage(error) => storage_problem(error, record),
    }
}

fn begin_problem(error: &audit::AppendError, record: &Path) -> StartProblem {
    let file = record.display().to_string();
    match error {
        audit::AppendError::Full => StartProblem::DiskFull {
            folder: folder(record),
        },
        audit::AppendError::Storage(error) => storage_problem(error, record),
        audit::AppendError::TooLong
        | audit::AppendError::Changed
        | audit::AppendError::Displaced => StartProblem::RecordUnreadable { file },
    }
}

fn untrusted_problem(untrusted: Untrusted, record: &Path) -> StartProblem {
    let file = record.display().to_string();
    match untrusted {
        Untrusted::Missing { known } => StartProblem::RecordMissing { file, known },
        Untrusted::Empty { known } => StartProblem::RecordEmpty { file, known },
        Untrusted::SideFile => StartProblem::RecordSideFile { file },
        Untrusted::RolledBack { found, known } => {
            StartProblem::RecordRolledBack { file, found, known }
        }
        Untrusted::OtherStation => StartProblem::RecordOfAnotherStation { file },
        Untrusted::Rewritten { entry } => StartProblem::RecordRewritten { file, entry },
        Untrusted::WitnessMissing => StartProblem::WitnessMissing { file },
        Untrusted::WitnessUnreadable => StartProblem::WitnessUnreadable { file },
    }
}

fn storage_problem(error: &audit::StorageError, record: &Path) -> StartProblem {
    let file = record.display().to_string();
    match error.why() {
        audit::StorageFault::Damage => StartProblem::RecordDamaged { file, entry: None },
        audit::StorageFault::Full => StartProblem::DiskFull {
            folder: folder(record),
        },
        audit::StorageFault::ReadOnly => StartProblem::FolderReadOnly {
            folder: folder(record),
        },
        audit::StorageFault::Other => StartProblem::RecordUnreadable { file },
    }
}

/// What the system's refusal to open or make the file means.
fn file_problem(kind: std::io::ErrorKind, record: &Path) -> StartProblem {
    use std::io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let folder = folder(record);
    if matches!(kind, PermissionDenied | ReadOnlyFilesystem) {
        StartProblem::FolderReadOnly { folder }
    } else if matches!(kind, StorageFull | QuotaExceeded) {
        StartProblem::DiskFull { folder }
    } else {
        StartProblem::FolderUnusable { folder }
    }
}

fn folder(record: &Path) -> String {
    record.parent().unwrap_or(record).display().to_string()
}
