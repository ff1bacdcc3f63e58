//! Which visits the record says are kept. It is the authority: a file that was left behind by a visit that went on or
//! ended, or that was put back, is of no visit that this names.

use std::collections::BTreeMap;

use super::event::Event;
use super::facts::VisitOutcome;
use super::telephone::TelephoneEvent;
use crate::ids::VisitId;
use crate::time::ServiceTime;

/// The record folded up to some entry.
#[derive(Clone, Debug, Default)]
pub struct KeptInRecord {
    kept: BTreeMap<VisitId, Keeping>,
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
        }
        // That the app was closed or died is what it is kept for.
        let ended = matches!(event, Event::VisitEnded { how, .. } if *how != VisitOutcome::Stopped);
        if ended || matches!(event, Event::Registered { .. }) {
            self.kept.remove(&visit);
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
            }
            TelephoneEvent::VisitForgotten { why: _ } => {
                self.kept.remove(&visit);
            }
            TelephoneEvent::VisitByTelephone | TelephoneEvent::PassReadOut { .. } => {}
        }
    }

    /// The visits that are kept.
    pub(crate) fn visits(&self) -> &BTreeMap<VisitId, Keeping> {
        &self.kept
    }
}
