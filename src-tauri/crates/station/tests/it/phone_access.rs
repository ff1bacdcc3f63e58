//! Whether a phone will be let in, asked over HTTP (N6, N22).

use entra_sim::Case;
use onboarding::{
    FindBy, InFront, OperatorAction, OperatorScreen, VisitAction, VisitScreen, WarningView,
};
use serde_json::{Value, json};
use test_station::{Browser, Tenant, until};

use crate::counter::Counter;

const NETWORK: &str = "[network]\negress = \"192.0.2.9\"\nmobile_example = \"203.0.113.9\"";
const CONSENTED: &str = "UserAuthMethod-TAP.ReadWrite.All UserAuthenticationMethod.Read.All User.Read.All \
    Policy.Read.AuthenticationMethod User.Read openid profile offline_access Policy.Read.ConditionalAccess";
const EVALUATE: &str = "/identity/conditionalAccess/evaluate";
const REGISTER: &str = "registerSecurityInformation";

/// A counter of a site that asks, at a tenant with these policies.
async fn counter(policies: &[Value], switches: Value) -> Counter {
    let tenant = Tenant::start().await;
    let consented = json!({ "consented_scopes": CONSENTED });
    tenant.control("switches", consented).await;
    tenant.control("switches", switches).await;
    for policy in policies {
        tenant.control("policies", policy.clone()).await;
    }
    let data = tempfile::tempdir().unwrap();
    let config = tenant.config(&[("[network]", NETWORK)]);
    let station = tenant.station(&config, data.path(), Browser::SignsIn(0));
    let counter = Counter {
        tenant,
        station,
        data,
        config,
    };
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    counter
}

impl Counter {
    /// What the operator reads of the phone once it is no longer being asked about.
    async fn phone_access(&self) -> Option<WarningView> {
        until(&self.station, "an answer", |view, _| match &view.screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Check { phone_access, .. },
                ..
            }) => match phone_access {
                Some(told) if told.message.key == "warn-access-asking" => None,
                told => Some(told.clone()),
            },
            _ => None,
        })
        .await
    }

    async fn finds_and_confirms(&self) {
        let (upn, _) = self.tenant.person(Case::Plain);
        let visit = self.visit().await;
        self.find(visit, &upn, FindBy::SignInName).await;
        self.reach("found").await;
        assert_eq!(self.questions().await, 0, "not before it is said who it is");
        self.wants(visit, VisitAction::ConfirmPerson).await.unwrap();
    }

    /// How often Conditional Access was asked, whatever it said.
    async fn questions(&self) -> u64 {
        let state = self.tenant.state().await;
        let requests = state["requests"].as_array().unwrap();
        let asked = requests
            .iter()
            .filter(|one| one["path"].as_str().unwrap().ends_with(EVALUATE));
        asked.map(|one| one["count"].as_u64().unwrap()).sum()
    }
}

fn block(more: Value) -> Value {
    let mut policy = json!({"display_name": "登録は社内だけ", "user_actions": [REGISTER], "controls": ["block"]});
    let members = policy.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    policy
}

/// Who registers a device needs one of these.
fn join(allowed: &[&str]) -> Value {
    json!({
        "display_name": "端末の登録", "user_actions": ["registerOrJoinDevices"],
        "strength": {"display_name": "見本の強さ", "allowed": allowed},
    })
}

/// Policies, what is told, a word of it, and how many questions were asked.
type Told<'a> = (Vec<Value>, &'a str, &'a str, u64);

