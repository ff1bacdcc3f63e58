//! The parts of a batch are checked one by one.

use contract::Side::{Answer, Request};
use serde_json::{Value, json};

use crate::sample::{ID, asking, breaks, exchange, holds, problem};

fn batch(url: &str, status: u16, body: &Value) -> entra_sim::Exchange {
    let headers =
        json!({"Content-Type": "application/json", "request-id": ID, "client-request-id": "x"});
    let part = json!({"id": "1", "status": status, "headers": headers, "body": body});
    let asked = json!({"requests": [{"id": "1", "method": "GET", "url": url}]});
    asking(
        exchange("POST", "/v1.0/$batch", 200, &json!({"responses": [part]})),
        &asked,
    )
}

#[test]
fn a_part_is_checked_as_a_request_of_its_own() {
    holds(&batch("/users/a", 404, &problem()));
    holds(&batch(
        "https://127.0.0.1:4433/v1.0/users/a",
        404,
        &problem(),
    ));
    breaks(
        &batch("/users/a", 418, &problem()),
        Answer,
        "418 is none of",
    );
    breaks(
        &batch("/users/a?$select=id", 200, &json!({"id": 5})),
        Answer,
        "/id",
    );
    breaks(
        &batch("/devices", 200, &json!({})),
        Answer,
        "not in the contract",
    );
}

#[test]
fn more_than_twenty_parts_are_outside_the_contract() {
    let parts: Vec<Value> = (0..21)
        .map(|n| json!({"id": n.to_string(), "method": "GET", "url": "/me"}))
        .collect();
    let refused = exchange("POST", "/v1.0/$batch", 400, &problem());
    breaks(
        &asking(refused, &json!({"requests": parts})),
        Request,
        "/requests",
    );
}

#[test]
fn a_part_that_was_never_tried_is_left_alone() {
    let body = json!({"error": {"code": "FailedDependency", "message": "not tried"}});
    holds(&batch("/users/a", 424, &body));
}
