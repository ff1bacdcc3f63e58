//! Reads of Graph: repeats, pages, and what is sent.

mod hostile;
mod passkeys;
mod roles;
mod shapes;
mod what_if;
mod writes;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use GraphErrorKind::SignInNeeded;
use entra::{GraphErrorKind, Priority};
use serde_json::json;

use crate::fake::{Fake, ID, Reply};
use crate::fixture::{Issuer, OPERATOR, Script, assert_clean, causes};

const PERSON: &str = "bbbbbbbb-0000-4000-8000-00000000000b";

async fn check(name: &str, reply: Reply, expected: GraphErrorKind, asked: usize) {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(move |_| reply.clone());
    let error = session.methods(PERSON, Priority::Low).await.unwrap_err();
    assert_eq!(error.kind, expected, "{name}");
    let interrupted = causes(&error).contains("(Interrupted)");
    assert_eq!(interrupted, error.kind == GraphErrorKind::Offline, "{name}");
    assert_clean(&error);
    assert_eq!(issuer.fake.seen("/v1.0/").len(), asked, "{name}");
    let sent = &issuer.fake.seen("/v1.0/")[0];
    assert_eq!(
        sent.header("client-request-id"),
        Some(error.support.client_request_id.as_str()),
        "{name}"
    );
}

#[tokio::test]
async fn a_refused_token_without_renewal() {
    let issuer = Issuer::start(Script::default()).await;
    let app = entra::AppRegistration {
        refresh: false,
        ..crate::fixture::registration()
    };
    let session = issuer
        .sign_in(&issuer.client_with(app))
        .await
        .unwrap()
        .session;
    issuer.answer_graph(move |_| Reply::error(401, "InvalidAuthenticationToken", "planted"));
    let error = session.my_roles().await.unwrap_err();
    assert_eq!(error.kind, SignInNeeded { claims: None });
    assert!(
        session.expires_in().is_zero(),
        "a refused token is not used again"
    );
    session.my_roles().await.unwrap_err();
    assert_eq!(issuer.fake.seen("/v1.0/").len(), 1);
}

/// W6: a box on the way has not seen the operator's token, and refuses none.
#[tokio::test]
async fn a_401_of_a_box_on_the_way_leaves_the_token_in_use_w6() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    let renewals = issuer.fake.seen("/token").len();
    issuer.answer_graph(|_| Reply::with(401, &[("WWW-Authenticate", "NTLM")], "planted"));
    let error = session.my_roles().await.unwrap_err();
    assert_eq!(error.kind, GraphErrorKind::ProxyWantsSignIn);
    let request = entra::PassRequest {
        lifetime_minutes: 60,
        once: true,
        client_request_id: "c0000000-0000-4000-8000-000000000001".to_owned(),
    };
    let issued = session.issue_pass(PERSON, &request).await;
    assert!(issued.is_err());
    assert!(!session.expires_in().is_zero(), "it is still taken");
    issuer.answer_graph(|_| Reply::json(200, "{\"value\":[]}"));
    session.my_roles().await.unwrap();
    assert_eq!(issuer.fake.seen("/token").len(), renewals, "not renewed");
}

#[tokio::test]
async fn the_service_id_is_found_in_header_or_body() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(|_| {
        Reply::with(
            403,
            &[("Content-Type", "application/json")],
            json!({"error": {"code": "x", "innererror": {"request-id": "inner-id"}}}).to_string(),
        )
    });
    let support = session.my_roles().await.unwrap_err().support;
    assert_eq!(
        (support.request_id.as_deref(), support.status),
        (Some("inner-id"), Some(403))
    );
    issuer.answer_graph(|_| Reply::error(403, "x", ""));
    assert_eq!(
        session
            .my_roles()
            .await
            .unwrap_err()
            .support
            .request_id
            .as_deref(),
        Some(ID.1)
    );
    issuer.answer_graph(|_| {
        Reply::with(
            403,
            &[
                ("Content-Type", "application/json"),
                ("request-id", "<planted>"),
            ],
            json!({"error": {"innerError": {"request-id": "a b"}}}).to_string(),
        )
    });
    assert_eq!(
        session.my_roles().await.unwrap_err().support.request_id,
        None
    );
}

