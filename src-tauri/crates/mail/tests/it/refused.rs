//! What a real server refuses, and what is meant by that. Nothing refused is in its folder afterwards.

use mail::{Encryption, Relay, RelayError, RelayFlaw, RelaySetup, Reply};
use serde_json::{Value, json};

use crate::notice;
use crate::server::{PASSWORD, Server, Trust, USER};

const TO: &str = "hanako@home.example";

fn reply(code: u16, status: (u16, u16, u16)) -> Reply {
    Reply {
        code,
        status: Some(status),
    }
}

async fn refused(wants: &Value, expected: RelayError) {
    let server = Server::start(wants);
    let sent = server.relay().send(&notice(TO)).await;
    assert_eq!(sent, Err(expected), "{wants}");
    assert_eq!(server.mails(), 0, "{wants}");
}

#[tokio::test]
async fn each_no_is_told_from_the_others_n20() {
    use RelayError::{NotNow, RecipientRefused, Refused, SenderRefused, TooLarge};
    let to = |said: &str| json!({"recipients": {TO: said}});
    let unknown = to("550 5.1.1 hanako is unknown here");
    refused(&unknown, RecipientRefused(reply(550, (5, 1, 1)))).await;
    let relaying = to("554 5.7.1 Relay access denied");
    refused(&relaying, RecipientRefused(reply(554, (5, 7, 1)))).await;
    let later = to("451 4.7.1 Greylisted, come back in 300 seconds");
    refused(&later, NotNow(reply(451, (4, 7, 1)))).await;
    let sender = json!({"sender": "553 5.7.1 not yours"});
    refused(&sender, SenderRefused(reply(553, (5, 7, 1)))).await;
    let busy = json!({"sender": "421 4.3.2 closing"});
    refused(&busy, NotNow(reply(421, (4, 3, 2)))).await;
    let spam = json!({"mail": "550 5.7.1 looks like advertising"});
    refused(&spam, Refused(reply(550, (5, 7, 1)))).await;
    let full = json!({"mail": "452 4.3.1 no room"});
    refused(&full, NotNow(reply(452, (4, 3, 1)))).await;
    let large = json!({"most_bytes": 1000});
    let code = Reply {
        code: 552,
        status: None,
    };
    refused(&large, TooLarge(code)).await;
}

#[tokio::test]
async fn a_relay_without_tls_is_told_nothing_n20() {
    let wants = json!({"plain": true, "credentials": [USER, PASSWORD]});
    let server = Server::start(&wants);
    let relay = server.relay_told(USER, PASSWORD);
    let sent = relay.send(&notice(TO)).await;
    assert_eq!(sent, Err(RelayError::NotEncrypted));
    let implicit = Relay::new(server.setup(Encryption::Tls)).unwrap();
    let sent = implicit.send(&notice(TO)).await;
    assert_eq!(sent, Err(RelayError::NotEncrypted));
    assert_eq!(server.mails(), 0);
}

#[tokio::test]
async fn a_certificate_by_somebody_else_or_for_another_name_is_not_taken_n20() {
    for tls in [false, true] {
        let server = Server::start(&json!({"tls": tls}));
        let encryption = match tls {
            true => Encryption::Tls,
            false => Encryption::StartTls,
        };
        let setup = server.setup(encryption);
        let stranger = RelaySetup {
            extra_roots: vec![Trust::of("localhost").root],
            ..setup.clone()
        };
        let by_number = RelaySetup {
            host: "127.0.0.1".to_owned(),
            ..setup
        };
        for setup in [stranger, by_number] {
            let sent = Relay::new(setup).unwrap().send(&notice(TO)).await;
            assert_eq!(sent, Err(RelayError::Certificate), "tls {tls}");
        }
        assert_eq!(server.mails(), 0);
    }
}

#[tokio::test]
async fn who_sends_is_not_taken_n20() {
    use RelayError::{NoSignIn, NotNow, SignInRefused};
    let server = Server::start(&json!({"credentials": [USER, PASSWORD]}));
    for (user, password) in [(USER, "wrong"), ("other", PASSWORD)] {
        let sent = server.relay_told(user, password).send(&notice(TO)).await;
        assert_eq!(sent, Err(SignInRefused(reply(535, (5, 7, 8)))));
    }
    let untold = server.relay().send(&notice(TO)).await;
    assert_eq!(untold, Err(SignInRefused(reply(530, (5, 7, 0)))));
    assert_eq!(server.mails(), 0);
    let none = json!({"credentials": [USER, PASSWORD], "hides": ["AUTH"]});
    let server = Server::start(&none);
    let sent = server.relay_told(USER, PASSWORD).send(&notice(TO)).await;
    assert_eq!(sent, Err(NoSignIn));
    let later = json!({"credentials": [USER, PASSWORD], "sign_in": "454 4.7.0 not now"});
    let server = Server::start(&later);
    let sent = server.relay_told(USER, PASSWORD).send(&notice(TO)).await;
    assert_eq!(sent, Err(NotNow(reply(454, (4, 7, 0)))));
}

#[tokio::test]
async fn an_address_that_needs_more_than_the_relay_has_is_refused_here_s21() {
    let server = Server::start(&json!({"utf8": false}));
    let sent = server.relay().send(&notice("花子@home.example")).await;
    assert_eq!(sent, Err(RelayError::AsciiOnly));
    let sent = server.relay().send(&notice("no address")).await;
    assert_eq!(sent, Err(RelayError::NoAddress));
    assert_eq!(server.mails(), 0);
}

#[test]
fn a_setup_that_cannot_work_is_told_before_anything_is_sent_n20() {
    let setup = |host: &str, hello: Option<&str>| RelaySetup {
        host: host.to_owned(),
        port: 587,
        encryption: Encryption::StartTls,
        credentials: None,
        hello: hello.map(str::to_owned),
        extra_roots: vec![Trust::of("localhost").root],
    };
    let flaw = |host: &str, hello| Relay::new(setup(host, hello)).err();
    assert_eq!(flaw("smtp.example.com", None), None);
    assert_eq!(flaw("smtp.example.com", Some("counter.example.com")), None);
    for host in ["", "a b", "smtp.example.com:25", "https://smtp.example.com"] {
        assert_eq!(flaw(host, None), Some(RelayFlaw::Host), "{host}");
    }
    for hello in ["", "counter", "a b.example", "x\r\nMAIL FROM:<a@b.example>"] {
        let found = flaw("smtp.example.com", Some(hello));
        assert_eq!(found, Some(RelayFlaw::Hello), "{hello}");
    }
    let broken = RelaySetup {
        extra_roots: vec![vec![0x30, 0x00]],
        ..setup("smtp.example.com", None)
    };
    assert_eq!(Relay::new(broken).err(), Some(RelayFlaw::Tls));
}
