//! Sign-in as clients see it: discovery, PKCE, redirect addresses, tokens and their refusals.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, OperatorRole, REDIRECT, complaint};
use crate::http::HttpRequest;

fn claims_unchecked(token: &str) -> Value {
    let payload = token.split('.').nth(1).expect("a JWT");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn discovery_speaks_of_the_listener_it_was_asked_on() {
    let desk = OperatorDesk::open().await;
    let info = desk.info();
    for authority in [&info.authority_http, &info.authority_https] {
        let url = format!("{authority}/v2.0/.well-known/openid-configuration");
        let document = HttpRequest::new("GET", url)
            .trusting(&info.ca_file)
            .send()
            .await
            .json();
        assert_eq!(document["issuer"], format!("{authority}/v2.0"));
        for endpoint in [
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "device_authorization_endpoint",
        ] {
            assert!(
                document[endpoint]
                    .as_str()
                    .unwrap()
                    .starts_with(authority.as_str()),
                "{endpoint}"
            );
        }
    }
    // By verified domain the tenant is the same one.
    let root = info.graph_http.strip_suffix("/v1.0").unwrap();
    let by_domain = format!("{root}/cablechan.biz/v2.0/.well-known/openid-configuration");
    assert_eq!(
        HttpRequest::new("GET", by_domain).send().await.json()["issuer"],
        format!("{}/v2.0", info.authority_http)
    );
    let unknown = HttpRequest::new(
        "GET",
        format!("{root}/elsewhere.example/v2.0/.well-known/openid-configuration"),
    )
    .send()
    .await;
    assert_eq!(
        (unknown.status, &unknown.json()["error_codes"]),
        (400, &json!([90002]))
    );
}

#[tokio::test]
async fn the_id_token_is_signed_by_the_published_key() {
    let desk = OperatorDesk::open().await;
    let answer = desk
        .sign_in(OperatorRole::AuthenticationAdministrator)
        .await;
    let token = answer["id_token"].as_str().unwrap();
    let keys = HttpRequest::new(
        "GET",
        format!("{}/discovery/v2.0/keys", desk.info().authority_http),
    )
    .send()
    .await
    .json();
    let key = &keys["keys"][0];
    assert_eq!(
        jsonwebtoken::decode_header(token).unwrap().kid.as_deref(),
        key["kid"].as_str()
    );
    let decoding =
        DecodingKey::from_rsa_components(key["n"].as_str().unwrap(), key["e"].as_str().unwrap())
            .unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[&desk.info().client_id]);
    validation.set_issuer(&[format!("{}/v2.0", desk.info().authority_http)]);
    let claims = jsonwebtoken::decode::<Value>(token, &decoding, &validation)
        .unwrap()
        .claims;
    assert_eq!(claims["nonce"], "nonce-1");
    assert_eq!(claims["ver"], "2.0");
    assert_eq!(claims["tid"], desk.info().tenant_id);
    assert_eq!(claims["preferred_username"], desk.info().operators[0].upn);
    let client_info: Value = serde_json::from_slice(
        &URL_SAFE_NO_PAD
            .decode(answer["client_info"].as_str().unwrap())
            .unwrap(),
    )
    .unwrap();
    assert_eq!(
        client_info,
        json!({"uid": claims["oid"], "utid": claims["tid"]})
    );
    assert!(answer["expires_in"].is_u64() && answer["ext_expires_in"].is_u64());
}

#[tokio::test]
async fn scopes_are_those_asked_for_and_consented_to() {
    let desk = OperatorDesk::open().await;
    let operator = &desk.info().operators[0];
    let scope = "openid https://graph.microsoft.com/User.Read.All Mail.Send";
    let code = desk
        .code(&operator.upn, &operator.password, &[("scope", scope)])
        .await;
    let answer = desk.redeem(&code, &[]).await.json();
    assert_eq!(answer["scope"], "User.Read.All openid");
    assert_eq!(
        answer["refresh_token"],
        Value::Null,
        "no offline_access, no refresh token"
    );
    let claims = claims_unchecked(answer["id_token"].as_str().unwrap());
    assert_eq!(claims["oid"], Value::Null, "oid needs the profile scope");
}

