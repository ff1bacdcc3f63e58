//! A person's password sent by the app itself: no page can ask for anything (reference §5.6).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::http::HttpRequest;

async fn granted(desk: &OperatorDesk, authority: &str, upn: &str, password: &str) -> Value {
    let url = format!("{authority}/oauth2/v2.0/token");
    let fields = [
        ("grant_type", "password"),
        ("client_id", desk.info().client_id.as_str()),
        ("scope", "openid offline_access User.Read"),
        ("username", upn),
        ("password", password),
    ];
    HttpRequest::new("POST", url)
        .form(&fields)
        .send()
        .await
        .json()
}

fn number(answer: &Value) -> Value {
    answer["error_codes"][0].clone()
}

#[tokio::test]
async fn what_a_page_would_ask_for_is_a_refusal() {
    let desk = OperatorDesk::open().await;
    let (_, upn) = desk.person(Case::Plain);
    let password = desk.state_of(&upn).await["password"].clone();
    let password = password.as_str().unwrap();
    let own = desk.info().authority_http.clone();
    let host = own.rsplit_once('/').unwrap().0;
    let tokens = granted(&desk, &own, &upn, password).await;
    assert!(tokens["access_token"].is_string() && tokens["refresh_token"].is_string());
    let organizations = format!("{host}/organizations");
    let tokens = granted(&desk, &organizations, &upn, password).await;
    assert!(tokens["access_token"].is_string());
    for (authority, who, secret, expected) in [
        (own.clone(), upn.as_str(), "wrong", 50126),
        (own.clone(), "nobody@cablechan.biz", password, 50034),
        (format!("{host}/common"), upn.as_str(), password, 9_001_023),
    ] {
        let refused = granted(&desk, &authority, who, secret).await;
        assert_eq!(number(&refused), expected, "{authority}");
    }
    desk.switch(json!({"mfa_required": true})).await;
    let lacking = granted(&desk, &own, &upn, password).await;
    assert_eq!(number(&lacking), 50079);
    let (_, push) = desk.person(Case::HasPush);
    let of_push = desk.state_of(&push).await["password"].clone();
    let lacking = granted(&desk, &own, &push, of_push.as_str().unwrap()).await;
    assert_eq!(
        (number(&lacking), lacking["claims"].is_string()),
        (json!(50076), true)
    );
    desk.switch(json!({"mfa_required": false})).await;
    desk.advance(91 * 86_400).await;
    let expired = granted(&desk, &own, &upn, password).await;
    assert_eq!(
        (number(&expired), &expired["suberror"]),
        (json!(50055), &json!("user_password_expired"))
    );
    desk.switch(json!({"password_validity_days": 0, "sign_in_refusals": "53003"}))
        .await;
    assert_eq!(number(&granted(&desk, &own, &upn, password).await), 53003);
}

#[tokio::test]
async fn a_name_is_at_home_here_or_nowhere() {
    let desk = OperatorDesk::open().await;
    let host = desk.info().authority_http.rsplit_once('/').unwrap().0;
    for (name, kind) in [
        ("a@cablechan.biz", "Managed"),
        ("a%40cable.fukui.jp", "Managed"),
        ("a@elsewhere.example", "Unknown"),
        ("a", "Unknown"),
    ] {
        let url = format!("{host}/common/userrealm/{name}?api-version=1.0");
        let answer = HttpRequest::new("GET", url).send().await.json();
        assert_eq!(answer["account_type"], kind, "{name}");
    }
    let url = format!("{host}/nowhere/userrealm/a@cablechan.biz");
    assert_eq!(HttpRequest::new("GET", url).send().await.status, 400);
}
