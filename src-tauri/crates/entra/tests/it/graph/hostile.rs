//! Answers that are no data, and refusals.

use std::time::Duration;

use entra::{ChangeError, GraphErrorKind, NewPassword};
use serde_json::json;

use GraphErrorKind::{
    NetworkRefused, NetworkWantsSignIn, NotFound, NotPermitted, Offline, ProxyWantsSignIn,
    ServerTrouble, Throttled, Unexpected,
};

use super::{PERSON, check};
use crate::fake::{ID, Reply};
use crate::fixture::{Issuer, Script};

fn json_body(body: impl AsRef<[u8]>) -> Reply {
    Reply::with(200, &[("Content-Type", "application/json"), ID], body)
}

type Row = (&'static str, fn() -> Reply, GraphErrorKind, usize);

/// W6: what bears no sign of the service is somebody's on the way.
const ON_THE_WAY: &[Row] = &[
    (
        "a filter's 400 page",
        || Reply::html(400),
        NetworkRefused,
        1,
    ),
    (
        "a filter's 451 page",
        || Reply::html(451),
        NetworkRefused,
        1,
    ),
    ("a bad gateway", || Reply::html(502), NetworkRefused, 1),
    ("a slow gateway", || Reply::html(504), NetworkRefused, 1),
    (
        "words in the place of the answer",
        || Reply::with(200, &[("Content-Type", "text/plain")], "planted"),
        NetworkRefused,
        1,
    ),
    (
        "nothing in the place of the answer",
        || Reply::with(200, &[], ""),
        NetworkRefused,
        1,
    ),
    (
        "JSON in the place of the answer",
        || {
            let json = [("Content-Type", "application/json")];
            Reply::with(200, &json, r#"{"blocked":"planted"}"#)
        },
        NetworkRefused,
        1,
    ),
    (
        "a filter's error that looks like the service's",
        || {
            let json = [("Content-Type", "application/json")];
            Reply::with(403, &json, r#"{"error":{"message":"planted"}}"#)
        },
        NetworkRefused,
        1,
    ),
    (
        "a proxy that asks who it is in JSON",
        || {
            let json = [
                ("Content-Type", "application/json"),
                ("WWW-Authenticate", "Basic realm=\"planted\""),
            ];
            Reply::with(401, &json, r#"{"message":"planted"}"#)
        },
        ProxyWantsSignIn,
        1,
    ),
    (
        "a filter's text",
        || Reply::with(403, &[("Content-Type", "text/plain")], "planted"),
        NetworkRefused,
        1,
    ),
    (
        "a bare refusal",
        || Reply::with(403, &[], ""),
        NetworkRefused,
        1,
    ),
    (
        "a filter that writes JSON of its own",
        || {
            let json = [("Content-Type", "application/json")];
            Reply::with(403, &json, r#"{"error":"planted"}"#)
        },
        NetworkRefused,
        1,
    ),
    (
        "a proxy that does not get through",
        || {
            let squid = [
                ("Content-Type", "text/html"),
                ("X-Squid-Error", "ERR_CONNECT_FAIL 111"),
            ];
            Reply::with(503, &squid, "<html>planted</html>")
        },
        NetworkRefused,
        1,
    ),
    (
        "a proxy that asks who it is without a page",
        || Reply::with(407, &[("Proxy-Authenticate", "Negotiate")], ""),
        ProxyWantsSignIn,
        1,
    ),
    (
        "a proxy's page with the number of a service",
        || Reply::with(401, &[("WWW-Authenticate", "NTLM")], "<html>planted</html>"),
        ProxyWantsSignIn,
        1,
    ),
    (
        "the service's own trouble",
        || Reply::html(503),
        ServerTrouble,
        1,
    ),
    (
        "the service's refusal without a body",
        || Reply::with(403, &[ID], ""),
        NotPermitted,
        1,
    ),
    (
        "the service's page with its id",
        || Reply::with(502, &[("Content-Type", "text/html"), ID], "planted"),
        ServerTrouble,
        1,
    ),
];

#[tokio::test]
async fn what_the_network_answers_is_not_the_services_w6() {
    for (name, reply, expected, asked) in ON_THE_WAY {
        check(name, reply(), expected.clone(), *asked).await;
    }
}

type Change = (&'static str, fn() -> Reply, [bool; 2]);

/// Answers to a change of a password that look like a yes, and whether they are one: to the profile, and to a reset.
const CHANGES: &[Change] = &[
    (
        "a filter's JSON in the place of the answer",
        || {
            let json = [("Content-Type", "application/json")];
            Reply::with(200, &json, r#"{"blocked":"planted"}"#)
        },
        [false, false],
    ),
    ("words", || Reply::with(200, &[], "planted"), [false, false]),
    (
        "the profile's own, as it is documented",
        || Reply::with(204, &[], ""),
        [true, false],
    ),
    ("another yes", || json_body("{}"), [false, false]),
    ("made", || Reply::json(201, "{}"), [false, false]),
    (
        "begun, and nowhere to look",
        || Reply::json(202, "{}"),
        [false, false],
    ),
    (
        "the profile's own, with an id",
        || Reply::with(204, &[ID], ""),
        [true, false],
    ),
];

/// Neither is it known that nothing happened: who is in between may have let the request through.
#[tokio::test]
async fn a_password_is_changed_only_by_the_documented_answer_w6() {
    const OWN: &str = "own-change";
    let value = || NewPassword::draw(64, &[]).unwrap();
    for (name, reply, done) in CHANGES {
        let issuer = Issuer::start(Script::default()).await;
        let session = issuer.session().await;
        issuer.answer_graph(move |_| reply());
        let set = session.set_password(PERSON, value(), OWN).await;
        let reset = session.reset_password(PERSON, value(), OWN).await;
        let answers = [set, reset.map(|_| ())];
        for (answer, done) in answers.into_iter().zip(done) {
            match answer {
                Ok(()) => assert!(done, "{name}"),
                Err(error) => {
                    let uncertain = matches!(error, ChangeError::Uncertain { .. });
                    assert!(!done && uncertain, "{name}: {error:?}");
                }
            }
        }
        assert_eq!(issuer.fake.seen("/v1.0/").len(), 2, "{name}: each once");
    }
}

const PLANTED: &str = r#"{"value":[{"id":7,"displayName":"planted"}]}"#;

const NO_DATA: &[Row] = &[
    ("portal page", || Reply::html(200), NetworkWantsSignIn, 1),
    (
        "portal redirect",
        || Reply::with(302, &[("Location", "http://portal.example/")], ""),
        NetworkWantsSignIn,
        1,
    ),
    ("portal status", || Reply::html(511), NetworkWantsSignIn, 1),
    (
        "page with a request id",
        || Reply::with(200, &[("Content-Type", "text/html"), ID], "planted"),
        Unexpected,
        1,
    ),
    (
        "plain text",
        || Reply::with(200, &[("Content-Type", "text/plain"), ID], PLANTED),
        Unexpected,
        1,
    ),
    (
        "no content type",
        || Reply::with(200, &[ID], PLANTED),
        Unexpected,
        1,
    ),
    ("a proxy's 403 page", || Reply::html(403), NetworkRefused, 1),
    ("a proxy's 404 page", || Reply::html(404), NetworkRefused, 1),
    (
        "a proxy's 407 page",
        || Reply::html(407),
        ProxyWantsSignIn,
        1,
    ),
    (
        "wrong type of a member",
        || json_body(PLANTED),
        Unexpected,
        1,
    ),
    (
        "wrong type of the list",
        || json_body("{\"value\":\"planted\"}"),
        Unexpected,
        1,
    ),
    ("no list", || json_body("{}"), Unexpected, 1),
    (
        "list twice",
        || json_body("{\"value\":[],\"value\":[]}"),
        Unexpected,
        1,
    ),
    (
        "not a number",
        || json_body("{\"value\":[{\"id\":\"planted\",\"lifetimeInMinutes\":NaN}]}"),
        Unexpected,
        1,
    ),
    (
        "negative minutes",
        || json_body("{\"value\":[{\"id\":\"planted\",\"lifetimeInMinutes\":-5}]}"),
        Unexpected,
        1,
    ),
    (
        "truncated JSON",
        || json_body("{\"value\":[{\"id\":\"planted"),
        Unexpected,
        1,
    ),
    (
        "byte order mark",
        || json_body("\u{feff}{\"value\":[]}"),
        Unexpected,
        1,
    ),
    ("UTF-16", || json_body(utf16(PLANTED)), Unexpected, 1),
    (
        "invalid UTF-8",
        || json_body(b"{\"value\":[{\"id\":\"\xff\xfe\"}]}"),
        Unexpected,
        1,
    ),
    (
        "nested ten thousand deep",
        || json_body("[".repeat(10_000)),
        Unexpected,
        1,
    ),
    (
        "nested in an unknown member",
        || json_body(format!("{{\"x\":{}", "[".repeat(10_000))),
        Unexpected,
        1,
    ),
    (
        "huge",
        || json_body("planted".repeat(200_000)),
        Unexpected,
        1,
    ),
    ("gzip bomb", || gzip_bomb(), Unexpected, 1),
    ("cut short", || json_body(PLANTED).short_by(5), Offline, 2),
    (
        "not HTTP",
        || Reply::Bytes(b"planted\r\n\r\n".to_vec()),
        Offline,
        2,
    ),
    ("no answer", || Reply::Cut, Offline, 2),
];

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

// F5, F13, F14, T10, T11.
#[tokio::test]
async fn answers_that_are_no_data() {
    for (name, reply, expected, asked) in NO_DATA {
        check(name, reply(), expected.clone(), *asked).await;
    }
}

const NOTHING: (&str, &str) = ("X-Nothing", "1");

/// An envelope in the other spelling, with an empty code.
fn graph(status: u16, header: (&str, &str)) -> Reply {
    let body = json!({"error": {"code": "", "message": "planted", "innererror": {"request-id": "inner-id"}}});
    Reply::with(
        status,
        &[("Content-Type", "application/json"), header],
        body.to_string(),
    )
}

const fn seconds(seconds: u64) -> GraphErrorKind {
    Throttled {
        retry_after: Some(Duration::from_secs(seconds)),
    }
}

type Refusal = (&'static str, fn() -> Reply, GraphErrorKind);

const REFUSALS: &[Refusal] = &[
    (
        "403",
        || Reply::error(403, "accessDenied", "planted"),
        NotPermitted,
    ),
    (
        "403 directory",
        || Reply::error(403, "Authorization_RequestDenied", "planted"),
        NotPermitted,
    ),
    (
        "403 other spelling, empty code",
        || graph(403, NOTHING),
        NotPermitted,
    ),
    (
        "404",
        || Reply::error(404, "resourceNotFound", "planted"),
        NotFound,
    ),
    (
        "404 without a body",
        || Reply::with(404, &[ID], ""),
        NotFound,
    ),
    (
        "400",
        || Reply::error(400, "badRequest", "planted"),
        Unexpected,
    ),
    ("429", || graph(429, ("Retry-After", "7")), seconds(7)),
    ("429 now", || graph(429, ("Retry-After", "0")), seconds(0)),
    (
        "429 tomorrow",
        || graph(429, ("Retry-After", "86400")),
        seconds(86_400),
    ),
    (
        "429 never",
        || graph(429, ("Retry-After", "99999999999")),
        seconds(86_400),
    ),
    (
        "429 garbage",
        || graph(429, ("Retry-After", "planted")),
        Throttled { retry_after: None },
    ),
    (
        "429 silent",
        || graph(429, NOTHING),
        Throttled { retry_after: None },
    ),
    ("500", || Reply::error(500, "", "planted"), ServerTrouble),
    (
        "503 with a long wait",
        || graph(503, ("Retry-After", "60")),
        ServerTrouble,
    ),
    ("504 page", || Reply::html(504), NetworkRefused),
    ("418", || Reply::error(418, "teapot", "planted"), Unexpected),
    ("204", || Reply::with(204, &[ID], ""), Unexpected),
];

#[tokio::test]
async fn refusals() {
    for (name, reply, expected) in REFUSALS {
        check(name, reply(), expected.clone(), 1).await;
    }
}

/// 4 MiB of one letter in some kilobytes: fixed Huffman codes, each match 258 letters long.
fn gzip_bomb() -> Reply {
    let mut bits: Vec<bool> = vec![true, true, false]; // last block, fixed codes
    let code = |bits: &mut Vec<bool>, value: u32, length: u32| {
        bits.extend((0..length).rev().map(|bit| value >> bit & 1 == 1));
    };
    code(&mut bits, 0x30 + u32::from(b'['), 8);
    for _ in 0..(4 * 1024 * 1024 / 258) {
        code(&mut bits, 0b1100_0101, 8); // length 258
        code(&mut bits, 0, 5); // distance 1
    }
    code(&mut bits, 0, 7); // end of block
    let pack = |chunk: &[bool]| {
        chunk
            .iter()
            .enumerate()
            .fold(0_u8, |byte, (at, bit)| byte | u8::from(*bit) << at)
    };
    let mut body = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    body.extend(bits.chunks(8).map(pack));
    Reply::with(
        200,
        &[
            ("Content-Type", "application/json"),
            ("Content-Encoding", "gzip"),
            ID,
        ],
        body,
    )
}
