//! What a run says: a line for each person, one for all, and the code it ends with.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What became of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonOutcome {
    /// The password is another one.
    Rotated,
    /// It stays, for a reason that another run does not change.
    Skipped,
    /// It stays, and another run may change it.
    Failed,
    /// It is due; nothing was done.
    Due,
}

/// What is said of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The object id.
    pub user: String,
    /// The sign-in name.
    pub upn: String,
    /// What became of it.
    pub result: PersonOutcome,
    /// Why, in one word.
    pub reason: String,
    /// When the password was last changed.
    pub last_change: Option<String>,
    /// When it is due by its age.
    pub next: Option<String>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// All done.
    Done,
    /// Some were skipped.
    Skipped,
    /// Some failed; it can be run again.
    Failed,
    /// A safety rule stopped it.
    Stopped,
    /// Something is wrong with the configuration.
    Configuration,
}

/// What is said of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// How it ended.
    pub result: Ending,
    /// Why it stopped or could not begin, in one word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// People on the roll, or on this shard of it.
    pub roll: usize,
    /// Whose password was due.
    pub due: usize,
    pub rotated: usize,
    pub skipped: usize,
    pub failed: usize,
    /// Whose password is older than it may be, after this run; none where it ended before it knew.
    pub overdue: Option<usize>,
    /// How long a run would take, in seconds; where none was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate_s: Option<u64>,
}

/// Where it is said.
pub trait Listener {
    /// What became of somebody.
    fn line(&mut self, line: &Line);

    /// How far the run is, of how many.
    fn progress(&mut self, done: usize, of: usize);

    /// Something to look at that stops nothing.
    fn warning(&mut self, text: &str);

    /// Somebody has to sign in there: an address of this machine, which works once.
    fn sign_in(&mut self, address: &str);

    /// The end.
    fn summary(&mut self, summary: &Summary);
}

impl PersonOutcome {
    /// The word in the output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rotated => "rotated",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Due => "due",
        }
    }
}

impl Ending {
    /// The word in the output.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
            Self::Configuration => "configuration",
        }
    }

    /// The code the process ends with.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Skipped => 3,
            Self::Failed => 4,
            Self::Stopped => 5,
            Self::Configuration => 9,
        }
    }
}

impl Summary {
    /// Of a run that did not come to anybody.
    pub(crate) fn empty(result: Ending, why: &str) -> Self {
        Self {
            result,
            why: Some(why.to_owned()),
            roll: 0,
            due: 0,
            rotated: 0,
            skipped: 0,
            failed: 0,
            overdue: None,
            estimate_s: None,
        }
    }

    /// Counts somebody.
    pub(crate) fn count(&mut self, outcome: PersonOutcome) {
        match outcome {
            PersonOutcome::Rotated => self.rotated += 1,
            PersonOutcome::Skipped => self.skipped += 1,
            PersonOutcome::Failed => self.failed += 1,
            PersonOutcome::Due => {}
        }
    }

    /// How it ended, from what was counted.
    pub(crate) fn ended(&mut self) {
        self.result = match () {
            () if self.failed > 0 => Ending::Failed,
            () if self.skipped > 0 => Ending::Skipped,
            () => Ending::Done,
        };
    }
}

/// A time as it stands in the output.
pub(crate) fn time(unix_ms: i64) -> String {
    let at = Timestamp::from_second(unix_ms.div_euclid(1000));
    at.unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}
