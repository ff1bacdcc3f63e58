//! Further clients: public and confidential, by control call and by profile, and Microsoft's own.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use contract::{Requests, start};
use entra_sim::{Profile, TenantOptions};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rcgen::{CertificateParams, KeyPair};
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, REDIRECT, complaint};
use crate::http::{HttpAnswer, HttpRequest};

async fn add(desk: &OperatorDesk, new: Value) -> String {
    let answer = desk.control("POST", "clients", &new).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["client_id"].as_str().unwrap().to_owned()
}

/// A code for that client, redeemed with these fields besides.
async fn redeem(desk: &OperatorDesk, client: &str, fields: &[(&str, &str)]) -> HttpAnswer {
    let operator = &desk.info().operators[0];
    let asked = [("client_id", client), ("scope", "openid profile User.Read")];
    let code = desk.code(&operator.upn, &operator.password, &asked).await;
    let all: Vec<(&str, &str)> = [("client_id", client)]
        .iter()
        .chain(fields)
        .copied()
        .collect();
    desk.redeem(&code, &all).await
}

fn number(answer: &HttpAnswer) -> Value {
    answer.json()["error_codes"][0].clone()
}

/// A fresh private key in PEM.
fn rsa_key() -> String {
    use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
    use aws_lc_rs::rsa::{KeyPair, KeySize};
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der<'static> = pair.as_der().unwrap();
    let text = STANDARD.encode(der.as_ref());
    format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n")
}

fn certificate(pem: &str) -> String {
    let pair = KeyPair::from_pem(pem).unwrap();
    let params = CertificateParams::new(vec!["client.example".to_owned()]).unwrap();
    params.self_signed(&pair).unwrap().pem()
}

/// The tenant's present second.
async fn now(desk: &OperatorDesk) -> i64 {
    let state = desk.state().await;
    let now: jiff::Timestamp = state["clock"]["now"].as_str().unwrap().parse().unwrap();
    now.as_second()
}

#[tokio::test]
async fn a_client_is_added_and_used() {
    let desk = OperatorDesk::open().await;
    let new = json!({"name": "Web", "redirect_uris": ["https://web.example/back"]});
    let client = add(&desk, new).await;
    let operator = &desk.info().operators[0];
    let changes = [
        ("client_id", client.as_str()),
        ("redirect_uri", "https://web.example/back"),
    ];
    let answer = desk
        .through_pages(&operator.upn, &operator.password, &changes)
        .await;
    assert!(
        answer
            .header("location")
            .starts_with("https://web.example/back?code=")
    );
    let other = desk.authorize_url(&[("client_id", &client)]);
    assert_eq!(
        complaint(&HttpRequest::new("GET", other).send().await),
        50011
    );
    let url = format!("{}/clients", desk.info().control);
    let listed = HttpRequest::new("GET", url).send().await.json();
    assert!(
        listed
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["client_id"] == client.as_str())
    );
}

#[tokio::test]
async fn a_client_nobody_can_use_is_refused() {
    let desk = OperatorDesk::open().await;
    for new in [
        json!({"name": "x", "client_id": "no guid"}),
        json!({"name": "x", "client_id": desk.info().client_id}),
        json!({"name": "x", "redirect_uris": ["no address"]}),
        json!({"name": "x", "certificates": ["no certificate"]}),
        json!({"name": "x", "colour": "red"}),
        json!({}),
    ] {
        let answer = desk.control("POST", "clients", &new).await;
        assert_eq!(answer.status, 400, "{new}");
    }
}

