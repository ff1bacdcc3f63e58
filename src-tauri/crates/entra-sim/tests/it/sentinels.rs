//! People whose sign-in name says what goes wrong with requests about them.

use entra_sim::{Profile, TenantOptions, start};
use serde_json::json;

use crate::desk::OperatorDesk;

async fn sentinel(desk: &OperatorDesk, local: &str) -> String {
    let upn = format!("{local}@cablechan.biz");
    let new = json!({"upn": upn, "display_name": "障害 花子"});
    let added = desk.control("POST", "users", &new).await;
    assert_eq!(added.status, 200, "{}", added.text());
    added.json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_pass_is_made_and_the_answer_lost() {
    let desk = OperatorDesk::open().await;
    let id = sentinel(&desk, "fault-pass-answer-lost-1").await;
    assert_eq!(desk.get(&format!("/users/{id}")).await.status, 200);
    let path = format!("/users/{id}/authentication/temporaryAccessPassMethods");
    let lost = desk.graph("POST", &path).json(&json!({})).try_send().await;
    assert!(lost.is_err(), "N13");
    assert_eq!(desk.listed_pass(&id).await["isUsable"], true);
    assert_eq!(desk.issue(&id, &json!({})).await.status, 201, "once");
}

#[tokio::test]
async fn methods_are_throttled_by_name_too() {
    let desk = OperatorDesk::open().await;
    sentinel(&desk, "fault-methods-429-zero-2").await;
    let upn = "fault-methods-429-zero-2@cablechan.biz";
    assert_eq!(desk.get(&format!("/users/{upn}")).await.status, 200);
    let path = format!("/users('{upn}')/authentication/methods");
    for _ in 0..2 {
        let refused = desk.get(&path).await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, "0"));
    }
    assert_eq!(desk.get(&path).await.status, 200);
}

#[tokio::test]
async fn deleting_faults_leaves_sentinels() {
    let desk = OperatorDesk::open().await;
    let id = sentinel(&desk, "fault-read-html").await;
    desk.control("DELETE", "faults", &json!({})).await;
    for _ in 0..3 {
        let portal = desk.get(&format!("/users/{id}")).await;
        assert_eq!(portal.header("content-type"), "text/html; charset=utf-8");
    }
    assert_eq!(
        desk.get("/users").await.status,
        200,
        "a list is not about one person"
    );
}

#[tokio::test]
async fn a_name_that_means_no_fault_is_refused() {
    let desk = OperatorDesk::open().await;
    let before = desk.state().await["users"].as_array().unwrap().len();
    let wrong = json!({"upn": "fault-pass-gremlin@cablechan.biz", "display_name": "障害 太郎"});
    assert_eq!(desk.control("POST", "users", &wrong).await.status, 400);
    let after = desk.state().await["users"].as_array().unwrap().len();
    assert_eq!(before, after);
    let profile: Profile = toml::from_str(
        "[[users]]\nupn = \"fault-x-reset@cablechan.biz\"\ndisplay_name = \"障害 太郎\"",
    )
    .unwrap();
    let refused = start(TenantOptions {
        profile,
        ..TenantOptions::default()
    })
    .await;
    assert!(refused.is_err());
}
