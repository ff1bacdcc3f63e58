//! The fake issuer: authority and Graph on one fake server, correct until a test changes an answer.

use std::error::Error;
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use entra::{
    AppRegistration, Client, Endpoints, PendingSignIn, Prompt, RedirectHost, Session, SignInError,
    SignedIn,
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::fake::{DATE_S, Fake, Reply, Seen};
use crate::keys;

pub(crate) const TENANT: &str = "5f2b1c0e-7a53-4a0e-9d0f-1d2c3b4a5968";
pub(crate) const CLIENT: &str = "0c9f3d1a-2b4c-4d5e-8f60-718293a4b5c6";
pub(crate) const OPERATOR: &str = "aaaaaaaa-0000-4000-8000-00000000000a";
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

type Answer = Box<dyn Fn(&Issue, &Seen) -> Reply + Send + Sync>;

/// What the issuer answers. Everything is changeable, also while it runs.
pub(crate) struct Script {
    pub(crate) discovery: Answer,
    pub(crate) keys: Answer,
    pub(crate) token: Answer,
    pub(crate) graph: Answer,
}

/// What an answer may need to know.
#[derive(Clone, Default)]
pub(crate) struct Issue {
    pub(crate) root: String,
    pub(crate) nonce: String,
    /// Counts token answers, so that each has tokens of its own.
    pub(crate) number: usize,
}

pub(crate) struct Issuer {
    pub(crate) fake: Fake,
    pub(crate) script: Arc<Mutex<Script>>,
    issue: Arc<Mutex<Issue>>,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            discovery: Box::new(|issue, _| Reply::json(200, document(issue))),
            keys: Box::new(|_, _| Reply::json(200, json!({"keys": [keys::ours().jwk()]}))),
            token: Box::new(|issue, _| Reply::json(200, tokens(issue))),
            graph: Box::new(|_, _| {
                Reply::error(404, "Request_ResourceNotFound", "planted-message")
            }),
        }
    }
}

impl Issuer {
    pub(crate) async fn start(script: Script) -> Self {
        let script = Arc::new(Mutex::new(script));
        let issue = Arc::new(Mutex::new(Issue::default()));
        let (answers, state) = (Arc::clone(&script), Arc::clone(&issue));
        let fake = Fake::start(Arc::new(move |seen| {
            let script = answers.lock().unwrap();
            let mut state = state.lock().unwrap();
            let answer = match seen.target.as_str() {
                target if target.ends_with("/openid-configuration") => &script.discovery,
                target if target.ends_with("/keys") => &script.keys,
                target if target.ends_with("/token") => {
                    state.number += 1;
                    &script.token
                }
                _ => &script.graph,
            };
            answer(&state, seen)
        }))
        .await;
        issue.lock().unwrap().root = fake.root();
        Self {
            fake,
            script,
            issue,
        }
    }

    pub(crate) fn client(&self) -> Client {
        self.client_with(registration())
    }

    pub(crate) fn client_with(&self, app: AppRegistration) -> Client {
        Client::new(self.endpoints(), app).unwrap()
    }

    pub(crate) fn endpoints(&self) -> Endpoints {
        Endpoints {
            authority: self.fake.root().parse().unwrap(),
            graph: format!("{}/v1.0", self.fake.root()).parse().unwrap(),
            extra_root_pem: None,
        }
    }

    /// A whole sign-in: what the issuer's page would send the browser back with, sent.
    pub(crate) async fn sign_in(&self, client: &Client) -> Result<SignedIn, SignInError> {
        let pending = client.begin_sign_in(None).await?;
        self.finish(pending).await
    }

    pub(crate) async fn finish(&self, pending: PendingSignIn) -> Result<SignedIn, SignInError> {
        self.issue.lock().unwrap().nonce = parameter(&pending, "nonce");
        let answer = format!("code=planted-code&state={}", parameter(&pending, "state"));
        let port = port(&pending);
        let (finished, _page) = tokio::join!(pending.finish(LIMIT), get(port, &answer));
        finished
    }

    pub(crate) async fn session(&self) -> Session {
        self.sign_in(&self.client()).await.unwrap().session
    }

