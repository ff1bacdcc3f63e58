//! Refresh tokens: in memory, one at a time, the newest kept (O17, F8).

use GraphErrorKind::{
    NetworkRefused, NetworkWantsSignIn, ProxyWantsSignIn, ServerTrouble, SignInNeeded, Unexpected,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use entra::{GraphErrorKind, IssueError, PassRequest, Priority};
use serde_json::{Value, json};

use crate::fake::{Reply, Seen};
use crate::fixture::{Issue, Issuer, Script, assert_clean, registration, tokens};

const PERSON: &str = "bbbbbbbb-0000-4000-8000-00000000000b";

/// Graph takes access tokens from this number on.
fn takes_from(number: usize) -> impl Fn(&Seen) -> Reply {
    move |seen| {
        let given = seen
            .header("authorization")
            .unwrap_or_default()
            .rsplit('-')
            .next()
            .unwrap_or_default();
        match given.parse::<usize>() {
            Ok(given) if given >= number => Reply::json(200, "{\"value\":[]}"),
            Ok(_) | Err(_) => Reply::error(401, "InvalidAuthenticationToken", "planted"),
        }
    }
}

fn living(seconds: u64) -> impl Fn(&Issue) -> Reply {
    move |issue| {
        let mut answer = tokens(issue);
        answer["expires_in"] = seconds.into();
        Reply::json(200, answer)
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_rotates() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(takes_from(2));
    session.methods(PERSON, Priority::Low).await.unwrap();
    assert_eq!(issuer.fake.seen("/v1.0/").len(), 2);
    issuer.answer_graph(takes_from(3));
    session.methods(PERSON, Priority::Low).await.unwrap();

    let asked = issuer.fake.seen("/token");
    assert_eq!(asked.len(), 3);
    assert_eq!(
        asked[1].form("grant_type").as_deref(),
        Some("refresh_token")
    );
    assert_eq!(
        asked[1].form("refresh_token").as_deref(),
        Some("planted-refresh-1")
    );
    assert_eq!(
        asked[2].form("refresh_token").as_deref(),
        Some("planted-refresh-2"),
        "the newest is used"
    );
    assert!(asked[1].form("scope").unwrap().contains("offline_access"));

    issuer.answer_graph(takes_from(99));
    let error = session.methods(PERSON, Priority::Low).await.unwrap_err();
    assert_eq!(error.kind, GraphErrorKind::SignInNeeded { claims: None });
    assert_eq!(
        issuer.fake.seen("/token").len(),
        4,
        "one renewal for one call"
    );
}

#[tokio::test]
async fn many_callers_renew_once() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(takes_from(2));
    let calls: Vec<_> = (0..12)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { session.methods(PERSON, Priority::Low).await.is_ok() })
        })
        .collect();
    for call in calls {
        assert!(call.await.unwrap());
    }
    assert_eq!(issuer.fake.seen("/token").len(), 2);
}

#[tokio::test]
async fn a_token_near_its_end_is_renewed_before_it_is_used() {
    let issuer = Issuer::start(Script::default()).await;
    issuer.answer_token(living(0));
    let session = issuer.session().await;
    assert!(session.expires_in().is_zero() && session.renewable());
    issuer.answer_token(living(3600));
    issuer.answer_graph(takes_from(2));
    session.methods(PERSON, Priority::Low).await.unwrap();
    assert_eq!(issuer.fake.seen("/v1.0/").len(), 1);
    session.methods(PERSON, Priority::Low).await.unwrap();
    assert_eq!(issuer.fake.seen("/token").len(), 2);
}

#[tokio::test]
async fn a_short_life_is_not_renewed_at_every_call() {
    let issuer = Issuer::start(Script::default()).await;
    issuer.answer_token(living(60));
    let session = issuer.session().await;
    issuer.answer_graph(takes_from(1));
    for _ in 0..5 {
        session.methods(PERSON, Priority::Low).await.unwrap();
    }
    assert_eq!(issuer.fake.seen("/token").len(), 1);
}

#[tokio::test]
async fn an_answer_without_a_new_refresh_token_keeps_the_old_one() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_token(|issue| {
        let mut answer = tokens(issue);
        answer["refresh_token"] = Value::Null;
        Reply::json(200, answer)
    });
    for number in 2..4 {
        issuer.answer_graph(takes_from(number));
        session.methods(PERSON, Priority::Low).await.unwrap();
    }
    let asked = issuer.fake.seen("/token");
    assert_eq!(
        asked[2].form("refresh_token").as_deref(),
        Some("planted-refresh-1")
    );
}

