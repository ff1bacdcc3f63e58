//! What a visit by telephone adds to the record. There is no field for a number, an address or a pass.

use serde::{Deserialize, Serialize};

use super::words;
use crate::ids::{PassId, UserId};
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
}

impl TelephoneEvent {
    /// As [`super::Event::is_fact`].
    pub(super) fn is_fact(&self) -> bool {
        match self {
            Self::VisitByTelephone => true,
            Self::PassReadOut { .. } => false,
        }
    }
}
