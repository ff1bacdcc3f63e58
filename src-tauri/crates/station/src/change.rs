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
    /// The app ends now: the windows close.
    pub closing: bool,
}
