//! The ways to name the tenant, instance discovery, and signing keys that change.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, OperatorRole, complaint};
use crate::http::HttpRequest;

fn root(desk: &OperatorDesk) -> String {
    let graph = &desk.info().graph_http;
    graph.strip_suffix("/v1.0").unwrap().to_owned()
}

async fn discovery(desk: &OperatorDesk, tenant: &str) -> Value {
    let url = format!(
        "{}/{tenant}/v2.0/.well-known/openid-configuration",
        root(desk)
    );
    HttpRequest::new("GET", url).send().await.json()
}

#[tokio::test]
async fn each_form_of_the_authority_has_its_own_discovery() {
    let desk = OperatorDesk::open().await;
    let root = root(&desk);
    let id = desk.info().tenant_id.clone();
    let check = async |named: &str, issuer: &str, segment: &str| {
        let document = discovery(&desk, named).await;
        assert_eq!(
            document["issuer"],
            format!("{root}/{issuer}/v2.0"),
            "{named}"
        );
        assert_eq!(
            document["token_endpoint"],
            format!("{root}/{segment}/oauth2/v2.0/token"),
            "{named}"
        );
        let keys = document["jwks_uri"].as_str().unwrap();
        let keys = HttpRequest::new("GET", keys).send().await.json();
        assert!(keys["keys"].as_array().unwrap().len() >= 2, "{named}");
    };
    check(&id, &id, &id).await;
    check("cablechan.biz", &id, &id).await;
    check("CABLE.fukui.jp", &id, &id).await;
    check("common", "{tenantid}", "common").await;
    check("organizations", "{tenantid}", "organizations").await;
    let refused = async |named: &str| discovery(&desk, named).await["error_codes"].clone();
    assert_eq!(refused("consumers").await, json!([9_002_332]));
    assert_eq!(refused("elsewhere.example").await, json!([90002]));
}

#[tokio::test]
async fn a_sign_in_by_common_gives_tokens_of_the_tenant() {
    let desk = OperatorDesk::open().await;
    let operator = desk.info().operators[0].clone();
    for named in ["common", "organizations"] {
        let url = desk
            .authorize_url(&[])
            .replace(&desk.info().tenant_id, named);
        let page = HttpRequest::new("GET", url).send().await;
        let page = crate::desk::fill(&page, &[("loginfmt", &operator.upn)]).await;
        let landed = crate::desk::fill(&page, &[("passwd", &operator.password)]).await;
        let code = landed.landed()["code"].clone();
        let tokens = HttpRequest::new("POST", format!("{}/{named}/oauth2/v2.0/token", root(&desk)))
            .form(&[
                ("grant_type", "authorization_code"),
                ("client_id", &desk.info().client_id),
                ("redirect_uri", crate::desk::REDIRECT),
                ("code", &code),
                ("code_verifier", crate::desk::VERIFIER),
            ])
            .send()
            .await
            .json();
        let payload = tokens["id_token"]
            .as_str()
            .unwrap()
            .split('.')
            .nth(1)
            .unwrap();
        let claims: Value =
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
        assert_eq!(
            claims["iss"],
            format!("{}/v2.0", desk.info().authority_http)
        );
        assert_eq!(claims["tid"], desk.info().tenant_id);
    }
}

