//! Conditional Access asked beforehand (N6, N22).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::http::HttpAnswer;

const SCOPES: &str = "Policy.Read.ConditionalAccess User.Read";
const PATH: &str = "/identity/conditionalAccess/evaluate";

async fn desk() -> OperatorDesk {
    let mut desk = OperatorDesk::open().await;
    desk.seat("asker", &["Authentication Administrator"], SCOPES)
        .await;
    desk
}

fn supposed(user: &str, action: &str, conditions: Value) -> Value {
    json!({
        "signInIdentity": {"@odata.type": "#microsoft.graph.userSignIn", "userId": user},
        "signInContext": {"@odata.type": "#microsoft.graph.userActionContext", "userAction": action},
        "signInConditions": conditions,
    })
}

async fn ask(desk: &OperatorDesk, body: &Value) -> HttpAnswer {
    desk.graph("POST", PATH).json(body).send().await
}

async fn policy(desk: &OperatorDesk, policy: Value) {
    let added = desk.control("POST", "policies", &policy).await;
    assert_eq!(added.status, 200, "{}", added.text());
}

const REGISTER: &str = "registerSecurityInformation";
const JOIN: &str = "registerOrJoinDevices";
const WITHIN: &str = r#"{"networks":["192.0.2.0/24"]}"#;
const WITHOUT: &str = r#"{"except_networks":["192.0.2.0/24"]}"#;
const HERE: &str = r#"{"ipAddress":"192.0.2.9"}"#;
const THERE: &str = r#"{"ipAddress":"203.0.113.9"}"#;
const BY_V6: &str = r#"{"ipAddress":"2001:db8::1"}"#;
const ON_IOS: &str = r#"{"devicePlatform":"iOS"}"#;
const REPORT: &str = r#"{"state":"enabledForReportingButNotEnforced"}"#;
const OF_REGISTERING: &str = r#"{"user_actions":["registerSecurityInformation"]}"#;

