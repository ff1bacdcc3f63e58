//! What must be done outside, and what came back: each question has an answer of its own type.

use crate::four_eyes::{Colleague, ColleagueStanding};
use crate::handout::{HandOut, HandOutDone};
use crate::ids::{PassId, Upn, UserId, VisitId};
use crate::kept_visit::{KeptFound, KeptVisit, NotKept};
use crate::last_run::{LastRun, RunSource};
use crate::letter::LetterWanted;
use crate::local_limits::Belonging;
use crate::notice::HandedOver;
use crate::person::directory::{MethodRead, Operator, Person, Protection, Rights, TenantRules};
use crate::person::identity_check::IssuePermit;
use crate::person::passkey_rules::PasskeyRules;
use crate::person::query::PersonQuery;
use crate::person::uninvited_kind::UninvitedKind;
use crate::phone_access::{AccessPolicy, AccessQuestion};
use crate::reading::{DeviceAnswer, MethodQuery};
use crate::record::Event;
use crate::retirement::{ExpirySet, RollFit, RollJoined};
use crate::secret::PassSecret;
use crate::sign_in_test::{LastUsed, LogSight, TestCause, TriedSignIn};
use crate::telephone::CallNumbers;
use crate::time::ServiceTime;
use crate::trouble::{Support, Trouble};

/// Names one effect, so that a late answer to a forgotten question is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EffectId(pub u64);

/// An effect on its way to the driver.
#[derive(Debug)]
pub struct Task {
    pub id: EffectId,
    /// The visit it is for; none is the desk itself.
    pub visit: Option<VisitId>,
    pub effect: Effect,
}

/// Something the driver must do. Each says with which [`Answer`] it is answered, if at all.
#[derive(Debug)]
pub enum Effect {
    /// Opens the browser and waits; answered with `SignedIn`.
    SignIn {
        hint: Option<String>,
        /// Whoever else signs in is refused, and the tokens in use stay: without it they are replaced.
        only: Option<UserId>,
    },
    /// Gives up a sign-in that is under way; not answered.
    CancelSignIn,
    /// Forgets the operator's tokens; not answered.
    ForgetOperator,
    /// Ends the operator's session in the browser, too: the next one at it must not be them; not answered.
    EndBrowserSession,
    /// This sign-in name is expected next time; not answered.
    RememberOperator {
        upn: String,
    },
    /// Trades the operator's token for a fresh one, before its time, and reads what it allows; answered with `Rights`.
    RenewRights,
    /// Answered with `Policies`.
    ReadPolicies,
    /// Answered with `PasskeyRules`.
    ReadPasskeyRules,
    /// Answered with `Found`, which includes the person's methods when there is one.
    FindPerson {
        query: PersonQuery,
    },
    /// The same for one person already named.
    ReadPerson {
        user: UserId,
    },
    /// Answered with `Read`.
    ReadMethods {
        user: UserId,
        asked_for: bool,
        wants: MethodQuery,
    },
    /// Answered with `Recorded`; where that is a yes the record is durable.
    Record {
        entry: Event,
    },
    /// Answered with `Issue`. For the person of the permit, and never repeated by the driver.
    IssuePass {
        request: PassRequest,
        permit: IssuePermit,
    },
    /// Answered with `Removed`.
    RemovePass {
        user: UserId,
        pass: PassId,
    },
    /// A method that nobody was led to, or that was there before, is removed; answered with `MethodRemoved`.
    RemoveMethod {
        user: UserId,
        kind: UninvitedKind,
        method: String,
    },
    /// Whoever is signed in as the person has to sign in anew; answered with `SessionsEnded`.
    EndSessions {
        user: UserId,
    },
    /// Makes the hand-out and sends it where the site wants it; answered with `HandOut`.
    MakeHandOut {
        hand_out: Box<HandOut>,
    },
    /// Writes a letter and hands it over, once; answered with `Letter`.
    SendLetter {
        letter: Box<LetterWanted>,
    },
    /// What operator and person are in, as far as the site's own limits ask for it, and what else may have changed;
    /// answered with `Belonging`.
    ReadBelonging {
        user: UserId,
        also: LookAgain,
    },
    /// Where the person and the person's supervisor can be called; answered with `CallNumbers`.
    ReadCallNumbers {
        user: UserId,
    },
    /// Conditional Access is asked beforehand; answered with `Access`.
    AskAccess {
        user: UserId,
        question: AccessQuestion,
    },
    Colleague(ColleagueEffect),
    After(AfterEffect),
    /// Of visits by telephone these, and no others, are kept over a restart; none is nothing left on the disk. Answered with
    /// `VisitsKept`.
    KeepVisits {
        visits: Vec<KeptVisit>,
    },
    /// What is kept could not be read at the start, and is looked at again; answered with `KeptVisitsRead`.
    ReadKeptVisits,
    /// The windows are built anew, so that no page remembers the visit; not answered.
    RebuildWindows,
    /// The app ends once everything that was to be recorded has had its answer; not answered.
    CloseApp,
}

