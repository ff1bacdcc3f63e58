//! What the operator sees of a pass that waits for a colleague.

use serde::Serialize;
use ts_rs::TS;

use crate::four_eyes::HeldBecause;

/// A pass that a colleague has to confirm.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ColleagueView {
    /// Nobody was asked yet.
    Needed { because: Vec<HeldBecause> },
    /// The page for the colleague's sign-in is open.
    Asking {
        because: Vec<HeldBecause>,
        remaining_s: u32,
    },
    /// For one pass, as long as this.
    Confirmed { name: String, remaining_s: u32 },
}
