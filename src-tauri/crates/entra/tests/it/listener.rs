//! The loopback listener under junk (O4, O6–O8): whatever comes, it waits for the one right answer, and it
//! is gone afterwards.

use std::time::{Duration, Instant};

use entra::{PendingSignIn, RedirectHost, SignInErrorKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::fixture::{Issuer, LIMIT, Script, get, parameter, port, raw, registration};

async fn waiting() -> (Issuer, PendingSignIn, u16) {
    let issuer = Issuer::start(Script::default()).await;
    let pending = issuer.client().begin_sign_in(None).await.unwrap();
    let port = port(&pending);
    (issuer, pending, port)
}

/// Whether nobody listens there, or soon nobody: another test's listener may have been given the same port.
async fn closed(port: u16) -> bool {
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(20) {
        let v4 = TcpStream::connect(("127.0.0.1", port)).await.is_err();
        let v6 = TcpStream::connect(("::1", port)).await.is_err();
        if v4 && v6 {
            return true;
        }
        tokio::task::yield_now().await;
    }
    false
}

/// Name, bytes, and the status to answer with; each a way not to be the answer.
fn junk(port: u16, state: &str) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let host = format!("Host: localhost:{port}\r\n");
    let right = format!("code=x&state={state}");
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    [
        ("favicon", format!("GET /favicon.ico HTTP/1.1\r\n{host}\r\n"), "404"),
        ("no parameters", format!("GET / HTTP/1.1\r\n{host}\r\n"), "400"),
        ("no state", format!("GET /?code=x HTTP/1.1\r\n{host}\r\n"), "400"),
        ("wrong state", format!("GET /?code=x&state=wrong HTTP/1.1\r\n{host}\r\n"), "400"),
        ("empty state", format!("GET /?code=x&state= HTTP/1.1\r\n{host}\r\n"), "400"),
        ("half the state", format!("GET /?code=x&state={} HTTP/1.1\r\n{host}\r\n", &state[..20]), "400"),
        ("error without state", format!("GET /?error=access_denied HTTP/1.1\r\n{host}\r\n"), "400"),
        ("error with wrong state", format!("GET /?error=access_denied&state=w HTTP/1.1\r\n{host}\r\n"), "400"),
        ("state twice", format!("GET /?{right}&state={state} HTTP/1.1\r\n{host}\r\n"), "400"),
        ("code twice", format!("GET /?{right}&code=y HTTP/1.1\r\n{host}\r\n"), "400"),
        ("code and error", format!("GET /?{right}&error=access_denied HTTP/1.1\r\n{host}\r\n"), "400"),
        ("neither code nor error", format!("GET /?state={state} HTTP/1.1\r\n{host}\r\n"), "400"),
        ("empty code", format!("GET /?code=&state={state} HTTP/1.1\r\n{host}\r\n"), "400"),
        ("another path", format!("GET /callback?{right} HTTP/1.1\r\n{host}\r\n"), "404"),
        ("absolute target", format!("GET http://localhost:{port}/?{right} HTTP/1.1\r\n{host}\r\n"), "404"),
        ("no host", format!("GET /?{right} HTTP/1.1\r\n\r\n"), "421"),
        ("another host", format!("GET /?{right} HTTP/1.1\r\nHost: evil.example\r\n\r\n"), "421"),
        ("another port", format!("GET /?{right} HTTP/1.1\r\nHost: localhost:1\r\n\r\n"), "421"),
        ("the literal", format!("GET /?{right} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"), "421"),
        ("two hosts", format!("GET /?{right} HTTP/1.1\r\n{host}Host: evil.example\r\n\r\n"), "400"),
        ("HEAD", format!("HEAD /?{right} HTTP/1.1\r\n{host}\r\n"), "405"),
        ("OPTIONS", format!("OPTIONS /?{right} HTTP/1.1\r\n{host}\r\n"), "405"),
        ("PUT", format!("PUT /?{right} HTTP/1.1\r\n{host}\r\n"), "405"),
        ("lower case method", format!("get /?{right} HTTP/1.1\r\n{host}\r\n"), "405"),
        ("HTTP/2.0", format!("GET /?{right} HTTP/2.0\r\n{host}\r\n"), "400"),
        ("four words", format!("GET /?{right} x HTTP/1.1\r\n{host}\r\n"), "400"),
        ("header without colon", format!("GET /?{right} HTTP/1.1\r\n{host}planted\r\n\r\n"), "400"),
        ("GET with a body", format!("GET /?{right} HTTP/1.1\r\n{host}Content-Length: 1\r\n\r\nx"), "400"),
        ("POST as JSON", format!("POST / HTTP/1.1\r\n{host}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"), "400"),
        ("POST in chunks", format!("POST / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n"), "400"),
        ("two lengths", format!("POST / HTTP/1.1\r\n{host}Content-Length: 1\r\nContent-Length: 2\r\n\r\n"), "400"),
        ("signed length", format!("POST / HTTP/1.1\r\n{host}Content-Length: +1\r\n\r\n"), "400"),
        ("huge length", format!("POST / HTTP/1.1\r\n{host}{form}Content-Length: 999999999\r\n\r\n"), "413"),
        ("absurd length", format!("POST / HTTP/1.1\r\n{host}Content-Length: 99999999999999999999999\r\n\r\n"), "400"),
        ("state in the query of a POST", format!("POST /?{right} HTTP/1.1\r\n{host}{form}Content-Length: 0\r\n\r\n"), "400"),
        ("huge head", format!("GET /?{right}&x={} HTTP/1.1\r\n{host}\r\n", "x".repeat(9000)), "413"),
        ("many headers", format!("GET /?{right} HTTP/1.1\r\n{}{host}\r\n", "A: b\r\n".repeat(2000)), "413"),
        ("pipelined", format!("GET /a HTTP/1.1\r\n{host}\r\nGET /?{right} HTTP/1.1\r\n{host}\r\n"), "404"),
    ]
    .into_iter()
    .map(|(name, text, status)| (name, text.into_bytes(), status))
    .chain([
        ("TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(), "400"),
        ("binary", (0..=255).cycle().take(600).chain(*b"\r\n\r\n").collect(), "400"),
        ("blank", b"\r\n\r\n".to_vec(), "400"),
    ])
    .collect()
}

#[tokio::test]
async fn junk_never_ends_the_wait() {
    let (issuer, pending, port) = waiting().await;
    let state = parameter(&pending, "state");
    let right = format!("code=x&state={state}");
    let browser = async {
        for (name, request, status) in junk(port, &state) {
            let reply = raw(port, &request).await;
            // A peer that still sends when the connection ends may lose the reply.
            assert!(
                reply.is_empty() || reply.starts_with(&format!("HTTP/1.1 {status}")),
                "{name}: {reply}"
            );
            assert!(
                !reply.is_empty() || status == "413" || name == "binary",
                "{name} got no reply"
            );
            assert!(
                !reply.contains(&state) && !reply.contains("planted"),
                "{name}: nothing is reflected"
            );
        }
        get(port, &right).await
    };
    let (outcome, page) = tokio::join!(pending.finish(LIMIT), browser);
    // The exchange took place, with a nonce nobody told to the issuer.
    assert!(matches!(
        outcome.err().unwrap().kind,
        SignInErrorKind::TokenInvalid(_)
    ));
    assert_eq!(issuer.fake.seen("/token").len(), 1);
    for expected in [
        "HTTP/1.1 200",
        "Cache-Control: no-store",
        "このタブを閉じて",
        "close this tab",
        "Connection: close",
        "font-src data:;",
        // The beginning of a woff2 file.
        "src: url(data:font/woff2;base64,d09GMg",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    for unwanted in [
        "Access-Control",
        "Set-Cookie",
        "<script",
        "http://",
        "https://",
    ] {
        assert!(!page.contains(unwanted), "{unwanted} in {page}");
    }
    assert!(closed(port).await);
}

/// W8: what other programs on this machine left in the browser is passed over, in one header or in many.
#[tokio::test]
async fn cookies_of_other_programs_do_not_end_a_sign_in_w8() {
    let cookie = |length: usize| format!("Cookie: other={}\r\n", "x".repeat(length));
    for others in [
        cookie(9_000),
        cookie(100_000),
        cookie(700_000),
        cookie(4_000).repeat(20),
        format!("{}X-Other: {}\r\n", cookie(8_192), "y".repeat(20_000)),
        "Cookie: a:b\r\nSec-Fetch-Site: cross-site\r\n".to_owned(),
    ] {
        for first in [true, false] {
            let (issuer, pending, port) = waiting().await;
            let state = parameter(&pending, "state");
            let host = format!("Host: localhost:{port}\r\n");
            let headers = match first {
                true => format!("{others}{host}"),
                false => format!("{host}{others}"),
            };
            let request = format!("GET /?code=x&state={state} HTTP/1.1\r\n{headers}\r\n");
            let browser = raw(port, request.as_bytes());
            let (_, page) = tokio::join!(pending.finish(LIMIT), browser);
            assert!(page.starts_with("HTTP/1.1 200"), "{page}");
            assert_eq!(issuer.fake.seen("/token").len(), 1, "{}", others.len());
        }
    }
}

/// W8: the same where the answer comes as a form, and a code of its own length is still ours to count.
#[tokio::test]
async fn cookies_beside_a_form_do_not_end_a_sign_in_w8() {
    let (issuer, pending, port) = waiting().await;
    let body = format!("code=x&state={}", parameter(&pending, "state"));
    let request = format!(
        "POST / HTTP/1.1\r\nCookie: {}\r\nHost: localhost:{port}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        "x".repeat(50_000),
        body.len()
    );
    let (_, page) = tokio::join!(pending.finish(LIMIT), raw(port, request.as_bytes()));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert_eq!(issuer.fake.seen("/token").len(), 1);
}

/// W8: whatever is refused has a page that says what is wrong and what to do, in both languages, and loads nothing.
#[tokio::test]
async fn every_refusal_has_a_page_that_says_what_to_do_w8() {
    let (_issuer, pending, port) = waiting().await;
    let state = parameter(&pending, "state");
    let waits = tokio::spawn(pending.finish(LIMIT));
    let mut seen = std::collections::BTreeSet::new();
    for (name, request, _) in junk(port, &state) {
        let reply = raw(port, &request).await;
        if reply.is_empty() {
            continue;
        }
        let (head, page) = reply.split_once("\r\n\r\n").unwrap();
        for expected in [
            "<html lang=\"ja\">",
            "<div lang=\"en\">",
            "窓口の画面",
            "counter’s screen",
        ] {
            assert!(page.contains(expected), "{name}: {expected} in {page}");
        }
        for unwanted in ["{", "<script", "http://", "https://", state.as_str()] {
            let text = page.rsplit_once("</style>").unwrap().1;
            assert!(!text.contains(unwanted), "{name}: {unwanted} in {text}");
        }
        assert!(head.contains("no-store"), "{name}: {head}");
        seen.insert(head.split(' ').nth(1).unwrap().to_owned());
    }
    let all: Vec<&str> = seen.iter().map(String::as_str).collect();
    assert_eq!(all, ["400", "404", "405", "413", "421"]);
    waits.abort();
}

#[tokio::test]
async fn idle_connections_do_not_keep_the_browser_out() {
    let (issuer, pending, port) = waiting().await;
    let right = format!("code=x&state={}", parameter(&pending, "state"));
    let browser = async {
        let mut idle = Vec::new();
        for number in 0..80 {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            if number % 2 == 0 {
                stream.write_all(b"GET /?code=x").await.unwrap();
            }
            idle.push(stream);
        }
        (get(port, &right).await, idle)
    };
    let (outcome, (page, _idle)) = tokio::join!(pending.finish(LIMIT), browser);
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(outcome.is_err());
    assert_eq!(issuer.fake.seen("/token").len(), 1);
    assert!(closed(port).await);
}

#[tokio::test]
async fn a_request_may_come_byte_by_byte() {
    let (issuer, pending, port) = waiting().await;
    let state = parameter(&pending, "state");
    let request = format!("GET /?code=x&state={state} HTTP/1.1\r\nHost: LOCALHOST:{port}\r\n\r\n");
    let browser = async {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        stream.set_nodelay(true).unwrap();
        for byte in request.bytes() {
            stream.write_all(&[byte]).await.unwrap();
            tokio::task::yield_now().await;
        }
        let mut reply = String::new();
        stream.read_to_string(&mut reply).await.unwrap();
        reply
    };
    let (_, page) = tokio::join!(pending.finish(LIMIT), browser);
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert_eq!(issuer.fake.seen("/token").len(), 1);
}

#[tokio::test]
async fn a_form_post_is_an_answer_too() {
    let (issuer, pending, port) = waiting().await;
    let body = format!("code=a%2Bb&state={}", parameter(&pending, "state"));
    let request = format!(
        "POST / HTTP/1.1\r\nhost: localhost:{port}\r\ncontent-type: application/x-www-form-urlencoded; charset=utf-8\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let (_, page) = tokio::join!(pending.finish(LIMIT), raw(port, request.as_bytes()));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert_eq!(
        issuer.fake.seen("/token")[0].form("code").as_deref(),
        Some("a+b")
    );
}

#[tokio::test]
async fn one_answer_is_taken() {
    let (issuer, pending, port) = waiting().await;
    let right = format!("code=x&state={}", parameter(&pending, "state"));
    let both = async { tokio::join!(get_if_open(port, &right), get_if_open(port, &right)) };
    let (_, (first, second)) = tokio::join!(pending.finish(LIMIT), both);
    let taken = [&first, &second]
        .iter()
        .filter(|reply| reply.starts_with("HTTP/1.1 200"))
        .count();
    assert_eq!(taken, 1, "{first} {second}");
    assert_eq!(issuer.fake.seen("/token").len(), 1);
}

async fn get_if_open(port: u16, query: &str) -> String {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)).await else {
        return String::new();
    };
    let request = format!("GET /?{query} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    let _sent = stream.write_all(request.as_bytes()).await;
    let mut reply = String::new();
    let _read = stream.read_to_string(&mut reply).await;
    reply
}

#[tokio::test]
async fn the_port_closes_when_time_is_up_and_when_dropped() {
    let (_issuer, pending, port) = waiting().await;
    let outcome = pending.finish(Duration::from_millis(1)).await;
    assert_eq!(outcome.err().unwrap().kind, SignInErrorKind::TimedOut);
    assert!(closed(port).await);

    let (_issuer, pending, port) = waiting().await;
    drop(pending);
    assert!(closed(port).await);

    let (_issuer, pending, port) = waiting().await;
    let finish = tokio::spawn(pending.finish(LIMIT));
    let mut held = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    finish.abort();
    assert!(finish.await.unwrap_err().is_cancelled());
    assert!(closed(port).await);
    let mut rest = Vec::new();
    let ended = held.read_to_end(&mut rest).await;
    assert!(
        ended.is_err() || rest.is_empty(),
        "an open connection ends too"
    );
}

// O6: loopback literals only; ::1 where this machine has it.
#[tokio::test]
async fn it_listens_on_loopback_only() {
    let has_v6 = tokio::net::TcpListener::bind("[::1]:0").await.is_ok();
    for (host, v6) in [
        (RedirectHost::Localhost, has_v6),
        (RedirectHost::Loopback, false),
    ] {
        let issuer = Issuer::start(Script::default()).await;
        let app = entra::AppRegistration {
            redirect_host: host,
            ..registration()
        };
        let pending = issuer.client_with(app).begin_sign_in(None).await.unwrap();
        let port = port(&pending);
        assert!(TcpStream::connect(("127.0.0.1", port)).await.is_ok());
        assert_eq!(
            TcpStream::connect(("::1", port)).await.is_ok(),
            v6,
            "{host:?}"
        );
        assert!(
            TcpStream::connect(("127.0.0.2", port)).await.is_err(),
            "not on all interfaces"
        );
    }
}