const CLAIMS: &str = "{\"access_token\":{}}";

fn refusal(number: u32) -> Reply {
    let description = format!("AADSTS{number}: planted");
    let body = json!({"error": "invalid_grant", "error_description": description, "error_codes": [number], "claims": CLAIMS});
    Reply::json(400, body)
}

/// What the renewal is answered with, what becomes of the call, and whether the refresh token is kept.
type Row = (&'static str, fn() -> Reply, GraphErrorKind, bool);

const RENEWALS: &[Row] = &[
    (
        "no words",
        || Reply::json(400, "{\"error\":\"interaction_required\"}"),
        SignInNeeded { claims: None },
        false,
    ),
    ("passing", || refusal(90033), ServerTrouble, true),
    ("down", || Reply::html(503), ServerTrouble, true),
    ("portal", || Reply::html(200), NetworkWantsSignIn, true),
    ("garbage", || Reply::json(200, "planted"), Unexpected, true),
];

async fn renewed_with(reply: Reply) -> (GraphErrorKind, bool) {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(takes_from(2));
    issuer.answer_token(move |_| reply.clone());
    let error = session.methods(PERSON, Priority::Low).await.unwrap_err();
    assert_clean(&error);
    (error.kind, session.renewable())
}

#[tokio::test]
async fn refused_renewals() {
    for (name, reply, expected, renewable) in RENEWALS {
        let outcome = renewed_with(reply()).await;
        assert_eq!(
            outcome,
            (expected.clone(), *renewable),
            "{name}: only a refusal costs the refresh token"
        );
    }
    let (kind, renewable) = renewed_with(refusal(50173)).await;
    assert!(matches!(kind, SignInNeeded { claims: Some(claims) } if claims.expose() == CLAIMS));
    assert!(!renewable);
}

#[tokio::test]
async fn forgetting_wins_over_a_renewal_under_way() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(takes_from(2));
    let own = session.clone();
    issuer.answer_token(move |issue| {
        // The operator signs out while the answer is on its way.
        own.forget();
        Reply::json(200, tokens(issue))
    });
    let error = session.methods(PERSON, Priority::Low).await.unwrap_err();
    assert_eq!(error.kind, GraphErrorKind::SignInNeeded { claims: None });
    assert!(!session.renewable() && session.expires_in().is_zero());
    assert_eq!(issuer.fake.seen("/v1.0/").len(), 1);
}

/// RFC 6749, 6: a scope that was not granted may not be asked for again.
#[tokio::test]
async fn a_renewal_asks_for_the_scopes_that_were_granted() {
    for (granted, expected) in [
        (
            json!("User.Read.All openid profile"),
            "openid profile offline_access User.Read.All",
        ),
        (
            json!("user.read.all"),
            "openid offline_access User.Read.All",
        ),
        (
            json!("openid UserAuthMethod-TAP.ReadWrite.All offline_access User.Read.All Mail.Send"),
            "openid offline_access User.Read.All UserAuthMethod-TAP.ReadWrite.All",
        ),
        (
            Value::Null,
            "openid profile offline_access User.Read.All UserAuthMethod-TAP.ReadWrite.All",
        ),
    ] {
        let issuer = Issuer::start(Script::default()).await;
        let answer = granted.clone();
        issuer.answer_token(move |issue| {
            let mut tokens = tokens(issue);
            tokens["scope"] = answer.clone();
            Reply::json(200, tokens)
        });
        let session = issuer.session().await;
        issuer.answer_graph(takes_from(2));
        session.methods(PERSON, Priority::Low).await.unwrap();
        let asked = issuer.fake.seen("/token")[1].form("scope");
        assert_eq!(asked.as_deref(), Some(expected), "{granted}");
    }
}

