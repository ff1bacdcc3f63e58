//! The pass and its rules (acceptance part 3, rows 1 to 7).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, OperatorRole};
use crate::http::HttpAnswer;

fn refusal(answer: &HttpAnswer) -> (u16, String, String) {
    let error = answer.json()["error"].clone();
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    (answer.status, text("code"), text("message"))
}

#[track_caller]
fn check_refused(answer: &HttpAnswer, status: u16, code: &str, fragment: &str) {
    let (got_status, got_code, message) = refusal(answer);
    assert_eq!((got_status, got_code.as_str()), (status, code), "{message}");
    assert!(message.contains(fragment), "{message}");
}

#[tokio::test]
async fn row_1_the_value_is_in_the_first_answer_only() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let made = desk.issue(&id, &json!({})).await;
    assert_eq!(made.status, 201);
    let made = made.json();
    let value = made["temporaryAccessPass"].as_str().unwrap();
    assert_eq!(value.chars().count(), 8);
    assert_eq!(
        made["@odata.type"],
        "#microsoft.graph.temporaryAccessPassAuthenticationMethod"
    );
    assert_eq!(
        (&made["lifetimeInMinutes"], &made["isUsableOnce"]),
        (&json!(30), &json!(false))
    );
    assert_eq!(
        (&made["isUsable"], &made["methodUsabilityReason"]),
        (&json!(true), &json!("EnabledByPolicy"))
    );
    let listed = desk.listed_pass(&upn).await;
    assert_eq!(
        (&listed["id"], &listed["temporaryAccessPass"]),
        (&made["id"], &Value::Null)
    );
    let one = desk
        .get(&format!(
            "/users/{id}/authentication/temporaryAccessPassMethods/{}",
            made["id"].as_str().unwrap()
        ))
        .await;
    assert_eq!(
        (one.status, &one.json()["temporaryAccessPass"]),
        (200, &Value::Null)
    );
    let methods = desk
        .get(&format!("/users/{id}/authentication/methods"))
        .await;
    assert!(!methods.text().contains(value));
}

#[tokio::test]
async fn row_1_every_usability_reason() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let reason = async || {
        desk.listed_pass(&id).await["methodUsabilityReason"]
            .as_str()
            .unwrap()
            .to_owned()
    };

    let pass = desk.pass(&id, &json!({"isUsableOnce": true})).await;
    assert_eq!(reason().await, "EnabledByPolicy");
    desk.register(&upn, &pass, "push", "ios").await;
    assert_eq!(reason().await, "OneTimeUsed");

    desk.pass(&id, &json!({"lifetimeInMinutes": 10})).await;
    desk.switch(json!({"tap_policy_once": true})).await;
    assert_eq!(
        reason().await,
        "DisabledByPolicy",
        "a multi-use pass under a one-time policy"
    );
    desk.switch(json!({"tap_policy_once": false})).await;
    desk.advance(600).await;
    assert_eq!(reason().await, "Expired");

    desk.pass(&id, &json!({"startDateTime": "2099-01-01T00:00:00Z"}))
        .await;
    assert_eq!(reason().await, "NotYetValid");
}

#[tokio::test]
async fn row_2_a_second_pass_replaces_or_is_refused() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::HasPass);
    let before = desk.listed_pass(&id).await["id"].clone();
    for (switch, code) in [("400", "badRequest"), ("409", "conflict")] {
        desk.switch(json!({"second_tap": switch})).await;
        check_refused(
            &desk.issue(&id, &json!({})).await,
            switch.parse().unwrap(),
            code,
            "already exists",
        );
        assert_eq!(desk.listed_pass(&id).await["id"], before);
    }
    desk.switch(json!({"second_tap": "replace"})).await;
    desk.pass(&id, &json!({})).await;
    let list = desk
        .get(&format!(
            "/users/{id}/authentication/temporaryAccessPassMethods"
        ))
        .await
        .json();
    assert_eq!(list["value"].as_array().unwrap().len(), 1);
    assert_ne!(list["value"][0]["id"], before);
    let passes = desk.state_of(&upn).await["passes"].clone();
    assert_eq!(passes[0]["ended"]["how"], "replaced");
    // A spent pass stands in nobody's way.
    desk.switch(json!({"second_tap": "409"})).await;
    desk.advance(31 * 60).await;
    desk.pass(&id, &json!({})).await;
}

