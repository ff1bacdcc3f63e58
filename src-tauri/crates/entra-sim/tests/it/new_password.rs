//! The page of a password that has to be changed, in the browser and on the phone (reference §5.6, §7).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, complaint, fill, page_kind};
use crate::http::HttpAnswer;
use crate::routes::with_push;

const GOOD: &str = "Harder-2-guess";

/// Makes the person's password due, as a reset does.
async fn made_due(case: Case) -> (OperatorDesk, String, String) {
    let mut desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(case);
    let scopes = "User-PasswordProfile.ReadWrite.All User.Read.All AuditLog.Read.All";
    let roles = ["User Administrator", "Reports Reader"];
    desk.seat("user.admin", &roles, scopes).await;
    let due = json!({"passwordProfile": {"password": "Given-by-desk-1"}});
    let answer = desk
        .graph("PATCH", &format!("/users/{id}"))
        .json(&due)
        .send()
        .await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    (desk, id, upn)
}

async fn changed(page: &HttpAnswer, current: &str, new: &str, again: &str) -> HttpAnswer {
    let fields = [
        ("currentpasswd", current),
        ("newpasswd", new),
        ("confirmnewpasswd", again),
        ("action", "signin"),
    ];
    fill(page, &fields).await
}

#[tokio::test]
async fn a_password_that_is_due_is_changed_before_the_sign_in_goes_on() {
    let (desk, _, upn) = made_due(Case::Plain).await;
    let page = desk.through_pages(&upn, "Given-by-desk-1", &[]).await;
    assert_eq!(
        (page.status, page_kind(&page).as_str()),
        (200, "updatepasswd")
    );
    for (current, new, expected) in [
        ("not it", GOOD, 120_000),
        ("Given-by-desk-1", "weak", 120_002),
        ("Given-by-desk-1", "Given-by-desk-1", 120_002),
    ] {
        let again = changed(&page, current, new, new).await;
        assert_eq!(complaint(&again), expected, "{new}");
        assert_eq!(page_kind(&again), "updatepasswd");
        let html = again.text();
        assert!(!html.contains(new), "what was typed does not come back");
    }
    let local = upn.split('@').next().unwrap();
    let named = format!("{local}-A1");
    let again = changed(&page, "Given-by-desk-1", &named, &named).await;
    assert_eq!(complaint(&again), 120_003);
    let differing = changed(&page, "Given-by-desk-1", GOOD, "Harder-3-guess").await;
    assert!(differing.text().contains("data-error=\"different\""));
    let landed = changed(&page, "Given-by-desk-1", GOOD, GOOD).await.landed();
    let tokens = desk.redeem(&landed["code"], &[]).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
    assert_eq!(desk.state_of(&upn).await["password_change_due"], false);
    assert_eq!(desk.through_pages(&upn, GOOD, &[]).await.status, 302);
    let old = desk.through_pages(&upn, "Given-by-desk-1", &[]).await;
    assert_eq!(complaint(&old), 50126);
}

#[tokio::test]
async fn the_logs_tell_of_the_interruption_and_of_the_change() {
    let (desk, id, upn) = made_due(Case::Plain).await;
    let page = desk.through_pages(&upn, "Given-by-desk-1", &[]).await;
    changed(&page, "Given-by-desk-1", GOOD, GOOD).await;
    desk.advance(300).await;
    let values = async |path: String| desk.get(&path).await.json()["value"].clone();
    let signed = values(format!("/auditLogs/signIns?$filter=userId%20eq%20'{id}'")).await;
    let codes: Vec<&Value> = signed
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["status"]["errorCode"])
        .collect();
    assert_eq!(codes, [&json!(0), &json!(50055)]);
    let audits = values("/auditLogs/directoryAudits".to_owned()).await;
    let activities = audits.as_array().unwrap().iter();
    let changes = activities.filter(|one| one["activityDisplayName"] == "Change user password");
    assert_eq!(changes.count(), 1);
}

