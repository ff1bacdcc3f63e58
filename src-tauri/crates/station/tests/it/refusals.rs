//! Every refusal of finding, checking and issuing that a person can act on.

use entra_sim::Case;
use onboarding::{
    FindBy, InFront, MayIssue, NoteAction, OperatorAction, OperatorScreen, TroubleCode,
    VisitAction, VisitScreen,
};
use serde_json::json;
use test_station::{Tenant, until};

use crate::counter::Counter;

/// Step 3: who cannot be served is shown with the reason.
#[tokio::test(flavor = "multi_thread")]
async fn people_who_cannot_be_served_are_named_with_the_reason() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.visit().await;
    let me = counter.tenant.info().operators[0].upn.clone();
    let upn = |case| counter.tenant.person(case).0;
    let table = [
        (upn(Case::Disabled), "P205"),
        (upn(Case::Protected), "P208"),
        (me, "P207"),
    ];
    for (text, code) in table {
        counter.find(visit, &text, FindBy::SignInName).await;
        until(&counter.station, code, |view, _| match &view.screen {
            OperatorScreen::Visit(InFront {
                screen:
                    VisitScreen::Found {
                        may_continue: false,
                        blocked: Some(blocked),
                        ..
                    },
                ..
            }) => {
                assert_eq!(blocked.code, code, "{text}");
                Some(())
            }
            _ => None,
        })
        .await;
        assert!(
            counter
                .wants(visit, VisitAction::ConfirmPerson)
                .await
                .is_err(),
            "{text}"
        );
        counter
            .wants(visit, VisitAction::SearchAgain)
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_external_guest_is_refused_by_kind() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.visit().await;
    let (_, id) = counter.tenant.person(Case::GuestExternal);
    let state = counter.tenant.state().await;
    let users = state["users"].as_array().unwrap();
    let guest = users.iter().find(|user| user["id"] == id.as_str()).unwrap();
    let name = guest["display_name"]
        .as_str()
        .or(guest["displayName"].as_str())
        .unwrap()
        .to_owned();
    counter.find(visit, &name, FindBy::Name).await;
    until(&counter.station, "the guest", |view, _| {
        match &view.screen {
            OperatorScreen::Visit(InFront {
                screen:
                    VisitScreen::Found {
                        blocked: Some(blocked),
                        ..
                    },
                ..
            }) => {
                assert_eq!(blocked.code, "P206");
                Some(())
            }
            _ => None,
        }
    })
    .await;
}

/// Step 3: what was typed is refused before anything is asked of the directory. Somebody of a domain that is neither
/// kind's and the tenant's all the same is found (N5).
#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_judged_at_once() {
    let counter = Counter::signed_in(0, &[]).await;
    until(&counter.station, "the rules", |view, _| {
        let OperatorScreen::Home {
            policy_read,
            policy_trouble,
            ..
        } = &view.screen
        else {
            return None;
        };
        (*policy_read || policy_trouble.is_some()).then_some(())
    })
    .await;
    let upn = "mika.works@works.example";
    let person = json!({"upn": upn, "display_name": "Account Works"});
    counter.tenant.control("users", person).await;
    let visit = counter.visit().await;
    let table = [
        ("", FindBy::Organisation, TroubleCode::NothingTyped),
        ("　", FindBy::Name, TroubleCode::NothingTyped),
        ("山田", FindBy::Organisation, TroubleCode::NotAnAccount),
        ("fctv-user", FindBy::SignInName, TroubleCode::NotAnAccount),
        (
            "hanako@mail.cablechan.example",
            FindBy::SignInName,
            TroubleCode::UnknownDomain,
        ),
    ];
    for (text, by, code) in table {
        let find = VisitAction::Find {
            text: text.to_owned(),
            by,
        };
        assert_eq!(counter.wants(visit, find).await, Err(code), "{text:?}");
    }
    counter
        .find(visit, "nobody-here", FindBy::Organisation)
        .await;
    counter.trouble("P204").await;
    counter.find(visit, upn, FindBy::SignInName).await;
    counter.reach("found").await;
}

