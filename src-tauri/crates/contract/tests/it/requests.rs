//! Requests outside the contract are found, and tenants that take them.

use contract::Contract;
use contract::Side::{Answer, Request};
use serde_json::json;

use crate::sample::{ID, asking, breaks, created, exchange, holds, pass, passes, problem};

#[test]
fn a_wrong_request_must_be_refused() {
    let mut made = pass();
    made["temporaryAccessPass"] = json!("12345678");
    let wish = json!({"lifetimeInMinutes": "sixty"});
    let taken = asking(created(&made), &wish);
    breaks(&taken, Request, "/lifetimeInMinutes");
    breaks(&taken, Answer, "201 to a request outside the contract");
    let mut refused = asking(created(&problem()), &wish);
    refused.status = 400;
    breaks(&refused, Request, "/lifetimeInMinutes");
    let complaints = Contract::of_the_tenant().check(&refused);
    assert!(
        complaints.iter().all(|found| found.side == Request),
        "{complaints:?}"
    );
    holds(&asking(
        created(&made),
        &json!({"lifetimeInMinutes": 60, "isUsableOnce": true}),
    ));
    holds(&created(&made));
}

#[test]
fn an_option_that_is_not_offered_is_found() {
    let mut asked = passes(&pass());
    asked.query = "$compute=x".to_owned();
    breaks(&asked, Request, "$compute");
    asked.query = "%24top=many".to_owned();
    breaks(&asked, Request, "$top");
    asked.query = "$top=5&api-version=1".to_owned();
    holds(&asked);
}

#[test]
fn an_operation_that_is_not_there_must_be_refused() {
    let asked = exchange("GET", "/v1.0/devices", 404, &problem());
    breaks(&asked, Request, "is not in the contract");
    assert_eq!(Contract::of_the_tenant().check(&asked).len(), 1);
    breaks(
        &exchange("GET", "/v1.0/devices", 200, &json!({})),
        Answer,
        "not in the contract",
    );
    breaks(
        &exchange("PUT", "/v1.0/me", 204, &json!({})),
        Answer,
        "not in the contract",
    );
}

#[test]
fn a_body_that_must_be_there_and_its_type() {
    let path = "/v1.0/users/a/checkMemberGroups";
    breaks(
        &exchange("POST", path, 200, &json!({"value": []})),
        Request,
        "has no body",
    );
    let mut asked = asking(
        exchange("POST", path, 200, &json!({"value": []})),
        &json!({"groupIds": [ID]}),
    );
    holds(&asked);
    asked.headers.clear();
    breaks(&asked, Request, "is , not");
}

#[track_caller]
fn check(method: &str, path: &str, expected: Option<&str>) {
    assert_eq!(
        Contract::of_the_tenant().operation(method, path),
        expected,
        "{method} {path}"
    );
}

#[test]
fn a_path_is_known_in_every_spelling() {
    check("GET", "/v1.0/users/a", Some("readUser"));
    check("GET", "/v1.0/users('o''neil%40x')", Some("readUser"));
    check("GET", "/v1.0/me/transitiveMemberOf", Some("memberOf"));
    check("GET", "/v1.0/me", Some("me"));
    check("POST", "/v1.0/me/sendMail", Some("sendMail"));
    check("POST", "/v1.0/%24batch", Some("batch"));
    check(
        "GET",
        "/v1.0/users/a/transitiveMemberOf/microsoft.graph.directoryRole",
        Some("rolesOf"),
    );
    check(
        "GET",
        "/v1.0/authenticationMethodsPolicy",
        Some("readPolicy"),
    );
    check(
        "GET",
        "/common/discovery/instance",
        Some("instanceDiscovery"),
    );
    check(
        "HEAD",
        "/common/v2.0/.well-known/openid-configuration",
        Some("openidConfiguration"),
    );
    check(
        "POST",
        "/v1.0/me/microsoft.graph.sendMail",
        Some("sendMail"),
    );
    check("GET", "/v1.0/users/$count", Some("countUsers"));
    check("GET", "/common/oauth2/v2.0/token", None);
}

#[test]
fn a_batch_has_at_most_twenty_parts() {
    let parts = |count: usize| -> Vec<serde_json::Value> {
        (0..count)
            .map(|n| json!({"id": n.to_string(), "method": "GET", "url": "/me"}))
            .collect()
    };
    let refused = exchange("POST", "/v1.0/$batch", 400, &problem());
    breaks(
        &asking(refused, &json!({"requests": parts(21)})),
        Request,
        "/requests",
    );
    let answered = exchange("POST", "/v1.0/$batch", 200, &json!({"responses": []}));
    holds(&asking(answered, &json!({"requests": parts(20)})));
}
