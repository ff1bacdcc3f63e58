//! Those whose passwords are changed for them, and who may join them.

use onboarding::record::{AfterEvent, Event, UseRecorded};
use onboarding::{
    AfterEffect, Answer, ExpirySet, PasswordChange, RollFit, RollJoined, RunSource, TestProof,
    UserId, VisitId,
};

use crate::sample;
use crate::world::World;

impl World {
    pub(crate) fn after(&mut self, visit: Option<VisitId>, effect: &AfterEffect) -> Option<Answer> {
        Some(match effect {
            AfterEffect::TrySignIn { .. } => Answer::Tried(self.tried),
            AfterEffect::ReadLastUsed { .. } => Answer::LastUsed(Ok(self.last_used)),
            AfterEffect::ReadSignInLog { .. } => Answer::SignInLog(Ok(self.log)),
            AfterEffect::ReadRollFit { user, .. } => Answer::RollFit(Ok(self.roll_fit(user))),
            AfterEffect::ReadLastRun {
                source: RunSource::File,
            } => Answer::LastRun(self.last_run),
            AfterEffect::NeverExpires { user } => {
                Answer::NeverExpires(Ok(self.never_expires(visit, user)))
            }
            AfterEffect::JoinRoll { user } => Answer::RollJoined(Ok(self.join_roll(visit, user))),
            AfterEffect::LeaveRoll { user, group } => {
                let intended = self.mine(visit).any(|entry| matches!(entry, AfterEvent::RollLeaveIntent { user: of, group: from, .. } if of == user && from == group));
                assert!(intended, "the intent is not durable");
                assert_eq!(group, sample::ROLL, "another group than the roll");
                self.roll.remove(user);
                Answer::RollLeft(Ok(()))
            }
            AfterEffect::ChangePassword {
                user,
                client_request_id,
                ..
            } => Answer::PasswordChanged(self.change(visit, user, client_request_id)),
            AfterEffect::StopTrying => return None,
        })
    }

    fn roll_fit(&self, user: &UserId) -> RollFit {
        match self.never.get(user) {
            Some(reason) => RollFit::Never(*reason),
            None if self.roll.contains(user) => RollFit::IsMember,
            None => RollFit::May,
        }
    }

    /// Nobody's password is let be for ever that is still in use, or before the intent is durable.
    fn never_expires(&mut self, visit: Option<VisitId>, user: &UserId) -> ExpirySet {
        let out_of_use = self.roll.contains(user) || self.passwords.contains_key(user);
        assert!(out_of_use, "the password is still in use");
        let intended = self.record.iter().any(|(of, entry)| *of == visit
            && matches!(entry, Event::After(AfterEvent::NeverExpiresIntent { user: of, .. }) if of == user));
        assert!(intended, "the intent is not durable");
        self.never_expiring.insert(user.clone());
        match self.roll_lags {
            true => ExpirySet::NotYetSeen,
            false => ExpirySet::ReadBack,
        }
    }

    /// Nobody joins who must never, without a test that passed, or before the intent is durable.
    fn join_roll(&mut self, visit: Option<VisitId>, user: &UserId) -> RollJoined {
        self.may_be_taken_out_of_use(visit, user);
        let intended = self
            .mine(visit)
            .any(|entry| matches!(entry, AfterEvent::RollIntent { user: of, .. } if of == user));
        assert!(intended, "the intent is not durable");
        self.roll.insert(user.clone());
        match self.roll_lags {
            true => RollJoined::NotYetSeen,
            false => RollJoined::ReadBack,
        }
    }

    /// The same of another password, each by an intent of its own.
    fn change(&mut self, visit: Option<VisitId>, user: &UserId, id: &str) -> PasswordChange {
        self.may_be_taken_out_of_use(visit, user);
        let intents = self.mine(visit).filter(|entry| {
            matches!(entry, AfterEvent::PasswordChangeIntent { user: of, client_request_id, .. }
                if of == user && client_request_id == id)
        });
        assert_eq!(intents.count(), 1, "F23: the intent is not durable");
        *self.passwords.entry(user.clone()).or_default() += 1;
        PasswordChange::Changed {
            read_back: !self.roll_lags,
            must_change: self.must_change,
            sessions_ended: self.sessions_ended,
        }
    }

    fn mine(&self, visit: Option<VisitId>) -> impl Iterator<Item = &AfterEvent> {
        let of_visit = self.record.iter().filter(move |(of, _)| *of == visit);
        of_visit.filter_map(|(_, entry)| {
            if let Event::After(entry) = entry {
                Some(entry)
            } else {
                None
            }
        })
    }

    fn may_be_taken_out_of_use(&self, visit: Option<VisitId>, user: &UserId) {
        assert!(
            !self.never.contains_key(user),
            "somebody whose password must stay lost it"
        );
        let seen = Some(TestProof::Seen);
        let proven = self.mine(visit).any(|entry| {
            let tested = matches!(entry, AfterEvent::SignInTested { proof, .. } if *proof >= seen);
            tested || matches!(entry, AfterEvent::TestProven { proof, .. } if Some(*proof) >= seen)
        });
        assert!(proven, "nothing showed that the password is not needed");
        let free = self.mine(visit).any(
            |entry| matches!(entry, AfterEvent::PasswordUse { answer, .. } if *answer == UseRecorded::No),
        );
        assert!(free, "the person did not say so");
    }
}
