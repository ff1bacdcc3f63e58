//! Those whose passwords are changed for them, and who may join them.

use onboarding::record::{AfterEvent, Event, UseRecorded};
use onboarding::{AfterEffect, Answer, ExpirySet, RollFit, RollJoined, TestProof, UserId, VisitId};

use crate::world::World;

impl World {
    pub(crate) fn after(&mut self, visit: Option<VisitId>, effect: &AfterEffect) -> Option<Answer> {
        Some(match effect {
            AfterEffect::TrySignIn { .. } => Answer::Tried(self.tried),
            AfterEffect::ReadLastUsed { .. } => Answer::LastUsed(Ok(self.last_used)),
            AfterEffect::ReadSignInLog { .. } => Answer::SignInLog(Ok(self.log)),
            AfterEffect::ReadRollFit { user, .. } => Answer::RollFit(Ok(self.roll_fit(user))),
            AfterEffect::NeverExpires { user } => {
                Answer::NeverExpires(Ok(self.never_expires(visit, user)))
            }
            AfterEffect::JoinRoll { user } => Answer::RollJoined(Ok(self.join_roll(visit, user))),
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
        assert!(self.roll.contains(user), "the password is still in use");
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
        assert!(
            !self.never.contains_key(user),
            "somebody who must never join was put on the roll"
        );
        let mine = || self.record.iter().filter(|(of, _)| *of == visit);
        let seen = Some(TestProof::Seen);
        let proven = mine().any(|(_, entry)| {
            let tested = matches!(entry, Event::After(AfterEvent::SignInTested { proof, .. }) if *proof >= seen);
            tested || matches!(entry, Event::After(AfterEvent::TestProven { proof, .. }) if Some(*proof) >= seen)
        });
        assert!(proven, "nothing showed that the password is not needed");
        let free = mine().any(
            |(_, entry)| matches!(entry, Event::After(AfterEvent::PasswordUse { answer, .. }) if *answer == UseRecorded::No),
        );
        assert!(free, "the person did not say so");
        let intended = mine()
            .any(|(_, entry)| matches!(entry, Event::After(AfterEvent::RollIntent { user: of, .. }) if of == user));
        assert!(intended, "the intent is not durable");
        self.roll.insert(user.clone());
        match self.roll_lags {
            true => RollJoined::NotYetSeen,
            false => RollJoined::ReadBack,
        }
    }
}
