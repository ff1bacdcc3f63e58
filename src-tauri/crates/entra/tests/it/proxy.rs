//! Which way requests go: by the proxy that was chosen, by the environment's where that is heard, or straight.

use std::process::Command;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use entra::{Client, Endpoints, GraphErrorKind, Proxy, ProxyCredentials, SignInErrorKind};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use crate::fixture::{Issuer, Script, registration};

/// An address of this machine that is no exception for a proxy, and where nobody listens.
const SERVICE: &str = "https://[::1]:1";
/// What a child is to do, and that it is one.
const CHILD: &str = "ENTRA_TEST_PROXY";

/// A proxy that writes down what it is asked for and lets nobody through.
async fn refusing() -> (String, Arc<Mutex<Vec<String>>>) {
    answering("403 Forbidden").await
}

/// The same with this answer.
async fn answering(status: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = BufReader::new(stream);
            let mut line = String::new();
            let _ = stream.read_line(&mut line).await;
            heard.lock().unwrap().push(line.trim().to_owned());
            let answer = format!("HTTP/1.1 {status}\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (address, asked)
}

/// Asks for the tenant's sign-in page, which never comes.
async fn ask(proxy: &Proxy) -> SignInErrorKind {
    let endpoints = Endpoints {
        authority: SERVICE.parse().unwrap(),
        graph: format!("{SERVICE}/v1.0").parse().unwrap(),
        extra_root_pem: None,
    };
    let client = Client::behind(proxy, endpoints, registration()).unwrap();
    client.begin_sign_in(None).await.err().unwrap().kind
}

#[tokio::test]
async fn t9_requests_go_through_the_proxy_that_is_configured() {
    let (address, asked) = refusing().await;
    let proxy = |except: &[&str]| Proxy::At {
        address: address.parse().unwrap(),
        except: except.iter().map(|host| (*host).to_owned()).collect(),
        credentials: None,
    };
    assert_eq!(ask(&proxy(&["::1"])).await, SignInErrorKind::Offline);
    assert!(
        asked.lock().unwrap().is_empty(),
        "an exception goes straight"
    );
    assert_eq!(ask(&proxy(&[])).await, SignInErrorKind::NetworkRefused);
    assert_eq!(asked.lock().unwrap()[0], "CONNECT [::1]:1 HTTP/1.1");
}

/// W6: a proxy that opens no way is said to be one, and what it wants.
#[tokio::test]
async fn a_proxy_that_opens_no_way_is_named_w6() {
    for (status, kind) in [
        ("403 Forbidden", SignInErrorKind::NetworkRefused),
        ("502 Bad Gateway", SignInErrorKind::NetworkRefused),
        ("302 Found", SignInErrorKind::NetworkRefused),
        (
            "407 Proxy Authentication Required",
            SignInErrorKind::ProxyWantsSignIn,
        ),
    ] {
        let (address, _asked) = answering(status).await;
        let proxy = Proxy::At {
            address: address.parse().unwrap(),
            except: Vec::new(),
            credentials: None,
        };
        assert_eq!(ask(&proxy).await, kind, "{status}");
    }
}

/// W6: the line behind a proxy may be down for a moment only, so that a read is tried once more. A proxy that wants
/// to know who asks would say the same again.
#[tokio::test]
async fn a_read_that_a_proxy_opens_no_way_for_is_tried_once_more_w6() {
    use GraphErrorKind::{NetworkRefused, ProxyWantsSignIn};
    for (status, kind, tries) in [
        ("503 Service Unavailable", NetworkRefused, 2),
        ("504 Gateway Timeout", NetworkRefused, 2),
        ("407 Proxy Authentication Required", ProxyWantsSignIn, 1),
    ] {
        let (address, asked) = answering(status).await;
        let proxy = Proxy::At {
            address: address.parse().unwrap(),
            except: vec!["127.0.0.1".to_owned()],
            credentials: None,
        };
        // The sign-in stays on this machine, and what is read does not.
        let issuer = Issuer::start(Script::default()).await;
        let endpoints = Endpoints {
            graph: "https://graph.example/v1.0".parse().unwrap(),
            ..issuer.endpoints()
        };
        let client = Client::behind(&proxy, endpoints, registration()).unwrap();
        let session = issuer.sign_in(&client).await.unwrap().session;
        assert!(asked.lock().unwrap().is_empty(), "{status}");
        let error = session.my_roles().await.unwrap_err();
        assert_eq!(error.kind, kind, "{status}");
        assert_eq!(asked.lock().unwrap().len(), tries, "{status}");
    }
}

/// A proxy that opens a way for this name and password alone, and writes down every head it was sent.
async fn wanting(user: &str, password: &str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let wanted = STANDARD.encode(format!("{user}:{password}"));
    let wanted = format!("proxy-authorization: basic {wanted}").to_lowercase();
    let heads = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&heads);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = BufReader::new(stream);
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") && stream.read_line(&mut head).await.unwrap() > 0 {}
            let answer = match head.to_lowercase().contains(&wanted) {
                // The way is open; nobody is at its end.
                true => "HTTP/1.1 200 Connection established\r\n\r\n",
                false => {
                    "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"x\"\r\n\r\n"
                }
            };
            heard.lock().unwrap().push(head);
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (address, heads)
}

