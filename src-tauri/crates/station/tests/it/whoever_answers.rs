//! Against the real service and the real network: whatever the directory calls somebody, wherever it has heard of them so
//! far, and whoever answers in its place.

use entra_sim::Case;
use onboarding::{
    FindBy, InFront, OperatorScreen, OperatorView, TroubleView, VisitAction, VisitScreen,
};
use serde_json::json;
use test_station::until;

use crate::counter::Counter;

/// A guest whose sign-in name is made of an address that no sign-in name of this tenant could be.
async fn guest(counter: &Counter, local: &str, name: &str) -> String {
    let (known, _) = counter.tenant.person(Case::GuestExternal);
    let domain = known.rsplit_once('@').unwrap().1.to_owned();
    let upn = format!("{local}#EXT#@{domain}");
    let person = json!({"upn": upn, "display_name": name, "case": "guest_external"});
    counter.tenant.control("users", person).await;
    upn
}

fn blocked(view: &OperatorView) -> Option<(String, String)> {
    match &view.screen {
        OperatorScreen::Visit(InFront {
            screen:
                VisitScreen::Found {
                    person,
                    blocked: Some(blocked),
                    ..
                },
            ..
        }) => Some((
            blocked.code.clone(),
            format!("{}@{}", person.upn_local, person.upn_domain),
        )),
        _ => None,
    }
}

/// W3: whatever the directory calls a guest, they are shown and judged, alone and in a list.
#[tokio::test(flavor = "multi_thread")]
async fn a_guest_of_any_sign_in_name_is_shown_and_judged_w3() {
    for local in [
        "hanako+work_gmail.example",
        "h.a%n&ako=x_gmail.example",
        "\u{82b1}\u{5b50}_gmail.example",
    ] {
        let counter = Counter::signed_in(0, &[]).await;
        let upn = guest(&counter, local, "招待 花子").await;
        let visit = counter.visit().await;
        counter.find(visit, "招待 花子", FindBy::Name).await;
        let found = until(&counter.station, "the guest", |view, _| blocked(view)).await;
        assert_eq!(found, ("P206".to_owned(), upn.clone()));
        counter
            .wants(visit, VisitAction::SearchAgain)
            .await
            .unwrap();
        guest(&counter, &format!("2.{local}"), "招待 花代").await;
        counter.find(visit, "招待", FindBy::Name).await;
        let user = until(&counter.station, "both", |view, _| match &view.screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Find { choices, .. },
                ..
            }) if choices.len() == 2 => {
                let one = choices.iter().find(|choice| choice.upn == upn).unwrap();
                Some(one.user.clone())
            }
            _ => None,
        })
        .await;
        counter
            .wants(visit, VisitAction::Choose { user })
            .await
            .unwrap();
        let found = until(&counter.station, "the guest", |view, _| blocked(view)).await;
        assert_eq!(found.0, "P206");
    }
}

/// W4: somebody is found by their name just as it is stored, whatever its widths and compositions.
#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_found_when_typed_as_it_is_stored_w4() {
    for name in [
        "ﾏﾄﾞｸﾞﾁ ﾊﾅｺ",
        "\u{fa19}\u{7530} 花",
        "テ\u{3099}スク 係",
        "Ｍａｄｏ Ｈａｎａ",
        "窓口\u{3000}花世",
    ] {
        let counter = Counter::signed_in(0, &[]).await;
        let person = json!({"upn": "w4@cablechan.biz", "display_name": name});
        counter.tenant.control("users", person).await;
        let visit = counter.visit().await;
        counter.find(visit, name, FindBy::Name).await;
        counter.reach("found").await;
    }
}

/// W7: found, and a moment later not, is somebody who has not arrived everywhere yet.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_just_made_is_waited_for_and_not_misspelt_w7() {
    let counter = Counter::signed_in(0, &[]).await;
    let lag = json!({"new_person_lag_ms": 60_000});
    counter.tenant.control("switches", lag).await;
    let person = json!({"upn": "neu@cablechan.biz", "display_name": "新人 花子"});
    counter.tenant.control("users", person).await;
    let visit = counter.visit().await;
    for (text, by) in [
        ("neu@cablechan.biz", FindBy::SignInName),
        ("neu", FindBy::Organisation),
        ("新人 花子", FindBy::Name),
    ] {
        counter.find(visit, text, by).await;
        counter.trouble("P213").await;
        // Nobody of that name is something else.
        counter
            .find(visit, "nobody-here", FindBy::Organisation)
            .await;
        counter.trouble("P204").await;
    }
    let minute = json!({"advance_s": 61});
    counter.tenant.control("clock", minute).await;
    counter
        .find(visit, "neu@cablechan.biz", FindBy::SignInName)
        .await;
    counter.reach("found").await;
}

/// What the next `GET` of this fault leads to while somebody is looked for.
async fn told(fault: serde_json::Value) -> TroubleView {
    let counter = Counter::signed_in(0, &[]).await;
    counter.tenant.control("faults", fault).await;
    let visit = counter.visit().await;
    counter.find(visit, "fctv-user", FindBy::Organisation).await;
    until(&counter.station, "a trouble", |view, _| {
        view.trouble.clone()
    })
    .await
}

/// W6: what stands between does not speak for the service.
#[tokio::test(flavor = "multi_thread")]
async fn a_portal_is_the_networks_w6() {
    for fault in ["html", "redirect"] {
        let fault = json!({"method": "GET", "path": "/v1.0/users", "fault": fault});
        assert_eq!(told(fault).await.code, "N102");
    }
}

/// How the service fails one way to read methods for good.
const FOR_EVER: &[&str] = &[
    "status:403",
    "status:404",
    "status:405",
    "status:500",
    "status:501",
    "status:502",
    "status:504",
    "reset",
    "truncated",
    "malformed",
];

/// D1: where the list of everything never answers from the first look on, somebody is found, gets a pass and is seen to
/// be registered by the others.
#[tokio::test(flavor = "multi_thread")]
async fn d1_where_one_list_never_answers_a_visit_comes_to_its_end() {
    let everything = "/v1.0/users/{id}/authentication/methods";
    // So many stations sign in at once on two cores.
    for some in FOR_EVER.chunks(5) {
        let visits = some.iter().map(|fault| {
            let dead = vec![(everything, *fault)];
            tokio::spawn(registered_beside(dead))
        });
        for visit in visits.collect::<Vec<_>>() {
            visit.await.unwrap();
        }
    }
}

async fn registered_beside(dead: Vec<(&str, &str)>) {
    let counter = Counter::signed_in(0, &[]).await;
    for (path, fault) in &dead {
        let fault = json!({"method": "GET", "path": path, "fault": fault, "times": 10_000});
        counter.tenant.control("faults", fault).await;
    }
    let visit = counter.board(Case::HasPush).await;
    counter.issue(visit).await;
    let pass = counter.read_pass(visit).await;
    let answer = counter.register(Case::HasPush, &pass, "tap").await;
    assert_eq!(answer["ok"], true, "{dead:?}: {answer}");
    let looks = VisitAction::LookNow;
    counter.wants(visit, looks).await.ok();
    until(
        &counter.station,
        &format!("{dead:?}"),
        |view, _| match &view.screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Board { registered, .. },
                ..
            }) => registered.map(drop),
            _ => None,
        },
    )
    .await;
}
