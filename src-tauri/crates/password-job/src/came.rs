//! What came of somebody in a run.

use std::time::Duration;

use crate::report::PersonOutcome;

/// What came of somebody, why, and when the password was changed.
#[derive(Clone, Copy)]
pub(crate) struct Came {
    pub(crate) outcome: PersonOutcome,
    pub(crate) reason: &'static str,
    pub(crate) at: Option<i64>,
}

/// What came of one try.
pub(crate) enum Tried {
    Came(Came),
    /// The directory wants to be left alone for so long.
    Wait(Duration),
}

impl Came {
    pub(crate) fn rotated(reason: &'static str, at: i64) -> Self {
        Self {
            outcome: PersonOutcome::Rotated,
            reason,
            at: Some(at),
        }
    }

    /// The password is changed, and what else the site wants is not done.
    pub(crate) fn half(reason: &'static str, at: i64) -> Self {
        Self {
            outcome: PersonOutcome::Failed,
            reason,
            at: Some(at),
        }
    }

    pub(crate) fn skipped(reason: &'static str) -> Self {
        Self {
            outcome: PersonOutcome::Skipped,
            reason,
            at: None,
        }
    }

    pub(crate) fn failed(reason: &'static str) -> Self {
        Self {
            outcome: PersonOutcome::Failed,
            reason,
            at: None,
        }
    }
}
