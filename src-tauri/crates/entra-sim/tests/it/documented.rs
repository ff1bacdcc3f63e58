//! What Microsoft's pages show, in more forms than they show it in.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::http::HttpAnswer;

fn code_and_message(answer: &HttpAnswer) -> (u16, String, String) {
    let text = |member: &str| {
        let text = answer.json()["error"][member].clone();
        text.as_str().unwrap_or_default().to_owned()
    };
    (answer.status, text("code"), text("message"))
}

#[tokio::test]
async fn whether_a_mail_is_kept_may_be_said_in_text() {
    let mut desk = OperatorDesk::open().await;
    desk.seat("sender", &[], "Mail.Send User.Read").await;
    for (said, kept) in [
        (json!("false"), Some(false)),
        (json!("true"), Some(true)),
        (json!("False"), Some(false)),
        (json!("TRUE"), Some(true)),
        (json!(true), Some(true)),
        (Value::Null, Some(true)),
        (json!("no"), None),
        (json!(""), None),
        (json!(0), None),
    ] {
        let mut order = json!({
            "message": {"toRecipients": [{"emailAddress": {"address": "a@home.example"}}]},
        });
        order["saveToSentItems"] = said.clone();
        let sent = desk.graph("POST", "/me/sendMail").json(&order).send().await;
        let expected = if kept.is_some() { 202 } else { 400 };
        assert_eq!(sent.status, expected, "{said}: {}", sent.text());
        if let Some(kept) = kept {
            let mails = desk.state().await["mails"].clone();
            let last = mails.as_array().unwrap().last().unwrap().clone();
            assert_eq!(last["in_sent_items"], json!(kept), "{said}");
        }
    }
}

#[tokio::test]
async fn an_unknown_path_names_the_first_segment_that_means_nothing() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    for (path, segment) in [
        ("/applications".to_owned(), "applications"),
        (format!("/users/{id}/drive"), "drive"),
        (format!("/users/{id}/drive/items/children"), "drive"),
        (
            format!("/users/{id}/authentication/carrierPigeons"),
            "carrierPigeons",
        ),
        (
            format!("/users/{id}/authentication/carrierPigeons/1"),
            "carrierPigeons",
        ),
        (
            format!("/users/{id}/authentication/methods/1/feathers"),
            "feathers",
        ),
        (
            "/policies/adminConsentRequestPolicy".to_owned(),
            "adminConsentRequestPolicy",
        ),
        ("/auditLogs/provisioning".to_owned(), "provisioning"),
        (
            "/roleManagement/directory/resourceNamespaces".to_owned(),
            "resourceNamespaces",
        ),
        ("/me/%E9%B3%A9".to_owned(), "鳩"),
    ] {
        let expected = format!("Resource not found for the segment '{segment}'.");
        assert_eq!(
            code_and_message(&desk.get(&path).await),
            (400, "BadRequest".to_owned(), expected),
            "{path}"
        );
    }
}
