//! Time limits (F12). The fake server starts virtual time when it falls silent, so nothing really waits.

use entra::{GraphErrorKind, IssueError, PassRequest, SignInErrorKind, UncertainCause};

use crate::fake::Reply;
use crate::fixture::{Issuer, Script, causes};

const PERSON: &str = "bbbbbbbb-0000-4000-8000-00000000000b";

fn half_an_answer() -> Vec<u8> {
    b"HTTP/1.1 201 X\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"id\":"
        .to_vec()
}

#[tokio::test]
async fn a_silent_authority() {
    let script = Script {
        discovery: Box::new(|_, _| Reply::Stall(Vec::new())),
        ..Script::default()
    };
    let issuer = Issuer::start(script).await;
    let error = issuer.client().begin_sign_in(None).await.err().unwrap();
    assert_eq!(error.kind, SignInErrorKind::Offline);
    assert!(causes(&error).contains("(TimedOut)"));
}

#[tokio::test]
async fn a_read_that_stalls() {
    for silence in [Vec::new(), half_an_answer()] {
        let issuer = Issuer::start(Script::default()).await;
        let session = issuer.session().await;
        issuer.answer_graph(move |_| Reply::Stall(silence.clone()));
        let started = tokio::time::Instant::now();
        let error = session.user(PERSON).await.unwrap_err();
        assert_eq!(error.kind, GraphErrorKind::Offline);
        assert!(causes(&error).contains("(TimedOut)"));
        let took = started.elapsed().as_secs();
        assert!(
            (10..15).contains(&took),
            "given up after {took} s of silence"
        );
        assert_eq!(
            issuer.fake.seen("/v1.0/").len(),
            1,
            "a time-out is not repeated"
        );
        tokio::time::resume();
    }
}

#[tokio::test]
async fn an_issue_that_stalls_is_uncertain() {
    for silence in [Vec::new(), half_an_answer()] {
        let issuer = Issuer::start(Script::default()).await;
        let session = issuer.session().await;
        issuer.answer_graph(move |_| Reply::Stall(silence.clone()));
        let request = PassRequest {
            lifetime_minutes: 30,
            once: true,
            client_request_id: "c".into(),
        };
        let started = tokio::time::Instant::now();
        let outcome = session.issue_pass(PERSON, &request).await;
        let timed_out = |error: &IssueError| {
            matches!(
                error,
                IssueError::Uncertain {
                    cause: UncertainCause::TimedOut,
                    ..
                }
            )
        };
        assert!(outcome.as_ref().is_err_and(timed_out));
        let took = started.elapsed().as_secs();
        assert!((30..35).contains(&took), "given up after {took} s");
        assert_eq!(issuer.fake.seen("/v1.0/").len(), 1);
        tokio::time::resume();
    }
}
