//! Who is to leave the roll again and has not: what is asked for at their sign-in, or needed again, is not to be changed
//! by the job.

use std::collections::BTreeMap;

use super::after_event::AfterEvent;
use super::event::Event;
use super::facts::StaysWhy;
use crate::ids::{Subject, UserId, VisitId};
use crate::retirement::LeavesBecause;
use crate::sign_in_test::TestResult;
use crate::time::ServiceTime;
use crate::trouble::TroubleCode;

/// Somebody who is to leave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RollToLeave {
    pub(crate) subject: Subject,
    pub(crate) upn: String,
    /// The group; a record of an earlier version does not say which.
    pub(crate) group: Option<String>,
    pub(crate) because: LeavesBecause,
    pub(crate) since: ServiceTime,
    /// Of whom it stands in the record that they are about to ask for it.
    pub(crate) intended_by: Option<UserId>,
    /// Why it did not succeed last time.
    pub(crate) code: Option<TroubleCode>,
}

/// The record folded up to some entry.
#[derive(Clone, Debug, Default)]
pub struct RollsToLeave {
    open: BTreeMap<VisitId, OpenVisit>,
    owed: BTreeMap<VisitId, RollToLeave>,
}

/// What a visit that goes on did so far.
#[derive(Clone, Debug)]
struct OpenVisit {
    user: UserId,
    upn: String,
    on_roll: bool,
    group: Option<String>,
    must_change: bool,
}

impl RollsToLeave {
    /// Takes the next entry, oldest first.
    pub fn take(&mut self, visit: Option<VisitId>, at: ServiceTime, event: &Event) {
        let Some(visit) = visit else { return };
        if let Event::PersonChosen { user, upn, name: _ } = event {
            let open = OpenVisit {
                user: user.clone(),
                upn: upn.clone(),
                on_roll: false,
                group: None,
                must_change: false,
            };
            self.open.insert(visit, open);
        } else if let Event::VisitEnded { .. } = event {
            self.ended(visit, at);
        } else if let Event::NoticeDismissed { .. } = event {
            self.owed.remove(&visit);
        } else if let Event::After(event) = event {
            self.take_after(visit, at, event);
        }
    }

    /// They, oldest visit first.
    pub(crate) fn owed(&self) -> impl Iterator<Item = &RollToLeave> {
        self.owed.values()
    }

    pub(crate) fn of(&self, visit: VisitId) -> Option<&RollToLeave> {
        self.owed.get(&visit)
    }

    /// Whether this person is to leave one, for whichever visit.
    pub(crate) fn is_owed(&self, user: &UserId) -> bool {
        self.owed.values().any(|owed| owed.subject.user == *user)
    }

    /// The intent could not be written: there is none, which is told like any other failure.
    pub(crate) fn never_meant(&mut self, visit: VisitId) {
        if let Some(owed) = self.owed.get_mut(&visit) {
            owed.intended_by = None;
            owed.code = Some(TroubleCode::RollNotRecorded);
        }
    }

