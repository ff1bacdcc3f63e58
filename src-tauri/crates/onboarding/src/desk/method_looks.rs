//! One look more at the methods of a person whose visit is over: for its minutes a pass opens the door to every kind.

use super::Desk;
use super::told_methods::{State, Told};
use crate::effect::{Effect, EffectFailure, EffectId, Reading};
use crate::ids::VisitId;
use crate::pass::open_question::OpenQuestion;
use crate::pass::reconcile::Reconcile;
use crate::pass::target::Target;
use crate::time::{Mono, Now};
use crate::visit::{Blocked, LastLook, Visit};

impl Desk {
    /// A visit leaves one behind. Without an operator nobody can look, and nobody would be told.
    pub(super) fn looks_once_more(&mut self, look: LastLook) {
        self.last_looks.push(look);
        if self.session.operator().is_none() {
            self.end_last_looks();
        }
    }

    /// The service says that this visit's pass is removed.
    pub(super) fn took_back(&mut self, visit: VisitId, pass: (OpenQuestion, Target)) {
        let mut looks = self.last_looks.iter_mut();
        match looks.find(|look| look.subject.visit == visit) {
            Some(look) => look.took_back(pass),
            // The person is served again already.
            None => {
                let (question, target) = pass;
                let due = target.copies_know_at();
                let open = Reconcile::bear_out(question, target, due);
                self.unreconciled.push(open);
            }
        }
    }

    /// The operator goes: nothing of them is kept, but for passes that nobody saw gone.
    pub(super) fn end_last_looks(&mut self) {
        let looks = std::mem::take(&mut self.last_looks);
        let later = looks.into_iter().filter_map(LastLook::later);
        self.unreconciled.extend(later);
    }

    pub(super) fn last_look_due(&self) -> Option<Mono> {
        // A slot may lie a little before what is due: nothing leaves then.
        let slot = |due| self.rate_limit.poll_slot(due).max(due);
        let due = |look: &LastLook| look.due.map(slot);
        self.last_looks.iter().filter_map(due).min()
    }

    pub(super) fn look_once_more(&mut self, now: Now) -> bool {
        let served: Vec<_> = self.visits.values().filter_map(Visit::serves).collect();
        // What comes for somebody who is at it again is told by that visit.
        let again = |look: &LastLook| {
            let of = |blocked: &Blocked| matches!(blocked, Blocked::Served { user, .. } if *user == look.subject.user);
            served.iter().any(of)
        };
        let looks = std::mem::take(&mut self.last_looks).into_iter();
        let (over, looks): (Vec<_>, Vec<_>) = looks.partition(again);
        self.last_looks = looks;
        let later = over.into_iter().filter_map(LastLook::later);
        self.unreconciled.extend(later);
        let mut left = false;
        for look in &mut self.last_looks {
            let due = look.due.filter(|due| *due <= now.mono);
            let free = due.map(|due| self.rate_limit.try_poll(due, now.mono));
            if !matches!(free, Some(Ok(()))) {
                continue;
            }
            let effect = Effect::ReadMethods {
                user: look.subject.user.clone(),
                asked_for: false,
                wants: look.wants.clone(),
            };
            look.due = None;
            look.sent = Some(now);
            look.in_flight = Some(self.effects.push(Some(look.subject.visit), effect));
            left = true;
        }
        left
    }

    /// Whether one of them waited for this answer. What it did not bring is not asked for again, but for a pass that
    /// nobody saw gone.
    pub(super) fn looked_once_more(
        &mut self,
        id: EffectId,
        read: &Result<Reading, EffectFailure>,
        now: Now,
    ) -> bool {
        let waits = |look: &LastLook| look.in_flight == Some(id);
        let Some(place) = self.last_looks.iter().position(waits) else {
            return false;
        };
        let mut look = self.last_looks.remove(place);
        match read {
            Ok(Reading::Methods(read)) => {
                self.rate_limit.answered();
                match look.bear_out(read, now) {
                    Some(Ok(gone)) => {
                        self.effects.record(Some(look.subject.visit), gone);
                    }
                    Some(Err(owed)) => self.unreconciled.push(owed),
                    None => {}
                }
                for mut found in look.look(read) {
                    found.name = None;
                    self.tell_of_method(Told {
                        subject: look.subject.clone(),
                        ticket: look.ticket,
                        person: None,
                        found,
                        state: State::Asked,
                    });
                }
            }
            Ok(Reading::Devices(_)) => self.unreconciled.extend(look.later()),
            Err(failure) => {
                if failure.retry_after_s.is_some() {
                    self.rate_limit.refused(failure.retry_after_s, now.mono);
                }
                self.unreconciled.extend(look.later());
            }
        }
        true
    }
}