/// What is looked at anew right before a pass, beside the site's own limits: it may have changed since it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookAgain {
    /// The person's roles.
    pub roles: bool,
    /// The colleague who gave the word.
    pub colleague: Option<UserId>,
}

/// What the directory says right before a pass; what was not asked for is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BeforePass {
    pub belonging: Belonging,
    pub person: Option<Protection>,
    pub colleague: Option<ColleagueStanding>,
}

/// A colleague is asked to confirm a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColleagueEffect {
    /// A colleague signs in in the operator's browser, once; answered with `Colleague`. Nothing of it is kept, and the
    /// operator's own sign-in stays as it is.
    AskColleague,
    /// Nobody waits for that any more; not answered.
    StopAskingColleague,
}

/// Something the driver must do once the registration is there.
#[derive(Debug)]
pub enum AfterEffect {
    /// The person signs in in a browser of the station's own, once; answered with `Tried`.
    TrySignIn { user: UserId, upn: Upn },
    /// That browser is closed and nothing of it stays; not answered.
    StopTrying,
    /// When this entry of the person and the password were last used; answered with `LastUsed`.
    ReadLastUsed { user: UserId, entry: String },
    /// What the log shows of a sign-in by this entry since then; answered with `SignInLog`.
    ReadSignInLog {
        user: UserId,
        entry: String,
        since: ServiceTime,
    },
    /// Answered with `RollFit`.
    ReadRollFit { user: UserId, upn: Upn },
    /// The age of the person's password is of no account from now on; answered with `NeverExpires`.
    NeverExpires { user: UserId },
    /// When the job that changes the passwords of those on the roll last ran; answered with `LastRun`.
    ReadLastRun { source: RunSource },
    /// The person joins the roll; answered with `RollJoined`.
    JoinRoll { user: UserId },
    /// The person leaves it again; answered with `RollLeft`.
    LeaveRoll { user: UserId, group: String },
    /// The person is given another password, which the driver makes, sends once and forgets; answered with
    /// `PasswordChanged`.
    ChangePassword {
        user: UserId,
        /// Names that the directory takes in no password.
        upn: Upn,
        name: String,
        /// Names the request in the service's logs; it stands in the intent, too.
        client_request_id: String,
    },
}

/// What is asked of the service when a pass is issued; for whom stands in the permit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassRequest {
    pub lifetime_minutes: u32,
    pub once: bool,
    /// Names the intent in the record.
    pub intent: String,
    /// Names the request in the service's logs; it stands in the intent, too.
    pub client_request_id: String,
}

/// A pass as the service handed it out.
#[derive(Debug)]
pub struct IssuedPass {
    pub id: PassId,
    pub secret: PassSecret,
    pub start: ServiceTime,
    pub lifetime_minutes: u32,
    pub once: bool,
}

