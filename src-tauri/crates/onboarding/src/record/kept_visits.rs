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
    kept: BTreeMap<VisitId, String>,
    seen: Option<ServiceTime>,
}

impl KeptInRecord {
    /// Takes the next entry, oldest first.
    pub fn take(&mut self, visit: Option<VisitId>, at: ServiceTime, event: &Event) {
        self.seen = self.seen.max(Some(at));
        let Some(visit) = visit else {
            return;
        };
        if let Event::Telephone(event) = event {
            self.take_telephone(visit, event);
        }
        // That the app was closed or died is what it is kept for.
        let ended = matches!(event, Event::VisitEnded { how, .. } if *how != VisitOutcome::Stopped);
        if ended || matches!(event, Event::Registered { .. }) {
            self.kept.remove(&visit);
        }
    }

    fn take_telephone(&mut self, visit: VisitId, event: &TelephoneEvent) {
        match event {
            TelephoneEvent::VisitKept { keeping } => {
                self.kept.insert(visit, keeping.clone());
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

    /// The visits that are kept, each with the name of its keeping.
    pub(crate) fn visits(&self) -> &BTreeMap<VisitId, String> {
        &self.kept
    }

    /// The latest time of an entry.
    pub(crate) fn seen(&self) -> Option<ServiceTime> {
        self.seen
    }
}
