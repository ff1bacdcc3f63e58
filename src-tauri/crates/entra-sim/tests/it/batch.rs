//! `$batch` (reference §4.4).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::http::HttpAnswer;

async fn batch(desk: &OperatorDesk, requests: Value) -> HttpAnswer {
    desk.graph("POST", "/$batch")
        .json(&json!({"requests": requests}))
        .send()
        .await
}

fn status(answer: &HttpAnswer, id: &str) -> u64 {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let all = answer.json()["responses"].clone();
    let part = all.as_array().unwrap().iter().find(|part| part["id"] == id);
    part.unwrap_or_else(|| panic!("no part {id}"))["status"]
        .as_u64()
        .unwrap()
}

fn gets(count: usize) -> Value {
    (0..count)
        .map(|n| json!({"id": n.to_string(), "method": "GET", "url": "/me"}))
        .collect()
}

#[tokio::test]
async fn parts_are_answered_each_for_itself() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    let pass = format!("/users/{id}/authentication/temporaryAccessPassMethods");
    let absolute = format!("{}/users/{id}?$select=displayName", desk.info().graph_http);
    let typed = json!({"Content-Type": "application/json"});
    let answer = batch(&desk, json!([
        {"id": "1", "method": "GET", "url": "/me"},
        {"id": "2", "method": "GET", "url": absolute, "invented": true},
        {"id": "3", "method": "POST", "url": pass, "headers": typed, "body": {"lifetimeInMinutes": 10}},
        {"id": "4", "method": "GET", "url": "users/nobody@cablechan.biz"},
        {"id": "5", "method": "GET", "url": "/users?$search=\"displayName:山田\"&$count=true",
         "headers": {"ConsistencyLevel": "eventual"}},
        {"id": "6", "method": "GET", "url": format!("/users/{id}/photo/$value")},
    ])).await;
    for (part, expected) in [
        ("1", 200),
        ("2", 200),
        ("3", 201),
        ("4", 404),
        ("5", 200),
        ("6", 200),
    ] {
        assert_eq!(status(&answer, part), expected, "{part}: {}", answer.text());
    }
    let all = answer.json()["responses"].clone();
    let part = |id: &str| {
        all.as_array()
            .unwrap()
            .iter()
            .find(|part| part["id"] == id)
            .unwrap()
            .clone()
    };
    assert_eq!(part("5")["body"]["@odata.count"], 2);
    assert!(part("3")["body"]["temporaryAccessPass"].is_string());
    assert!(
        part("4")["headers"]["Content-Type"].is_string() && part("4")["body"]["error"].is_object()
    );
    assert!(
        part("6")["body"].as_str().unwrap().starts_with("/9j/"),
        "bytes come as base64"
    );
    assert_ne!(all[0]["id"], "1", "the order is not the asked one");
    desk.switch(json!({"batch_in_order": true})).await;
    assert_eq!(
        batch(&desk, gets(3)).await.json()["responses"][0]["id"],
        "0"
    );
}

#[tokio::test]
async fn a_part_is_throttled_alone_and_counted() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.fault(json!({"path": "/users/{id}", "fault": "status:429", "retry_after": "7"}))
        .await;
    let answer = batch(
        &desk,
        json!([
            {"id": "a", "method": "GET", "url": format!("/users/{id}")},
            {"id": "b", "method": "GET", "url": "/me"},
        ]),
    )
    .await;
    assert_eq!((status(&answer, "a"), status(&answer, "b")), (429, 200));
    let text = answer.text();
    assert!(text.contains("\"Retry-After\":\"7\""), "{text}");
    let requests = desk.state().await["requests"].clone();
    let count = |path: &str, status: u16| {
        let wanted = |one: &&Value| one["path"] == path && one["status"] == status;
        requests
            .as_array()
            .unwrap()
            .iter()
            .find(wanted)
            .map_or(0, |one| one["count"].as_u64().unwrap())
    };
    assert_eq!(
        (
            count("/v1.0/$batch", 200),
            count("/v1.0/users/{id}", 429),
            count("/v1.0/me", 200)
        ),
        (1, 1, 1)
    );
}

#[tokio::test]
async fn what_depends_on_a_failure_fails() {
    let desk = OperatorDesk::open().await;
    let answer = batch(
        &desk,
        json!([
            {"id": "1", "method": "GET", "url": "/users/nobody"},
            {"id": "2", "method": "GET", "url": "/me", "dependsOn": ["1"]},
            {"id": "3", "method": "GET", "url": "/me", "dependsOn": ["2"]},
            {"id": "4", "method": "GET", "url": "/me", "dependsOn": []},
        ]),
    )
    .await;
    for (part, expected) in [("1", 404), ("2", 424), ("3", 424), ("4", 200)] {
        assert_eq!(status(&answer, part), expected, "{part}");
    }
}

#[tokio::test]
async fn a_batch_that_is_wrong_is_refused_whole() {
    let desk = OperatorDesk::open().await;
    assert_eq!(batch(&desk, gets(20)).await.status, 200);
    let part = |id: &str, more: Value| {
        let mut part = json!({"id": id, "method": "GET", "url": "/me"});
        part.as_object_mut()
            .unwrap()
            .extend(more.as_object().cloned().unwrap());
        part
    };
    for (what, requests) in [
        ("21 parts", gets(21)),
        ("none", json!([])),
        (
            "one id twice, in another case",
            json!([part("a", json!({})), part("A", json!({}))]),
        ),
        (
            "a body without its type",
            json!([part("1", json!({"method": "POST", "body": {}}))]),
        ),
        (
            "depends on nothing known",
            json!([part("1", json!({"dependsOn": ["9"]}))]),
        ),
    ] {
        assert_eq!(batch(&desk, requests).await.status, 400, "{what}");
    }
    let nested = batch(
        &desk,
        json!([part(
            "1",
            json!({
                "method": "POST", "url": "/$batch", "headers": {"Content-Type": "application/json"},
                "body": {"requests": gets(1)},
            })
        )]),
    )
    .await;
    assert_eq!(status(&nested, "1"), 400);
    assert_eq!(desk.get("/$batch").await.status, 405);
    let escaped = desk
        .graph("POST", "/%24batch")
        .json(&json!({"requests": gets(1)}))
        .send()
        .await;
    assert_eq!(escaped.status, 200);
}
