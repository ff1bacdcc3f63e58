//! What of a visit by telephone can be kept while it waits for the call back, and how another visit goes on with it
//! (S20).

use super::{Comes, Context, Finding, Prefs, Stage, Visit};
use crate::display::sanitize_for_display;
use crate::ids::{UserId, VisitId};
use crate::kept_visit::{KeptNumbers, KeptUntil, KeptVisit};
use crate::pass::state::PassState;
use crate::person::directory::Person;
use crate::record::{Event, TelephoneEvent};
use crate::telephone::CallNumbers;
use crate::time::Now;

/// What a visit by telephone knows of the time before.
#[derive(Debug, Default)]
pub(super) struct Waits {
    /// It goes on with what was kept of another.
    from: Option<Box<KeptVisit>>,
    /// Where its person could be called when that was first read.
    numbers: Option<(UserId, KeptNumbers)>,
    /// Until when anything of it is kept, from when it was first put aside.
    until: Option<KeptUntil>,
}

impl Waits {
    /// The numbers were read, the first time or again.
    pub(super) fn read(&mut self, user: &UserId, numbers: &CallNumbers) {
        let first = self.numbers.as_ref().is_some_and(|(of, _)| of == user);
        if !first {
            self.numbers = Some((user.clone(), KeptNumbers::of(numbers)));
        }
    }

    /// What the numbers of this person were, where the visit goes on with another.
    pub(super) fn then(&self, user: &UserId) -> Option<&KeptNumbers> {
        self.from.as_ref().filter(|from| from.user == *user)?;
        let (of, numbers) = self.numbers.as_ref()?;
        (of == user).then_some(numbers)
    }
}

impl Visit {
    /// Goes on with what was kept: the person is looked up anew, and nothing that was done to proof them counts.
    pub(crate) fn take_up(
        (id, ticket): (VisitId, Option<u32>),
        (kept, until): (KeptVisit, KeptUntil),
        cx: &mut Context<'_>,
    ) -> Self {
        let prefs = Prefs::of(cx.glance.site);
        let mut visit = Self::start(id, ticket, (prefs, Comes::ByTelephone), cx);
        cx.record(Event::Telephone(TelephoneEvent::VisitTakenUp {
            kept_visit: kept.visit,
        }));
        let mut finding = Finding::default();
        finding.read(kept.user.clone(), cx);
        visit.stage = Stage::Finding(finding);
        let numbers = kept.numbers.clone();
        visit.waits = Waits {
            numbers: numbers.map(|numbers| (kept.user.clone(), numbers)),
            from: Some(Box::new(kept)),
            until: Some(until),
        };
        visit
    }

    /// What is kept of it over a restart, under this name, and until when; none where nobody can be called back, or
    /// there is nothing more to call for.
    pub(crate) fn keep(&mut self, keeping: String, now: Now) -> Option<(KeptVisit, KeptUntil)> {
        if self.is_at_the_counter() {
            return None;
        }
        let from = self.waits.from.as_deref();
        let (user, name) = match (self.keeps_person(), from) {
            (Some(person), _) => (person.id.clone(), sanitize_for_display(&person.name)),
            // The person is still being looked up.
            (None, Some(from)) if self.looks_up() => (from.user.clone(), from.name.clone()),
            (None, Some(_) | None) => return None,
        };
        let of_this = from.filter(|from| from.user == user);
        let since = of_this.map_or(now.service, |from| from.since);
        let address = of_this.and_then(|from| from.address.clone());
        let address = self.letters.declared_by(&user).or(address);
        let numbers = self.waits.numbers.as_ref().filter(|(of, _)| *of == user);
        let numbers = numbers.map(|(_, numbers)| numbers.clone());
        let until = *self.waits.until.get_or_insert_with(|| KeptUntil::from(now));
        let kept = KeptVisit {
            visit: self.id,
            keeping,
            user,
            name,
            since,
            numbers,
            address,
        };
        Some((kept, until))
    }

    /// Whether there still is something to call the person back for.
    pub(crate) fn may_be_kept(&self) -> bool {
        !self.is_at_the_counter() && (self.keeps_person().is_some() || self.looks_up())
    }

    /// Whose sign-in method is there.
    pub(crate) fn registered(&self) -> Option<&UserId> {
        match &self.stage {
            Stage::HandingOver(board) if board.evidence.registered.is_some() => {
                Some(&board.person.id)
            }
            Stage::HandingOver(_)
            | Stage::Finding(_)
            | Stage::Found(_)
            | Stage::Checking(_)
            | Stage::Ending(_)
            | Stage::Ended(_) => None,
        }
    }

    /// Whether no pass came of it, so that it can wait without anything being taken back.
    pub(crate) fn is_without_pass(&self) -> bool {
        match &self.stage {
            Stage::Finding(_) | Stage::Found(_) | Stage::Checking(_) => true,
            Stage::HandingOver(board) => {
                board.own.is_empty() && matches!(board.pass, PassState::None)
            }
            Stage::Ending(_) | Stage::Ended(_) => false,
        }
    }

    /// Another person is looked for.
    pub(super) fn forget_person(&mut self) {
        self.access.forget();
        self.letters.forget();
        self.waits = Waits::default();
    }

    /// The operator said that this is the person: what was kept of them is theirs, and of nobody else.
    pub(super) fn person_is_known(&mut self, user: &UserId) {
        match self.waits.from.as_deref() {
            Some(from) if from.user == *user => {
                if let Some(address) = from.address.clone() {
                    self.letters.declared_before(address, user.clone());
                }
            }
            Some(_) => self.waits = Waits::default(),
            None => {}
        }
    }

    fn keeps_person(&self) -> Option<&Person> {
        match &self.stage {
            Stage::Checking(checking) => Some(&checking.person),
            Stage::HandingOver(board) if board.evidence.registered.is_none() => Some(&board.person),
            Stage::HandingOver(_)
            | Stage::Finding(_)
            | Stage::Found(_)
            | Stage::Ending(_)
            | Stage::Ended(_) => None,
        }
    }

    /// The person of a visit that was taken up is not confirmed yet.
    fn looks_up(&self) -> bool {
        let before = matches!(self.stage, Stage::Finding(_) | Stage::Found(_));
        before && self.waits.from.is_some()
    }
}