/// F7: the lid was shut for a night. The clock that stands still meanwhile would take the token for a fresh one.
#[tokio::test]
async fn the_life_of_a_token_counts_sleep_f7() {
    let issuer = Issuer::start(Script::default()).await;
    let slept = Arc::new(AtomicU64::new(0));
    let clock = Arc::clone(&slept);
    let uptime: entra::Uptime =
        Arc::new(move || Duration::from_secs(clock.load(Ordering::Relaxed)));
    let client = entra::Client::with_clock(
        &entra::Proxy::OfTheEnvironment,
        issuer.endpoints(),
        registration(),
        uptime,
    )
    .unwrap();
    let session = issuer.sign_in(&client).await.unwrap().session;
    issuer.answer_graph(takes_from(1));
    session.methods(PERSON, Priority::Low).await.unwrap();
    assert_eq!(session.expires_in(), Duration::from_secs(3_600));
    slept.store(3_599, Ordering::Relaxed);
    assert_eq!(session.expires_in(), Duration::from_secs(1));
    slept.store(8 * 3_600, Ordering::Relaxed);
    assert!(session.expires_in().is_zero());
    issuer.answer_graph(takes_from(2));
    session.methods(PERSON, Priority::Low).await.unwrap();
    assert_eq!(
        issuer.fake.seen("/v1.0/").len(),
        2,
        "the ended one was not sent"
    );
    assert_eq!(session.expires_in(), Duration::from_secs(3_600));
}

/// O22, F9: what no renewal satisfies is kept for the operator, also once the tokens are gone.
#[tokio::test]
async fn what_a_renewal_could_not_satisfy_is_kept_for_the_sign_in_o22() {
    let encoded = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, CLAIMS);
    let challenge =
        format!("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{encoded}\"");
    let refuse = move |seen: &Seen| match takes_from(2)(seen) {
        Reply::Bytes(bytes) if bytes.starts_with(b"HTTP/1.1 401") => Reply::with(
            401,
            &[("WWW-Authenticate", &challenge)],
            "{\"error\":{\"code\":\"x\"}}",
        ),
        other @ (Reply::Bytes(_) | Reply::Cut | Reply::Stall(_)) => other,
    };
    // A renewal that carries the claims may do.
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(refuse.clone());
    session.methods(PERSON, Priority::Low).await.unwrap();
    assert_eq!(session.challenge(), None, "satisfied");
    // One that is refused does not, whether the refusal repeats the claims or not.
    for body in [
        json!({"error": "interaction_required"}),
        json!({"error": "invalid_grant", "error_codes": [50076]}),
    ] {
        let issuer = Issuer::start(Script::default()).await;
        let session = issuer.session().await;
        issuer.answer_graph(refuse.clone());
        issuer.answer_token(move |_| Reply::json(400, &body));
        let error = session.methods(PERSON, Priority::Low).await.unwrap_err();
        assert_clean(&error);
        session.forget();
        let kept = session.challenge().expect("kept");
        assert_eq!(kept.expose(), CLAIMS);
    }
}

/// W16: a token that cannot be renewed before the question keeps its cause, and nothing of the question was sent.
#[tokio::test]
async fn a_renewal_that_fails_before_the_question_keeps_its_cause_w16() {
    type Row = (&'static str, fn() -> Reply, GraphErrorKind);
    let rows: [Row; 5] = [
        ("down", || Reply::html(503), ServerTrouble),
        ("filter", || Reply::html(403), NetworkRefused),
        ("portal", || Reply::html(200), NetworkWantsSignIn),
        ("proxy", || Reply::html(407), ProxyWantsSignIn),
        ("garbage", || Reply::json(200, "planted"), Unexpected),
    ];
    for (name, reply, expected) in rows {
        let error = unrenewed(reply()).await;
        assert_clean(&error);
        let IssueError::NotSent { cause, .. } = error else {
            panic!("{name}: {error:?}")
        };
        assert_eq!(cause, expected, "{name}");
    }
    let cut = unrenewed(Reply::Cut).await;
    assert!(matches!(cut, IssueError::Offline { .. }), "{cut:?}");
}

/// Asks for a pass with a token that is over, where the renewal is answered so.
async fn unrenewed(reply: Reply) -> IssueError {
    let issuer = Issuer::start(Script::default()).await;
    issuer.answer_token(|issue| {
        let mut answer = tokens(issue);
        answer["expires_in"] = 0.into();
        Reply::json(200, answer)
    });
    let session = issuer.session().await;
    issuer.answer_token(move |_| reply.clone());
    let request = PassRequest {
        lifetime_minutes: 30,
        once: true,
        client_request_id: "cccccccc-0000-4000-8000-00000000000c".into(),
    };
    let error = session.issue_pass(PERSON, &request).await.err().unwrap();
    assert!(issuer.fake.seen("/v1.0/").is_empty(), "nothing was sent");
    error
}