/// What came of an effect. Whoever asked receives only the inner type.
#[derive(Debug)]
pub enum Answer {
    SignedIn(Result<Operator, Trouble>),
    Policies(TenantRules),
    /// None where they could not be read.
    PasskeyRules(Option<PasskeyRules>),
    Rights(Result<Rights, EffectFailure>),
    Found(Result<PeopleFound, EffectFailure>),
    Read(Result<Reading, EffectFailure>),
    Recorded(Result<(), NotRecorded>),
    Issue(IssueAnswer),
    Removed(Result<PassRemoval, EffectFailure>),
    MethodRemoved(Result<PassRemoval, EffectFailure>),
    SessionsEnded(Result<(), EffectFailure>),
    HandOut(Result<HandOutDone, EffectFailure>),
    Letter(Result<HandedOver, EffectFailure>),
    Belonging(Result<BeforePass, EffectFailure>),
    Colleague(Result<Colleague, Trouble>),
    CallNumbers(Result<CallNumbers, EffectFailure>),
    VisitsKept(Result<(), NotKept>),
    KeptVisitsRead(KeptFound),
    /// Every policy in force.
    Access(Result<Vec<AccessPolicy>, EffectFailure>),
    Tried(Result<TriedSignIn, TestCause>),
    LastUsed(Result<LastUsed, EffectFailure>),
    SignInLog(Result<LogSight, EffectFailure>),
    NeverExpires(Result<ExpirySet, EffectFailure>),
    RollFit(Result<RollFit, EffectFailure>),
    LastRun(LastRun),
    RollJoined(Result<RollJoined, EffectFailure>),
    RollLeft(Result<(), EffectFailure>),
    PasswordChanged(PasswordChange),
}

/// Why the service or the network did not do what was asked.
#[derive(Debug)]
pub struct EffectFailure {
    pub trouble: Trouble,
    /// How long the service wants to be left alone, where it said so.
    pub retry_after_s: Option<u32>,
}

/// The entry is not on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotRecorded;

/// Who was found.
#[derive(Debug)]
pub struct PeopleFound {
    pub people: Vec<Person>,
    /// The methods of the one who was found.
    pub methods: Option<MethodRead>,
    /// There are more than these.
    pub more: bool,
    /// What the operator and the one who was found are in, where the site's own limits ask for it.
    pub belonging: Option<Belonging>,
}

/// What a question on methods brought.
#[derive(Debug)]
pub enum Reading {
    Methods(MethodRead),
    Devices(DeviceAnswer),
}

/// What the directory says to a removal, of a pass or of another method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassRemoval {
    Removed,
    /// There is nothing like it. A copy of the directory that is behind says so of a new one, and changes nothing.
    NotThere,
}

/// What came of asking for a pass.
#[derive(Debug)]
pub enum IssueAnswer {
    Issued(IssuedPass),
    Refused(Trouble),
    /// Nothing left the machine.
    NotSent(Trouble),
    /// Neither a clear yes nor a clear no.
    Uncertain(Option<Support>),
}

/// What came of another password.
#[derive(Debug)]
pub enum PasswordChange {
    Changed {
        /// The directory shows it.
        read_back: bool,
        /// It is to be changed at the next sign-in.
        must_change: bool,
        /// The person's sessions were ended; none where the site does not want that.
        sessions_ended: Option<bool>,
    },
    /// The directory's rules take no such password; another one may do.
    NotAccepted(Option<Support>),
    /// Nothing was changed.
    NotChanged(EffectFailure),
    /// Neither a clear yes nor a clear no.
    Uncertain(Option<Support>),
}

impl From<Trouble> for EffectFailure {
    fn from(trouble: Trouble) -> Self {
        Self {
            trouble,
            retry_after_s: None,
        }
    }
}

