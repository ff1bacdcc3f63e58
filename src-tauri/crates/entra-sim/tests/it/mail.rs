//! Mail goes into a mailbox that can be read (S21, S22, N20).

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
