//! Whether a person may keep a passkey in Authenticator, read over HTTP (N25).

use entra_sim::Case;
use onboarding::{FindBy, InFront, OperatorAction, OperatorScreen, VisitAction, VisitScreen};
use serde_json::{Value, json};
use test_station::{Browser, Tenant, until};

use crate::counter::Counter;

/// A counter of a site that takes passkeys, too, at a tenant that lets only this person's group have one that stays on
/// the phone, and offers one after sign-ins.
async fn counter(upn: &str, tenant: Tenant) -> Counter {
    let profile =
        |types: &str, group: &str| json!({"name": group, "types": [types], "groups": [group]});
    let profiles = [profile("synced", "all_users"), profile("deviceBound", "係")];
    let group = json!({"display_name": "係", "members": [upn]});
    for (path, said) in [
        ("groups", group),
        ("passkeys", json!({ "profiles": profiles })),
        ("switches", json!({"passkey_offer": "skippable"})),
    ] {
        tenant.control(path, said).await;
    }
    let data = tempfile::tempdir().unwrap();
    let config = tenant.config(&[("done = \"phone_sign_in\"", "done = \"either\"")]);
    let station = tenant.station(&config, data.path(), Browser::SignsIn(0));
    Counter {
        tenant,
        station,
        data,
        config,
    }
}

/// The keys of what is said of whoever was found.
async fn said(counter: &Counter) -> Vec<String> {
    until(&counter.station, "found", |view, _| match &view.screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Found { warnings, .. },
            ..
        }) => {
            let keys = warnings.iter().map(|warning| warning.message.key.clone());
            Some(keys.collect())
        }
        _ => None,
    })
    .await
}

/// How often this was asked for.
async fn asked(counter: &Counter, path: &str) -> u64 {
    let state: Value = counter.tenant.state().await;
    let requests = state["requests"].as_array().unwrap().iter();
    let of_path = requests.filter(|one| one["path"].as_str().unwrap().ends_with(path));
    of_path.map(|one| one["count"].as_u64().unwrap()).sum()
}

#[tokio::test]
async fn n25_the_tenants_rules_and_the_persons_groups_say_who_may_have_a_passkey() {
    let tenant = Tenant::start().await;
    let (outside, _) = tenant.person(Case::Plain);
    let (inside, _) = tenant.person(Case::HasPush);
    let counter = counter(&inside, tenant).await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    let offer = until(&counter.station, "the rules", |view, _| {
        match &view.screen {
            OperatorScreen::Home { passkey_offer, .. } => passkey_offer.clone(),
            _ => None,
        }
    })
    .await;
    assert_eq!(offer.key, "policy-passkey-offer");
    let visit = counter.visit().await;
    for (upn, may) in [(outside, false), (inside, true)] {
        counter.find(visit, &upn, FindBy::SignInName).await;
        let said = said(&counter).await;
        let off = said.iter().any(|key| key == "warn-passkey-off");
        assert_eq!(off, !may, "{upn}: {said:?}");
        counter
            .wants(visit, VisitAction::SearchAgain)
            .await
            .unwrap();
    }
    let policy = "/policies/authenticationMethodsPolicy";
    assert_eq!(asked(&counter, policy).await, 1, "once, at the sign-in");
}
