//! The phone's way through the tenant's own pages, driven in process.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tower::ServiceExt;
use url::Url;

use crate::directory::methods::PhoneSystem;
use crate::listen::Base;
use crate::oauth;
use crate::oauth::clients::{AUTHENTICATOR, AUTHENTICATOR_REDIRECT};
use crate::params::Params;
use crate::phone::refusal::PhoneRefusal;
use crate::phone::services::{self, RegistrationKind};
use crate::state::{Tenant, random_token};

/// Where the phone got stuck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stuck {
    /// The page or step: `loginfmt`, `accesspass`, `passwd`, `token`, `register`, `service`.
    pub(crate) screen: String,
    pub(crate) aadsts: Option<u32>,
    /// The rule or limit that refused, where it was one.
    pub(crate) reason: Option<PhoneRefusal>,
}

/// What the app has after a pass or password was typed.
pub(crate) enum Given {
    /// Its access token.
    Token(String),
    /// A page that shows a number and waits for the phone.
    Number(SignInStep, u8),
    /// A page that asks for a new password.
    NewPassword(SignInStep),
}

/// A sign-in of the phone's app, between two of its pages.
#[derive(Clone)]
pub(crate) struct SignInStep {
    verifier: String,
    flow_token: String,
    /// The page shown: `loginfmt`, `accesspass`, `passwd` or `approve`.
    pub(crate) page: String,
    /// Whether the page offers the password, and the pass, instead.
    pub(crate) offers: (bool, bool),
}

impl SignInStep {
    /// The sign-in's flow token, by which its approval is known.
    pub(crate) fn flow_token(&self) -> &str {
        &self.flow_token
    }
}

/// The app on the phone, with the tenant it talks to.
pub(crate) struct App {
    router: Router,
    tenant_id: String,
    base: Base,
}

impl App {
    /// An app that reaches `tenant` at `base`.
    pub(crate) fn new(tenant: &Arc<Tenant>, base: &Base) -> Self {
        let router = oauth::router(tenant.clone()).merge(services::router(tenant.clone()));
        Self {
            router,
            tenant_id: tenant.id.clone(),
            base: base.clone(),
        }
    }

    /// Opens the sign-in page and types the account.
    pub(crate) async fn account(&self, upn: &str) -> Result<SignInStep, Stuck> {
        let verifier = format!("{}{}", random_token(), random_token());
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        let query = encoded(&[
            ("client_id", AUTHENTICATOR),
            ("redirect_uri", AUTHENTICATOR_REDIRECT),
            ("response_type", "code"),
            ("scope", "openid profile registration"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("prompt", "login"),
        ]);
        let path = format!("/{}/oauth2/v2.0/authorize?{query}", self.tenant_id);
        let page = self.page(Request::get(path).body(Body::empty())).await?;
        let opened = SignInStep {
            verifier,
            flow_token: page.flow_token,
            page: page.kind,
            offers: page.offers,
        };
        self.step(opened, &[("loginfmt", upn), ("action", "next")])
            .await
    }

    /// Turns from another way of signing in to the password.
    pub(crate) async fn turn_to_password(&self, step: SignInStep) -> Result<SignInStep, Stuck> {
        self.step(step, &[("action", "use_password")]).await
    }

    /// Turns from another way of signing in to the pass.
    pub(crate) async fn turn_to_pass(&self, step: SignInStep) -> Result<SignInStep, Stuck> {
        self.step(step, &[("action", "use_pass")]).await
    }

    /// Goes on from a number that was approved.
    pub(crate) async fn approved(&self, step: &SignInStep) -> Result<Given, Stuck> {
        let response = self.post(step, &[("action", "wait")]).await?;
        self.given(step, response).await
    }

    /// Types the pass or password the page asks for.
    pub(crate) async fn secret(&self, step: &SignInStep, secret: &str) -> Result<Given, Stuck> {
        let field = if step.page == "accesspass" {
            "accesspass"
        } else {
            "passwd"
        };
        let response = self
            .post(step, &[(field, secret), ("action", "signin")])
            .await?;
        self.given(step, response).await
    }

    /// Gives the password that was right and a new one.
    pub(crate) async fn new_password(
        &self,
        step: &SignInStep,
        current: &str,
        new: &str,
    ) -> Result<Given, Stuck> {
        let fields = [
            ("currentpasswd", current),
            ("newpasswd", new),
            ("confirmnewpasswd", new),
            ("action", "signin"),
        ];
        let response = self.post(step, &fields).await?;
        self.given(step, response).await
    }

    async fn given(&self, step: &SignInStep, response: Response<Body>) -> Result<Given, Stuck> {
        let location = response
            .headers()
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let Some(location) = location else {
            let page = read(response).await?;
            return page.given(step);
        };
        let query = Url::parse(&location)
            .ok()
            .and_then(|url| url.query().map(str::to_owned))
            .unwrap_or_default();
        let answer = Params::parse(query.as_bytes());
        let code = answer.of("code").ok_or_else(|| stuck("token"))?;
        self.token(&step.verifier, code).await.map(Given::Token)
    }

    /// Registers the phone as a device; the answer is the device object's id.
    pub(crate) async fn device(
        &self,
        token: &str,
        os: PhoneSystem,
        name: &str,
    ) -> Result<String, Stuck> {
        self.call(services::DEVICE, token, &json!({"os": os, "name": name}))
            .await
    }

    /// Registers a method; the answer is its id.
    pub(crate) async fn method(
        &self,
        token: &str,
        kind: RegistrationKind,
        phone: (PhoneSystem, &str),
        device_id: Option<&str>,
        entry_id: Option<&str>,
    ) -> Result<String, Stuck> {
        let (os, name) = phone;
        let body = json!({"kind": kind, "os": os, "name": name, "device_id": device_id, "entry_id": entry_id});
        self.call(services::METHOD, token, &body).await
    }

    async fn token(&self, verifier: &str, code: &str) -> Result<String, Stuck> {
        let form = encoded(&[
            ("grant_type", "authorization_code"),
            ("client_id", AUTHENTICATOR),
            ("redirect_uri", AUTHENTICATOR_REDIRECT),
            ("code", code),
            ("code_verifier", verifier),
        ]);
        let path = format!("/{}/oauth2/v2.0/token", self.tenant_id);
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, FORM)
            .body(Body::from(form));
        let answer = json_of(self.send(request).await?).await;
        let aadsts = answer["error_codes"][0]
            .as_u64()
            .and_then(|code| u32::try_from(code).ok());
        match answer["access_token"].as_str() {
            Some(token) => Ok(token.to_owned()),
            None => Err(Stuck {
                aadsts,
                ..stuck("token")
            }),
        }
    }

