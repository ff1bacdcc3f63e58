//! What the operator sees of somebody who calls.

use std::fmt;

use serde::Serialize;
use ts_rs::TS;

use crate::secret::Glyph;
use crate::telephone::{CallerStrength, CallerWay, NumberKind};

/// One of the site's ways to proof a caller.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CallerWayView {
    pub way: CallerWay,
    pub strength: CallerStrength,
    pub on: bool,
    /// Which of the numbers was called.
    pub at: Option<u8>,
    /// What the directory holds, to be called; never a number that was given in the call.
    pub numbers: Vec<CallNumberView>,
    /// Whose they are, where they are not the caller's.
    pub name: Option<String>,
}

/// A number that can be called.
#[derive(Clone, Serialize, TS)]
pub struct CallNumberView {
    pub kind: NumberKind,
    pub number: String,
    /// It came after the person first called, and proofs nobody in this visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub is_new: Option<bool>,
}

/// What stands on the board beside what every board has.
#[derive(Clone, Serialize, TS)]
pub struct CallerBoard {
    /// How the caller was proofed.
    pub ways: Vec<CallerWay>,
    /// The pass can be had in sight now, while a button is held.
    pub may_read_out: bool,
    /// The pass, while it is held in sight.
    pub glyphs: Option<Vec<Glyph>>,
    pub hides_in_s: Option<u32>,
}

impl fmt::Debug for CallNumberView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallNumberView")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for CallerBoard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallerBoard")
            .field("ways", &self.ways)
            .field("may_read_out", &self.may_read_out)
            .finish_non_exhaustive()
    }
}
