//! Those whose passwords are changed for them, and who may join them.

use onboarding::{Answer, Effect, EffectFailure, RollFit, RollJoined, Task, UserId};

use crate::world::World;

impl World {
    pub(crate) fn roll_fit(&self, user: &UserId) -> RollFit {
        match self.never.get(user) {
            Some(reason) => RollFit::Never(*reason),
            None if self.roll.contains(user) => RollFit::IsMember,
            None => RollFit::May,
        }
    }

    pub(crate) fn join_roll(&mut self, user: &UserId) -> RollJoined {
        assert!(
            !self.never.contains_key(user),
            "somebody who must never join was put on the roll"
        );
        self.roll.insert(user.clone());
        match self.roll_lags {
            true => RollJoined::NotYetSeen,
            false => RollJoined::ReadBack,
        }
    }
}

/// What is said where it went wrong.
pub(crate) fn roll_spoilt(task: &Task, failure: EffectFailure) -> Answer {
    if matches!(task.effect, Effect::JoinRoll { .. }) {
        return Answer::RollJoined(Err(failure));
    }
    Answer::RollFit(Err(failure))
}
