//! What becomes of the phone that was registered before the visit.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the operator says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EarlierPhone {
    /// It stays in use: it is the one in the person's hand, or is kept beside it.
    InUse,
    /// It still works, and the one in the person's hand takes its place.
    Replaced,
    /// It is lost, and nobody else has it.
    Lost,
    /// It is lost, and somebody else may have it.
    LostToOthers,
}
