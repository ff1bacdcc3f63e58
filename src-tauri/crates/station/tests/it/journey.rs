//! The main job from sign-in to the receipt.

use entra_sim::Case;
use onboarding::{
    FindBy, InFront, Light, OperatorAction, OperatorScreen, PassEnd, PassStage, PersonScreen,
    RegisteredKind, VisitAction, VisitScreen,
};
use test_station::until;

use crate::counter::{Counter, lit};
use crate::issuing::live_passes;

/// S03, S18, S24–S30, S53, N1, N10, N13.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_registered_and_the_record_says_how() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.visit().await;
    // S26–S28: the everyday name becomes the sign-in name.
    counter
        .find(visit, "ｆｃｔｖ－ｕｓｅｒ", FindBy::Organisation)
        .await;
    counter.reach("found").await;
    counter
        .wants(visit, VisitAction::ConfirmPerson)
        .await
        .unwrap();
    counter.check(visit).await;
    counter
        .wants(
            visit,
            VisitAction::GoTo {
                row: "a6".to_owned(),
            },
        )
        .await
        .unwrap();
    counter.issue(visit).await;
    let pass = counter.read_pass(visit).await;
    let operator = serde_json::to_string(&counter.station.operator_view().await.unwrap()).unwrap();
    assert!(
        !operator.contains(&pass),
        "the operator's view holds no pass"
    );

    let answer = counter.register(Case::Plain, &pass, "tap").await;
    assert_eq!(answer["ok"], true, "{answer}");
    registered(&counter).await;
    counter
        .wants(visit, VisitAction::Finish { leave_pass: false })
        .await
        .unwrap();
    counter.reach("receipt").await;
    let before = counter.station.changes().borrow().rebuilds;
    counter.wants(visit, VisitAction::Close).await.unwrap();
    counter.reach("home").await;
    assert_eq!(
        counter.station.changes().borrow().rebuilds,
        before + 1,
        "the windows are built anew"
    );
    let person = counter.station.person_view(Some(visit)).await;
    assert!(person.is_err(), "the old window sees nothing any more");

    let record = counter.record_with("visit_ended", 1).await;
    in_order(&record);
    assert!(!record.contains(&pass), "the record holds no pass");
}

/// Both screens tell the registration, and the lights moved the rows.
async fn registered(counter: &Counter) {
    until(&counter.station, "registered", |view, person| {
        match (&view.screen, &person.screen) {
            (
                OperatorScreen::Visit(InFront {
                    screen:
                        VisitScreen::Board {
                            live,
                            registered: Some(kind),
                            row,
                            ..
                        },
                    ..
                }),
                PersonScreen::Registered { device_name, .. },
            ) => {
                assert_eq!(*kind, RegisteredKind::PhoneSignIn);
                assert_eq!(device_name.as_deref(), Some("花子の iPhone"));
                assert!(
                    lit(live, Light::PassEntered)
                        && lit(live, Light::PhoneSignInReady)
                        && lit(live, Light::DeviceRegistered)
                );
                assert_eq!(row, "a12", "the live check moved the rows on");
                Some(())
            }
            _ => None,
        }
    })
    .await;
}

/// What happened stands in the record in the order in which it happened.
fn in_order(record: &str) {
    let order = [
        "pass_intent",
        "pass_issued",
        "pass_entered",
        "registered",
        "visit_ended",
    ];
    let places: Vec<_> = order
        .iter()
        .map(|event| record.find(event).unwrap_or(usize::MAX))
        .collect();
    assert!(
        places.is_sorted() && !places.contains(&usize::MAX),
        "{record}"
    );
}

