//! What kind of thing is asked, and how its answer can be spoilt.

use onboarding::{
    AfterEffect, Answer, ColleagueEffect, Effect, IssueAnswer, Method, MethodQuery, MethodRead,
    PassRemoval, PasswordChange, Reading, TroubleCode,
};

/// Kinds of effects, to hold back or to spoil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    SignIn,
    Policies,
    Passkeys,
    /// A fresh token.
    Renew,
    Find,
    Methods,
    Record,
    Issue,
    Remove,
    /// Removing a method that nobody was led to.
    RemoveMethod,
    /// Ending a person's sessions.
    Sessions,
    Paper,
    /// What operator and person are in.
    Belonging,
    /// Where somebody can be called.
    Numbers,
    /// What is kept over a restart.
    Keep,
    /// A letter.
    Letter,
    /// A colleague's sign-in at the station.
    Colleague,
    /// Conditional Access.
    Access,
    /// The person's sign-in at the station.
    Try,
    /// What the directory says of a test.
    Proof,
    /// Whether a person may join the roll, and joining it.
    Roll,
    /// Another password.
    Change,
    /// When the job that changes passwords last ran.
    Job,
    Unanswered,
}

/// How an answer is spoilt.
#[derive(Clone, Copy, Debug)]
pub enum AnswerFault {
    /// It was done and the answer got lost.
    LostAnswer,
    /// It was never done and nobody can tell.
    LostQuestion,
    /// Nobody can tell, and a request for a pass takes effect so many seconds later, so many times.
    HeldUp {
        for_s: u64,
        times: u8,
    },
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
        Effect::ReadPasskeyRules => Kind::Passkeys,
        Effect::RenewRights => Kind::Renew,
        Effect::FindPerson { .. } | Effect::ReadPerson { .. } => Kind::Find,
        Effect::ReadMethods { .. } => Kind::Methods,
        Effect::Record { .. } => Kind::Record,
        Effect::IssuePass { .. } => Kind::Issue,
        Effect::RemovePass { .. } => Kind::Remove,
        Effect::RemoveMethod { .. } => Kind::RemoveMethod,
        Effect::EndSessions { .. } => Kind::Sessions,
        Effect::MakeHandOut { .. } => Kind::Paper,
        Effect::ReadBelonging { .. } => Kind::Belonging,
        Effect::ReadCallNumbers { .. } => Kind::Numbers,
        Effect::KeepVisits { .. } | Effect::ReadKeptVisits => Kind::Keep,
        Effect::SendLetter { .. } => Kind::Letter,
        Effect::AskAccess { .. } => Kind::Access,
        Effect::Colleague(ColleagueEffect::AskColleague) => Kind::Colleague,
        Effect::After(effect) => match effect {
            AfterEffect::TrySignIn { .. } => Kind::Try,
            AfterEffect::ReadLastUsed { .. } | AfterEffect::ReadSignInLog { .. } => Kind::Proof,
            AfterEffect::ReadRollFit { .. }
            | AfterEffect::JoinRoll { .. }
            | AfterEffect::LeaveRoll { .. }
            | AfterEffect::NeverExpires { .. } => Kind::Roll,
            AfterEffect::ReadLastRun { .. } => Kind::Job,
            AfterEffect::ChangePassword { .. } => Kind::Change,
            AfterEffect::StopTrying => Kind::Unanswered,
        },
        Effect::Colleague(ColleagueEffect::StopAskingColleague)
        | Effect::CancelSignIn
        | Effect::ForgetOperator
        | Effect::EndBrowserSession
        | Effect::RememberOperator { .. }
        | Effect::CloseApp
        | Effect::RebuildWindows => Kind::Unanswered,
    }
}

/// Whether nobody asked for it: the desk looks by itself.
#[must_use]
pub fn polls(effect: &Effect) -> bool {
    kind(effect) == Kind::Proof
        || matches!(
            effect,
            Effect::ReadMethods {
                asked_for: false,
                ..
            }
        )
}

/// `PassIntent` of `PassIntent { … }`, `JoinRoll` of `After(JoinRoll)`.
#[must_use]
pub fn entry_name(entry: &impl std::fmt::Debug) -> String {
    let text = format!("{entry:?}");
    let of = |family| text.strip_prefix(family);
    let families = [
        "After(",
        "Again(",
        "Phone(",
        "Colleague(",
        "Telephone(",
        "Caller(",
        "Letter(",
    ];
    let inner = families.into_iter().find_map(of).unwrap_or(&text);
    inner.chars().take_while(|c| c.is_alphanumeric()).collect()
}

