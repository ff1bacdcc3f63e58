//! The device code flow, from the client's first request to its tokens or its refusal.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, complaint, fill, page_kind};
use crate::http::{HttpAnswer, HttpRequest};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

async fn begin(desk: &OperatorDesk, query: &str) -> Value {
    let url = format!(
        "{}/oauth2/v2.0/devicecode{query}",
        desk.info().authority_http
    );
    let fields = [
        ("client_id", desk.info().client_id.as_str()),
        ("scope", "openid profile offline_access User.Read"),
    ];
    let answer = HttpRequest::new("POST", url).form(&fields).send().await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn poll_as(desk: &OperatorDesk, begun: &Value, grant: &str, field: &str) -> HttpAnswer {
    desk.token_call(&[
        ("grant_type", grant),
        ("client_id", &desk.info().client_id),
        (field, begun["device_code"].as_str().unwrap()),
    ])
    .await
}

/// A poll that comes in time.
async fn poll(desk: &OperatorDesk, begun: &Value) -> (u16, Value) {
    desk.advance(60).await;
    let answer = poll_as(desk, begun, GRANT, "device_code").await;
    (answer.status, answer.json())
}

async fn type_code(begun: &Value, code: &str) -> HttpAnswer {
    let page = begun["verification_uri"].as_str().unwrap();
    let shown = HttpRequest::new("GET", page).send().await;
    assert_eq!(page_kind(&shown), "devicecode");
    HttpRequest::new("POST", page)
        .form(&[("otc", code)])
        .send()
        .await
}

async fn sign_in(desk: &OperatorDesk, begun: &Value) -> HttpAnswer {
    let operator = &desk.info().operators[0];
    let page = type_code(begun, begun["user_code"].as_str().unwrap()).await;
    assert_eq!(page_kind(&page), "loginfmt");
    let page = fill(&page, &[("loginfmt", &operator.upn)]).await;
    fill(&page, &[("passwd", &operator.password)]).await
}

#[tokio::test]
async fn a_device_gets_tokens_once_its_person_has_signed_in() {
    let desk = OperatorDesk::open().await;
    let begun = begin(&desk, "").await;
    assert_eq!(
        (&begun["expires_in"], &begun["interval"]),
        (&json!(900), &json!(5))
    );
    assert_eq!(begun["verification_uri_complete"], Value::Null);
    let message = begun["message"].as_str().unwrap();
    let (page, code) = (&begun["verification_uri"], &begun["user_code"]);
    assert!(message.contains(page.as_str().unwrap()) && message.contains(code.as_str().unwrap()));

    let (status, pending) = poll(&desk, &begun).await;
    assert_eq!(
        (status, &pending["error"], &pending["error_codes"]),
        (400, &json!("authorization_pending"), &json!([70016]))
    );
    let confirm = sign_in(&desk, &begun).await;
    assert_eq!(page_kind(&confirm), "confirm");
    assert!(
        confirm
            .text()
            .contains("Are you trying to sign in to Madoguchi?")
    );
    assert_eq!(
        poll(&desk, &begun).await.1["error"],
        "authorization_pending"
    );
    let done = fill(&confirm, &[("action", "continue")]).await;
    assert_eq!(page_kind(&done), "notice");
    let (status, tokens) = poll(&desk, &begun).await;
    assert_eq!(status, 200, "{tokens}");
    for field in ["access_token", "refresh_token", "id_token"] {
        assert!(tokens[field].is_string(), "{field}");
    }
    let (_, again) = poll(&desk, &begun).await;
    assert_eq!(
        again["error_codes"],
        json!([54005]),
        "a device code is good once"
    );
}

#[tokio::test]
async fn the_grant_has_two_names_and_the_code_too() {
    let desk = OperatorDesk::open().await;
    for (grant, field) in [(GRANT, "code"), ("device_code", "device_code")] {
        let begun = begin(&desk, "").await;
        let answer = poll_as(&desk, &begun, grant, field).await;
        assert_eq!(answer.json()["error"], "authorization_pending", "{grant}");
    }
}

#[tokio::test]
async fn polling_too_often_slows_the_device_down() {
    let desk = OperatorDesk::open().await;
    let begun = begin(&desk, "").await;
    let now = async || poll_as(&desk, &begun, GRANT, "device_code").await.json()["error"].clone();
    assert_eq!(now().await, "authorization_pending");
    assert_eq!(now().await, "slow_down");
    desk.advance(6).await;
    assert_eq!(
        now().await,
        "slow_down",
        "the interval is ten seconds by now"
    );
    desk.advance(16).await;
    assert_eq!(now().await, "authorization_pending");
}

#[tokio::test]
async fn codes_end_and_wrong_ones_are_told() {
    let desk = OperatorDesk::open().await;
    let begun = begin(&desk, "").await;
    assert_eq!(complaint(&type_code(&begun, "NOSUCHONE").await), 70018);
    let mut wrong = begun.clone();
    wrong["device_code"] = json!("unknown");
    assert_eq!(
        poll(&desk, &wrong).await.1["error"],
        "bad_verification_code"
    );
    desk.advance(900).await;
    let (_, expired) = poll(&desk, &begun).await;
    assert_eq!(
        (&expired["error"], &expired["error_codes"]),
        (&json!("expired_token"), &json!([70020]))
    );
    let code = begun["user_code"].as_str().unwrap();
    assert_eq!(complaint(&type_code(&begun, code).await), 70019);
}

#[tokio::test]
async fn the_person_can_decline() {
    let desk = OperatorDesk::open().await;
    for stage in ["loginfmt", "confirm"] {
        let begun = begin(&desk, "").await;
        let code = begun["user_code"].as_str().unwrap();
        let page = if stage == "loginfmt" {
            type_code(&begun, code).await
        } else {
            sign_in(&desk, &begun).await
        };
        assert_eq!(page_kind(&page), stage);
        assert_eq!(
            page_kind(&fill(&page, &[("action", "cancel")]).await),
            "notice"
        );
        let (_, declined) = poll(&desk, &begun).await;
        assert_eq!(declined["error"], "authorization_declined", "{stage}");
        assert_eq!(
            complaint(&type_code(&begun, code).await),
            90120,
            "answered already"
        );
    }
}

#[tokio::test]
async fn conditional_access_can_block_the_flow() {
    let desk = OperatorDesk::open().await;
    for (switch, number) in [("blocked", 53003), ("device_required", 530_033)] {
        desk.switch(json!({"device_code_flow": switch})).await;
        let begun = begin(&desk, "").await;
        let page = sign_in(&desk, &begun).await;
        assert_eq!(
            (page_kind(&page), complaint(&page)),
            ("blocked".to_owned(), number)
        );
        let (status, refused) = poll(&desk, &begun).await;
        assert_eq!(
            (status, &refused["error"], &refused["error_codes"]),
            (400, &json!("interaction_required"), &json!([number]))
        );
        assert_eq!(refused["suberror"], "message_only");
    }
}

#[tokio::test]
async fn a_sign_in_by_device_code_stays_known_as_one() {
    let desk = OperatorDesk::open().await;
    let begun = begin(&desk, "").await;
    fill(&sign_in(&desk, &begun).await, &[("action", "continue")]).await;
    let (_, tokens) = poll(&desk, &begun).await;
    let refresh = async || {
        desk.token_call(&[
            ("grant_type", "refresh_token"),
            ("client_id", &desk.info().client_id),
            ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
        ])
        .await
    };
    assert_eq!(refresh().await.status, 200);
    desk.switch(json!({"device_code_flow": "blocked"})).await;
    assert_eq!(refresh().await.json()["error_codes"], json!([53003]));
}

#[tokio::test]
async fn the_message_speaks_the_language_asked_for() {
    let desk = OperatorDesk::open().await;
    let begun = begin(&desk, "?mkt=ja-JP").await;
    assert!(begun["message"].as_str().unwrap().contains("コード"));
}

#[tokio::test]
async fn a_pass_serves_for_a_device_as_well() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({})).await;
    let begun = begin(&desk, "").await;
    let page = type_code(&begun, begun["user_code"].as_str().unwrap()).await;
    let page = fill(&page, &[("loginfmt", &upn)]).await;
    let page = fill(&page, &[("accesspass", &pass)]).await;
    fill(&page, &[("action", "continue")]).await;
    assert_eq!(poll(&desk, &begun).await.0, 200);
}