async fn check_repeat(first: Reply, repeated: bool) {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    let count = AtomicUsize::new(0);
    issuer.answer_graph(move |_| match count.fetch_add(1, Ordering::Relaxed) {
        0 => first.clone(),
        _ => Reply::json(200, "{\"value\":[]}"),
    });
    assert_eq!(session.my_roles().await.is_ok(), repeated);
    assert_eq!(
        issuer.fake.seen("/v1.0/").len(),
        if repeated { 2 } else { 1 }
    );
}

#[tokio::test]
async fn a_read_is_repeated_once_after_a_hiccup() {
    let unavailable = |wait| {
        Reply::with(
            503,
            &[("Content-Type", "application/json"), ("Retry-After", wait)],
            "{}",
        )
    };
    check_repeat(Reply::Cut, true).await;
    check_repeat(unavailable("0"), true).await;
    check_repeat(unavailable("6"), false).await;
    check_repeat(Reply::error(503, "x", ""), false).await;
    check_repeat(Reply::error(500, "x", ""), false).await;
    check_repeat(Reply::error(404, "x", ""), false).await;
}

#[tokio::test]
async fn a_removal_is_not_repeated_and_gone_is_fine() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    for (reply, ok) in [
        (Reply::with(204, &[ID], ""), true),
        (Reply::error(404, "resourceNotFound", ""), true),
        (Reply::html(404), false),
        (Reply::html(200), false),
        (Reply::error(403, "accessDenied", ""), false),
        (Reply::Cut, false),
    ] {
        let before = issuer.fake.seen("/v1.0/").len();
        issuer.answer_graph(move |_| reply.clone());
        assert_eq!(session.remove_pass(PERSON, "pass-id").await.is_ok(), ok);
        let seen = issuer.fake.seen("/v1.0/");
        assert_eq!(seen.len(), before + 1);
        let last = seen.last().unwrap();
        assert_eq!(last.method, "DELETE");
        assert_eq!(
            last.target,
            format!("/v1.0/users/{PERSON}/authentication/temporaryAccessPassMethods/pass-id")
        );
    }
}

