//! What is told of earlier visits.

use serde::Serialize;
use ts_rs::TS;

use crate::ids::VisitId;
use crate::record::{LooseEnds, PassEnd};
use crate::time::ServiceTime;

/// What was found and done while nobody looked.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NoticeView {
    /// Named when it is put away, so that nothing goes that came meanwhile.
    pub number: u32,
    pub lines: Vec<NoticeLine>,
    /// Visits whose test was proven well enough only after their end: the person may be asked back.
    pub proven_later: Vec<VisitId>,
}

/// One visit, and what became of its pass.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NoticeLine {
    /// None while nobody is signed in.
    pub name: Option<String>,
    /// The last entry before the station stopped in its middle, where it did.
    pub stopped_at: Option<ServiceTime>,
    pub pass: PassEnd,
    /// What has to be looked at in the directory.
    pub loose_ends: LooseEnds,
    /// When a letter with the pass was about to leave of which nobody knows whether it did.
    pub letter: Option<ServiceTime>,
    /// The same of one without.
    pub guide: Option<ServiceTime>,
    /// The code of what kept everybody from being told by mail that a pass was issued, where that was given up.
    pub not_told: Option<String>,
}
