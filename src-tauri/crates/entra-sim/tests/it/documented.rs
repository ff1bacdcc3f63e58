//! What Microsoft's pages show, in more forms than they show it in.

use serde_json::{Value, json};

use crate::desk::OperatorDesk;

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
