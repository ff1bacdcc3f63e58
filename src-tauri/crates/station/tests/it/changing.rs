//! Another password set at the counter, over HTTP (S40, S44, S46–S48, F23).

use entra_sim::Case;
use onboarding::{
    AfterAction, AfterScreen, Afterwards, OperatorAction, PasswordFate, PasswordStep,
    PersonAfterAction, StaysBecause, TestCause, TestReport, VisitAction, VisitId,
};
use serde_json::json;
use test_station::{Visitor, until};

use crate::after_registration::{Way, counter_in};
use crate::counter::Counter;

pub(crate) const PATCH: Way<'static> = Way {
    passwords: "way = \"patch\"\ngroup = \"{group}\"\nrevoke_sessions = true",
    consented: "User.ReadWrite.All User-PasswordProfile.ReadWrite.All User.RevokeSessions.All",
    // Privileged Authentication Administrator; the first one is Authentication Administrator.
    operator: 1,
    person: Case::Plain,
};
const RESET: Way<'static> = Way {
    passwords: "way = \"reset\"\ngroup = \"{group}\"\naccept_must_change = true\npass_through = true",
    consented: "User.ReadWrite.All UserAuthMethod-Password.ReadWrite.All",
    operator: 0,
    person: Case::Plain,
};

impl Counter {
    /// The person needs no password any more, understood it, and the operator pressed.
    pub(crate) async fn pressed(&self, case: Case) -> VisitId {
        let visit = self.understood(case).await;
        self.after(visit, AfterAction::JoinRoll).await;
        visit
    }

    async fn understood(&self, case: Case) -> VisitId {
        let visit = self.registered(case).await;
        self.passes_the_test(visit).await;
        self.says_no(visit).await;
        self.comes_to(PasswordStep::WaitsForPerson).await;
        self.person_after(visit, PersonAfterAction::Understood)
            .await;
        visit
    }

    async fn passes_the_test(&self, visit: VisitId) {
        self.try_at_the_station(visit).await;
        self.signed_in_there().await;
        let report = TestReport::Passed { app_instead: false };
        self.after(visit, AfterAction::ReportTest { report }).await;
    }

    async fn comes_to(&self, wanted: PasswordStep) {
        let step = |screen: &AfterScreen| match screen {
            AfterScreen::Password { step, .. } if *step == wanted => Some(()),
            _ => None,
        };
        self.screen("a step", step).await;
    }

    pub(crate) async fn fate(&self) -> PasswordFate {
        let fate = |screen: &AfterScreen| match screen {
            AfterScreen::Password {
                fate: Some(fate), ..
            } => Some(*fate),
            _ => None,
        };
        self.screen("the end", fate).await
    }

    async fn told(&self, code: &str) {
        until(&self.station, code, |view, _| {
            let trouble = view.trouble.as_ref()?;
            (trouble.code == code).then_some(())
        })
        .await;
    }

    /// The record's lines with this event, in order.
    fn lines(&self, event: &str) -> Vec<String> {
        let name = format!("\"event\":\"{event}\"");
        let record = self.record();
        let lines = record.lines().filter(|line| line.contains(&name));
        lines.map(str::to_owned).collect()
    }
}

/// S46: the roll, then the first change; the new value stands nowhere.
#[tokio::test(flavor = "multi_thread")]
async fn the_profile_is_changed_to_what_nobody_knows_s44_s46() {
    let (counter, _) = counter_in(&PATCH, Visitor::Approves).await;
    let before = counter.books(Case::Plain).await;
    let visit = counter.pressed(Case::Plain).await;
    let changed = PasswordFate::Changed {
        read_back: true,
        roll: Some(true),
        afterwards: Afterwards::AsBefore,
    };
    assert_eq!(counter.fate().await, changed);
    assert!(counter.on_roll().await);
    let after = counter.books(Case::Plain).await;
    assert_ne!(before["password"], after["password"]);
    assert_eq!(after["password_change_due"], false);
    let value = after["password"].as_str().unwrap();
    assert_eq!(value.len(), 64);
    let finish = VisitAction::Finish { leave_pass: false };
    counter.wants(visit, finish).await.unwrap();
    counter.recorded("visit_ended").await;
    let changed = counter.lines("password_changed");
    assert!(
        changed[0].contains(r#""read_back":true,"must_change":false,"sessions_ended":true"#),
        "{changed:?}"
    );
    assert_eq!(counter.lines("password_change_intent").len(), 1);
    assert!(!counter.record().contains(value), "it is in the record");
    for file in std::fs::read_dir(counter.data.path()).unwrap() {
        let Ok(bytes) = std::fs::read(file.unwrap().path()) else {
            continue;
        };
        let found = bytes
            .windows(value.len())
            .any(|part| part == value.as_bytes());
        assert!(!found, "it is in a file");
    }
}

/// Whether this password may be changed is not decided by somebody else's record.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_record_opens_no_way_to_a_password_f27() {
    let (counter, _) = counter_in(&PATCH, Visitor::Approves).await;
    let visit = counter.understood(Case::Plain).await;
    let fault = json!({"method": "GET", "path": "/users/{u}", "fault": "other_user"});
    counter.tenant.control("faults", fault).await;
    counter.after(visit, AfterAction::JoinRoll).await;
    counter.told("N106").await;
    assert!(!counter.record().contains("password_changed"));
}

