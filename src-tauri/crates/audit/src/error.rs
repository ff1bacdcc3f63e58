//! One error per operation. None of them carries the content of a record.

use crate::chain::{Fault, Seq};

/// Why the log cannot be opened. The station must not issue a pass without one.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be created or read.
    #[error("the record file cannot be opened")]
    File(#[source] std::io::Error),
    /// A newer version of the app wrote it.
    #[error(
        "made by a newer version: the record has schema {found}, this version knows up to {supported}"
    )]
    Newer {
        /// The schema version in the file.
        found: u32,
        /// The newest schema version this build reads.
        supported: u32,
    },
    /// The file is something else, or its tables or triggers were changed.
    #[error("the file is not an untouched record of this app")]
    NotARecord,
    /// Others may write to one of its files, or do so by another name of it.
    #[error("a file of the record is not this account's alone: {0}")]
    Shared(&'static str),
    /// What was written last lay in a side file that is not there, or not as it was.
    #[error(
        "its side file is missing or damaged, the one whose name ends in -wal, and with it what was recorded last"
    )]
    SideFileMissing,
    /// The last records do not fit together.
    #[error("the record is damaged at {seq}: {fault}")]
    Damaged {
        /// The first record found bad.
        seq: Seq,
        /// What is wrong with it.
        fault: Fault,
    },
    /// SQLite refused.
    #[error("the record storage failed")]
    Storage(#[source] StorageError),
}

/// Why nothing was recorded.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// No room is left on the disk; works again once there is.
    #[error("no room is left for the record")]
    Full,
    /// Something in it is longer than its [`crate::Vocabulary`] allows.
    #[error("the entry is too long to be recorded")]
    TooLong,
    /// Somebody else wrote to the file since this log last did.
    #[error("the record was changed by somebody else")]
    Changed,
    /// The log's files are gone, were replaced or were cut: what is written would never be read.
    #[error("the record's files are gone or were replaced")]
    Displaced,
    /// SQLite refused.
    #[error("the record storage failed")]
    Storage(#[source] StorageError),
}

/// Why a log could not be begun.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// Its file cannot be made.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Its first entry cannot be written.
    #[error(transparent)]
    Append(#[from] AppendError),
}

/// Why records cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A record is whole but says what this version does not know.
    #[error("made by a newer version: this version does not know what entry {seq} says")]
    Newer {
        /// The record that is not understood.
        seq: Seq,
    },
    /// A record is not what this app wrote.
    #[error("the record is damaged at {seq}: {fault}")]
    Damaged {
        /// The first record found bad.
        seq: Seq,
        /// What is wrong with it.
        fault: Fault,
    },
    /// SQLite refused.
    #[error("the record storage failed")]
    Storage(#[source] StorageError),
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The records cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The receiving side refused.
    #[error("the export cannot be written")]
    Write(#[from] std::io::Error),
}

/// What verification found.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The records before it are good, and from here on a newer version wrote them.
    #[error("made by a newer version: this version does not know what entry {seq} says")]
    Newer {
        /// The first record that is not understood.
        seq: Seq,
    },
    /// The anchor was taken before the first record of an exported stretch.
    #[error("the anchor {anchor} lies before {first}, where this begins")]
    Before {
        /// The first record that is there.
        first: Seq,
        /// The last record that was there when the anchor was taken.
        anchor: Seq,
    },
    /// A record is bad; the ones before it are good.
    #[error("the record is damaged at {seq}: {fault}")]
    Broken {
        /// The first bad sequence number.
        seq: Seq,
        /// What is wrong there.
        fault: Fault,
        /// How many records before it are good.
        sound: u64,
    },
    /// The anchor names a record that is no longer there: the tail was cut.
    #[error("the record ends at {last} although it once reached {anchor}")]
    Cut {
        /// The last record that is there.
        last: Seq,
        /// The last record that was there when the anchor was taken.
        anchor: Seq,
    },
    /// The record the anchor names is there, with other content.
    #[error("record {seq} is not the one the anchor was taken from")]
    Replaced {
        /// The sequence number of the anchor.
        seq: Seq,
    },
    /// The records cannot be read to the end.
    #[error("the record storage failed")]
    Storage(#[source] StorageError),
    /// An exported file, or what lies beside a record, cannot be read to the end.
    #[error("the record's files cannot be read to the end")]
    Read(#[source] std::io::Error),
}

/// What SQLite said, for the log; it never holds what was to be recorded.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StorageError(Box<rusqlite::Error>);

/// What is behind a [`StorageError`], as far as a person can act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageFault {
    /// The file itself is what is wrong.
    Damage,
    /// No room is left on the disk.
    Full,
    /// The file or its folder may not be written.
    ReadOnly,
    /// Anything else: another program holds the file, or the disk fails.
    Other,
}

impl StorageError {
    /// What is behind it.
    #[must_use]
    pub fn why(&self) -> StorageFault {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseCorrupt, DiskFull, NotADatabase, PermissionDenied, ReadOnly,
        };
        let code = self.0.sqlite_error_code();
        if matches!(code, Some(DatabaseCorrupt | NotADatabase)) {
            StorageFault::Damage
        } else if matches!(code, Some(DiskFull)) {
            StorageFault::Full
        } else if matches!(code, Some(ReadOnly | PermissionDenied | CannotOpen)) {
            // Opening fails where the file may be written and its folder, which its side files need, may not.
            StorageFault::ReadOnly
        } else {
            StorageFault::Other
        }
    }

    /// Whether the file itself is what is wrong.
    pub(crate) fn is_damage(&self) -> bool {
        self.why() == StorageFault::Damage
    }
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        Self(Box::new(error))
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) {
            Self::NotARecord
        } else {
            Self::Storage(error.into())
        }
    }
}

impl From<rusqlite::Error> for AppendError {
    fn from(error: rusqlite::Error) -> Self {
        if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) {
            Self::Full
        } else {
            Self::Storage(error.into())
        }
    }
}

impl From<rusqlite::Error> for ReadError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.into())
    }
}

impl From<rusqlite::Error> for ExportError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Read(error.into())
    }
}

impl From<rusqlite::Error> for VerifyError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.into())
    }
}
