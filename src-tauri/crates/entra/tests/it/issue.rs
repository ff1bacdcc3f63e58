//! Issuing: one POST, and everything that is not a clear yes or no is uncertain (F2, N16, T12).

use UncertainCause::{
    Interrupted, NetworkWantsSignIn, NotOurs, Status, Unreadable, ValueNotAcceptable,
};
use entra::{IssueError, IssueRefusal, PassRequest, UncertainCause};
use serde_json::{Value, json};

use crate::fake::{DATE_S, Fake, ID, Reply};
use crate::fixture::{Issuer, OPERATOR, Script, assert_clean};

const PERSON: &str = "bbbbbbbb-0000-4000-8000-00000000000b";
const PASS: &str = "+drkz&qA";

fn request() -> PassRequest {
    PassRequest {
        lifetime_minutes: 30,
        once: true,
        client_request_id: "cccccccc-0000-4000-8000-00000000000c".into(),
    }
}

fn pass() -> Value {
    json!({
        "@odata.context": format!("https://graph.microsoft.com/v1.0/$metadata#users('{PERSON}')/authentication/temporaryAccessPassMethods/$entity"),
        "@odata.type": "#microsoft.graph.temporaryAccessPassAuthenticationMethod",
        "id": "pass-id", "temporaryAccessPass": PASS, "createdDateTime": "2043-11-22T07:00:00.1234567Z",
        "startDateTime": "2043-11-22T07:00:00Z", "lifetimeInMinutes": 30, "isUsableOnce": true, "isUsable": true,
        "methodUsabilityReason": "EnabledByPolicy",
    })
}

fn with(change: impl FnOnce(&mut Value)) -> Reply {
    let mut pass = pass();
    change(&mut pass);
    Reply::json(201, pass)
}

async fn answered(reply: Reply, person: &str) -> (Issuer, Result<entra::IssuedPass, IssueError>) {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(move |_| reply.clone());
    let outcome = session.issue_pass(person, &request()).await;
    assert_eq!(
        issuer.fake.seen("/v1.0/").len(),
        1,
        "asked once, whatever came"
    );
    (issuer, outcome)
}

