//! Another password for somebody: by the profile, by a reset, and what becomes of a lost answer.

use std::time::Duration;

use entra::{
    ChangeError, GraphErrorKind, NewPassword, PasswordState, ResetOperation, ResetStatus, Session,
};
use entra_sim::Case;
use serde_json::{Value, json};

use super::{Over, SCOPES, Tenant};

const ID: &str = "dddddddd-0000-4000-8000-00000000000d";

impl Tenant {
    /// A session of the operator of that number, with the rights that passwords take.
    async fn session_for_passwords(&self, operator: usize) -> Session {
        let further = [
            "User-PasswordProfile.ReadWrite.All",
            "UserAuthMethod-Password.ReadWrite.All",
            "User.RevokeSessions.All",
        ];
        let scopes: Vec<String> = SCOPES
            .iter()
            .chain(&further)
            .map(|&scope| scope.to_owned())
            .collect();
        let consented = format!(
            "{} openid profile offline_access User.Read",
            scopes.join(" ")
        );
        self.control("switches", json!({ "consented_scopes": consented }))
            .await;
        let client = self.client_with(Over::Http, |app| app.scopes = scopes);
        self.sign_in(&client, operator).await.unwrap().session
    }

    /// What the tenant's own books say of somebody.
    async fn books(&self, id: &str) -> Value {
        let address = format!("{}/state", self.running.info.control);
        let text = self.http.get(address).send().await.unwrap();
        let state: Value = serde_json::from_str(&text.text().await.unwrap()).unwrap();
        let users = state["users"].as_array().unwrap();
        users.iter().find(|user| user["id"] == id).unwrap().clone()
    }
}

fn value() -> NewPassword {
    NewPassword::draw(64, &[]).unwrap()
}

async fn end_of(session: &Session, operation: &ResetOperation) -> ResetStatus {
    let mut looks = tokio::time::interval(Duration::from_millis(20));
    loop {
        looks.tick().await;
        let status = session.reset_status(operation).await.unwrap();
        if status != ResetStatus::UnderWay {
            return status;
        }
    }
}

#[tokio::test]
async fn a_password_set_by_the_profile_is_not_to_be_changed() {
    let tenant = Tenant::start().await;
    let (privileged, person) = (1, tenant.person(Case::Plain));
    let session = tenant.session_for_passwords(privileged).await;
    let before = tenant.books(person).await;
    let was = session.password_state(person).await.unwrap();
    session.set_password(person, value(), ID).await.unwrap();
    let after = tenant.books(person).await;
    assert_ne!(before["password"], after["password"]);
    assert_eq!(after["password"].as_str().unwrap().len(), 64);
    assert_eq!(after["password_change_due"], false);
    let is = session.password_state(person).await.unwrap();
    assert!(is.changed > was.changed);
    assert_eq!(is.must_change, None, "the tenant does not show it");
    tenant
        .control("switches", json!({ "password_profile_shown": "always" }))
        .await;
    let PasswordState { must_change, .. } = session.password_state(person).await.unwrap();
    assert_eq!(must_change, Some(false));
    let forces = json!({ "patch_always_forces_change": true });
    tenant.control("switches", forces).await;
    session.set_password(person, value(), ID).await.unwrap();
    let PasswordState { must_change, .. } = session.password_state(person).await.unwrap();
    assert_eq!(must_change, Some(true), "read back, whatever was said");
    session.revoke_sessions(person).await.unwrap();
}

#[tokio::test]
async fn a_reset_is_followed_to_its_end() {
    let tenant = Tenant::start().await;
    tenant
        .control("switches", json!({ "reset_takes_ms": 300 }))
        .await;
    let session = tenant.session_for_passwords(0).await;
    for (case, expected) in [
        (Case::Plain, ResetStatus::Succeeded),
        (Case::Synced, ResetStatus::Succeeded),
        (
            Case::WriteBackFails,
            ResetStatus::Failed { on_premises: true },
        ),
    ] {
        let person = tenant.person(case);
        let before = tenant.books(person).await;
        let begun = session.reset_password(person, value(), ID).await.unwrap();
        assert_eq!(end_of(&session, &begun).await, expected, "{case:?}");
        let after = tenant.books(person).await;
        let succeeded = expected == ResetStatus::Succeeded;
        assert_eq!(before["password"] != after["password"], succeeded);
        assert_eq!(after["password_change_due"], succeeded, "{case:?}");
    }
}

#[tokio::test]
async fn a_clear_no_is_told_from_all_others() {
    let tenant = Tenant::start().await;
    // An Authentication Administrator sets no password by the profile.
    let session = tenant.session_for_passwords(0).await;
    let plain = tenant.person(Case::Plain);
    let refused = session.set_password(plain, value(), ID).await.unwrap_err();
    assert!(
        matches!(&refused, ChangeError::NotChanged(error) if error.kind == GraphErrorKind::NotPermitted),
        "{refused:?}"
    );
    assert_eq!(refused.support().client_request_id, ID);
    let session = tenant.session_for_passwords(1).await;
    let synced = tenant.person(Case::Synced);
    let refused = session.set_password(synced, value(), ID).await.unwrap_err();
    assert!(
        matches!(refused, ChangeError::OnPremises { .. }),
        "{refused:?}"
    );
}

/// F23: it is sent once, and whatever is no clear answer is none.
#[tokio::test]
async fn f23_a_lost_answer_leaves_open_whether_it_was_set() {
    let tenant = Tenant::start().await;
    let session = tenant.session_for_passwords(1).await;
    let person = tenant.person(Case::Plain);
    for (fault, changes) in [
        ("answer_lost", true),
        ("reset", false),
        ("status:500", false),
        ("html", false),
    ] {
        let before = tenant.books(person).await;
        let fault = json!({ "method": "PATCH", "path": "/users/{id}", "fault": fault });
        tenant.control("faults", fault).await;
        let open = session.set_password(person, value(), ID).await.unwrap_err();
        assert!(matches!(open, ChangeError::Uncertain { .. }), "{open:?}");
        let after = tenant.books(person).await;
        assert_eq!(before["password"] != after["password"], changes);
    }
    let throttled = json!({ "method": "PATCH", "path": "/users/{id}", "fault": "status:429" });
    tenant.control("faults", throttled).await;
    let no = session.set_password(person, value(), ID).await.unwrap_err();
    assert!(
        matches!(&no, ChangeError::NotChanged(error) if matches!(error.kind, GraphErrorKind::Throttled { .. })),
        "{no:?}"
    );
}
