//! What changes while somebody stands at the counter: methods nobody invited (N21), and whose password is ruled
//! elsewhere.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;

/// Kind as ordered, type as Graph says it, collection, and the scope that removes it.
const KINDS: [(&str, &str, &str, &str); 7] = [
    (
        r#"{"type":"phone","number":"+81 90-1111-1111"}"#,
        "phone",
        "phoneMethods",
        "Phone",
    ),
    (
        r#"{"type":"windows_hello","name":"PC-1"}"#,
        "windowsHelloForBusiness",
        "windowsHelloForBusinessMethods",
        "WindowsHello",
    ),
    (
        r#"{"type":"authenticator","name":"Pixel 9","os":"android","phone_sign_in":true}"#,
        "microsoftAuthenticator",
        "microsoftAuthenticatorMethods",
        "MicrosoftAuthApp",
    ),
    (
        r#"{"type":"passkey","name":"Key","aa_guid":"2fc0579f-8113-47ea-b116-bb5a8db9202a","model":"Key 5"}"#,
        "fido2",
        "fido2Methods",
        "Passkey",
    ),
    (
        r#"{"type":"software_oath"}"#,
        "softwareOath",
        "softwareOathMethods",
        "SoftwareOATH",
    ),
    (
        r#"{"type":"email","address":"x@home.example"}"#,
        "email",
        "emailMethods",
        "Email",
    ),
    (
        r#"{"type":"platform_credential","name":"Mac"}"#,
        "platformCredential",
        "platformCredentialMethods",
        "PlatformCred",
    ),
];

async fn listed(desk: &OperatorDesk, id: &str) -> Vec<Value> {
    let path = format!("/users/{id}/authentication/methods");
    let list = desk.get(&path).await.json();
    list["value"].as_array().unwrap().clone()
}

#[tokio::test]
async fn n21_every_kind_appears_during_a_visit_and_goes_by_its_own_right_alone() {
    let mut desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    for (order, kind, collection, right) in KINDS {
        let before = desk.state().await["clock"]["now"]
            .as_str()
            .unwrap()
            .to_owned();
        let method: Value = serde_json::from_str(order).unwrap();
        let made = desk
            .control(
                "POST",
                "users/methods",
                &json!({"upn": upn, "method": method}),
            )
            .await;
        assert_eq!(made.status, 200, "{kind}: {}", made.text());
        let new = made.json()["id"].as_str().unwrap().to_owned();
        let other = KINDS.map(|(_, _, _, right)| right);
        let other = other.into_iter().filter(|other| *other != right);
        let read = "UserAuthenticationMethod.Read.All User.Read.All";
        let others: Vec<String> = other
            .map(|other| format!("UserAuthMethod-{other}.ReadWrite.All"))
            .collect();
        let seat = format!("a.{kind}");
        let scopes = format!("{read} {}", others.join(" "));
        desk.seat(&seat, &["Authentication Administrator"], &scopes)
            .await;
        let shown = listed(&desk, &id).await;
        let found = shown.iter().find(|method| method["id"] == json!(new));
        let found = found.expect("it is listed");
        assert_eq!(
            found["@odata.type"],
            json!(format!("#microsoft.graph.{kind}AuthenticationMethod"))
        );
        if let Some(created) = found["createdDateTime"].as_str() {
            assert!(created[..19] >= before[..19], "{kind}: {created} {before}");
        }
        let path = format!("/users/{id}/authentication/{collection}/{new}");
        assert_eq!(
            desk.graph("DELETE", &path).send().await.status,
            403,
            "{kind}"
        );
        let scopes = format!("{read} UserAuthMethod-{right}.ReadWrite.All");
        let seat = format!("b.{kind}");
        desk.seat(&seat, &["Authentication Administrator"], &scopes)
            .await;
        assert_eq!(
            desk.graph("DELETE", &path).send().await.status,
            204,
            "{kind}"
        );
        assert_eq!(listed(&desk, &id).await.len(), 1, "{kind}");
    }
}

