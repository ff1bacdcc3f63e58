//! Methods that came during a visit and that nobody was led to: the operator is told of each, and removes it or says
//! that it is the person's own.

use super::Desk;
use super::told_methods::{State, Told};
use crate::display::sanitize_for_display;
use crate::effect::{Effect, EffectFailure, EffectId, PassRemoval};
use crate::ids::{MethodInVisit, Subject, VisitId};
use crate::record::{AfterEvent, Event};
use crate::registration::uninvited::Uninvited;
use crate::time::Now;
use crate::trouble::{Trouble, TroubleCode};
use crate::view::{TroubleView, UninvitedView};
use crate::visit::{Whose, illegal_in_state, sign_in_again};

impl Desk {
    /// They are named at once, and written down.
    pub(super) fn tell_uninvited(&mut self, visit: VisitId, of: &Whose, found: Vec<Uninvited>) {
        let ticket = self.visits.get(&visit).and_then(|visit| visit.ticket);
        for found in found {
            self.tell_of_method(Told {
                subject: Subject {
                    visit,
                    user: of.user.clone(),
                },
                ticket,
                person: of.person.clone(),
                found,
                state: State::Asked,
            });
        }
    }

    pub(super) fn tell_of_method(&mut self, new: Told) {
        let entry = AfterEvent::MethodUninvited {
            kind: new.found.kind,
            method: new.found.method.clone(),
        };
        self.effects
            .record(Some(new.subject.visit), Event::After(entry));
        // Another number under the id of one that is still asked about: there is one to decide on.
        self.uninvited.retain(|told| {
            (told.subject.visit, &told.found.method) != (new.subject.visit, &new.found.method)
                || matches!(told.state, State::Removing { .. })
        });
        self.uninvited.push(new);
        self.revision += 1;
    }

    /// They are what the person was led to after all.
    pub(super) fn withdraw_uninvited(&mut self, visit: VisitId, methods: Vec<String>) {
        for method in methods {
            self.uninvited
                .retain(|told| told.subject.visit != visit || told.found.method != method);
            let entry = AfterEvent::MethodInvited { method };
            self.effects.record(Some(visit), Event::After(entry));
        }
    }

    /// They are gone again: nobody has to decide any more.
    pub(super) fn withdraw_gone(&mut self, visit: VisitId, methods: Vec<String>) {
        for method in methods {
            let asked = self.uninvited.len();
            self.uninvited
                .retain(|told| told.subject.visit != visit || told.found.method != method);
            if self.uninvited.len() < asked {
                let entry = AfterEvent::MethodGone { method };
                self.effects.record(Some(visit), Event::After(entry));
            }
        }
    }

    /// The visit is over: its person's name stays nowhere, and without an operator nobody is asked any more.
    pub(super) fn visit_is_gone(&mut self, visit: VisitId) {
        let of_visit = self
            .uninvited
            .iter_mut()
            .filter(|told| told.subject.visit == visit);
        of_visit.for_each(|told| told.person = None);
        if self.session.operator().is_none() {
            self.end_undecided(|told| told.subject.visit == visit);
        }
    }

    /// The operator goes: what visits that are over left to decide goes too, and the record says so. A visit that is
    /// open keeps its questions for whoever comes back to it.
    pub(super) fn end_undecided_of_gone(&mut self) {
        let open: Vec<_> = self.visits.keys().copied().collect();
        self.end_undecided(|told| !open.contains(&told.subject.visit));
    }

    /// A removal that is on its way says itself what came of it.
    pub(super) fn end_undecided(&mut self, which: impl Fn(&Told) -> bool) {
        let goes = |told: &mut Told| which(told) && !matches!(told.state, State::Removing { .. });
        for told in self.uninvited.extract_if(.., goes) {
            let method = told.found.method;
            let entry = AfterEvent::MethodNotDecided { method };
            self.effects
                .record(Some(told.subject.visit), Event::After(entry));
        }
    }

