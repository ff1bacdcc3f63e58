//! Mail goes into mailboxes that can be read (S21, S22, N20), from where Exchange lets it.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::http::HttpRequest;

fn notice(address: &str) -> Value {
    json!({
        "message": {
            "subject": "パスの発行 <1>",
            "body": {"contentType": "HTML", "content": "<p>発行しました</p>"},
            "toRecipients": [{"emailAddress": {"address": address, "name": "見本 花子"}}],
            "attachments": [{
                "@odata.type": "#microsoft.graph.fileAttachment", "name": "qr.png", "contentType": "image/png",
                "contentBytes": "AAECAw==", "isInline": true,
            }],
        },
        "saveToSentItems": false,
    })
}

#[tokio::test]
async fn mail_arrives_and_can_be_read() {
    let mut desk = OperatorDesk::open().await;
    let refused = desk
        .graph("POST", "/me/sendMail")
        .json(&notice("a@b.example"));
    assert_eq!(
        desk.refusal(refused).await,
        (403, "ErrorAccessDenied".to_owned())
    );
    desk.seat("sender", &[], "Mail.Send User.Read").await;
    let sent = desk
        .graph("POST", "/me/sendMail")
        .json(&notice("declared@home.example"))
        .send()
        .await;
    assert_eq!((sent.status, sent.body.len()), (202, 0), "{}", sent.text());
    let mail = desk.state().await["mails"][0].clone();
    assert_eq!(mail["to"][0]["address"], "declared@home.example");
    assert_eq!(
        (&mail["from"], &mail["in_sent_items"]),
        (&json!("sender@cablechan.biz"), &json!(false))
    );
    assert_eq!(
        (&mail["delivered"], &mail["attachments"][0]["bytes"]),
        (&json!(true), &json!(4))
    );
    let page = HttpRequest::new("GET", format!("{}/mailbox", desk.info().control))
        .send()
        .await;
    assert!(page.header("content-type").starts_with("text/html"));
    let html = page.text();
    assert!(
        html.contains("declared@home.example") && html.contains("パスの発行 &lt;1&gt;"),
        "{html}"
    );
    assert!(!html.contains("<p>発行しました"), "a mail is never run");
}

#[tokio::test]
async fn mail_goes_astray_or_is_refused() {
    let mut desk = OperatorDesk::open().await;
    desk.seat("sender", &[], "Mail.Send User.Read").await;
    desk.switch(json!({"mail_goes_astray": true})).await;
    // The first letter of a member may be large: the generated clients write it so.
    let spelled = json!({"Message": notice("a@b.example")["message"], "SaveToSentItems": true});
    assert_eq!(
        desk.graph("POST", "/me/sendMail")
            .json(&spelled)
            .send()
            .await
            .status,
        202
    );
    let mail = desk.state().await["mails"][0].clone();
    assert_eq!(
        (&mail["delivered"], &mail["in_sent_items"]),
        (&json!(false), &json!(true))
    );
    for (path, body, expected) in [
        (
            "/me/sendMail",
            notice("nobody"),
            (400, "ErrorInvalidRecipients"),
        ),
        (
            "/me/sendMail",
            json!({"message": {"subject": "x"}}),
            (400, "ErrorInvalidRecipients"),
        ),
        ("/me/sendMail", json!({}), (400, "ErrorInvalidRequest")),
        (
            "/users/t.yamada@cablechan.biz/sendMail",
            notice("a@b.example"),
            (403, "ErrorAccessDenied"),
        ),
    ] {
        let got = desk.refusal(desk.graph("POST", path).json(&body)).await;
        assert_eq!((got.0, got.1.as_str()), expected, "{path} {body}");
    }
    assert_eq!(desk.state().await["mails"].as_array().unwrap().len(), 1);
}

const SHARED: &str = "notices@cablechan.biz";

/// What lies in a mailbox, or in the outbox.
async fn lies_in(desk: &OperatorDesk, place: &str) -> Vec<Value> {
    let path = format!("{}/{place}", desk.info().control);
    let answer = HttpRequest::new("GET", path).send().await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json().as_array().unwrap().clone()
}

async fn sent(desk: &OperatorDesk, path: &str, to: &str) -> u16 {
    let mail = notice(to);
    desk.graph("POST", path).json(&mail).send().await.status
}

#[tokio::test]
async fn a_mail_lies_in_the_mailbox_of_whom_it_is_for_s21() {
    let mut desk = OperatorDesk::open().await;
    desk.seat("sender", &[], "Mail.Send User.Read").await;
    let (_, upn) = desk.person(Case::Plain);
    let person = desk.info().users.iter().find(|user| user.upn == upn);
    let (id, mail) = person
        .map(|user| (user.id.clone(), user.mail.clone()))
        .unwrap();
    let mail = mail.unwrap();
    assert_eq!(sent(&desk, "/me/sendMail", &mail.to_uppercase()).await, 202);
    assert_eq!(sent(&desk, "/me/sendMail", "a@home.example").await, 202);
    for place in [&upn, &mail, &id] {
        let mails = lies_in(&desk, &format!("mailbox/{place}")).await;
        assert_eq!(mails.len(), 1, "{place}");
        let attached = &mails[0]["attachments"][0];
        assert_eq!(
            (&attached["content"], &attached["inline"]),
            (&json!("AAECAw=="), &json!(true))
        );
        assert_eq!(mails[0]["sent_by"], Value::Null);
    }
    for place in ["mailbox/A@home.example", "outbox"] {
        let mails = lies_in(&desk, place).await;
        assert_eq!(mails.len(), 1, "{place}");
        assert_eq!(mails[0]["to"][0]["address"], "a@home.example");
    }
    assert!(lies_in(&desk, "mailbox/b@home.example").await.is_empty());
}