#[tokio::test]
async fn a_pass() {
    let (issuer, outcome) = answered(Reply::json(201, pass()), PERSON).await;
    let issued = outcome.ok().unwrap();
    assert_eq!(
        (issued.id.as_str(), issued.value.expose()),
        ("pass-id", PASS)
    );
    assert_eq!(issued.created_unix_ms, Some(DATE_S * 1000 + 123));
    assert_eq!(issued.start_unix_ms, Some(DATE_S * 1000));
    assert_eq!((issued.lifetime_minutes, issued.once), (30, true));

    let post = &issuer.fake.seen("/v1.0/")[0];
    assert_eq!(post.method, "POST");
    assert_eq!(
        post.target,
        format!("/v1.0/users/{PERSON}/authentication/temporaryAccessPassMethods")
    );
    let body: Value = serde_json::from_str(&post.body).unwrap();
    assert_eq!(
        body,
        json!({"lifetimeInMinutes": 30, "isUsableOnce": true}),
        "N16: no start is sent"
    );
    assert_eq!(
        post.header("client-request-id"),
        Some(request().client_request_id.as_str())
    );
    assert_eq!(post.header("x-ms-throttle-priority"), Some("high"));
    assert_eq!(post.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn odd_but_clear_answers() {
    let escaped = pass().to_string().replace(PASS, "\\u002bdrkz\\u0026qA");
    for (name, reply) in [
        ("escaped", Reply::json(201, escaped)),
        (
            "no annotations",
            with(|pass| {
                pass.as_object_mut()
                    .unwrap()
                    .retain(|name, _| !name.starts_with('@'));
            }),
        ),
        (
            "person in capitals",
            with(|pass| {
                pass["@odata.context"] = format!("x#users('{}')/y", PERSON.to_uppercase()).into();
            }),
        ),
        (
            "no times",
            with(|pass| {
                pass.as_object_mut()
                    .unwrap()
                    .retain(|name, _| !name.contains("Date") && name != "lifetimeInMinutes");
            }),
        ),
        (
            "times unreadable",
            with(|pass| {
                pass["createdDateTime"] = "soon".into();
                pass["startDateTime"] = Value::Null;
            }),
        ),
    ] {
        let (_issuer, outcome) = answered(reply, PERSON).await;
        let issued = outcome.ok().unwrap();
        assert_eq!(issued.value.expose(), PASS, "{name}");
        assert_eq!(issued.lifetime_minutes, 30, "{name}");
        // What is not said is not guessed from the date of one answer.
        let said = (!name.contains("times")).then_some(DATE_S * 1000);
        assert_eq!(issued.start_unix_ms, said, "{name}");
    }
}

fn value(value: impl Into<Value>) -> Reply {
    with(|pass| pass["temporaryAccessPass"] = value.into())
}

fn plain(status: u16, body: &str) -> Reply {
    Reply::with(status, &[("Content-Type", "text/plain"), ID], body)
}

type Row = (&'static str, fn() -> Reply, UncertainCause);

/// A pass, and which of our requests it answers.
fn answering(id: &str) -> Reply {
    let json = ("Content-Type", "application/json");
    Reply::with(
        201,
        &[json, ID, ("client-request-id", id)],
        pass().to_string(),
    )
}

/// Graph says which request it answers; capitals are no other.
#[tokio::test]
async fn an_answer_that_names_our_request_is_ours_t12() {
    let own = request().client_request_id;
    for id in [own.clone(), own.to_uppercase()] {
        let (_issuer, outcome) = answered(answering(&id), PERSON).await;
        assert!(outcome.is_ok(), "{id}");
    }
}

const UNCLEAR: &[Row] = &[
    (
        "kept by a box between",
        || answering("dddddddd-0000-4000-8000-00000000000d"),
        NotOurs,
    ),
    ("no answer", || Reply::Cut, Interrupted),
    (
        "cut short",
        || Reply::json(201, pass()).short_by(1),
        Interrupted,
    ),
    (
        "not HTTP",
        || Reply::Bytes(b"planted\r\n\r\n".to_vec()),
        Interrupted,
    ),
    ("500", || Reply::error(500, "planted", "planted"), Status),
    ("502 page", || Reply::html(502), Status),
    (
        "503 with a wait",
        || {
            Reply::with(
                503,
                &[("Retry-After", "1"), ("Content-Type", "application/json")],
                "{\"error\":{\"code\":\"x\",\"message\":\"planted\"}}",
            )
        },
        Status,
    ),
    ("504", || Reply::error(504, "", ""), Status),
    ("408", || Reply::error(408, "planted", ""), Status),
    ("a middlebox's 403", || Reply::html(403), Status),
    ("a middlebox's 400", || plain(400, "planted"), Status),
    (
        "a middlebox's 404 with JSON",
        || Reply::json(404, "{\"planted\":1}"),
        Status,
    ),
    ("a 401 of nobody", || plain(401, "planted"), Status),
    ("200", || Reply::json(200, pass()), Status),
    ("202", || Reply::json(202, pass()), Status),
    ("204", || Reply::with(204, &[ID], ""), Status),
    ("portal page", || Reply::html(200), NetworkWantsSignIn),
    (
        "portal redirect",
        || Reply::with(302, &[("Location", "http://portal.example/")], ""),
        NetworkWantsSignIn,
    ),
    ("portal status", || Reply::html(511), NetworkWantsSignIn),
    ("plain text", || plain(201, &pass().to_string()), Unreadable),
    (
        "page with an id",
        || Reply::with(201, &[("Content-Type", "text/html"), ID], "planted"),
        Unreadable,
    ),
    (
        "truncated JSON",
        || Reply::json(201, &pass().to_string()[..150]),
        Unreadable,
    ),
    ("an array", || Reply::json(201, json!([pass()])), Unreadable),
    ("empty", || Reply::json(201, ""), Unreadable),
    (
        "huge",
        || Reply::json(201, "planted".repeat(20_000)),
        Unreadable,
    ),
    (
        "value twice",
        || {
            Reply::json(
                201,
                pass()
                    .to_string()
                    .replacen('{', "{\"temporaryAccessPass\":\"planted0\",", 1),
            )
        },
        Unreadable,
    ),
    ("value a number", || value(12_345_678), Unreadable),
    ("value a list", || value(json!(["planted0"])), Unreadable),
    (
        "lifetime as text",
        || with(|pass| pass["lifetimeInMinutes"] = "30".into()),
        Unreadable,
    ),
    (
        "id a number",
        || with(|pass| pass["id"] = 7.into()),
        Unreadable,
    ),
    ("value null", || value(Value::Null), ValueNotAcceptable),
    ("value empty", || value(""), ValueNotAcceptable),
    ("value of 7", || value("planted"), ValueNotAcceptable),
    (
        "value of 49",
        || value("planted".repeat(7)),
        ValueNotAcceptable,
    ),
    (
        "value with a space",
        || value("planted 0"),
        ValueNotAcceptable,
    ),
    (
        "value with a control",
        || value("planted\u{7}"),
        ValueNotAcceptable,
    ),
    (
        "value with a line break",
        || value("planted\r\n"),
        ValueNotAcceptable,
    ),
    ("value not ASCII", || value("plantedé"), ValueNotAcceptable),
    (
        "value with a bidi mark",
        || value("planted\u{202e}x"),
        ValueNotAcceptable,
    ),
    (
        "id missing",
        || with(|pass| pass["id"] = Value::Null),
        ValueNotAcceptable,
    ),
    (
        "id empty",
        || with(|pass| pass["id"] = "".into()),
        ValueNotAcceptable,
    ),
    (
        "another person",
        || {
            with(|pass| {
                pass["@odata.context"] =
                    format!("x/$metadata#users('{OPERATOR}')/authentication").into();
            })
        },
        NotOurs,
    ),
    (
        "another person, encoded",
        || {
            with(|pass| {
                pass["@odata.context"] = "x/$metadata#users('planted%40contoso.example')/y".into();
            })
        },
        NotOurs,
    ),
    (
        "another kind",
        || {
            with(|pass| {
                pass["@odata.type"] = "#microsoft.graph.passwordAuthenticationMethod".into()
            })
        },
        NotOurs,
    ),
];

#[tokio::test]
async fn unclear_answers_are_uncertain() {
    for (name, reply, expected) in UNCLEAR {
        let (_issuer, outcome) = answered(reply(), PERSON).await;
        let error = outcome.err().unwrap();
        assert_clean(&error);
        let IssueError::Uncertain { cause, support } = error else {
            panic!("{name}: {error:?}")
        };
        assert_eq!(cause, *expected, "{name}");
        assert_eq!(
            support.client_request_id,
            request().client_request_id,
            "{name}"
        );
    }
}

#[tokio::test]
async fn clear_refusals() {
    let range = "Invalid LifetimeInMinutes specified. The valid range between 60 and 480.";
    for (name, reply, person, expected) in [
        (
            "lifetime",
            Reply::error(400, "badRequest", range),
            PERSON,
            IssueRefusal::LifetimeOutOfRange {
                min: Some(60),
                max: Some(480),
            },
        ),
        (
            "not permitted",
            Reply::error(403, "accessDenied", "planted"),
            PERSON,
            IssueRefusal::NotPermitted,
        ),
        (
            "self",
            Reply::error(403, "accessDenied", "planted"),
            OPERATOR,
            IssueRefusal::Self_,
        ),
        (
            "gone",
            Reply::error(404, "Request_ResourceNotFound", "planted"),
            PERSON,
            IssueRefusal::NotFound,
        ),
        (
            "other",
            Reply::error(400, "", "planted"),
            PERSON,
            IssueRefusal::Other,
        ),
        ("not a key", Reply::Cut, "", IssueRefusal::NotFound),
    ] {
        if person.is_empty() {
            let issuer = Issuer::start(Script::default()).await;
            let outcome = issuer.session().await.issue_pass(person, &request()).await;
            assert!(
                matches!(outcome, Err(IssueError::Refused { refusal, .. }) if refusal == expected),
                "{name}"
            );
            assert!(issuer.fake.seen("/v1.0/").is_empty());
            continue;
        }
        let (_issuer, outcome) = answered(reply, person).await;
        let error = outcome.err().unwrap();
        assert_clean(&error);
        let IssueError::Refused { refusal, support } = error else {
            panic!("{name}: {error:?}")
        };
        assert_eq!(refusal, expected, "{name}");
        assert_eq!(support.request_id.as_deref(), Some(ID.1), "{name}");
    }
}

#[tokio::test]
async fn throttled_and_signed_out() {
    let wait = Reply::with(
        429,
        &[("Retry-After", "9"), ("Content-Type", "application/json")],
        "{}",
    );
    let (_issuer, outcome) = answered(wait, PERSON).await;
    let nine = Some(std::time::Duration::from_secs(9));
    assert!(
        matches!(outcome, Err(IssueError::Throttled { retry_after, .. }) if retry_after == nine)
    );

    // A 401 is clear: the pass was not issued. It is the caller who asks again.
    let (_issuer, outcome) = answered(
        Reply::error(401, "InvalidAuthenticationToken", "planted"),
        PERSON,
    )
    .await;
    assert!(matches!(
        outcome,
        Err(IssueError::SignInNeeded { claims: None, .. })
    ));

    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    session.forget();
    assert!(matches!(
        session.issue_pass(PERSON, &request()).await,
        Err(IssueError::SignInNeeded { .. })
    ));
    assert!(issuer.fake.seen("/v1.0/").is_empty());
}

#[tokio::test]
async fn nothing_sent_where_nobody_listens() {
    let issuer = Issuer::start(Script::default()).await;
    let gone = Fake::start(std::sync::Arc::new(|_| Reply::Cut))
        .await
        .root();
    tokio::task::yield_now().await;
    let endpoints = entra::Endpoints {
        authority: issuer.fake.root().parse().unwrap(),
        graph: format!("{gone}/v1.0").parse().unwrap(),
        extra_root_pem: None,
    };
    let client = entra::Client::new(endpoints, crate::fixture::registration()).unwrap();
    let session = issuer.sign_in(&client).await.unwrap().session;
    let outcome = session.issue_pass(PERSON, &request()).await;
    let offline = |error: &IssueError| matches!(error, IssueError::Offline { .. });
    assert!(outcome.as_ref().is_err_and(offline));
}

/// What is still in this machine's kernel when the request is given up may not leave later: the kernel throws it
/// away before.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_request_nobody_acknowledges_is_thrown_away_before_it_is_given_up_f2() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    let port = issuer.fake.port;
    let patience = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = std::sync::Arc::clone(&patience);
    issuer.answer_graph(move |_| {
        seen.lock()
            .unwrap()
            .extend(patience_of_connections_to(port));
        Reply::Cut
    });
    let _uncertain = session.issue_pass(PERSON, &request()).await;
    let patience = patience.lock().unwrap().clone();
    // With the 5 s for connecting that is less than the 30 s of the whole.
    assert!(patience.contains(&20_000), "{patience:?}");
}

/// `TCP_USER_TIMEOUT` of this process's connections to a port, in milliseconds.
#[cfg(target_os = "linux")]
fn patience_of_connections_to(port: u16) -> Vec<u32> {
    use rustix::process::{Pid, PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open};

    let pid: Pid = getpid();
    let me = pidfd_open(pid, PidfdFlags::empty()).unwrap();
    let numbers = std::fs::read_dir("/proc/self/fd").unwrap();
    let numbers = numbers.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let sockets =
        numbers.filter_map(|number| pidfd_getfd(&me, number, PidfdGetfdFlags::empty()).ok());
    let to_port = |socket: &std::os::fd::OwnedFd| {
        let peer = rustix::net::getpeername(socket).ok().flatten();
        let peer = peer.and_then(|peer| std::net::SocketAddr::try_from(peer).ok());
        peer.is_some_and(|peer| peer.port() == port)
    };
    sockets
        .filter(to_port)
        .filter_map(|socket| rustix::net::sockopt::tcp_user_timeout(&socket).ok())
        .collect()
}
