//! Every kind of method, limits, old entries (acceptance part 3, row 8; N1, N7).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;

const COARSE: &str = "UserAuthenticationMethod.ReadWrite.All User.Read.All";
const READS: &str = "UserAuthenticationMethod.Read.All User.Read.All";

async fn listed(desk: &OperatorDesk, id: &str) -> Vec<Value> {
    let answer = desk
        .get(&format!("/users/{id}/authentication/methods"))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["value"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_kind_is_listed_read_and_removed() {
    let mut desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::EveryMethod);
    desk.seat("auth.admin", &["Authentication Administrator"], COARSE)
        .await;
    let pass = desk.pass(&id, &json!({})).await;
    let all = listed(&desk, &id).await;
    let kinds = [
        ("password", "passwordMethods", 400),
        ("phone", "phoneMethods", 204),
        (
            "microsoftAuthenticator",
            "microsoftAuthenticatorMethods",
            204,
        ),
        ("fido2", "fido2Methods", 204),
        ("email", "emailMethods", 204),
        ("softwareOath", "softwareOathMethods", 204),
        (
            "windowsHelloForBusiness",
            "windowsHelloForBusinessMethods",
            204,
        ),
        ("platformCredential", "platformCredentialMethods", 204),
        ("temporaryAccessPass", "temporaryAccessPassMethods", 204),
    ];
    assert_eq!(all.len(), kinds.len());
    for ((kind, collection, removed), method) in kinds.into_iter().zip(&all) {
        assert_eq!(
            method["@odata.type"],
            format!("#microsoft.graph.{kind}AuthenticationMethod")
        );
        assert!(method.get("createdDateTime").is_some(), "{method}");
        let method_id = method["id"].as_str().unwrap();
        let base = format!("/users/{id}/authentication");
        for path in [
            format!("{base}/methods/{method_id}"),
            format!("{base}/{collection}/{method_id}"),
        ] {
            let mut one = desk.get(&path).await.json();
            one.as_object_mut().unwrap().remove("@odata.context");
            assert_eq!(one, *method, "{path}");
        }
        let path = format!("{base}/{collection}/{method_id}");
        assert_eq!(
            desk.graph("DELETE", &path).send().await.status,
            removed,
            "{path}"
        );
    }
    assert_eq!(listed(&desk, &id).await.len(), 1, "the password stays");
    assert!(!all.iter().any(|method| method.to_string().contains(&pass)));
}

async fn add_phone(desk: &OperatorDesk, id: &str, number: &str, kind: &str) -> (u16, Value) {
    let path = format!("/users/{id}/authentication/phoneMethods");
    let wish = json!({ "phoneNumber": number, "phoneType": kind });
    let answer = desk.graph("POST", &path).json(&wish).send().await;
    (answer.status, answer.json())
}

/// As documented under "Create phoneMethod"; a second one of the kind is refused.
#[tokio::test]
async fn a_mobile_number_is_added_once_and_by_who_may_write_methods() {
    let mut desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    let number = "+81 9012345678";
    desk.seat("reader", &["Authentication Administrator"], READS)
        .await;
    assert_eq!(add_phone(&desk, &id, number, "mobile").await.0, 403);
    desk.seat("auth.admin", &["Authentication Administrator"], COARSE)
        .await;
    for wrong in [
        "09012345678",
        "+81-9012345678",
        "+81 90",
        "+ 9012345678",
        "",
    ] {
        let told = add_phone(&desk, &id, wrong, "mobile").await;
        assert_eq!(told.0, 400, "{wrong}");
    }
    assert_eq!(add_phone(&desk, &id, number, "office").await.0, 400);
    let (status, made) = add_phone(&desk, &id, number, "mobile").await;
    assert_eq!(status, 201);
    assert_eq!(
        (&made["phoneNumber"], &made["phoneType"]),
        (&json!(number), &json!("mobile"))
    );
    let path = format!("/users/{id}/authentication/phoneMethods");
    let listed = desk.get(&path).await.json();
    assert_eq!(listed["value"][0]["id"], made["id"]);
    assert_eq!(
        add_phone(&desk, &id, "+81 9000000000", "mobile").await.0,
        400
    );
}

#[tokio::test]
async fn a_selection_and_a_page_hold_for_methods_too() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::EveryMethod);
    let base = format!("/users/{id}/authentication/methods");
    let page = desk
        .get(&format!("{base}?$top=3&$select=displayName"))
        .await
        .json();
    let value = page["value"].as_array().unwrap();
    assert_eq!(value.len(), 3);
    assert!(
        value
            .iter()
            .all(|method| method["@odata.type"].is_string()
                && method.get("createdDateTime").is_none())
    );
    assert!(page["@odata.nextLink"].is_string());
    let whole = desk.get(&base).await.json();
    let same = desk.get(&format!("{base}?$select=*")).await.json();
    assert_eq!(whole, same, "both ways of writing it agree");
}

