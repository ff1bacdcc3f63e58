//! Mails that a relay took, read back from it.

use mail::{Encryption, MailMessage, Relay, RelaySetup};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use serde_json::{Value, json};

use crate::server::{PASSWORD, Server, USER, told};
use crate::{AT, HTML, TEXT, notice, who};

const TO: &str = "hanako@home.example";

async fn handed_over(server: &Server, relay: &Relay, mail: &MailMessage) -> (Vec<u8>, Value) {
    let before = server.mails();
    assert_eq!(relay.send(mail).await, Ok(()));
    assert_eq!(server.mails(), before + 1);
    server.last()
}

fn read(mail: &[u8]) -> Message<'_> {
    MessageParser::default().parse(mail).unwrap()
}

/// What the HTML shows, by its ids.
fn pictures(mail: &Message<'_>) -> Vec<(String, Vec<u8>)> {
    let of = |part: &mail_parser::MessagePart<'_>| {
        let (PartType::Binary(bytes) | PartType::InlineBinary(bytes)) = &part.body else {
            return None;
        };
        let kind = part.content_type().unwrap();
        assert_eq!((kind.ctype(), kind.subtype()), ("image", Some("png")));
        assert!(part.content_disposition().unwrap().is_inline());
        Some((part.content_id().unwrap().to_owned(), bytes.to_vec()))
    };
    mail.parts.iter().filter_map(of).collect()
}

fn kinds(mail: &Message<'_>) -> Vec<String> {
    let kind = |part: &mail_parser::MessagePart<'_>| {
        let kind = part.content_type().unwrap();
        format!("{}/{}", kind.ctype(), kind.subtype().unwrap())
    };
    mail.parts.iter().map(kind).collect()
}

#[tokio::test]
async fn a_notice_arrives_as_it_was_written_s21() {
    let server = Server::start(&json!({"credentials": [USER, PASSWORD]}));
    for encryption in [Encryption::StartTls, Encryption::Tls] {
        let wants = json!({"credentials": [USER, PASSWORD], "tls": encryption == Encryption::Tls});
        let server = Server::start(&wants);
        let relay = Relay::new(RelaySetup {
            credentials: Some(told(USER, PASSWORD)),
            ..server.setup(encryption)
        });
        let written = notice(TO);
        let (bytes, said) = handed_over(&server, &relay.unwrap(), &written).await;
        assert_eq!(
            said,
            json!({
                "hello": "cable.example", "encrypted": true, "signed_in": true,
                "from": "madoguchi@cable.example", "options": [], "to": [TO],
            })
        );
        assert!(bytes.is_ascii(), "every relay can carry it");
        let mail = read(&bytes);
        assert_eq!(mail.subject(), Some(written.subject.as_str()));
        let from = mail.from().unwrap().first().unwrap();
        assert_eq!(from.name(), Some("システム室 窓口"));
        assert_eq!(from.address(), Some("madoguchi@cable.example"));
        let to = mail.to().unwrap().first().unwrap();
        assert_eq!((to.name(), to.address()), (None, Some(TO)));
        assert_eq!(mail.date().unwrap().to_timestamp(), AT / 1000);
        let text = mail.body_text(0).unwrap().replace("\r\n", "\n");
        assert_eq!(text.trim_end(), TEXT.trim_end());
        assert_eq!(mail.body_html(0).unwrap().trim_end(), HTML);
        let shown = written.pictures.iter();
        let shown: Vec<_> = shown
            .map(|it| (it.content_id.clone(), it.png.clone()))
            .collect();
        assert_eq!(pictures(&mail), shown);
        assert_eq!(
            kinds(&mail),
            [
                "multipart/alternative",
                "text/plain",
                "multipart/related",
                "text/html",
                "image/png",
                "image/png"
            ]
        );
    }
    assert_eq!(server.mails(), 0, "another relay was given nothing");
}

#[tokio::test]
async fn a_mail_names_no_more_than_it_should_s21() {
    let server = Server::start(&json!({"credentials": [USER, PASSWORD]}));
    let relay = server.relay_told(USER, PASSWORD);
    let (first, _) = handed_over(&server, &relay, &notice(TO)).await;
    let (second, _) = handed_over(&server, &relay, &notice(TO)).await;
    let mail = read(&first);
    let mut names: Vec<&str> = mail.headers_raw().map(|(name, _)| name).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "Auto-Submitted",
            "Content-Type",
            "Date",
            "From",
            "MIME-Version",
            "Message-ID",
            "Subject",
            "To"
        ]
    );
    let id = mail.message_id().unwrap();
    assert!(id.ends_with("@cable.example"), "{id}");
    assert_ne!(Some(id), read(&second).message_id());
    let text = String::from_utf8(first.clone()).unwrap();
    let machine = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    for secret in [USER, PASSWORD, "lettre", "localhost", "127.0.0.1"] {
        // The sender's own address begins as the name told to the relay does.
        let elsewhere = text.replace("madoguchi@cable.example", "");
        assert!(!elsewhere.contains(secret), "{secret} in {elsewhere}");
    }
    let machine = machine.trim();
    assert!(machine.len() < 4 || !text.contains(machine), "{machine}");
}

