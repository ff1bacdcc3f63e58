//! Who signs in: what the browser is started with, whom the station expects, what it was asked for, and the way out
//! (T2, T19, O21, O22, F9).

use std::sync::{Arc, Mutex};

use entra_sim::Case;
use onboarding::{OperatorAction, OperatorScreen, VisitAction};
use serde_json::json;
use station::LastOperator;
use test_station::{Opened, Tenant, until};

use crate::counter::Counter;

/// What the credential store would keep.
struct Memory(Mutex<Option<String>>);

impl LastOperator for Memory {
    fn recall(&self) -> Option<String> {
        self.0.lock().unwrap().clone()
    }

    fn remember(&self, upn: &str) {
        *self.0.lock().unwrap() = Some(upn.to_owned());
    }
}

/// A counter whose browser signs this account in, and which remembers that one.
fn counter(tenant: Tenant, account: (&str, &str), last: &str) -> (Counter, Opened, Arc<Memory>) {
    let data = tempfile::tempdir().unwrap();
    let config = tenant.config(&[]);
    let (browser, opened) = tenant.recording_browser(account.0, account.1);
    let memory = Arc::new(Memory(Mutex::new(Some(last.to_owned()))));
    let station = tenant.station_of(&config, data.path(), browser, Some(memory.clone()));
    let counter = Counter {
        tenant,
        station,
        data,
        config,
    };
    (counter, opened, memory)
}

async fn of_operator(last: &str) -> (Counter, Opened, Arc<Memory>) {
    let tenant = Tenant::start().await;
    let operator = tenant.info().operators[0].clone();
    counter(tenant, (&operator.upn, &operator.password), last)
}

/// Waits until the browser was opened so often; the last address and where it led.
async fn opened(log: &Opened, times: usize) -> (String, Option<String>) {
    // The browser is another process to the station: nothing there changes when it has opened.
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(20));
    for _ in 0..1_000 {
        looks.tick().await;
        let log = log.lock().unwrap();
        if log.len() == times {
            return log.last().unwrap().clone();
        }
    }
    panic!("the browser was not opened for the {times}. time")
}

