//! Reads that are old: replicas that lag, and the faults that make a read old.

use contract::{Requests, start};
use entra_sim::{Case, Profile, TenantOptions};
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, OperatorRole};

/// The kinds of methods listed, such as `password`.
async fn listed(desk: &OperatorDesk, id: &str) -> Vec<String> {
    let answer = desk
        .get(&format!("/users/{id}/authentication/methods"))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let list = answer.json();
    let kind = |method: &Value| method["@odata.type"].as_str().unwrap()[17..].to_owned();
    list["value"].as_array().unwrap().iter().map(kind).collect()
}

/// Whether the pass is listed, read after read.
async fn sightings(desk: &OperatorDesk, id: &str, reads: usize) -> Vec<bool> {
    let mut seen = Vec::new();
    for _ in 0..reads {
        seen.push(listed(desk, id).await.len() == 2);
    }
    seen
}

async fn lagging(seed: u64, mut switches: Value) -> OperatorDesk {
    // The clock moves on by hours.
    switches["issue_token_life_s"] = json!(86_400);
    let options = TenantOptions {
        seed,
        profile: Profile {
            switches: switches.as_object().cloned().unwrap(),
            ..Profile::default()
        },
        ..TenantOptions::default()
    };
    let running = start(options, Requests::Any).await.unwrap();
    let mut desk = OperatorDesk {
        running,
        token: String::new(),
    };
    let tokens = desk
        .sign_in(OperatorRole::AuthenticationAdministrator)
        .await;
    desk.token = tokens["access_token"].as_str().unwrap().to_owned();
    desk
}

#[tokio::test]
async fn every_read_is_true_by_default() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.pass(&id, &json!({})).await;
    assert_eq!(sightings(&desk, &id, 6).await, [true; 6]);
}

#[tokio::test]
async fn a_change_reaches_each_replica_late_and_reads_flap_until_then() {
    // An hour, moved on by hand: what the machine does in between does not matter.
    let lag = json!({"replica_lag_ms": 3_600_000, "replicas": 4});
    let mut flapped = 0;
    for seed in 1..=4 {
        let desk = lagging(seed, lag.clone()).await;
        let (id, _) = desk.person(Case::Plain);
        desk.pass(&id, &json!({})).await;
        assert_eq!(
            sightings(&desk, &id, 4).await,
            [false; 4],
            "seed {seed}: no replica knows"
        );
        let truth = desk.state_of(&desk.person(Case::Plain).1).await;
        assert_eq!(truth["passes"].as_array().unwrap().len(), 1, "seed {seed}");
        let mut seen = Vec::new();
        for _ in 0..9 {
            desk.advance(400).await;
            seen.push(sightings(&desk, &id, 8).await);
        }
        assert_eq!(
            seen.last().unwrap(),
            &[true; 8],
            "seed {seed}: an hour is the most"
        );
        let mixed = |reads: &&Vec<bool>| reads.contains(&true) && reads.contains(&false);
        flapped += seen.iter().filter(mixed).count();
    }
    assert!(flapped > 4, "reads hit different replicas: {flapped}");
}

