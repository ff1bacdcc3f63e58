//! Whether an answer is as documented: the same members, each of its kind.

use jiff::Timestamp;
use serde_json::{Map, Value};
use url::Url;
use uuid::Uuid;

use crate::example::DocumentedAnswer;

/// Members of which the value is a fact and no sample.
const FACTS: [&str; 4] = ["@odata.type", "code", "error", "error_codes"];

/// What an answer lacks of the documented one, a line each. What it has beyond that is the contract's affair.
#[must_use]
pub fn differences(documented: &DocumentedAnswer, answered: &Value) -> Vec<String> {
    let compare = Compare {
        or_null: &documented.or_null,
        exactly: &documented.exactly,
    };
    let mut lines = Vec::new();
    match &documented.body {
        Some(body) => compare.value("", body, answered, &mut lines),
        None if answered.is_null() => {}
        None => lines.push("has a body where none is documented".to_owned()),
    }
    lines
}

/// What a reading lacks of the expected one: the members named there have these values and no others.
#[must_use]
pub fn misreadings(expected: &Value, read: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    misread("", expected, read, &mut lines);
    lines
}

struct Compare<'a> {
    or_null: &'a [String],
    exactly: &'a [String],
}

impl Compare<'_> {
    fn value(&self, at: &str, documented: &Value, answered: &Value, lines: &mut Vec<String>) {
        let name = at.rsplit('/').next().unwrap_or_default();
        let listed = |names: &[String]| names.iter().any(|one| one == name);
        if (documented.is_null() || answered.is_null()) && listed(self.or_null) {
            return;
        }
        // A refusal's `error` is a word of the authority's, and an object of Graph's.
        let is_fact = FACTS.contains(&name) && !documented.is_object();
        if is_fact || listed(self.exactly) {
            if documented != answered {
                lines.push(format!("{at} is {answered}, not {documented}"));
            }
            return;
        }
        match (documented, answered) {
            (Value::Object(documented), Value::Object(answered)) => {
                self.members(at, documented, answered, lines);
            }
            (Value::Array(documented), Value::Array(answered)) => {
                self.elements(at, documented, answered, lines);
            }
            (documented, answered) => {
                let (wanted, found) = (kind(documented), kind(answered));
                if wanted != found {
                    lines.push(format!("{at} is {found}, not {wanted}"));
                }
            }
        }
    }

    fn members(
        &self,
        at: &str,
        documented: &Map<String, Value>,
        answered: &Map<String, Value>,
        lines: &mut Vec<String>,
    ) {
        for (name, value) in documented {
            let at = format!("{at}/{name}");
            match answered.get(name) {
                Some(answered) => self.value(&at, value, answered, lines),
                None => lines.push(format!("{at} is missing")),
            }
        }
    }

    /// Each documented element is somewhere among the answered ones; of those that come near, the nearest is told of.
    fn elements(
        &self,
        at: &str,
        documented: &[Value],
        answered: &[Value],
        lines: &mut Vec<String>,
    ) {
        for (number, wanted) in documented.iter().enumerate() {
            let at = format!("{at}/{number}");
            let compared = answered.iter().map(|found| {
                let mut lines = Vec::new();
                self.value(&at, wanted, found, &mut lines);
                lines
            });
            match compared.min_by_key(Vec::len) {
                Some(nearest) => lines.extend(nearest),
                None => lines.push(format!("{at} is missing: the list is empty")),
            }
        }
    }
}

/// The kind of a value; texts are told apart as far as a client has to.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth",
        Value::Number(number) if number.is_f64() => "a fraction",
        Value::Number(_) => "a whole number",
        Value::String(text) if Uuid::try_parse(text).is_ok() => "a GUID",
        Value::String(text) if text.parse::<Timestamp>().is_ok() => "an instant",
        Value::String(text) if is_address(text) => "an address",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn is_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| ["http", "https"].contains(&url.scheme()))
}

