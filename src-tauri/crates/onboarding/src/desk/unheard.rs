//! What came of a phone that was there before, once the visit that asked is over: it is written down all the same.

use super::Desk;
use crate::effect::{EffectFailure, EffectId, PassRemoval};
use crate::record::{Event, PhoneEvent};
use crate::visit::{Unheard, method_event, sessions_event};

impl Desk {
    /// Whether this answer was one of them.
    pub(super) fn method_unheard(
        &mut self,
        id: EffectId,
        removed: &Result<PassRemoval, EffectFailure>,
    ) -> bool {
        self.hear_late(id, |unheard| match unheard {
            Unheard::Method { method, .. } => Some(method_event(method, removed)),
            Unheard::Sessions { .. } => None,
        })
    }

    /// As [`Self::method_unheard`].
    pub(super) fn sessions_unheard(
        &mut self,
        id: EffectId,
        ended: &Result<(), EffectFailure>,
    ) -> bool {
        self.hear_late(id, |unheard| match unheard {
            Unheard::Sessions { .. } => Some(sessions_event(ended)),
            Unheard::Method { .. } => None,
        })
    }

    fn hear_late(&mut self, id: EffectId, event: impl Fn(&Unheard) -> Option<PhoneEvent>) -> bool {
        let of_id = |(_, unheard): &(_, Unheard)| unheard.effect() == id;
        let Some(place) = self.unheard.iter().position(of_id) else {
            return false;
        };
        let (visit, unheard) = self.unheard.swap_remove(place);
        if let Some(event) = event(&unheard) {
            self.effects.record(Some(visit), Event::Phone(event));
        }
        true
    }
}
