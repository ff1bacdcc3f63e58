//! The group whose members' passwords are changed for them: put in, read back, refused (S43, S47).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::http::HttpAnswer;

const SCOPES: &str = "GroupMember.ReadWrite.All User.Read.All";
const SEAT: &str = "roll.keeper@cablechan.biz";

/// A tenant with a group, and somebody without a role at the counter who may own it.
async fn with_group(order: Value) -> (OperatorDesk, String) {
    let mut desk = OperatorDesk::open().await;
    desk.seat("roll.keeper", &["Authentication Administrator"], SCOPES)
        .await;
    let mut order = order;
    order["display_name"] = json!("パスワード自動変更");
    let made = desk.control("POST", "groups", &order).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let id = made.json()["id"].as_str().unwrap().to_owned();
    (desk, id)
}

async fn add(desk: &OperatorDesk, group: &str, id: &str) -> HttpAnswer {
    let path = format!("/groups/{group}/members/$ref");
    let body = json!({"@odata.id": format!("{}/directoryObjects/{id}", desk.info().graph_http)});
    desk.graph("POST", &path).json(&body).send().await
}

async fn is_in(desk: &OperatorDesk, group: &str, id: &str) -> bool {
    let path = format!("/users/{id}/checkMemberGroups");
    let asked = desk
        .graph("POST", &path)
        .json(&json!({"groupIds": [group]}))
        .send()
        .await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    asked.json()["value"] == json!([group])
}

#[tokio::test]
async fn an_owner_without_another_role_puts_somebody_in_and_reads_it_back() {
    let (desk, group) = with_group(json!({"owners": [SEAT]})).await;
    let (id, _) = desk.person(Case::HasPhoneSignIn);
    assert!(!is_in(&desk, &group, &id).await);
    assert_eq!(add(&desk, &group, &id).await.status, 204);
    assert!(is_in(&desk, &group, &id).await);
    let again = add(&desk, &group, &id).await;
    assert_eq!(again.status, 400);
    assert!(again.text().contains("already exist"));
    let path = format!("/users/{id}/transitiveMemberOf/microsoft.graph.group?$select=id");
    let groups = desk.get(&path).await.json();
    assert_eq!(groups["value"][0]["id"], json!(group));
    let remove = format!("/groups/{group}/members/{id}/$ref");
    assert_eq!(desk.graph("DELETE", &remove).send().await.status, 204);
    assert!(!is_in(&desk, &group, &id).await);
}

#[tokio::test]
async fn who_neither_owns_the_group_nor_has_a_role_for_it_is_refused() {
    let (desk, group) = with_group(json!({})).await;
    let (id, _) = desk.person(Case::HasPhoneSignIn);
    let refused = add(&desk, &group, &id).await;
    assert_eq!(
        (refused.status, &refused.json()["error"]["code"]),
        (403, &json!("Authorization_RequestDenied"))
    );
    assert!(!is_in(&desk, &group, &id).await);
}

#[tokio::test]
async fn groups_out_of_reach_take_nobody_in() {
    for (order, status) in [
        (json!({"owners": [SEAT], "role_assignable": true}), 403),
        (json!({"owners": [SEAT], "synced": true}), 400),
    ] {
        let (desk, group) = with_group(order.clone()).await;
        let (id, _) = desk.person(Case::HasPhoneSignIn);
        assert_eq!(add(&desk, &group, &id).await.status, status, "{order}");
    }
}

#[tokio::test]
async fn membership_reaches_each_replica_late_however_it_is_asked_for() {
    let (desk, group) = with_group(json!({"owners": [SEAT]})).await;
    let (id, _) = desk.person(Case::HasPhoneSignIn);
    // What was before has reached them all.
    desk.advance(120).await;
    desk.switch(json!({"replica_lag_ms": 60_000})).await;
    assert_eq!(add(&desk, &group, &id).await.status, 204);
    let mut seen = Vec::new();
    for _ in 0..6 {
        seen.push(is_in(&desk, &group, &id).await);
        desk.advance(12).await;
    }
    assert!(!seen[0], "{seen:?}");
    assert!(is_in(&desk, &group, &id).await, "a minute is the most");
}

#[tokio::test]
async fn a_group_with_an_unknown_member_or_a_known_name_is_not_made() {
    let (desk, _) = with_group(json!({})).await;
    for order in [
        json!({"display_name": "A", "members": ["nobody@cablechan.biz"]}),
        json!({"display_name": "パスワード自動変更"}),
        json!({"display_name": "B", "owner": []}),
    ] {
        assert_eq!(desk.control("POST", "groups", &order).await.status, 400);
    }
    let state = desk.state().await;
    let groups = state["groups"].as_array().unwrap();
    assert!(groups.iter().all(|group| group["display_name"] != "A"));
}