#[tokio::test]
async fn a_confidential_client_proves_itself_by_its_secret() {
    let desk = OperatorDesk::open().await;
    let new = json!({"name": "Web", "redirect_uris": [REDIRECT], "secret": "s3cret~+/value"});
    let client = add(&desk, new).await;
    let right = redeem(&desk, &client, &[("client_secret", "s3cret~+/value")]).await;
    assert_eq!(right.status, 200, "{}", right.text());
    let wrong = redeem(&desk, &client, &[("client_secret", "other")]).await;
    assert_eq!((wrong.status, number(&wrong)), (401, json!(7_000_215)));
    assert_eq!(wrong.json()["error"], "invalid_client");
    let none = redeem(&desk, &client, &[]).await;
    assert_eq!((none.status, number(&none)), (401, json!(7_000_218)));

    let operator = &desk.info().operators[0];
    let asked = [("client_id", client.as_str()), ("scope", "openid")];
    let code = desk.code(&operator.upn, &operator.password, &asked).await;
    let encoded: String = url::form_urlencoded::byte_serialize(b"s3cret~+/value").collect();
    let basic = STANDARD.encode(format!("{client}:{encoded}"));
    let url = format!("{}/oauth2/v2.0/token", desk.info().authority_http);
    let fields = [
        ("grant_type", "authorization_code"),
        ("redirect_uri", REDIRECT),
        ("code", code.as_str()),
        ("code_verifier", crate::desk::VERIFIER),
    ];
    let answer = HttpRequest::new("POST", url)
        .header("authorization", format!("Basic {basic}"))
        .form(&fields)
        .send()
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn redeem_with_assertion(desk: &OperatorDesk, client: &str, assertion: &str) -> HttpAnswer {
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    let fields = [
        ("client_assertion_type", kind),
        ("client_assertion", assertion),
    ];
    redeem(desk, client, &fields).await
}

#[tokio::test]
async fn a_confidential_client_proves_itself_by_an_assertion() {
    let desk = OperatorDesk::open().await;
    let pem = rsa_key();
    let certificate = certificate(&pem);
    let new = json!({"name": "Web", "redirect_uris": [REDIRECT], "certificates": [certificate]});
    let client = add(&desk, new).await;
    let endpoint = format!("{}/oauth2/v2.0/token", desk.info().authority_http);
    let now = now(&desk).await;
    let good = json!({"aud": endpoint, "iss": client, "sub": client, "exp": now + 600, "nbf": now, "jti": "1"});
    let key = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
    let check = async |changes: Value, algorithm: Algorithm, key: &EncodingKey, expected: Value| {
        let mut claims = good.clone();
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let assertion = jsonwebtoken::encode(&Header::new(algorithm), &claims, key).unwrap();
        let answer = redeem_with_assertion(&desk, &client, &assertion).await;
        let seen = if answer.status == 200 {
            json!(0)
        } else {
            number(&answer)
        };
        assert_eq!(seen, expected, "{changes} {}", answer.text());
    };
    check(json!({}), Algorithm::RS256, &key, json!(0)).await;
    check(json!({}), Algorithm::PS256, &key, json!(0)).await;
    let fraction = json!({"exp": 600.25 + now as f64});
    check(fraction, Algorithm::RS256, &key, json!(0)).await;
    check(
        json!({"iss": "somebody"}),
        Algorithm::RS256,
        &key,
        json!(700_021),
    )
    .await;
    check(
        json!({"aud": "https://elsewhere.example"}),
        Algorithm::RS256,
        &key,
        json!(700_023),
    )
    .await;
    check(
        json!({"exp": now - 600}),
        Algorithm::RS256,
        &key,
        json!(700_024),
    )
    .await;
    check(
        json!({"nbf": now + 900}),
        Algorithm::RS256,
        &key,
        json!(700_024),
    )
    .await;
    let other = EncodingKey::from_rsa_pem(rsa_key().as_bytes()).unwrap();
    check(json!({}), Algorithm::RS256, &other, json!(700_027)).await;
    let shared = EncodingKey::from_secret(certificate.as_bytes());
    check(json!({}), Algorithm::HS256, &shared, json!(700_027)).await;
}

#[tokio::test]
async fn pkce_holds_for_confidential_clients_as_well() {
    let desk = OperatorDesk::open().await;
    let new = json!({"name": "Web", "redirect_uris": [REDIRECT], "secret": "hush"});
    let client = add(&desk, new).await;
    let without = [
        ("client_id", client.as_str()),
        ("scope", "openid"),
        ("code_challenge", ""),
        ("code_challenge_method", ""),
    ];
    let operator = desk.info().operators[0].clone();
    let landed = HttpRequest::new("GET", desk.authorize_url(&without))
        .send()
        .await
        .landed();
    assert_eq!(landed["error"], "invalid_request");
    let secret = ("client_secret", "hush");
    let verifier = (
        "code_verifier",
        "0123456789-abcdefghijklmnopqrstuvwxyz_ABCDEX",
    );
    let wrong = redeem(&desk, &client, &[secret, verifier]).await;
    assert_eq!(number(&wrong), 501_481);

    desk.switch(json!({"pkce_of_confidential": false})).await;
    let code = desk.code(&operator.upn, &operator.password, &without).await;
    let fields = [
        ("client_id", client.as_str()),
        secret,
        ("code_verifier", ""),
    ];
    assert_eq!(desk.redeem(&code, &fields).await.status, 200);
    let landed = HttpRequest::new("GET", desk.authorize_url(&without[2..]))
        .send()
        .await
        .landed();
    assert_eq!(
        landed["error"], "invalid_request",
        "a public client needs it always"
    );
}

#[tokio::test]
async fn a_registration_can_keep_people_out() {
    let desk = OperatorDesk::open().await;
    let [first, second] = [0, 1].map(|place| desk.info().operators[place].clone());
    let new = json!({"name": "Web", "redirect_uris": [REDIRECT], "assigned": [second.upn]});
    let client = add(&desk, new).await;
    let asked = [("client_id", client.as_str()), ("scope", "openid")];
    let page = desk
        .through_pages(&first.upn, &first.password, &asked)
        .await;
    assert_eq!(complaint(&page), 50105);
    let page = desk
        .through_pages(&second.upn, &second.password, &asked)
        .await;
    assert!(page.landed().contains_key("code"));

    let new = json!({"name": "Off", "redirect_uris": [REDIRECT], "enabled": false});
    let off = add(&desk, new).await;
    let page = HttpRequest::new("GET", desk.authorize_url(&[("client_id", &off)]))
        .send()
        .await;
    assert_eq!((page.status, complaint(&page)), (400, 7_000_112));
    let new = json!({"name": "No redirect"});
    let none = add(&desk, new).await;
    let page = HttpRequest::new("GET", desk.authorize_url(&[("client_id", &none)]))
        .send()
        .await;
    assert_eq!(complaint(&page), 500_113);
    let page = HttpRequest::new("GET", desk.authorize_url(&[("redirect_uri", "")]))
        .send()
        .await;
    assert_eq!(complaint(&page), 900_971);

    let new =
        json!({"name": "No public flows", "redirect_uris": [REDIRECT], "public_flows": false});
    let closed = add(&desk, new).await;
    assert_eq!(number(&redeem(&desk, &closed, &[]).await), 7_000_218);
}

#[tokio::test]
async fn microsofts_own_clients_are_known_when_switched_on() {
    let desk = OperatorDesk::open().await;
    let operator = &desk.info().operators[0];
    let known = [
        ("14d82eec-204b-4c2f-b7e8-296a70dab67e", Value::Null),
        ("04b07795-8ddb-461a-bbee-02f9e1bf7b46", json!("1")),
        ("1950a258-227b-4e31-a9cf-717495945fc2", json!("1")),
    ];
    let url = desk.authorize_url(&[("client_id", known[0].0)]);
    assert_eq!(
        complaint(&HttpRequest::new("GET", url).send().await),
        700_016
    );
    desk.switch(json!({"microsoft_clients": true})).await;
    let mut of_family = Vec::new();
    for (client, family) in &known {
        let scope = "https://graph.microsoft.com//.default openid profile offline_access";
        let asked = [("client_id", *client), ("scope", scope)];
        let code = desk.code(&operator.upn, &operator.password, &asked).await;
        let tokens = desk.redeem(&code, &asked).await.json();
        assert!(
            tokens["scope"].as_str().unwrap().contains("User.Read.All"),
            "{tokens}"
        );
        assert_eq!(&tokens["foci"], family, "{client}");
        of_family.push(tokens["refresh_token"].as_str().unwrap().to_owned());
    }
    let exchange = async |client: &str, token: &str| {
        let fields = [
            ("grant_type", "refresh_token"),
            ("client_id", client),
            ("refresh_token", token),
        ];
        desk.token_call(&fields).await.status
    };
    assert_eq!(exchange(known[2].0, &of_family[1]).await, 200, "one family");
    assert_eq!(exchange(known[0].0, &of_family[1]).await, 400);
    assert_eq!(exchange(known[1].0, &of_family[0]).await, 400);
}

#[tokio::test]
async fn clients_come_by_profile_as_well() {
    let id = "11111111-2222-4333-8444-555555555555";
    let profile: Profile = toml::from_str(&format!(
        "[[clients]]\nclient_id = \"{id}\"\nname = \"By profile\"\nredirect_uris = [\"http://localhost/deep\"]\n\
         consented_scopes = \"User.Read\"\n"
    ))
    .unwrap();
    let running = start(
        TenantOptions {
            profile,
            ..TenantOptions::default()
        },
        Requests::Any,
    )
    .await
    .unwrap();
    let desk = OperatorDesk {
        running,
        token: String::new(),
    };
    let operator = &desk.info().operators[0];
    let asked = [
        ("client_id", id),
        ("redirect_uri", "http://localhost:5000/deep"),
        ("scope", "openid offline_access User.Read User.Read.All"),
    ];
    let code = desk.code(&operator.upn, &operator.password, &asked).await;
    let tokens = desk.redeem(&code, &asked[..2]).await.json();
    assert_eq!(
        tokens["scope"], "User.Read openid",
        "bounded by its own consent"
    );
    assert!(tokens["refresh_token"].is_string());
    let twice: Profile = toml::from_str(&format!(
        "[[clients]]\nclient_id = \"{id}\"\nname = \"a\"\n[[clients]]\nclient_id = \"{id}\"\nname = \"b\"\n"
    ))
    .unwrap();
    let refused = start(
        TenantOptions {
            profile: twice,
            ..TenantOptions::default()
        },
        Requests::Any,
    );
    assert!(refused.await.is_err());
}

#[tokio::test]
async fn scopes_of_other_resources_are_refused() {
    let desk = OperatorDesk::open().await;
    let check = async |scope: &str, error: &str, number: u32| {
        let landed = HttpRequest::new("GET", desk.authorize_url(&[("scope", scope)]))
            .send()
            .await
            .landed();
        assert_eq!(landed["error"], error, "{scope}");
        assert!(landed["error_description"].starts_with(&format!("AADSTS{number}: ")));
    };
    check(
        "https://management.core.windows.net//.default",
        "invalid_resource",
        500_011,
    )
    .await;
    check(".default User.Read", "invalid_scope", 70011).await;
}