#[tokio::test]
async fn the_same_seed_sees_the_same() {
    let mut runs = Vec::new();
    for seed in [7, 7, 8] {
        let desk = lagging(seed, json!({"replica_lag_ms": 3_600_000})).await;
        let (id, _) = desk.person(Case::Plain);
        desk.pass(&id, &json!({})).await;
        let mut seen = Vec::new();
        for _ in 0..12 {
            desk.advance(290).await;
            seen.extend(sightings(&desk, &id, 6).await);
        }
        runs.push(seen);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}

#[tokio::test]
async fn an_app_can_stay_with_one_replica() {
    let lag = json!({"replica_lag_ms": 3_600_000, "replicas": 16, "replica_pick": "sticky"});
    let desk = lagging(3, lag).await;
    let (id, _) = desk.person(Case::Plain);
    desk.pass(&id, &json!({})).await;
    let mut turned = 0;
    let mut before = false;
    for _ in 0..12 {
        desk.advance(301).await;
        let seen = sightings(&desk, &id, 5).await;
        assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
        turned += u32::from(seen[0] != before);
        before = seen[0];
    }
    assert_eq!((turned, before), (1, true));
}

#[tokio::test]
async fn a_new_person_is_not_there_yet() {
    let desk = lagging(1, json!({"replica_lag_ms": 3_600_000, "replicas": 1})).await;
    let new = json!({"upn": "new@cablechan.biz", "display_name": "新人 一郎"});
    assert_eq!(desk.control("POST", "users", &new).await.status, 200);
    assert_eq!(desk.get("/users/new@cablechan.biz").await.status, 404);
    let people = |list: Value| list["value"].as_array().unwrap().len();
    let before = people(desk.get("/users").await.json());
    desk.advance(3_600).await;
    assert_eq!(desk.get("/users/new@cablechan.biz").await.status, 200);
    assert_eq!(people(desk.get("/users").await.json()), before + 1);
}

/// What a replica knows of the person and not of their methods: found, and then not.
#[tokio::test]
async fn a_new_person_is_found_before_their_methods_are() {
    let desk = lagging(1, json!({"new_person_lag_ms": 60_000})).await;
    let (known, _) = desk.person(Case::Plain);
    let new = json!({"upn": "new@cablechan.biz", "display_name": "新人 一郎"});
    assert_eq!(desk.control("POST", "users", &new).await.status, 200);
    let id = desk.get("/users/new@cablechan.biz").await.json()["id"].clone();
    let lists = [
        "methods",
        "temporaryAccessPassMethods",
        "microsoftAuthenticatorMethods",
    ];
    let paths = lists.map(|list| format!("/users/{}/authentication/{list}", id.as_str().unwrap()));
    for path in &paths {
        assert_eq!(desk.get(path).await.status, 404, "{path}");
    }
    assert_eq!(listed(&desk, &known).await.len(), 1, "others are not new");
    desk.advance(59).await;
    assert_eq!(desk.get(&paths[0]).await.status, 404);
    desk.advance(2).await;
    for path in &paths {
        assert_eq!(desk.get(path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn writes_meet_the_truth() {
    let desk = lagging(1, json!({"replica_lag_ms": 3_600_000})).await;
    let (id, _) = desk.person(Case::Plain);
    let made = desk.issue(&id, &json!({})).await.json();
    let path = format!(
        "/users/{id}/authentication/temporaryAccessPassMethods/{}",
        made["id"].as_str().unwrap()
    );
    assert_eq!(desk.get(&path).await.status, 404, "not here yet");
    assert_eq!(desk.graph("DELETE", &path).send().await.status, 204);
}

#[tokio::test]
async fn a_fault_makes_one_read_old_or_every_other() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.pass(&id, &json!({})).await;
    let methods = "/users/{id}/authentication/methods";
    desk.fault(json!({"path": methods, "fault": "stale", "age_s": 3_000}))
        .await;
    assert_eq!(sightings(&desk, &id, 3).await, [false, true, true]);
    desk.fault(json!({"path": methods, "fault": "flap", "age_s": 3_000, "times": 4}))
        .await;
    assert_eq!(
        sightings(&desk, &id, 6).await,
        [false, true, false, true, true, true]
    );
    assert_eq!(listed(&desk, &id).await.len(), 2);
}

#[tokio::test]
async fn a_removal_that_meets_a_lagging_copy_is_404_and_changes_nothing() {
    let switches = json!({"replica_lag_ms": 3_600_000, "replicas": 1, "replica_lag_writes": true});
    let desk = lagging(1, switches).await;
    let (id, upn) = desk.person(Case::Plain);
    let made = desk
        .issue(&id, &json!({"lifetimeInMinutes": 480}))
        .await
        .json();
    let path = format!(
        "/users/{id}/authentication/temporaryAccessPassMethods/{}",
        made["id"].as_str().unwrap()
    );
    let early = desk.graph("DELETE", &path).send().await;
    assert_eq!(early.status, 404, "the copy does not know the pass yet");
    let truth = desk.state_of(&upn).await;
    assert_eq!(truth["passes"][0]["ended"], Value::Null, "{truth}");
    desk.advance(3_600).await;
    assert_eq!(desk.graph("DELETE", &path).send().await.status, 204);
    let truth = desk.state_of(&upn).await;
    assert_eq!(truth["passes"][0]["ended"]["how"], "deleted", "{truth}");
}

#[tokio::test]
async fn removals_flap_with_the_replicas_they_meet() {
    for seed in 1..=4 {
        let switches =
            json!({"replica_lag_ms": 3_600_000, "replicas": 8, "replica_lag_writes": true});
        let desk = lagging(seed, switches).await;
        let (id, _) = desk.person(Case::Plain);
        let made = desk
            .issue(&id, &json!({"lifetimeInMinutes": 480}))
            .await
            .json();
        let path = format!(
            "/users/{id}/authentication/temporaryAccessPassMethods/{}",
            made["id"].as_str().unwrap()
        );
        let mut tries = 0;
        while desk.graph("DELETE", &path).send().await.status == 404 {
            tries += 1;
            assert!(tries < 200, "seed {seed}");
            desk.advance(60).await;
        }
        assert!(tries > 0, "seed {seed}: no copy knew it at once");
        // Whoever knew the pass removed it for good; a copy that does not know that yet is met with the truth.
        assert_eq!(
            desk.graph("DELETE", &path).send().await.status,
            404,
            "seed {seed}"
        );
    }
}

#[tokio::test]
async fn who_may_not_remove_is_told_so_by_a_lagging_copy_too() {
    let switches = json!({"replica_lag_ms": 3_600_000, "replicas": 1, "replica_lag_writes": true});
    let mut desk = lagging(1, switches).await;
    let (id, _) = desk.person(Case::Plain);
    let made = desk.issue(&id, &json!({})).await.json();
    let path = format!(
        "/users/{id}/authentication/temporaryAccessPassMethods/{}",
        made["id"].as_str().unwrap()
    );
    let tokens = desk.sign_in(OperatorRole::NoRole).await;
    desk.token = tokens["access_token"].as_str().unwrap().to_owned();
    assert_eq!(desk.graph("DELETE", &path).send().await.status, 403);
}
