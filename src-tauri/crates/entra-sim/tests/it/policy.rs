//! Refusals by number: every one a sign-in can meet, where it belongs, and those that come about by themselves.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, OperatorRole, complaint, fill, page_kind};
use crate::http::{HttpAnswer, HttpRequest};

const CLIENT: [u32; 8] = [
    50011, 500_113, 900_971, 50194, 90002, 650_059, 700_016, 7_000_112,
];
const ACCOUNT: [u32; 3] = [50020, 50034, 90072];
const SECRET: [u32; 15] = [
    50053, 50055, 50056, 50057, 50126, 50144, 130_004, 130_005, 130_006, 130_007, 130_008, 130_501,
    130_502, 130_503, 130_507,
];
const POLICY: [u32; 33] = [
    16000, 50058, 50072, 50074, 50076, 50078, 50079, 500_121, 50097, 50105, 50125, 50129, 50131,
    50135, 50142, 50158, 53000, 53001, 53002, 53003, 53004, 53010, 530_032, 530_033, 530_034,
    530_035, 65001, 90094, 90095, 90099, 650_051, 650_056, 650_057,
];
const TOKEN: [u32; 11] = [
    7_000_218, 700_025, 50089, 50132, 50133, 50173, 50196, 70000, 70008, 70043, 700_082,
];
const PASSING: [u32; 4] = [90006, 90024, 90033, 90055];

async fn set(desk: &OperatorDesk, refusals: &str) {
    desk.switch(json!({"sign_in_refusals": refusals})).await;
}

async fn through(desk: &OperatorDesk) -> HttpAnswer {
    let operator = &desk.info().operators[0];
    desk.through_pages(&operator.upn, &operator.password, &[])
        .await
}

async fn refresh(desk: &OperatorDesk, token: &str) -> HttpAnswer {
    desk.token_call(&[
        ("grant_type", "refresh_token"),
        ("client_id", &desk.info().client_id),
        ("refresh_token", token),
    ])
    .await
}

async fn refresh_token(desk: &OperatorDesk) -> String {
    let tokens = desk
        .sign_in(OperatorRole::AuthenticationAdministrator)
        .await;
    tokens["refresh_token"].as_str().unwrap().to_owned()
}

/// Entra's shape, with the number everywhere it has to be.
fn assert_shape(answer: &HttpAnswer, number: u32) {
    let body = answer.json();
    assert_eq!(body["error_codes"], json!([number]), "{body}");
    let description = body["error_description"].as_str().unwrap();
    assert!(
        description.starts_with(&format!("AADSTS{number}: ")),
        "{description}"
    );
    for part in ["Trace ID: ", "Correlation ID: ", "Timestamp: "] {
        assert!(description.contains(part), "{description}");
    }
    for field in ["timestamp", "trace_id", "correlation_id", "error_uri"] {
        assert!(body[field].is_string(), "{number}: {field}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_the_client_is_shown_before_anything_else() {
    let desk = OperatorDesk::open().await;
    let token = refresh_token(&desk).await;
    for number in CLIENT {
        set(&desk, &number.to_string()).await;
        let page = HttpRequest::new("GET", desk.authorize_url(&[]))
            .send()
            .await;
        assert_eq!(
            (page.status, page_kind(&page), complaint(&page)),
            (400, "error".to_owned(), number)
        );
        let answer = refresh(&desk, &token).await;
        assert_eq!(answer.status, 400);
        assert_shape(&answer, number);
    }
}

#[tokio::test]
async fn account_and_secret_are_refused_on_their_pages() {
    let desk = OperatorDesk::open().await;
    let operator = desk.info().operators[0].clone();
    for number in ACCOUNT {
        set(&desk, &number.to_string()).await;
        let page = HttpRequest::new("GET", desk.authorize_url(&[]))
            .send()
            .await;
        let page = fill(&page, &[("loginfmt", &operator.upn)]).await;
        assert_eq!(
            (page_kind(&page), complaint(&page)),
            ("loginfmt".to_owned(), number)
        );
    }
    for number in SECRET {
        set(&desk, &number.to_string()).await;
        let page = through(&desk).await;
        assert_eq!(
            (page_kind(&page), complaint(&page)),
            ("passwd".to_owned(), number)
        );
    }
    set(&desk, "").await;
    assert!(through(&desk).await.landed().contains_key("code"));
}

#[tokio::test]
async fn policy_refuses_after_the_proof_silently_and_at_renewal() {
    let desk = OperatorDesk::open().await;
    let token = refresh_token(&desk).await;
    let cookie = session(&desk).await;
    for number in POLICY {
        set(&desk, &number.to_string()).await;
        let page = through(&desk).await;
        assert_eq!(
            (page_kind(&page), complaint(&page)),
            ("blocked".to_owned(), number)
        );
        let landed = silent(&desk, &cookie).await;
        assert!(landed["error_description"].starts_with(&format!("AADSTS{number}: ")));
        let words = [
            "interaction_required",
            "login_required",
            "consent_required",
            "invalid_resource",
        ];
        assert!(
            words.contains(&landed["error"].as_str()),
            "{number}: {}",
            landed["error"]
        );
        let answer = refresh(&desk, &token).await;
        assert_eq!(answer.status, 400);
        assert_shape(&answer, number);
    }
}

#[tokio::test]
async fn a_policy_refusal_can_go_to_the_client() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"sign_in_refusals": "53003", "policy_refusal_to": "client"}))
        .await;
    let landed = through(&desk).await.landed();
    assert_eq!(
        (landed["error"].as_str(), landed["state"].as_str()),
        ("access_denied", "state-1")
    );
    assert!(landed["error_description"].starts_with("AADSTS53003: "));
}