/// Who holds a role by the time of the press is neither on the roll nor given another password.
#[tokio::test(flavor = "multi_thread")]
async fn who_may_join_is_looked_at_again_at_the_press() {
    let (counter, _) = counter_in(&PATCH, Visitor::Approves).await;
    let before = counter.books(Case::Plain).await;
    let visit = counter.understood(Case::Plain).await;
    let (upn, _) = counter.tenant.person(Case::Plain);
    let change = json!({ "upn": upn, "roles": ["User Administrator"] });
    counter.tenant.control("users/change", change).await;
    counter.after(visit, AfterAction::JoinRoll).await;
    counter.told("R504").await;
    let because = StaysBecause::Failed;
    assert_eq!(counter.fate().await, PasswordFate::Stays { because });
    assert!(!counter.on_roll().await);
    let after = counter.books(Case::Plain).await;
    assert_eq!(before["password"], after["password"]);
}

/// S46: where the directory does not show whether the new password is to be changed, another test shows it.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_shown_of_the_next_sign_in_is_tested() {
    let (counter, _) = counter_in(&PATCH, Visitor::Approves).await;
    let hidden = json!({ "password_profile_shown": "never", "patch_always_forces_change": true });
    counter.tenant.control("switches", hidden).await;
    counter.pressed(Case::Plain).await;
    counter.comes_to(PasswordStep::TestAgain).await;
    counter.recorded("password_changed").await;
    let changed = counter.lines("password_changed");
    assert!(changed[0].contains(r#""must_change":true"#), "{changed:?}");
}

/// The profile takes a role that an Authentication Administrator has not, and the rest goes on.
#[tokio::test(flavor = "multi_thread")]
async fn too_little_a_role_is_told_by_name_and_changes_nothing() {
    let way = Way {
        passwords: "way = \"patch\"\nnever_expires = true",
        operator: 0,
        ..PATCH
    };
    let (counter, _) = counter_in(&way, Visitor::Approves).await;
    let before = counter.books(Case::Plain).await;
    let visit = counter.pressed(Case::Plain).await;
    counter.told("R510").await;
    let because = StaysBecause::Failed;
    assert_eq!(counter.fate().await, PasswordFate::Stays { because });
    let after = counter.books(Case::Plain).await;
    assert_eq!(before["password"], after["password"]);
    assert!(!counter.on_roll().await, "there is no roll to join");
    let finish = VisitAction::Finish { leave_pass: false };
    counter.wants(visit, finish).await.unwrap();
}

/// F23: what got no answer is set again with another value, by an intent of its own.
#[tokio::test(flavor = "multi_thread")]
async fn f23_a_lost_answer_is_set_again_with_another_value() {
    let way = Way {
        passwords: "way = \"patch\"\nnever_expires = true",
        ..PATCH
    };
    let (counter, _) = counter_in(&way, Visitor::Approves).await;
    let lost = json!({ "method": "PATCH", "path": "/users/{id}", "fault": "answer_lost" });
    counter.tenant.control("faults", lost).await;
    counter.pressed(Case::Plain).await;
    assert!(matches!(
        counter.fate().await,
        PasswordFate::Changed { roll: None, .. }
    ));
    counter.recorded("password_changed").await;
    assert_eq!(counter.lines("password_change_intent").len(), 2);
    assert_eq!(counter.lines("password_change_uncertain").len(), 1);
}

/// A reset leaves a change at the next sign-in behind: what that means, another test shows.
#[tokio::test(flavor = "multi_thread")]
async fn a_reset_is_followed_and_tested_before_it_is_believed() {
    let (counter, _) = counter_in(&RESET, Visitor::Approves).await;
    let visit = counter.pressed(Case::Plain).await;
    counter.comes_to(PasswordStep::TestAgain).await;
    let books = counter.books(Case::Plain).await;
    assert_eq!(books["password_change_due"], true);
    counter.passes_the_test(visit).await;
    assert!(matches!(
        counter.fate().await,
        PasswordFate::Changed {
            roll: Some(true),
            ..
        }
    ));
    assert!(counter.on_roll().await);
}

/// Where the tenant meets a sign-in by phone with the password that is due, the person keeps one.
#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_is_asked_for_after_a_reset_takes_the_person_off_the_roll() {
    let (counter, _) = counter_in(&RESET, Visitor::Approves).await;
    let meets = json!({ "must_change_meets_phone": "set_by_others" });
    counter.tenant.control("switches", meets).await;
    let visit = counter.pressed(Case::Plain).await;
    counter.comes_to(PasswordStep::TestAgain).await;
    assert!(counter.on_roll().await);
    counter.try_at_the_station(visit).await;
    let why = TestCause::PasswordNeeded;
    let report = TestReport::Failed { why };
    counter
        .after(visit, AfterAction::ReportTest { report })
        .await;
    counter.comes_to(PasswordStep::Done).await;
    let because = StaysBecause::MustChange;
    assert_eq!(counter.fate().await, PasswordFate::Stays { because });
    assert!(!counter.on_roll().await);
    counter.recorded("roll_left").await;
}

