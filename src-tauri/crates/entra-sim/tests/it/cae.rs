//! Continuous access evaluation: tokens for clients that declared `cp1`, and the challenges they get.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, complaint, fill, page_kind};
use crate::http::{HttpAnswer, HttpRequest};

const CP1: &str = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;

fn payload(token: &Value) -> Value {
    let part = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

async fn tokens(desk: &OperatorDesk, claims: &str) -> Value {
    let operator = &desk.info().operators[0];
    let code = desk
        .code(&operator.upn, &operator.password, &[("claims", claims)])
        .await;
    desk.redeem(&code, &[("claims", claims)]).await.json()
}

async fn refresh(desk: &OperatorDesk, tokens: &Value, claims: &str) -> HttpAnswer {
    desk.token_call(&[
        ("grant_type", "refresh_token"),
        ("client_id", &desk.info().client_id),
        ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
        ("claims", claims),
    ])
    .await
}

async fn me(desk: &OperatorDesk, tokens: &Value) -> HttpAnswer {
    let token = tokens["access_token"].as_str().unwrap();
    HttpRequest::new("GET", format!("{}/me", desk.info().graph_http))
        .header("authorization", format!("Bearer {token}"))
        .send()
        .await
}

/// The claims of a challenge.
fn challenge(answer: &HttpAnswer) -> Value {
    assert_eq!(answer.status, 401, "{}", answer.text());
    let header = answer.header("www-authenticate");
    assert!(header.contains("error=\"insufficient_claims\""), "{header}");
    let claims = header.split_once("claims=\"").unwrap().1;
    let claims = STANDARD.decode(claims.split('"').next().unwrap()).unwrap();
    serde_json::from_slice(&claims).unwrap()
}

#[tokio::test]
async fn a_capable_client_is_told_of_a_revocation_at_once() {
    let desk = OperatorDesk::open().await;
    let capable = tokens(&desk, CP1).await;
    assert_eq!(payload(&capable["access_token"])["xms_cc"], json!(["CP1"]));
    let plain = tokens(&desk, "{}").await;
    assert_eq!(payload(&plain["access_token"])["xms_cc"], Value::Null);
    assert_eq!(me(&desk, &capable).await.status, 200);

    desk.advance(10).await;
    let upn = desk.info().operators[0].upn.clone();
    let revoked = desk.control("POST", "revoke", &json!({"upn": upn})).await;
    assert_eq!(revoked.status, 200);
    let claims = challenge(&me(&desk, &capable).await);
    let since = claims["access_token"]["nbf"]["value"].as_str().unwrap();
    let issued = payload(&capable["access_token"])["iat"].as_i64().unwrap();
    assert!(since.parse::<i64>().unwrap() > issued);
    assert_eq!(
        me(&desk, &plain).await.status,
        200,
        "others keep their token until it ends"
    );

    let refused = refresh(&desk, &capable, &claims.to_string()).await.json();
    assert_eq!(
        (&refused["error"], &refused["error_codes"]),
        (&json!("invalid_grant"), &json!([50173]))
    );
    assert_eq!(
        refresh(&desk, &plain, "{}").await.json()["error_codes"],
        json!([50173])
    );
    desk.advance(1).await;
    let anew = tokens(&desk, CP1).await;
    assert_eq!(me(&desk, &anew).await.status, 200, "signed in again");
}

#[tokio::test]
async fn a_challenge_of_the_fault_is_met_by_renewing() {
    let desk = OperatorDesk::open().await;
    let capable = tokens(&desk, CP1).await;
    desk.fault(json!({"path": "/me", "fault": "claims"})).await;
    let claims = challenge(&me(&desk, &capable).await);
    let renewed = refresh(&desk, &capable, &claims.to_string()).await.json();
    assert_eq!(me(&desk, &renewed).await.status, 200);
    assert_eq!(
        payload(&renewed["access_token"])["xms_cc"],
        json!(["CP1"]),
        "declared once, remembered"
    );
}

#[tokio::test]
async fn a_step_up_needs_a_stronger_sign_in() {
    let desk = OperatorDesk::open().await;
    let operator = desk.info().operators[0].clone();
    let capable = tokens(&desk, CP1).await;
    let plain = tokens(&desk, "{}").await;
    desk.switch(json!({"step_up_context": "c1"})).await;
    let claims = challenge(&me(&desk, &capable).await);
    assert_eq!(claims["access_token"]["acrs"]["value"], "c1");
    let forbidden = me(&desk, &plain).await;
    assert_eq!(
        (forbidden.status, &forbidden.json()["error"]["code"]),
        (403, &json!("insufficient_claims"))
    );

    let refused = refresh(&desk, &capable, &claims.to_string()).await.json();
    assert_eq!(
        (&refused["error"], &refused["error_codes"]),
        (&json!("interaction_required"), &json!([50076]))
    );
    let back: Value = serde_json::from_str(refused["claims"].as_str().unwrap()).unwrap();
    assert_eq!(back["access_token"]["acrs"]["value"], "c1");

    let merged =
        r#"{"access_token":{"xms_cc":{"values":["cp1"]},"acrs":{"essential":true,"value":"c1"}}}"#;
    let page = desk
        .through_pages(&operator.upn, &operator.password, &[("claims", merged)])
        .await;
    assert_eq!(complaint(&page), 50079, "nothing but a password");
    let (id, upn) = desk.person(entra_sim::Case::Plain);
    desk.switch(json!({"step_up_context": ""})).await;
    let pass = desk.pass(&id, &json!({})).await;
    desk.switch(json!({"step_up_context": "c1"})).await;
    let page = HttpRequest::new("GET", desk.authorize_url(&[("claims", merged)]))
        .send()
        .await;
    let page = fill(&page, &[("loginfmt", &upn)]).await;
    assert_eq!(page_kind(&page), "accesspass");
    let landed = fill(&page, &[("accesspass", &pass)]).await.landed();
    let strong = desk.redeem(&landed["code"], &[]).await.json();
    assert_eq!(payload(&strong["access_token"])["acrs"], json!(["c1"]));
    assert_eq!(me(&desk, &strong).await.status, 200);
}

#[tokio::test]
async fn tokens_of_capable_clients_can_live_longer() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"cae_token_life_s": 86_400})).await;
    let capable = tokens(&desk, CP1).await;
    assert_eq!(
        (&capable["expires_in"], &capable["refresh_in"]),
        (&json!(86_400), &json!(43_200))
    );
    let plain = tokens(&desk, "{}").await;
    assert_eq!(
        (&plain["expires_in"], &plain["refresh_in"]),
        (&json!(3_600), &Value::Null)
    );
    desk.advance(7_200).await;
    assert_eq!(me(&desk, &capable).await.status, 200);
}

#[tokio::test]
async fn the_id_token_tells_the_time_of_the_sign_in_when_asked() {
    let desk = OperatorDesk::open().await;
    let asked = tokens(&desk, r#"{"id_token":{"auth_time":{"essential":true}}}"#).await;
    let claims = payload(&asked["id_token"]);
    assert!(claims["auth_time"].as_i64().unwrap() <= claims["iat"].as_i64().unwrap());
    let unasked = payload(&tokens(&desk, "{}").await["id_token"]);
    assert_eq!(unasked["auth_time"], Value::Null);
    for claim in ["uti", "rh", "sub", "oid", "tid", "name", "ver"] {
        assert!(unasked[claim].is_string(), "{claim}");
    }
}
