//! What is said of what follows the registration where it went wrong.

use onboarding::{AfterEffect, Answer, Effect, EffectFailure, Task};

/// The answer to what was asked, with this failure.
pub(crate) fn after_spoilt(task: &Task, failure: EffectFailure) -> Answer {
    let Effect::After(effect) = &task.effect else {
        return Answer::RollFit(Err(failure));
    };
    match effect {
        AfterEffect::JoinRoll { .. } => Answer::RollJoined(Err(failure)),
        AfterEffect::NeverExpires { .. } => Answer::NeverExpires(Err(failure)),
        AfterEffect::ReadLastUsed { .. } => Answer::LastUsed(Err(failure)),
        AfterEffect::ReadSignInLog { .. } => Answer::SignInLog(Err(failure)),
        AfterEffect::ReadRollFit { .. }
        | AfterEffect::TrySignIn { .. }
        | AfterEffect::StopTrying => Answer::RollFit(Err(failure)),
    }
}