/// Everybody on the machine can read a command line: it holds nothing of the sign-in.
#[tokio::test(flavor = "multi_thread")]
async fn the_browser_is_started_with_nothing_of_the_sign_in_t19() {
    let (counter, log, _) = of_operator("").await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    let (started, leads_to) = opened(&log, 1).await;
    for word in [
        "state",
        "nonce",
        "challenge",
        "client_id",
        "authorize",
        "login_hint",
    ] {
        assert!(!started.contains(word), "{word} in {started}");
        assert!(
            word == "login_hint" || leads_to.as_ref().unwrap().contains(word),
            "{word}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_account_than_the_remembered_one_waits_for_a_yes_t19() {
    let (counter, log, memory) = of_operator("someone.else@cablechan.biz").await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("confirm_operator").await;
    let hint = opened(&log, 1).await.1.unwrap();
    assert!(
        hint.contains("login_hint=someone.else%40cablechan.biz"),
        "{hint}"
    );
    let view = counter.station.operator_view().await.unwrap();
    let OperatorScreen::ConfirmOperator { upn, expected, .. } = view.screen else {
        panic!("another screen")
    };
    let own = counter.tenant.info().operators[0].upn.clone();
    assert_eq!(
        (upn.as_str(), expected.as_str()),
        (own.as_str(), "someone.else@cablechan.biz")
    );
    assert!(
        !counter.record().contains("operator_signed_in"),
        "nothing is done"
    );
    assert_eq!(
        memory.recall().as_deref(),
        Some("someone.else@cablechan.biz")
    );
    counter.act(OperatorAction::RefuseOperator).await.unwrap();
    counter.trouble("S121").await;
    assert_eq!(
        memory.recall().as_deref(),
        Some("someone.else@cablechan.biz")
    );

    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("confirm_operator").await;
    counter.act(OperatorAction::ConfirmOperator).await.unwrap();
    counter.reach("home").await;
    counter.recorded("operator_signed_in").await;
    until(&counter.station, "the new name", |_, _| {
        (memory.recall() == Some(own.clone())).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_of_the_tenant_is_no_operator_t19() {
    let tenant = Tenant::start().await;
    let (upn, _) = tenant.person(Case::GuestInternal);
    let state = tenant.state().await;
    let users = state["users"].as_array().unwrap();
    let guest = users
        .iter()
        .find(|user| user["upn"] == upn.as_str())
        .unwrap();
    let password = guest["password"].as_str().unwrap().to_owned();
    let (counter, _, _) = counter(tenant, (&upn, &password), &upn);
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.trouble("S115").await;
    counter.reach("welcome").await;
    counter.recorded("S115").await;
}

/// A lock leaves the browser alone: whoever comes back is the same.
#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_browsers_session_and_a_lock_does_not_o21_t2() {
    let tenant = Tenant::start().await;
    let own = tenant.info().operators[0].clone();
    let (counter, log, _) = counter(tenant, (&own.upn, &own.password), &own.upn);
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    counter.act(OperatorAction::Lock).await.unwrap();
    counter.reach("locked").await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    assert_eq!(
        log.lock().unwrap().len(),
        2,
        "two sign-ins and nothing else"
    );
    counter.act(OperatorAction::SignOut).await.unwrap();
    let (address, _) = opened(&log, 3).await;
    let authority = &counter.tenant.info().authority_http;
    assert_eq!(address, format!("{authority}/oauth2/v2.0/logout"));
}

/// The tenant wants more of the operator than a renewal can give. The next sign-in asks for it, once, and the visit
/// is where it was.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_renewal_cannot_satisfy_is_asked_for_at_the_sign_in_o22_f9() {
    let tenant = Tenant::start().await;
    let own = tenant.info().operators[0].clone();
    let (counter, log, _) = counter(tenant, (&own.upn, &own.password), &own.upn);
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    let visit = counter.board(Case::Plain).await;
    // Once for the token in hand, once for the renewed one.
    let fault = json!({"method": "GET", "path": "/v1.0/users", "fault": "claims", "times": 2});
    counter.tenant.control("faults", fault).await;
    counter
        .wants(visit, VisitAction::IssuePass { replace: false })
        .await
        .unwrap();
    until(
        &counter.station,
        "a board without a token",
        |view, _| match &view.screen {
            OperatorScreen::Visit(onboarding::InFront {
                screen: onboarding::VisitScreen::Board { sign_in_again, .. },
                ..
            }) => sign_in_again.then_some(()),
            _ => None,
        },
    )
    .await;
    for times in 2..=3 {
        counter.act(OperatorAction::SignIn).await.unwrap();
        counter.reach("board").await;
        let asked = opened(&log, times).await.1.unwrap();
        assert_eq!(asked.contains("claims=%7B"), times == 2, "once: {asked}");
        if times == 2 {
            counter.act(OperatorAction::Lock).await.unwrap();
            counter.reach("locked").await;
        }
    }
    assert_eq!(counter.current().await, visit);
    counter.issue(visit).await;
    let (upn, _) = counter.tenant.person(Case::Plain);
    assert!(counter.record().contains(&upn));
}

/// A guest whom somebody else's record would make a member is not signed in (T19).
#[tokio::test(flavor = "multi_thread")]
async fn an_operator_of_whom_somebody_elses_record_came_is_not_signed_in_f27() {
    let tenant = Tenant::start().await;
    let operator = tenant.info().operators[0].clone();
    let fault = json!({"method": "GET", "path": "/users/{u}", "fault": "other_user"});
    tenant.control("faults", fault).await;
    let (counter, _opened, _) = counter(tenant, (&operator.upn, &operator.password), &operator.upn);
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.trouble("N106").await;
    let view = counter.station.operator_view().await.unwrap();
    let seen = serde_json::to_value(&view.screen).unwrap();
    assert_ne!(seen["screen"], "home");
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
}
