//! A mail: one POST, and everything that is not a clear yes or no is uncertain (N20).

use std::time::Duration;

use entra::{AttachedPicture, GraphErrorKind, GraphMail, MailError, Mailbox, Session};
use serde_json::{Value, json};

use crate::fake::{ID, Reply};
use crate::fixture::{Issuer, Script, assert_clean};

const REQUEST: &str = "cccccccc-0000-4000-8000-00000000000c";
const SHARED: &str = "notices@cablechan.biz";
const PATH: &str = "/sendMail";

fn mail() -> GraphMail {
    GraphMail {
        to: "planted@home.example".to_owned(),
        subject: "登録のお知らせ".to_owned(),
        html: "<p>お知らせ<img src=\"cid:row-1\"></p>".to_owned(),
        pictures: vec![AttachedPicture {
            content_id: "row-1".to_owned(),
            png: b"\x89PNG planted".to_vec(),
        }],
    }
}

async fn answered(reply: Reply, from: &Mailbox) -> (Issuer, Result<(), MailError>) {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(move |_| reply.clone());
    let outcome = session.send_mail(from, &mail(), REQUEST).await;
    assert_eq!(issuer.fake.seen(PATH).len(), 1, "sent once, whatever came");
    (issuer, outcome)
}

fn taken() -> Reply {
    Reply::with(202, &[ID], "")
}

#[tokio::test]
async fn a_mail_is_sent_as_json_and_kept_nowhere_n20() {
    for (from, path) in [
        (Mailbox::Own, "/v1.0/me/sendMail".to_owned()),
        (
            Mailbox::Shared(SHARED.to_owned()),
            format!("/v1.0/users/{SHARED}/sendMail"),
        ),
    ] {
        let (issuer, outcome) = answered(taken(), &from).await;
        outcome.unwrap();
        let post = &issuer.fake.seen(PATH)[0];
        assert_eq!(post.method, "POST");
        assert_eq!(post.target.replace("%40", "@"), path);
        assert_eq!(post.header("content-type"), Some("application/json"));
        assert_eq!(post.header("client-request-id"), Some(REQUEST));
        let body: Value = serde_json::from_str(&post.body).unwrap();
        assert_eq!(
            body,
            json!({
                "message": {
                    "subject": "登録のお知らせ",
                    "body": {"contentType": "HTML", "content": mail().html},
                    "toRecipients": [{"emailAddress": {"address": "planted@home.example"}}],
                    "attachments": [{
                        "@odata.type": "#microsoft.graph.fileAttachment",
                        "name": "row-1.png", "contentType": "image/png", "contentId": "row-1",
                        "isInline": true, "contentBytes": "iVBORyBwbGFudGVk",
                    }],
                },
                "saveToSentItems": false,
            })
        );
    }
}

#[tokio::test]
async fn a_plain_mail_has_no_attachments_and_shows_nothing_in_debug_n20() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(|_| taken());
    let mut plain = mail();
    assert!(!format!("{plain:?}{:?}", plain.pictures).contains("planted"));
    plain.pictures.clear();
    let sent = session.send_mail(&Mailbox::Own, &plain, REQUEST).await;
    sent.unwrap();
    let body: Value = serde_json::from_str(&issuer.fake.seen(PATH)[0].body).unwrap();
    assert!(body["message"].get("attachments").is_none());
}

