//! A mail handed over to the simulated tenant, and what lies in its mailboxes then (S21, S22, N20).

use entra::{AttachedPicture, GraphErrorKind, GraphMail, MailError, Mailbox, Session};
use entra_sim::Case;
use serde_json::{Value, json};

use super::{Over, SCOPES, Tenant};

const ID: &str = "dddddddd-0000-4000-8000-00000000000d";
const SHARED: &str = "notices@cablechan.biz";
const OUTSIDE: &str = "hanako@home.example";

impl Tenant {
    /// A session of the first operator with that right besides.
    async fn session_for_mail(&self, right: &str) -> Session {
        let scopes: Vec<String> = SCOPES
            .map(str::to_owned)
            .into_iter()
            .chain([right.to_owned()])
            .collect();
        let consented = format!(
            "{} openid profile offline_access User.Read",
            scopes.join(" ")
        );
        let consented = json!({ "consented_scopes": consented });
        self.control("switches", consented).await;
        let client = self.client_with(Over::Http, |app| app.scopes = scopes);
        self.sign_in(&client, 0).await.unwrap().session
    }

    async fn lies_in(&self, place: &str) -> Vec<Value> {
        let address = format!("{}/{place}", self.running.info.control);
        let text = self.http.get(address).send().await.unwrap().text().await;
        serde_json::from_str(&text.unwrap()).unwrap()
    }
}

fn mail(to: &str) -> GraphMail {
    GraphMail {
        to: to.to_owned(),
        subject: "登録のお知らせ <1>".to_owned(),
        html: "<p>お知らせ<img src=\"cid:row-1\"></p>".to_owned(),
        pictures: vec![AttachedPicture {
            content_id: "row-1".to_owned(),
            png: vec![0, 1, 2, 3, 255],
        }],
    }
}

#[tokio::test]
async fn what_was_written_lies_in_the_mailbox_and_in_no_other_s21() {
    let tenant = Tenant::start().await;
    let session = tenant.session_for_mail("Mail.Send").await;
    session
        .send_mail(&Mailbox::Own, &mail(OUTSIDE), ID)
        .await
        .unwrap();
    let mut arrived = tenant.lies_in(&format!("mailbox/{OUTSIDE}")).await;
    assert_eq!(tenant.lies_in("outbox").await, arrived);
    let mut arrived = arrived.remove(0);
    arrived["at"].take();
    let operator = &tenant.running.info.operators[0].upn;
    assert_eq!(
        arrived,
        json!({
            "at": null, "from": operator, "sent_by": null,
            "to": [{"name": null, "address": OUTSIDE}], "cc": [], "bcc": [],
            "subject": "登録のお知らせ <1>", "kind": "html", "body": mail(OUTSIDE).html,
            "attachments": [{
                "name": "row-1.png", "content_type": "image/png", "bytes": 5,
                "content": "AAECA/8=", "content_id": "row-1", "inline": true,
            }],
            "in_sent_items": false, "delivered": true,
        })
    );
    let upn = tenant
        .running
        .info
        .users
        .iter()
        .find(|user| user.case == Case::Plain);
    let other = format!("mailbox/{}", upn.unwrap().upn);
    assert!(tenant.lies_in(&other).await.is_empty());
}

#[tokio::test]
async fn a_shared_mailbox_is_sent_from_by_whom_exchange_lets_n20() {
    let tenant = Tenant::start().await;
    let shared = json!({"upn": SHARED, "display_name": "お知らせ", "mail": SHARED});
    tenant.control("users", shared).await;
    let session = tenant.session_for_mail("Mail.Send.Shared").await;
    let from = Mailbox::Shared(SHARED.to_owned());
    let send = async || session.send_mail(&from, &mail(OUTSIDE), ID).await;
    let own = session.send_mail(&Mailbox::Own, &mail(OUTSIDE), ID).await;
    assert!(
        matches!(own, Err(MailError::NotPermitted { .. })),
        "{own:?}"
    );
    assert!(matches!(send().await, Err(MailError::NotPermitted { .. })));
    let operator = &tenant.running.info.operators[0].upn;
    let opens = json!({"upn": SHARED, "full_access": [operator]});
    tenant.control("users/mailbox", opens).await;
    assert!(matches!(send().await, Err(MailError::SendAsDenied { .. })));
    let sends = json!({"upn": SHARED, "send_as": [operator]});
    tenant.control("users/mailbox", sends).await;
    send().await.unwrap();
    let mail = &tenant.lies_in("outbox").await[0];
    assert_eq!(
        (&mail["from"], &mail["sent_by"]),
        (&json!(SHARED), &json!(operator))
    );
}