/// What a policy says, what is done, from where, and why the policy does not apply.
const JUDGED: [(&str, &str, &str, &str); 15] = [
    ("{}", REGISTER, "{}", "notSet"),
    (
        r#"{"state":"disabled"}"#,
        REGISTER,
        "{}",
        "policyNotEnabled",
    ),
    (REPORT, REGISTER, "{}", "notSet"),
    (OF_REGISTERING, REGISTER, "{}", "notSet"),
    (OF_REGISTERING, JOIN, "{}", "userActions"),
    (r#"{"people":["{upn}"]}"#, REGISTER, "{}", "notSet"),
    (r#"{"people":["放送センター"]}"#, REGISTER, "{}", "users"),
    (r#"{"except_people":["{upn}"]}"#, REGISTER, "{}", "users"),
    (WITHIN, REGISTER, HERE, "notSet"),
    (WITHIN, REGISTER, THERE, "location"),
    (WITHOUT, REGISTER, HERE, "location"),
    (WITHOUT, REGISTER, BY_V6, "notSet"),
    (WITHOUT, REGISTER, "{}", "notEnoughInformation"),
    (
        r#"{"platforms":["android"]}"#,
        REGISTER,
        ON_IOS,
        "devicePlatform",
    ),
    (r#"{"platforms":["iOS"]}"#, REGISTER, ON_IOS, "notSet"),
];

#[tokio::test]
async fn n22_each_policy_says_whether_it_applies_and_why_not() {
    let desk = desk().await;
    let (id, upn) = desk.person(Case::Plain);
    for (said, action, conditions, reason) in JUDGED {
        let mut named: Value = serde_json::from_str(&said.replace("{upn}", &upn)).unwrap();
        named["display_name"] = json!("見本の規則");
        named["controls"] = json!(["block"]);
        policy(&desk, named).await;
        let conditions: Value = serde_json::from_str(conditions).unwrap();
        let mut body = supposed(&id, action, conditions);
        let answer = ask(&desk, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let judged = answer.json()["value"].clone();
        let one = &judged[0];
        assert_eq!(one["analysisReasons"], reason, "{said} {body}");
        assert_eq!(one["policyApplies"], reason == "notSet", "{said}");
        assert_eq!(one["displayName"], "見本の規則");
        assert_eq!(one["grantControls"]["builtInControls"], json!(["block"]));
        body["appliedPoliciesOnly"] = json!(true);
        let applied = ask(&desk, &body).await.json()["value"].clone();
        let expected = usize::from(reason == "notSet");
        assert_eq!(applied.as_array().unwrap().len(), expected, "{said}");
        let cleared = desk.control("DELETE", "policies", &json!({})).await;
        assert_eq!(cleared.status, 200);
    }
}

#[tokio::test]
async fn n22_a_strength_names_what_it_accepts_and_a_policy_its_places() {
    let desk = desk().await;
    let (id, _) = desk.person(Case::Plain);
    policy(&desk, json!({
        "display_name": "強い方法", "user_actions": ["registerOrJoinDevices"], "except_networks": ["192.0.2.0/24"],
        "strength": {"display_name": "パスキーだけ", "allowed": ["fido2", "deviceBasedPush"]},
    })).await;
    let body = supposed(
        &id,
        "registerOrJoinDevices",
        json!({"ipAddress": "203.0.113.9"}),
    );
    let judged = ask(&desk, &body).await.json()["value"][0].clone();
    let strength = &judged["grantControls"]["authenticationStrength"];
    assert_eq!(
        strength["allowedCombinations"],
        json!(["fido2", "deviceBasedPush"])
    );
    let conditions = &judged["conditions"];
    assert_eq!(conditions["locations"]["includeLocations"], json!(["All"]));
    assert_eq!(
        conditions["locations"]["excludeLocations"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        conditions["applications"]["includeUserActions"],
        json!(["urn:user:registerdevice"])
    );
}

#[tokio::test]
async fn n22_it_needs_its_permission_its_parts_and_perhaps_a_role() {
    let mut desk = desk().await;
    let (id, _) = desk.person(Case::Plain);
    let right = supposed(&id, "registerSecurityInformation", json!({}));
    assert_eq!(ask(&desk, &right).await.status, 200);
    let mut wrong = vec![supposed("nobody", "registerSecurityInformation", json!({}))];
    wrong.push(supposed(&id, "registerPigeon", json!({})));
    wrong.push(supposed(
        &id,
        "registerSecurityInformation",
        json!({"ipAddress": "here"}),
    ));
    for part in ["signInIdentity", "signInContext", "signInConditions"] {
        let mut lacking = right.clone();
        lacking.as_object_mut().unwrap().remove(part);
        wrong.push(lacking);
    }
    for body in wrong {
        assert_eq!(ask(&desk, &body).await.status, 400, "{body}");
    }
    desk.switch(json!({"evaluate_needs_reader_role": true}))
        .await;
    assert_eq!(ask(&desk, &right).await.status, 403);
    desk.seat("reader", &["Security Reader"], SCOPES).await;
    assert_eq!(ask(&desk, &right).await.status, 200);
    desk.seat("other", &["Security Reader"], "User.Read.All")
        .await;
    let refused = desk.graph("POST", PATH).json(&right);
    assert_eq!(
        desk.refusal(refused).await,
        (403, "AccessDenied".to_owned())
    );
    for wrong in [
        json!({"display_name": "x", "people": ["nobody"]}),
        json!({"display_name": "x", "networks": ["192.0.2.7"]}),
        json!({"display_name": "x", "user_actions": ["fly"]}),
    ] {
        assert_eq!(
            desk.control("POST", "policies", &wrong).await.status,
            400,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn n22_one_question_a_second_is_for_the_whole_tenant_and_no_time_is_told() {
    let mut desk = desk().await;
    let (id, _) = desk.person(Case::Plain);
    let body = supposed(&id, "registerSecurityInformation", json!({}));
    let new = json!({
        "name": "別の窓口", "redirect_uris": [crate::desk::REDIRECT], "consented_scopes": SCOPES,
    });
    let client = desk.control("POST", "clients", &new).await;
    assert_eq!(client.status, 200, "{}", client.text());
    let other = client.json()["client_id"].as_str().unwrap().to_owned();
    let operator = desk.info().operators[0].clone();
    let as_other = [("client_id", other.as_str()), ("scope", SCOPES)];
    let code = desk
        .code(&operator.upn, &operator.password, &as_other)
        .await;
    let tokens = desk.redeem(&code, &[("client_id", &other)]).await.json();
    desk.switch(json!({"quota_enforced": true})).await;
    let own = desk.token.clone();
    let others = tokens["access_token"].as_str().unwrap().to_owned();
    for second in [own.clone(), others] {
        // The second is one of the machine's, which may be busy: of five tries one is quick enough.
        let mut refused = None;
        for _ in 0..5 {
            desk.advance(2).await;
            desk.token.clone_from(&own);
            assert_eq!(ask(&desk, &body).await.status, 200);
            desk.token.clone_from(&second);
            let answer = ask(&desk, &body).await;
            if answer.status == 429 {
                refused = Some(answer);
                break;
            }
        }
        let refused = refused.expect("whichever app asks, the second question is refused");
        assert_eq!(refused.header("retry-after"), "");
    }
    desk.advance(2).await;
    assert_eq!(ask(&desk, &body).await.status, 200);
}