#[tokio::test]
async fn row_3_the_lifetime_lies_in_the_policys_range() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.switch(json!({"tap_policy_default": 60, "tap_policy_min": 60}))
        .await;
    for minutes in [0, -5, 10, 59, 481, 43_201] {
        let refused = desk
            .issue(&id, &json!({"lifetimeInMinutes": minutes}))
            .await;
        check_refused(
            &refused,
            400,
            "badRequest",
            "Invalid LifetimeInMinutes specified. The valid range between 60 and 480.",
        );
        let error = refused.json()["error"].clone();
        assert_eq!(error["innerError"]["message"], error["message"]);
    }
    for minutes in [60, 480] {
        let made = desk
            .issue(&id, &json!({"lifetimeInMinutes": minutes}))
            .await
            .json();
        assert_eq!(made["lifetimeInMinutes"], minutes);
    }
    assert_eq!(
        desk.issue(&id, &json!({})).await.json()["lifetimeInMinutes"],
        60
    );
}

#[tokio::test]
async fn row_4_out_of_scope_is_refused_at_creation_or_at_sign_in() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::OutOfScope);
    check_refused(
        &desk.issue(&id, &json!({})).await,
        400,
        "badRequest",
        "AuthMethodType [TemporaryAccessPass]",
    );
    desk.switch(json!({"out_of_scope_at": "sign_in"})).await;
    let pass = desk.pass(&id, &json!({})).await;
    assert_eq!(
        desk.listed_pass(&id).await["methodUsabilityReason"],
        "DisabledByPolicy"
    );
    let stuck = desk.register(&upn, &pass, "tap", "ios").await;
    assert_eq!(
        stuck,
        json!({"ok": false, "screen": "accesspass", "aadsts": 130501})
    );
}

#[tokio::test]
async fn row_4_a_disabled_method_is_refused() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.switch(json!({"tap_policy_enabled": false})).await;
    check_refused(
        &desk.issue(&id, &json!({})).await,
        400,
        "badRequest",
        "UserCredentialPolicy does not allow",
    );
}

#[tokio::test]
async fn row_5_a_fresh_pass_settles_first() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    desk.switch(json!({"tap_settle_ms": 10_000})).await;
    let pass = desk.pass(&id, &json!({})).await;
    assert_eq!(
        desk.listed_pass(&id).await["isUsable"],
        true,
        "Graph knows it before the sign-in page does"
    );
    assert_eq!(
        desk.register(&upn, &pass, "tap", "ios").await["aadsts"],
        130503
    );
    desk.advance(10).await;
    assert_eq!(desk.register(&upn, &pass, "tap", "ios").await["ok"], true);
}

#[tokio::test]
async fn row_6_multi_use_is_refused_where_the_policy_forces_one_time() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.switch(json!({"tap_policy_once": true})).await;
    check_refused(
        &desk.issue(&id, &json!({"isUsableOnce": false})).await,
        400,
        "badRequest",
        "one-time",
    );
    assert_eq!(
        desk.issue(&id, &json!({})).await.json()["isUsableOnce"],
        true
    );
}

#[tokio::test]
async fn row_7_nobody_issues_for_themselves() {
    for operator in [
        OperatorRole::AuthenticationAdministrator,
        OperatorRole::PrivilegedAuthenticationAdministrator,
    ] {
        let desk = OperatorDesk::open_as(operator).await;
        let upn = desk.info().operators[operator as usize].upn.clone();
        check_refused(
            &desk.issue(&upn, &json!({})).await,
            403,
            "accessDenied",
            "Request Authorization failed",
        );
    }
}

#[tokio::test]
async fn row_7_protected_people_need_the_privileged_role() {
    let desk = OperatorDesk::open().await;
    let protected: Vec<String> = desk
        .info()
        .users
        .iter()
        .filter(|user| user.case == Case::Protected)
        .map(|user| user.id.clone())
        .collect();
    assert_eq!(
        protected.len(),
        2,
        "one by role, one by a role-assignable group"
    );
    for id in &protected {
        check_refused(
            &desk.issue(id, &json!({})).await,
            403,
            "accessDenied",
            "Request Authorization failed",
        );
    }
    let mut desk = desk;
    let answer = desk
        .sign_in(OperatorRole::PrivilegedAuthenticationAdministrator)
        .await;
    desk.token = answer["access_token"].as_str().unwrap().to_owned();
    for id in &protected {
        desk.pass(id, &json!({})).await;
    }
}

