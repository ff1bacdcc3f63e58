//! What kind of thing is asked, and how its answer can be spoilt.

use onboarding::{Effect, TroubleCode};

/// Kinds of effects, to hold back or to spoil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    SignIn,
    Policies,
    Find,
    Methods,
    Record,
    Issue,
    Remove,
    Paper,
    Unanswered,
}

/// How an answer is spoilt.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// It was done and the answer got lost.
    LostAnswer,
    /// It was never done and nobody can tell.
    LostQuestion,
    /// A clear no.
    Refused(TroubleCode),
    /// Nothing left the machine.
    NotSent,
    Throttled(u32),
    Failed(TroubleCode),
}

/// The kind of an effect.
#[must_use]
pub fn kind(effect: &Effect) -> Kind {
    match effect {
        Effect::SignIn { .. } => Kind::SignIn,
        Effect::ReadPolicies => Kind::Policies,
        Effect::FindPerson { .. } | Effect::ReadPerson { .. } => Kind::Find,
        Effect::ReadMethods { .. } => Kind::Methods,
        Effect::Record { .. } => Kind::Record,
        Effect::IssuePass { .. } => Kind::Issue,
        Effect::RemovePass { .. } => Kind::Remove,
        Effect::MakeHandOut { .. } => Kind::Paper,
        Effect::CancelSignIn | Effect::ForgetOperator | Effect::RebuildWindows { .. } => {
            Kind::Unanswered
        }
    }
}

/// Whether nobody asked for it: the desk looks by itself.
#[must_use]
pub fn polls(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::ReadMethods {
            asked_for: false,
            ..
        }
    )
}

/// `PassIntent` of `PassIntent { … }`.
#[must_use]
pub fn entry_name(entry: &impl std::fmt::Debug) -> String {
    format!("{entry:?}")
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .collect()
}
