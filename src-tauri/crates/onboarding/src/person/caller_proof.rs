//! How somebody was proofed who called.

use crate::telephone::CallerWay;

/// A completed proof of somebody who called: the ways that were enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CallerProof {
    ways: Vec<CallerWay>,
}

impl CallerProof {
    /// These ways were enough.
    pub(super) fn of(ways: Vec<CallerWay>) -> Self {
        Self { ways }
    }

    /// Whether no pass leaves without a colleague's word, because that was one of the ways.
    pub(crate) fn wants_colleague(&self) -> bool {
        self.ways.contains(&CallerWay::Colleague)
    }

    pub(crate) fn ways(&self) -> &[CallerWay] {
        &self.ways
    }
}