/// S46, S48: what could not be done is told, stays a debt over a restart, and is done at the next sign-in.
#[tokio::test(flavor = "multi_thread")]
async fn a_roll_that_could_not_be_left_is_left_after_a_restart_s48() {
    let (counter, _) = counter_in(&RESET, Visitor::Approves).await;
    let visit = counter.pressed(Case::Plain).await;
    counter.comes_to(PasswordStep::TestAgain).await;
    let path = "/groups/{id}/members/{id}/$ref";
    let down = json!({ "method": "DELETE", "path": path, "fault": "status:503", "times": 1 });
    counter.tenant.control("faults", down).await;
    let why = TestCause::NoTime;
    counter.after(visit, AfterAction::SkipTest { why }).await;
    counter.told("R517").await;
    counter.recorded("roll_not_left").await;
    assert!(counter.on_roll().await);
    let owed = |view: &onboarding::OperatorView| view.rolls_to_leave.len();
    until(&counter.station, "it told", |view, _| {
        (owed(view) == 1).then_some(())
    })
    .await;
    let counter = counter.started_anew();
    assert!(counter.on_roll().await);
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.recorded("roll_left").await;
    assert!(!counter.on_roll().await);
    until(&counter.station, "nothing left to tell", |view, _| {
        (view.operator.is_some() && owed(view) == 0).then_some(())
    })
    .await;
    assert_eq!(counter.lines("roll_leave_intent").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_back_that_failed_is_told() {
    let way = Way {
        person: Case::WriteBackFails,
        passwords: "way = \"reset\"\nnever_expires = true\naccept_must_change = true\npass_through = true",
        ..RESET
    };
    let (counter, _) = counter_in(&way, Visitor::Approves).await;
    let before = counter.books(Case::WriteBackFails).await;
    counter.pressed(Case::WriteBackFails).await;
    counter.told("R513").await;
    let after = counter.books(Case::WriteBackFails).await;
    assert_eq!(before["password"], after["password"]);
}

/// A look at a reset that is told to wait waits for as long.
#[tokio::test(flavor = "multi_thread")]
async fn a_reset_is_not_looked_at_while_the_service_wants_to_be_left_alone() {
    let (counter, _) = counter_in(&RESET, Visitor::Approves).await;
    let path = "/users/{id}/authentication/operations/{id}";
    let busy = json!({ "method": "GET", "path": path, "fault": "status:429", "retry_after": "9" });
    counter.tenant.control("faults", busy).await;
    let visit = counter.understood(Case::Plain).await;
    let began = std::time::Instant::now();
    counter.after(visit, AfterAction::JoinRoll).await;
    counter.comes_to(PasswordStep::TestAgain).await;
    assert!(began.elapsed() >= std::time::Duration::from_secs(9));
}