#[tokio::test]
async fn a_header_holds_one_line_whatever_is_put_into_it_s21() {
    let server = Server::start(&json!({}));
    let mut mail = notice(TO);
    mail.subject = "件名\r\nBcc: other@home.example\r\n\r\nbody".to_owned();
    mail.from.name = Some("窓口\r\nReply-To: other@home.example".to_owned());
    mail.pictures[0].content_id = "row-1>\r\nX-Other: 1".to_owned();
    let (bytes, said) = handed_over(&server, &server.relay(), &mail).await;
    assert_eq!(said["to"], json!([TO]));
    let mail = read(&bytes);
    assert!(mail.bcc().is_none() && mail.reply_to().is_none());
    let subject: Vec<&str> = mail.subject().unwrap().split_whitespace().collect();
    assert_eq!(subject, ["件名", "Bcc:", "other@home.example", "body"]);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(!text.contains("X-Other:"), "{text}");
}

#[tokio::test]
async fn a_mail_without_pictures_is_text_and_html_s21() {
    let server = Server::start(&json!({}));
    let mut mail = notice(TO);
    mail.pictures.clear();
    // A line that is a dot alone would end the mail for whoever sends it as it is.
    mail.text = "Plain words.\n.\nMAIL FROM:<a@b.example>\n".to_owned();
    let (bytes, _) = handed_over(&server, &server.relay(), &mail).await;
    let read = read(&bytes);
    assert_eq!(
        kinds(&read),
        ["multipart/alternative", "text/plain", "text/html"]
    );
    let text = read.body_text(0).unwrap().replace("\r\n", "\n");
    assert_eq!(text.trim_end(), mail.text.trim_end());
}

#[tokio::test]
async fn a_name_outside_of_ascii_is_carried_where_the_relay_can_s21() {
    let server = Server::start(&json!({}));
    let address = "花子@home.example";
    let (bytes, said) = handed_over(&server, &server.relay(), &notice(address)).await;
    assert_eq!(said["to"], json!([address]));
    assert_eq!(said["options"], json!(["SMTPUTF8", "BODY=8BITMIME"]));
    let mail = read(&bytes);
    assert_eq!(mail.to().unwrap().first().unwrap().address(), Some(address));
    assert!(mail.subject().unwrap().starts_with("パスワードレス"));
}

#[tokio::test]
async fn a_domain_outside_of_ascii_goes_to_every_relay_s21() {
    let server = Server::start(&json!({"utf8": false}));
    let (bytes, said) = handed_over(&server, &server.relay(), &notice("hanako@例え.jp")).await;
    assert_eq!(said["to"], json!(["hanako@xn--r8jz45g.jp"]));
    assert_eq!(said["options"], json!([]));
    assert!(bytes.is_ascii());
}

#[tokio::test]
async fn a_relay_that_knows_no_plain_is_signed_in_by_login_n20() {
    let wants = json!({"credentials": [USER, "Word-7"], "not_by": ["PLAIN"]});
    let server = Server::start(&wants);
    let relay = server.relay_told(USER, "Word-7");
    let (_, said) = handed_over(&server, &relay, &notice(TO)).await;
    assert_eq!(said["signed_in"], json!(true));
}

#[tokio::test]
async fn the_station_calls_itself_as_the_site_wants_n20() {
    let server = Server::start(&json!({}));
    let relay = Relay::new(RelaySetup {
        hello: Some("counter.cable.example".to_owned()),
        ..server.setup(Encryption::StartTls)
    });
    let mut mail = notice(TO);
    mail.to = who(TO, Some("見本 花子"));
    let (bytes, said) = handed_over(&server, &relay.unwrap(), &mail).await;
    assert_eq!(said["hello"], json!("counter.cable.example"));
    let read = read(&bytes);
    assert_eq!(
        read.to().unwrap().first().unwrap().name(),
        Some("見本 花子")
    );
}