#[tokio::test]
async fn a_mail_is_on_its_way_for_a_while_s22() {
    let mut desk = OperatorDesk::open().await;
    desk.seat("sender", &[], "Mail.Send User.Read").await;
    desk.switch(json!({"mail_lag_s": 90})).await;
    assert_eq!(sent(&desk, "/me/sendMail", "a@home.example").await, 202);
    let place = "mailbox/a@home.example";
    assert!(lies_in(&desk, place).await.is_empty());
    assert_eq!(lies_in(&desk, "outbox").await[0]["delivered"], json!(false));
    desk.control("POST", "clock", &json!({"advance_s": 91}))
        .await;
    assert_eq!(lies_in(&desk, place).await.len(), 1);
    assert_eq!(lies_in(&desk, "outbox").await[0]["delivered"], json!(true));
}

#[tokio::test]
async fn a_shared_mailbox_is_sent_from_by_whom_exchange_lets_n20() {
    let mut desk = OperatorDesk::open().await;
    let shared =
        json!({"upn": SHARED, "display_name": "お知らせ", "mail": SHARED, "enabled": false});
    desk.control("POST", "users", &shared).await;
    desk.seat("sender", &[], "Mail.Send Mail.Send.Shared User.Read")
        .await;
    let path = format!("/users/{SHARED}/sendMail");
    let mail = notice("a@home.example");
    let mut as_it = mail.clone();
    as_it["message"]["from"] = json!({"emailAddress": {"address": SHARED}});
    let refused = async |desk: &OperatorDesk, path: &str, mail: &Value| {
        let (status, code) = desk.refusal(desk.graph("POST", path).json(mail)).await;
        assert_eq!(status, 403);
        code
    };
    let change = async |desk: &OperatorDesk, change: Value| {
        let done = desk.control("POST", "users/mailbox", &change).await;
        assert_eq!(done.status, 200, "{}", done.text());
    };
    let sender = "sender@cablechan.biz";
    assert_eq!(refused(&desk, &path, &mail).await, "ErrorAccessDenied");
    change(&desk, json!({"upn": SHARED, "full_access": [sender]})).await;
    assert_eq!(refused(&desk, &path, &mail).await, "ErrorSendAsDenied");
    assert_eq!(
        refused(&desk, "/me/sendMail", &as_it).await,
        "ErrorSendAsDenied"
    );
    change(&desk, json!({"upn": SHARED, "send_as": [sender]})).await;
    assert_eq!(sent(&desk, &path, "a@home.example").await, 202);
    let by_me = desk.graph("POST", "/me/sendMail").json(&as_it).send().await;
    assert_eq!(by_me.status, 202);
    for mail in lies_in(&desk, "outbox").await {
        assert_eq!(
            (&mail["from"], &mail["sent_by"]),
            (&json!(SHARED), &json!(sender))
        );
    }
    // The right to send from one's own mailbox is none to send from another.
    desk.seat("other", &[], "Mail.Send User.Read").await;
    let other = "other@cablechan.biz";
    change(
        &desk,
        json!({"upn": SHARED, "full_access": [other], "send_as": [other]}),
    )
    .await;
    assert_eq!(refused(&desk, &path, &mail).await, "ErrorAccessDenied");
    assert_eq!(
        refused(&desk, "/me/sendMail", &as_it).await,
        "ErrorAccessDenied"
    );
}

#[tokio::test]
async fn a_mailbox_refuses_in_every_way_that_is_known_n20() {
    let mut desk = OperatorDesk::open().await;
    desk.seat("sender", &[], "Mail.Send User.Read").await;
    let ask = || {
        desk.graph("POST", "/me/sendMail")
            .json(&notice("a@home.example"))
    };
    for (switch, expected) in [
        (
            json!({"mail_limit": "403"}),
            (403, "ErrorExceededMessageLimit"),
        ),
        (
            json!({"mail_limit": "429"}),
            (429, "ErrorExceededMessageLimit"),
        ),
        (
            json!({"mail_limit": "none", "mail_size_max": 10}),
            (400, "ErrorMessageSizeExceeded"),
        ),
    ] {
        desk.switch(switch).await;
        let (status, code) = desk.refusal(ask()).await;
        assert_eq!((status, code.as_str()), expected);
    }
    let unreachable = json!({"upn": "sender@cablechan.biz", "reachable": false});
    desk.control("POST", "users/mailbox", &unreachable).await;
    for (said, expected) in [
        ("not_enabled", (404, "MailboxNotEnabledForRESTAPI")),
        ("not_found", (404, "ResourceNotFound")),
        ("inside", (403, "ErrorAccessDenied")),
    ] {
        desk.switch(json!({"no_mailbox_said": said})).await;
        let answer = ask().send().await;
        let error = &answer.json()["error"];
        assert_eq!((answer.status, error["code"].as_str().unwrap()), expected);
        let inner = &error["innerError"]["code"];
        let named = (said == "inside").then_some("MailboxNotEnabledForRESTAPI");
        assert_eq!(inner.as_str(), named);
    }
    assert!(desk.state().await["mails"].as_array().unwrap().is_empty());
}