#[tokio::test]
async fn row_7_other_roles_may_not_issue() {
    for operator in [OperatorRole::NoRole, OperatorRole::HelpdeskAdministrator] {
        let desk = OperatorDesk::open_as(operator).await;
        let (id, _) = desk.person(Case::Plain);
        check_refused(&desk.issue(&id, &json!({})).await, 403, "accessDenied", "");
        assert_eq!(
            desk.get(&format!("/users/{id}/authentication/methods"))
                .await
                .status,
            403
        );
        assert_eq!(
            desk.get(&format!("/users/{id}")).await.status,
            200,
            "looking people up needs no role"
        );
    }
}

#[tokio::test]
async fn row_7_external_guests_get_none_and_internal_ones_do() {
    let desk = OperatorDesk::open().await;
    let (external, _) = desk.person(Case::GuestExternal);
    let refused = desk.issue(&external, &json!({})).await;
    check_refused(
        &refused,
        400,
        "badRequest",
        "Temporary Access Pass cannot be added to an external guest user",
    );
    let (internal, _) = desk.person(Case::GuestInternal);
    desk.pass(&internal, &json!({})).await;
}

#[tokio::test]
async fn a_missing_scope_is_refused() {
    let mut desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.switch(json!({"consented_scopes": "User.Read.All openid profile"}))
        .await;
    let answer = desk
        .sign_in(OperatorRole::AuthenticationAdministrator)
        .await;
    assert_eq!(answer["scope"], "User.Read.All openid profile");
    desk.token = answer["access_token"].as_str().unwrap().to_owned();
    check_refused(&desk.issue(&id, &json!({})).await, 403, "accessDenied", "");
    for path in [
        "methods",
        "temporaryAccessPassMethods",
        "microsoftAuthenticatorMethods",
        "fido2Methods",
    ] {
        assert_eq!(
            desk.get(&format!("/users/{id}/authentication/{path}"))
                .await
                .status,
            403,
            "{path}"
        );
    }
    assert_eq!(
        desk.get("/policies/authenticationMethodsPolicy")
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn deleting_ends_it() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({})).await;
    let tap = desk.listed_pass(&id).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/users/{id}/authentication/temporaryAccessPassMethods/{tap}");
    let gone = desk.graph("DELETE", &path).send().await;
    assert_eq!((gone.status, gone.body.len()), (204, 0));
    assert_eq!(desk.listed_pass(&id).await, Value::Null);
    check_refused(
        &desk.graph("DELETE", &path).send().await,
        404,
        "resourceNotFound",
        "",
    );
    assert_eq!(
        desk.register(&upn, &pass, "tap", "ios").await["screen"],
        "passwd",
        "no pass, no prompt for it"
    );
}

#[tokio::test]
async fn bad_requests_and_unknown_people() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    check_refused(
        &desk.issue(&id, &json!({"lifetime": 30})).await,
        400,
        "BadRequest",
        "",
    );
    check_refused(
        &desk.issue(&id, &json!({"startDateTime": "tomorrow"})).await,
        400,
        "BadRequest",
        "",
    );
    check_refused(
        &desk.issue("nobody@cablechan.biz", &json!({})).await,
        404,
        "resourceNotFound",
        "",
    );
}

#[tokio::test]
async fn values_look_like_published_samples() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.switch(json!({"tap_policy_length": 48})).await;
    let mut symbols = false;
    for _ in 0..10 {
        let value = desk.pass(&id, &json!({})).await;
        assert_eq!(value.len(), 48);
        assert!(
            value.bytes().any(|b| b.is_ascii_uppercase())
                && value.bytes().any(|b| b.is_ascii_lowercase())
        );
        symbols |= value.contains('+') || value.contains('&');
    }
    assert!(
        symbols,
        "symbols that need care in HTML and addresses occur"
    );
}
