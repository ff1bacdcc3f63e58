//! `scopes = "narrow"` at a tenant that granted no more.

use entra_sim::Case;
use onboarding::{InFront, OperatorScreen, RegisteredKind, VisitAction, VisitScreen};
use serde_json::json;
use test_station::{Browser, until};

use crate::counter::Counter;

const NARROW: (&str, &str) = ("scopes = \"wide\"", "scopes = \"narrow\"");
const GRANTED: &str = "UserAuthMethod-TAP.ReadWrite.All UserAuthMethod-MicrosoftAuthApp.Read.All \
    UserAuthMethod-Passkey.Read.All User.Read.All Policy.Read.AuthenticationMethod openid profile offline_access";

/// The sign-in asks for the narrow rights and gets them, and with them a person is registered.
#[tokio::test(flavor = "multi_thread")]
async fn narrow_rights_are_enough_for_a_whole_visit() {
    let counter = Counter::open(Browser::SignsIn(0), &[NARROW]).await;
    let granted = json!({"consented_scopes": GRANTED});
    counter.tenant.control("switches", granted).await;
    counter
        .act(onboarding::OperatorAction::SignIn)
        .await
        .unwrap();
    counter.reach("home").await;
    let view = counter.station.operator_view().await.unwrap();
    assert_eq!(view.operator.unwrap().missing_scopes, [""; 0]);
    let visit = counter.board(Case::Plain).await;
    let row = "a6".to_owned();
    let go = VisitAction::GoTo { row };
    counter.wants(visit, go).await.unwrap();
    counter.issue(visit).await;
    let pass = counter.read_pass(visit).await;
    until(&counter.station, "the words", |view, _| {
        let OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { live, .. },
            ..
        }) = &view.screen
        else {
            return None;
        };
        let slow = |note: &onboarding::Message| note.key == "live-note-narrow";
        live.notes.iter().any(slow).then_some(())
    })
    .await;
    let answer = counter.register(Case::Plain, &pass, "tap").await;
    assert_eq!(answer["ok"], true, "{answer}");
    let row = "a9".to_owned();
    let go = VisitAction::GoTo { row };
    counter.wants(visit, go).await.unwrap();
    until(&counter.station, "registered", |view, _| {
        match &view.screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Board { registered, .. },
                ..
            }) => registered
                .is_some_and(|kind| kind == RegisteredKind::PhoneSignIn)
                .then_some(()),
            _ => None,
        }
    })
    .await;
}

/// The wide read is not one of those rights, and a station that needs it says what is missing.
#[tokio::test(flavor = "multi_thread")]
async fn a_wide_station_with_narrow_rights_says_what_is_missing() {
    let counter = Counter::open(Browser::SignsIn(0), &[]).await;
    let granted = json!({"consented_scopes": GRANTED});
    counter.tenant.control("switches", granted).await;
    counter
        .act(onboarding::OperatorAction::SignIn)
        .await
        .unwrap();
    counter.reach("home").await;
    let view = counter.station.operator_view().await.unwrap();
    let missing = view.operator.unwrap().missing_scopes;
    assert_eq!(missing, ["UserAuthenticationMethod.Read.All"]);
}