    async fn call(&self, path: &str, token: &str, body: &Value) -> Result<String, Stuck> {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::from(body.to_string()));
        let answer = json_of(self.send(request).await?).await;
        let aadsts = answer["aadsts"]
            .as_u64()
            .and_then(|code| u32::try_from(code).ok());
        match answer["id"].as_str() {
            Some(id) => Ok(id.to_owned()),
            None => Err(Stuck {
                aadsts,
                reason: PhoneRefusal::deserialize(&answer["reason"]).ok(),
                ..stuck("register")
            }),
        }
    }

    async fn step(&self, step: SignInStep, fields: &[(&str, &str)]) -> Result<SignInStep, Stuck> {
        let page = read(self.post(&step, fields).await?).await?;
        match page.aadsts {
            Some(_) => Err(Stuck {
                aadsts: page.aadsts,
                ..stuck(&page.kind)
            }),
            None => Ok(SignInStep {
                verifier: step.verifier,
                flow_token: page.flow_token,
                page: page.kind,
                offers: page.offers,
            }),
        }
    }

    async fn post(
        &self,
        step: &SignInStep,
        fields: &[(&str, &str)],
    ) -> Result<Response<Body>, Stuck> {
        let all: Vec<(&str, &str)> = [("flowToken", step.flow_token.as_str())]
            .iter()
            .chain(fields)
            .copied()
            .collect();
        let path = format!("/{}/login", self.tenant_id);
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, FORM)
            .body(Body::from(encoded(&all)));
        self.send(request).await
    }

    async fn page(&self, request: Result<Request<Body>, axum::http::Error>) -> Result<Page, Stuck> {
        read(self.send(request).await?).await
    }

    async fn send(
        &self,
        request: Result<Request<Body>, axum::http::Error>,
    ) -> Result<Response<Body>, Stuck> {
        let mut request = request.map_err(|_| stuck("service"))?;
        request.extensions_mut().insert(self.base.clone());
        match self.router.clone().oneshot(request).await {
            Ok(response) if response.status().is_server_error() => Err(stuck("service")),
            Ok(response) => Ok(response),
            Err(never) => match never {},
        }
    }
}

/// The page that asks for a new password.
const NEW_PASSWORD: &str = "updatepasswd";
const FORM: &str = "application/x-www-form-urlencoded";

/// What the app sees of a page.
struct Page {
    kind: String,
    flow_token: String,
    aadsts: Option<u32>,
    /// The number to type on the phone.
    number: Option<u8>,
    offers: (bool, bool),
}

impl Page {
    /// What a page means that came instead of a code.
    fn given(self, before: &SignInStep) -> Result<Given, Stuck> {
        let step = SignInStep {
            verifier: before.verifier.clone(),
            flow_token: self.flow_token,
            page: self.kind,
            offers: self.offers,
        };
        match (self.aadsts, self.number) {
            (None, Some(number)) => Ok(Given::Number(step, number)),
            (None, None) if step.page == NEW_PASSWORD => Ok(Given::NewPassword(step)),
            (aadsts, _) => Err(Stuck {
                aadsts,
                ..stuck(&step.page)
            }),
        }
    }
}

async fn read(response: Response<Body>) -> Result<Page, Stuck> {
    let body = to_bytes(response.into_body(), usize::MAX)
        .await
        .map_err(|_| stuck("service"))?;
    let html = String::from_utf8_lossy(&body);
    let between = |start: &str| {
        html.split_once(start)
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(value, _)| value)
    };
    Ok(Page {
        kind: between("data-page=\"").unwrap_or("service").to_owned(),
        flow_token: between("name=\"flowToken\" value=\"")
            .unwrap_or_default()
            .to_owned(),
        aadsts: between("data-error-code=\"").and_then(|code| code.parse().ok()),
        number: html
            .split_once("idRichContext_DisplaySign\">")
            .and_then(|(_, rest)| rest.split_once('<'))
            .and_then(|(number, _)| number.trim().parse().ok()),
        offers: (
            html.contains("value=\"use_password\""),
            html.contains("value=\"use_pass\""),
        ),
    })
}

async fn json_of(response: Response<Body>) -> Value {
    let body = to_bytes(response.into_body(), usize::MAX)
        .await
        .unwrap_or_default();
    serde_json::from_slice(&body).unwrap_or_default()
}

fn encoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

pub(crate) fn stuck(screen: &str) -> Stuck {
    Stuck {
        screen: screen.to_owned(),
        aadsts: None,
        reason: None,
    }
}
