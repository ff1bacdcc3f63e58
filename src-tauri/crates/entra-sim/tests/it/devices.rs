//! The lists of a person's devices: who sees how much of them, what they cost, and when a phone is in them.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;

const LISTS: [&str; 2] = ["registeredDevices", "ownedDevices"];

async fn listed(desk: &OperatorDesk, list: &str, case: Case) -> Vec<Value> {
    let (id, _) = desk.person(case);
    let answer = desk.get(&format!("/users/{id}/{list}?$select=id")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["value"].as_array().unwrap().clone()
}

/// The phone sets itself up from start to end; the answer is the device's id.
async fn register(desk: &OperatorDesk) -> String {
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({"lifetimeInMinutes": 60})).await;
    let done = desk.register(&upn, &pass, "tap", "ios").await;
    assert_eq!(done["ok"], true, "{done}");
    done["device_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn without_a_right_to_read_devices_each_has_its_id_alone_n24() {
    let mut desk = OperatorDesk::open().await;
    for list in LISTS {
        let limited = listed(&desk, list, Case::HasPhoneSignIn).await;
        let one = limited[0].as_object().unwrap();
        let mut members: Vec<_> = one.keys().map(String::as_str).collect();
        members.sort_unstable();
        assert_eq!((limited.len(), members), (1, vec!["@odata.type", "id"]));
    }
    desk.seat("d.reader", &[], "User.Read.All Device.Read.All")
        .await;
    let (id, _) = desk.person(Case::HasPhoneSignIn);
    for list in LISTS {
        let whole = desk.get(&format!("/users/{id}/{list}")).await.json();
        assert_eq!(whole["value"][0]["operatingSystem"], "iPhone", "{whole}");
    }
    desk.seat("n.reader", &[], "User.ReadBasic.All").await;
    let refused = desk.get(&format!("/users/{id}/registeredDevices")).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn a_list_of_devices_costs_one_unit_of_the_directory_and_nothing_of_methods_n24() {
    let desk = OperatorDesk::open().await;
    desk.switch(
        json!({"quota_enforced": true, "quota_units": 5, "quota_directory_kind": "sliding_window"}),
    )
    .await;
    let (id, _) = desk.person(Case::Plain);
    let path = format!("/users/{id}/registeredDevices?$select=id");
    for asked in 1..=5 {
        let answer = desk.get(&path).await;
        assert_eq!(answer.header("x-ms-resource-unit"), "1");
        let told = !answer.header("x-ms-throttle-limit-percentage").is_empty();
        assert_eq!(told, asked >= 4, "{asked}");
    }
    assert_eq!(desk.get(&path).await.status, 429);
    let methods = format!("/users/{id}/authentication/methods");
    assert_eq!(desk.get(&methods).await.status, 200);
}

#[tokio::test]
async fn a_phone_is_listed_when_the_switch_says_n24() {
    for (switches, at_once, later) in [
        (json!({}), true, true),
        (json!({"device_lag_ms": 60_000}), false, true),
        (json!({"device_listed": "with_entry"}), true, true),
        (json!({"device_listed": "after_entry"}), false, true),
        (json!({"device_listed": "never"}), false, false),
    ] {
        let desk = OperatorDesk::open().await;
        desk.switch(switches.clone()).await;
        let device = register(&desk).await;
        for (seconds, expected) in [(0, at_once), (90, later)] {
            desk.advance(seconds).await;
            let all = listed(&desk, "registeredDevices", Case::Plain).await;
            let ids: Vec<_> = all.iter().map(|one| one["id"].as_str().unwrap()).collect();
            let wanted: &[&str] = if expected { &[&device] } else { &[] };
            assert_eq!(ids, wanted, "{switches} after {seconds} s");
        }
    }
}

#[tokio::test]
async fn a_second_device_of_another_kind_comes_with_the_phone_n24() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"second_device": true})).await;
    let device = register(&desk).await;
    let all = listed(&desk, "ownedDevices", Case::Plain).await;
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all.iter().any(|one| one["id"] == device.as_str()));
}
