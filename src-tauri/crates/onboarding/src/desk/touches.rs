//! When somebody last touched each side: what the operator does keeps the session, what the person does keeps only
//! what the person is in the middle of.

use crate::time::Mono;

/// A person who touched nothing for this long has gone, as far as a locked desk can tell.
const PERSON_GONE_S: u64 = 120;

/// The two clocks of idling.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Touches {
    operator: Mono,
    /// None while nobody touched the visit in front.
    person: Option<Mono>,
}

impl Touches {
    pub(super) fn new(now: Mono) -> Self {
        Self {
            operator: now,
            person: None,
        }
    }

    /// The last touch of the operator's side.
    pub(crate) fn operator(&self) -> Mono {
        self.operator
    }

    /// The last touch of either side.
    pub(crate) fn last(&self) -> Mono {
        self.person
            .map_or(self.operator, |person| person.max(self.operator))
    }

    /// From when on the person counts as gone.
    pub(crate) fn person_gone(&self) -> Option<Mono> {
        self.person.map(|person| person.after_s(PERSON_GONE_S))
    }

    /// The operator's side was touched.
    pub(super) fn by_operator(&mut self, now: Mono) {
        self.operator = now;
    }

    /// The person's side was touched.
    pub(super) fn by_person(&mut self, now: Mono) {
        self.person = Some(now);
    }

    /// Another visit comes to the front, or none: what the one before touched says nothing of it.
    pub(super) fn another_person(&mut self) {
        self.person = None;
    }
}
