//! Relays of our own that say nothing, too much, or the wrong thing at the wrong time.

use std::sync::Arc;

use mail::{Encryption, Relay, RelayError, RelaySetup};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpSocket};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::notice;
use crate::server::{Trust, told};

const TO: &str = "hanako@home.example";
const HELLO: &str = "250-relay.example\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n";
const READY: &str = "220 go ahead\r\n";

/// What a relay answers to each line it is sent, the greeting first; after the last it says nothing more.
type Lines = &'static [&'static str];

/// A relay that follows a script before TLS, and another over it.
struct Script {
    relay: Relay,
    heard: tokio::task::JoinHandle<Vec<String>>,
}

fn relay(port: u16, trust: &Trust) -> Relay {
    let relay = Relay::new(RelaySetup {
        host: "localhost".to_owned(),
        port,
        encryption: Encryption::StartTls,
        credentials: Some(told("madoguchi", "Word-7")),
        hello: None,
        extra_roots: vec![trust.root.clone()],
    });
    relay.unwrap()
}

impl Script {
    async fn start(before: Lines, over: Lines) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let trust = Trust::of("localhost");
        let relay = relay(port, &trust);
        let acceptor = acceptor(&trust);
        let heard = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut heard = Vec::new();
            let stream = follow(stream, before, &mut heard).await;
            if !over.is_empty()
                && let Ok(stream) = acceptor.accept(stream).await
            {
                follow(stream, over, &mut heard).await;
            }
            heard
        });
        Self { relay, heard }
    }

    /// What came of a mail, and what the relay heard.
    async fn given(self) -> (Result<(), RelayError>, Vec<String>) {
        let sent = self.relay.send(&notice(TO)).await;
        let heard = self.heard.await.unwrap();
        tokio::time::resume();
        (sent, heard)
    }
}

fn acceptor(trust: &Trust) -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(trust.certificate.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(trust.key.as_bytes()).unwrap();
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key);
    TlsAcceptor::from(Arc::new(config.unwrap()))
}

/// Says a line, hears one, and so on. A script that ends leaves the other side waiting until it goes; virtual time runs
/// from then on.
async fn follow<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    lines: Lines,
    heard: &mut Vec<String>,
) -> S {
    let mut stream = BufReader::new(stream);
    for (place, line) in lines.iter().enumerate() {
        stream.write_all(line.as_bytes()).await.unwrap();
        stream.flush().await.unwrap();
        if lines.get(place + 1).is_some() && !hears(&mut stream, heard).await {
            break;
        }
        if line.ends_with(READY) {
            return stream.into_inner();
        }
    }
    tokio::time::pause();
    while hears(&mut stream, heard).await {}
    stream.into_inner()
}

async fn hears<S: AsyncRead + Unpin>(stream: &mut BufReader<S>, heard: &mut Vec<String>) -> bool {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.unwrap_or(0);
    heard.push(line.trim_end().to_owned());
    read > 0
}

const PLAIN: Lines = &["220 relay.example\r\n", HELLO, READY];

#[tokio::test]
async fn silence_before_the_mail_is_no_answer_n20() {
    let silent: [(Lines, Lines); 4] = [
        (&[], &[]),
        (&["220 relay.example\r\n"], &[]),
        (PLAIN, &[HELLO]),
        (PLAIN, &[HELLO, "235 good\r\n", "250 good\r\n"]),
    ];
    for (before, over) in silent {
        let (sent, heard) = Script::start(before, over).await.given().await;
        assert_eq!(sent, Err(RelayError::NoAnswer), "{heard:?}");
    }
}

const UNTIL_MAIL: Lines = &[
    HELLO,
    "235 good\r\n",
    "250 good\r\n",
    "250 good\r\n",
    "354 go on\r\n",
];

#[tokio::test]
async fn silence_after_the_mail_leaves_it_uncertain_and_it_is_sent_once_n20() {
    let (sent, heard) = Script::start(PLAIN, UNTIL_MAIL).await.given().await;
    assert_eq!(sent, Err(RelayError::Uncertain), "{heard:?}");
    let mails = heard.iter().filter(|line| line.starts_with("MAIL FROM:"));
    assert_eq!(mails.count(), 1);
    assert!(heard.contains(&".".to_owned()), "it was there as a whole");
}

/// Only 250 says that the mail was taken.
#[tokio::test]
async fn another_yes_after_the_mail_leaves_it_uncertain_n20() {
    for (last, handed_over) in [
        ("250 good\r\n", Ok(())),
        ("200 OK\r\n", Err(RelayError::Uncertain)),
        ("251 fine\r\n", Err(RelayError::Uncertain)),
        ("221 closing\r\n", Err(RelayError::Uncertain)),
    ] {
        let all: &'static [&'static str] = [UNTIL_MAIL, &[last]].concat().leak();
        let (sent, heard) = Script::start(PLAIN, all).await.given().await;
        assert_eq!(sent, handed_over, "{last}: {heard:?}");
    }
}

#[tokio::test]
async fn an_answer_of_the_wrong_kind_is_none_n20() {
    const DONE_TOO_SOON: Lines = &[
        HELLO,
        "235 good\r\n",
        "250 good\r\n",
        "250 good\r\n",
        "250 good\r\n",
    ];
    let (sent, heard) = Script::start(PLAIN, DONE_TOO_SOON).await.given().await;
    assert_eq!(sent, Err(RelayError::NoAnswer));
    let words = heard.iter().any(|line| line.starts_with("Subject:"));
    assert!(!words, "a mail is no list of commands: {heard:?}");
}

#[tokio::test]
async fn what_is_put_behind_the_go_ahead_is_not_heard_over_tls_n20() {
    const PUT: &str = "220 go ahead\r\n250-relay.example\r\n250 AUTH PLAIN\r\n235 good\r\n";
    let script = Script::start(&["220 relay.example\r\n", HELLO, PUT], &[]).await;
    let (sent, heard) = script.given().await;
    assert_eq!(sent, Err(RelayError::NotEncrypted), "{heard:?}");
    let told = heard.iter().any(|line| line.starts_with("AUTH"));
    assert!(!told, "{heard:?}");
}

#[tokio::test]
async fn what_is_no_smtp_is_no_answer_n20() {
    let web: Lines = &["HTTP/1.1 400 Bad Request\r\n\r\n"];
    let (sent, _) = Script::start(web, &[]).await.given().await;
    assert_eq!(sent, Err(RelayError::NoAnswer));
}

#[tokio::test]
async fn a_greeting_that_refuses_is_a_refusal_n20() {
    let busy: Lines = &["421 4.3.2 too many connections\r\n"];
    let (sent, _) = Script::start(busy, &[]).await.given().await;
    assert!(
        matches!(sent, Err(RelayError::NotNow(reply)) if reply.code == 421),
        "{sent:?}"
    );
    let never: Lines = &["554 5.7.1 your network is not served\r\n"];
    let (sent, _) = Script::start(never, &[]).await.given().await;
    assert!(
        matches!(sent, Err(RelayError::Refused(reply)) if reply.code == 554),
        "{sent:?}"
    );
}

#[tokio::test]
async fn a_relay_that_nobody_runs_is_not_reached_n20() {
    // Bound, so that nobody else gets it, and not listened at.
    let held = TcpSocket::new_v4().unwrap();
    held.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let relay = relay(held.local_addr().unwrap().port(), &Trust::of("localhost"));
    assert_eq!(relay.send(&notice(TO)).await, Err(RelayError::NotReached));
}
