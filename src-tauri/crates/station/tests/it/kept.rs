//! A visit by telephone that waits for the call back while the app is closed, killed and started again (S20).

use std::fs;
use std::path::PathBuf;

use onboarding::{
    CallerAction, KeptSign, KeptState, LetterAction, OperatorAction, VisitAction, VisitId,
};
use serde_json::{Value, json};
use test_station::{Browser, FAILS, KEPT, until};

use crate::counter::Counter;
use crate::letters::letter;
use crate::telephone::{CALLER, MOBILE, PLACE, does, people, proofing, screen};

const HOME: &str = "taro@home.example";

async fn counter() -> Counter {
    let lines = format!("[telephone]\n[notice]\n{PLACE}");
    let changes = [(PLACE, lines.as_str())];
    let counter = Counter::open(Browser::SignsIn(0), &changes).await;
    people(&counter, &[]).await;
    signs_in(&counter).await;
    counter
}

async fn signs_in(counter: &Counter) {
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
}

/// Somebody called, said where mail reaches them, and waits to be called back.
async fn aside(counter: &Counter) -> VisitId {
    let visit = proofing(counter).await;
    let address = HOME.to_owned();
    letter(counter, visit, LetterAction::DeclareAddress { address }).await;
    does(counter, visit, CallerAction::CalledBack { at: Some(0) }).await;
    does(counter, visit, CallerAction::SupervisorSaid { at: Some(0) }).await;
    put_aside(counter, KeptState::Kept).await;
    visit
}

async fn put_aside(counter: &Counter, becomes: KeptState) {
    counter.act(OperatorAction::PutAside).await.unwrap();
    until(&counter.station, "what is kept", |view, _| {
        let list = view.list.as_ref()?;
        let is = |kept: KeptSign| kept.state == becomes;
        let mut kept = list.visits.iter().filter_map(|card| card.kept);
        kept.any(is).then_some(())
    })
    .await;
}

fn file(counter: &Counter) -> PathBuf {
    counter.data.path().join(KEPT)
}

async fn waits_for(counter: &Counter, there: bool) {
    let what = if there { "the file" } else { "no file" };
    until(&counter.station, what, |_, _| {
        (file(counter).exists() == there).then_some(())
    })
    .await;
}

async fn kept(counter: &Counter) -> Vec<VisitId> {
    let view = counter.station.operator_view().await.unwrap();
    view.list
        .unwrap()
        .kept
        .iter()
        .map(|card| card.visit)
        .collect()
}

async fn goes_on(counter: &Counter, visit: VisitId) -> VisitId {
    counter
        .act(OperatorAction::ResumeKept { visit })
        .await
        .unwrap();
    counter.reach("found").await;
    counter.current().await
}

