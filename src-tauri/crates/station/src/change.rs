//! What windows are told.

use onboarding::VisitId;

/// What windows must know without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Grows with everything a screen could show differently.
    pub revision: u64,
    /// How often the windows were to be built anew.
    pub rebuilds: u64,
    /// The visit the person's window belongs to.
    pub person: VisitId,
    /// A visit would be cut off if the windows closed now.
    pub visit_open: bool,
}
