//! Why a station does not start, or not for new passes: what a screen of its own says.

use serde::Serialize;
use ts_rs::TS;

/// Why there is no station. Paths are as the machine writes them; everything else is a number, so that each screen has
/// its own words in the site's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum StartProblem {
    /// There is no configuration.
    ConfigurationMissing { file: String },
    /// The file of the configuration is there and cannot be read: rights, or something else than a text.
    ConfigurationUnreadable { file: String },
    /// The configuration says what it may not.
    Configuration {
        file: String,
        /// For an administrator, in English, each with its line where it has one.
        problems: Vec<String>,
    },
    /// Another running app uses the data folder.
    LockTaken { folder: String },
    /// The data folder, or the record in it, can be read but not written.
    FolderReadOnly { folder: String },
    /// The data folder cannot be made or used at all.
    FolderUnusable { folder: String },
    /// The data folder is another user's, or others keep a right to it.
    FolderShared { folder: String },
    /// No room is left on the disk of the record.
    DiskFull { folder: String },
    /// A record was kept here, and its file is gone.
    RecordMissing {
        file: String,
        /// How many entries it had when it was last seen; none where only a part of it was left to tell.
        known: Option<u64>,
    },
    /// The file of the record is there, with nothing in it.
    RecordEmpty {
        file: String,
        /// How many entries it had when it was last seen; none where nobody remembers.
        known: Option<u64>,
    },
    /// What was recorded last lay in the side file whose name ends in `-wal`, and that is not there, or not as it was.
    RecordSideFile { file: String },
    /// The record ends earlier than it once did: an older copy was put back, or its side file is gone.
    RecordRolledBack {
        file: String,
        found: u64,
        known: u64,
    },
    /// The record is another station's.
    RecordOfAnotherStation { file: String },
    /// The record was written anew: its entry of this number is not the one that stood there.
    RecordRewritten { file: String, entry: u64 },
    /// What was remembered of the record outside of it is gone.
    WitnessMissing { file: String },
    /// What is remembered of the record outside of it cannot be read.
    WitnessUnreadable { file: String },
    /// A file of the record has a second name, is another user's, or is no plain file: others may write to it.
    RecordShared { file: String },
    /// Entries of the record do not fit together, from this one on where it is known.
    RecordDamaged { file: String, entry: Option<u64> },
    /// The file is something else than a record.
    NotARecord { file: String },
    /// A newer version of the app wrote the record.
    RecordNewer { file: String },
    /// The disk or the system refused while the record was opened or read.
    RecordUnreadable { file: String },
    /// The way to the tenant cannot be set up as configured.
    Client { why: String },
}