// T10, T11: a token goes to Graph and nowhere else, and pages end.
#[tokio::test]
async fn next_links() {
    let elsewhere = Fake::start(Arc::new(|_| Reply::json(200, "{\"value\":[]}"))).await;
    let evil = format!("{}/v1.0/next", elsewhere.root());
    let issuer = Issuer::start(Script::default()).await;
    let own = format!("{}/v1.0/next", issuer.fake.root());
    let session = issuer.session().await;
    let page = |next: &str| {
        Reply::json(
            200,
            json!({"value": [{"displayName": "r"}], "@odata.nextLink": next}),
        )
    };

    for next in [
        evil.as_str(),
        "https://evil.example/",
        "/v1.0/relative",
        "javascript:x",
        "",
        "//evil.example/",
    ] {
        let reply = page(next);
        issuer.answer_graph(move |_| reply.clone());
        let error = session.my_roles().await.unwrap_err();
        assert_eq!(error.kind, GraphErrorKind::Unexpected, "{next}");
    }
    assert!(elsewhere.seen("").is_empty());

    let reply = page(&own);
    issuer.answer_graph(move |_| reply.clone());
    let before = issuer.fake.seen("/v1.0/").len();
    assert_eq!(
        session.my_roles().await.unwrap_err().kind,
        GraphErrorKind::Unexpected,
        "endless"
    );
    assert_eq!(issuer.fake.seen("/v1.0/").len() - before, 5);

    let reply = page(&own);
    issuer.answer_graph(move |seen| match seen.target.ends_with("/next") {
        true => Reply::json(200, json!({"value": [{"displayName": "last"}]})),
        false => reply.clone(),
    });
    assert_eq!(session.my_roles().await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_is_sent() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(|_| Reply::json(200, "{\"value\":[]}"));
    session.methods(PERSON, Priority::Low).await.unwrap();
    session.methods(PERSON, Priority::High).await.unwrap();
    session.search_users("O'Neil & \"山田\"", 10).await.unwrap();
    session.my_roles().await.unwrap();

    let methods = issuer.fake.seen("/authentication/methods");
    assert_eq!(
        methods[0].target,
        format!("/v1.0/users/{PERSON}/authentication/methods")
    );
    assert_eq!(methods[0].header("x-ms-throttle-priority"), Some("low"));
    assert_eq!(methods[1].header("x-ms-throttle-priority"), Some("high"));
    assert_eq!(
        methods[0].header("authorization"),
        Some("Bearer planted-access-1")
    );
    assert_eq!(methods[0].header("consistencylevel"), None);
    assert_ne!(
        methods[0].header("client-request-id"),
        methods[1].header("client-request-id")
    );

    let decoded = |target: &str| {
        let query = target.split_once('?').unwrap().1.to_owned();
        url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect::<Vec<_>>()
    };
    let search = &issuer.fake.seen("24search=")[0];
    assert_eq!(search.header("consistencylevel"), Some("eventual"));
    let pairs = decoded(&search.target);
    assert!(pairs.contains(&("$count".into(), "true".into())));
    assert!(
        pairs[0]
            .1
            .starts_with("\"displayName:O'Neil   \\\"山田\\\"\" OR "),
        "{}",
        pairs[0].1
    );
    let filter = decoded(&issuer.fake.seen("24filter=")[0].target);
    assert!(
        filter[0]
            .1
            .starts_with("startswith(displayName,'O''Neil & \"山田\"') or "),
        "{}",
        filter[0].1
    );
    assert!(
        issuer
            .fake
            .seen(&format!("/users/{OPERATOR}/transitiveMemberOf/"))
            .len()
            == 1
    );
}

#[tokio::test]
async fn text_that_is_no_key_is_not_sent() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    let long = "x".repeat(300);
    for key in ["", ".", "..", "a\nb", "\0", long.as_str()] {
        assert_eq!(
            session.user(key).await.unwrap_err().kind,
            GraphErrorKind::NotFound,
            "{key:?}"
        );
        assert_eq!(
            session.methods(key, Priority::High).await.unwrap_err().kind,
            GraphErrorKind::NotFound
        );
        assert_eq!(
            session.user_roles(key).await.unwrap_err().kind,
            GraphErrorKind::NotFound
        );
        assert!(session.remove_pass(PERSON, key).await.is_err());
    }
    assert!(session.search_users("  ", 10).await.unwrap().is_empty());
    assert!(issuer.fake.seen("/v1.0/").is_empty());
}

#[tokio::test]
async fn a_forgotten_session_makes_no_call() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    let clone = session.clone();
    session.forget();
    let needed = GraphErrorKind::SignInNeeded { claims: None };
    assert_eq!(clone.my_roles().await.unwrap_err().kind, needed);
    assert_eq!(clone.user(PERSON).await.unwrap_err().kind, needed);
    assert!(clone.expires_in().is_zero() && !clone.renewable());
    assert!(issuer.fake.seen("/v1.0/").is_empty());
    assert_eq!(
        issuer.fake.seen("/token").len(),
        1,
        "nothing is renewed either"
    );
}