impl Answer {
    /// What went wrong with a question to the service that the counter needs answered, or with the hand-out. What
    /// becomes of a sign-in and of a pass is said by their own answers.
    pub(crate) fn failure(&self) -> Option<&Trouble> {
        let failure = match self {
            Self::Rights(answer) => answer.as_ref().err(),
            Self::Found(answer) => answer.as_ref().err(),
            Self::Read(answer) => answer.as_ref().err(),
            Self::Removed(answer) => answer.as_ref().err(),
            Self::MethodRemoved(answer) => answer.as_ref().err(),
            Self::SessionsEnded(answer) => answer.as_ref().err(),
            Self::HandOut(answer) => answer.as_ref().err(),
            Self::Letter(answer) => answer.as_ref().err(),
            Self::Belonging(answer) => answer.as_ref().err(),
            Self::CallNumbers(answer) => answer.as_ref().err(),
            Self::LastUsed(answer) => answer.as_ref().err(),
            Self::SignInLog(answer) => answer.as_ref().err(),
            Self::NeverExpires(answer) => answer.as_ref().err(),
            Self::RollFit(answer) => answer.as_ref().err(),
            Self::RollJoined(answer) => answer.as_ref().err(),
            Self::RollLeft(answer) => answer.as_ref().err(),
            Self::PasswordChanged(PasswordChange::NotChanged(failure)) => Some(failure),
            Self::SignedIn(_)
            | Self::Policies(_)
            | Self::PasskeyRules(_)
            | Self::Recorded(_)
            | Self::Issue(_)
            | Self::PasswordChanged(_)
            | Self::Colleague(_)
            | Self::LastRun(_)
            | Self::VisitsKept(_)
            | Self::KeptVisitsRead(_)
            | Self::Tried(_) => None,
            // It is asked beside the visit: whatever is refused to it is refused to nothing else.
            Self::Access(_) => None,
        };
        failure.map(|failure| &failure.trouble)
    }

    /// What the service refused, also of a pass.
    pub(crate) fn refusal(&self) -> Option<&Trouble> {
        match self {
            Self::Issue(IssueAnswer::Refused(trouble) | IssueAnswer::NotSent(trouble)) => {
                Some(trouble)
            }
            Self::Issue(IssueAnswer::Issued(_) | IssueAnswer::Uncertain(_))
            | Self::SignedIn(_)
            | Self::Policies(_)
            | Self::PasskeyRules(_)
            | Self::Rights(_)
            | Self::Found(_)
            | Self::Read(_)
            | Self::Recorded(_)
            | Self::Removed(_)
            | Self::MethodRemoved(_)
            | Self::SessionsEnded(_)
            | Self::HandOut(_)
            | Self::Letter(_)
            | Self::Belonging(_)
            | Self::CallNumbers(_)
            | Self::VisitsKept(_)
            | Self::KeptVisitsRead(_)
            | Self::Access(_)
            | Self::Colleague(_)
            | Self::Tried(_)
            | Self::LastUsed(_)
            | Self::LastRun(_)
            | Self::SignInLog(_)
            | Self::NeverExpires(_)
            | Self::RollFit(_)
            | Self::RollJoined(_)
            | Self::RollLeft(_)
            | Self::PasswordChanged(_) => self.failure(),
        }
    }
}

impl Effect {
    /// Whether somebody waits for an answer.
    pub(crate) fn is_answered(&self) -> bool {
        match self {
            Self::SignIn { .. }
            | Self::RenewRights
            | Self::ReadPolicies
            | Self::ReadPasskeyRules
            | Self::FindPerson { .. }
            | Self::ReadPerson { .. }
            | Self::ReadMethods { .. }
            | Self::Record { .. }
            | Self::IssuePass { .. }
            | Self::RemovePass { .. }
            | Self::RemoveMethod { .. }
            | Self::EndSessions { .. }
            | Self::MakeHandOut { .. }
            | Self::SendLetter { .. }
            | Self::ReadBelonging { .. }
            | Self::ReadCallNumbers { .. }
            | Self::KeepVisits { .. }
            | Self::ReadKeptVisits
            | Self::AskAccess { .. } => true,
            Self::Colleague(effect) => *effect == ColleagueEffect::AskColleague,
            Self::After(effect) => match effect {
                AfterEffect::TrySignIn { .. }
                | AfterEffect::ReadLastUsed { .. }
                | AfterEffect::ReadSignInLog { .. }
                | AfterEffect::NeverExpires { .. }
                | AfterEffect::ReadRollFit { .. }
                | AfterEffect::ReadLastRun { .. }
                | AfterEffect::JoinRoll { .. }
                | AfterEffect::LeaveRoll { .. }
                | AfterEffect::ChangePassword { .. } => true,
                AfterEffect::StopTrying => false,
            },
            Self::CancelSignIn
            | Self::ForgetOperator
            | Self::EndBrowserSession
            | Self::RememberOperator { .. }
            | Self::CloseApp
            | Self::RebuildWindows => false,
        }
    }
}