/// What an answer is called in a log and in docs/transitions.md.
#[must_use]
pub fn answer_name(answer: &Answer) -> &'static str {
    match answer {
        Answer::SignedIn(Ok(_)) => "SignedIn",
        Answer::SignedIn(Err(_)) => "SignInFailed",
        Answer::Policies(_) => "Policies",
        Answer::PasskeyRules(_) => "PasskeyRules",
        Answer::Rights(Ok(_)) => "RightsRenewed",
        Answer::Found(Ok(_)) => "Found",
        Answer::Found(Err(_)) => "FindFailed",
        Answer::Read(Ok(Reading::Methods(_))) => "Methods",
        Answer::Read(Ok(Reading::Devices(_))) => "Devices",
        Answer::Rights(Err(_))
        | Answer::Read(Err(_))
        | Answer::Removed(Err(_))
        | Answer::MethodRemoved(Err(_))
        | Answer::SessionsEnded(Err(_))
        | Answer::HandOut(Err(_))
        | Answer::Belonging(Err(_))
        | Answer::CallNumbers(Err(_))
        | Answer::VisitsKept(Err(_))
        | Answer::Letter(Err(_))
        | Answer::Colleague(Err(_))
        | Answer::Access(Err(_))
        | Answer::LastUsed(Err(_))
        | Answer::SignInLog(Err(_))
        | Answer::NeverExpires(Err(_))
        | Answer::RollFit(Err(_))
        | Answer::RollJoined(Err(_))
        | Answer::RollLeft(Err(_)) => "Failed",
        Answer::Tried(Ok(_)) => "SignInTried",
        Answer::Tried(Err(_)) => "SignInNotTried",
        Answer::LastUsed(Ok(_)) => "LastUsed",
        Answer::SignInLog(Ok(_)) => "SignInLog",
        Answer::NeverExpires(Ok(_)) => "NeverExpires",
        Answer::RollFit(Ok(_)) => "RollFit",
        Answer::LastRun(_) => "LastRun",
        Answer::RollJoined(Ok(_)) => "RollJoined",
        Answer::RollLeft(Ok(())) => "RollLeft",
        Answer::PasswordChanged(PasswordChange::Changed { .. }) => "PasswordChanged",
        Answer::PasswordChanged(PasswordChange::NotAccepted(_)) => "PasswordNotAccepted",
        Answer::PasswordChanged(PasswordChange::NotChanged(_)) => "PasswordNotChanged",
        Answer::PasswordChanged(PasswordChange::Uncertain(_)) => "PasswordUncertain",
        Answer::Recorded(Ok(())) => "Recorded",
        Answer::Recorded(Err(_)) => "RecordFailed",
        Answer::Issue(IssueAnswer::Issued(_)) => "Issued",
        Answer::Issue(IssueAnswer::Refused(_)) => "IssueRefused",
        Answer::Issue(IssueAnswer::NotSent(_)) => "IssueNotSent",
        Answer::Issue(IssueAnswer::Uncertain(_)) => "IssueUncertain",
        Answer::Removed(Ok(PassRemoval::Removed)) => "PassRemoved",
        Answer::Removed(Ok(PassRemoval::NotThere)) => "PassNotThere",
        Answer::MethodRemoved(Ok(PassRemoval::Removed)) => "MethodRemoved",
        Answer::MethodRemoved(Ok(PassRemoval::NotThere)) => "MethodNotThere",
        Answer::SessionsEnded(Ok(())) => "SessionsEnded",
        Answer::HandOut(Ok(_)) => "HandOutMade",
        Answer::Belonging(Ok(_)) => "BelongingTold",
        Answer::CallNumbers(Ok(_)) => "CallNumbersTold",
        Answer::VisitsKept(Ok(())) | Answer::KeptVisitsRead(_) => "VisitsKept",
        Answer::Letter(Ok(_)) => "LetterHandedOver",
        Answer::Colleague(Ok(_)) => "ColleagueTold",
        Answer::Access(Ok(_)) => "AccessTold",
    }
}

/// What a read that asks for one kind shows of the whole list.
pub(crate) fn of_kind(mut read: MethodRead, wants: &MethodQuery) -> MethodRead {
    read.methods.retain(|method| match wants {
        MethodQuery::Everything | MethodQuery::Devices | MethodQuery::DeviceOf(_) => true,
        MethodQuery::Passes => matches!(method, Method::Pass(_)),
        MethodQuery::Authenticators => matches!(method, Method::Authenticator { .. }),
        MethodQuery::Passkeys => matches!(method, Method::Passkey { .. }),
    });
    read
}
