//! What a run of the app may leave behind: intents without a result, visits without an end.

use std::collections::BTreeMap;

use super::event::{Event, PassEnd, VisitOutcome};
use crate::ids::{PassId, UserId, VisitId};
use crate::time::ServiceTime;

/// An intent without a result, read back from the record: a pass may exist that nobody was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingIntent {
    pub visit: VisitId,
    pub user: UserId,
    pub upn: String,
    pub intent: String,
    pub known_passes: Vec<PassId>,
    pub asked_at: ServiceTime,
    pub lifetime_minutes: u32,
    /// The pass it led to, if it is known to exist and was to be taken back.
    pub made: Option<PendingPass>,
}

/// A pass of an earlier run that is to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingPass {
    pub id: PassId,
    pub until: ServiceTime,
}

/// The record folded up to some entry.
#[derive(Clone, Debug, Default)]
pub struct LeftOpen {
    intents: Vec<Intent>,
    visits: BTreeMap<VisitId, OpenVisit>,
}

/// An intent on the way through the record.
#[derive(Clone, Debug)]
struct Intent {
    pending: PendingIntent,
    /// Its pass was issued and its visit goes on: the visit's own end says what becomes of it.
    in_hand: bool,
}

/// A visit on the way through the record.
#[derive(Clone, Debug)]
struct OpenVisit {
    begun: bool,
    /// What the record says of its last pass. One that may still work is `Pending`.
    pass: PassEnd,
    until: Option<ServiceTime>,
}

impl LeftOpen {
    /// The recorded names of the events that open or end an intent or a visit, or say how its pass stands.
    pub const EVENTS: &'static [&'static str] = &[
        "visit_started",
        "pass_intent",
        "pass_issued",
        "pass_refused",
        "pass_uncertain",
        "pass_not_issued",
        "pass_lapsed",
        "pass_orphan_removed",
        "pass_removed",
        "pass_entered",
        "visit_ended",
    ];

    /// Takes the next entry, oldest first.
    pub fn take(&mut self, visit: Option<VisitId>, at: ServiceTime, event: &Event) {
        // What belongs to no visit has the number that none has.
        let visit = visit.unwrap_or(VisitId(0));
        self.take_visit(visit, event);
        self.take_intent(visit, at, event);
    }

    /// Every intent that no later entry has ended, oldest first. `PassUncertain` is no end, nor is a pass
    /// that was issued but still to be taken back when its visit ended.
    #[must_use]
    pub fn pending(self) -> Vec<PendingIntent> {
        let left = self.intents.into_iter().filter(|intent| !intent.in_hand);
        left.map(|intent| intent.pending).collect()
    }

    /// The end of every visit that an earlier run did not live to record, in their order.
    #[must_use]
    pub fn ends(&self, now: ServiceTime) -> Vec<(VisitId, Event)> {
        let open = self.visits.iter().filter(|(_, open)| open.begun);
        open.map(|(visit, open)| {
            let over = open.until.is_some_and(|until| until <= now);
            let pass = if open.pass == PassEnd::Pending && over {
                PassEnd::Expired
            } else {
                open.pass
            };
            let how = VisitOutcome::Stopped;
            (*visit, Event::VisitEnded { how, pass })
        })
        .collect()
    }

    fn take_visit(&mut self, visit: VisitId, event: &Event) {
        let open = self.visits.entry(visit).or_insert(OpenVisit {
            begun: false,
            pass: PassEnd::None,
            until: None,
        });
        match event {
            Event::VisitStarted { .. } => open.begun = true,
            Event::PassIntent { .. } | Event::PassUncertain { .. } => {
                open.pass = PassEnd::Uncertain;
            }
            Event::PassIssued {
                start,
                lifetime_minutes,
                ..
            } => {
                open.pass = PassEnd::Pending;
                open.until = Some(start.after_minutes(*lifetime_minutes));
            }
            Event::PassEntered { .. } => open.pass = PassEnd::Used,
            Event::PassRemoved { .. } | Event::PassOrphanRemoved { .. } => {
                open.pass = PassEnd::Removed;
            }
            Event::PassRefused { .. } | Event::PassNotIssued { .. } => open.pass = PassEnd::None,
            Event::PassLapsed { .. } => open.pass = PassEnd::Expired,
            Event::VisitEnded { .. } => {
                self.visits.remove(&visit);
            }
            Event::StationStarted { .. }
            | Event::EnvironmentCleaned { .. }
            | Event::SandboxMissing {}
            | Event::OperatorSignedIn { .. }
            | Event::OperatorSignInRefused { .. }
            | Event::OperatorSignedOut { .. }
            | Event::PersonChosen { .. }
            | Event::IdentityChecked { .. }
            | Event::RouteChosen { .. }
            | Event::Registered { .. } => {}
        }
    }

    fn take_intent(&mut self, visit: VisitId, at: ServiceTime, event: &Event) {
        match event {
            Event::PassIntent { .. } => self.intents.extend(Intent::new(visit, at, event)),
            Event::PassIssued {
                intent,
                pass,
                start,
                lifetime_minutes,
                once: _,
            } => {
                // It took the place of the one before.
                self.intents
                    .retain(|open| !(open.in_hand && open.pending.visit == visit));
                let named = |open: &&mut Intent| open.pending.intent == *intent;
                for open in self.intents.iter_mut().filter(named) {
                    open.in_hand = true;
                    open.pending.made = Some(PendingPass {
                        id: pass.clone(),
                        until: start.after_minutes(*lifetime_minutes),
                    });
                }
            }
            Event::PassRemoved { pass, why: _ } => {
                let gone = |made: &PendingPass| made.id == *pass;
                self.intents
                    .retain(|open| !open.pending.made.as_ref().is_some_and(gone));
            }
            Event::VisitEnded { how: _, pass } => {
                let owed = matches!(pass, PassEnd::Pending | PassEnd::Uncertain);
                self.intents
                    .retain(|open| owed || !open.in_hand || open.pending.visit != visit);
                for open in &mut self.intents {
                    open.in_hand &= open.pending.visit != visit;
                }
            }
            Event::PassRefused { intent, .. }
            | Event::PassNotIssued { intent }
            | Event::PassLapsed { intent }
            | Event::PassOrphanRemoved { intent, .. } => {
                self.intents.retain(|open| open.pending.intent != *intent);
            }
            Event::StationStarted { .. }
            | Event::EnvironmentCleaned { .. }
            | Event::SandboxMissing {}
            | Event::OperatorSignedIn { .. }
            | Event::OperatorSignInRefused { .. }
            | Event::OperatorSignedOut { .. }
            | Event::VisitStarted { .. }
            | Event::PersonChosen { .. }
            | Event::IdentityChecked { .. }
            | Event::RouteChosen { .. }
            | Event::PassUncertain { .. }
            | Event::PassEntered { .. }
            | Event::Registered { .. } => {}
        }
    }
}

impl Intent {
    fn new(visit: VisitId, at: ServiceTime, event: &Event) -> Option<Self> {
        let Event::PassIntent {
            intent,
            user,
            upn,
            known_passes,
            lifetime_minutes,
            ..
        } = event
        else {
            return None;
        };
        Some(Self {
            pending: PendingIntent {
                visit,
                user: user.clone(),
                upn: upn.clone(),
                intent: intent.clone(),
                known_passes: known_passes.clone(),
                asked_at: at,
                lifetime_minutes: *lifetime_minutes,
                made: None,
            },
            in_hand: false,
        })
    }
}
