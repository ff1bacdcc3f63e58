//! The queue of what must be done, and who waits for which answer.

use std::collections::{BTreeMap, VecDeque};

use crate::effect::{AfterEffect, Effect, EffectId, NotRecorded, Task};
use crate::ids::VisitId;
use crate::record::{Event, NoticesOwed, Operators, PassesPerHour, RollsToLeave, Untold};
use crate::time::ServiceTime;

/// Effects in the order they were decided, each with its own id and whose it is.
#[derive(Debug)]
pub(crate) struct Effects {
    /// What is counted by what is recorded.
    pub(crate) passes: PassesPerHour,
    /// What is still to be told.
    pub(crate) untold: Untold,
    /// Who is to leave the roll and has not.
    pub(crate) rolls: RollsToLeave,
    /// Who is to be told by mail that a pass was issued, and was not.
    pub(crate) notices: NoticesOwed,
    /// Who ever signed in at this station.
    pub(crate) operators: Operators,
    /// When what is decided now is decided.
    pub(crate) now: ServiceTime,
    last: u64,
    queue: VecDeque<Task>,
    /// Whose answers are still to come; none is the desk itself.
    awaited: BTreeMap<EffectId, Option<VisitId>>,
    /// Facts on their way into the record.
    writing: BTreeMap<EffectId, Unwritten>,
    /// Facts that could not be written, oldest first.
    unwritten: Vec<Unwritten>,
    /// What was last to be written was.
    room: bool,
}

/// A fact that is not in the record yet.
#[derive(Debug)]
struct Unwritten {
    visit: Option<VisitId>,
    entry: Event,
    /// How often it was refused right after something else was taken.
    refused: u8,
}

/// So many facts wait for room; what happens on a disk that stays full beyond them is lost.
const UNWRITTEN: usize = 1000;

/// A fact that is refused so often although there is room never will be taken.
const REFUSALS: u8 = 3;

impl Effects {
    /// Nothing to do yet, and what earlier runs recorded.
    pub(crate) fn new(
        passes: PassesPerHour,
        untold: Untold,
        (rolls, notices): (RollsToLeave, NoticesOwed),
        operators: Operators,
        now: ServiceTime,
    ) -> Self {
        Self {
            passes,
            untold,
            rolls,
            notices,
            operators,
            now,
            last: 0,
            queue: VecDeque::new(),
            awaited: BTreeMap::new(),
            writing: BTreeMap::new(),
            unwritten: Vec::new(),
            room: true,
        }
    }

    /// For this visit, or for the desk.
    pub(crate) fn push(&mut self, visit: Option<VisitId>, effect: Effect) -> EffectId {
        self.last += 1;
        let id = EffectId(self.last);
        self.queue.push_back(Task { id, visit, effect });
        id
    }

    /// Has something done that follows a registration.
    pub(crate) fn push_after(&mut self, visit: VisitId, effect: AfterEffect) -> EffectId {
        self.push(Some(visit), Effect::After(effect))
    }

    /// Has something written down, after what could not be written before.
    pub(crate) fn record(&mut self, visit: Option<VisitId>, entry: Event) -> EffectId {
        self.record_again();
        self.passes.take(self.now, &entry);
        self.untold.take(visit, self.now, &entry);
        self.rolls.take(visit, self.now, &entry);
        self.notices.take(visit, self.now, &entry);
        self.operators.take(&entry);
        self.push(visit, Effect::Record { entry })
    }

    /// An intent that could not be written led to nothing, and counts for nothing.
    pub(crate) fn never_meant(&mut self, visit: VisitId, intent: &str) {
        let nothing = Event::PassNotIssued {
            intent: intent.to_owned(),
        };
        self.passes.take(self.now, &nothing);
        self.untold.take(Some(visit), self.now, &nothing);
    }

    /// Whether this fact is not in the record yet and may still come into it.
    pub(crate) fn is_to_be_written(&self, fact: &Event) -> bool {
        let is_it = |task: &Task| matches!(&task.effect, Effect::Record { entry } if entry == fact);
        let queued = self.queue.iter().any(is_it);
        let waits = self.writing.values().chain(&self.unwritten);
        queued || waits.map(|it| &it.entry).any(|entry| entry == fact)
    }

    /// Tries once more what could not be written.
    pub(crate) fn record_again(&mut self) {
        for fact in std::mem::take(&mut self.unwritten) {
            let entry = fact.entry.clone();
            let id = self.push(fact.visit, Effect::Record { entry });
            self.writing.insert(id, fact);
        }
    }

    /// Something was written down, or could not be. Where there is room again, what waited for it goes first.
    pub(crate) fn recorded(&mut self, id: EffectId, written: Result<(), NotRecorded>) {
        let fact = self.writing.remove(&id);
        let had_room = std::mem::replace(&mut self.room, written.is_ok());
        match (written, fact) {
            (Ok(()), _) => self.record_again(),
            (Err(NotRecorded), Some(mut fact)) => {
                fact.refused += u8::from(had_room);
                self.keep(fact);
            }
            (Err(NotRecorded), None) => {}
        }
    }

    /// Takes what happened and could not be written down, to be written with whatever comes next.
    pub(crate) fn write_later(&mut self, visit: Option<VisitId>, entry: Event) {
        self.keep(Unwritten {
            visit,
            entry,
            refused: 0,
        });
    }

    fn keep(&mut self, fact: Unwritten) {
        if self.unwritten.len() < UNWRITTEN && fact.refused < REFUSALS {
            self.unwritten.push(fact);
        }
    }

    /// What is to be done next; its answer is awaited from now on.
    pub(crate) fn pop(&mut self) -> Option<Task> {
        let task = self.queue.pop_front()?;
        if task.effect.is_answered() {
            self.awaited.insert(task.id, task.visit);
        }
        if let Effect::Record { entry } = &task.effect
            && entry.is_fact()
        {
            self.writing.entry(task.id).or_insert_with(|| Unwritten {
                visit: task.visit,
                entry: entry.clone(),
                refused: 0,
            });
        }
        Some(task)
    }

    /// Who waits for this answer, if anybody does. It comes once.
    pub(crate) fn answered(&mut self, id: EffectId) -> Option<Option<VisitId>> {
        self.awaited.remove(&id)
    }
}
