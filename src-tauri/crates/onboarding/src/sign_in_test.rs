//! The sign-in test that closes the loop: how it was made, what it showed and what proves it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::time::ServiceTime;

/// Where the person tries to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TestPlace {
    /// In a browser of the station's own, on the person's display.
    Station,
    /// On the person's phone, at the site's test page.
    Phone,
}

/// What came of the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TestResult {
    Passed,
    /// A password was asked for first; "use an app instead" led on.
    PassedAppInstead,
    NotPassed,
    /// The reason lies with the station or the tenant and says nothing of the phone.
    CannotBeTried,
    NotTried,
}

impl TestResult {
    /// Whether the person signed in without a password.
    pub(crate) fn passed(self) -> bool {
        match self {
            Self::Passed | Self::PassedAppInstead => true,
            Self::NotPassed | Self::CannotBeTried | Self::NotTried => false,
        }
    }
}

/// What shows that no password was used, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TestProof {
    /// The person says so.
    Word,
    /// The operator saw a fresh sign-in at the station end without one.
    Seen,
    /// The sign-in log: this entry answered, and its primary row names the app and no password.
    Log,
    /// The directory, twice: the entry was used since the test began, and the password was not.
    LastUsed,
    /// The service's own signed word: an authentication context that a password does not meet.
    Token,
}

/// What is asked of the directory once a test passed, where the site wants it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProofSources {
    /// When the entry and the password were last used, which beta alone tells.
    pub last_used: bool,
    /// The sign-in log.
    pub log: bool,
}

/// When a person's entry and password were last used; none where the directory does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastUsed {
    pub entry: Option<ServiceTime>,
    pub password: Option<ServiceTime>,
}

/// What the log shows of the newest sign-in by an entry since some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogSight {
    /// None. The log is late, so that says nothing.
    NotYet,
    /// The entry answered; whether a password came first is not said.
    EntryOnly,
    /// A password came first.
    Password,
    /// It began with the entry, and no password was used.
    NoPassword,
}

/// Why the directory is not asked any further about a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookEnd {
    /// It says no more, or the time was over.
    Over,
    Locked,
    SignedOut,
    Stopped,
}

/// Why a test did not pass, could not be made, or was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TestCause {
    /// Only a password was accepted.
    PasswordNeeded,
    /// No notification came to the phone.
    NoNotification,
    /// The number was refused, or the request denied on the phone.
    Denied,
    /// Nobody went on within the time.
    TimedOut,
    /// Somebody else signed in.
    OtherPerson,
    /// The directory does not let anybody use the test's registration yet.
    ConsentMissing,
    /// The test's registration is not assigned to this person.
    NotAssigned,
    /// A rule of the directory keeps this station's browser out.
    StationNotAllowed,
    /// No browser could be opened for the person.
    NoBrowser,
    NoNetwork,
    /// The service answered something that is not understood.
    Unexpected,
    /// There was no time.
    NoTime,
    /// The person did not want to.
    PersonDeclined,
    /// Nothing was said.
    Unsaid,
}

impl TestCause {
    /// Whether it says nothing of the phone and the registration.
    pub(crate) fn spares_the_phone(self) -> bool {
        match self {
            Self::ConsentMissing
            | Self::NotAssigned
            | Self::StationNotAllowed
            | Self::NoBrowser
            | Self::NoNetwork
            | Self::Unexpected => true,
            Self::PasswordNeeded
            | Self::NoNotification
            | Self::Denied
            | Self::TimedOut
            | Self::OtherPerson
            | Self::NoTime
            | Self::PersonDeclined
            | Self::Unsaid => false,
        }
    }

    /// Whether it says why no test was made at all.
    pub(crate) fn is_of_no_test(self) -> bool {
        matches!(self, Self::NoTime | Self::PersonDeclined | Self::Unsaid)
    }
}

/// What the person met on the way and is helped with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TestSight {
    PasswordAsked,
    NoNotification,
    OtherScreen,
}

/// What the operator reports of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "report", rename_all = "snake_case", deny_unknown_fields)]
pub enum TestReport {
    /// It ended without a password; `app_instead` where one was asked for first.
    Passed { app_instead: bool },
    /// It did not, or could not be made.
    Failed { why: TestCause },
}

/// A sign-in of the person at the station, as far as the service vouches for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TriedSignIn {
    /// The authentication context that was demanded was met.
    pub context_met: bool,
}

/// The result of the test as the screens and the record say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Tested {
    pub result: TestResult,
    pub place: Option<TestPlace>,
    pub proof: Option<TestProof>,
    pub why: Option<TestCause>,
}

impl Tested {
    /// No test was made.
    pub(crate) fn not(why: TestCause) -> Self {
        Self {
            result: TestResult::NotTried,
            place: None,
            proof: None,
            why: Some(why),
        }
    }

    pub(crate) fn failed(place: TestPlace, why: TestCause) -> Self {
        Self {
            result: match why.spares_the_phone() {
                true => TestResult::CannotBeTried,
                false => TestResult::NotPassed,
            },
            place: Some(place),
            proof: None,
            why: Some(why),
        }
    }

    pub(crate) fn passed(place: TestPlace, app_instead: bool, proof: TestProof) -> Self {
        Self {
            result: match app_instead {
                true => TestResult::PassedAppInstead,
                false => TestResult::Passed,
            },
            place: Some(place),
            proof: Some(proof),
            why: None,
        }
    }

    /// Whether another test could show more.
    pub(crate) fn may_be_made_again(&self) -> bool {
        !self.result.passed() || self.proof.is_none()
    }

    /// A passed test takes nothing from what an earlier one proved.
    pub(crate) fn or_proof_of(self, earlier: Option<Self>) -> Self {
        let so_far = earlier.and_then(|earlier| earlier.proof);
        Self {
            proof: self
                .proof
                .map(|proof| so_far.map_or(proof, |so_far| proof.max(so_far))),
            ..self
        }
    }
}