/// Several people of one name are offered, and one is chosen.
#[tokio::test(flavor = "multi_thread")]
async fn several_people_are_offered() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.visit().await;
    counter.find(visit, "山田", FindBy::Name).await;
    let user = until(&counter.station, "choices", |view, _| match &view.screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Find { choices, .. },
            ..
        }) if choices.len() >= 2 => Some(choices[0].user.clone()),
        _ => None,
    })
    .await;
    counter
        .wants(visit, VisitAction::Choose { user })
        .await
        .unwrap();
    counter.reach("found").await;
}

/// Step 4: no check, no pass.
#[tokio::test(flavor = "multi_thread")]
async fn a_check_that_is_not_complete_says_what_is_missing() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.visit().await;
    let (upn, _) = counter.tenant.person(Case::Plain);
    counter.find(visit, &upn, FindBy::SignInName).await;
    counter
        .wants(visit, VisitAction::ConfirmPerson)
        .await
        .unwrap();
    let confirm = || counter.wants(visit, VisitAction::ConfirmCheck);
    let tick = |check: &str, on| {
        counter.wants(
            visit,
            VisitAction::Tick {
                check: check.to_owned(),
                on,
            },
        )
    };
    assert_eq!(confirm().await, Err(TroubleCode::CheckMissing));
    tick("vouching", true).await.unwrap();
    assert_eq!(confirm().await, Err(TroubleCode::PhoneNotConfirmed));
    counter
        .wants(visit, VisitAction::ConfirmPhone { on: true })
        .await
        .unwrap();
    assert_eq!(confirm().await, Err(TroubleCode::VoucherMissing));
    assert_eq!(tick("passport", true).await, Err(TroubleCode::NotNow));
    let issue = counter
        .wants(visit, VisitAction::IssuePass { replace: false })
        .await;
    assert_eq!(issue, Err(TroubleCode::NotNow));
    counter
        .wants(
            visit,
            VisitAction::Note(NoteAction::SetVoucher {
                name: "課長".to_owned(),
            }),
        )
        .await
        .unwrap();
    confirm().await.unwrap();
    counter.reach("board").await;
    counter.recorded("課長").await;
}

/// Step 6: the tenant's refusals, each with its own sentence.
#[tokio::test(flavor = "multi_thread")]
async fn the_tenants_refusals_are_told_apart() {
    let check = async |case: Case, switches: serde_json::Value, code: &str| {
        let counter = Counter::signed_in(0, &[]).await;
        let visit = counter.board(case).await;
        counter.tenant.control("switches", switches).await;
        counter
            .wants(visit, VisitAction::IssuePass { replace: false })
            .await
            .unwrap();
        counter.trouble(code).await;
        counter.recorded("pass_refused").await;
        assert!(counter.record().contains(code));
        assert!(counter.pass().await.may_issue, "the board stays usable");
    };
    check(Case::OutOfScope, json!({}), "T402").await;
    check(Case::Plain, json!({"tap_policy_enabled": false}), "T402").await;
    check(
        Case::Plain,
        json!({"tap_policy_min": 60, "tap_policy_default": 60}),
        "T401",
    )
    .await;
}

/// Graph's 403 has the last word, and an operator without a role does not even see people's methods.
#[tokio::test(flavor = "multi_thread")]
async fn a_missing_role_is_said() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.board(Case::Plain).await;
    let fault = json!({"method": "POST", "path": "/v1.0/users", "fault": "status:403", "times": 1});
    counter.tenant.control("faults", fault).await;
    counter
        .wants(visit, VisitAction::IssuePass { replace: false })
        .await
        .unwrap();
    counter.trouble("T403").await;

    let counter = Counter::signed_in(2, &[]).await;
    let visit = counter.visit().await;
    counter.find(visit, "fctv-user", FindBy::Organisation).await;
    counter.trouble("P209").await;
}

/// Throttled: nothing happened, and the wait is named.
#[tokio::test(flavor = "multi_thread")]
async fn a_throttled_issue_says_how_long_to_wait() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.board(Case::Plain).await;
    let fault = json!({"method": "POST", "path": "/v1.0/users", "fault": "status:429", "times": 1, "retry_after": "7"});
    counter.tenant.control("faults", fault).await;
    counter
        .wants(visit, VisitAction::IssuePass { replace: false })
        .await
        .unwrap();
    counter.trouble("N105").await;
}

