//! What is written down: one vocabulary for everything that happens at a station.

use crate::ids::{PassId, UserId};
use crate::note::Notes;
use crate::time::ServiceTime;
use crate::walkthrough::pack::Route;
use crate::walkthrough::phone_answers::NotPossibleReason;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is written down; the driver adds who, when and the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    OperatorSignedIn,
    OperatorSignInRefused {
        code: &'static str,
    },
    OperatorSignedOut {
        why: &'static str,
    },
    VisitStarted {
        /// Its number in the queue, where visits have one.
        ticket: Option<u32>,
    },
    PersonChosen {
        user: UserId,
        upn: String,
        name: String,
    },
    IdentityChecked {
        user: UserId,
        checks: Vec<String>,
        /// What the checks asked for beside the tick, and only that.
        notes: Notes,
    },
    /// The operator leads the person along another walk-through than before.
    RouteChosen {
        route: Route,
    },
    PassIntent {
        intent: String,
        user: UserId,
        upn: String,
        /// What the request bears in the service's logs.
        client_request_id: String,
        known_passes: Vec<PassId>,
        lifetime_minutes: u32,
        once: bool,
        replaces: Option<PassId>,
        renewal: Option<RenewalNote>,
    },
    PassIssued {
        intent: String,
        pass: PassId,
        start: ServiceTime,
        lifetime_minutes: u32,
        once: bool,
    },
    PassRefused {
        intent: String,
        code: &'static str,
    },
    PassUncertain {
        intent: String,
    },
    PassNotIssued {
        intent: String,
    },
    /// Nobody could look before the pass would have ended by itself.
    PassLapsed {
        intent: String,
    },
    PassOrphanRemoved {
        intent: String,
        pass: PassId,
    },
    PassRemoved {
        pass: PassId,
        why: RemovalReason,
    },
    PassEntered {
        pass: PassId,
    },
    Registered {
        kind: RegisteredKind,
        device_name: Option<String>,
        method: String,
    },
    VisitEnded {
        how: VisitOutcome,
        pass: PassEnd,
    },
}

/// Why a pass was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemovalReason {
    /// The visit ended and it was not left by choice.
    VisitEnded,
    /// A new pass takes its place.
    Renewed,
}

/// What the directory proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RegisteredKind {
    PhoneSignIn,
    Passkey,
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VisitOutcome {
    Finished,
    LeftUnfinished,
    Cancelled,
    /// Not possible today: the app does not run on the phone.
    PhoneTooOld,
    /// Not possible today: the phone has no screen lock.
    NoScreenLock,
    /// Not possible today: there is no smartphone.
    NoSmartphone,
}

/// What became of the pass when the visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PassEnd {
    None,
    Used,
    Removed,
    Left,
    Expired,
    /// It still works; the station takes it back as soon as it can.
    Pending,
    /// Nobody knows whether there is one; it ends by itself.
    Uncertain,
}

/// Why a pass is issued once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RenewReason {
    Expired,
    Mistyped,
    UsedUp,
    Lost,
}

/// Why and under what eyes a pass is issued once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewalNote {
    pub number: u8,
    pub reason: RenewReason,
}

impl From<NotPossibleReason> for VisitOutcome {
    fn from(why: NotPossibleReason) -> Self {
        match why {
            NotPossibleReason::PhoneTooOld => Self::PhoneTooOld,
            NotPossibleReason::NoScreenLock => Self::NoScreenLock,
            NotPossibleReason::NoSmartphone => Self::NoSmartphone,
        }
    }
}
