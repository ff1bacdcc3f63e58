//! Mail to the person over a real mail server, read back from it, with the pictures of its rows (S21, N20).

use std::path::Path;

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use onboarding::{LetterAction, PassStage, VisitAction};
use serde_json::{Value, json};
use station::{RowPicture, RowPicturesWanted};
use test_station::{Tenant, until};
use tokio::sync::mpsc;

use crate::counter::Counter;
use crate::letters::{HOME, board, letter, stands, value};
use crate::telephone::{self, CALLER, MOBILE, OWN_MAIL, PLACE};
use server::{PASSWORD, Server, USER};

#[expect(dead_code, reason = "the tests of the relay itself need more of it")]
#[path = "../../../mail/tests/it/server.rs"]
mod server;

const FROM: &str = "helpdesk@cablechan.example";

/// Draws no phone, but one picture for each row that is told from the others.
pub(crate) fn draws() -> mpsc::UnboundedSender<RowPicturesWanted> {
    let (ask, mut wanted) = mpsc::unbounded_channel::<RowPicturesWanted>();
    tokio::spawn(async move {
        while let Some(RowPicturesWanted { sheet, answer }) = wanted.recv().await {
            let rows = sheet.rows.iter().map(|row| RowPicture {
                row: row.id.clone(),
                png: png(&row.id),
            });
            answer.send(rows.collect()).unwrap();
        }
    });
    ask
}

pub(crate) fn png(row: &str) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n", row.as_bytes()].concat()
}

/// A counter whose mail leaves over this server, which the configuration names and trusts.
async fn counter(server: &Server, told: Option<(&str, &str)>) -> Counter {
    let tenant = Tenant::start().await;
    let data = tempfile::tempdir().unwrap();
    let config = config(&tenant, server, data.path());
    let station = tenant.station_that_mails(&config, data.path(), draws(), told);
    let counter = Counter {
        tenant,
        station,
        data,
        config,
    };
    telephone::people(&counter, &[]).await;
    counter
        .act(onboarding::OperatorAction::SignIn)
        .await
        .unwrap();
    counter.reach("home").await;
    counter
}

fn config(tenant: &Tenant, server: &Server, data: &Path) -> String {
    let root = data.join("root.der");
    std::fs::write(&root, &server.root).unwrap();
    let cloud = format!("name = \"custom\"\nca_file = \"{}\"", root.display());
    let notice = format!(
        "[telephone]\n\n[notice]\nway = \"relay\"\ncarries_pass = true\ndomains = [\"home.example\"]\n\n\
         [notice.relay]\nhost = \"localhost\"\nport = {}\nfrom = \"{FROM}\"\ncredentials = \"store\"\n\n{PLACE}",
        server.port
    );
    tenant.config(&[("name = \"custom\"", &cloud), (PLACE, &notice)])
}

/// The mail that this address was handed over for, with what was said around it.
fn taken(server: &Server, to: &str) -> (Vec<u8>, Value) {
    let mut all = (1..=server.mails()).map(|number| server.taken(number));
    all.find(|(_, said)| said["to"] == json!([to])).unwrap()
}

/// What the HTML shows, by its ids.
fn pictures(mail: &Message<'_>) -> Vec<(String, Vec<u8>)> {
    let of = |part: &mail_parser::MessagePart<'_>| {
        let (PartType::Binary(bytes) | PartType::InlineBinary(bytes)) = &part.body else {
            return None;
        };
        Some((part.content_id().unwrap().to_owned(), bytes.to_vec()))
    };
    mail.parts.iter().filter_map(of).collect()
}

