//! Graph's limits over HTTP (acceptance part 3, row 12).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::http::HttpAnswer;

async fn methods(desk: &OperatorDesk) -> HttpAnswer {
    let (id, _) = desk.person(Case::Plain);
    desk.get(&format!("/users/{id}/authentication/methods"))
        .await
}

fn row<'a>(state: &'a Value, limit: &str) -> &'a Value {
    state["quota"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["limit"] == limit)
        .unwrap_or_else(|| panic!("no {limit} in {}", state["quota"]))
}

#[tokio::test]
async fn use_is_counted_and_nobody_refused_by_default() {
    let desk = OperatorDesk::open().await;
    for _ in 0..12 {
        let answer = methods(&desk).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("x-ms-throttle-limit-percentage"), "");
    }
    let state = desk.state().await;
    let counted = row(&state, "methods");
    assert_eq!(
        (&counted["admitted"], &counted["refused"]),
        (&json!(12), &json!(0))
    );
    assert_eq!(counted["app"], json!(desk.info().client_id));
}

#[tokio::test]
async fn the_sixth_request_on_methods_is_refused_until_the_time_told() {
    for kind in ["sliding_window", "token_bucket"] {
        let desk = OperatorDesk::open().await;
        desk.switch(json!({"quota_enforced": true, "quota_methods_kind": kind}))
            .await;
        let mut shares = Vec::new();
        for _ in 0..5 {
            let answer = methods(&desk).await;
            assert_eq!(answer.status, 200, "{kind}");
            shares.push(answer.header("x-ms-throttle-limit-percentage").to_owned());
        }
        assert_eq!(&shares[..3], ["", "", ""], "{kind}: told from 0.8 on");
        let last: f64 = shares[4].parse().unwrap();
        assert!((0.8..=1.0).contains(&last), "{kind}: {shares:?}");
        let refused = methods(&desk).await;
        assert_eq!(refused.status, 429, "{kind}");
        assert_eq!(refused.json()["error"]["code"], "TooManyRequests");
        assert!(refused.json()["error"]["innerError"]["request-id"].is_string());
        let info = desk.info();
        let scope = format!(
            "Tenant_Application/ReadWrite/{}/{}",
            info.client_id, info.tenant_id
        );
        assert_eq!(refused.header("x-ms-throttle-scope"), scope);
        assert_eq!(
            refused.header("x-ms-throttle-information"),
            "RequestLimitExceeded"
        );
        let wait: i64 = refused
            .header("retry-after")
            .parse()
            .expect("whole seconds");
        assert!((1..=10).contains(&wait), "{kind}: {wait}");
        assert_eq!(desk.get("/me").await.status, 200, "another limit");
        desk.advance(wait).await;
        assert_eq!(methods(&desk).await.status, 200, "{kind}");
    }
}

#[tokio::test]
async fn a_pass_counts_as_well_and_is_not_made_when_refused() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.switch(json!({"quota_enforced": true, "quota_methods": 1}))
        .await;
    assert_eq!(methods(&desk).await.status, 200);
    assert_eq!(desk.issue(&id, &json!({})).await.status, 429);
    desk.switch(json!({"quota_enforced": false})).await;
    assert!(desk.listed_pass(&id).await.is_null());
}

#[tokio::test]
async fn who_waits_with_priority_comes_first() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    let path = format!("/users/{id}/authentication/methods");
    desk.switch(json!({"quota_enforced": true, "quota_methods": 1}))
        .await;
    assert_eq!(methods(&desk).await.status, 200);
    let ask = |priority: &'static str| {
        desk.graph("GET", &path)
            .header("x-ms-throttle-priority", priority)
            .send()
    };
    assert_eq!(ask("high").await.status, 429);
    desk.advance(10).await;
    assert_eq!(ask("low").await.status, 429);
    assert_eq!(methods(&desk).await.status, 429);
    assert_eq!(ask("high").await.status, 200);
}

#[tokio::test]
async fn the_directory_counts_resource_units_and_writes() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    let units = |answer: &HttpAnswer| answer.header("x-ms-resource-unit").to_owned();
    assert_eq!(units(&desk.get("/users").await), "2");
    assert_eq!(units(&desk.get("/users?$select=id").await), "1");
    assert_eq!(
        units(&desk.get(&format!("/users/{id}/transitiveMemberOf")).await),
        "2"
    );
    assert_eq!(units(&methods(&desk).await), "", "not a directory request");
    let state = desk.state().await;
    assert_eq!(row(&state, "units")["admitted"], json!(5));
    assert_eq!(
        row(&state, "units")["units"],
        json!(3_500),
        "a tenant below fifty people"
    );
    desk.switch(json!({"quota_enforced": true, "quota_units": 2}))
        .await;
    assert_eq!(desk.get("/users").await.status, 200);
    let refused = desk.get("/users").await;
    assert_eq!(
        (refused.status, refused.header("x-ms-throttle-information")),
        (429, "ResourceUnitLimitExceeded")
    );
}

#[tokio::test]
async fn limits_that_cannot_be_are_refused() {
    let desk = OperatorDesk::open().await;
    for wrong in [
        json!({"quota_methods": -1}),
        json!({"quota_methods_kind": "leaky"}),
        json!({"replicas": 0}),
        json!({"replica_lag_ms": 3_600_001}),
        json!({"new_person_lag_ms": 3_600_001}),
        json!({"clock_skew_s": i64::MAX}),
    ] {
        let refused = desk.control("POST", "switches", &wrong).await;
        assert_eq!(refused.status, 400, "{wrong}");
    }
}