#[tokio::test]
async fn every_refusal_of_the_tenant_has_its_own_name_n20() {
    let tenant = Tenant::start().await;
    let session = tenant.session_for_mail("Mail.Send").await;
    let send = async |to: &str| {
        session
            .send_mail(&Mailbox::Own, &mail(to), ID)
            .await
            .unwrap_err()
    };
    assert!(matches!(
        send("nobody").await,
        MailError::InvalidRecipient { .. }
    ));
    for limit in ["403", "429"] {
        tenant
            .control("switches", json!({"mail_limit": limit}))
            .await;
        assert!(matches!(
            send(OUTSIDE).await,
            MailError::LimitReached { .. }
        ));
    }
    let small = json!({"mail_limit": "none", "mail_size_max": 8});
    tenant.control("switches", small).await;
    assert!(matches!(send(OUTSIDE).await, MailError::TooLarge { .. }));
    let operator = &tenant.running.info.operators[0].upn;
    let gone = json!({"upn": operator, "reachable": false});
    tenant.control("users/mailbox", gone).await;
    for said in ["not_enabled", "not_found", "inside"] {
        tenant
            .control("switches", json!({"no_mailbox_said": said}))
            .await;
        let error = send(OUTSIDE).await;
        assert!(
            matches!(error, MailError::NoMailbox { .. }),
            "{said}: {error:?}"
        );
    }
    let nobody = Mailbox::Shared("nobody@cablechan.biz".to_owned());
    let error = session.send_mail(&nobody, &mail(OUTSIDE), ID).await;
    assert!(
        matches!(error, Err(MailError::NoMailbox { .. })),
        "{error:?}"
    );
    assert!(tenant.lies_in("outbox").await.is_empty());
}

#[tokio::test]
async fn a_fault_on_the_way_is_told_and_the_mail_sent_once_n20() {
    let tenant = Tenant::start().await;
    let session = tenant.session_for_mail("Mail.Send").await;
    let mut expected = 0;
    for (fault, taken) in [
        ("answer_lost", true),
        ("reset", false),
        ("html", false),
        ("redirect", false),
        ("status:500", false),
        ("status:503", false),
    ] {
        let fault = json!({"method": "POST", "path": "/me/sendMail", "fault": fault});
        tenant.control("faults", fault.clone()).await;
        let sent = session.send_mail(&Mailbox::Own, &mail(OUTSIDE), ID).await;
        assert!(
            matches!(sent, Err(MailError::Uncertain { .. })),
            "{fault}: {sent:?}"
        );
        expected += usize::from(taken);
        assert_eq!(tenant.lies_in("outbox").await.len(), expected, "{fault}");
    }
    let throttled = json!({"method": "POST", "path": "/me/sendMail", "fault": "status:429"});
    tenant.control("faults", throttled).await;
    let sent = session.send_mail(&Mailbox::Own, &mail(OUTSIDE), ID).await;
    assert!(matches!(sent, Err(MailError::Throttled { .. })), "{sent:?}");
    drop(tenant);
    let sent = session.send_mail(&Mailbox::Own, &mail(OUTSIDE), ID).await;
    let Err(MailError::NotSent(error)) = sent else {
        panic!("{sent:?}")
    };
    assert_eq!(error.kind, GraphErrorKind::Offline);
}