#[tokio::test]
async fn passkeys_of_authenticator_have_its_ids() {
    let desk = OperatorDesk::open().await;
    for (case, aaguid) in [
        (Case::HasPasskey, "90a3ccdf-635c-4729-a248-9b709135078f"),
        (Case::EveryMethod, "de1e552d-db1d-4423-a619-566b625cdc84"),
    ] {
        let (id, _) = desk.person(case);
        let keys = desk
            .get(&format!("/users/{id}/authentication/fido2Methods"))
            .await
            .json();
        assert_eq!(
            (
                &keys["value"][0]["aaGuid"],
                &keys["value"][0]["passkeyType"]
            ),
            (&json!(aaguid), &json!("deviceBound"))
        );
    }
    desk.switch(json!({"passkey_list_needs_own_scope": true}))
        .await;
    let (id, _) = desk.person(Case::HasPasskey);
    assert_eq!(
        desk.get(&format!("/users/{id}/authentication/fido2Methods"))
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn old_entries_stay_beside_the_new_one() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::OldEntries);
    let before = listed(&desk, &id).await;
    assert_eq!(before.len(), 5);
    let pass = desk.pass(&id, &json!({})).await;
    assert_eq!(desk.register(&upn, &pass, "tap", "ios").await["ok"], true);
    let after = listed(&desk, &id).await;
    assert_eq!(after.len(), before.len() + 2, "the entry and the pass");
}

#[tokio::test]
async fn row_8_limits_stop_a_registration_and_a_removal_makes_room() {
    let mut desk = OperatorDesk::open().await;
    let stuck = json!({"ok": false, "screen": "register", "aadsts": null});
    let (full, upn) = desk.person(Case::FiveAuthenticators);
    let pass = desk.pass(&full, &json!({})).await;
    assert_eq!(
        desk.register(&upn, &pass, "push", "ios").await,
        stuck,
        "five entries are the most"
    );
    assert_eq!(
        desk.register(&upn, &pass, "upgrade", "ios").await["ok"],
        true,
        "an entry there may grow"
    );
    let (quota, other) = desk.person(Case::DeviceQuota);
    let other_pass = desk.pass(&quota, &json!({})).await;
    assert_eq!(
        desk.register(&other, &other_pass, "tap", "ios").await,
        stuck
    );
    assert_eq!(
        desk.register(&other, &other_pass, "push", "ios").await["ok"],
        true,
        "push needs no device"
    );
    desk.switch(json!({"device_quota": 51})).await;
    assert_eq!(
        desk.register(&other, &other_pass, "tap", "ios").await["ok"],
        true
    );
    desk.seat("auth.admin", &["Authentication Administrator"], COARSE)
        .await;
    let entry = listed(&desk, &full).await[1]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/users/{full}/authentication/microsoftAuthenticatorMethods/{entry}");
    let devices = desk.state_of(&upn).await["device_count"].clone();
    assert_eq!(desk.graph("DELETE", &path).send().await.status, 204);
    assert_eq!(
        desk.state_of(&upn).await["device_count"],
        devices,
        "the device object stays"
    );
    let pass = desk.pass(&full, &json!({})).await;
    assert_eq!(desk.register(&upn, &pass, "push", "ios").await["ok"], true);
}

#[tokio::test]
async fn people_are_added_with_whatever_they_have() {
    let desk = OperatorDesk::open().await;
    let new = json!({
        "upn": "full@cable.fukui.jp", "display_name": "全部 入り", "mail": "full@mail.example",
        "other_mails": ["full@home.example"], "job_title": "係長", "photo": true, "synced": true, "devices": 3,
        "eligible_roles": ["Global Administrator"], "groups": ["新しいグループ"],
        "methods": [
            {"type": "authenticator", "name": "Xperia", "os": "android", "phone_sign_in": true, "age_days": 400, "app_version": "6.2401.1"},
            {"type": "passkey", "name": "鍵", "aa_guid": "00000000-1111-2222-3333-444444444444", "model": "Key 5"},
            {"type": "phone", "number": "+81 90-1111-1111"}, {"type": "email", "address": "x@home.example"},
            {"type": "software_oath"}, {"type": "windows_hello", "name": "PC"}, {"type": "platform_credential", "name": "Mac"},
        ],
    });
    let added = desk.control("POST", "users", &new).await;
    assert_eq!(added.status, 200, "{}", added.text());
    assert_eq!(added.json()["device_count"], 4);
    assert_eq!(listed(&desk, "full@cable.fukui.jp").await.len(), 8);
    assert_eq!(
        desk.issue("full@cable.fukui.jp", &json!({})).await.status,
        403,
        "eligible protects"
    );
    for (what, wrong) in [
        ("role", json!({"roles": ["Janitor"]})),
        ("manager", json!({"manager": "nobody"})),
        ("method", json!({"methods": [{"type": "carrier_pigeon"}]})),
        ("field", json!({"shoe_size": 7})),
    ] {
        let mut new = json!({"upn": "w@cablechan.biz", "display_name": "W"});
        new.as_object_mut()
            .unwrap()
            .extend(wrong.as_object().cloned().unwrap());
        assert_eq!(
            desk.control("POST", "users", &new).await.status,
            400,
            "{what}"
        );
    }
}

#[tokio::test]
async fn row_5_an_expired_pass_leaves_the_list_in_time() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.switch(json!({"tap_listed_s": 120})).await;
    desk.pass(&id, &json!({"lifetimeInMinutes": 10})).await;
    desk.advance(660).await;
    assert_eq!(
        desk.listed_pass(&id).await["methodUsabilityReason"],
        "Expired"
    );
    desk.advance(61).await;
    assert_eq!(desk.listed_pass(&id).await, Value::Null);
}