async fn check_each(cases: Vec<Told<'_>>) {
    for (policies, expected, named, questions) in cases {
        let counter = counter(&policies, json!({})).await;
        counter.finds_and_confirms().await;
        let told = counter.phone_access().await.unwrap();
        assert_eq!(told.message.key, expected, "{policies:?}");
        let args = format!("{:?}", told.message.args);
        assert!(args.contains(named), "{args}");
        assert_eq!(counter.questions().await, questions, "{policies:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn n22_the_operator_reads_in_words_what_will_become_of_the_phone() {
    check_each(vec![
        (vec![], "warn-access-works", "", 1),
        (
            vec![block(json!({"except_networks": ["192.0.2.0/24"]}))],
            "warn-access-only-here",
            "",
            2,
        ),
        (
            vec![block(json!({}))],
            "warn-access-stopped",
            "登録は社内だけ",
            2,
        ),
        (
            vec![block(json!({"networks": ["192.0.2.0/24"]}))],
            "warn-access-only-mobile",
            "",
            2,
        ),
        (
            vec![block(json!({"state": "enabledForReportingButNotEnforced"}))],
            "warn-access-works",
            "",
            1,
        ),
        (
            vec![block(json!({"platforms": ["android"]}))],
            "warn-access-cannot-tell",
            "",
            1,
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n22_a_policy_on_devices_counts_where_the_route_registers_one() {
    let once = "temporaryAccessPassOneTime";
    check_each(vec![
        (vec![join(&[once])], "warn-access-works", "", 2),
        (
            vec![join(&["fido2"])],
            "warn-access-no-pass",
            "見本の強さ",
            2,
        ),
        (
            vec![
                block(json!({"except_networks": ["192.0.2.0/24"]})),
                join(&["fido2"]),
            ],
            "warn-access-no-pass",
            "端末の登録",
            3,
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n22_a_refusal_is_cannot_tell_and_the_visit_goes_on() {
    let counter = counter(
        &[block(json!({}))],
        json!({"evaluate_needs_reader_role": true}),
    )
    .await;
    counter.finds_and_confirms().await;
    let told = counter.phone_access().await.unwrap();
    assert_eq!(told.message.key, "warn-access-cannot-tell");
    let visit = counter.current().await;
    counter.check(visit).await;
    counter.issue(visit).await;
    assert_eq!(counter.questions().await, 1, "asked once, and no more");
}

/// The service's limit: one a second for the whole tenant, without a word on when to ask again.
#[tokio::test(flavor = "multi_thread")]
async fn n22_a_429_without_a_time_is_cannot_tell_and_nothing_else_is_held_up() {
    let counter = counter(&[block(json!({}))], json!({})).await;
    let fault = json!({"method": "POST", "path": EVALUATE, "fault": "status:429", "times": 9});
    counter.tenant.control("faults", fault).await;
    counter.finds_and_confirms().await;
    let told = counter.phone_access().await.unwrap();
    assert_eq!(told.message.key, "warn-access-cannot-tell");
    let visit = counter.current().await;
    counter.check(visit).await;
    counter.issue(visit).await;
    assert_eq!(counter.questions().await, 1, "asked once, and no more");
}

/// With the true limit enforced, one station's own questions stay within it.
#[tokio::test(flavor = "multi_thread")]
async fn n22_the_questions_of_one_visit_keep_to_one_a_second() {
    let elsewhere = block(json!({"except_networks": ["192.0.2.0/24"]}));
    let counter = counter(&[elsewhere], json!({"quota_enforced": true})).await;
    counter.finds_and_confirms().await;
    let told = counter.phone_access().await.unwrap();
    assert_eq!(told.message.key, "warn-access-only-here");
}

#[tokio::test(flavor = "multi_thread")]
async fn n22_without_the_configuration_nothing_is_asked_and_no_further_right() {
    let counter = Counter::signed_in(0, &[]).await;
    counter.finds_and_confirms().await;
    let visit = counter.current().await;
    counter.check(visit).await;
    counter.issue(visit).await;
    assert_eq!(counter.questions().await, 0);
    let setup = |network: &str| {
        let config = counter.tenant.config(&[("[network]", network)]);
        let no_code = |_: &str| onboarding::QrPath {
            modules: 1,
            path: String::new(),
        };
        let config = station::config::Config::parse(&config).unwrap();
        config.setup(&no_code).unwrap().app.scopes
    };
    let right = "Policy.Read.ConditionalAccess".to_owned();
    assert!(!setup("[network]").contains(&right));
    assert!(setup(NETWORK).contains(&right));
}
