//! What must be done outside, and what came back.

use crate::check::{IssuePermit, RenewalNote};
use crate::directory::{GrantedPolicy, MethodRead, Operator, Person};
use crate::ids::{PassId, UserId, VisitId};
use crate::pack::Route;
use crate::paper::{HandOut, HandOutDone};
use crate::pass::PassSecret;
use crate::query::PersonQuery;
use crate::time::ServiceTime;
use crate::trouble::{Support, Trouble};

/// Names one effect, so that a late answer to a forgotten question is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EffectId(pub u64);

/// Something the driver must do.
#[derive(Debug)]
pub enum Effect {
    /// Opens the browser and waits; answered with `SignedIn` or `SignInFailed`.
    SignIn { hint: Option<String> },
    /// Gives up a sign-in that is under way; not answered.
    CancelSignIn,
    /// Forgets the operator's tokens; not answered.
    ForgetOperator,
    /// Answered with `Policies`.
    ReadPolicies,
    /// Answered with `Found` or `FindFailed`; includes the person's methods when there is one.
    FindPerson { visit: VisitId, query: PersonQuery },
    /// The same for one person already named.
    ReadPerson { visit: VisitId, user: UserId },
    /// Answered with `Methods`, with `Devices` where devices are wanted, or with `Failed`.
    ReadMethods {
        visit: VisitId,
        user: UserId,
        asked_for: bool,
        wants: Wants,
    },
    /// Answered with `Recorded` or `RecordFailed`; the record is durable then.
    Record {
        visit: Option<VisitId>,
        entry: RecordEntry,
    },
    /// Answered with `Issued`, `IssueRefused`, `IssueNotSent`, or `IssueUncertain`. Never repeated by the driver.
    IssuePass {
        visit: VisitId,
        request: PassRequest,
        permit: IssuePermit,
    },
    /// Answered with `PassRemoved` or `Failed`.
    RemovePass {
        visit: VisitId,
        user: UserId,
        pass: PassId,
    },
    /// Makes the hand-out and sends it where the site wants it; answered with `HandOutMade` or `Failed`.
    MakeHandOut {
        visit: VisitId,
        hand_out: Box<HandOut>,
    },
    /// The windows are built anew, so that no page remembers the visit; not answered.
    RebuildWindows { visit: VisitId },
}

/// What one read of a person's methods asks for. Each is one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wants {
    /// The whole list. It does not say which entry has a device.
    Everything,
    /// The passes alone, with narrow scopes; and so on for the other kinds.
    Passes,
    Authenticators,
    Passkeys,
    /// The Authenticator entries, each with its device.
    Devices,
    /// The device of this Authenticator entry.
    DeviceOf(String),
}

impl Wants {
    /// Whether a pass that is there is in the answer.
    pub(crate) fn shows_passes(&self) -> bool {
        match self {
            Self::Everything | Self::Passes => true,
            Self::Authenticators | Self::Passkeys | Self::Devices | Self::DeviceOf(_) => false,
        }
    }

    /// Whether a registration of this kind that is there is in the answer.
    pub(crate) fn shows(&self, registered: RegisteredKind) -> bool {
        match self {
            Self::Everything => true,
            Self::Passes => false,
            Self::Authenticators | Self::Devices | Self::DeviceOf(_) => {
                registered == RegisteredKind::PhoneSignIn
            }
            Self::Passkeys => registered == RegisteredKind::Passkey,
        }
    }
}

/// What the service says of devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DevicesTold {
    /// The Authenticator entries; one without a device has none.
    Entries(MethodRead),
    /// The device of the one entry that was asked for.
    Of(Option<String>),
    /// The service does not answer this question.
    NotOffered,
}

/// What is asked of the service when a pass is issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassRequest {
    pub user: UserId,
    pub lifetime_minutes: u32,
    pub once: bool,
    /// Names the intent in the record and the request in the service's logs.
    pub intent: String,
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

/// What came of an effect.
#[derive(Debug)]
pub enum Outcome {
    SignedIn {
        operator: Operator,
    },
    SignInFailed {
        trouble: Trouble,
    },
    Policies {
        policy: Option<GrantedPolicy>,
    },
    Found {
        people: Vec<Person>,
        methods: Option<MethodRead>,
        more: bool,
    },
    FindFailed {
        trouble: Trouble,
    },
    Methods {
        read: MethodRead,
    },
    Devices {
        told: DevicesTold,
    },
    Failed {
        trouble: Trouble,
        retry_after_s: Option<u32>,
    },
    Recorded,
    RecordFailed,
    Issued {
        pass: IssuedPass,
    },
    IssueRefused {
        trouble: Trouble,
    },
    /// Nothing left the machine.
    IssueNotSent {
        trouble: Trouble,
    },
    /// Neither a clear yes nor a clear no.
    IssueUncertain {
        support: Option<Support>,
    },
    PassRemoved,
    HandOutMade {
        done: HandOutDone,
    },
}

/// What is written down; the driver adds who, when and the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordEntry {
    OperatorSignedIn,
    OperatorSignInRefused {
        code: &'static str,
    },
    OperatorSignedOut {
        why: &'static str,
    },
    VisitStarted {
        /// Its number in the queue, where visits have one.
        ticket: Option<u32>,
    },
    PersonChosen {
        user: UserId,
        upn: String,
        name: String,
    },
    IdentityChecked {
        user: UserId,
        checks: Vec<String>,
        voucher: Option<String>,
    },
    /// The operator leads the person along another walk-through than before.
    RouteChosen {
        route: Route,
    },
    PassIntent {
        intent: String,
        user: UserId,
        upn: String,
        known_passes: Vec<PassId>,
        lifetime_minutes: u32,
        once: bool,
        replaces: Option<PassId>,
        renewal: Option<RenewalNote>,
    },
    PassIssued {
        intent: String,
        pass: PassId,
        start: ServiceTime,
        lifetime_minutes: u32,
        once: bool,
    },
    PassRefused {
        intent: String,
        code: &'static str,
    },
    PassUncertain {
        intent: String,
    },
    PassNotIssued {
        intent: String,
    },
    /// Nobody could look before the pass would have ended by itself.
    PassLapsed {
        intent: String,
    },
    PassOrphanRemoved {
        intent: String,
        pass: PassId,
    },
    PassRemoved {
        pass: PassId,
        why: RemovedFor,
    },
    PassEntered {
        pass: PassId,
    },
    Registered {
        kind: RegisteredKind,
        device_name: Option<String>,
        method: String,
    },
    VisitEnded {
        how: Ended,
        pass: EndedPass,
    },
}

/// Why a pass was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemovedFor {
    /// The visit ended and it was not left by choice.
    VisitEnded,
    /// A new pass takes its place.
    Renewed,
}

/// What the directory proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum RegisteredKind {
    PhoneSignIn,
    Passkey,
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    Finished,
    LeftUnfinished,
    Cancelled,
    /// Not possible today: the app does not run on the phone.
    PhoneTooOld,
    /// Not possible today: the phone has no screen lock.
    NoScreenLock,
    /// Not possible today: there is no smartphone.
    NoSmartphone,
}

/// What became of the pass when the visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum EndedPass {
    None,
    Used,
    Removed,
    Left,
    Expired,
    /// It still works; the station takes it back as soon as it can.
    Pending,
    /// Nobody knows whether there is one; it ends by itself.
    Uncertain,
}
