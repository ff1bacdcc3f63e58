//! Consent: asked for, given, refused, and what only an administrator can give.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, OperatorRole, complaint, fill, page_kind};
use crate::http::HttpAnswer;

const MAIL: &str = "openid profile offline_access User.Read Mail.Send";

async fn through(desk: &OperatorDesk, scope: &str, more: &[(&str, &str)]) -> HttpAnswer {
    let operator = &desk.info().operators[0];
    let mut changes = vec![("scope", scope)];
    changes.extend_from_slice(more);
    desk.through_pages(&operator.upn, &operator.password, &changes)
        .await
}

#[tokio::test]
async fn what_is_missing_is_asked_for_once() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"consent": "asked"})).await;
    let page = through(&desk, MAIL, &[]).await;
    assert_eq!(page_kind(&page), "consent");
    assert!(
        page.text().contains("<li>Mail.Send</li>") && !page.text().contains("<li>User.Read</li>")
    );
    let landed = fill(&page, &[("action", "accept")]).await.landed();
    let tokens = desk.redeem(&landed["code"], &[]).await.json();
    assert!(
        tokens["scope"].as_str().unwrap().contains("Mail.Send"),
        "{tokens}"
    );
    assert!(
        through(&desk, MAIL, &[])
            .await
            .landed()
            .contains_key("code"),
        "remembered"
    );
}

#[tokio::test]
async fn consent_can_be_declined() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"consent": "asked"})).await;
    let page = through(&desk, MAIL, &[]).await;
    let landed = fill(&page, &[("action", "cancel")]).await.landed();
    assert_eq!(landed["error"], "access_denied");
    assert!(landed["error_description"].starts_with("AADSTS65004: "));
}

#[tokio::test]
async fn silently_a_missing_consent_is_a_refusal() {
    let desk = OperatorDesk::open().await;
    let tokens = desk
        .sign_in(OperatorRole::AuthenticationAdministrator)
        .await;
    let signed_in = through(&desk, "openid User.Read", &[]).await;
    let cookie = signed_in.cookie();
    desk.switch(json!({"consent": "asked"})).await;
    let url = desk.authorize_url(&[("scope", MAIL), ("prompt", "none")]);
    let landed = crate::http::HttpRequest::new("GET", url)
        .header("cookie", cookie)
        .send()
        .await
        .landed();
    assert_eq!(landed["error"], "consent_required");
    assert!(landed["error_description"].starts_with("AADSTS65001: "));
    let refreshed = desk
        .token_call(&[
            ("grant_type", "refresh_token"),
            ("client_id", &desk.info().client_id),
            ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
            ("scope", "Mail.Send"),
        ])
        .await
        .json();
    assert_eq!(
        (
            &refreshed["error"],
            &refreshed["error_codes"],
            &refreshed["suberror"]
        ),
        (
            &json!("invalid_grant"),
            &json!([65001]),
            &json!("consent_required")
        )
    );
}

#[tokio::test]
async fn some_things_only_an_administrator_may_allow() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"consent": "asked"})).await;
    let page = through(&desk, "openid Group.ReadWrite.All", &[]).await;
    assert_eq!(
        (page_kind(&page), complaint(&page)),
        ("admin_consent".to_owned(), 90094)
    );
    desk.switch(json!({"user_consent": false})).await;
    let page = through(&desk, MAIL, &[]).await;
    assert_eq!(complaint(&page), 90094, "people may not consent at all");

    let new = json!({"upn": "chief@cablechan.biz", "display_name": "長 一郎", "password": "Long-enough-1",
        "roles": ["Global Administrator"]});
    assert_eq!(desk.control("POST", "users", &new).await.status, 200);
    let scope = "openid Group.ReadWrite.All";
    let page = desk
        .through_pages("chief@cablechan.biz", "Long-enough-1", &[("scope", scope)])
        .await;
    assert_eq!(page_kind(&page), "consent");
    let fields = [("AdminConsent", "true"), ("action", "accept")];
    assert!(fill(&page, &fields).await.landed().contains_key("code"));
    let landed = through(&desk, scope, &[]).await.landed();
    let tokens = desk.redeem(&landed["code"], &[]).await.json();
    assert_eq!(
        tokens["scope"], "Group.ReadWrite.All openid",
        "for everybody"
    );
}

#[tokio::test]
async fn a_client_can_ask_for_consent_anew() {
    let desk = OperatorDesk::open().await;
    let page = through(&desk, "openid User.Read", &[("prompt", "consent")]).await;
    assert_eq!(page_kind(&page), "consent");
    assert!(page.text().contains("<li>User.Read</li>"));
    assert!(
        fill(&page, &[("action", "accept")])
            .await
            .landed()
            .contains_key("code")
    );
    let page = through(
        &desk,
        "openid Group.ReadWrite.All",
        &[("prompt", "consent")],
    )
    .await;
    assert_eq!(
        complaint(&page),
        90094,
        "asking does not widen what people may give"
    );
}

#[tokio::test]
async fn without_the_switch_what_is_missing_is_left_out() {
    let desk = OperatorDesk::open().await;
    let (_, upn) = desk.person(Case::Plain);
    let password = desk.password_of(&upn).await;
    let landed = desk
        .through_pages(&upn, &password, &[("scope", MAIL)])
        .await
        .landed();
    let tokens: Value = desk.redeem(&landed["code"], &[]).await.json();
    assert_eq!(tokens["scope"], "User.Read openid profile");
}
