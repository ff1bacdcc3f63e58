//! A second factor after the password: number matching and the app's code.

use entra_sim::Case;
use serde_json::json;

use crate::desk::{OperatorDesk, complaint, fill, page_kind};
use crate::http::{HttpAnswer, HttpRequest};

/// A tenant that asks for more than a password, and somebody with Authenticator for push.
async fn strict() -> (OperatorDesk, String, String) {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"mfa_required": true})).await;
    let (_, upn) = desk.person(Case::HasPush);
    let password = desk.password_of(&upn).await;
    (desk, upn, password)
}

async fn approve(desk: &OperatorDesk, upn: &str, number: serde_json::Value) {
    let body = json!({"upn": upn, "number": number});
    assert_eq!(
        desk.control("POST", "phone/approve", &body).await.status,
        200
    );
}

async fn amr(desk: &OperatorDesk, landed: &HttpAnswer) -> serde_json::Value {
    use base64::Engine;
    let code = landed.landed()["code"].clone();
    let tokens = desk.redeem(&code, &[]).await.json();
    let token = tokens["access_token"].as_str().unwrap().to_owned();
    let part = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(token.split('.').nth(1).unwrap())
        .unwrap();
    serde_json::from_slice::<serde_json::Value>(&part).unwrap()["amr"].clone()
}

#[tokio::test]
async fn the_phone_is_asked_after_the_password() {
    let (desk, upn, password) = strict().await;
    let page = desk.through_pages(&upn, &password, &[]).await;
    assert_eq!(page_kind(&page), "approve");
    approve(&desk, &upn, json!(null)).await;
    let landed = fill(&page, &[("action", "wait")]).await;
    assert_eq!(amr(&desk, &landed).await, json!(["pwd", "mfa"]));
}

#[tokio::test]
async fn a_wrong_number_is_no_approval() {
    let (desk, upn, password) = strict().await;
    let page = desk.through_pages(&upn, &password, &[]).await;
    approve(&desk, &upn, json!(1)).await;
    let page = fill(&page, &[("action", "wait")]).await;
    assert_eq!(
        (page_kind(&page), complaint(&page)),
        ("otc".to_owned(), 500_121)
    );
    assert_eq!(
        page_kind(&fill(&page, &[("action", "use_app")]).await),
        "approve"
    );
}

#[tokio::test]
async fn the_apps_code_serves_too() {
    let (desk, upn, password) = strict().await;
    let page = desk.through_pages(&upn, &password, &[]).await;
    let page = fill(&page, &[("action", "use_code")]).await;
    assert_eq!(page_kind(&page), "otc");
    assert_eq!(complaint(&fill(&page, &[("otc", "12")]).await), 500_121);
    let code = desk.state_of(&upn).await["otc"]
        .as_str()
        .unwrap()
        .to_owned();
    let landed = fill(&page, &[("otc", &code), ("action", "signin")]).await;
    assert_eq!(amr(&desk, &landed).await, json!(["pwd", "mfa"]));
}

#[tokio::test]
async fn an_old_code_is_refused() {
    let (desk, upn, password) = strict().await;
    let code = desk.state_of(&upn).await["otc"]
        .as_str()
        .unwrap()
        .to_owned();
    desk.advance(120).await;
    let page = desk.through_pages(&upn, &password, &[]).await;
    let page = fill(&page, &[("action", "use_code")]).await;
    assert_eq!(complaint(&fill(&page, &[("otc", &code)]).await), 500_121);
}

#[tokio::test]
async fn who_has_nothing_but_a_password_must_register_first() {
    let (desk, _, _) = strict().await;
    let operator = &desk.info().operators[0];
    let page = desk
        .through_pages(&operator.upn, &operator.password, &[])
        .await;
    assert_eq!(
        (page_kind(&page), complaint(&page)),
        ("blocked".to_owned(), 50079)
    );
}

#[tokio::test]
async fn a_pass_is_enough() {
    let (desk, _, _) = strict().await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({})).await;
    let page = HttpRequest::new("GET", desk.authorize_url(&[]))
        .send()
        .await;
    let page = fill(&page, &[("loginfmt", &upn)]).await;
    let landed = fill(&page, &[("accesspass", &pass)]).await;
    assert_eq!(amr(&desk, &landed).await, json!(["mfa"]));
}