#[tokio::test]
async fn instance_discovery_knows_this_host_and_no_other() {
    let desk = OperatorDesk::open().await;
    let root = root(&desk);
    let ask = async |endpoint: &str| {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("api-version", "1.1")
            .append_pair("authorization_endpoint", endpoint)
            .finish();
        HttpRequest::new("GET", format!("{root}/common/discovery/instance?{query}"))
            .send()
            .await
            .json()
    };
    let tenant = format!("{root}/organizations/oauth2/v2.0/authorize");
    let answer = ask(&tenant).await;
    assert_eq!(answer["api-version"], "1.1");
    assert_eq!(
        answer["tenant_discovery_endpoint"],
        format!("{root}/organizations/v2.0/.well-known/openid-configuration")
    );
    let host = root.strip_prefix("http://").unwrap();
    let aliases = answer["metadata"][0]["aliases"].as_array().unwrap();
    assert!(aliases.contains(&json!(host)), "{aliases:?}");
    assert_eq!(answer["metadata"][0]["preferred_network"], host);

    let elsewhere = ask("https://login.elsewhere.example/common/oauth2/v2.0/authorize").await;
    assert_eq!(
        (&elsewhere["error"], &elsewhere["error_codes"]),
        (&json!("invalid_instance"), &json!([50049]))
    );
    assert_eq!(ask("no address").await["error_codes"], json!([50050]));
    let unknown = format!("{root}/elsewhere.example/oauth2/v2.0/authorize");
    assert_eq!(ask(&unknown).await["error_codes"], json!([90002]));
}

#[tokio::test]
async fn keys_change_and_old_ones_stay_a_day() {
    let desk = OperatorDesk::open().await;
    let published = async || -> Vec<String> {
        let url = format!("{}/discovery/v2.0/keys", desk.info().authority_http);
        let set = HttpRequest::new("GET", url).send().await.json();
        let keys = set["keys"].as_array().unwrap().clone();
        keys.iter()
            .map(|key| key["kid"].as_str().unwrap().to_owned())
            .collect()
    };
    let signing = async || {
        let answer = desk
            .sign_in(OperatorRole::AuthenticationAdministrator)
            .await;
        let token = answer["id_token"].as_str().unwrap().to_owned();
        jsonwebtoken::decode_header(&token).unwrap().kid.unwrap()
    };
    let before = published().await;
    assert_eq!(signing().await, before[0]);
    let rotate = async |how: &str| desk.control("POST", "keys", &json!({"rotate": how})).await;
    let answer = rotate("planned").await.json();
    assert_eq!(answer["kid"], before[1], "the next key had been published");
    assert_eq!(signing().await, before[1]);
    assert!(
        published().await.contains(&before[0]),
        "tokens of before stay valid"
    );
    desk.advance(86_400).await;
    assert!(!published().await.contains(&before[0]));

    let before = published().await;
    rotate("emergency").await;
    let after = published().await;
    assert!(
        before.iter().all(|old| !after.contains(old)),
        "all others are gone at once"
    );
    assert_eq!(signing().await, after[0]);
    assert_eq!(rotate("sometimes").await.status, 400);
}

#[tokio::test]
async fn each_key_comes_with_its_certificate() {
    use base64::engine::general_purpose::STANDARD;
    let desk = OperatorDesk::open().await;
    let url = format!("{}/discovery/v2.0/keys", desk.info().authority_http);
    let set = HttpRequest::new("GET", url).send().await.json();
    for key in set["keys"].as_array().unwrap() {
        let der = STANDARD.decode(key["x5c"][0].as_str().unwrap()).unwrap();
        let modulus = URL_SAFE_NO_PAD.decode(key["n"].as_str().unwrap()).unwrap();
        let holds = der.windows(modulus.len()).any(|part| part == modulus);
        assert!(holds, "the certificate is of this very key");
        let thumbprint =
            aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, &der);
        assert_eq!(key["x5t"], URL_SAFE_NO_PAD.encode(thumbprint));
    }
}

#[tokio::test]
async fn a_client_of_one_tenant_must_name_it() {
    let desk = OperatorDesk::open().await;
    let new =
        json!({"name": "Single", "redirect_uris": ["http://localhost"], "single_tenant": true});
    let client = desk.control("POST", "clients", &new).await.json();
    let url = desk.authorize_url(&[("client_id", client["client_id"].as_str().unwrap())]);
    let common = url.replace(&desk.info().tenant_id, "common");
    assert_eq!(
        complaint(&HttpRequest::new("GET", common).send().await),
        50194
    );
    assert_eq!(complaint(&HttpRequest::new("GET", url).send().await), 0);
}
