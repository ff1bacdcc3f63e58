//! What of a visit by telephone can be kept while it waits for the call back, and how another visit goes on with it
//! (S20).

use super::{Comes, Context, Finding, Prefs, Stage, Visit};
use crate::display::sanitize_for_display;
use crate::ids::{UserId, VisitId};
use crate::kept_visit::{KeptNumbers, KeptUntil, KeptVisit};
use crate::pass::state::PassState;
use crate::person::directory::Person;
use crate::record::{Event, LetterEvent, TelephoneEvent};
use crate::telephone::CallNumbers;
use crate::time::{Now, ServiceTime};

/// What a visit by telephone knows of the time before.
#[derive(Debug, Default)]
pub(super) struct Waits {
    /// It goes on with what was kept of another.
    from: Option<Box<KeptVisit>>,
    /// Where its person could be called when that was first read.
    numbers: Option<(UserId, KeptNumbers)>,
    /// It waited, and the person is called once more: from now on the numbers are compared.
    calls_again: bool,
    /// They were found to be others than before.
    changed: bool,
    /// When it was first put aside, and until when anything of it is kept from then on.
    aside: Option<(ServiceTime, KeptUntil)>,
}

impl Waits {
    /// The numbers were read, the first time or again; says whether they are others than they were before it waited. In
    /// the first call a whole list takes the place of one that was read in part.
    pub(super) fn read(&mut self, user: &UserId, numbers: &CallNumbers) -> bool {
        let then = self.then(user);
        let changed = then.is_some_and(|then| !then.are_the_same_as(numbers));
        self.changed |= changed;
        let first = self.numbers.as_ref().filter(|(of, _)| of == user);
        if first.is_none_or(|(_, first)| first.partly && !self.calls_again) {
            self.numbers = Some((user.clone(), KeptNumbers::of(numbers)));
        }
        changed
    }

    /// What the numbers of this person were, once the visit has waited; in the first call there is no time before.
    pub(super) fn then(&self, user: &UserId) -> Option<&KeptNumbers> {
        let (of, numbers) = self.numbers.as_ref().filter(|_| self.calls_again)?;
        (of == user).then_some(numbers)
    }

    /// Whether the numbers were found to be others than before it waited.
    pub(super) fn changed(&self) -> bool {
        self.changed
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
            calls_again: true,
            changed: false,
            aside: Some((kept.since, until)),
            from: Some(Box::new(kept)),
        };
        visit
    }

    /// What is kept of it over a restart, under this name, and until when; none where nobody can be called back, or
    /// there is nothing more to call for.
    pub(crate) fn keep(
        &mut self,
        keeping: String,
        mails: bool,
        now: Now,
    ) -> Option<(KeptVisit, KeptUntil)> {
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
        let address = of_this.and_then(|from| from.address.clone());
        let address = self.letters.declared_by(&user).or(address);
        // A site that writes to nobody any more keeps no address.
        let address = address.filter(|_| mails);
        let numbers = self.waits.numbers.as_ref().filter(|(of, _)| *of == user);
        let numbers = numbers.map(|(_, numbers)| numbers.clone());
        let first = || (now.service, KeptUntil::from(now));
        let (since, until) = *self.waits.aside.get_or_insert_with(first);
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

    /// It waited and comes to the front, in the same run: where the person is still to be proofed, nothing that was said
    /// before counts, and the numbers are read again.
    pub(crate) fn calls_again(&mut self, cx: &mut Context<'_>) {
        if let Stage::Checking(checking) = &mut self.stage
            && let Some(calling) = &mut checking.calling
        {
            self.waits.calls_again = true;
            self.letters.ask_again();
            checking.list.phone_confirmed = false;
            calling.read(&checking.person.id, cx);
        }
    }

    /// Whether there still is something to call the person back for.
    pub(crate) fn may_be_kept(&self) -> bool {
        !self.is_at_the_counter() && (self.keeps_person().is_some() || self.looks_up())
    }

    /// By telephone, somebody was found, and the way is not over.
    pub(crate) fn would_be_lost(&self) -> bool {
        self.may_be_kept() || !self.is_at_the_counter() && matches!(self.stage, Stage::Found(_))
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

    /// Whom it found, before the operator said that this is the person.
    pub(crate) fn found(&self) -> Option<&UserId> {
        match &self.stage {
            Stage::Found(found) => Some(&found.person.id),
            Stage::Finding(_)
            | Stage::Checking(_)
            | Stage::HandingOver(_)
            | Stage::Ending(_)
            | Stage::Ended(_) => None,
        }
    }

    /// The same where the person calls.
    pub(crate) fn found_caller(&self) -> Option<&UserId> {
        self.found().filter(|_| !self.is_at_the_counter())
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
    pub(super) fn person_is_known(&mut self, user: &UserId, cx: &mut Context<'_>) {
        match self.waits.from.as_deref() {
            Some(from) if from.user == *user => {
                let mails = cx.policy.notice.is_some();
                if let Some(address) = from.address.clone().filter(|_| mails) {
                    cx.record(Event::Letter(LetterEvent::AddressDeclared));
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