#[tokio::test]
async fn weak_sessions_and_refresh_tokens_are_sent_back_for_more() {
    let desk = OperatorDesk::open().await;
    let (_, upn) = desk.person(Case::HasPush);
    let password = desk.password_of(&upn).await;
    let signed_in = desk.through_pages(&upn, &password, &[]).await;
    let cookie = signed_in.cookie();
    let code = signed_in.landed()["code"].clone();
    let tokens = desk.redeem(&code, &[]).await.json();
    desk.switch(json!({"mfa_required": true})).await;
    let landed = HttpRequest::new("GET", desk.authorize_url(&[("prompt", "none")]))
        .header("cookie", cookie.clone())
        .send()
        .await
        .landed();
    assert_eq!(landed["error"], "interaction_required");
    assert!(landed["error_description"].starts_with("AADSTS50076: "));
    let refused = desk
        .token_call(&[
            ("grant_type", "refresh_token"),
            ("client_id", &desk.info().client_id),
            ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
        ])
        .await
        .json();
    assert_eq!(
        (&refused["error"], &refused["suberror"]),
        (&json!("interaction_required"), &json!("basic_action"))
    );
    assert!(refused["claims"].as_str().unwrap().contains("capolids"));
    let page = HttpRequest::new("GET", desk.authorize_url(&[("prompt", "")]))
        .header("cookie", cookie)
        .send()
        .await;
    assert_eq!(
        page_kind(&page),
        "approve",
        "the session counts for the password only"
    );
}

/// Somebody with phone sign-in whose first sign-in shows a number that nobody answers.
async fn unanswered() -> (OperatorDesk, String, HttpAnswer) {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"pending_request_hides_app": true, "phone_request_life_s": 120}))
        .await;
    let (_, upn) = desk.person(Case::HasPhoneSignIn);
    let page = named(&desk, &upn).await;
    assert_eq!(page_kind(&page), "approve");
    (desk, upn, page)
}

async fn named(desk: &OperatorDesk, upn: &str) -> HttpAnswer {
    let url = desk.authorize_url(&[]);
    let page = HttpRequest::new("GET", url).send().await;
    fill(&page, &[("loginfmt", upn), ("action", "next")]).await
}

/// Part 3, item 13.
#[tokio::test]
async fn an_unanswered_request_hides_the_app_until_it_is_answered_or_over() {
    let (desk, upn, first) = unanswered().await;
    let other = named(&desk, &upn).await;
    assert_eq!(page_kind(&other), "passwd");
    let wrong = fill(&other, &[("passwd", "no"), ("action", "signin")]).await;
    assert_eq!(complaint(&wrong), 50126);
    assert!(!wrong.text().contains("use_app"), "the app is not offered");
    approve(&desk, &upn, json!(null)).await;
    let third = named(&desk, &upn).await;
    assert_eq!(page_kind(&third), "approve", "an answered one is in no way");
    // The first sign-in lost its request to the third.
    let first = fill(&first, &[("action", "wait")]).await;
    assert_eq!(page_kind(&first), "passwd");
    desk.advance(121).await;
    assert_eq!(page_kind(&named(&desk, &upn).await), "approve");
}

#[tokio::test]
async fn a_request_nobody_answers_in_time_counts_as_refused() {
    let (desk, upn, page) = unanswered().await;
    desk.advance(121).await;
    approve_late(&desk, &upn).await;
    let again = fill(&page, &[("action", "wait")]).await;
    assert_eq!(page_kind(&again), "approve", "asked anew");
    let number = |page: &HttpAnswer| {
        let html = page.text();
        let (_, rest) = html.split_once("idRichContext_DisplaySign\">").unwrap();
        rest[..2].to_owned()
    };
    approve(&desk, &upn, json!(number(&again).parse::<u8>().unwrap())).await;
    assert!(
        fill(&again, &[("action", "wait")])
            .await
            .landed()
            .contains_key("code")
    );
}

async fn approve_late(desk: &OperatorDesk, upn: &str) {
    let late = desk
        .control("POST", "phone/approve", &json!({"upn": upn}))
        .await;
    assert_ne!(late.status, 200, "nothing waits any more");
}

/// Part 3, item 5.
#[tokio::test]
async fn an_expired_pass_is_asked_for_only_so_long() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"tap_prompted_s": 600})).await;
    let (id, upn) = desk.person(Case::Plain);
    desk.pass(&id, &json!({"lifetimeInMinutes": 60})).await;
    desk.advance(3_700).await;
    assert_eq!(page_kind(&named(&desk, &upn).await), "accesspass");
    desk.advance(600).await;
    assert_eq!(page_kind(&named(&desk, &upn).await), "passwd");
}
