//! The control interface, and what guards the tenant as a whole.

use contract::{Requests, start};
use entra_sim::{Case, Profile, TenantOptions};
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::http::HttpRequest;

#[tokio::test]
async fn a_seed_decides_who_is_there() {
    let first = start(TenantOptions::default(), Requests::Any)
        .await
        .unwrap();
    let second = start(TenantOptions::default(), Requests::Any)
        .await
        .unwrap();
    let seeded = TenantOptions {
        seed: 2,
        ..TenantOptions::default()
    };
    let other = start(seeded, Requests::Any).await.unwrap();
    let ids = |info: &entra_sim::Info| {
        let users: Vec<_> = info.users.iter().map(|user| user.id.clone()).collect();
        (
            info.tenant_id.clone(),
            info.client_id.clone(),
            users,
            info.operators[0].password.clone(),
        )
    };
    assert_eq!(ids(&first.info), ids(&second.info));
    assert_ne!(ids(&first.info), ids(&other.info));
    assert_ne!(
        first.info.control, second.info.control,
        "no seed gives the control address away"
    );
}

#[tokio::test]
async fn every_case_is_there() {
    let running = start(TenantOptions::default(), Requests::Any)
        .await
        .unwrap();
    let users = &running.info.users;
    for case in [
        Case::Plain,
        Case::Partner,
        Case::Disabled,
        Case::GuestExternal,
        Case::GuestInternal,
        Case::Protected,
        Case::HasPush,
        Case::HasPhoneSignIn,
        Case::HasPass,
        Case::Synced,
        Case::OutOfScope,
    ] {
        assert!(users.iter().any(|user| user.case == case), "{case:?}");
    }
    let names: Vec<&str> = users.iter().map(|user| user.upn.as_str()).collect();
    assert!(
        names.contains(&"fctv-user@cablechan.biz")
            && names.contains(&"fctv-partner@cable.fukui.jp")
    );
    assert!(
        users
            .iter()
            .all(|user| user.mail.as_deref() != Some(user.upn.as_str()))
    );
}

#[tokio::test]
async fn state_counts_requests_by_template_and_names_the_unknown() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    desk.get(&format!("/users/{id}")).await;
    desk.get(&format!("/users/{upn}")).await;
    desk.get("/users/nobody@cablechan.biz").await;
    let missing = desk.get("/users/x/drive").await;
    assert_eq!(missing.status, 400);
    assert!(missing.json()["error"]["code"].is_string());
    let state = desk.state().await;
    let count = |path: &str, status: u16| {
        let rows = state["requests"].as_array().unwrap();
        let row = rows
            .iter()
            .find(|row| row["path"] == path && row["status"] == status);
        row.map_or(0, |row| row["count"].as_u64().unwrap())
    };
    assert_eq!(
        (
            count("/v1.0/users/{id}", 200),
            count("/v1.0/users/{id}", 404)
        ),
        (2, 1)
    );
    assert_eq!(count("/{tenant}/oauth2/v2.0/token", 200), 1);
    assert_eq!(
        state["unknown_requests"],
        json!([{"method": "GET", "path": "/v1.0/users/x/drive", "count": 1}])
    );
}