type Row = (&'static str, fn() -> Reply);

const UNCLEAR: &[Row] = &[
    ("no answer", || Reply::Cut),
    ("cut short", || taken().short_by(4)),
    ("500", || {
        Reply::error(500, "ErrorInternalServerError", "planted")
    }),
    ("503", || Reply::error(503, "ErrorServerBusy", "planted")),
    ("502 page", || Reply::html(502)),
    ("504", || Reply::error(504, "", "")),
    ("a middlebox's 403", || Reply::html(403)),
    ("a middlebox's 404 with JSON", || {
        Reply::json(404, "{\"planted\":1}")
    }),
    ("portal page", || Reply::html(200)),
    ("portal redirect", || {
        Reply::with(302, &[("Location", "http://portal.example/")], "")
    }),
    ("407", || Reply::html(407)),
    // Documented is 202 alone; to a mail that was too large 200 came, and nothing had been sent.
    ("200", || Reply::with(200, &[ID], "")),
    ("201", || Reply::json(201, "{}")),
    ("204", || Reply::with(204, &[ID], "")),
];

#[tokio::test]
async fn what_is_no_clear_answer_leaves_it_uncertain_n20() {
    for (name, reply) in UNCLEAR {
        let (_issuer, outcome) = answered(reply(), &Mailbox::Own).await;
        let error = outcome.unwrap_err();
        assert_clean(&error);
        assert!(
            matches!(error, MailError::Uncertain { .. }),
            "{name}: {error:?}"
        );
        assert_eq!(error.support().client_request_id, REQUEST, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn silence_leaves_it_uncertain_and_it_is_sent_once_n20() {
    let (_issuer, outcome) = answered(Reply::Stall(Vec::new()), &Mailbox::Own).await;
    assert!(
        matches!(outcome, Err(MailError::Uncertain { .. })),
        "{outcome:?}"
    );
}

fn named(error: &MailError) -> &'static str {
    match error {
        MailError::NoMailbox { .. } => "no mailbox",
        MailError::SendAsDenied { .. } => "send as",
        MailError::NotPermitted { .. } => "not permitted",
        MailError::LimitReached { .. } => "limit",
        MailError::Throttled { .. } => "throttled",
        MailError::InvalidRecipient { .. } => "recipient",
        MailError::TooLarge { .. } => "too large",
        MailError::NotSent(_) => "not sent",
        MailError::Uncertain { .. } => "uncertain",
    }
}

/// Status and code, and what that is.
const NOS: &[(u16, &str, &str)] = &[
    (404, "MailboxNotEnabledForRESTAPI", "no mailbox"),
    (404, "ResourceNotFound", "no mailbox"),
    (403, "MailboxNotEnabledForRESTAPI", "no mailbox"),
    (403, "ErrorSendAsDenied", "send as"),
    (403, "ErrorAccessDenied", "not permitted"),
    (403, "ErrorExceededMessageLimit", "limit"),
    (429, "ErrorExceededMessageLimit", "limit"),
    (507, "ErrorQuotaExceeded", "limit"),
    (429, "ApplicationThrottled", "throttled"),
    (400, "ErrorInvalidRecipients", "recipient"),
    (400, "ErrorMessageSizeExceeded", "too large"),
    (413, "RequestEntityTooLarge", "too large"),
    (400, "ErrorInvalidRequest", "not sent"),
    (401, "InvalidAuthenticationToken", "not sent"),
];

#[tokio::test]
async fn each_no_is_told_from_the_others_n20() {
    let inner = json!({"code": "MailboxNotEnabledForRESTAPI", "request-id": "inner-id"});
    let inside = json!({"code": "ErrorAccessDenied", "message": "planted", "innerError": inner});
    let inside = Reply::json(403, json!({ "error": inside }));
    let nos = NOS
        .iter()
        .map(|(status, code, is)| (Reply::error(*status, code, "planted"), *is));
    for (reply, expected) in nos.chain([(inside, "no mailbox")]) {
        let (_issuer, outcome) = answered(reply, &Mailbox::Own).await;
        let error = outcome.unwrap_err();
        assert_clean(&error);
        assert_eq!(named(&error), expected, "{error:?}");
        assert!(error.support().status.is_some());
    }
}

#[tokio::test]
async fn a_wait_and_a_demand_are_handed_on_n20() {
    let wait = [
        ("Content-Type", "application/json"),
        ("Retry-After", "17"),
        ID,
    ];
    let busy = Reply::with(429, &wait, "{\"error\":{\"code\":\"\",\"message\":\"x\"}}");
    let (_issuer, outcome) = answered(busy, &Mailbox::Own).await;
    let seventeen = Some(Duration::from_secs(17));
    assert!(
        matches!(outcome, Err(MailError::Throttled { retry_after, .. }) if retry_after == seventeen)
    );
    let challenge = "Bearer error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"";
    let demand = [
        ("Content-Type", "application/json"),
        ("WWW-Authenticate", challenge),
        ID,
    ];
    let demand = Reply::with(
        401,
        &demand,
        "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"x\"}}",
    );
    let (_issuer, outcome) = answered(demand, &Mailbox::Own).await;
    let Err(MailError::NotSent(error)) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(matches!(
        error.kind,
        GraphErrorKind::SignInNeeded { claims: Some(_) }
    ));
}

#[tokio::test]
async fn nothing_leaves_for_a_mailbox_that_is_none_or_from_nobody_n20() {
    let issuer = Issuer::start(Script::default()).await;
    let session: Session = issuer.session().await;
    for name in ["", "..", "a/../b\n"] {
        let from = Mailbox::Shared(name.to_owned());
        let sent = session.send_mail(&from, &mail(), REQUEST).await;
        assert!(
            matches!(sent, Err(MailError::NotSent(_))),
            "{name}: {sent:?}"
        );
    }
    session.forget();
    let sent = session.send_mail(&Mailbox::Own, &mail(), REQUEST).await;
    assert!(matches!(sent, Err(MailError::NotSent(_))), "{sent:?}");
    assert!(issuer.fake.seen(PATH).is_empty());
}