#[tokio::test]
async fn pkce_is_enforced() {
    let desk = OperatorDesk::open().await;
    for changes in [
        [("code_challenge", ""), ("code_challenge_method", "")],
        [
            ("code_challenge_method", "plain"),
            (
                "code_challenge",
                "0123456789-abcdefghijklmnopqrstuvwxyz_ABCDE",
            ),
        ],
        [
            ("code_challenge_method", "S256"),
            ("code_challenge", "too-short"),
        ],
    ] {
        let landed = HttpRequest::new("GET", desk.authorize_url(&changes))
            .send()
            .await
            .landed();
        assert_eq!(
            (landed["error"].as_str(), landed["state"].as_str()),
            ("invalid_request", "state-1"),
            "{changes:?}"
        );
    }
    let operator = &desk.info().operators[0];
    for verifier in ["", "0123456789-abcdefghijklmnopqrstuvwxyz_ABCDEFX", "short"] {
        let code = desk.code(&operator.upn, &operator.password, &[]).await;
        let refused = desk.redeem(&code, &[("code_verifier", verifier)]).await;
        let body = refused.json();
        assert_eq!(
            (refused.status, &body["error"], &body["error_codes"]),
            (400, &json!("invalid_grant"), &json!([501481]))
        );
    }
}

#[tokio::test]
async fn token_refusals_have_entras_shape() {
    let desk = OperatorDesk::open().await;
    let operator = &desk.info().operators[0];
    let check = async |changes: &[(&str, &str)], status: u16, error: &str, aadsts: u32| {
        let code = desk.code(&operator.upn, &operator.password, &[]).await;
        let refused = desk.redeem(&code, changes).await;
        let body = refused.json();
        assert_eq!(refused.status, status, "{changes:?}");
        assert_eq!(
            (&body["error"], &body["error_codes"]),
            (&json!(error), &json!([aadsts])),
            "{changes:?}"
        );
        let description = body["error_description"].as_str().unwrap();
        assert!(
            description.starts_with(&format!("AADSTS{aadsts}: ")),
            "{description}"
        );
        for field in ["timestamp", "trace_id", "correlation_id", "error_uri"] {
            assert!(body[field].is_string(), "{field}");
        }
    };
    check(
        &[("client_id", "00000000-0000-0000-0000-00000000dead")],
        400,
        "unauthorized_client",
        700016,
    )
    .await;
    check(&[("client_id", "")], 400, "invalid_request", 900144).await;
    check(&[("grant_type", "")], 400, "invalid_request", 900144).await;
    check(
        &[("grant_type", "implicit")],
        400,
        "unsupported_grant_type",
        70003,
    )
    .await;
    check(&[("code", "1.unknown")], 400, "invalid_grant", 70000).await;
    check(
        &[("redirect_uri", "http://localhost:51235/")],
        400,
        "invalid_grant",
        500112,
    )
    .await;
    check(&[("client_secret", "hush")], 401, "invalid_client", 700025).await;
}

#[tokio::test]
async fn a_code_is_good_once_and_for_ten_minutes() {
    let desk = OperatorDesk::open().await;
    let operator = &desk.info().operators[0];
    let code = desk.code(&operator.upn, &operator.password, &[]).await;
    assert_eq!(desk.redeem(&code, &[]).await.status, 200);
    assert_eq!(
        desk.redeem(&code, &[]).await.json()["error_codes"],
        json!([54005])
    );
    let code = desk.code(&operator.upn, &operator.password, &[]).await;
    desk.advance(600).await;
    assert_eq!(
        desk.redeem(&code, &[]).await.json()["error_codes"],
        json!([70008])
    );
}

#[tokio::test]
async fn redirect_addresses_are_matched_as_entra_does() {
    let desk = OperatorDesk::open().await;
    for good in [
        "http://localhost",
        "http://localhost:1",
        "http://127.0.0.1:65535/",
    ] {
        let page = HttpRequest::new("GET", desk.authorize_url(&[("redirect_uri", good)]))
            .send()
            .await;
        assert_eq!((page.status, complaint(&page)), (200, 0), "{good}");
    }
    for bad in [
        "http://localhost:5000/other",
        "https://localhost:5000/",
        "http://evil.example/",
        "http://[::1]:5000/",
    ] {
        let page = HttpRequest::new("GET", desk.authorize_url(&[("redirect_uri", bad)]))
            .send()
            .await;
        assert_eq!((page.status, complaint(&page)), (400, 50011), "{bad}");
        assert_eq!(
            page.header("location"),
            "",
            "never sent to an address nobody registered"
        );
    }
    let unknown = HttpRequest::new("GET", desk.authorize_url(&[("client_id", "nobody")]))
        .send()
        .await;
    assert_eq!((unknown.status, complaint(&unknown)), (400, 700016));
    let elsewhere = desk
        .authorize_url(&[])
        .replace(&desk.info().tenant_id, "elsewhere.example");
    assert_eq!(
        complaint(&HttpRequest::new("GET", elsewhere).send().await),
        90002
    );
}

