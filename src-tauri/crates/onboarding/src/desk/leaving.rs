//! People who are to leave the roll again: it is asked for until it is done, by whoever is signed in.

use super::Desk;
use super::owed_leaving::{At, LONGEST_MS, LONGEST_WAIT_S, Leaving};
use crate::display::sanitize_for_display;
use crate::effect::{AfterEffect, EffectFailure, EffectId, NotRecorded};
use crate::ids::VisitId;
use crate::record::{AfterEvent, Event, RollToLeave};
use crate::retirement::PasswordWay;
use crate::time::{Mono, Now};
use crate::trouble::{Trouble, TroubleCode};
use crate::view::RollToLeaveView;
use crate::visit::{Blocked, Visit, illegal_in_state};

impl Desk {
    /// Asks for what is due; says whether anything left.
    pub(super) fn leave_rolls(&mut self, now: Now) -> bool {
        let owed = &self.effects.rolls;
        self.leaving
            .retain(|visit, it| owed.of(*visit).is_some() || matches!(it.at, At::Asking { .. }));
        for new in owed.owed() {
            let visit = self.leaving.entry(new.subject.visit);
            visit.or_insert_with(|| Leaving::due_at(now.mono));
        }
        if self.session.operator().is_none() {
            // Whoever signs in next may be allowed to what this one was not.
            for it in self.leaving.values_mut() {
                if let At::Waiting { .. } = it.at {
                    *it = Leaving::due_at(now.mono);
                }
            }
            return false;
        }
        let due: Vec<_> = self
            .leaving
            .iter()
            .filter_map(|(visit, it)| self.due_to_leave(*visit, it))
            .collect();
        let due: Vec<_> = due.into_iter().filter(|(at, _)| *at <= now.mono).collect();
        for (_, visit) in &due {
            self.leave_roll(*visit, now);
        }
        !due.is_empty()
    }

    /// When the next of them is asked for; nobody asks while nobody is signed in.
    pub(super) fn leaving_due(&self) -> Option<Mono> {
        self.session.operator()?;
        let all = self.leaving.iter();
        let due = all.filter_map(|(visit, it)| self.due_to_leave(*visit, it));
        due.map(|(at, _)| at).min()
    }

    /// Once it is in the record who does, which it stays however often they try.
    fn leave_roll(&mut self, visit: VisitId, now: Now) {
        let Some(owed) = self.effects.rolls.of(visit).cloned() else {
            return;
        };
        let Some(group) = owed.group.clone().filter(|_| !self.by_hand(&owed)) else {
            return;
        };
        let operator = self.session.operator().map(|operator| operator.oid.clone());
        let user = owed.subject.user;
        let at = match operator {
            None => At::Waiting { due: now.mono },
            Some(operator) if owed.intended_by.as_ref() == Some(&operator) => {
                let effect = AfterEffect::LeaveRoll { user, group };
                let effect = self.effects.push_after(visit, effect);
                At::Asking { effect }
            }
            Some(operator) => {
                let intent = Event::After(AfterEvent::RollLeaveIntent {
                    operator,
                    user,
                    upn: owed.upn,
                    group,
                });
                let effect = self.effects.record(Some(visit), intent);
                At::Writing { effect }
            }
        };
        if let Some(it) = self.leaving.get_mut(&visit) {
            it.at = at;
        }
    }

    pub(super) fn on_leave_intent(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        now: Now,
    ) {
        let waits = |at: At| matches!(at, At::Writing { effect } if effect == id);
        let Some(visit) = self.leaves_where(waits) else {
            return;
        };
        match written {
            Ok(()) => self.leave_roll(visit, now),
            Err(NotRecorded) => {
                self.effects.rolls.never_meant(visit);
                self.waits_to_leave(visit, None, now);
                let failure = Trouble::new(TroubleCode::RollNotRecorded).into();
                self.tell_left(visit, Err(failure), now);
            }
        }
    }

