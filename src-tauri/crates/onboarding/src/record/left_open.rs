//! What a run of the app may leave behind: intents without a result, visits without an end.

use std::collections::BTreeMap;

use super::event::Event;
use super::facts::{PassEnd, VisitOutcome};
use super::pending::{PendingFound, PendingIntent, PendingPass};
use super::removed_passes::RemovedPasses;
use crate::ids::{PassId, Subject, VisitId};
use crate::time::ServiceTime;

/// The record folded up to some entry.
#[derive(Clone, Debug, Default)]
pub struct LeftOpen {
    intents: Vec<Intent>,
    removed: RemovedPasses,
    /// The visits that are open, and the last word on the passes of each.
    visits: BTreeMap<VisitId, PassEnd>,
}

/// An intent on the way through the record.
#[derive(Clone, Debug)]
struct Intent {
    pending: PendingIntent,
    /// Its pass was issued and its visit goes on: the visit's own end says what becomes of it.
    in_hand: bool,
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
        "pass_found",
        "pass_decided",
        "pass_gone",
        "pass_lapsed",
        "pass_orphan_removed",
        "pass_removed",
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
        self.split().0
    }

    /// The same, and the intents whose pass is recorded as removed while no look has borne that out.
    #[must_use]
    pub fn pending_and_removed(self) -> Vec<PendingIntent> {
        let (mut pending, removed) = self.split();
        pending.extend(removed.into_unproven());
        pending
    }

    fn split(self) -> (Vec<PendingIntent>, RemovedPasses) {
        let left = self.intents.into_iter().filter(|intent| !intent.in_hand);
        (left.map(|intent| intent.pending).collect(), self.removed)
    }

    /// The end of every visit that an earlier run did not live to record, in their order. A pass that may still work is
    /// owed, however late it is: at a start nobody has confirmed the time yet.
    #[must_use]
    pub fn ends(&self) -> Vec<(VisitId, Event)> {
        let how = VisitOutcome::Stopped;
        let end = |(visit, last): (&VisitId, &PassEnd)| {
            let pass = self.owed(*visit).unwrap_or(*last);
            (*visit, Event::VisitEnded { how, pass })
        };
        self.visits.iter().map(end).collect()
    }

    /// What is still to be done for a visit, whatever was said last of another of its passes.
    fn owed(&self, visit: VisitId) -> Option<PassEnd> {
        let of_visit = |intent: &&Intent| intent.pending.subject.visit == visit;
        let mut open = self.intents.iter().filter(of_visit).peekable();
        open.peek()?;
        match open.any(|intent| intent.in_hand) {
            true => Some(PassEnd::Pending),
            false => Some(PassEnd::Uncertain),
        }
    }

    fn take_visit(&mut self, visit: VisitId, event: &Event) {
        let last = match event {
            Event::VisitStarted { .. } => {
                self.visits.insert(visit, PassEnd::None);
                return;
            }
            Event::VisitEnded { .. } => {
                self.visits.remove(&visit);
                return;
            }
            Event::PassIntent { .. } | Event::PassUncertain { .. } => PassEnd::Uncertain,
            Event::PassIssued { .. } => PassEnd::Pending,
            Event::PassRemoved { .. } | Event::PassOrphanRemoved { .. } => PassEnd::Removed,
            Event::PassGone { .. } => PassEnd::Gone,
            Event::PassRefused { .. } | Event::PassNotIssued { .. } => PassEnd::None,
            Event::PassLapsed { .. } => PassEnd::Expired,
            Event::StationStarted { .. }
            | Event::EnvironmentCleaned { .. }
            | Event::SandboxMissing
            | Event::WitnessMade
            | Event::RecordAccepted { .. }
            | Event::OperatorSignedIn { .. }
            | Event::OperatorSignInRefused { .. }
            | Event::OperatorSignedOut { .. }
            | Event::NoticeDismissed { .. }
            | Event::PersonChosen { .. }
            | Event::IdentityChecked { .. }
            | Event::RouteChosen { .. }
            | Event::WentOnWithoutPass { .. }
            | Event::PassNotSeen { .. }
            | Event::PassFound { .. }
            | Event::PassDecided { .. }
            | Event::PassNotThere { .. }
            // Only the directory's own word ends a pass, which the entry of it is not.
            | Event::PassEntered { .. }
            | Event::PassReplaced { .. }
            | Event::PassLimitReached { .. }
            | Event::LimitRefused { .. }
            | Event::ColleagueConfirmed { .. }
            | Event::ColleagueNotConfirmed { .. }
            | Event::Registered { .. }
            | Event::After(_)
            | Event::Phone(_)
            | Event::Telephone(_)
            | Event::Letter(_)
            | Event::DisplayLost { .. }
            | Event::DisplayReplaced { .. }
            | Event::DisplayGivenUp { .. } => return,
        };
        if let Some(open) = self.visits.get_mut(&visit) {
            *open = last;
        }
    }

    fn take_intent(&mut self, visit: VisitId, at: ServiceTime, event: &Event) {
        match event {
            Event::PassIntent { time_confirmed, .. } => {
                self.removed.asked(at, *time_confirmed);
                self.intents.extend(Intent::new(visit, at, event));
            }
            Event::PassIssued { .. } => self.take_issued(visit, event),
            Event::PassFound { .. } | Event::PassDecided { .. } => self.take_found(event),
            Event::PassRemoved { pass, why: _ } => self.removed(pass),
            Event::PassGone { intent, pass } => {
                self.removed.settle(intent);
                self.drop_found(intent, pass);
                self.without(|open| open.pending.intent == *intent && open.made_is(pass));
            }
            Event::PassOrphanRemoved {
                intent,
                pass,
                still_open: true,
            } => self.drop_found(intent, pass),
            Event::VisitEnded { how: _, pass } => self.visit_ended(visit, *pass),
            Event::PassRefused { intent, .. }
            | Event::PassNotIssued { intent }
            | Event::PassLapsed { intent }
            | Event::PassOrphanRemoved { intent, .. } => {
                self.removed.settle(intent);
                self.intents.retain(|open| open.pending.intent != *intent);
            }
            Event::StationStarted { .. }
            | Event::EnvironmentCleaned { .. }
            | Event::SandboxMissing
            | Event::WitnessMade
            | Event::RecordAccepted { .. }
            | Event::OperatorSignedIn { .. }
            | Event::OperatorSignInRefused { .. }
            | Event::OperatorSignedOut { .. }
            | Event::NoticeDismissed { .. }
            | Event::VisitStarted { .. }
            | Event::PersonChosen { .. }
            | Event::IdentityChecked { .. }
            | Event::RouteChosen { .. }
            | Event::WentOnWithoutPass { .. }
            | Event::PassLimitReached { .. }
            | Event::LimitRefused { .. }
            | Event::ColleagueConfirmed { .. }
            | Event::ColleagueNotConfirmed { .. }
            | Event::PassUncertain { .. }
            | Event::PassNotSeen { .. }
            | Event::PassNotThere { .. }
            | Event::PassEntered { .. }
            | Event::PassReplaced { .. }
            | Event::Registered { .. }
            | Event::After(_)
            | Event::Phone(_)
            | Event::Telephone(_)
            | Event::Letter(_)
            | Event::DisplayLost { .. }
            | Event::DisplayReplaced { .. }
            | Event::DisplayGivenUp { .. } => {}
        }
    }

    /// A pass was found that may be ours, or the operator said whose it is.
    fn take_found(&mut self, event: &Event) {
        if let Event::PassFound {
            intent,
            pass,
            made,
            start,
            lifetime_minutes,
        } = event
        {
            let found = PendingFound {
                pass: PendingPass {
                    id: pass.clone(),
                    start: *start,
                    lifetime_minutes: *lifetime_minutes,
                    removed: false,
                },
                made: *made,
                remove: false,
            };
            self.reopen(intent);
            for open in self.named(intent) {
                open.pending.found = Some(found.clone());
            }
        } else if let Event::PassDecided {
            intent,
            pass,
            remove,
            operator: _,
        } = event
        {
            for open in self.named(intent) {
                open.decided(pass, *remove);
            }
            if !remove {
                self.without(|open| open.pending.intent == *intent && open.made_is(pass));
            }
        }
    }

    fn drop_found(&mut self, intent: &str, pass: &PassId) {
        for open in self.named(intent) {
            open.drop_found(pass);
        }
    }

    fn named<'a>(&'a mut self, intent: &'a str) -> impl Iterator<Item = &'a mut Intent> {
        let named = move |open: &&mut Intent| open.pending.intent == intent;
        self.intents.iter_mut().filter(named)
    }

    fn take_issued(&mut self, visit: VisitId, event: &Event) {
        if let Event::PassIssued {
            intent,
            pass,
            start,
            lifetime_minutes,
            once: _,
        } = event
        {
            let made = PendingPass {
                id: pass.clone(),
                start: *start,
                lifetime_minutes: *lifetime_minutes,
                removed: false,
            };
            self.issued(visit, intent, &made);
        }
    }

    /// Of a pass that was removed and looked for a question came.
    fn reopen(&mut self, intent: &str) {
        let pending = self.removed.reopen(intent);
        self.intents.extend(pending.map(|pending| Intent {
            pending,
            in_hand: false,
        }));
    }

    /// Its intent is done with; that it is gone is still to be seen.
    fn removed(&mut self, pass: &PassId) {
        let of_it = |open: &&Intent| open.made_is(pass) && open.pending.found.is_none();
        for open in self.intents.iter().filter(of_it) {
            self.removed.take(open.pending.clone());
        }
        self.without(|open| open.made_is(pass));
    }

    fn issued(&mut self, visit: VisitId, intent: &str, made: &PendingPass) {
        // It took the place of the one before.
        self.without(|open| open.in_hand && open.pending.subject.visit == visit);
        for open in &mut self.intents {
            if open.pending.intent == intent {
                open.in_hand = true;
                open.pending.made = Some(made.clone());
                self.removed.another_for(&open.pending.subject.user);
            } else {
                open.pending.accounted.push(made.id.clone());
            }
        }
    }

    fn visit_ended(&mut self, visit: VisitId, pass: PassEnd) {
        let owed = match pass {
            PassEnd::Pending | PassEnd::Uncertain | PassEnd::NotThere => true,
            PassEnd::None
            | PassEnd::Used
            | PassEnd::Removed
            | PassEnd::Left
            | PassEnd::Expired
            | PassEnd::Gone => false,
        };
        self.without(|open| !owed && open.in_hand && open.pending.subject.visit == visit);
        for open in &mut self.intents {
            open.in_hand &= open.pending.subject.visit != visit;
        }
    }

    /// The pass of these is done with; they stay open only where another was found that may be theirs.
    fn without(&mut self, done: impl Fn(&Intent) -> bool) {
        self.intents
            .retain(|open| open.pending.found.is_some() || !done(open));
        for open in self.intents.iter_mut().filter(|open| done(open)) {
            open.in_hand = false;
            open.pending.made = None;
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
            once,
            time_confirmed,
            ..
        } = event
        else {
            return None;
        };
        Some(Self {
            pending: PendingIntent {
                subject: Subject {
                    visit,
                    user: user.clone(),
                },
                upn: upn.clone(),
                intent: intent.clone(),
                known_passes: known_passes.clone(),
                asked_at: at,
                time_confirmed: *time_confirmed,
                lifetime_minutes: *lifetime_minutes,
                once: *once,
                accounted: Vec::new(),
                made: None,
                found: None,
            },
            in_hand: false,
        })
    }

    fn made_is(&self, pass: &PassId) -> bool {
        let made = self.pending.made.as_ref();
        made.is_some_and(|made| made.id == *pass)
    }

    fn drop_found(&mut self, pass: &PassId) {
        self.pending.found.take_if(|found| found.pass.id == *pass);
    }

    fn decided(&mut self, pass: &PassId, remove: bool) {
        if !remove {
            self.drop_found(pass);
            self.pending.accounted.push(pass.clone());
        } else if let Some(found) = &mut self.pending.found {
            found.remove |= found.pass.id == *pass;
        }
    }
}
