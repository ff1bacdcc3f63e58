//! "I need a password again", over HTTP (N29): off the roll, to the site's own procedure, and no password from here.

use entra_sim::Case;
use onboarding::{
    AfterAction, AfterScreen, AgainAction, AgainScreen, AgainStep, AgainTold, InFront,
    OperatorAction, OperatorScreen, PasswordFate, PersonAfterAction, PersonScreen, StaysBecause,
    TestReport, UseAnswer, UseQuestion, VisitAction, VisitId, VisitScreen,
};
use serde_json::json;
use test_station::{Visitor, until};

use crate::after_registration::counter_of;
use crate::counter::Counter;

const RESET: &str = "says = { reset = { ja = \"12番《ばん》窓口《まどぐち》へ\", en = \"Room 12, with your staff card\" } }";

const FINISH: VisitAction = VisitAction::Finish { leave_pass: false };

impl Counter {
    /// The plain person was put on the roll at an earlier visit, and is back.
    async fn back_on_the_roll(&self) -> VisitId {
        self.put_on_the_roll().await;
        self.board(Case::Plain).await
    }

    async fn put_on_the_roll(&self) {
        let visit = self.pressed(Case::Plain).await;
        self.fate().await;
        assert!(self.on_roll().await);
        self.wants(visit, FINISH).await.unwrap();
        self.reach("receipt").await;
        self.wants(visit, VisitAction::Close).await.unwrap();
    }

    async fn again(&self, visit: VisitId, act: AgainAction) {
        self.wants(visit, VisitAction::Again(act)).await.unwrap();
    }

    /// A Windows PC was given: both say so.
    async fn needs_a_password(&self, visit: VisitId) {
        self.again(visit, AgainAction::NeedPassword).await;
        self.reach("again_question").await;
        let (question, answer) = (UseQuestion::Windows, UseAnswer::Yes);
        self.person_after(visit, PersonAfterAction::AnswerUse { question, answer })
            .await;
        self.again(visit, AgainAction::ConfirmNeed { question, answer })
            .await;
    }

    async fn comes_off(&self, wanted: AgainStep) {
        until(
            &self.station,
            &format!("{wanted:?}"),
            |view, _| match &view.screen {
                OperatorScreen::Visit(InFront {
                    screen: VisitScreen::Again(AgainScreen::PasswordAgain { told, .. }),
                    ..
                }) => (told.step == wanted).then_some(()),
                _ => None,
            },
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn n29_a_password_is_needed_again_and_none_is_made_here() {
    let (counter, _) = counter_of(Visitor::Approves, None, "", RESET).await;
    let visit = counter.back_on_the_roll().await;
    let before = counter.books(Case::Plain).await;
    let passes = counter.record().matches("\"pass_issued\"").count();
    counter.needs_a_password(visit).await;
    counter.comes_off(AgainStep::Left).await;
    assert!(!counter.on_roll().await);
    let after = counter.books(Case::Plain).await;
    assert_eq!(before["password"], after["password"]);
    let person = counter.station.person_view(Some(visit)).await.unwrap();
    assert!(matches!(
        person.screen,
        PersonScreen::PasswordAgain {
            told: AgainTold {
                step: AgainStep::Left,
                phone_works: true,
                owed: false,
            }
        }
    ));
    let words = serde_json::to_string(&person.site_files).unwrap();
    assert!(words.contains("Room 12, with your staff card"), "{words}");
    counter.wants(visit, FINISH).await.unwrap();
    counter.reach("receipt").await;
    counter.recorded("\"outcome\":\"password_again\"").await;
    let record = counter.record();
    let line = r#""question":"windows","on_roll":true,"group_id":"#;
    assert!(record.contains(line), "{record}");
    assert_eq!(record.matches("\"pass_issued\"").count(), passes);
    assert!(!record.contains("password_change"));
    let seen = serde_json::to_string(&(person, counter.station.operator_view().await.unwrap()));
    let password = after["password"].as_str().unwrap();
    assert!(!seen.unwrap().contains(password));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_directory_refuses_is_a_debt_and_the_next_start_goes_on_with_it() {
    let (counter, _) = counter_of(Visitor::Approves, None, "", RESET).await;
    let visit = counter.back_on_the_roll().await;
    let path = "/groups/{id}/members/{id}/$ref";
    let no = json!({ "method": "DELETE", "path": path, "fault": "status:403", "times": 1 });
    counter.tenant.control("faults", no).await;
    counter.needs_a_password(visit).await;
    counter.comes_off(AgainStep::NotLeft).await;
    let owed = |view: &onboarding::OperatorView| view.rolls_to_leave.len();
    until(&counter.station, "the debt", |view, _| {
        (owed(view) == 1).then_some(())
    })
    .await;
    assert!(counter.on_roll().await);
    counter.recorded("\"roll_not_left\"").await;
    // Before it is tried again the station stops, in the middle of the visit.
    let counter = counter.started_anew();
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.recorded("\"roll_left\"").await;
    assert!(!counter.on_roll().await);
    until(&counter.station, "no debt", |view, _| {
        (owed(view) == 0).then_some(())
    })
    .await;
}

/// The phone is a new one, and the question after its test is answered with yes: the same need.
#[tokio::test(flavor = "multi_thread")]
async fn n29_a_yes_after_the_test_of_a_new_phone_leads_off_the_roll() {
    let (counter, _) = counter_of(Visitor::Approves, None, "", RESET).await;
    counter.put_on_the_roll().await;
    let visit = counter.goes_on_to_register(Case::Plain).await;
    let before = counter.books(Case::Plain).await;
    counter.try_at_the_station(visit).await;
    counter.signed_in_there().await;
    let report = TestReport::Passed { app_instead: false };
    counter
        .after(visit, AfterAction::ReportTest { report })
        .await;
    let (question, answer) = (UseQuestion::Windows, UseAnswer::Yes);
    counter
        .person_after(visit, PersonAfterAction::AnswerUse { question, answer })
        .await;
    let confirmed = AfterAction::ConfirmUse {
        question,
        answer,
        despite: None,
    };
    counter.after(visit, confirmed).await;
    let off = StaysBecause::NeededAgain(AgainStep::Left);
    counter
        .screen("off the roll", |screen| match screen {
            AfterScreen::Password {
                fate: Some(PasswordFate::Stays { because }),
                ..
            } => (*because == off).then_some(()),
            _ => None,
        })
        .await;
    assert!(!counter.on_roll().await);
    let after = counter.books(Case::Plain).await;
    assert_eq!(before["password"], after["password"]);
    counter.recorded("\"roll_left\"").await;
    assert!(counter.record().contains("\"password_needed_again\""));
    assert!(!counter.record().contains("password_change"));
}
