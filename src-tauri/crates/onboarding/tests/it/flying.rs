//! What the log of a test says of an effect.

use desk_world::entry_name;
use onboarding::{Effect, Task};

/// `v1 IssuePass`, `v1 record PassIntent`, `SignIn`.
pub(crate) fn describe(task: &Task) -> String {
    let what = match &task.effect {
        Effect::Record { entry } => format!("record {}", entry_name(entry)),
        Effect::FindPerson { .. }
        | Effect::ReadPerson { .. }
        | Effect::ReadMethods { .. }
        | Effect::IssuePass { .. }
        | Effect::RemovePass { .. }
        | Effect::RemoveMethod { .. }
        | Effect::EndSessions { .. }
        | Effect::MakeHandOut { .. }
        | Effect::AskAccess { .. }
        | Effect::ReadBelonging { .. }
        | Effect::ReadCallNumbers { .. }
        | Effect::KeepVisits { .. }
        | Effect::ReadKeptVisits
        | Effect::SendLetter { .. }
        | Effect::Colleague(_)
        | Effect::After(_)
        | Effect::RebuildWindows
        | Effect::CloseApp
        | Effect::SignIn { .. }
        | Effect::CancelSignIn
        | Effect::ForgetOperator
        | Effect::EndBrowserSession
        | Effect::RememberOperator { .. }
        | Effect::RenewRights
        | Effect::ReadPolicies
        | Effect::ReadPasskeyRules => entry_name(&task.effect),
    };
    match task.visit {
        Some(visit) => format!("v{} {what}", visit.0),
        None => what,
    }
}