#[tokio::test]
async fn grants_are_refused_at_the_token_endpoint() {
    let desk = OperatorDesk::open().await;
    let token = refresh_token(&desk).await;
    for number in TOKEN {
        set(&desk, &number.to_string()).await;
        let code = through(&desk).await.landed()["code"].clone();
        assert_shape(&desk.redeem(&code, &[]).await, number);
        assert_shape(&refresh(&desk, &token).await, number);
    }
    for number in PASSING {
        set(&desk, &number.to_string()).await;
        let page = HttpRequest::new("GET", desk.authorize_url(&[]))
            .send()
            .await;
        assert_eq!(complaint(&page), number);
        let answer = refresh(&desk, &token).await;
        assert_eq!(
            (answer.status, &answer.json()["error"]),
            (503, &json!("temporarily_unavailable"))
        );
        assert_shape(&answer, number);
    }
}

#[tokio::test]
async fn a_refusal_can_be_for_one_person() {
    let desk = OperatorDesk::open().await;
    let [first, second] = [0, 1].map(|place| desk.info().operators[place].clone());
    set(&desk, &format!("{}:53003 {}:70043", first.upn, first.upn)).await;
    assert_eq!(complaint(&through(&desk).await), 53003);
    let page = desk.through_pages(&second.upn, &second.password, &[]).await;
    assert!(page.landed().contains_key("code"));
    let unknown = json!({"sign_in_refusals": "12345"});
    assert_eq!(desk.control("POST", "switches", &unknown).await.status, 400);
}

#[tokio::test]
async fn words_besides_the_number_help_the_client() {
    let desk = OperatorDesk::open().await;
    let token = refresh_token(&desk).await;
    let check = async |number: u32, error: &str, suberror: Value| {
        set(&desk, &number.to_string()).await;
        let body = refresh(&desk, &token).await.json();
        assert_eq!(
            (&body["error"], &body["suberror"]),
            (&json!(error), &suberror),
            "{number}"
        );
    };
    check(50076, "interaction_required", json!("basic_action")).await;
    check(53003, "interaction_required", json!("message_only")).await;
    check(65001, "invalid_grant", json!("consent_required")).await;
    check(50173, "invalid_grant", json!("bad_token")).await;
    check(700_082, "invalid_grant", Value::Null).await;
}

#[tokio::test]
async fn wrong_passwords_lock_the_account_for_a_minute() {
    let desk = OperatorDesk::open().await;
    let operator = desk.info().operators[0].clone();
    let entry =
        async |password: &str| complaint(&desk.through_pages(&operator.upn, password, &[]).await);
    for _ in 1..10 {
        assert_eq!(entry("wrong").await, 50126);
    }
    assert_eq!(entry("wrong").await, 50053, "the tenth one locks");
    assert_eq!(
        entry(&operator.password).await,
        50053,
        "the right one does not help"
    );
    desk.advance(60).await;
    assert_eq!(entry(&operator.password).await, 0);
    assert_eq!(entry("wrong").await, 50126, "counted anew");
}

