//! What Microsoft's pages show, in more forms than they show it in.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
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

#[tokio::test]
async fn a_challenge_bears_ids_and_whom_it_is_from() {
    for fault in ["claims", "revoked"] {
        let desk = OperatorDesk::open().await;
        desk.fault(json!({"path": "/me", "fault": fault})).await;
        let ask = desk
            .graph("GET", "/me")
            .header("client-request-id", "mine-1");
        let answer = ask.send().await;
        let error = &answer.json()["error"];
        assert_eq!(
            (answer.status, &error["code"]),
            (401, &json!("InvalidAuthenticationToken"))
        );
        let inner = &error["innerError"];
        assert_eq!(inner["request-id"], answer.header("request-id"), "{fault}");
        assert_eq!(inner["client-request-id"], "mine-1");
        assert_eq!(answer.header("client-request-id"), "mine-1");
        let challenge = answer.header("www-authenticate");
        let graph = "client_id=\"00000003-0000-0000-c000-000000000000\"";
        assert!(challenge.contains(graph), "{challenge}");
        let claims = challenge.split_once("claims=\"").unwrap().1;
        let claims = STANDARD.decode(claims.split('"').next().unwrap()).unwrap();
        let claims: Value = serde_json::from_slice(&claims).unwrap();
        assert!(
            claims["access_token"]["nbf"]["value"].is_string(),
            "{claims}"
        );
    }
}