    pub(crate) fn answer_graph(&self, answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) {
        self.script.lock().unwrap().graph = Box::new(move |_, seen| answer(seen));
    }

    pub(crate) fn answer_token(&self, answer: impl Fn(&Issue) -> Reply + Send + Sync + 'static) {
        self.script.lock().unwrap().token = Box::new(move |issue, _| answer(issue));
    }
}

pub(crate) fn registration() -> AppRegistration {
    AppRegistration {
        tenant: TENANT.to_owned(),
        client_id: CLIENT.to_owned(),
        scopes: vec![
            "User.Read.All".to_owned(),
            "UserAuthMethod-TAP.ReadWrite.All".to_owned(),
        ],
        redirect_host: RedirectHost::Localhost,
        refresh: true,
        prompt: Prompt::Login,
    }
}

pub(crate) fn document(issue: &Issue) -> Value {
    let root = &issue.root;
    json!({
        "issuer": format!("{root}/{TENANT}/v2.0"),
        "authorization_endpoint": format!("{root}/{TENANT}/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{root}/{TENANT}/oauth2/v2.0/token"),
        "jwks_uri": format!("{root}/{TENANT}/discovery/v2.0/keys"),
    })
}

/// A good token answer.
pub(crate) fn tokens(issue: &Issue) -> Value {
    tokens_with(issue, &keys::ours().sign(&header(), &claims(issue)))
}

pub(crate) fn tokens_with(issue: &Issue, id_token: &str) -> Value {
    json!({
        "token_type": "Bearer",
        "scope": "User.Read.All openid profile",
        "expires_in": 3600,
        "ext_expires_in": 3600,
        "access_token": format!("planted-access-{}", issue.number),
        "refresh_token": format!("planted-refresh-{}", issue.number),
        "id_token": id_token,
    })
}

pub(crate) fn header() -> Value {
    json!({"typ": "JWT", "alg": "RS256", "kid": keys::ours().kid})
}

pub(crate) fn claims(issue: &Issue) -> Value {
    json!({
        "iss": format!("{}/{TENANT}/v2.0", issue.root),
        "aud": CLIENT, "tid": TENANT, "oid": OPERATOR, "sub": "planted-sub", "ver": "2.0",
        "nonce": issue.nonce, "iat": DATE_S - 5, "nbf": DATE_S - 5, "exp": DATE_S + 3600,
        "preferred_username": "desk@contoso.example", "name": "窓口 係",
    })
}

pub(crate) fn parameter(pending: &PendingSignIn, name: &str) -> String {
    let mut pairs = pending.browser_url().query_pairs();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
        .unwrap()
}

pub(crate) fn port(pending: &PendingSignIn) -> u16 {
    let redirect: url::Url = parameter(pending, "redirect_uri").parse().unwrap();
    redirect.port().unwrap()
}

/// What a browser sends to the listener; the reply as text, empty when the connection just ended.
pub(crate) async fn get(port: u16, query: &str) -> String {
    let request =
        format!("GET /?{query} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: */*\r\n\r\n");
    raw(port, request.as_bytes()).await
}

pub(crate) async fn raw(port: u16, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let _sent = stream.write_all(request).await;
    let mut reply = Vec::new();
    let _read = stream.read_to_end(&mut reply).await;
    String::from_utf8(reply).unwrap()
}

/// Every text an error can give away, down its chain of causes, holds nothing that was planted.
pub(crate) fn assert_clean(error: &impl Error) {
    let text = format!("{error:?}\n{error:#?}\n{}", causes(error));
    // `{:?}` of bytes would show them as numbers: "planted" is 112, 108, 97, …
    for leak in ["planted", "112, 108, 97, 110", "eyJ"] {
        assert!(!text.contains(leak), "{leak} in {text}");
    }
}

/// An error and what is underneath it, as a log shows them.
pub(crate) fn causes(error: &impl Error) -> String {
    let mut text = String::new();
    let mut next: Option<&dyn Error> = Some(error);
    while let Some(one) = next {
        write!(text, "{one}\n{one:?}\n").unwrap();
        next = one.source();
    }
    text
}
