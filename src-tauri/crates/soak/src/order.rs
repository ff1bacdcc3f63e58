//! What a station's process is told to do, and what it says back.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The one line a station's process reads before it starts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Order {
    /// The configuration, as it would stand in the file.
    pub(crate) config: String,
    /// Where the record is.
    pub(crate) data: PathBuf,
    pub(crate) operator: String,
    /// Worth nothing outside the simulated tenant.
    pub(crate) password: String,
    /// How far the machine's clock is off.
    pub(crate) wall_ahead_ms: i64,
    /// By how much the machine's clock jumps once the first pass is in sight.
    pub(crate) wall_jump_ms: i64,
    pub(crate) job: Job,
}

/// What the operator does.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Job {
    /// Signs in and waits until nothing is looked for any more, or a question is open.
    Settle,
    /// Signs in, serves these people one after the other, and waits for the end of the process.
    Serve {
        people: Vec<String>,
        /// Ends each visit and has its pass taken back; otherwise the last stays on the board.
        ends: bool,
    },
}

/// A line of a station's process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Word {
    /// The operator is signed in.
    SignedIn,
    /// The pass for this person was asked for.
    Asked { upn: String },
    /// A pass is in sight.
    Shown { upn: String },
    /// The service's answer was a refusal or nothing; the operator is told.
    NotIssued { code: String },
    /// The visit is over.
    Ended { upn: String, resident_bytes: u64 },
    /// Nothing is left to be looked for, or the operator is asked.
    Settled { open: usize },
    /// The job is done.
    Done,
    /// The station would not start, or the operator was stuck.
    Failed { why: String },
}
