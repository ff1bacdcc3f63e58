//! What a visit by telephone adds to the record. There is no field for a number, an address or a pass.

use serde::{Deserialize, Serialize};

use super::words;
use crate::ids::{PassId, UserId, VisitId};
use crate::telephone::{CallerNeeds, CallerStrength, CallerWay, NumberKind};

/// How somebody was proofed who called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallerChecked {
    pub ways: Vec<CallerWay>,
    /// How strong each of them is.
    pub strengths: Vec<CallerStrength>,
    /// Where the numbers are held that were called: the caller's, then the supervisor's.
    pub called_at: Vec<NumberKind>,
    /// Who vouched, where one of the ways was to call the supervisor.
    #[serde(
        rename = "supervisor_id",
        serialize_with = "words::optional_id",
        default
    )]
    pub supervisor: Option<UserId>,
    /// What the site wanted then.
    pub needs: CallerNeeds,
}

/// What happens in a visit by telephone alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum TelephoneEvent {
    /// The visit that begins is one by telephone.
    VisitByTelephone,
    /// The operator has the pass on the operator's side, to read it out. Must be recorded before it is shown.
    PassReadOut {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "pass_id", serialize_with = "words::id")]
        pass: PassId,
    },
    /// What is needed to take the visit up again is to be kept over a restart. Must be recorded before it is.
    VisitKept {
        /// Names what is kept: anything else is of another time.
        #[serde(serialize_with = "words::id")]
        keeping: String,
    },
    /// The operator went on with a visit that was kept: with itself, or with what was kept of it after a restart. None of
    /// it is kept any more.
    VisitTakenUp { kept_visit: VisitId },
    /// None of the visit is kept any more, and nobody went on with it.
    VisitForgotten { why: ForgottenWhy },
}

/// Why nothing of a visit is kept any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForgottenWhy {
    /// The visit ended.
    Ended,
    /// The operator put it away.
    Asked,
    /// Nobody took it up for so long, or nobody can tell for how long.
    TooOld,
    /// What was to be kept is not there, or cannot be read.
    Lost,
    /// The site serves no callers any more.
    NotServed,
    /// The sign-in method is there.
    Registered,
}

impl TelephoneEvent {
    /// As [`super::Event::is_fact`].
    pub(super) fn is_fact(&self) -> bool {
        match self {
            Self::VisitByTelephone | Self::VisitTakenUp { .. } | Self::VisitForgotten { .. } => {
                true
            }
            // For these somebody waits.
            Self::PassReadOut { .. } | Self::VisitKept { .. } => false,
        }
    }
}
