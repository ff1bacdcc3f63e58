//! Phones registered by one control call (acceptance part 3, rows 6 and 8).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;

async fn entries(desk: &OperatorDesk, id: &str) -> Vec<Value> {
    let methods = desk
        .get(&format!("/users/{id}/authentication/methods"))
        .await
        .json();
    methods["value"].as_array().unwrap().clone()
}

fn of_type<'a>(entries: &'a [Value], name: &str) -> Vec<&'a Value> {
    let name = format!("#microsoft.graph.{name}AuthenticationMethod");
    entries
        .iter()
        .filter(|entry| entry["@odata.type"] == name.as_str())
        .collect()
}

#[tokio::test]
async fn route_tap_gives_phone_sign_in() {
    for (os, system) in [("ios", "iPhone"), ("android", "Android")] {
        let desk = OperatorDesk::open().await;
        let (id, upn) = desk.person(Case::Plain);
        let pass = desk.pass(&id, &json!({"isUsableOnce": true})).await;
        let done = desk.register(&upn, &pass, "tap", os).await;
        assert_eq!(done["ok"], true, "{done}");
        let entries = entries(&desk, &id).await;
        let app = of_type(&entries, "microsoftAuthenticator");
        assert_eq!(app[0]["id"], done["method_ids"][0]);
        assert!(app[0]["createdDateTime"].is_string(), "N1");
        assert_eq!(app[0]["displayName"], "机の上の電話");
        let path = format!(
            "/users/{id}/authentication/microsoftAuthenticatorMethods/{}/device",
            app[0]["id"].as_str().unwrap()
        );
        let device = desk.get(&path).await.json();
        assert_eq!(
            (&device["id"], &device["operatingSystem"]),
            (&done["device_id"], &json!(system))
        );
    }
}

#[tokio::test]
async fn route_push_stays_without_device() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Partner);
    let pass = desk.pass(&id, &json!({})).await;
    let done = desk.register(&upn, &pass, "push", "android").await;
    assert_eq!(
        (&done["ok"], &done["device_id"]),
        (&json!(true), &Value::Null)
    );
    let entries = entries(&desk, &id).await;
    assert_eq!(
        of_type(&entries, "microsoftAuthenticator")[0]["createdDateTime"],
        Value::Null
    );
}

#[tokio::test]
async fn route_passkey_has_authenticators_aaguid() {
    for (os, aa_guid) in [
        ("ios", "90a3ccdf-635c-4729-a248-9b709135078f"),
        ("android", "de1e552d-db1d-4423-a619-566b625cdc84"),
    ] {
        let desk = OperatorDesk::open().await;
        desk.switch(json!({"guest_passkeys": true})).await;
        let (id, upn) = desk.person(Case::GuestInternal);
        let pass = desk.pass(&id, &json!({})).await;
        let done = desk.register(&upn, &pass, "passkey", os).await;
        assert_eq!(done["method_ids"].as_array().unwrap().len(), 2);
        let entries = entries(&desk, &id).await;
        assert_eq!(of_type(&entries, "fido2")[0]["aaGuid"], aa_guid);
        assert_eq!(of_type(&entries, "microsoftAuthenticator").len(), 1);
        let keys = desk
            .get(&format!("/users/{id}/authentication/fido2Methods"))
            .await
            .json();
        let key = keys["value"][0]["id"].as_str().unwrap();
        assert_eq!(
            desk.get(&format!("/users/{id}/authentication/fido2Methods/{key}"))
                .await
                .status,
            200
        );
    }
}

#[tokio::test]
async fn route_upgrade_turns_the_push_entry_by_password_or_pass() {
    for by_pass in [false, true] {
        let desk = OperatorDesk::open().await;
        let (id, upn) = desk.person(Case::HasPush);
        let before = of_type(&entries(&desk, &id).await, "microsoftAuthenticator")[0]["id"].clone();
        let secret = if by_pass {
            desk.pass(&id, &json!({})).await
        } else {
            desk.password_of(&upn).await
        };
        let done = desk.register(&upn, &secret, "upgrade", "android").await;
        assert_eq!(done["method_ids"], json!([before]), "{done}");
        let entries = entries(&desk, &id).await;
        let app = of_type(&entries, "microsoftAuthenticator");
        assert_eq!(app.len(), 1);
        assert!(app[0]["createdDateTime"].is_string());
    }
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({})).await;
    assert_eq!(
        desk.register(&upn, &pass, "upgrade", "ios").await["screen"],
        "no_push_entry"
    );
}

#[tokio::test]
async fn the_phone_says_where_it_got_stuck() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let stuck = async |upn: &str, pass: &str| {
        let answer = desk.register(upn, pass, "tap", "ios").await;
        assert_eq!(answer["ok"], false);
        (
            answer["screen"].as_str().unwrap().to_owned(),
            answer["aadsts"].as_u64().unwrap_or_default(),
        )
    };
    let at = |screen: &str, aadsts| (screen.to_owned(), aadsts);
    assert_eq!(
        stuck("hanako.mihon@mail.cablechan.example", "x").await,
        at("loginfmt", 50034),
        "S26: mail address typed"
    );
    assert_eq!(
        stuck(&upn, "x").await,
        at("passwd", 50126),
        "no pass yet, so the phone asks for a password"
    );
    let pass = desk.pass(&id, &json!({"lifetimeInMinutes": 10})).await;
    assert_eq!(stuck(&upn, "mistyped").await, at("accesspass", 130503));
    desk.advance(600).await;
    assert_eq!(stuck(&upn, &pass).await, at("accesspass", 130502));
    let pass = desk
        .pass(&id, &json!({"startDateTime": "2099-01-01T00:00:00Z"}))
        .await;
    assert_eq!(stuck(&upn, &pass).await, at("accesspass", 130507));
    let (disabled, disabled_upn) = desk.person(Case::Disabled);
    let pass = desk.pass(&disabled, &json!({})).await;
    assert_eq!(stuck(&disabled_upn, &pass).await, at("accesspass", 50057));
    desk.switch(json!({"sign_in_down": true})).await;
    assert_eq!(stuck(&upn, "x").await.0, "service");
}

#[tokio::test]
async fn a_one_time_pass_is_good_once() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Synced);
    let pass = desk.pass(&id, &json!({"isUsableOnce": true})).await;
    assert_eq!(desk.register(&upn, &pass, "push", "ios").await["ok"], true);
    assert_eq!(
        desk.register(&upn, &pass, "push", "ios").await["aadsts"],
        130501
    );
    let multi = desk.pass(&id, &json!({})).await;
    for _ in 0..2 {
        assert_eq!(
            desk.register(&upn, &multi, "push", "ios").await["ok"],
            true,
            "a multi-use pass is good again"
        );
    }
}

#[tokio::test]
async fn orders_that_make_no_sense_are_refused() {
    let desk = OperatorDesk::open().await;
    for order in [
        json!({}),
        json!({"upn": "a", "pass": "b", "route": "carrier_pigeon", "os": "ios"}),
    ] {
        assert_eq!(
            desk.control("POST", "phone/register", &order).await.status,
            400
        );
    }
}
