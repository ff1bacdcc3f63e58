//! Mail to the person, over HTTP and into the tenant's mailbox (S21–S23, N20).

use onboarding::{CallerAction, LetterAction, OperatorAction, PassStage, VisitAction, VisitId};
use serde_json::{Value, json};
use test_station::until;

use crate::counter::Counter;
use crate::telephone::{self, CALLER, does, proofing, screen};

pub(crate) const HOME: &str = "taro@home.example";
pub(crate) const CARRIES: &str =
    "\n[notice]\ncarries_pass = true\ndomains = [\"home.example\"]\nmanager_too = true";

async fn counter(notice: &str) -> Counter {
    telephone::counter(notice, &[]).await
}

pub(crate) async fn letter(counter: &Counter, visit: VisitId, act: LetterAction) {
    let act = VisitAction::Letter(act);
    counter.wants(visit, act).await.unwrap();
}

/// To the board, with an address that was read back.
pub(crate) async fn board(counter: &Counter) -> VisitId {
    let visit = proofing(counter).await;
    let address = HOME.to_owned();
    letter(counter, visit, LetterAction::DeclareAddress { address }).await;
    letter(counter, visit, LetterAction::AddressReadBack { on: true }).await;
    does(counter, visit, CallerAction::CalledBack { at: Some(0) }).await;
    does(counter, visit, CallerAction::SupervisorSaid { at: Some(0) }).await;
    let phone = VisitAction::ConfirmPhone { on: true };
    counter.wants(visit, phone).await.unwrap();
    counter
        .wants(visit, VisitAction::ConfirmCheck)
        .await
        .unwrap();
    counter.reach("board").await;
    visit
}

/// Waits until the last letter stands so.
pub(crate) async fn stands(counter: &Counter, step: &str) -> Value {
    until(&counter.station, step, |view, _| {
        let seen = serde_json::to_value(&view.screen).unwrap();
        let letter = seen["letter"].clone();
        let at = letter["step"]["step"].as_str();
        assert!(at != Some("failed") || step == "failed", "{letter}");
        (letter["step"]["step"] == step).then_some(letter)
    })
    .await
}

pub(crate) async fn mails(counter: &Counter) -> Vec<Value> {
    counter.tenant.state().await["mails"]
        .as_array()
        .unwrap()
        .clone()
}

pub(crate) fn to(mail: &Value) -> &str {
    mail["to"][0]["address"].as_str().unwrap()
}