fn misread(at: &str, expected: &Value, read: &Value, lines: &mut Vec<String>) {
    match (expected, read) {
        (Value::Object(expected), Value::Object(read)) => {
            for (name, value) in expected {
                let found = read.get(name).unwrap_or(&Value::Null);
                misread(&format!("{at}/{name}"), value, found, lines);
            }
        }
        (Value::Array(expected), Value::Array(read)) if expected.len() == read.len() => {
            for (number, (expected, read)) in expected.iter().zip(read).enumerate() {
                misread(&format!("{at}/{number}"), expected, read, lines);
            }
        }
        (expected, read) if expected == read => {}
        (expected, read) => lines.push(format!("read {at} as {read}, not {expected}")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    const ID: &str = "6f1967b7-15e0-4935-ae3a-8b8a9d0d5b37";

    fn answer(body: Option<Value>) -> DocumentedAnswer {
        DocumentedAnswer {
            status: 200,
            headers: BTreeMap::new(),
            body,
            or_null: vec!["mobilePhone".to_owned()],
            exactly: vec!["status".to_owned()],
        }
    }

    fn check(documented: &Value, answered: &Value, expected: &[&str]) {
        let found = differences(&answer(Some(documented.clone())), answered);
        assert_eq!(found, expected, "{documented} against {answered}");
    }

    #[test]
    fn values_of_one_kind_are_alike_and_others_are_told() {
        let documented = json!({
            "id": ID, "createdDateTime": "2026-06-02T16:21:09.76Z", "lifetimeInMinutes": 60, "isUsable": true,
            "mobilePhone": "+81", "deviceTag": "", "next": "https://graph.example/v1.0/x",
        });
        let right = json!({
            "id": "00000000-0000-4000-8000-000000000000", "createdDateTime": "2027-01-01T00:00:00Z",
            "lifetimeInMinutes": 10, "isUsable": false, "mobilePhone": null, "deviceTag": "SoftwareTokenActivated",
            "next": "http://127.0.0.1:1/v1.0/y", "further": 1,
        });
        check(&documented, &right, &[]);
        for (name, wrong, told) in [
            ("id", json!("1"), "/id is text, not a GUID"),
            (
                "createdDateTime",
                json!("yesterday"),
                "/createdDateTime is text, not an instant",
            ),
            (
                "lifetimeInMinutes",
                json!("60"),
                "/lifetimeInMinutes is text, not a whole number",
            ),
            (
                "lifetimeInMinutes",
                json!(1.5),
                "/lifetimeInMinutes is a fraction, not a whole number",
            ),
            ("isUsable", json!("true"), "/isUsable is text, not a truth"),
            ("isUsable", Value::Null, "/isUsable is null, not a truth"),
            (
                "mobilePhone",
                json!(81),
                "/mobilePhone is a whole number, not text",
            ),
            ("deviceTag", json!([]), "/deviceTag is a list, not text"),
            ("next", json!("/v1.0/y"), "/next is text, not an address"),
        ] {
            let mut spoiled = right.clone();
            spoiled[name] = wrong;
            check(&documented, &spoiled, &[told]);
        }
        for name in ["id", "isUsable", "mobilePhone"] {
            let mut spoiled = right.clone();
            spoiled.as_object_mut().unwrap().remove(name);
            check(&documented, &spoiled, &[&format!("/{name} is missing")]);
        }
    }

    #[test]
    fn facts_are_compared_to_the_letter() {
        let documented = json!({"error": {"code": "accessDenied", "message": "x"}});
        check(
            &json!({"code": "accessDenied"}),
            &json!({"code": "AccessDenied"}),
            &["/code is \"AccessDenied\", not \"accessDenied\""],
        );
        check(
            &json!({"status": "running"}),
            &json!({"status": "succeeded"}),
            &["/status is \"succeeded\", not \"running\""],
        );
        check(
            &json!({"error_codes": [70011]}),
            &json!({"error_codes": [70012]}),
            &["/error_codes is [70012], not [70011]"],
        );
        assert_eq!(
            differences(&answer(Some(documented)), &json!({})),
            ["/error is missing"]
        );
    }

    #[test]
    fn each_element_of_a_list_is_looked_for_and_a_body_may_be_absent() {
        let documented = json!({"value": [{"@odata.type": "#a", "id": ID}, {"@odata.type": "#b"}]});
        let other = json!({"@odata.type": "#c"});
        let both =
            json!({"value": [other, {"@odata.type": "#b"}, {"@odata.type": "#a", "id": ID}]});
        check(&documented, &both, &[]);
        let one = json!({"value": [{"@odata.type": "#a", "id": ID}]});
        check(
            &documented,
            &one,
            &["/value/1/@odata.type is \"#a\", not \"#b\""],
        );
        check(
            &json!({"value": [{}]}),
            &json!({"value": []}),
            &["/value/0 is missing: the list is empty"],
        );
        assert!(differences(&answer(None), &Value::Null).is_empty());
        assert_eq!(
            differences(&answer(None), &json!({})),
            ["has a body where none is documented"]
        );
    }

    #[test]
    fn a_misreading_is_told_member_for_member() {
        let expected = json!([{"id": "a", "usable": false}]);
        assert!(
            misreadings(&expected, &json!([{"id": "a", "usable": false, "more": 1}])).is_empty()
        );
        for (read, told) in [
            (
                json!([{"id": "a", "usable": true}]),
                "read /0/usable as true, not false",
            ),
            (json!([{"id": "a"}]), "read /0/usable as null, not false"),
            (
                json!([]),
                "read  as [], not [{\"id\":\"a\",\"usable\":false}]",
            ),
            (
                json!({"refused": "NotFound"}),
                "read  as {\"refused\":\"NotFound\"}, not [{\"id\":\"a\",\"usable\":false}]",
            ),
        ] {
            assert_eq!(misreadings(&expected, &read), [told]);
        }
    }
}
