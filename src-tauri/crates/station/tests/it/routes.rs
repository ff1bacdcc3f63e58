//! The other walk-throughs to their ends, and the end of what cannot be done today (S17, S31, N3, S53).

use entra_sim::Case;
use onboarding::{
    InFront, Light, NotPossibleReason, OperatorScreen, PassEnd, PersonScreen, PhoneQuestion,
    RegisteredKind, Route, VisitAction, VisitId, VisitScreen,
};
use test_station::until;

use crate::counter::{Counter, lit};
use crate::issuing::live_passes;

/// Waits until the board shows this route and row.
async fn at(counter: &Counter, wanted: Route, at: &str) {
    until(&counter.station, at, |view, _| match &view.screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { route, row, .. },
            ..
        }) => (*route == wanted && row == at).then_some(()),
        _ => None,
    })
    .await;
}

async fn go_to(counter: &Counter, visit: VisitId, row: &str) {
    let row = row.to_owned();
    let go = VisitAction::GoTo { row };
    counter.wants(visit, go).await.unwrap();
}

/// Issues, registers in this way, and waits for the live check to say so on both screens.
async fn registered(counter: &Counter, visit: VisitId, case: Case, way: &str) -> String {
    counter.issue(visit).await;
    let pass = counter.read_pass(visit).await;
    let answer = counter.register(case, &pass, way).await;
    assert_eq!(answer["ok"], true, "{answer}");
    let row = until(&counter.station, "registered", |view, person| {
        match (&view.screen, &person.screen) {
            (
                OperatorScreen::Visit(InFront {
                    screen:
                        VisitScreen::Board {
                            registered: Some(kind),
                            live,
                            row,
                            ..
                        },
                    ..
                }),
                PersonScreen::Registered { kind: told, .. },
            ) => {
                let (wanted, light) = match way {
                    "passkey" => (RegisteredKind::Passkey, Light::PasskeyReady),
                    _ => (RegisteredKind::PhoneSignIn, Light::PhoneSignInReady),
                };
                assert_eq!((*kind, *told), (wanted, wanted));
                assert!(lit(live, Light::PassEntered) && lit(live, light));
                Some(row.clone())
            }
            _ => None,
        }
    })
    .await;
    let finish = VisitAction::Finish { leave_pass: false };
    counter.wants(visit, finish).await.unwrap();
    counter.reach("receipt").await;
    let record = counter.record_with("visit_ended", 1).await;
    assert!(!record.contains(&pass), "no pass in the record");
    row
}

/// The events of the record in order, with what they say of the route.
fn routes(record: &str) -> Vec<&str> {
    let told = |line: &&str| line.contains("\"event\":\"route_chosen\"");
    let named = |line: &'_ str| {
        ["add_account", "enable_phone_sign_in", "create_passkey"]
            .into_iter()
            .find(|route| line.contains(route))
    };
    record.lines().filter(told).filter_map(named).collect()
}

/// S17, S31.1–S31.10: the account is in the app, for notifications only; it gets phone sign-in with a pass, and no
/// password is typed anywhere.
#[tokio::test(flavor = "multi_thread")]
async fn walk_through_b_ends_registered_s31() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.board(Case::HasPush).await;
    at(&counter, Route::AddAccount, "install").await;
    let answer = VisitAction::AnswerPhone {
        asked: PhoneQuestion::AccountInApp,
        yes: true,
    };
    counter.wants(visit, answer).await.unwrap();
    at(&counter, Route::EnablePhoneSignIn, "b1").await;
    go_to(&counter, visit, "b2").await;
    assert!(counter.pass().await.due, "before B3 asks");
    let row = registered(&counter, visit, Case::HasPush, "upgrade").await;
    assert_eq!(row, "b9", "the live check moved the rows on");
    assert_eq!(routes(&counter.record()), ["enable_phone_sign_in"]);
}

/// Walk-through C: the account is added with a pass, and a passkey with it.
#[tokio::test(flavor = "multi_thread")]
async fn walk_through_c_ends_registered() {
    let counter = Counter::signed_in(0, &[("done = \"phone_sign_in\"", "done = \"either\"")]).await;
    let visit = counter.board(Case::Plain).await;
    let answer = VisitAction::AnswerPhone {
        asked: PhoneQuestion::AppInstalled,
        yes: true,
    };
    counter.wants(visit, answer).await.unwrap();
    at(&counter, Route::AddAccount, "a1").await;
    let route = Route::CreatePasskey;
    let choose = VisitAction::ChooseRoute { route };
    counter.wants(visit, choose).await.unwrap();
    at(&counter, Route::CreatePasskey, "c1").await;
    go_to(&counter, visit, "c5").await;
    let row = registered(&counter, visit, Case::Plain, "passkey").await;
    assert_eq!(row, "c11", "the live check moved the rows on");
    assert_eq!(routes(&counter.record()), ["create_passkey"]);
}

/// A wrong turn at B3: one press leads to the route that adds the account with the same pass (S31.3, P3).
#[tokio::test(flavor = "multi_thread")]
async fn from_b3_to_the_route_with_the_pass_n3() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.board(Case::Plain).await;
    for route in [Route::EnablePhoneSignIn, Route::AddAccount] {
        let choose = VisitAction::ChooseRoute { route };
        counter.wants(visit, choose).await.unwrap();
    }
    let row = registered(&counter, visit, Case::Plain, "tap").await;
    assert_eq!(row, "a12");
    let record = counter.record();
    assert_eq!(routes(&record), ["enable_phone_sign_in", "add_account"]);
}

/// The reason is in the record, and the pass goes as with any ending (N3, S53).
#[tokio::test(flavor = "multi_thread")]
async fn not_today_is_recorded_with_its_reason_and_takes_the_pass_back() {
    let counter = Counter::signed_in(0, &[]).await;
    for (why, reason) in [
        (NotPossibleReason::PhoneTooOld, "not_possible_phone_too_old"),
        (
            NotPossibleReason::NoScreenLock,
            "not_possible_no_screen_lock",
        ),
        (
            NotPossibleReason::NoSmartphone,
            "not_possible_no_smartphone",
        ),
    ] {
        let visit = counter.board(Case::Plain).await;
        counter.issue(visit).await;
        let end = VisitAction::NotToday {
            why,
            leave_pass: false,
        };
        counter.wants(visit, end).await.unwrap();
        until(&counter.station, reason, |view, _| match &view.screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Receipt { end, .. },
                ..
            }) => {
                assert_eq!(end.pass, PassEnd::Removed);
                Some(())
            }
            _ => None,
        })
        .await;
        assert_eq!(live_passes(&counter, Case::Plain).await, 0);
        let record = counter.record_with(reason, 1).await;
        let last = record.lines().rfind(|line| line.contains("visit_ended"));
        assert!(last.is_some_and(|line| line.contains(reason)), "{record}");
        counter.wants(visit, VisitAction::Close).await.unwrap();
        counter.reach("home").await;
    }
}
