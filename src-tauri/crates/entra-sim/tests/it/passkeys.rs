//! Passkey profiles, and the campaign that offers a passkey (N25).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;

const POLICY: &str = "/policies/authenticationMethodsPolicy";
const FIDO2: &str =
    "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/Fido2";
const IOS: &str = "90a3ccdf-635c-4729-a248-9b709135078f";
const ANDROID: &str = "de1e552d-db1d-4423-a619-566b625cdc84";
const GROUP: &str = "放送センター";

fn profile(types: &[&str], models: (&str, &[&str]), groups: &[&str]) -> Value {
    let mut profile = json!({"name": "窓口", "types": types, "groups": groups});
    profile[models.0] = json!(models.1);
    profile
}

async fn set(desk: &OperatorDesk, policy: &Value) -> u16 {
    desk.control("POST", "passkeys", policy).await.status
}

#[tokio::test]
async fn n25_the_policy_tells_each_profile_and_whom_it_is_for() {
    let desk = OperatorDesk::open().await;
    let before = desk.get(FIDO2).await.json();
    assert_eq!(before["passkeyProfiles"], json!([]));
    assert_eq!(before["includeTargets"][0]["id"], "all_users");
    let both = profile(
        &["deviceBound", "synced"],
        ("block", &[IOS]),
        &["all_users", GROUP],
    );
    let bound = profile(&["deviceBound"], ("allow", &[IOS, ANDROID]), &[GROUP]);
    let policy = json!({"profiles": [both, bound], "except": [GROUP], "self_service": false});
    assert_eq!(set(&desk, &policy).await, 200);
    let told = desk.get(FIDO2).await.json();
    let profiles = told["passkeyProfiles"].as_array().unwrap();
    assert_eq!(profiles[0]["passkeyTypes"], "deviceBound,synced");
    assert_eq!(profiles[0]["attestationEnforcement"], "disabled");
    let allowed =
        json!({"isEnforced": true, "enforcementType": "allow", "aaGuids": [IOS, ANDROID]});
    assert_eq!(profiles[1]["keyRestrictions"], allowed);
    assert_eq!(told["defaultPasskeyProfile"], profiles[0]["id"]);
    assert_eq!(told["isSelfServiceRegistrationAllowed"], false);
    let everybody = json!([profiles[0]["id"]]);
    let group = json!([profiles[0]["id"], profiles[1]["id"]]);
    assert_eq!(
        told["includeTargets"][0]["allowedPasskeyProfiles"],
        everybody
    );
    assert_eq!(told["includeTargets"][1]["allowedPasskeyProfiles"], group);
    assert_eq!(
        told["includeTargets"][1]["id"],
        told["excludeTargets"][0]["id"]
    );
    for wrong in [
        json!({"profiles": [profile(&[], ("allow", &[]), &[])]}),
        json!({"profiles": [profile(&["synced"], ("allow", &[]), &["no such group"])]}),
        json!({"profiles": vec![profile(&["synced"], ("allow", &[]), &[GROUP]); 4]}),
        json!({"profile": []}),
    ] {
        assert_eq!(set(&desk, &wrong).await, 400, "{wrong}");
    }
    desk.control("DELETE", "passkeys", &json!({})).await;
    assert_eq!(desk.get(FIDO2).await.json(), before);
}

/// What a phone of that system comes to where the policy says so.
async fn registers(desk: &OperatorDesk, upn: &str, os: &str, policy: Value) -> Value {
    assert_eq!(set(desk, &policy).await, 200, "{policy}");
    let pass = desk.pass(upn, &json!({"isUsableOnce": false})).await;
    desk.register(upn, &pass, "passkey", os).await
}

#[tokio::test]
async fn n25_the_phone_registers_a_passkey_where_one_profile_takes_it_and_in_time() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let group = json!({"display_name": "係", "members": [upn]});
    assert_eq!(desk.control("POST", "groups", &group).await.status, 200);
    desk.switch(json!({"authenticator_limit": 20})).await;
    let synced = || profile(&["synced"], ("allow", &[]), &["all_users"]);
    let only = |models| json!({"profiles": [synced(), profile(&["deviceBound"], models, &["係"])]});
    let off = "passkey_off";
    for (os, policy, reason) in [
        ("ios", json!({}), None),
        ("ios", json!({"enabled": false}), Some(off)),
        ("ios", json!({"profiles": [synced()]}), Some(off)),
        ("android", only(("allow", &[ANDROID])), None),
        ("ios", only(("allow", &[ANDROID])), Some(off)),
        ("android", only(("block", &[ANDROID])), Some(off)),
        ("ios", only(("block", &[ANDROID])), None),
        ("ios", json!({"except": ["係"]}), Some(off)),
    ] {
        let came = registers(&desk, &upn, os, policy.clone()).await;
        assert_eq!(came["ok"], reason.is_none(), "{os} {policy} {came}");
        assert_eq!(came["reason"], json!(reason), "{os} {policy}");
    }
    let (_, guest) = desk.person(Case::GuestInternal);
    let came = registers(&desk, &guest, "ios", json!({})).await;
    assert_eq!(came["reason"], off, "no guest has a passkey: {came}");
    desk.switch(json!({"passkey_mfa_s": 0})).await;
    let late = registers(&desk, &upn, "ios", json!({})).await;
    assert_eq!(
        (&late["ok"], &late["aadsts"]),
        (&json!(false), &json!(50089))
    );
    let path = format!("/users/{id}/authentication/fido2Methods");
    let there = desk.get(&path).await.json();
    assert_eq!(there["value"].as_array().unwrap().len(), 3, "{there}");
}

#[tokio::test]
async fn n25_the_campaign_tells_what_the_pages_offer() {
    let desk = OperatorDesk::open().await;
    for (offer, method, state, enforced) in [
        ("never", "microsoftAuthenticator", "default", json!(null)),
        ("skippable", "fido2", "default", json!(false)),
        ("enforced", "fido2", "enabled", json!(true)),
    ] {
        desk.switch(json!({"passkey_offer": offer})).await;
        let policy = desk.get(POLICY).await.json();
        let campaign =
            &policy["registrationEnforcement"]["authenticationMethodsRegistrationCampaign"];
        let target = &campaign["includeTargets"][0];
        assert_eq!(target["targetedAuthenticationMethod"], method, "{offer}");
        assert_eq!(campaign["state"], state, "{offer}");
        let told = &campaign["enforceRegistrationAfterAllowedSnoozes"];
        assert_eq!(*told, enforced, "{offer}");
    }
}
