//! What both windows draw of what follows the registration.

use serde::Serialize;
use ts_rs::TS;

use super::parts::PersonBrief;
use crate::language::Words;
use crate::policy::TestSite;
use crate::record::RegisteredKind;
use crate::retirement::{PasswordFate, UseAnswer, UseQuestion};
use crate::sign_in_test::{TestPlace, TestSight, Tested};

/// What the operator sees of it.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "screen", rename_all = "snake_case")]
pub enum AfterScreen {
    SignInTest {
        person: PersonBrief,
        place: TestPlace,
        step: TestStep,
        sight: Option<TestSight>,
        /// The visit can be ended here; not before a changed password was tested.
        may_end: bool,
    },
    UseQuestion {
        person: PersonBrief,
        question: UseQuestion,
        /// The site's question; none for the list, which the page asks about itself.
        words: Option<Words>,
        /// What counts as well.
        also: Option<Words>,
        others: Vec<Words>,
        /// What the person answered on the person's own screen.
        answer: Option<UseAnswer>,
        /// What speaks against a "no", which then needs a reason to count.
        directory_against: Option<AgainstNo>,
        /// A "yes" takes the person off the roll, so the person says it first.
        leads_off: bool,
    },
    Password {
        person: PersonBrief,
        tested: Option<Tested>,
        /// None while it is not decided.
        fate: Option<PasswordFate>,
        /// The counter changes it itself, here and now.
        changes: bool,
        step: PasswordStep,
        /// The sign-in may be tried once more, here.
        test_places: Vec<TestPlace>,
        /// The directory is still asked what proves the test.
        looking: bool,
    },
}

/// What of the directory speaks against a "no" to Windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AgainstNo {
    /// Windows Hello or a Windows computer of the person's is registered.
    Registered,
    /// Whether Windows Hello is could not be read: absent is not empty.
    NotRead,
}

/// How far a test is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TestStep {
    /// The pass is taken back first.
    MakingWay,
    /// The person tries.
    Trying,
    /// The person signed in at the station; did anybody type a password?
    SignedIn,
}

/// What is left to do about the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PasswordStep {
    /// The directory is asked whether the person may join the roll.
    Reading,
    /// The person is to say that it was understood.
    WaitsForPerson,
    /// One press of the operator.
    MayJoin,
    Joining,
    /// The person is being given another password.
    Changing,
    /// It was changed, and another test is to show that it is not asked for.
    TestAgain,
    Done,
}

/// What the person sees of it.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "screen", rename_all = "snake_case")]
pub enum PersonAfterScreen {
    SignInTest {
        place: TestPlace,
        step: TestStep,
        sight: Option<TestSight>,
        /// Where to try, on the phone.
        site: Option<TestSite>,
    },
    UseQuestion {
        question: UseQuestion,
        /// The site's question; none for the list, which the page asks about itself.
        words: Option<Words>,
        /// What counts as well.
        also: Option<Words>,
        others: Vec<Words>,
        answer: Option<UseAnswer>,
    },
    Password {
        /// None where it is to be taken out of use, or is not decided.
        fate: Option<PasswordFate>,
        /// The counter changes it itself, here and now.
        changes: bool,
        step: PasswordStep,
    },
    /// What to know tomorrow; it bears no name.
    Card {
        kind: Option<RegisteredKind>,
        password: PasswordFate,
        helps: Vec<Words>,
        not_used: Vec<Words>,
        help_hours: Option<Words>,
        after_hours: Option<Words>,
    },
}
