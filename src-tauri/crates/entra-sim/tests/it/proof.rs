//! What tells afterwards how somebody signed in: last uses below beta, and the sign-in log (N23).

use contract::Watched;
use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, fill, page_kind};
use crate::http::HttpRequest;
use crate::sign_in_test::Trial;

const PASSWORD: &str = "28c10230-6103-485e-b985-444c60001490";
const SCOPES: &str = "AuditLog.Read.All User.Read.All UserAuthenticationMethod.Read.All";

fn beta(running: &Watched, path: &str) -> String {
    let root = running.info.graph_http.strip_suffix("v1.0").unwrap();
    format!("{root}beta{path}")
}

async fn get_beta(desk: &OperatorDesk, path: &str) -> Value {
    let answer = HttpRequest::new("GET", beta(&desk.running, path))
        .header("authorization", format!("Bearer {}", desk.token))
        .send()
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// When a person's methods were used last, by id.
async fn last_uses(desk: &OperatorDesk, id: &str, query: &str) -> Vec<(String, Value)> {
    let list = get_beta(desk, &format!("/users/{id}/authentication/methods{query}")).await;
    let all = list["value"].as_array().unwrap().iter();
    all.map(|method| {
        let id = method["id"].as_str().unwrap().to_owned();
        (id, method["lastUsedDateTime"].clone())
    })
    .collect()
}

async fn seat(trial: &mut Trial) {
    let roles = ["Authentication Administrator", "Reports Reader"];
    trial.desk.seat("watch", &roles, SCOPES).await;
}

fn entry_of(state: &Value) -> String {
    let methods = state["methods"].as_array().unwrap().iter();
    let mut entries = methods.filter(|method| method["type"] == "authenticator");
    entries.next().unwrap()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn n23_the_phones_last_use_advances_late_and_the_passwords_does_not() {
    let mut trial = Trial::of(Case::HasPhoneSignIn).await;
    seat(&mut trial).await;
    let select = "?$select=id,lastUsedDateTime";
    let entry = entry_of(&trial.desk.state_of(&trial.upn).await);
    trial.by_phone("").await;
    let early = last_uses(&trial.desk, &trial.id, select).await;
    assert!(early.iter().all(|(_, at)| at.is_null()), "{early:?}");
    trial.desk.advance(61).await;
    for (id, at) in last_uses(&trial.desk, &trial.id, select).await {
        assert_eq!(at.is_string(), id == entry, "{id} {at}");
    }
    trial.by_password("").await;
    trial.desk.advance(61).await;
    let of = async |desk: &OperatorDesk, name: &str| {
        let all = last_uses(desk, &trial.id, select).await;
        let found = all.into_iter().find(|(id, _)| id == name);
        found.unwrap().1
    };
    assert!(of(&trial.desk, PASSWORD).await.is_string());
    for (filled, password, phone) in [("none", false, false), ("all_but_password", false, true)] {
        trial.desk.switch(json!({"last_used_of": filled})).await;
        let told = of(&trial.desk, PASSWORD).await.is_string();
        assert_eq!(told, password, "{filled}");
        assert_eq!(of(&trial.desk, &entry).await.is_string(), phone, "{filled}");
    }
}

#[tokio::test]
async fn a_last_use_is_told_below_beta_alone_and_where_it_is_selected() {
    let mut trial = Trial::of(Case::HasPhoneSignIn).await;
    seat(&mut trial).await;
    trial.desk.switch(json!({"last_used_lag_s": 0})).await;
    trial.by_phone("").await;
    let told = async |desk: &OperatorDesk| {
        let all = last_uses(desk, &trial.id, "").await;
        all.iter().any(|(_, at)| at.is_string())
    };
    assert!(!told(&trial.desk).await);
    trial
        .desk
        .switch(json!({"last_used_needs_select": false}))
        .await;
    assert!(told(&trial.desk).await);
    let entry = entry_of(&trial.desk.state_of(&trial.upn).await);
    let path = format!("/users/{}/authentication/methods", trial.id);
    let one = get_beta(&trial.desk, &format!("{path}/{entry}")).await;
    assert!(one["lastUsedDateTime"].is_string(), "{one}");
    let list = trial.desk.get(&path).await;
    assert!(!list.text().contains("lastUsedDateTime"));
    for other in ["/me", "/users", &format!("/users/{}", trial.id)] {
        let answer = HttpRequest::new("GET", beta(&trial.desk.running, other))
            .header("authorization", format!("Bearer {}", trial.desk.token))
            .send()
            .await;
        assert_eq!(answer.status, 400, "{other}");
    }
}

/// The newest sign-in of the person in the log.
async fn newest(trial: &Trial) -> Option<Value> {
    let path = format!(
        "/auditLogs/signIns?$filter=userId%20eq%20'{}'&$top=1",
        trial.id
    );
    let found = get_beta(&trial.desk, &path).await;
    found["value"].as_array().unwrap().first().cloned()
}

#[tokio::test]
async fn n23_a_row_comes_late_and_incomplete_and_names_the_entry_in_the_end() {
    let mut trial = Trial::of(Case::HasPhoneSignIn).await;
    seat(&mut trial).await;
    trial
        .desk
        .switch(json!({"log_lag_s": 240, "log_complete_after_s": 300}))
        .await;
    trial.by_phone("").await;
    trial.desk.advance(239).await;
    assert_eq!(newest(&trial).await, None);
    trial.desk.advance(2).await;
    let first = newest(&trial).await.unwrap();
    assert_eq!(first["authenticationAppDeviceDetails"], Value::Null);
    let steps = first["authenticationDetails"].as_array().unwrap();
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0]["authenticationMethod"], "Previously satisfied");
    assert_ne!(
        steps[0]["authenticationStepRequirement"],
        "Primary authentication"
    );
    trial.desk.advance(300).await;
    let full = newest(&trial).await.unwrap();
    let entry = entry_of(&trial.desk.state_of(&trial.upn).await);
    let app = &full["authenticationAppDeviceDetails"];
    assert_eq!(
        (&app["deviceId"], app["operatingSystem"].is_string()),
        (&json!(entry), true)
    );
    let step = &full["authenticationDetails"][0];
    assert_eq!(
        (
            &step["authenticationMethod"],
            &step["authenticationStepRequirement"]
        ),
        (
            &json!("Passwordless phone sign-in"),
            &json!("Primary authentication")
        )
    );
    let id = full["id"].as_str().unwrap();
    let old = trial.desk.get(&format!("/auditLogs/signIns/{id}")).await;
    let old = old.json();
    assert_eq!(old["authenticationDetails"], Value::Null, "beta only");
    assert_eq!(
        old["authenticationAppDeviceDetails"]["deviceId"],
        json!(entry)
    );
}

