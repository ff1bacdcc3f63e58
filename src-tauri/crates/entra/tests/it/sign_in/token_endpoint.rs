//! The token endpoint (F5, F12–F14) and the `oauth2` crate's own traps: its errors hold the tokens and are never shown.

use entra::SignInErrorKind as Kind;
use serde_json::{Value, json};

use crate::fake::{ID, Reply};
use crate::fixture::{Issue, Issuer, Script, assert_clean, causes, tokens};

fn changed(issue: &Issue, change: impl FnOnce(&mut Value)) -> Reply {
    let mut answer = tokens(issue);
    change(&mut answer);
    Reply::json(200, answer)
}

fn refused(status: u16, error: &str, number: u32) -> Reply {
    let description = format!("AADSTS{number}: planted");
    Reply::json(
        status,
        json!({"error": error, "error_description": description, "error_codes": [number]}),
    )
}

type Row = (&'static str, fn(&Issue) -> Reply, Kind);

const ANSWERS: &[Row] = &[
    (
        "portal page",
        |_| Reply::html(200),
        Kind::NetworkWantsSignIn,
    ),
    (
        "portal redirect",
        |_| Reply::with(307, &[("Location", "http://127.0.0.1:9/")], ""),
        Kind::NetworkWantsSignIn,
    ),
    ("down", |_| Reply::html(503), Kind::ServerTrouble),
    // W6: what stands between is not the service.
    ("bad gateway", |_| Reply::html(502), Kind::NetworkRefused),
    ("filter", |_| Reply::html(403), Kind::NetworkRefused),
    (
        "filter without a page",
        |_| Reply::with(403, &[], ""),
        Kind::NetworkRefused,
    ),
    ("proxy", |_| Reply::html(407), Kind::ProxyWantsSignIn),
    (
        "portal status",
        |_| Reply::html(511),
        Kind::NetworkWantsSignIn,
    ),
    ("throttled", |_| Reply::json(429, "{}"), Kind::ServerTrouble),
    (
        "code used",
        |_| refused(400, "invalid_grant", 54005),
        Kind::Refused {
            aadsts: Some(54005),
        },
    ),
    (
        "public client switch",
        |_| refused(401, "invalid_client", 7_000_218),
        Kind::ClientMisconfigured {
            aadsts: Some(7_000_218),
        },
    ),
    (
        "consent",
        |_| refused(400, "invalid_grant", 65001),
        Kind::ConsentNeeded {
            aadsts: Some(65001),
        },
    ),
    (
        "passing trouble",
        |_| refused(400, "invalid_request", 90033),
        Kind::ServerTrouble,
    ),
    (
        "error without words",
        |_| Reply::json(400, "{\"planted\":1}"),
        Kind::Unexpected,
    ),
    (
        "200 with an error",
        |_| Reply::json(200, "{\"error\":\"planted\"}"),
        Kind::Unexpected,
    ),
    (
        "no access token",
        |issue| changed(issue, |a| a["access_token"] = Value::Null),
        Kind::Unexpected,
    ),
    (
        "access token with a line break",
        |issue| changed(issue, |a| a["access_token"] = "planted\r\nX: y".into()),
        Kind::Unexpected,
    ),
    (
        "empty access token",
        |issue| changed(issue, |a| a["access_token"] = "".into()),
        Kind::Unexpected,
    ),
    (
        "token type mac",
        |issue| changed(issue, |a| a["token_type"] = "mac".into()),
        Kind::Unexpected,
    ),
    (
        "life as text",
        |issue| changed(issue, |a| a["expires_in"] = "planted".into()),
        Kind::Unexpected,
    ),
    (
        "negative life",
        |issue| changed(issue, |a| a["expires_in"] = (-1).into()),
        Kind::Unexpected,
    ),
    (
        "truncated JSON",
        |issue| {
            let text = tokens(issue).to_string();
            Reply::json(200, &text[..text.len() - 30])
        },
        Kind::Unexpected,
    ),
    (
        "cut short",
        |issue| Reply::json(200, tokens(issue)).short_by(30),
        Kind::Offline,
    ),
    (
        "an array",
        |_| Reply::json(200, "[\"planted\"]"),
        Kind::Unexpected,
    ),
    ("empty", |_| Reply::json(200, ""), Kind::Unexpected),
    (
        "huge",
        |_| Reply::json(200, "planted".repeat(200_000)),
        Kind::Unexpected,
    ),
    (
        "plain text",
        |issue| {
            Reply::with(
                200,
                &[("Content-Type", "text/plain"), ID],
                tokens(issue).to_string(),
            )
        },
        Kind::Unexpected,
    ),
    (
        "created instead of OK",
        |issue| Reply::json(201, tokens(issue)),
        Kind::Unexpected,
    ),
    ("no answer", |_| Reply::Cut, Kind::Offline),
];

#[tokio::test]
async fn answers_without_tokens() {
    for (name, answer, expected) in ANSWERS {
        let script = Script {
            token: Box::new(move |issue, _| answer(issue)),
            ..Script::default()
        };
        let issuer = Issuer::start(script).await;
        let error = issuer.sign_in(&issuer.client()).await.err().unwrap();
        assert_eq!(error.kind, *expected, "{name}");
        let interrupted = causes(&error).contains("(Interrupted)");
        assert_eq!(interrupted, error.kind == Kind::Offline, "{name}");
        assert_clean(&error);
        assert_eq!(
            issuer.fake.seen("/token").len(),
            1,
            "{name}: a code is sent once"
        );
    }
}

type Odd = (&'static str, fn(&mut Value), u64, usize);

/// What is odd, the life in seconds, and the number of scopes granted.
const ODD: &[Odd] = &[
    (
        "absurd life",
        |answer| answer["expires_in"] = u64::MAX.into(),
        28 * 3600,
        1,
    ),
    ("no life", |answer| answer["expires_in"] = Value::Null, 0, 1),
    ("no scope", |answer| answer["scope"] = Value::Null, 3600, 2),
    (
        "capitals and strangers",
        |answer| {
            answer["token_type"] = "BEARER".into();
            answer["foci"] = "1".into();
        },
        3600,
        1,
    ),
];

#[tokio::test]
async fn odd_but_good_token_answers() {
    for (name, change, life, scopes) in ODD {
        let issuer = Issuer::start(Script::default()).await;
        issuer.answer_token(move |issue| changed(issue, change));
        let signed_in = issuer.sign_in(&issuer.client()).await.unwrap();
        let left = signed_in.session.expires_in().as_secs();
        assert!(left <= *life && left + 60 >= *life, "{name}: {left}");
        assert_eq!(signed_in.granted_scopes.len(), *scopes, "{name}");
    }
}
