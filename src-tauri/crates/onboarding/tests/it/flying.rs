//! What the log of a test says of an effect.

use desk_world::entry_name;
use onboarding::{Effect, EffectId, VisitId};

/// An effect that waits for its answer.
#[derive(Debug)]
pub(crate) struct Flying {
    pub(crate) id: EffectId,
    pub(crate) effect: Effect,
}

/// `v1 IssuePass`, `v1 record PassIntent`, `SignIn`.
pub(crate) fn describe(effect: &Effect) -> String {
    let of = |visit: &VisitId| format!("v{}", visit.0);
    match effect {
        Effect::Record {
            visit: Some(visit),
            entry,
        } => format!("{} record {}", of(visit), entry_name(entry)),
        Effect::Record { visit: None, entry } => format!("record {}", entry_name(entry)),
        Effect::FindPerson { visit, .. }
        | Effect::ReadPerson { visit, .. }
        | Effect::ReadMethods { visit, .. }
        | Effect::IssuePass { visit, .. }
        | Effect::RemovePass { visit, .. }
        | Effect::MakeHandOut { visit, .. }
        | Effect::RebuildWindows { visit } => format!("{} {}", of(visit), entry_name(effect)),
        Effect::SignIn { .. }
        | Effect::CancelSignIn
        | Effect::ForgetOperator
        | Effect::ReadPolicies => entry_name(effect),
    }
}