#[tokio::test]
async fn an_app_that_answered_after_a_password_is_named_too_and_the_primary_row_says_password() {
    let mut trial = Trial::of(Case::HasPhoneSignIn).await;
    seat(&mut trial).await;
    trial
        .desk
        .switch(json!({"mfa_required": true, "log_lag_s": 0}))
        .await;
    let page = trial.by_password("").await;
    assert_eq!(page_kind(&page), "approve");
    trial.approve().await;
    fill(&page, &[("action", "wait")]).await;
    let row = newest(&trial).await.unwrap();
    let entry = entry_of(&trial.desk.state_of(&trial.upn).await);
    assert_eq!(
        row["authenticationAppDeviceDetails"]["deviceId"],
        json!(entry)
    );
    let steps = row["authenticationDetails"].as_array().unwrap();
    let methods: Vec<&Value> = steps
        .iter()
        .map(|step| &step["authenticationMethod"])
        .collect();
    assert_eq!(methods, ["Password", "Mobile app notification"]);
}

#[tokio::test]
async fn the_log_says_which_of_two_phones_answered() {
    let mut trial = Trial::of(Case::HasPhoneSignIn).await;
    seat(&mut trial).await;
    trial.desk.switch(json!({"log_lag_s": 0})).await;
    let old = entry_of(&trial.desk.state_of(&trial.upn).await);
    let method =
        json!({"type": "authenticator", "name": "Pixel 9", "os": "android", "phone_sign_in": true});
    let order = json!({"upn": trial.upn, "method": method});
    let made = trial.desk.control("POST", "users/methods", &order).await;
    let new = made.json()["id"].as_str().unwrap().to_owned();
    for (answering, expected) in [(Value::Null, &new), (json!(old), &old)] {
        let page = trial.begin("").await;
        let order = json!({"upn": trial.upn, "entry": answering});
        trial.desk.control("POST", "phone/approve", &order).await;
        fill(&page, &[("action", "wait")]).await;
        let row = newest(&trial).await.unwrap();
        let app = &row["authenticationAppDeviceDetails"];
        assert_eq!(app["deviceId"], json!(expected));
    }
}

#[tokio::test]
async fn a_password_checked_on_premises_shows_in_the_log_alone() {
    let mut trial = Trial::of(Case::Synced).await;
    seat(&mut trial).await;
    trial.desk.switch(json!({"log_lag_s": 0})).await;
    for (pass_through, expected) in [
        (false, "Password Hash Sync"),
        (true, "Pass-through Authentication"),
    ] {
        trial
            .desk
            .switch(json!({"pass_through": pass_through}))
            .await;
        let password = trial.desk.password_of(&trial.upn).await;
        trial.desk.code(&trial.upn, &password, &[]).await;
        let row = newest(&trial).await.unwrap();
        let step = &row["authenticationDetails"][0];
        assert_eq!(step["authenticationMethodDetail"], expected);
    }
}
