//! The queue of what must be done.

use std::collections::VecDeque;

use crate::effect::{Effect, EffectId};

/// Effects in the order they were decided, each with its own id.
#[derive(Debug, Default)]
pub(crate) struct Effects {
    last: u64,
    queue: VecDeque<(EffectId, Effect)>,
}

impl Effects {
    pub(crate) fn push(&mut self, effect: Effect) -> EffectId {
        self.last += 1;
        let id = EffectId(self.last);
        self.queue.push_back((id, effect));
        id
    }

    pub(crate) fn pop(&mut self) -> Option<(EffectId, Effect)> {
        self.queue.pop_front()
    }
}
