//! What must be done outside, and what came back.

use crate::ids::{PassId, UserId, VisitId};
use crate::person::directory::{GrantedPolicy, MethodRead, Operator, Person};
use crate::person::identity_check::IssuePermit;
use crate::reading::{DeviceAnswer, MethodQuery};
use crate::record::Event;

use crate::handout::{HandOut, HandOutDone};
use crate::person::query::PersonQuery;
use crate::secret::PassSecret;
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
        wants: MethodQuery,
    },
    /// Answered with `Recorded` or `RecordFailed`; the record is durable then.
    Record {
        visit: Option<VisitId>,
        entry: Event,
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
        told: DeviceAnswer,
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