/// Where the numbers were read.
async fn confirmed(counter: &Counter, visit: VisitId) -> Value {
    counter
        .wants(visit, VisitAction::ConfirmPerson)
        .await
        .unwrap();
    until(&counter.station, "the numbers", |view, _| {
        let seen = serde_json::to_value(&view.screen).unwrap();
        (seen["read"] == true).then_some(seen)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn s20_a_visit_that_waits_outlives_a_kill_and_every_call_is_made_anew() {
    let counter = counter().await;
    let first = aside(&counter).await;
    let on_disk = fs::read_to_string(file(&counter)).unwrap();
    for held in [HOME, MOBILE, "電話 太郎"] {
        assert!(on_disk.contains(held), "{held}");
    }
    let counter = counter.started_anew();
    assert!(
        counter
            .station
            .operator_view()
            .await
            .unwrap()
            .list
            .is_none()
    );
    signs_in(&counter).await;
    assert_eq!(kept(&counter).await, [first]);
    let visit = goes_on(&counter, first).await;
    assert_ne!(visit, first);
    waits_for(&counter, false).await;
    let seen = confirmed(&counter, visit).await;
    assert_eq!(seen["letter"]["address"]["text"], HOME);
    assert_eq!(seen["letter"]["address"]["read_back"], false);
    assert_eq!(
        (&seen["ways"][0]["on"], &seen["ways"][1]["on"]),
        (&json!(false), &json!(false))
    );
    counter
        .wants(visit, VisitAction::ConfirmPhone { on: true })
        .await
        .unwrap();
    let weak = counter.wants(visit, VisitAction::ConfirmCheck).await;
    assert_eq!(weak.unwrap_err().short(), "C310");
    does(&counter, visit, CallerAction::CalledBack { at: Some(0) }).await;
    does(
        &counter,
        visit,
        CallerAction::SupervisorSaid { at: Some(0) },
    )
    .await;
    counter
        .wants(visit, VisitAction::ConfirmCheck)
        .await
        .unwrap();
    counter.reach("board").await;
    counter.issue(visit).await;
    let end = VisitAction::LeaveUnfinished { leave_pass: false };
    counter.wants(visit, end).await.unwrap();
    counter.reach("receipt").await;
    assert!(!file(&counter).exists());
    let record = counter.record();
    for event in ["\"visit_kept\"", "\"visit_taken_up\""] {
        assert_eq!(record.matches(event).count(), 1, "{event}");
    }
    for secret in [HOME, "home.example", MOBILE] {
        assert!(!record.contains(secret), "{secret} is in the record");
    }
}

/// A number that was changed in the directory meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn s20_a_number_that_was_changed_between_the_calls_is_told_and_not_called() {
    let counter = counter().await;
    let first = aside(&counter).await;
    let counter = counter.started_anew();
    let change = json!({"upn": CALLER, "mobile_phone": "090-9999-9999"});
    counter.tenant.control("users/change", change).await;
    signs_in(&counter).await;
    let visit = goes_on(&counter, first).await;
    let seen = confirmed(&counter, visit).await;
    counter.trouble("C312").await;
    assert_eq!(seen["ways"][0]["numbers"][0]["is_new"], true);
    assert_eq!(seen["ways"][0]["numbers"][1]["is_new"], Value::Null);
    let call = |at| VisitAction::Caller(CallerAction::CalledBack { at: Some(at) });
    let refused = counter.wants(visit, call(0)).await;
    assert_eq!(refused.unwrap_err().short(), "C312");
    counter.wants(visit, call(1)).await.unwrap();
}

/// What is left of a visit that went on or ended, because it could not be deleted, is no visit.
#[tokio::test(flavor = "multi_thread")]
async fn s20_a_file_that_could_not_be_deleted_brings_nothing_back_after_a_kill() {
    let counter = counter().await;
    let first = aside(&counter).await;
    fs::write(counter.data.path().join(FAILS), "still_there").unwrap();
    counter
        .act(OperatorAction::Resume { visit: first })
        .await
        .unwrap();
    counter.trouble("A512").await;
    counter.recorded("visit_taken_up").await;
    assert!(file(&counter).exists());
    let counter = counter.started_anew();
    signs_in(&counter).await;
    counter.trouble("A512").await;
    assert_eq!(kept(&counter).await, []);
    let visit = first;
    assert!(
        counter
            .act(OperatorAction::ResumeKept { visit })
            .await
            .is_err()
    );
    let data = counter.data.path().to_owned();
    let counter = counter.started_anew_after(|| fs::remove_file(data.join(FAILS)).unwrap());
    waits_for(&counter, false).await;
}

/// Files that were put back or carried over.
#[tokio::test(flavor = "multi_thread")]
async fn s20_a_file_that_was_put_back_or_is_another_stations_is_not_taken_up() {
    let counter = counter().await;
    let first = aside(&counter).await;
    let older = fs::read(file(&counter)).unwrap();
    counter.wants(first, VisitAction::Cancel).await.unwrap_err();
    counter
        .act(OperatorAction::Resume { visit: first })
        .await
        .unwrap();
    counter.wants(first, VisitAction::Cancel).await.unwrap();
    waits_for(&counter, false).await;
    counter.recorded("visit_ended").await;
    let path = file(&counter);
    let counter = counter.started_anew_after(|| fs::write(&path, &older).unwrap());
    waits_for(&counter, false).await;
    signs_in(&counter).await;
    assert_eq!(kept(&counter).await, []);
    // Another station of the same tenant, where a visit of that number waits as well.
    let other = self::counter().await;
    let waits = aside(&other).await;
    assert_eq!(waits, first);
    let path = file(&other);
    let other = other.started_anew_after(|| fs::write(&path, &older).unwrap());
    signs_in(&other).await;
    other.trouble("A513").await;
    assert_eq!(kept(&other).await, []);
    waits_for(&other, false).await;
    let record = other.record();
    assert!(
        record.contains("\"visit_forgotten\",\"why\":\"lost\""),
        "{record}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s20_without_the_store_nothing_is_kept_and_the_screen_says_so() {
    let counter = counter().await;
    fs::write(counter.data.path().join(FAILS), "no_store").unwrap();
    proofing(&counter).await;
    put_aside(&counter, KeptState::NotKept).await;
    counter.trouble("A510").await;
    assert!(!file(&counter).exists());
    let counter = counter.started_anew();
    signs_in(&counter).await;
    counter.trouble("A513").await;
    assert_eq!(kept(&counter).await, []);
}

/// The store is opened with the session, perhaps after the app.
#[tokio::test(flavor = "multi_thread")]
async fn s20_what_a_locked_store_holds_back_is_there_at_the_next_start() {
    let counter = counter().await;
    let first = aside(&counter).await;
    let fails = counter.data.path().join(FAILS);
    let counter = counter.started_anew_after(|| fs::write(&fails, "no_store").unwrap());
    signs_in(&counter).await;
    counter.trouble("A514").await;
    assert_eq!(kept(&counter).await, []);
    assert!(file(&counter).exists());
    let counter = counter.started_anew_after(|| fs::remove_file(&fails).unwrap());
    signs_in(&counter).await;
    assert_eq!(kept(&counter).await, [first]);
}

/// Without a restart between the calls.
#[tokio::test(flavor = "multi_thread")]
async fn s20_within_one_run_the_calls_are_made_again_and_the_numbers_compared() {
    let counter = counter().await;
    let visit = aside(&counter).await;
    let change = json!({"upn": CALLER, "mobile_phone": "090-9999-9999"});
    counter.tenant.control("users/change", change).await;
    counter.act(OperatorAction::Resume { visit }).await.unwrap();
    counter.trouble("C312").await;
    let seen = until(&counter.station, "the numbers", |view, _| {
        let seen = serde_json::to_value(&view.screen).unwrap();
        (seen["read"] == true).then_some(seen)
    })
    .await;
    assert_eq!(
        (&seen["ways"][0]["on"], &seen["ways"][1]["on"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(seen["ways"][0]["numbers"][0]["is_new"], true);
    assert_eq!(seen["numbers_changed"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn s20_where_callers_are_not_served_any_more_the_file_is_deleted_at_the_start() {
    let counter = counter().await;
    aside(&counter).await;
    let config = counter.config.replacen("[telephone]\n[notice]", "", 1);
    let counter = Counter { config, ..counter }.started_anew();
    waits_for(&counter, false).await;
    counter.recorded("\"why\":\"not_served\"").await;
    signs_in(&counter).await;
    assert!(screen(&counter).await["by_telephone"].is_null());
}

/// The app is closed from home with a visit that waits: it is not lost, and no entry is missing.
#[tokio::test(flavor = "multi_thread")]
async fn s20_who_closes_the_app_finds_the_visit_the_next_morning() {
    let counter = counter().await;
    let first = aside(&counter).await;
    counter.act(OperatorAction::CloseApp).await.unwrap();
    let mut changes = counter.station.changes();
    changes.wait_for(|change| change.closing).await.unwrap();
    counter.station.finish().await;
    let counter = counter.started_anew();
    signs_in(&counter).await;
    assert_eq!(kept(&counter).await, [first]);
    counter
        .act(OperatorAction::ForgetKept { visit: first })
        .await
        .unwrap();
    waits_for(&counter, false).await;
    counter.recorded("\"why\":\"asked\"").await;
}
