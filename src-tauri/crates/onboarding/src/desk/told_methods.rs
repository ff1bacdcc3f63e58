//! A method that nobody was led to, and how far the operator's decision on it is.

use crate::effect::EffectId;
use crate::ids::Subject;
use crate::registration::uninvited::Uninvited;
use crate::trouble::Trouble;

/// It is told of until the operator has decided.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) subject: Subject,
    pub(super) ticket: Option<u32>,
    /// None once the visit is over.
    pub(super) person: Option<String>,
    pub(super) found: Uninvited,
    pub(super) state: State,
}

#[derive(Debug)]
pub(super) enum State {
    Asked,
    Removing {
        effect: EffectId,
    },
    /// It could not be removed; it can be tried again.
    NotRemoved(Trouble),
}
