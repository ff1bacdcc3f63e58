//! The authority's discovery document (O11, O23).

use entra::{Endpoints, SignInErrorKind};
use serde_json::json;

use SignInErrorKind::{
    NetworkRefused, NetworkWantsSignIn, Offline, ProxyWantsSignIn, ServerTrouble, TenantNotFound,
    Unexpected, Untrusted, WrongTenant,
};

use crate::fake::{Fake, Reply};
use crate::fixture::{
    Issue, Issuer, OPERATOR, Script, TENANT, assert_clean, causes, document, registration,
};

const EVIL: &str = "http://127.0.0.1:9";

fn poisoned(issue: &Issue, name: &str, value: &str) -> Reply {
    let mut document = document(issue);
    document[name] = value.into();
    Reply::json(200, document)
}

type Row = (&'static str, fn(&Issue) -> Reply, SignInErrorKind);

const DOCUMENTS: &[Row] = &[
    (
        "token endpoint elsewhere",
        |issue| poisoned(issue, "token_endpoint", &format!("{EVIL}/token")),
        Untrusted,
    ),
    (
        "keys elsewhere",
        |issue| poisoned(issue, "jwks_uri", &format!("{EVIL}/keys")),
        Untrusted,
    ),
    (
        "page elsewhere",
        |issue| poisoned(issue, "authorization_endpoint", "https://login.example/"),
        Untrusted,
    ),
    (
        "page as script",
        |issue| poisoned(issue, "authorization_endpoint", "javascript:alert(1)"),
        Untrusted,
    ),
    (
        "page with user information",
        |issue| {
            let mut document = document(issue);
            document["authorization_endpoint"] = issue.root.replace("://", "://planted@").into();
            Reply::json(200, document)
        },
        Untrusted,
    ),
    (
        "another's issuer",
        |issue| {
            poisoned(
                issue,
                "issuer",
                &format!("https://login.example/{TENANT}/v2.0"),
            )
        },
        Untrusted,
    ),
    (
        "a host whose name begins with ours",
        |issue| {
            let mut document = document(issue);
            document["issuer"] = format!("{}.evil.example/{TENANT}/v2.0", issue.root).into();
            Reply::json(200, document)
        },
        Untrusted,
    ),
    (
        "an issuer with our host as its user",
        |issue| {
            let mut document = document(issue);
            document["issuer"] = format!("{}@evil.example/{TENANT}/v2.0", issue.root).into();
            Reply::json(200, document)
        },
        Untrusted,
    ),
    (
        "an issuer that is no address",
        |issue| {
            let mut document = document(issue);
            document["issuer"] = "planted".into();
            Reply::json(200, document)
        },
        Untrusted,
    ),
    (
        "another tenant's issuer",
        |issue| {
            let mut document = document(issue);
            document["issuer"] = format!("{}/{OPERATOR}/v2.0", issue.root).into();
            Reply::json(200, document)
        },
        WrongTenant,
    ),
    (
        "a member missing",
        |_| Reply::json(200, json!({"issuer": "planted"})),
        Unexpected,
    ),
    ("not JSON", |_| Reply::json(200, "planted"), Unexpected),
    (
        "plain text",
        |issue| {
            Reply::with(
                200,
                &[("Content-Type", "text/plain")],
                document(issue).to_string(),
            )
        },
        NetworkRefused,
    ),
    ("portal page", |_| Reply::html(200), NetworkWantsSignIn),
    (
        "portal redirect",
        |_| Reply::with(302, &[("Location", "http://portal.example/")], ""),
        NetworkWantsSignIn,
    ),
    ("portal status", |_| Reply::html(511), NetworkWantsSignIn),
    ("down", |_| Reply::html(503), ServerTrouble),
    // W6: what stands between is not the service.
    ("bad gateway", |_| Reply::html(502), NetworkRefused),
    ("filter", |_| Reply::html(403), NetworkRefused),
    ("filter's other page", |_| Reply::html(404), NetworkRefused),
    ("proxy", |_| Reply::html(407), ProxyWantsSignIn),
    (
        "no such tenant",
        |_| {
            Reply::json(
                400,
                json!({
                    "error": "invalid_tenant", "error_description": "AADSTS90002: Tenant 'planted' not found.", "error_codes": [90002]
                }),
            )
        },
        TenantNotFound,
    ),
    (
        "huge",
        |_| Reply::json(200, " ".repeat(1_100_000)),
        Unexpected,
    ),
    (
        "cut short",
        |issue| Reply::json(200, document(issue)).short_by(20),
        Offline,
    ),
    ("no answer", |_| Reply::Cut, Offline),
];

/// RFC 7517, 8.5.2 gives key sets a media type of their own; RFC 6839 says what `+json` means.
#[tokio::test]
async fn every_json_of_rfc_6839_is_json() {
    for (media, taken) in [
        ("application/jwk-set+json", true),
        ("Application/JWK-Set+JSON; charset=utf-8", true),
        ("application/jrd+json", true),
        ("application/json", true),
        ("application/jwk-set", false),
        ("application/json+xml", false),
        ("text/json+planted", false),
        ("text/plain", false),
    ] {
        let answer = move |body: serde_json::Value| {
            Reply::with(200, &[("Content-Type", media)], body.to_string())
        };
        let script = Script {
            keys: Box::new(move |_, _| answer(json!({"keys": [crate::keys::ours().jwk()]}))),
            discovery: Box::new(move |issue, _| answer(document(issue))),
            ..Script::default()
        };
        let issuer = Issuer::start(script).await;
        let outcome = issuer.sign_in(&issuer.client()).await;
        assert_eq!(outcome.is_ok(), taken, "{media}: {:?}", outcome.err());
    }
}

/// The browser's session is ended at the authority's own place, and nowhere else.
#[tokio::test]
async fn the_address_that_ends_the_browsers_session_is_the_authoritys_own_o21() {
    let own = |root: &str| format!("{root}/{TENANT}/oauth2/v2.0/logout");
    for (address, kept) in [
        ("{root}/{tenant}/oauth2/v2.0/logout", true),
        ("https://evil.example/logout", false),
        ("javascript:alert(1)", false),
        ("", false),
    ] {
        let script = Script {
            discovery: Box::new(move |issue, _| {
                let mut document = document(issue);
                document["end_session_endpoint"] = address
                    .replace("{root}", &issue.root)
                    .replace("{tenant}", TENANT)
                    .into();
                Reply::json(200, document)
            }),
            ..Script::default()
        };
        let issuer = Issuer::start(script).await;
        let signed_in = issuer.sign_in(&issuer.client()).await.unwrap();
        let expected = kept.then(|| own(&issuer.fake.root()));
        let found = signed_in.sign_out_url.map(|url| url.to_string());
        assert_eq!(found, expected, "{address}");
    }
}

#[tokio::test]
async fn documents() {
    for (name, answer, expected) in DOCUMENTS {
        let script = Script {
            discovery: Box::new(move |issue, _| answer(issue)),
            ..Script::default()
        };
        let issuer = Issuer::start(script).await;
        let error = issuer.client().begin_sign_in(None).await.err().unwrap();
        assert_eq!(error.kind, *expected, "{name}");
        let interrupted = causes(&error).contains("(Interrupted)");
        assert_eq!(interrupted, error.kind == Offline, "{name}");
        assert_clean(&error);
    }
}

#[tokio::test]
async fn nothing_a_poisoned_document_names_is_asked() {
    for endpoint in [
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "issuer",
    ] {
        let elsewhere = Fake::start(std::sync::Arc::new(|_| Reply::json(200, "{}"))).await;
        let evil = elsewhere.root();
        let discovery = Box::new(move |issue: &Issue, _: &_| poisoned(issue, endpoint, &evil));
        let issuer = Issuer::start(Script {
            discovery,
            ..Script::default()
        })
        .await;
        let error = issuer.sign_in(&issuer.client()).await.err().unwrap();
        assert_eq!(error.kind, Untrusted, "{endpoint}");
        assert!(elsewhere.seen("").is_empty());
    }
}

#[tokio::test]
async fn nobody_listens() {
    let gone = Fake::start(std::sync::Arc::new(|_| Reply::Cut))
        .await
        .root();
    let endpoints = Endpoints {
        authority: gone.parse().unwrap(),
        graph: format!("{gone}/v1.0").parse().unwrap(),
        extra_root_pem: None,
    };
    tokio::task::yield_now().await;
    let client = entra::Client::new(endpoints, registration()).unwrap();
    let error = client.begin_sign_in(None).await.err().unwrap();
    assert_eq!(error.kind, Offline);
    assert!(causes(&error).contains("NotSent(Connection)"));
    assert_clean(&error);
}
