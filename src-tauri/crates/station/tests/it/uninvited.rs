//! What nobody was led to, over HTTP: named as it comes, removed where the right is there (N21).

use entra_sim::Case;
use onboarding::{OperatorAction, UninvitedKind, UninvitedView, VisitAction};
use serde_json::json;
use test_station::{Browser, until};

use crate::counter::Counter;

const SCOPES: (&str, &str) = (
    "\"Policy.Read.AuthenticationMethod\",",
    "\"Policy.Read.AuthenticationMethod\", \"UserAuthMethod-Phone.ReadWrite.All\", \"UserAuthMethod-WindowsHello.ReadWrite.All\",",
);
/// The second of them was not granted.
const GRANTED: &str = "UserAuthMethod-TAP.ReadWrite.All UserAuthenticationMethod.Read.All User.Read.All \
    Policy.Read.AuthenticationMethod openid profile offline_access UserAuthMethod-Phone.ReadWrite.All";

async fn told(counter: &Counter, kind: UninvitedKind) -> UninvitedView {
    until(&counter.station, "a method nobody was led to", |view, _| {
        view.uninvited
            .iter()
            .find(|told| told.kind == kind)
            .cloned()
    })
    .await
}

fn decide(told: &UninvitedView, remove: bool) -> OperatorAction {
    let which = told.which.clone();
    OperatorAction::DecideOnMethod { which, remove }
}

#[tokio::test(flavor = "multi_thread")]
async fn n21_a_number_that_comes_is_removed_and_another_kind_is_named_without_a_right() {
    let counter = Counter::open(Browser::SignsIn(0), &[SCOPES]).await;
    let granted = json!({ "consented_scopes": GRANTED });
    counter.tenant.control("switches", granted).await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    let visit = counter.board(Case::Plain).await;
    counter.issue(visit).await;
    let (upn, _) = counter.tenant.person(Case::Plain);
    for method in [
        json!({ "type": "phone", "number": "+81 90 0000 0000" }),
        json!({ "type": "windows_hello", "name": "DESK-1" }),
    ] {
        let body = json!({ "upn": upn, "method": method });
        counter.tenant.control("users/methods", body).await;
    }
    counter.wants(visit, VisitAction::LookNow).await.unwrap();
    let number = told(&counter, UninvitedKind::Phone).await;
    assert!(number.may_remove, "the right was granted");
    let hello = told(&counter, UninvitedKind::WindowsHello).await;
    assert!(!hello.may_remove, "the right was not granted");
    counter.act(decide(&number, true)).await.unwrap();
    until(&counter.station, "nothing more of the number", |view, _| {
        let gone = view
            .uninvited
            .iter()
            .all(|told| told.kind != UninvitedKind::Phone);
        gone.then_some(())
    })
    .await;
    assert!(counter.act(decide(&hello, true)).await.is_err());
    counter.act(decide(&hello, false)).await.unwrap();
    let state = counter.tenant.state().await;
    let users = state["users"].as_array().unwrap();
    let user = users.iter().find(|user| user["upn"] == upn.as_str());
    let methods = user.unwrap()["methods"].to_string();
    assert!(
        !methods.contains(&number.which.method),
        "the number is still there"
    );
    assert!(
        methods.contains(&hello.which.method),
        "what is the person's stays"
    );
    for event in ["method_uninvited", "method_decided", "method_removed"] {
        counter.recorded(event).await;
    }
}
