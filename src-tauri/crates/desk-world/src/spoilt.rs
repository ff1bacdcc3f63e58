//! What is said of what follows the registration where it went wrong.

use onboarding::{AfterEffect, Answer, Effect, EffectFailure, Task};

/// The answer to what was asked, with this failure.
pub(crate) fn after_spoilt(task: &Task, failure: EffectFailure) -> Answer {
    match &task.effect {
        Effect::After(AfterEffect::JoinRoll { .. }) => Answer::RollJoined(Err(failure)),
        Effect::After(AfterEffect::NeverExpires { .. }) => Answer::NeverExpires(Err(failure)),
        Effect::After(AfterEffect::ReadLastUsed { .. }) => Answer::LastUsed(Err(failure)),
        Effect::After(AfterEffect::ReadSignInLog { .. }) => Answer::SignInLog(Err(failure)),
        _ => Answer::RollFit(Err(failure)),
    }
}
