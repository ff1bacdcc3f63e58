//! The queue of what must be done, and who waits for which answer.

use std::collections::{BTreeMap, VecDeque};

use crate::effect::{Effect, EffectId, Task};
use crate::ids::VisitId;
use crate::record::{Event, PassesPerHour, Untold};
use crate::time::ServiceTime;

/// Effects in the order they were decided, each with its own id and whose it is.
#[derive(Debug)]
pub(crate) struct Effects {
    /// What is counted by what is recorded.
    pub(crate) passes: PassesPerHour,
    /// What is still to be told.
    pub(crate) untold: Untold,
    /// When what is decided now is decided.
    pub(crate) now: ServiceTime,
    last: u64,
    queue: VecDeque<Task>,
    /// Whose answers are still to come; none is the desk itself.
    awaited: BTreeMap<EffectId, Option<VisitId>>,
}

impl Effects {
    /// Nothing to do yet, and what earlier runs recorded.
    pub(crate) fn new(passes: PassesPerHour, untold: Untold, now: ServiceTime) -> Self {
        Self {
            passes,
            untold,
            now,
            last: 0,
            queue: VecDeque::new(),
            awaited: BTreeMap::new(),
        }
    }

    /// For this visit, or for the desk.
    pub(crate) fn push(&mut self, visit: Option<VisitId>, effect: Effect) -> EffectId {
        self.last += 1;
        let id = EffectId(self.last);
        self.queue.push_back(Task { id, visit, effect });
        id
    }

    /// Has something written down.
    pub(crate) fn record(&mut self, visit: Option<VisitId>, entry: Event) -> EffectId {
        self.passes.take(self.now, &entry);
        self.untold.take(visit, self.now, &entry);
        self.push(visit, Effect::Record { entry })
    }

    /// What is to be done next; its answer is awaited from now on.
    pub(crate) fn pop(&mut self) -> Option<Task> {
        let task = self.queue.pop_front()?;
        if task.effect.is_answered() {
            self.awaited.insert(task.id, task.visit);
        }
        Some(task)
    }

    /// Who waits for this answer, if anybody does. It comes once.
    pub(crate) fn answered(&mut self, id: EffectId) -> Option<Option<VisitId>> {
        self.awaited.remove(&id)
    }
}