    fn take_after(&mut self, visit: VisitId, at: ServiceTime, event: &AfterEvent) {
        match event {
            AfterEvent::RollJoined { group, .. } => self.joined(visit, group.as_ref()),
            AfterEvent::RollLeft => self.is_right_as_it_is(visit),
            AfterEvent::RollLeaveIntent { operator, .. } => {
                if let Some(owed) = self.owed.get_mut(&visit) {
                    owed.intended_by = Some(operator.clone());
                }
            }
            // The answer may have come after what made it right as it is.
            AfterEvent::RollNotLeft { code } => {
                if let Some(owed) = self.owed.get_mut(&visit) {
                    owed.code = Some(*code);
                }
            }
            AfterEvent::PasswordChanged { must_change, .. } => self.changed(visit, *must_change),
            AfterEvent::PasswordStays {
                why: StaysWhy::MustChange,
                ..
            } => self.must_change(visit, at),
            // Also whom the directory did not show on it: a copy of it may have been behind. Who is not on it has left.
            AfterEvent::PasswordNeededAgain {
                group: Some(group), ..
            } => self.owes(visit, (LeavesBecause::NeededAgain, Some(group.clone())), at),
            // Nothing is in the way at the sign-in; whoever needs a password again needs it all the same.
            AfterEvent::SignInTested {
                result: TestResult::Passed | TestResult::PassedAppInstead,
                ..
            } => self.nothing_is_asked_for(visit),
            AfterEvent::SignInTested { .. }
            | AfterEvent::TestProven { .. }
            | AfterEvent::SignInLogged { .. }
            | AfterEvent::NotLookedAtFurther { .. }
            | AfterEvent::PasswordUse { .. }
            | AfterEvent::PasswordStays { .. }
            | AfterEvent::PasswordNeededAgain { .. }
            | AfterEvent::RollIntent { .. }
            | AfterEvent::NeverExpiresIntent { .. }
            | AfterEvent::NeverExpires { .. }
            | AfterEvent::NeverExpiresFailed { .. }
            | AfterEvent::RollFailed { .. }
            | AfterEvent::JobRunBelieved { .. }
            | AfterEvent::PasswordChangeIntent { .. }
            | AfterEvent::PasswordNotChanged { .. }
            | AfterEvent::PasswordChangeUncertain
            | AfterEvent::MethodUninvited { .. }
            | AfterEvent::MethodDecided { .. }
            | AfterEvent::MethodRemoved { .. }
            | AfterEvent::MethodNotRemoved { .. }
            | AfterEvent::MethodInvited { .. }
            | AfterEvent::MethodGone { .. }
            | AfterEvent::MethodNotDecided { .. } => {}
        }
    }

    fn changed(&mut self, visit: VisitId, must_change: bool) {
        if let Some(open) = self.open.get_mut(&visit) {
            open.must_change = must_change;
        }
    }

    fn nothing_is_asked_for(&mut self, visit: VisitId) {
        let asked_for = |owed: &RollToLeave| owed.because == LeavesBecause::MustChange;
        if self.owed.get(&visit).is_some_and(asked_for) {
            self.owed.remove(&visit);
        }
        self.changed(visit, false);
    }

    /// Whoever is put on it anew is there by right. Another group is another roll.
    fn joined(&mut self, visit: VisitId, group: Option<&String>) {
        let Some(open) = self.open.get_mut(&visit) else {
            return;
        };
        open.on_roll = true;
        open.group = group.cloned();
        let user = open.user.clone();
        self.owed
            .retain(|_, owed| owed.subject.user != user || owed.group.as_ref() != group);
    }

    /// Whoever left it has, for whichever visit.
    fn is_right_as_it_is(&mut self, visit: VisitId) {
        if let Some(left) = self.owed.remove(&visit) {
            let same = |owed: &RollToLeave| {
                owed.subject.user == left.subject.user && owed.group == left.group
            };
            self.owed.retain(|_, owed| !same(owed));
        }
        if let Some(open) = self.open.get_mut(&visit) {
            open.on_roll = false;
        }
    }

    /// Where the person is on it.
    fn must_change(&mut self, visit: VisitId, at: ServiceTime) {
        let on_roll = self.open.get(&visit).filter(|open| open.on_roll);
        if let Some(group) = on_roll.map(|open| open.group.clone()) {
            self.owes(visit, (LeavesBecause::MustChange, group), at);
        }
    }

    fn owes(
        &mut self,
        visit: VisitId,
        (because, group): (LeavesBecause, Option<String>),
        at: ServiceTime,
    ) {
        let Some(open) = self.open.get(&visit) else {
            return;
        };
        self.owed.entry(visit).or_insert_with(|| RollToLeave {
            subject: Subject {
                visit,
                user: open.user.clone(),
            },
            upn: open.upn.clone(),
            group,
            because,
            since: at,
            intended_by: None,
            code: None,
        });
    }

    /// A visit that the app did not live to end says nothing of the password it left to be changed.
    fn ended(&mut self, visit: VisitId, at: ServiceTime) {
        if self.open.get(&visit).is_some_and(|open| open.must_change) {
            self.must_change(visit, at);
        }
        self.open.remove(&visit);
    }
}
