//! What counts as done: the answer that is documented for it, and nothing that looks like it.

use entra::{GraphErrorKind, MethodFamily, Session};
use serde_json::json;

use super::PERSON;
use crate::fake::{ID, Reply};
use crate::fixture::{Issuer, Script};

type Row = (&'static str, fn() -> Reply, [bool; 2]);

fn unsigned(status: u16, body: &str) -> Reply {
    Reply::with(status, &[("Content-Type", "application/json")], body)
}

/// Answers that look like a yes, and whether they are one: to a change, and to the end of all sessions.
const ANSWERS: &[Row] = &[
    ("no content", || Reply::with(204, &[ID], ""), [true, false]),
    (
        "no content without an id, as the documentation shows it",
        || Reply::with(204, &[], ""),
        [true, false],
    ),
    (
        "the service's yes",
        || Reply::json(200, json!({"value": true})),
        [false, true],
    ),
    (
        "its no",
        || Reply::json(200, json!({"value": false})),
        [false, false],
    ),
    (
        "a yes that nobody signed",
        || unsigned(200, r#"{"value":true}"#),
        [false, false],
    ),
    (
        "a yes in another place",
        || Reply::json(202, json!({"value": true})),
        [false, false],
    ),
    ("another word", || Reply::json(200, "{}"), [false, false]),
    (
        "a yes in letters",
        || Reply::json(200, json!({"value": "true"})),
        [false, false],
    ),
    ("nothing", || Reply::with(200, &[ID], ""), [false, false]),
    ("accepted", || Reply::json(202, "{}"), [false, false]),
    (
        "accepted, and nobody signed it",
        || unsigned(202, ""),
        [false, false],
    ),
    ("a page", || Reply::html(200), [false, false]),
];

/// Whether each write of the client takes an answer for a yes.
async fn writes(session: &Session) -> Vec<(&'static str, Option<GraphErrorKind>)> {
    let mut all = Vec::new();
    for family in MethodFamily::ALL {
        let removed = session.remove_method(PERSON, family, "entry").await;
        all.push(("method", removed.err().map(|error| error.kind)));
    }
    let removed = session.remove_pass(PERSON, "pass-id").await;
    all.push(("pass", removed.err().map(|error| error.kind)));
    let added = session.add_member("group", PERSON).await;
    all.push(("joins", added.err().map(|error| error.kind)));
    let left = session.remove_member("group", PERSON).await;
    all.push(("leaves", left.err().map(|error| error.kind)));
    all
}

#[tokio::test]
async fn only_the_documented_answer_says_that_something_was_done_i7() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    for (name, reply, [written, ended]) in ANSWERS {
        issuer.answer_graph(move |_| reply());
        for (what, refused) in writes(&session).await {
            assert_eq!(refused.is_none(), *written, "{name}: {what} {refused:?}");
            assert_ne!(refused, Some(GraphErrorKind::NotFound), "{name}: {what}");
        }
        let revoked = session.revoke_sessions(PERSON).await;
        assert_eq!(revoked.is_ok(), *ended, "{name}: sessions {revoked:?}");
    }
}
