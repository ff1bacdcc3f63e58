//! A watched tenant: what is asked over HTTP is checked, and a breach fails the test.

use contract::{Requests, Watched};
use entra_sim::TenantOptions;
use serde_json::json;

async fn started(requests: Requests) -> Watched {
    contract::start(TenantOptions::default(), requests)
        .await
        .unwrap()
}

/// The status of a request without a token.
async fn asked(url: String) -> u16 {
    let answer = tokio::task::spawn_blocking(move || {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build();
        ureq::Agent::from(agent).get(url).call().unwrap()
    });
    answer.await.unwrap().status().as_u16()
}

#[tokio::test]
async fn every_exchange_is_checked_before_its_answer_is_there() {
    let tenant = started(Requests::Any).await;
    assert_eq!(asked(format!("{}/me", tenant.info.graph_http)).await, 401);
    let discovery = "v2.0/.well-known/openid-configuration";
    assert_eq!(
        asked(format!("{}/{discovery}", tenant.info.authority_http)).await,
        200
    );
    assert_eq!(tenant.checked(), 2);
    assert_eq!(tenant.take_breaches(), Vec::<String>::new());
    // The control interface, the phone and the test site are no service of Microsoft's.
    assert_eq!(asked(format!("{}/state", tenant.info.control)).await, 200);
    assert_eq!(tenant.checked(), 2);
    tenant.shutdown().await;
}

#[tokio::test]
async fn a_client_under_test_asks_for_known_things_only() {
    let tenant = started(Requests::Known).await;
    assert!(asked(format!("{}/nothing", tenant.info.graph_http)).await >= 400);
    let breaches = tenant.take_breaches();
    assert_eq!(breaches.len(), 1, "{breaches:?}");
    assert!(breaches[0].contains("/v1.0/nothing is not in the contract"));
}

#[tokio::test]
async fn a_fault_is_no_breach() {
    let tenant = started(Requests::Known).await;
    let control = format!("{}/faults", tenant.info.control);
    let order = json!({"path": "/", "fault": "malformed"});
    tokio::task::spawn_blocking(move || ureq::post(&control).send_json(order).unwrap())
        .await
        .unwrap();
    asked(format!("{}/me", tenant.info.graph_http)).await;
    assert_eq!((tenant.checked(), tenant.take_breaches().len()), (1, 0));
}

#[tokio::test]
async fn a_breach_fails_the_test_that_drops_the_tenant() {
    let tenant = started(Requests::Known).await;
    asked(format!("{}/nothing", tenant.info.graph_http)).await;
    let dropped = std::thread::spawn(move || drop(tenant)).join();
    let said = dropped.expect_err("the drop fails");
    let said = said.downcast_ref::<String>().unwrap();
    assert!(said.starts_with("1 breaches of the contract:"), "{said}");
}

#[test]
fn every_operation_has_an_id_of_its_own() {
    let contract = contract::Contract::of_the_tenant();
    let mut ids: Vec<&str> = contract.operations().collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert!(all > 50, "{all}");
}
