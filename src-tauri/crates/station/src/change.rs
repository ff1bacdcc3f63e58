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
    /// The operator signs in, in a browser that lies over the app.
    pub signing_in: bool,
    /// The app ends now: the windows close.
    pub closing: bool,
}

impl Change {
    /// Before anything has happened.
    pub(crate) fn first(revision: u64, person: VisitId) -> Self {
        Self {
            revision,
            rebuilds: 0,
            person,
            signing_in: false,
            closing: false,
        }
    }
}
