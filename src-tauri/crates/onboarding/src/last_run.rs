//! When the job that changes the passwords of those on the roll last ran, as far as a station can tell.

use serde::{Deserialize, Serialize};

use crate::time::ServiceTime;

/// Where a station learns of it. The words are the record's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunSource {
    /// A file that the job writes when it ends.
    File,
}

/// What was read of the last run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastRun {
    /// It ended then, having done what it had to.
    Ended { at: ServiceTime },
    /// Nothing that shows that it works.
    No(NoRun),
}

/// Why no run is known that could be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRun {
    /// There is no such file.
    NotThere,
    /// It cannot be read, or took too long.
    Unreadable,
    /// It is not what the job writes.
    Odd,
    /// A later version of the job wrote it.
    Newer,
    /// The job stopped itself, and changes nothing until somebody has looked.
    Stopped,
    /// The job ended without having changed one password it had to.
    Failed,
    /// It is said to have ended later than now.
    Future,
    /// It ended two days ago or earlier.
    Old,
}

/// A run this old shows nothing any more.
const STALE_MS: i64 = 2 * 24 * 60 * 60 * 1000;

/// So far may the clock be ahead by which the job tells the time.
const AHEAD_MS: i64 = 5 * 60 * 1000;

impl LastRun {
    /// When it ended, where that may be believed at this moment.
    pub(crate) fn believed(self, now: ServiceTime) -> Result<ServiceTime, NoRun> {
        match self {
            Self::No(why) => Err(why),
            Self::Ended { at } if at > now.after_ms(AHEAD_MS) => Err(NoRun::Future),
            Self::Ended { at } if at <= now.after_ms(-STALE_MS) => Err(NoRun::Old),
            Self::Ended { at } => Ok(at),
        }
    }
}