fn body(mail: &Value) -> &str {
    mail["body"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn s21_s22_the_steps_go_to_the_declared_address_without_a_pass_and_it_is_asked_whether_they_came()
 {
    let counter = counter("").await;
    let visit = board(&counter).await;
    letter(
        &counter,
        visit,
        LetterAction::SendLetter { with_pass: false },
    )
    .await;
    let seen = stands(&counter, "handed_over").await;
    assert_eq!(
        (&seen["step"]["arrived"], &seen["pass"]),
        (&Value::Null, &Value::Null)
    );
    let sent = mails(&counter).await;
    assert_eq!(sent.len(), 1);
    assert_eq!(
        (to(&sent[0]), &sent[0]["in_sent_items"]),
        (HOME, &json!(false))
    );
    for said in [
        "0776-20-3660",
        "サインイン名を入力して",
        "<html lang=\"ja\">",
        "Microsoft Authenticator を開き",
    ] {
        assert!(body(&sent[0]).contains(said), "{said}: {}", sent[0]);
    }
    assert!(!sent[0].to_string().contains(CALLER), "the sign-in name");
    letter(
        &counter,
        visit,
        LetterAction::LetterArrived { arrived: true },
    )
    .await;
    let end = VisitAction::LeaveUnfinished { leave_pass: false };
    counter.wants(visit, end).await.unwrap();
    counter.reach("receipt").await;
    let record = counter.record_with("visit_ended", 1).await;
    for event in [
        "\"address_declared\"",
        "\"letter_handed_over\",\"letter\":\"guide\",\"way\":\"own_mailbox\"",
        "\"letter_arrival\",\"letter\":\"guide\",\"arrived\":\"arrived\"",
    ] {
        assert_eq!(record.matches(event).count(), 1, "{event}");
    }
    assert!(
        !record.contains("home.example"),
        "the address is in the record"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn n20_a_pass_goes_by_mail_without_the_sign_in_name_and_the_directorys_own_address_is_told() {
    let counter = counter(CARRIES).await;
    let visit = board(&counter).await;
    let issue = VisitAction::IssuePass { replace: false };
    counter.wants(visit, issue).await.unwrap();
    counter.stage(PassStage::Live).await;
    letter(
        &counter,
        visit,
        LetterAction::SendLetter { with_pass: true },
    )
    .await;
    let seen = stands(&counter, "handed_over").await;
    assert_eq!(seen["step"]["with_pass"], true);
    until(&counter.station, "those who are told", |view, _| {
        let seen = serde_json::to_value(&view.screen).unwrap();
        let told = seen["letter"]["told"].as_array().unwrap().clone();
        let done = |told: &Value| told["handed_over"] == true;
        (told.len() == 2 && told.iter().all(done)).then_some(())
    })
    .await;
    let sent = mails(&counter).await;
    let of = |address: &str| sent.iter().find(|mail| to(mail) == address).unwrap();
    let pass = value(&counter.tenant.state().await);
    let with_pass = of(HOME);
    let shown = pass.replace('&', "&amp;").replace('<', "&lt;");
    let shown = shown.replace('>', "&gt;");
    assert!(body(with_pass).contains(&shown), "{with_pass}");
    assert!(body(with_pass).contains("30 分間"), "{with_pass}");
    assert!(
        !with_pass.to_string().to_lowercase().contains(CALLER),
        "{with_pass}"
    );
    for told in [telephone::OWN_MAIL, telephone::BOSS_MAIL] {
        let told = of(told);
        assert!(body(told).contains("パスが発行されました"), "{told}");
        assert!(!body(told).contains(&shown), "a notice holds the pass");
    }
    let record = counter.record_with("\"letter\":\"pass\"", 1).await;
    let intent = record.find("\"pass_letter_intent\"").unwrap();
    let handed = record.find("\"letter\":\"pass\"").unwrap();
    assert!(intent < handed, "the record comes first");
    for secret in [pass.as_str(), "home.example", telephone::OWN_MAIL] {
        assert!(!record.contains(secret), "{secret} is in the record");
    }
}

/// The pass that was made.
pub(crate) fn value(state: &Value) -> String {
    let mut users = state["users"].as_array().unwrap().iter();
    let caller = users.find(|user| user["upn"] == CALLER).unwrap();
    caller["passes"][0]["value"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn n20_where_there_is_no_mailbox_that_is_said_and_the_visit_goes_on() {
    let counter = counter(CARRIES).await;
    let operator = counter.tenant.info().operators[0].upn.clone();
    let unreachable = json!({"upn": operator, "reachable": false});
    counter.tenant.control("users/mailbox", unreachable).await;
    let visit = board(&counter).await;
    letter(
        &counter,
        visit,
        LetterAction::SendLetter { with_pass: false },
    )
    .await;
    let seen = stands(&counter, "failed").await;
    assert_eq!(seen["step"]["trouble"]["code"], "M701");
    counter.issue(visit).await;
    counter
        .recorded("\"letter_not_handed_over\",\"letter\":\"security\",\"code\":\"M701\"")
        .await;
    counter.wants(visit, VisitAction::ReadOut).await.unwrap();
    assert_eq!(
        screen(&counter).await["letter"]["told"][0]["trouble"]["code"],
        "M701"
    );
    assert!(mails(&counter).await.is_empty());
}

/// The station stopped before anybody took them, and the mailbox is back: once each, to where the directory says.
#[tokio::test(flavor = "multi_thread")]
async fn n20_that_a_pass_was_issued_is_told_after_the_next_start_where_nobody_took_it() {
    let counter = counter(CARRIES).await;
    let operator = counter.tenant.info().operators[0].upn.clone();
    let reachable = |reachable| json!({"upn": operator, "reachable": reachable});
    counter
        .tenant
        .control("users/mailbox", reachable(false))
        .await;
    let visit = board(&counter).await;
    counter.issue(visit).await;
    let not = |letter: &str| {
        format!("\"letter_not_handed_over\",\"letter\":\"{letter}\",\"code\":\"M701\"")
    };
    for letter in ["security", "manager"] {
        counter.recorded(&not(letter)).await;
    }
    let counter = counter.started_anew();
    counter
        .tenant
        .control("users/mailbox", reachable(true))
        .await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    for letter in ["security", "manager"] {
        let handed = format!("\"letter_handed_over\",\"letter\":\"{letter}\"");
        counter.recorded(&handed).await;
    }
    let sent = mails(&counter).await;
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().any(|mail| to(mail) == telephone::OWN_MAIL));
    let record = counter.record();
    assert_eq!(record.matches("\"notice_intent\"").count(), 4);
    assert!(!record.contains(telephone::OWN_MAIL), "an address");
}
