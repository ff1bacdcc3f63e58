//! Everybody who ever signed in at this station: their passwords are theirs to use.

use std::collections::BTreeSet;

use super::event::Event;
use crate::ids::UserId;

/// The record folded up to some entry.
#[derive(Clone, Debug, Default)]
pub struct Operators(BTreeSet<String>);

impl Operators {
    /// Takes the next entry.
    pub fn take(&mut self, event: &Event) {
        if let Event::OperatorSignedIn { operator, .. } = event {
            self.0.insert(operator.0.to_ascii_lowercase());
        }
    }

    /// Whether this person is one of them.
    pub(crate) fn contains(&self, user: &UserId) -> bool {
        self.0.contains(&user.0.to_ascii_lowercase())
    }
}