/// An unused pass is taken back unless it is left by choice.
#[tokio::test(flavor = "multi_thread")]
async fn an_unused_pass_goes_with_the_visit() {
    let check = async |leave_pass: bool, fate: PassEnd, left: usize| {
        let counter = Counter::signed_in(0, &[]).await;
        let visit = counter.board(Case::Plain).await;
        counter.issue(visit).await;
        counter
            .wants(visit, VisitAction::LeaveUnfinished { leave_pass })
            .await
            .unwrap();
        until(&counter.station, "the receipt", |view, _| {
            match &view.screen {
                OperatorScreen::Visit(InFront {
                    screen: VisitScreen::Receipt { end, .. },
                    ..
                }) => {
                    assert_eq!(end.pass, fate);
                    Some(())
                }
                _ => None,
            }
        })
        .await;
        assert_eq!(live_passes(&counter, Case::Plain).await, left);
    };
    check(false, PassEnd::Removed, 0).await;
    check(true, PassEnd::Left, 1).await;
}

/// A push-only entry is not passwordless (N1), and an upgrade of it is.
#[tokio::test(flavor = "multi_thread")]
async fn push_only_is_said_and_does_not_end_the_wait() {
    let counter = Counter::signed_in(0, &[("once = true", "once = false")]).await;
    let visit = counter.board(Case::Plain).await;
    counter.issue(visit).await;
    let pass = counter.read_pass(visit).await;
    let answer = counter.register(Case::Plain, &pass, "push").await;
    assert_eq!(answer["ok"], true, "{answer}");
    until(&counter.station, "push only", |view, _| {
        match &view.screen {
            OperatorScreen::Visit(InFront {
                screen:
                    VisitScreen::Board {
                        live, registered, ..
                    },
                ..
            }) if lit(live, Light::AuthenticatorAdded) => {
                assert_eq!(*registered, None);
                assert_eq!(live.line.key, "live-push-only");
                Some(())
            }
            _ => None,
        }
    })
    .await;
    let answer = counter.register(Case::Plain, &pass, "upgrade").await;
    assert_eq!(answer["ok"], true, "{answer}");
    until(&counter.station, "registered", |view, _| {
        match &view.screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Board { registered, .. },
                ..
            }) => *registered,
            _ => None,
        }
    })
    .await;
}

/// The person's name, work place and what is there already are seen before the check (N7).
#[tokio::test(flavor = "multi_thread")]
async fn an_old_phone_and_a_live_pass_are_said_before_they_are_replaced() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.board(Case::HasPass).await;
    let view = counter.pass().await;
    assert!(view.replaces.is_some(), "its age is on the board");
    let refused = counter
        .wants(visit, VisitAction::IssuePass { replace: false })
        .await;
    assert_eq!(refused, Err(onboarding::TroubleCode::PassExists));
    counter
        .wants(visit, VisitAction::IssuePass { replace: true })
        .await
        .unwrap();
    counter.stage(PassStage::Live).await;
    assert!(
        counter.record().contains("\"replaces\":\""),
        "what was replaced is recorded"
    );
}

/// Where a second pass is refused while the first lives, the first is removed as agreed.
#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_that_refuses_a_second_pass_is_served_too() {
    for answer in ["400", "409"] {
        let counter = Counter::signed_in(0, &[]).await;
        counter
            .tenant
            .control("switches", serde_json::json!({"second_tap": answer}))
            .await;
        let visit = counter.board(Case::HasPass).await;
        counter
            .wants(visit, VisitAction::IssuePass { replace: true })
            .await
            .unwrap();
        counter.stage(PassStage::Live).await;
    }
}

/// The next visit begins with nothing of the last one.
#[tokio::test(flavor = "multi_thread")]
async fn two_visits_in_a_row() {
    let counter = Counter::signed_in(0, &[]).await;
    for case in [Case::Plain, Case::Partner] {
        let visit = counter.board(case).await;
        counter.issue(visit).await;
        counter.wants(visit, VisitAction::Cancel).await.unwrap();
        counter.reach("receipt").await;
        counter.wants(visit, VisitAction::Close).await.unwrap();
        counter.reach("home").await;
    }
    counter.act(OperatorAction::SignOut).await.unwrap();
    counter.reach("welcome").await;
}