#[tokio::test]
async fn the_answer_comes_in_the_mode_asked_for() {
    let desk = OperatorDesk::open().await;
    let operator = &desk.info().operators[0];
    let go = async |mode: &str| {
        desk.through_pages(
            &operator.upn,
            &operator.password,
            &[("response_mode", mode)],
        )
        .await
    };
    let query = go("query").await;
    assert!(
        query
            .header("location")
            .starts_with(&format!("{REDIRECT}?code="))
    );
    assert_eq!(query.landed()["state"], "state-1");
    let fragment = go("fragment").await;
    assert!(
        fragment
            .header("location")
            .starts_with(&format!("{REDIRECT}#code="))
    );
    let form = go("form_post").await;
    let html = form.text();
    assert!(
        form.status == 200 && html.contains(&format!("action=\"{REDIRECT}\"")),
        "{html}"
    );
    assert!(
        html.contains("name=\"state\" value=\"state-1\"")
            && html.contains("<button type=\"submit\">"),
        "{html}"
    );
}

#[tokio::test]
async fn refresh_tokens_rotate() {
    let desk = OperatorDesk::open().await;
    let first = desk
        .sign_in(OperatorRole::AuthenticationAdministrator)
        .await["refresh_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let refresh = async |token: &str| {
        let client = desk.info().client_id.clone();
        desk.token_call(&[
            ("grant_type", "refresh_token"),
            ("client_id", &client),
            ("refresh_token", token),
        ])
        .await
    };
    let second = refresh(&first).await.json();
    assert_ne!(second["refresh_token"], json!(first));
    assert!(
        second["scope"]
            .as_str()
            .unwrap()
            .contains("UserAuthMethod-TAP.ReadWrite.All")
    );
    assert_eq!(
        refresh(&first).await.status,
        200,
        "a used one stays valid, as documented"
    );
    desk.switch(json!({"refresh_reuse": false})).await;
    assert_eq!(refresh(&first).await.json()["error_codes"], json!([70000]));
    assert_eq!(refresh("1.unknown").await.json()["error"], "invalid_grant");
    desk.advance(90 * 86_400).await;
    let last = second["refresh_token"].as_str().unwrap();
    assert_eq!(refresh(last).await.json()["error_codes"], json!([700082]));
}

#[tokio::test]
async fn access_tokens_end() {
    let mut desk = OperatorDesk::open().await;
    desk.switch(json!({"issue_token_life_s": 20})).await;
    let answer = desk
        .sign_in(OperatorRole::AuthenticationAdministrator)
        .await;
    assert_eq!(answer["expires_in"], 20);
    desk.token = answer["access_token"].as_str().unwrap().to_owned();
    assert_eq!(desk.get("/me").await.status, 200);
    desk.advance(20).await;
    let refused = desk.get("/me").await;
    assert_eq!(
        (refused.status, &refused.json()["error"]["code"]),
        (401, &json!("InvalidAuthenticationToken"))
    );
    assert!(refused.header("www-authenticate").starts_with("Bearer"));
}

#[tokio::test]
async fn spoiled_id_tokens_can_be_had() {
    let desk = OperatorDesk::open().await;
    let token = async |fault: &str| {
        desk.switch(json!({"id_token_fault": fault})).await;
        let answer = desk
            .sign_in(OperatorRole::AuthenticationAdministrator)
            .await;
        answer["id_token"].as_str().unwrap().to_owned()
    };
    assert_ne!(claims_unchecked(&token("nonce").await)["nonce"], "nonce-1");
    assert_eq!(
        claims_unchecked(&token("no_nonce").await)["nonce"],
        Value::Null
    );
    assert_ne!(
        claims_unchecked(&token("audience").await)["aud"],
        desk.info().client_id
    );
    assert_ne!(
        claims_unchecked(&token("tenant").await)["tid"],
        desk.info().tenant_id
    );
    assert!(
        claims_unchecked(&token("issuer").await)["iss"]
            .as_str()
            .unwrap()
            .contains("elsewhere")
    );
    assert!(token("alg_none").await.ends_with('.'));
    let expired = claims_unchecked(&token("expired").await);
    assert!(expired["exp"].as_i64().unwrap() < expired["iat"].as_i64().unwrap() + 3_601);
    let unknown_key = token("unknown_key").await;
    assert_eq!(
        jsonwebtoken::decode_header(&unknown_key)
            .unwrap()
            .kid
            .as_deref(),
        Some("no-such-key")
    );
}

#[tokio::test]
async fn the_redirect_can_go_wrong() {
    let desk = OperatorDesk::open().await;
    let operator = &desk.info().operators[0];
    let landed = async |fault: &str| {
        desk.switch(json!({"redirect_fault": fault})).await;
        desk.through_pages(&operator.upn, &operator.password, &[])
            .await
            .landed()
    };
    assert_ne!(landed("wrong_state").await["state"], "state-1");
    assert!(!landed("no_state").await.contains_key("state"));
    assert!(landed("wrong_issuer").await["iss"].contains("elsewhere"));
}
