//! What is said of what follows the registration where it went wrong.

use onboarding::{
    AfterEffect, Answer, Effect, EffectFailure, LastRun, NoRun, PasswordChange, Task, TroubleCode,
};

use crate::kind::AnswerFault;

/// The answer to what was asked, with this failure.
pub(crate) fn after_spoilt(task: &Task, failure: EffectFailure) -> Answer {
    let Effect::After(effect) = &task.effect else {
        return Answer::RollFit(Err(failure));
    };
    match effect {
        AfterEffect::JoinRoll { .. } => Answer::RollJoined(Err(failure)),
        AfterEffect::LeaveRoll { .. } => Answer::RollLeft(Err(failure)),
        AfterEffect::NeverExpires { .. } => Answer::NeverExpires(Err(failure)),
        AfterEffect::ReadLastUsed { .. } => Answer::LastUsed(Err(failure)),
        AfterEffect::ReadSignInLog { .. } => Answer::SignInLog(Err(failure)),
        AfterEffect::ReadLastRun { .. } => Answer::LastRun(LastRun::No(NoRun::Unreadable)),
        AfterEffect::ReadRollFit { .. }
        | AfterEffect::TrySignIn { .. }
        | AfterEffect::ChangePassword { .. }
        | AfterEffect::StopTrying => Answer::RollFit(Err(failure)),
    }
}

/// The same of another password.
pub(crate) fn change_spoilt(fault: AnswerFault, failure: EffectFailure) -> PasswordChange {
    match fault {
        AnswerFault::LostAnswer | AnswerFault::LostQuestion | AnswerFault::HeldUp { .. } => {
            PasswordChange::Uncertain(None)
        }
        AnswerFault::Refused(TroubleCode::PasswordNotAccepted) => PasswordChange::NotAccepted(None),
        AnswerFault::Refused(_)
        | AnswerFault::NotSent
        | AnswerFault::Throttled(_)
        | AnswerFault::Failed(_) => PasswordChange::NotChanged(failure),
    }
}