/// S41: passwords expire after as many days as the domain says, and not where that is switched off.
#[tokio::test]
async fn s41_an_expired_password_is_asked_to_be_changed() {
    let mut desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let password = desk.state_of(&upn).await["password"].clone();
    let password = password.as_str().unwrap();
    let kind =
        async |desk: &OperatorDesk| page_kind(&desk.through_pages(&upn, password, &[]).await);
    assert_eq!(kind(&desk).await, "", "it signs in");
    desk.advance(91 * 86_400).await;
    assert_eq!(kind(&desk).await, "updatepasswd");
    desk.switch(json!({"password_validity_days": 0})).await;
    assert_eq!(kind(&desk).await, "");
    desk.seat("user.admin", &["User Administrator"], "User.ReadWrite.All")
        .await;
    let never = json!({"passwordPolicies": "DisablePasswordExpiration"});
    let path = format!("/users/{id}");
    let patched = desk.graph("PATCH", &path).json(&never).send().await;
    assert_eq!(patched.status, 204);
    desk.switch(json!({"password_validity_days": 90})).await;
    assert_eq!(kind(&desk).await, "");
}

#[tokio::test]
async fn what_the_page_refuses_can_be_set_and_write_back_can_fail() {
    let (desk, _, upn) = made_due(Case::Plain).await;
    for number in [120_012, 120_013, 120_015, 120_020] {
        desk.switch(json!({"sign_in_refusals": format!("{upn}:{number}")}))
            .await;
        let page = desk.through_pages(&upn, "Given-by-desk-1", &[]).await;
        let again = changed(&page, "Given-by-desk-1", GOOD, GOOD).await;
        assert_eq!(complaint(&again), number);
    }
    assert_eq!(desk.state_of(&upn).await["password"], "Given-by-desk-1");

    let mut desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Synced);
    let coarse = "UserAuthenticationMethod.ReadWrite.All User.Read.All";
    desk.seat("auth.admin", &["Authentication Administrator"], coarse)
        .await;
    let path = format!(
        "/users/{id}/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword"
    );
    let reset = json!({"newPassword": "Given-by-desk-1"});
    assert_eq!(
        desk.graph("POST", &path).json(&reset).send().await.status,
        202
    );
    desk.switch(json!({"write_back_fails": true})).await;
    let page = desk.through_pages(&upn, "Given-by-desk-1", &[]).await;
    let again = changed(&page, "Given-by-desk-1", GOOD, GOOD).await;
    assert_eq!(complaint(&again), 120_015);
}

/// Walk-through B for somebody whose password the desk has just reset (P3).
#[tokio::test]
async fn the_phone_asks_for_the_new_password_too() {
    for (os, lang) in [("ios", "ja"), ("android", "en")] {
        let (desk, _, upn) = made_due(Case::HasPush).await;
        desk.switch(json!({"phone_wait_ms": 0})).await;
        let (phone, _, _) = with_push(&desk, os, lang).await;
        phone.go("open_account", &[("account", &upn)]).await;
        phone.go("upgrade", &[]).await;
        let shown = phone.go("signin", &[("passwd", "Given-by-desk-1")]).await;
        assert_eq!(shown.0, "new-password");
        let mut fields = [
            ("currentpasswd", "Given-by-desk-1"),
            ("newpasswd", GOOD),
            ("confirmnewpasswd", "another"),
        ];
        assert_eq!(phone.go("signin", &fields).await.0, "new-password");
        let told = phone.page().await.text();
        assert!(told.contains("data-turn=\"passwords-differ\""));
        fields[1].1 = "weak";
        fields[2].1 = "weak";
        phone.go("signin", &fields).await;
        assert_eq!(complaint(&phone.page().await), 120_002);
        fields[1].1 = GOOD;
        fields[2].1 = GOOD;
        assert_eq!(phone.go("signin", &fields).await.0, "b-notice");
        assert_eq!(desk.state_of(&upn).await["password"], GOOD);
    }
    let (desk, _, upn) = made_due(Case::Plain).await;
    let done = desk.register(&upn, "Given-by-desk-1", "tap", "ios").await;
    assert_eq!(
        (&done["ok"], &done["screen"]),
        (&json!(false), &json!("updatepasswd"))
    );
}