/// Nothing of the directory stands in a mail but the address it goes to.
fn names_nobody(mail: &Message<'_>, raw: &[u8]) {
    let parts = [
        mail.subject().unwrap().to_owned(),
        mail.body_text(0).unwrap().into_owned(),
        mail.body_html(0).unwrap().into_owned(),
        String::from_utf8_lossy(raw).into_owned(),
    ];
    for part in parts {
        for fact in [CALLER, "電話 太郎", MOBILE, "fujita", USER] {
            assert!(!part.to_lowercase().contains(fact), "{fact}: {part}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s21_n20_the_pass_goes_over_the_sites_mail_server_as_text_and_html_with_pictures() {
    let server = Server::start(&json!({"credentials": [USER, PASSWORD]}));
    let counter = counter(&server, Some((USER, PASSWORD))).await;
    let visit = board(&counter).await;
    let issue = VisitAction::IssuePass { replace: false };
    counter.wants(visit, issue).await.unwrap();
    counter.stage(PassStage::Live).await;
    let send = LetterAction::SendLetter { with_pass: true };
    letter(&counter, visit, send).await;
    stands(&counter, "handed_over").await;
    until(&counter.station, "who is told", |view, _| {
        let seen = serde_json::to_value(&view.screen).unwrap();
        (seen["letter"]["told"][0]["handed_over"] == true).then_some(())
    })
    .await;
    assert_eq!(server.mails(), 2);
    let (raw, said) = taken(&server, HOME);
    assert_eq!(
        (&said["from"], &said["encrypted"], &said["signed_in"]),
        (&json!(FROM), &json!(true), &json!(true))
    );
    let mail = MessageParser::default().parse(&raw).unwrap();
    assert!(raw.is_ascii(), "every server on the way can carry it");
    assert_eq!(mail.subject(), Some("【システム室】スマホ登録のご案内"));
    names_nobody(&mail, &raw);
    let pass = value(&counter.tenant.state().await);
    let text = mail.body_text(0).unwrap();
    assert_eq!(text.matches(&pass).count(), 1, "{text}");
    assert!(text.contains("から 30 分間、1 回だけ"), "{text}");
    let html = mail.body_html(0).unwrap();
    let shown = pictures(&mail);
    assert!(shown.len() >= 13, "{}", shown.len());
    assert_eq!(html.matches("<img ").count(), shown.len());
    assert!(!html.contains("alt=\"\""), "{html}");
    for (at, (cid, bytes)) in shown.iter().enumerate() {
        assert_eq!(cid, &format!("row-{}", at + 1));
        assert!(html.contains(&format!("src=\"cid:{cid}\"")), "{cid}");
        assert!(bytes.starts_with(&png("")), "{cid}");
    }
    let (raw, _) = taken(&server, OWN_MAIL);
    let mail = MessageParser::default().parse(&raw).unwrap();
    names_nobody(&mail, &raw);
    let text = mail.body_text(0).unwrap();
    assert!(text.contains("パスが発行されました"), "{text}");
    assert!(!text.contains(&pass), "a notice holds the pass");
    assert!(pictures(&mail).is_empty());
    let handed = "\"letter_handed_over\",\"letter\":\"pass\",\"way\":\"relay\"";
    let record = counter.record_with(handed, 1).await;
    assert_eq!(record.matches(handed).count(), 1);
    for secret in [pass.as_str(), "home.example", OWN_MAIL, PASSWORD] {
        assert!(!record.contains(secret), "{secret} is in the record");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn n20_what_the_mail_server_refuses_has_its_own_sentence() {
    let signs_in = json!([USER, PASSWORD]);
    let told = Some((USER, PASSWORD));
    let refused = json!({HOME: "550 5.1.1 unknown"});
    for (wants, told, code) in [
        (json!({"credentials": signs_in}), None, "M716"),
        (
            json!({"credentials": signs_in}),
            Some((USER, "wrong")),
            "M715",
        ),
        (json!({"plain": true}), told, "M713"),
        (
            json!({"sender": "550 5.7.1 no", "credentials": signs_in}),
            told,
            "M717",
        ),
        (
            json!({"recipients": refused, "credentials": signs_in}),
            told,
            "M704",
        ),
        (
            json!({"mail": "451 4.3.0 later", "credentials": signs_in}),
            told,
            "M707",
        ),
    ] {
        let server = Server::start(&wants);
        let counter = counter(&server, told).await;
        let visit = board(&counter).await;
        let send = LetterAction::SendLetter { with_pass: false };
        letter(&counter, visit, send).await;
        let seen = stands(&counter, "failed").await;
        assert_eq!(seen["step"]["trouble"]["code"], code, "{wants}");
        assert_eq!(server.mails(), 0, "{wants}");
    }
}