// O22, 4.5: a challenge asks for the renewal it names, then for a sign-in.
#[tokio::test]
async fn a_claims_challenge() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    let claims = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"planted\"}}}";
    let encoded = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, claims);
    let challenge =
        format!("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{encoded}\"");
    issuer.answer_graph(move |_| Reply::with(401, &[("WWW-Authenticate", &challenge), ID], "{}"));
    let error = session.my_roles().await.unwrap_err();
    assert_clean(&error);
    let GraphErrorKind::SignInNeeded {
        claims: Some(found),
    } = error.kind
    else {
        panic!("{:?}", error.kind)
    };
    assert_eq!(found.expose(), claims);
    assert_eq!(
        issuer.fake.seen("/v1.0/").len(),
        2,
        "once more with a renewed token, then no more"
    );
    let renewal = &issuer.fake.seen("/token")[1];
    assert_eq!(renewal.form("claims").as_deref(), Some(claims));
    let again = issuer
        .client()
        .begin_sign_in_with_claims(None, &found)
        .await
        .unwrap();
    assert_eq!(crate::fixture::parameter(&again, "claims"), claims);
}

/// One wrong answer is enough where it is believed: every read of a person passes the same place.
#[tokio::test]
async fn an_answer_about_somebody_else_is_refused_whatever_was_read_f27() {
    const OTHER: &str = "dddddddd-0000-4000-8000-00000000000d";
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    let context = format!("x/$metadata#users('{OTHER}')/authentication/methods");
    let list = json!({"@odata.context": context, "value": [], "id": OTHER}).to_string();
    issuer.answer_graph(move |_| Reply::json(200, list.clone()));
    let low = Priority::Low;
    let kind = entra::MethodKind::Pass;
    let errors = [
        session.user(PERSON).await.err(),
        session.telephones(PERSON).await.err(),
        session.manager_telephones(PERSON).await.err(),
        session.registered_numbers(PERSON).await.err(),
        session.password_state(PERSON).await.err(),
        session.password_never_expires(PERSON).await.err(),
        session.let_password_never_expire(PERSON).await.err(),
        session.methods(PERSON, low).await.err(),
        session.methods_of(PERSON, kind, low).await.err(),
        session.authenticators_with_devices(PERSON, low).await.err(),
        session.authenticator_device(PERSON, "e", low).await.err(),
        session.last_uses(PERSON).await.err(),
        session.user_roles(PERSON).await.err(),
        session.known_user_roles(PERSON, |_| true).await.err(),
        session.my_roles().await.err(),
        session.has_windows_device(PERSON).await.err(),
    ];
    for (place, error) in errors.into_iter().enumerate() {
        let error = error.unwrap_or_else(|| panic!("{place} was believed"));
        assert_eq!(error.kind, GraphErrorKind::Unexpected, "{place}");
        assert!(error.is_about_somebody_else(), "{place}");
        assert_clean(&error);
    }
    let changed = |seen: &crate::fake::Seen| seen.method != "GET";
    assert!(!issuer.fake.seen("/users/").iter().any(changed));
}

/// A list that goes on with another person's, and a log of somebody else's sign-ins.
#[tokio::test]
async fn a_page_or_a_log_of_somebody_else_is_refused_f27() {
    const OTHER: &str = "dddddddd-0000-4000-8000-00000000000d";
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    let next = format!(
        "{}/v1.0/users/{OTHER}/authentication/methods?$skip=1",
        issuer.fake.root()
    );
    let page = json!({"value": [], "@odata.nextLink": next}).to_string();
    issuer.answer_graph(move |_| Reply::json(200, page.clone()));
    let error = session.methods(PERSON, Priority::Low).await.unwrap_err();
    assert!(error.is_about_somebody_else());
    assert!(issuer.fake.seen(OTHER).is_empty(), "it is not followed");
    for (whose, refused) in [(OTHER, true), (PERSON, false)] {
        let log = json!({"value": [{"id": "s", "userId": whose}]}).to_string();
        issuer.answer_graph(move |_| Reply::json(200, log.clone()));
        let read = session.sign_ins_since(PERSON, 0).await;
        let of_another = read
            .err()
            .is_some_and(|error| error.is_about_somebody_else());
        assert_eq!(of_another, refused);
    }
}
