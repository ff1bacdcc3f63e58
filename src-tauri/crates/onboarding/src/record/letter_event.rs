//! What mail to the person adds to the record. There is no field for an address, a name or a pass.

use serde::{Deserialize, Serialize};

use super::words;
use crate::ids::{PassId, UserId};
use crate::notice::{Arrival, LetterKind, MailWay};
use crate::time::ServiceTime;
use crate::trouble::TroubleCode;

/// What happens to letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum LetterEvent {
    /// The person said where mail reaches them.
    AddressDeclared,
    /// A letter is about to be sent that carries the pass. Must be recorded before it leaves.
    PassLetterIntent {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
        #[serde(rename = "pass_id", serialize_with = "words::id")]
        pass: PassId,
    },
    /// The same of a letter without the pass.
    GuideLetterIntent {
        #[serde(rename = "operator_oid", serialize_with = "words::id")]
        operator: UserId,
    },
    /// Somebody is about to be told that this pass was issued, or to be told once more. Recorded before each try.
    NoticeIntent {
        letter: LetterKind,
        #[serde(rename = "user_id", serialize_with = "words::id")]
        user: UserId,
        #[serde(rename = "pass_id", serialize_with = "words::id")]
        pass: PassId,
        #[serde(rename = "start_unix_ms")]
        issued: ServiceTime,
    },
    /// They were not, as far as anybody knows, and it is not tried any more.
    NoticeGivenUp {
        letter: LetterKind,
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// Whoever sends it took it.
    LetterHandedOver { letter: LetterKind, way: MailWay },
    /// Nobody took it, or nobody can tell.
    LetterNotHandedOver {
        letter: LetterKind,
        #[serde(with = "words::code")]
        code: TroubleCode,
    },
    /// What the person said when asked.
    LetterArrival {
        letter: LetterKind,
        arrived: Arrival,
    },
}

impl LetterEvent {
    /// As [`super::Event::is_fact`]: for an intent somebody waits.
    pub(super) fn is_fact(&self) -> bool {
        match self {
            Self::PassLetterIntent { .. }
            | Self::GuideLetterIntent { .. }
            | Self::NoticeIntent { .. } => false,
            Self::AddressDeclared
            | Self::NoticeGivenUp { .. }
            | Self::LetterHandedOver { .. }
            | Self::LetterNotHandedOver { .. }
            | Self::LetterArrival { .. } => true,
        }
    }
}
