//! The words inside events, with their recorded names.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::retirement::{StaysBecause, UseAnswer};
use crate::walkthrough::phone_answers::NotPossibleReason;

/// Why an operator's session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignOutReason {
    /// The operator asked for it, or locked the desk.
    Asked,
    /// Nobody used the station for the configured time.
    Idle,
    /// The token ended and was not renewed.
    Expired,
    /// The tenant no longer accepts the session.
    Revoked,
    /// The app was closed.
    Stopped,
}

/// What kept a station from trusting its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordFault {
    /// Its file was gone.
    Missing,
    /// Its file had nothing in it.
    Empty,
    /// The side file with what was recorded last was gone or damaged.
    SideFile,
    /// It ended earlier than it once did.
    RolledBack,
    /// It was another station's.
    OtherStation,
    /// It was written anew.
    Rewritten,
    /// Its entries did not fit together, or it was something else.
    Damaged,
    /// What was remembered of it outside of it was gone.
    WitnessMissing,
    /// What was remembered of it outside of it could not be read.
    WitnessUnreadable,
}

/// Why a pass was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemovalReason {
    /// The visit ended and it was not left by choice.
    VisitEnded,
    /// A new pass takes its place.
    Renewed,
    /// The sign-in page would ask for it before the phone.
    TestBegins,
}

/// An answer to a question on the password, or that it was not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UseRecorded {
    Yes,
    No,
    DontKnow,
    NotAsked,
}

/// Why a password stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaysWhy {
    StillUsed,
    NotProven,
    Off,
    Never,
    NotToday,
    Failed,
    MustChange,
    NotKnown,
    NeededAgain,
}

impl From<UseAnswer> for UseRecorded {
    fn from(answer: UseAnswer) -> Self {
        match answer {
            UseAnswer::Yes => Self::Yes,
            UseAnswer::No => Self::No,
            UseAnswer::DontKnow => Self::DontKnow,
        }
    }
}

impl From<StaysBecause> for StaysWhy {
    fn from(because: StaysBecause) -> Self {
        match because {
            StaysBecause::StillUsed => Self::StillUsed,
            StaysBecause::NotProven => Self::NotProven,
            StaysBecause::Off => Self::Off,
            StaysBecause::Never(_) => Self::Never,
            StaysBecause::NotToday => Self::NotToday,
            StaysBecause::Failed => Self::Failed,
            StaysBecause::MustChange => Self::MustChange,
            StaysBecause::NotKnown => Self::NotKnown,
            StaysBecause::NeededAgain(_) => Self::NeededAgain,
        }
    }
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
    /// A password is needed again, and nothing else was wanted.
    PasswordAgain,
    /// It was asked whether a password is needed again; nothing was changed, and nothing else was wanted.
    PasswordAsked,
    /// Nobody used the station for the configured time.
    #[ts(skip)]
    Idle,
    /// The app was closed in the middle of it, or crashed.
    #[ts(skip)]
    Stopped,
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
    /// It is gone from the directory, and no answer said that this station removed it.
    Gone,
    /// It still works; the station takes it back as soon as it can.
    Pending,
    /// The directory said that it is not there; the station looks until that is certain.
    NotThere,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenewalNote {
    /// 1 for the first renewal.
    pub number: u8,
    pub reason: RenewReason,
    /// The operator confirmed that the same person is still there.
    pub same_person: bool,
}

impl VisitOutcome {
    /// All of them, for reading one back.
    const ALL: [Self; 10] = [
        Self::Finished,
        Self::LeftUnfinished,
        Self::Cancelled,
        Self::PhoneTooOld,
        Self::NoScreenLock,
        Self::NoSmartphone,
        Self::PasswordAgain,
        Self::PasswordAsked,
        Self::Idle,
        Self::Stopped,
    ];

    /// Its word in the record, which is not the pages'.
    #[must_use]
    pub fn recorded(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::LeftUnfinished => "left_unfinished",
            Self::Cancelled => "cancelled",
            Self::PhoneTooOld => "not_possible_phone_too_old",
            Self::NoScreenLock => "not_possible_no_screen_lock",
            Self::NoSmartphone => "not_possible_no_smartphone",
            Self::PasswordAgain => "password_again",
            Self::PasswordAsked => "password_asked",
            Self::Idle => "idle",
            Self::Stopped => "stopped",
        }
    }
}

/// The pages' words for how a visit ended are not the record's.
pub(super) mod outcome {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::VisitOutcome;

    pub(in super::super) fn serialize<S: Serializer>(
        how: &VisitOutcome,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(how.recorded())
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<VisitOutcome, D::Error> {
        let word = String::deserialize(deserializer)?;
        let known = VisitOutcome::ALL
            .into_iter()
            .find(|how| how.recorded() == word);
        known.ok_or_else(|| D::Error::custom("an outcome that is not known"))
    }
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
