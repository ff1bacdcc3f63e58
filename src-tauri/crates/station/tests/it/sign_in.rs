//! Every way a sign-in can end (S49).

use onboarding::{OperatorAction, OperatorScreen, Readiness, ReadinessLine, TroubleCode};
use serde_json::json;
use test_station::{Browser, until};

use crate::counter::Counter;

/// Signs in and expects the trouble; the welcome stays usable.
async fn check(
    browser: Browser,
    switches: serde_json::Value,
    changes: &[(&str, &str)],
    code: &str,
) {
    let counter = Counter::open(browser, changes).await;
    counter.tenant.control("switches", switches).await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.trouble(code).await;
    counter.reach("welcome").await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.act(OperatorAction::CancelSignIn).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_fails_says_why() {
    check(Browser::Declines, json!({}), &[], "S101").await;
    check(Browser::Fails, json!({}), &[], "S110").await;
    check(
        Browser::SignsIn(0),
        json!({"sign_in_down": true}),
        &[],
        "N104",
    )
    .await;
    check(
        Browser::SignsIn(0),
        json!({"id_token_fault": "nonce"}),
        &[],
        "S108",
    )
    .await;
    check(
        Browser::SignsIn(0),
        json!({"id_token_fault": "signature"}),
        &[],
        "S108",
    )
    .await;
}

/// A tenant that does not exist, and one that cannot be reached.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_address_says_so() {
    let tenant = test_station::Tenant::start().await;
    let data = tempfile::tempdir().unwrap();
    let config = tenant.config(&[]).replace(
        &tenant.info().tenant_id,
        "11111111-2222-4333-8444-555555555555",
    );
    let station = tenant.station(&config, data.path(), Browser::SignsIn(0));
    station.operator_act(OperatorAction::SignIn).await.unwrap();
    test_station::until(&station, "S103", |view, _| {
        view.trouble
            .as_ref()
            .is_some_and(|trouble| trouble.code == "S103")
            .then_some(())
    })
    .await;
    // Port 9 of loopback is closed on any sane machine.
    let data = tempfile::tempdir().unwrap();
    let port = tenant
        .info()
        .graph_http
        .split(':')
        .nth(2)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned();
    let config = tenant.config(&[]).replace(&format!(":{port}"), ":9");
    let station = tenant.station(&config, data.path(), Browser::SignsIn(0));
    station.operator_act(OperatorAction::SignIn).await.unwrap();
    test_station::until(&station, "N101", |view, _| {
        view.trouble
            .as_ref()
            .is_some_and(|trouble| trouble.code == "N101")
            .then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_can_be_cancelled_and_begun_again() {
    let counter = Counter::open(Browser::NeverComes, &[]).await;
    for _ in 0..2 {
        counter.act(OperatorAction::SignIn).await.unwrap();
        counter.reach("signing_in").await;
        counter.act(OperatorAction::CancelSignIn).await.unwrap();
        counter.reach("welcome").await;
    }
    assert_eq!(
        counter.act(OperatorAction::StartVisit).await,
        Err(TroubleCode::NotNow)
    );
}

/// Lock forgets the tokens; only the same person goes on with an open visit.
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_desk_keeps_the_visit_for_the_same_operator() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.board(entra_sim::Case::Plain).await;
    counter.issue(visit).await;
    counter.act(OperatorAction::Lock).await.unwrap();
    counter.reach("locked").await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("board").await;
    counter.stage(onboarding::PassStage::Live).await;
}

/// Without a refresh token, a visit is not begun on a token that would end in it.
#[tokio::test(flavor = "multi_thread")]
async fn a_short_token_is_not_enough_for_a_visit() {
    let counter = Counter::open(
        Browser::SignsIn(0),
        &[("refresh = \"memory\"", "refresh = \"none\"")],
    )
    .await;
    counter
        .tenant
        .control("switches", json!({"issue_token_life_s": 1200}))
        .await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    assert_eq!(
        counter.act(OperatorAction::StartVisit).await,
        Err(TroubleCode::TokenTooShort)
    );
}

/// N8: two requests more after the sign-in say what the site's features lack. Here nothing is missing.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_site_lacks_is_known_after_the_sign_in_n8() {
    let counter = Counter::open(Browser::SignsIn(0), &[]).await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    let lines = told(&counter).await;
    for what in [
        "issuing",
        "methods",
        "finding",
        "pass-policy",
        "phone-sign-in",
        "domains",
    ] {
        let told = state(&lines, &format!("op-ready-{what}"));
        assert_eq!(told, Some(Readiness::There), "{what}");
    }
    assert!(lines.iter().all(|line| line.state != Readiness::Missing));
}

/// What the first screen says of rights and rules, once everything was read.
async fn told(counter: &Counter) -> Vec<ReadinessLine> {
    until(&counter.station, "the lines", |view, _| {
        match &view.screen {
            OperatorScreen::Home { readiness, .. } if !readiness.is_empty() => {
                Some(readiness.clone())
            }
            _ => None,
        }
    })
    .await
}

fn state(lines: &[ReadinessLine], what: &str) -> Option<Readiness> {
    let mut lines = lines.iter().filter(|line| line.what.key == what);
    lines.next().map(|line| line.state)
}