#[tokio::test]
async fn a_sign_in_grows_old_where_policy_says_so() {
    let desk = OperatorDesk::open().await;
    let token = refresh_token(&desk).await;
    let cookie = session(&desk).await;
    desk.switch(json!({"sign_in_frequency_s": 3600})).await;
    assert_eq!(refresh(&desk, &token).await.status, 200);
    desk.advance(3600).await;
    assert_shape(&refresh(&desk, &token).await, 70043);
    assert_eq!(silent(&desk, &cookie).await["error"], "login_required");
}

#[tokio::test]
async fn a_client_that_loops_is_stopped() {
    let desk = OperatorDesk::open().await;
    let token = refresh_token(&desk).await;
    desk.switch(json!({"loop_limit": 3})).await;
    for _ in 0..3 {
        assert_eq!(refresh(&desk, &token).await.status, 200);
    }
    assert_shape(&refresh(&desk, &token).await, 50196);
    desk.advance(301).await;
    assert_eq!(refresh(&desk, &token).await.status, 200);
}

#[tokio::test]
async fn pages_that_wait_too_long_are_over() {
    let desk = OperatorDesk::open().await;
    let page = HttpRequest::new("GET", desk.authorize_url(&[]))
        .send()
        .await;
    desk.advance(3_600).await;
    let upn = desk.info().operators[0].upn.clone();
    assert_eq!(complaint(&fill(&page, &[("loginfmt", &upn)]).await), 50089);
}

#[tokio::test]
async fn somebody_disabled_or_unknown_gets_no_new_tokens() {
    let desk = OperatorDesk::open().await;
    let (_, upn) = desk.person(Case::Disabled);
    let page = HttpRequest::new("GET", desk.authorize_url(&[("login_hint", &upn)]))
        .send()
        .await;
    let password = desk.password_of(&upn).await;
    assert_eq!(
        complaint(&fill(&page, &[("passwd", &password)]).await),
        50057
    );
}

#[tokio::test]
async fn the_phone_meets_policy_as_the_person_does() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({})).await;
    for number in [53003, 53004, 53010] {
        set(&desk, &format!("{upn}:{number}")).await;
        let stuck = desk.register(&upn, &pass, "tap", "ios").await;
        let expected = json!({"ok": false, "screen": "blocked", "aadsts": number});
        assert_eq!(stuck, expected, "acceptance part 3, item 9");
    }
    desk.switch(json!({"sign_in_refusals": "", "kmsi_page": true, "consent": "asked", "mfa_required": true}))
        .await;
    let done = desk.register(&upn, &pass, "tap", "ios").await;
    assert_eq!(done["ok"], true, "{done}");
}

#[tokio::test]
async fn malformed_requests_are_told_by_number() {
    let desk = OperatorDesk::open().await;
    let check = async |changes: &[(&str, &str)], number: u32| {
        let landed = HttpRequest::new("GET", desk.authorize_url(changes))
            .send()
            .await
            .landed();
        assert!(
            landed["error_description"].starts_with(&format!("AADSTS{number}: ")),
            "{changes:?}: {}",
            landed["error_description"]
        );
    };
    let url = format!("{}/oauth2/v2.0/token", desk.info().authority_http);
    assert_shape(&HttpRequest::new("GET", url).send().await, 900_561);
    check(&[("prompt", "sometimes")], 90023).await;
    check(&[("claims", "{")], 9_002_313).await;
    check(&[("response_type", "token")], 700_054).await;
    check(&[("scope", "")], 900_144).await;
    let page = HttpRequest::new("GET", desk.authorize_url(&[("response_mode", "pigeon")]))
        .send()
        .await;
    assert_eq!(complaint(&page), 70007);
}

async fn session(desk: &OperatorDesk) -> String {
    let signed_in = through(desk).await;
    signed_in.cookie()
}

async fn silent(desk: &OperatorDesk, cookie: &str) -> std::collections::HashMap<String, String> {
    HttpRequest::new("GET", desk.authorize_url(&[("prompt", "none")]))
        .header("cookie", cookie)
        .send()
        .await
        .landed()
}
