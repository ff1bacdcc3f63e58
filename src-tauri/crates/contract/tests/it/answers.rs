//! Wrong answers are found: another type, another member, another status, a missing header.

use contract::Side::Answer;
use serde_json::{Value, json};

use crate::sample::{ID, breaks, created, exchange, holds, methods, pass, passes, problem};

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}

fn without(mut object: Value, name: &str) -> Value {
    object.as_object_mut().unwrap().remove(name);
    object
}

#[test]
fn right_answers_hold() {
    holds(&passes(&pass()));
    holds(&methods(&json!([pass()])));
    holds(&exchange("GET", "/v1.0/users/a", 403, &problem()));
    let gone = format!("/v1.0/users/a/authentication/temporaryAccessPassMethods/{ID}");
    holds(&exchange("DELETE", &gone, 204, &Value::Null));
}

#[test]
fn a_wrong_type_is_found() {
    let wrong = with(pass(), "lifetimeInMinutes", json!("60"));
    breaks(&passes(&wrong), Answer, "/value/0/lifetimeInMinutes");
    let wrong = with(pass(), "isUsable", json!(1));
    breaks(&passes(&wrong), Answer, "/value/0/isUsable");
    breaks(&methods(&json!([wrong])), Answer, "/value/0/isUsable");
    let wrong = with(pass(), "createdDateTime", json!("yesterday"));
    breaks(&passes(&wrong), Answer, "/value/0/createdDateTime");
}

#[test]
fn a_member_too_many_or_too_few_is_found() {
    let wrong = with(pass(), "expiresDateTime", json!("2026-06-05T00:00:00Z"));
    breaks(&passes(&wrong), Answer, "expiresDateTime");
    breaks(
        &passes(&without(pass(), "isUsableOnce")),
        Answer,
        "isUsableOnce",
    );
    breaks(
        &methods(&json!([without(pass(), "isUsableOnce")])),
        Answer,
        "isUsableOnce",
    );
    breaks(
        &passes(&without(pass(), "@odata.type")),
        Answer,
        "@odata.type",
    );
}

#[test]
fn a_value_of_a_pass_comes_once() {
    let made = with(pass(), "temporaryAccessPass", json!("nc+&G=xwDKCz"));
    holds(&created(&made));
    breaks(&passes(&made), Answer, "/value/0/temporaryAccessPass");
    breaks(&created(&pass()), Answer, "/temporaryAccessPass");
}

#[test]
fn no_value_is_told_in_a_complaint() {
    let made = with(pass(), "temporaryAccessPass", json!("nc+&G=xwDKCz"));
    for violation in contract::Contract::of_the_tenant().check(&passes(&made)) {
        assert!(!violation.to_string().contains("xwDKCz"), "{violation}");
    }
}

#[test]
fn an_unknown_kind_of_method_is_found() {
    let wrong = with(
        pass(),
        "@odata.type",
        json!("#microsoft.graph.carrierPigeon"),
    );
    breaks(&methods(&json!([wrong])), Answer, "@odata.type");
}

#[test]
fn a_wrong_status_is_found() {
    let mut wrong = passes(&pass());
    wrong.status = 206;
    breaks(&wrong, Answer, "206 is none of");
    breaks(
        &exchange("GET", "/v1.0/me", 500, &problem()),
        Answer,
        "500 is none of",
    );
    let mut wrong = created(&with(pass(), "temporaryAccessPass", json!("12345678")));
    wrong.status = 200;
    breaks(&wrong, Answer, "200 is none of");
}

#[test]
fn a_wrong_envelope_is_found() {
    let flat = json!({"code": "accessDenied", "message": "no"});
    breaks(&exchange("GET", "/v1.0/me", 403, &flat), Answer, "error");
    let bare = json!({"error": {"code": "accessDenied", "message": "no"}});
    breaks(
        &exchange("GET", "/v1.0/me", 403, &bare),
        Answer,
        "innerError",
    );
}

#[test]
fn a_missing_header_or_another_media_type_is_found() {
    let mut wrong = passes(&pass());
    wrong
        .answer_headers
        .retain(|(name, _)| name != "request-id");
    breaks(&wrong, Answer, "lacks the header request-id");
    let mut wrong = passes(&pass());
    wrong.answer_headers[0].1 = "text/html".to_owned();
    breaks(&wrong, Answer, "200 is text/html");
    breaks(
        &exchange("GET", "/v1.0/me", 401, &problem()),
        Answer,
        "www-authenticate",
    );
}

#[test]
fn a_body_where_none_belongs_and_none_where_one_does() {
    let gone = format!("/v1.0/users/a/authentication/temporaryAccessPassMethods/{ID}");
    breaks(&exchange("DELETE", &gone, 204, &json!({})), Answer, "204");
    breaks(
        &exchange("GET", "/v1.0/me", 200, &Value::Null),
        Answer,
        "200 has no body",
    );
    let reset = "/v1.0/users/a/authentication/methods/x/resetPassword";
    let mut done = exchange("POST", reset, 202, &Value::Null);
    done.body = b"{}".to_vec();
    breaks(&done, Answer, "lacks the header location");
    let location = format!("https://127.0.0.1/v1.0/users/a/authentication/operations/{ID}");
    done.answer_headers.push(("location".to_owned(), location));
    holds(&done);
}

#[test]
fn a_selection_takes_members_away_and_nothing_else_does() {
    let person = json!({"id": ID, "userPrincipalName": "a@b.example"});
    holds(&exchange(
        "GET",
        "/v1.0/users/a?$select=id,userPrincipalName",
        200,
        &person,
    ));
    breaks(
        &exchange("GET", "/v1.0/users/a", 200, &person),
        Answer,
        "missing",
    );
    let unknown = json!({"id": ID, "shoeSize": 44});
    breaks(
        &exchange("GET", "/v1.0/users/a?$select=shoeSize", 200, &unknown),
        Answer,
        "shoeSize",
    );
}

#[test]
fn what_a_fault_struck_is_not_looked_at() {
    let mut struck = exchange("GET", "/v1.0/me", 500, &Value::Null);
    struck.struck = true;
    holds(&struck);
}

#[test]
fn the_sign_in_service_has_its_own_shapes() {
    let token = "/organizations/oauth2/v2.0/token";
    let mut refused = exchange("POST", token, 400, &problem());
    refused.headers[0].1 = "application/x-www-form-urlencoded".to_owned();
    refused.body = b"grant_type=refresh_token&client_id=x".to_vec();
    breaks(&refused, Answer, "error");
    let right = json!({
        "error": "invalid_grant", "error_description": "AADSTS70000: No.", "error_codes": [70000],
        "timestamp": "2026-06-02 16:21:09Z", "trace_id": ID, "correlation_id": ID,
    });
    refused.answer = right.to_string().into_bytes();
    holds(&refused);
    refused.answer = with(right, "error_codes", json!(["70000"]))
        .to_string()
        .into_bytes();
    breaks(&refused, Answer, "/error_codes/0");
}
