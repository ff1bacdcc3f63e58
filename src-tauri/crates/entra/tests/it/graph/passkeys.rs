//! What is read of the passkey policy and the campaign (N25).

use entra::{Campaign, PasskeyProfile, PasskeyTarget};
use serde_json::{Value, json};

use crate::fake::Reply;
use crate::fixture::{Issuer, Script};

const IOS: &str = "90a3ccdf-635c-4729-a248-9b709135078f";
const KEY: &str = "2fc0579f-8113-47ea-b116-bb5a8db9202a";

fn restricted(kind: &str, models: &[&str]) -> Value {
    json!({"isEnforced": true, "enforcementType": kind, "aaGuids": models})
}

/// On an iPhone, on Android, and whether of both kinds.
type Read = (Option<bool>, Option<bool>, bool);

/// Types and restrictions of a profile, and what is made of it.
fn profiles() -> Vec<(Value, Value, Read)> {
    let (yes, no) = (Some(true), Some(false));
    let upper = IOS.to_uppercase();
    vec![
        (json!("deviceBound"), Value::Null, (yes, yes, false)),
        (json!("deviceBound,synced"), Value::Null, (yes, yes, true)),
        (json!("synced, deviceBound"), Value::Null, (yes, yes, true)),
        (json!("synced"), Value::Null, (no, no, false)),
        (
            json!("deviceBound"),
            restricted("allow", &[&upper]),
            (yes, no, false),
        ),
        (
            json!("deviceBound"),
            restricted("block", &[IOS]),
            (no, yes, false),
        ),
        (
            json!("deviceBound"),
            restricted("allow", &[KEY]),
            (no, no, false),
        ),
        (
            json!("deviceBound"),
            restricted("allow", &[]),
            (no, no, false),
        ),
        (
            json!("deviceBound"),
            restricted("judge", &[IOS]),
            (None, None, false),
        ),
        (
            json!("deviceBound"),
            json!({"isEnforced": false, "enforcementType": "allow", "aaGuids": []}),
            (yes, yes, false),
        ),
        (json!("somethingNew"), Value::Null, (None, None, false)),
        (Value::Null, Value::Null, (None, None, false)),
    ]
}

async fn read(fido2: Value, campaign: Value) -> entra::PasskeyPolicy {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    let body = json!({
        "registrationEnforcement": {"authenticationMethodsRegistrationCampaign": campaign},
        "authenticationMethodConfigurations": [{"id": "Sms", "state": 7}, fido2],
    });
    issuer.answer_graph(move |_| Reply::json(200, &body));
    session.passkey_policy().await.unwrap()
}

#[tokio::test]
async fn n25_each_profile_says_whether_it_admits_authenticator() {
    let all = profiles();
    let profile = |(at, (types, restrictions, _)): (usize, &(Value, Value, _))| json!({"id": at.to_string(), "passkeyTypes": types, "keyRestrictions": restrictions});
    let ids: Vec<String> = (0..=all.len()).map(|at| at.to_string()).collect();
    let policy = read(
        json!({
            "id": "fido2", "state": "enabled", "isSelfServiceRegistrationAllowed": false,
            "passkeyProfiles": all.iter().enumerate().map(profile).collect::<Vec<_>>(),
            "includeTargets": [{"id": "g", "allowedPasskeyProfiles": ids}, {"id": "all_users"}],
            "excludeTargets": [{"id": "x"}],
        }),
        Value::Null,
    )
    .await;
    assert_eq!(
        (policy.enabled, policy.self_service),
        (Some(true), Some(false))
    );
    assert_eq!(
        (&policy.excluded[..], policy.campaign),
        (&["x".to_owned()][..], None)
    );
    let read = &policy.targets[0].profiles;
    for (said, profile) in all.iter().zip(read) {
        assert_eq!(
            (profile.ios, profile.android, profile.both_kinds),
            said.2,
            "{said:?}"
        );
    }
    let unknown = PasskeyProfile {
        ios: None,
        android: None,
        both_kinds: false,
    };
    assert_eq!(read.last(), Some(&unknown), "named and not there");
    let nothing_named = PasskeyTarget {
        id: None,
        profiles: vec![unknown],
    };
    assert_eq!(policy.targets[1], nothing_named);
}

#[tokio::test]
async fn n25_without_profiles_the_settings_for_all_count() {
    let policy = read(
        json!({
            "id": "Fido2", "state": "disabled", "passkeyProfiles": [],
            "keyRestrictions": restricted("allow", &[KEY]), "includeTargets": [{"id": "all_users"}],
        }),
        Value::Null,
    )
    .await;
    let shut = PasskeyProfile {
        ios: Some(false),
        android: Some(false),
        both_kinds: false,
    };
    assert_eq!(policy.enabled, Some(false));
    assert_eq!(
        policy.targets,
        [PasskeyTarget {
            id: None,
            profiles: vec![shut]
        }]
    );
    let by_default = json!({
        "id": "Fido2", "defaultPasskeyProfile": "D", "includeTargets": [{"id": "all_users"}],
        "passkeyProfiles": [{"id": "d", "passkeyTypes": "deviceBound"}],
    });
    let policy = read(by_default, Value::Null).await;
    assert_eq!(policy.targets[0].profiles[0].ios, Some(true));
    let nothing = read(json!({"id": "Email"}), Value::Null).await;
    assert_eq!((nothing.enabled, nothing.targets.len()), (None, 0));
}

#[tokio::test]
async fn n25_the_campaign_offers_insists_or_is_about_something_else() {
    let campaign = |state: &str, method: &str, enforced: Value| {
        json!({"state": state, "enforceRegistrationAfterAllowedSnoozes": enforced,
            "includeTargets": [{"targetedAuthenticationMethod": method}]})
    };
    for (said, expected) in [
        (
            campaign("default", "fido2", Value::Null),
            Some(Campaign::Offers),
        ),
        (
            campaign("enabled", "Fido2", json!(false)),
            Some(Campaign::Offers),
        ),
        (
            campaign("enabled", "fido2", json!(true)),
            Some(Campaign::Insists),
        ),
        (
            campaign("disabled", "fido2", json!(true)),
            Some(Campaign::NotForPasskeys),
        ),
        (
            campaign("enabled", "microsoftAuthenticator", json!(true)),
            Some(Campaign::NotForPasskeys),
        ),
        (json!({"state": "enabled"}), None),
        (json!({}), None),
        (Value::Null, None),
    ] {
        let policy = read(json!({"id": "Fido2"}), said.clone()).await;
        assert_eq!(policy.campaign, expected, "{said}");
    }
}