#[tokio::test]
async fn nobody_has_two_phone_numbers_or_mail_addresses_of_one_kind() {
    let desk = OperatorDesk::open().await;
    let (_, upn) = desk.person(Case::Plain);
    for (order, _, _, right) in KINDS {
        let method: Value = serde_json::from_str(order).unwrap();
        let order = json!({"upn": upn, "method": method});
        let mut statuses = Vec::new();
        for _ in 0..2 {
            statuses.push(desk.control("POST", "users/methods", &order).await.status);
        }
        let single = ["Phone", "Email"].contains(&right);
        assert_eq!(statuses, [200, if single { 400 } else { 200 }], "{right}");
    }
    let nobody = json!({"upn": "nobody@cablechan.biz", "method": {"type": "software_oath"}});
    assert_eq!(
        desk.control("POST", "users/methods", &nobody).await.status,
        404
    );
    let reset = desk
        .control("POST", "users/reset", &json!({"upn": upn}))
        .await;
    assert_eq!(reset.json()["methods"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_account_changes_while_somebody_stands_at_the_counter() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let fields =
        "accountEnabled,userType,creationType,onPremisesSyncEnabled,isManagementRestricted";
    let path = format!("/users/{id}?$select={fields}");
    let before = desk.get(&path).await.json();
    let order = json!({
        "upn": upn, "enabled": false, "synced": true, "restricted": true, "membership": "external_guest",
        "roles": ["User Administrator"],
    });
    let changed = desk.control("POST", "users/change", &order).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    let shown = desk.get(&path).await.json();
    for (name, expected) in [
        ("accountEnabled", json!(false)),
        ("userType", json!("Guest")),
        ("creationType", json!("Invitation")),
        ("onPremisesSyncEnabled", json!(true)),
        ("isManagementRestricted", json!(true)),
    ] {
        assert_eq!(shown[name], expected, "{name}");
    }
    let roles = format!("/users/{id}/transitiveMemberOf/microsoft.graph.directoryRole");
    let roles = desk.get(&roles).await.json();
    assert_eq!(roles["value"][0]["displayName"], "User Administrator");
    let reset = desk
        .control("POST", "users/reset", &json!({"upn": upn}))
        .await;
    assert_eq!(reset.status, 200);
    assert_eq!(desk.get(&path).await.json(), before);
    for wrong in [
        json!({"upn": upn, "roles": ["King"]}),
        json!({"upn": upn, "membership": "king"}),
    ] {
        assert_eq!(
            desk.control("POST", "users/change", &wrong).await.status,
            400
        );
    }
}

#[tokio::test]
async fn a_federated_domain_says_so_to_whom_may_read_domains() {
    let mut desk = OperatorDesk::open().await;
    assert_eq!(
        desk.get("/domains/cablechan.biz").await.status,
        403,
        "not in the default scopes"
    );
    desk.seat("reader", &[], "Domain.Read.All Organization.Read.All")
        .await;
    let kind = async |desk: &OperatorDesk, name: &str| {
        let domain = desk.get(&format!("/domains/{name}")).await.json();
        domain["authenticationType"].clone()
    };
    assert_eq!(kind(&desk, "cable.fukui.jp").await, "Managed");
    desk.switch(json!({"federated_domains": "Cable.fukui.jp"}))
        .await;
    assert_eq!(kind(&desk, "cable.fukui.jp").await, "Federated");
    assert_eq!(kind(&desk, "cablechan.biz").await, "Managed");
    let all = desk.get("/organization").await.json();
    let domains = all["value"][0]["verifiedDomains"].as_array().unwrap();
    let federated: Vec<&Value> = domains
        .iter()
        .filter(|domain| domain["type"] == "Federated")
        .map(|domain| &domain["name"])
        .collect();
    assert_eq!(federated, ["cable.fukui.jp"]);
}
