//! Exchanges that keep the contract, to be spoiled one way at a time.

use contract::{Contract, Side};
use entra_sim::Exchange;
use serde_json::{Value, json};

pub(crate) const ID: &str = "6f1967b7-15e0-4935-ae3a-8b8a9d0d5b37";
const USER: &str = "/v1.0/users/hanako@cablechan.biz";

pub(crate) fn exchange(method: &str, path: &str, status: u16, answer: &Value) -> Exchange {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Exchange {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: vec![header("content-type", "application/json")],
        status,
        answer_headers: vec![
            header("content-type", "application/json; charset=utf-8"),
            header("request-id", ID),
            header("client-request-id", "mine"),
        ],
        answer: if answer.is_null() {
            Vec::new()
        } else {
            answer.to_string().into_bytes()
        },
        ..Exchange::default()
    }
}

pub(crate) fn asking(mut exchange: Exchange, body: &Value) -> Exchange {
    exchange.body = body.to_string().into_bytes();
    exchange
}

pub(crate) fn pass() -> Value {
    json!({
        "@odata.type": "#microsoft.graph.temporaryAccessPassAuthenticationMethod",
        "id": ID,
        "temporaryAccessPass": null,
        "createdDateTime": "2026-06-02T16:21:09.765173Z",
        "startDateTime": "2026-06-05T00:00:00Z",
        "lifetimeInMinutes": 60,
        "isUsableOnce": false,
        "isUsable": false,
        "methodUsabilityReason": "NotYetValid",
    })
}

pub(crate) fn passes(pass: &Value) -> Exchange {
    let path = format!("{USER}/authentication/temporaryAccessPassMethods");
    exchange("GET", &path, 200, &json!({"value": [pass]}))
}

pub(crate) fn methods(value: &Value) -> Exchange {
    let path = format!("{USER}/authentication/methods");
    exchange("GET", &path, 200, &json!({"value": value}))
}

pub(crate) fn created(answer: &Value) -> Exchange {
    let path = format!("{USER}/authentication/temporaryAccessPassMethods");
    exchange("POST", &path, 201, answer)
}

pub(crate) fn problem() -> Value {
    let inner =
        json!({"date": "2026-06-02T16:21:09", "request-id": ID, "client-request-id": "mine"});
    json!({"error": {"code": "accessDenied", "message": "Request Authorization failed", "innerError": inner}})
}

/// The exchange keeps the contract.
#[track_caller]
pub(crate) fn holds(exchange: &Exchange) {
    let found = Contract::of_the_tenant().check(exchange);
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{lines:#?}");
}

/// That side broke it, and is told so with these words.
#[track_caller]
pub(crate) fn breaks(exchange: &Exchange, side: Side, words: &str) {
    let found = Contract::of_the_tenant().check(exchange);
    let told = |found: &contract::Violation| found.side == side && found.text.contains(words);
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(
        found.iter().any(told),
        "no {side:?} with \"{words}\": {lines:#?}"
    );
}