/// A tenant that goes away leaves the station usable, at every step.
#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_that_is_down_is_said() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.visit().await;
    counter
        .tenant
        .control("switches", json!({"graph_down": true}))
        .await;
    counter.find(visit, "fctv-user", FindBy::Organisation).await;
    counter.trouble("N104").await;
    counter
        .tenant
        .control("switches", json!({"graph_down": false}))
        .await;
    counter.find(visit, "fctv-user", FindBy::Organisation).await;
    counter.reach("found").await;
}

/// A role for a unit alone is not listed, so nobody is told that they may not issue: Graph has the last word.
#[tokio::test(flavor = "multi_thread")]
async fn whether_an_operator_may_issue_is_left_open_where_no_role_says_so() {
    let counter = Counter::signed_in(3, &[]).await;
    let view = counter.station.operator_view().await.unwrap();
    let may_issue = view.operator.unwrap().may_issue;
    assert_eq!(may_issue, onboarding::MayIssue::CannotTell);
    let visit = counter.visit().await;
    counter.find(visit, "fctv-user", FindBy::Organisation).await;
    counter.trouble("P209").await;
}

/// N9: a role that is activated in the middle counts by a fresh token, and nobody signs out for it. A browser that is
/// opened once shows that nobody signed in again either.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_activated_in_the_middle_is_enough_n9() {
    let counter = Counter::signed_in(2, &[]).await;
    let visit = counter.visit().await;
    let upn = counter.tenant.person(Case::Plain).0;
    counter.find(visit, &upn, FindBy::SignInName).await;
    counter.trouble("P209").await;
    counter.act(OperatorAction::RoleActivated).await.unwrap();
    counter.trouble("S122").await;
    let operator = counter.tenant.info().operators[2].upn.clone();
    let given = json!({"upn": operator, "roles": ["Authentication Administrator"]});
    counter.tenant.control("users/change", given).await;
    counter.act(OperatorAction::RoleActivated).await.unwrap();
    until(&counter.station, "no trouble", |view, _| {
        let may_issue = view.operator.as_ref().map(|operator| operator.may_issue);
        (view.trouble.is_none() && may_issue == Some(MayIssue::Yes)).then_some(())
    })
    .await;
    assert_eq!(counter.current().await, visit);
    counter.find(visit, &upn, FindBy::SignInName).await;
    counter.reach("found").await;
    assert_eq!(counter.record().matches("operator_signed_in").count(), 1);
}

/// The same without a refresh token: the browser opens for the same person, and what is there goes on until it brings
/// a token, or brings none.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_sign_in_for_a_role_leaves_the_first_one_as_it_is_n9() {
    let none = ("refresh = \"memory\"", "refresh = \"none\"");
    let tenant = Tenant::start().await;
    let people = tenant.info().operators.clone();
    let activates = || Some(people[2].clone());
    let turns = vec![activates(), None, activates()];
    let (browser, opened) = tenant.browser_in_turn(turns);
    let data = tempfile::tempdir().unwrap();
    let config = tenant.config(&[none]);
    let station = tenant.station_of(&config, data.path(), browser, None);
    let counter = Counter {
        tenant,
        station,
        data,
        config,
    };
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    let given = json!({"upn": people[2].upn, "roles": ["Authentication Administrator"]});
    counter.tenant.control("users/change", given).await;
    // One that is declined brings nothing, and takes nothing away.
    counter.act(OperatorAction::RoleActivated).await.unwrap();
    counter.trouble("S101").await;
    counter.reach("home").await;
    let view = counter.station.operator_view().await.unwrap();
    assert_eq!(view.operator.unwrap().upn, people[2].upn);
    counter.act(OperatorAction::RoleActivated).await.unwrap();
    until(&counter.station, "the role", |view, _| {
        let operator = view.operator.as_ref()?;
        (operator.may_issue == MayIssue::Yes && view.trouble.is_none()).then_some(())
    })
    .await;
    assert_eq!(opened.lock().unwrap().len(), 3);
    let record = counter.record_with("operator_signed_in", 2).await;
    assert_eq!(record.matches("operator_signed_in").count(), 2);
    assert_eq!(record.matches("operator_signed_out").count(), 0);
    assert_eq!(record.matches("operator_sign_in_refused").count(), 1);
}