    /// The person left, or could not. What is said of it is said of a visit that is over, too.
    pub(super) fn on_left(&mut self, id: EffectId, left: Result<(), EffectFailure>, now: Now) {
        let waits = |at: At| matches!(at, At::Asking { effect } if effect == id);
        let Some(visit) = self.leaves_where(waits) else {
            return;
        };
        let entry = match &left {
            Ok(()) => {
                self.leaving.remove(&visit);
                Some(AfterEvent::RollLeft)
            }
            Err(failure) => {
                let code = failure.trouble.code;
                self.waits_to_leave(visit, failure.retry_after_s, now);
                // What fails for the same reason for hours is one entry, and what is not owed any more is none.
                let owed = self.effects.rolls.of(visit);
                let new = owed.is_some_and(|owed| owed.code != Some(code));
                new.then_some(AfterEvent::RollNotLeft { code })
            }
        };
        if let Some(entry) = entry {
            self.effects.record(Some(visit), Event::After(entry));
        }
        self.tell_left(visit, left, now);
    }

    fn leaves_where(&self, stands: impl Fn(At) -> bool) -> Option<VisitId> {
        let found = self.leaving.iter().find(|(_, it)| stands(it.at));
        found.map(|(visit, _)| *visit)
    }

    fn waits_to_leave(&mut self, visit: VisitId, asked_s: Option<u32>, now: Now) {
        if let Some(it) = self.leaving.get_mut(&visit) {
            let wait_s = it.wait_s.max(asked_s.map_or(0, u64::from));
            it.at = At::Waiting {
                due: now.mono.after_s(wait_s),
            };
            it.wait_s = (it.wait_s * 2).min(LONGEST_WAIT_S);
        }
    }

    fn tell_left(&mut self, visit: VisitId, left: Result<(), EffectFailure>, now: Now) {
        let told = self.with_visit(visit, now, |visit, cx| visit.on_roll_left(left, cx));
        if let Ok(after) = told {
            self.settle_aftermath(visit, after, now);
        }
    }

    /// Told until it is done, to whoever is signed in.
    pub(super) fn rolls_to_leave(&self) -> Vec<RollToLeaveView> {
        if self.session.operator().is_none() {
            return Vec::new();
        }
        let failed = self.effects.rolls.owed();
        failed
            .filter_map(|owed| {
                let by_hand = self.by_hand(owed);
                let code = owed.code.map(|code| code.short().to_owned());
                let code = code.or_else(|| by_hand.then(String::new))?;
                Some(RollToLeaveView {
                    joined_in: owed.subject.visit,
                    upn: sanitize_for_display(&owed.upn),
                    because: owed.because,
                    code,
                    group: owed.group.clone(),
                    by_hand,
                    since: owed.since,
                })
            })
            .collect()
    }

    /// An operator says that it is seen to, where the station does nothing itself.
    pub(super) fn roll_seen_to(&mut self, visit: VisitId) -> Result<(), Trouble> {
        let operator = self.session.operator().map(|operator| operator.oid.clone());
        let owed = self.effects.rolls.of(visit);
        let by_hand = owed.is_some_and(|owed| self.by_hand(owed));
        let operator = operator.filter(|_| by_hand).ok_or_else(illegal_in_state)?;
        let entry = Event::NoticeDismissed { operator };
        self.effects.record(Some(visit), entry);
        Ok(())
    }

    /// Whether a person has to look: at another roll than this station's, or at what is too long ago to be done without
    /// a word.
    fn by_hand(&self, owed: &RollToLeave) -> bool {
        let rules = &self.policy.passwords;
        let another = owed.group.is_none() || owed.group != rules.roll;
        let long_ago = self.effects.now > owed.since.after_ms(LONGEST_MS);
        another || long_ago || rules.way == PasswordWay::Off
    }

    /// When it is asked for, unless it is under way, or another visit decides anew about that person.
    fn due_to_leave(&self, visit: VisitId, it: &Leaving) -> Option<(Mono, VisitId)> {
        let At::Waiting { due } = it.at else {
            return None;
        };
        let owed = self.effects.rolls.of(visit);
        let user = &owed.filter(|owed| !self.by_hand(owed))?.subject.user;
        let others = self.visits.iter().filter(|(id, _)| **id != visit);
        let served = others.filter_map(|(_, visit)| Visit::serves(visit));
        let decides =
            |served: Blocked| matches!(&served, Blocked::Served { user: of, .. } if of == user);
        (!served.into_iter().any(decides)).then_some((due, visit))
    }
}