#[tokio::test]
async fn state_shows_passes_with_value_times_and_uses() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({"isUsableOnce": true})).await;
    desk.register(&upn, &pass, "push", "android").await;
    let person = desk.state_of(&upn).await;
    let shown = &person["passes"][0];
    assert_eq!(
        (&shown["value"], &shown["once"], &shown["reason"]),
        (&json!(pass), &json!(true), &json!("OneTimeUsed"))
    );
    assert_eq!(shown["uses"].as_array().unwrap().len(), 1);
    assert_eq!(person["methods"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_clock_moves_both_ways() {
    let desk = OperatorDesk::open().await;
    for (by, stands) in [(3_600, 3_600), (-7_200, -3_600)] {
        let answer = desk
            .control("POST", "clock", &json!({"advance_s": by}))
            .await
            .json();
        assert_eq!(answer["ahead_s"], stands);
    }
    assert_eq!(
        desk.control("POST", "clock", &json!({"advance_s": "soon"}))
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn switches_are_listed_with_their_meaning() {
    let desk = OperatorDesk::open().await;
    let listed = HttpRequest::new("GET", format!("{}/switches", desk.info().control))
        .send()
        .await
        .json();
    let listed = listed.as_array().unwrap();
    assert!(
        listed
            .iter()
            .all(|one| one["meaning"].as_str().unwrap().len() > 10 && !one["value"].is_null())
    );
    assert!(
        listed
            .iter()
            .any(|one| one["name"] == "second_tap" && one["value"] == "replace")
    );
    let refused = desk
        .control("POST", "switches", &json!({"gravity": false}))
        .await;
    assert_eq!(
        (refused.status, &refused.json()["error"]["code"]),
        (400, &json!("bad_request"))
    );
}

#[tokio::test]
async fn people_can_be_added() {
    let desk = OperatorDesk::open().await;
    let new = json!({"upn": "n.new@cablechan.biz", "display_name": "新人 一子", "case": "synced", "department": "営業部"});
    let added = desk.control("POST", "users", &new).await;
    assert_eq!(
        (added.status, &added.json()["case"]),
        (200, &json!("synced"))
    );
    let found = desk
        .get("/users/n.new@cablechan.biz?$select=onPremisesSyncEnabled,surname")
        .await
        .json();
    assert_eq!(
        (&found["onPremisesSyncEnabled"], &found["surname"]),
        (&json!(true), &json!("新人"))
    );
    assert_eq!(
        desk.control("POST", "users", &new).await.status,
        400,
        "twice"
    );
    let elsewhere = json!({"upn": "a@elsewhere.example", "display_name": "A"});
    assert_eq!(desk.control("POST", "users", &elsewhere).await.status, 400);
}

#[tokio::test]
async fn unknown_control_calls_and_foreign_names_are_refused() {
    let desk = OperatorDesk::open().await;
    let unknown = desk.control("POST", "self-destruct", &Value::Null).await;
    assert_eq!(
        (unknown.status, &unknown.json()["error"]["code"]),
        (404, &json!("not_found"))
    );
    let root = desk
        .info()
        .graph_http
        .strip_suffix("/v1.0")
        .unwrap()
        .to_owned();
    assert_eq!(
        HttpRequest::new("GET", format!("{root}/control-guess/state"))
            .send()
            .await
            .status,
        404
    );
    let rebound = HttpRequest::new("GET", format!("{}/state", desk.info().control))
        .header("host", "evil.example")
        .send()
        .await;
    assert_eq!(rebound.status, 421, "a name that only resolves to loopback");
}

#[tokio::test]
async fn only_loopback_is_bound() {
    for address in ["0.0.0.0:0", "192.0.2.1:0", "[::]:0"] {
        let http = TenantOptions {
            http: address.parse().unwrap(),
            ..TenantOptions::default()
        };
        assert!(start(http, Requests::Any).await.is_err(), "{address}");
        let https = TenantOptions {
            https: address.parse().unwrap(),
            ..TenantOptions::default()
        };
        assert!(start(https, Requests::Any).await.is_err(), "{address}");
    }
}

#[tokio::test]
async fn a_profile_changes_the_tenant() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile.toml");
    let text = "redirect_uris = [\"https://desk.example/back\"]\n[switches]\ntap_settle_ms = 5\n\
                [[users]]\nupn = \"p.rofile@cable.fukui.jp\"\ndisplay_name = \"略歴 太郎\"\ncase = \"partner\"\n";
    std::fs::write(&path, text).unwrap();
    let profile = Profile::read(&path).unwrap();
    let options = TenantOptions {
        profile,
        ..TenantOptions::default()
    };
    let running = start(options, Requests::Any).await.unwrap();
    assert!(
        running
            .info
            .users
            .iter()
            .any(|user| user.upn == "p.rofile@cable.fukui.jp")
    );
    let listed = HttpRequest::new("GET", format!("{}/switches", running.info.control))
        .send()
        .await
        .json();
    assert!(
        listed
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["name"] == "tap_settle_ms" && one["value"] == 5)
    );
    for wrong in [
        "colour = \"blue\"\n",
        "[switches]\ngravity = false\n",
        "[[users]]\nupn = \"a@b.example\"\ndisplay_name = \"A\"\n",
    ] {
        std::fs::write(&path, wrong).unwrap();
        let refused = match Profile::read(&path) {
            Ok(profile) => {
                let options = TenantOptions {
                    profile,
                    ..TenantOptions::default()
                };
                start(options, Requests::Any).await.is_err()
            }
            Err(_) => true,
        };
        assert!(refused, "{wrong}");
    }
}

#[tokio::test]
async fn shutdown_closes_everything() {
    let running = start(TenantOptions::default(), Requests::Any)
        .await
        .unwrap();
    let url = format!(
        "{}/v2.0/.well-known/openid-configuration",
        running.info.authority_http
    );
    let ca_file = running.info.ca_file.clone();
    assert!(
        std::fs::read_to_string(&ca_file)
            .unwrap()
            .contains("BEGIN CERTIFICATE")
    );
    assert_eq!(
        HttpRequest::new("GET", url.clone()).send().await.status,
        200
    );
    running.shutdown().await;
    assert!(HttpRequest::new("GET", url).try_send().await.is_err());
    assert!(!std::path::Path::new(&ca_file).exists());
}
