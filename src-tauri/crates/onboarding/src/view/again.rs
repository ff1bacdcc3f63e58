//! What the operator's window draws where somebody needs a password again, and of those who are to leave the roll.

use serde::Serialize;
use ts_rs::TS;

use super::parts::PersonBrief;
use crate::ids::VisitId;
use crate::retirement::{AgainTold, LeavesBecause, UseAnswer, UseQuestion, UseWords};
use crate::time::ServiceTime;

/// That it can be said that a password is needed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AgainOffer {
    Open,
    /// It was said, and the person's phones are looked at first.
    Looking,
}

/// What the operator sees of it.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "screen", rename_all = "snake_case")]
pub enum AgainScreen {
    AgainQuestion {
        person: PersonBrief,
        question: UseQuestion,
        #[serde(flatten)]
        asks: UseWords,
        /// What the person answered on the person's own screen.
        answer: Option<UseAnswer>,
        /// Nobody stands before a screen of the person's: the operator's word is enough.
        alone: bool,
    },
    PasswordAgain {
        person: PersonBrief,
        #[serde(flatten)]
        told: AgainTold,
        /// The object id of the roll, where the site has one.
        group: Option<String>,
    },
}

/// Somebody whose password is asked for at the sign-in, or needed again, and who is still on the roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RollToLeaveView {
    /// The visit that put them there, or found that they need a password again.
    pub joined_in: VisitId,
    pub because: LeavesBecause,
    pub upn: String,
    /// The code of what was in the way last time; empty where nothing was tried.
    pub code: String,
    /// The object id of that group, where it is known.
    pub group: Option<String>,
    /// The station does not take them off: it has another group now or none, or it has been too long.
    pub by_hand: bool,
    pub since: ServiceTime,
}
