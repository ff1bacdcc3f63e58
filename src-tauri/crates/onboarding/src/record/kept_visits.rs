//! Which visits the record says are kept. It is the authority: a file that was left behind by a visit that went on or
//! ended, or that was put back, is of no visit that this names.

use std::collections::BTreeMap;

use super::event::Event;
use super::facts::VisitOutcome;
use super::telephone::{ForgottenWhy, TelephoneEvent};
use crate::ids::{UserId, VisitId};
use crate::time::ServiceTime;

/// The record folded up to some entry.
#[derive(Clone, Debug, Default)]
pub struct KeptInRecord {
    kept: BTreeMap<VisitId, Keeping>,
    /// Who the person of a visit is that goes on or is kept.
    persons: BTreeMap<VisitId, UserId>,
    /// Something was lost, and no operator went on since who would have read it.
    lost: bool,
}

/// What the record says of one that is kept.
#[derive(Clone, Debug)]
pub(crate) struct Keeping {
    pub(crate) name: String,
    /// When it was first recorded.
    pub(crate) at: ServiceTime,
    /// The latest time of an entry since: a clock that was wrong before says nothing of its age.
    pub(crate) seen: ServiceTime,
}

impl KeptInRecord {
    /// Takes the next entry, oldest first.
    pub fn take(&mut self, visit: Option<VisitId>, at: ServiceTime, event: &Event) {
        for keeping in self.kept.values_mut() {
            keeping.seen = keeping.seen.max(at);
        }
        let Some(visit) = visit else {
            return;
        };
        if let Event::Telephone(event) = event {
            self.take_telephone(visit, at, event);
        } else if let Event::PersonChosen { user, .. } = event {
            self.persons.insert(visit, user.clone());
        } else if let Event::Registered { .. } = event {
            self.registered(visit);
        } else if let Event::VisitEnded { how, .. } = event {
            self.ended(visit, *how);
        } else if let Event::VisitStarted { .. } = event {
            self.lost = false;
        }
    }

    /// Whether something was lost in an earlier run that nobody can have read there.
    pub(crate) fn lost_untold(&self) -> bool {
        self.lost
    }

    /// Nobody is to be called any more, whichever visit it was that this person waited in.
    fn registered(&mut self, visit: VisitId) {
        self.kept.remove(&visit);
        if let Some(user) = self.persons.get(&visit) {
            let persons = &self.persons;
            self.kept.retain(|kept, _| persons.get(kept) != Some(user));
        }
    }

    /// That the app was closed or died, or that nobody is signed in any more, is what it is kept for: between such an end
    /// and what comes after it a station may be killed.
    fn ended(&mut self, visit: VisitId, how: VisitOutcome) {
        let stays = match how {
            VisitOutcome::Stopped | VisitOutcome::Idle | VisitOutcome::LeftUnfinished => true,
            VisitOutcome::Finished
            | VisitOutcome::Cancelled
            | VisitOutcome::PhoneTooOld
            | VisitOutcome::NoScreenLock
            | VisitOutcome::NoSmartphone
            | VisitOutcome::PasswordAgain
            | VisitOutcome::PasswordAsked => false,
        };
        if !stays {
            self.kept.remove(&visit);
        }
        if !self.kept.contains_key(&visit) {
            self.persons.remove(&visit);
        }
    }

    fn take_telephone(&mut self, visit: VisitId, at: ServiceTime, event: &TelephoneEvent) {
        match event {
            TelephoneEvent::VisitKept { keeping } => {
                let same = self.kept.get(&visit).filter(|it| it.name == *keeping);
                if same.is_none() {
                    let name = keeping.clone();
                    self.kept.insert(visit, Keeping { name, at, seen: at });
                }
            }
            TelephoneEvent::VisitTakenUp { kept_visit } => {
                self.kept.remove(kept_visit);
                // Until the operator confirms somebody it is the same person who is looked up.
                if let Some(user) = self.persons.remove(kept_visit) {
                    self.persons.insert(visit, user);
                }
            }
            TelephoneEvent::VisitForgotten { why } => {
                self.kept.remove(&visit);
                self.lost |= *why == ForgottenWhy::Lost;
            }
            TelephoneEvent::VisitByTelephone | TelephoneEvent::PassReadOut { .. } => {}
        }
    }

    /// The visits that are kept.
    pub(crate) fn visits(&self) -> &BTreeMap<VisitId, Keeping> {
        &self.kept
    }
}
