//! A colleague confirms a pass, over HTTP (N26).

use entra_sim::{Case, OperatorInfo};
use onboarding::{OperatorAction, VisitAction, VisitId};
use serde_json::json;
use test_station::{Opened, Tenant, until};

use crate::counter::Counter;

const LIMIT: &str = "passes_per_hour = 30";

/// What the operator's screen says of the pass that waits.
async fn says(counter: &Counter, state: &str) {
    until(&counter.station, state, |view, _| {
        let seen = serde_json::to_value(&view.screen).unwrap();
        (seen["colleague"]["state"] == state).then_some(())
    })
    .await;
}

async fn oid(tenant: &Tenant, upn: &str) -> String {
    let state = tenant.state().await;
    let users = state["users"].as_array().unwrap();
    let user = users.iter().find(|user| user["upn"] == upn).unwrap();
    user["id"].as_str().unwrap().to_owned()
}

/// A counter that has checked a person without a document, and at whose browser these sit one after the other.
async fn held(
    tenant: Tenant,
    confirmers: &str,
    turns: Vec<Option<OperatorInfo>>,
) -> (Counter, VisitId, Opened) {
    let lines =
        format!("{LIMIT}\nfour_eyes = [\"no_document\"]\ndocuments = [\"photo-id\"]\n{confirmers}");
    let config = tenant.config(&[(LIMIT, &lines)]);
    let data = tempfile::tempdir().unwrap();
    let (browser, opened) = tenant.browser_in_turn(turns);
    let station = tenant.station_of(&config, data.path(), browser, None);
    let counter = Counter {
        tenant,
        station,
        data,
        config,
    };
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    let visit = counter.board(Case::Plain).await;
    says(&counter, "needed").await;
    (counter, visit, opened)
}

#[tokio::test(flavor = "multi_thread")]
async fn n26_a_colleague_signs_in_confirms_one_pass_and_leaves_nothing_behind() {
    let tenant = Tenant::start().await;
    let operators = tenant.info().operators.clone();
    let colleague = oid(&tenant, &operators[1].upn).await;
    let confirmers = format!("confirmers = [\"{colleague}\"]");
    let turns = vec![Some(operators[0].clone()), Some(operators[1].clone())];
    let (counter, visit, opened) = held(tenant, &confirmers, turns).await;
    let issue = VisitAction::IssuePass { replace: false };
    let refused = counter.wants(visit, issue).await.unwrap_err();
    assert_eq!(refused.short(), "T430");
    counter
        .wants(visit, VisitAction::AskColleague)
        .await
        .unwrap();
    says(&counter, "confirmed").await;
    // The operator's own token did not change hands: with it the pass is issued.
    counter.issue(visit).await;
    let record = counter.record();
    assert!(record.contains("colleague_confirmed"));
    let intent = record
        .lines()
        .find(|line| line.contains("pass_intent"))
        .unwrap();
    assert!(
        intent.contains(&format!("\"confirmed_by\":\"{colleague}\"")),
        "{intent}"
    );
    assert_eq!(record.matches("operator_signed_in").count(), 1);
    until(&counter.station, "the sign-out", |_, _| {
        (opened.lock().unwrap().len() == 3).then_some(())
    })
    .await;
    let opened = opened.lock().unwrap().clone();
    let [_, (_, asked), (last, None)] = &opened[..] else {
        panic!("{opened:?}");
    };
    let asked: url::Url = asked.as_ref().unwrap().parse().unwrap();
    let says = |key: &str| {
        let said = asked.query_pairs().find(|(name, _)| name == key);
        said.map(|(_, value)| value.into_owned())
    };
    assert_eq!(says("scope").unwrap(), "openid profile");
    assert_eq!(says("prompt").unwrap(), "login");
    assert!(says("claims").unwrap().contains("auth_time"));
    assert_eq!(says("login_hint"), None);
    assert!(
        last.contains("logout"),
        "the browser's own session ends, too: {last}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn n26_whoever_is_not_the_colleague_the_site_means_confirms_nothing() {
    let tenant = Tenant::start().await;
    let operators = tenant.info().operators.clone();
    let members = json!({"display_name": "四つの目", "members": [operators[2].upn]});
    let group = tenant.control("groups", members).await;
    let confirmers = format!("confirmer_group = \"{}\"", group["id"].as_str().unwrap());
    let turn = |place: usize| Some(operators[place].clone());
    let turns = vec![turn(0), turn(0), turn(1), None, turn(2)];
    let (counter, visit, opened) = held(tenant, &confirmers, turns).await;
    // The operator again, somebody who is not in the group, and nobody.
    for code in ["T431", "T435", "T436"] {
        counter
            .wants(visit, VisitAction::AskColleague)
            .await
            .unwrap();
        counter.trouble(code).await;
        counter.recorded(&format!("\"code\":\"{code}\"")).await;
        says(&counter, "needed").await;
    }
    assert!(!counter.record().contains("pass_intent"));
    counter
        .wants(visit, VisitAction::AskColleague)
        .await
        .unwrap();
    says(&counter, "confirmed").await;
    counter.issue(visit).await;
    // However each of the four ended, the browser kept nobody's session: that of who was refused neither.
    until(&counter.station, "four sign-outs", |_, _| {
        let opened = opened.lock().unwrap();
        let out = opened
            .iter()
            .filter(|(address, _)| address.contains("logout"));
        (out.count() == 4).then_some(())
    })
    .await;
}

/// A guest whom somebody else's record would make a member, and a colleague who was disabled after the word.
#[tokio::test(flavor = "multi_thread")]
async fn n26_somebody_elses_record_confirms_nothing_f27_and_a_word_is_looked_at_again_t17() {
    let tenant = Tenant::start().await;
    let operators = tenant.info().operators.clone();
    let one = oid(&tenant, &operators[1].upn).await;
    let two = oid(&tenant, &operators[2].upn).await;
    let confirmers = format!("confirmers = [\"{one}\", \"{two}\"]");
    let turn = |place: usize| Some(operators[place].clone());
    let turns = vec![turn(0), turn(1), turn(2)];
    let (counter, visit, _opened) = held(tenant, &confirmers, turns).await;
    let fault = json!({"method": "GET", "path": "/users/{u}", "fault": "other_user"});
    counter.tenant.control("faults", fault).await;
    let ask = || counter.wants(visit, VisitAction::AskColleague);
    ask().await.unwrap();
    counter.trouble("T438").await;
    says(&counter, "needed").await;
    ask().await.unwrap();
    says(&counter, "confirmed").await;
    let change = json!({"upn": operators[2].upn, "enabled": false});
    counter.tenant.control("users/change", change).await;
    let issue = VisitAction::IssuePass { replace: false };
    counter.wants(visit, issue).await.unwrap();
    counter.trouble("T435").await;
    says(&counter, "needed").await;
    assert!(!counter.record().contains("pass_intent"));
}
