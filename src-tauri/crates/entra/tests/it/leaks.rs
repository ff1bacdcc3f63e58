//! Nothing secret in what can be printed (O18, T12). The error tables of the other modules check every
//! error they provoke; here are the types themselves and the log.

use std::cell::RefCell;
use std::io::Write;
use std::sync::Once;

use entra::{ClaimsChallenge, GraphErrorKind};

use crate::fake::{ID, Reply};
use crate::fixture::{Issuer, Script};

#[tokio::test]
async fn debug_of_what_holds_secrets() {
    let issuer = Issuer::start(Script::default()).await;
    let signed_in = issuer.sign_in(&issuer.client()).await.unwrap();
    let text = format!("{signed_in:?}");
    assert!(
        text.contains("Session(..)") && !text.contains("planted"),
        "{text}"
    );

    let challenge = "Bearer claims=\"eyJwbGFudGVkIjoxfQ==\"";
    issuer.answer_graph(move |_| Reply::with(401, &[("WWW-Authenticate", challenge), ID], ""));
    let error = signed_in.session.my_roles().await.unwrap_err();
    let GraphErrorKind::SignInNeeded { claims } = error.kind else {
        panic!("{:?}", error.kind)
    };
    let shown = |claims: &ClaimsChallenge| format!("{claims:?}");
    assert_eq!(
        claims.as_ref().map(shown).as_deref(),
        Some("ClaimsChallenge(..)")
    );
    assert_eq!(
        claims.as_ref().map(ClaimsChallenge::expose),
        Some("{\"planted\":1}")
    );
}

thread_local! {
    /// What was logged on this thread, where a test wants it.
    static LOG: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

struct ThisThread;

impl Write for ThisThread {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.with_borrow_mut(|log| log.iter_mut().for_each(|log| log.extend_from_slice(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Runs for the whole test program: a subscriber of one thread is passed over where another thread,
/// without one, came by the same place in the code first.
fn listen_to_everything() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let everything = tracing_subscriber::filter::LevelFilter::TRACE;
        let log = tracing_subscriber::fmt()
            .with_max_level(everything)
            .with_ansi(false)
            .with_writer(|| ThisThread);
        tracing::subscriber::set_global_default(log.finish()).unwrap();
    });
    LOG.set(Some(Vec::new()));
}

/// Sets a password, and gives the value that was sent.
async fn new_password(issuer: &Issuer, session: &entra::Session) -> String {
    issuer.answer_graph(|_| Reply::json(204, ""));
    let value = entra::NewPassword::draw(64, &[]).unwrap();
    let set = session.set_password("person-upn@contoso.example", value, "own-change");
    set.await.unwrap();
    let body = issuer.fake.seen("person-upn").last().unwrap().body.clone();
    let (_, value) = body.split_once("\"password\":\"").unwrap();
    let value = value.split('"').next().unwrap();
    assert_eq!(value.len(), 64);
    value.to_owned()
}

// A sign-in, an issue and a refusal at the most talkative level of every library.
#[tokio::test]
async fn nothing_secret_is_logged() {
    listen_to_everything();
    let issuer = Issuer::start(Script::default()).await;
    let signed_in = issuer.sign_in(&issuer.client()).await.unwrap();
    issuer.answer_graph(|seen| match seen.method.as_str() {
        "POST" => Reply::json(
            201,
            "{\"id\":\"p\",\"temporaryAccessPass\":\"planted-pass\"}",
        ),
        _ => Reply::error(403, "accessDenied", "planted-message"),
    });
    let request = entra::PassRequest {
        lifetime_minutes: 30,
        once: true,
        client_request_id: "own-request".into(),
    };
    let issued = signed_in
        .session
        .issue_pass("person-upn@contoso.example", &request)
        .await
        .ok()
        .unwrap();
    assert_eq!(issued.value.expose(), "planted-pass");
    signed_in
        .session
        .user("person-upn@contoso.example")
        .await
        .unwrap_err();

    let value = new_password(&issuer, &signed_in.session).await;
    let text = String::from_utf8(LOG.take().unwrap()).unwrap();
    assert!(!text.contains(&value), "the new password is in the log");
    for expected in [
        "own-change",
        "own-request",
        "/users/{id}/authentication/temporaryAccessPassMethods",
        "status=201",
        "hyper",
    ] {
        assert!(text.contains(expected), "positive control {expected}");
    }
    for leak in [
        "planted",
        "code_verifier",
        "Bearer",
        "eyJ",
        "112, 108, 97, 110",
    ] {
        assert!(!text.contains(leak), "{leak} in the log");
    }
    let mut ours = text.lines().filter(|line| line.contains(" entra::"));
    assert!(
        ours.all(|line| !line.contains("person-upn")),
        "no names in our own lines"
    );
}