    /// The operator says what becomes of one.
    pub(super) fn decide_on_method(
        &mut self,
        which: &MethodInVisit,
        remove: bool,
        now: Now,
    ) -> Result<(), Trouble> {
        let operator = self.session.operator().ok_or_else(sign_in_again)?;
        let place = self.uninvited.iter().position(|told| {
            (told.subject.visit, &told.found.method) == (which.visit, &which.method)
                && !matches!(told.state, State::Removing { .. })
        });
        let place = place.ok_or_else(illegal_in_state)?;
        let told = &mut self.uninvited[place];
        if remove && !operator.may_remove.contains(&told.found.kind) {
            return Err(Trouble::new(TroubleCode::NotAllowedHere));
        }
        let visit = Some(told.subject.visit);
        let decided = AfterEvent::MethodDecided {
            method: which.method.clone(),
            operator: operator.oid.clone(),
            remove,
        };
        self.effects.record(visit, Event::After(decided));
        if remove {
            self.rate_limit.spend(now.mono);
            let effect = Effect::RemoveMethod {
                user: told.subject.user.clone(),
                kind: told.found.kind,
                method: which.method.clone(),
            };
            let effect = self.effects.push(visit, effect);
            told.state = State::Removing { effect };
        } else {
            let told = self.uninvited.remove(place);
            if let Some(visit) = self.visits.get_mut(&told.subject.visit) {
                visit.method_kept(&told.found.method);
            }
        }
        Ok(())
    }

    /// Whether this is one of the removals that were decided on here.
    pub(super) fn removes_uninvited(&self, id: EffectId) -> bool {
        let of_id = |told: &Told| matches!(told.state, State::Removing { effect } if effect == id);
        self.uninvited.iter().any(of_id)
    }

    pub(super) fn on_method_removed(
        &mut self,
        id: EffectId,
        removed: Result<PassRemoval, EffectFailure>,
    ) {
        let place = self
            .uninvited
            .iter()
            .position(|told| matches!(told.state, State::Removing { effect } if effect == id));
        let Some(place) = place else { return };
        let told = &mut self.uninvited[place];
        let (visit, method) = (Some(told.subject.visit), told.found.method.clone());
        let not_there = || Trouble::new(TroubleCode::MethodNotThere);
        let entry = match removed {
            Ok(PassRemoval::Removed) => {
                let told = self.uninvited.remove(place);
                // The next number of a person has the id of the one before.
                if let Some(visit) = self.visits.get_mut(&told.subject.visit) {
                    visit.method_removed(&method);
                }
                let looks = self.last_looks.iter_mut();
                looks
                    .filter(|look| look.subject.visit == told.subject.visit)
                    .for_each(|look| look.removed(&method));
                AfterEvent::MethodRemoved { method }
            }
            // A copy of the directory that is behind says so, too: only looks show that it is gone.
            Ok(PassRemoval::NotThere) => not_removed(told, method, not_there()),
            Err(failure) => not_removed(told, method, failure.trouble),
        };
        self.effects.record(visit, Event::After(entry));
        if self.session.operator().is_none() {
            self.end_undecided_of_gone();
        }
    }

    /// What the operator is told of; nobody is told while nobody is there.
    pub(super) fn uninvited_methods(&self) -> Vec<UninvitedView> {
        let Some(operator) = self.session.operator() else {
            return Vec::new();
        };
        let view = |told: &Told| UninvitedView {
            which: MethodInVisit {
                visit: told.subject.visit,
                method: told.found.method.clone(),
            },
            ticket: told.ticket,
            person: told.person.as_deref().map(sanitize_for_display),
            kind: told.found.kind,
            name: told.found.name.as_deref().map(sanitize_for_display),
            without_pass: told.found.without_pass,
            may_remove: operator.may_remove.contains(&told.found.kind),
            removing: matches!(told.state, State::Removing { .. }),
            trouble: match &told.state {
                State::NotRemoved(trouble) => Some(TroubleView::from(trouble)),
                State::Asked | State::Removing { .. } => None,
            },
        };
        self.uninvited.iter().map(view).collect()
    }
}

fn not_removed(told: &mut Told, method: String, why: Trouble) -> AfterEvent {
    let code = why.code;
    told.state = State::NotRemoved(why);
    AfterEvent::MethodNotRemoved { method, code }
}