/// A proxy that wants to know who asks is told what was laid down for it. What it does not take is said to be that, and
/// nobody at its end ever hears it.
#[tokio::test]
async fn a_proxy_is_told_who_asks_w6() {
    let (address, heads) = wanting("counter", "Grüße&7").await;
    let plain = Proxy::At {
        address: address.parse().unwrap(),
        except: Vec::new(),
        credentials: None,
    };
    let told = |user, password| {
        let credentials = ProxyCredentials::new(user, password).unwrap();
        assert_eq!(format!("{credentials:?}"), "ProxyCredentials(..)");
        plain.clone().told(credentials)
    };
    assert_eq!(ask(&plain).await, SignInErrorKind::ProxyWantsSignIn);
    for wrong in [told("counter", "other"), told("other", "Grüße&7")] {
        assert_eq!(ask(&wrong).await, SignInErrorKind::ProxyRejects);
    }
    heads.lock().unwrap().clear();
    // Through the proxy, and nobody is there.
    let right = ask(&told("counter", "Grüße&7")).await;
    assert!(
        matches!(right, SignInErrorKind::Offline | SignInErrorKind::Tls),
        "{right:?}"
    );
    assert!(heads.lock().unwrap()[0].starts_with("CONNECT [::1]:1 "));
    for (user, password) in [
        ("", "p"),
        ("u", ""),
        ("a:b", "p"),
        ("u", "p\n"),
        ("u\r", "p"),
    ] {
        assert_eq!(ProxyCredentials::new(user, password), None, "{user:?}");
    }
}

/// T6, T9: what a kiosk goes straight to is not turned by a line of a `.profile`; a desk hears it.
#[tokio::test]
async fn t6_a_proxy_of_the_environment_is_heard_on_a_desk_alone() {
    const NAME: &str = "proxy::t6_a_proxy_of_the_environment_is_heard_on_a_desk_alone";
    match std::env::var(CHILD).as_deref() {
        Ok("straight") => {
            ask(&Proxy::None).await;
            return;
        }
        Ok(_) => {
            ask(&Proxy::OfTheEnvironment).await;
            return;
        }
        Err(_) => {}
    }
    for (task, heard) in [("straight", false), ("environment", true)] {
        let (address, asked) = refusing().await;
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", NAME]).env(CHILD, task);
        for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
            command.env(name, &address);
        }
        command.env_remove("NO_PROXY").env_remove("no_proxy");
        let ended = tokio::task::spawn_blocking(move || command.output().unwrap());
        assert!(ended.await.unwrap().status.success(), "{task}");
        assert_eq!(!asked.lock().unwrap().is_empty(), heard, "{task}");
    }
}
