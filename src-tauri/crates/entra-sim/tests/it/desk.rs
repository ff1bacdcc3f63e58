//! A running tenant with somebody signed in: where nearly every test begins.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::{Requests, Watched, start};
use entra_sim::{Case, Info, TenantOptions};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::http::{HttpAnswer, HttpRequest};

pub(crate) const REDIRECT: &str = "http://localhost:51234/";
pub(crate) const VERIFIER: &str = "0123456789-abcdefghijklmnopqrstuvwxyz_ABCDEFG";
pub(crate) const SCOPES: &str = "openid profile offline_access UserAuthMethod-TAP.ReadWrite.All \
    UserAuthenticationMethod.Read.All User.Read.All Policy.Read.AuthenticationMethod User.Read";

/// The operators in the order the tenant lists them.
#[derive(Clone, Copy)]
pub(crate) enum OperatorRole {
    AuthenticationAdministrator,
    PrivilegedAuthenticationAdministrator,
    NoRole,
    HelpdeskAdministrator,
}

pub(crate) struct OperatorDesk {
    pub(crate) running: Watched,
    pub(crate) token: String,
}

impl OperatorDesk {
    /// A tenant with the Authentication Administrator signed in.
    pub(crate) async fn open() -> Self {
        Self::open_as(OperatorRole::AuthenticationAdministrator).await
    }

    pub(crate) async fn open_as(operator: OperatorRole) -> Self {
        let running = start(TenantOptions::default(), Requests::Any)
            .await
            .expect("the tenant starts");
        let mut desk = Self {
            running,
            token: String::new(),
        };
        desk.token = desk.sign_in(operator).await["access_token"]
            .as_str()
            .unwrap()
            .to_owned();
        desk
    }

    /// Somebody new with these roles and scopes takes the seat.
    pub(crate) async fn seat(&mut self, name: &str, roles: &[&str], scopes: &str) {
        let (upn, password) = (format!("{name}@cablechan.biz"), "Sim-seat-2026");
        let new = json!({
            "upn": upn, "display_name": "席 太郎", "mail": format!("{name}@mail.example"), "password": password, "roles": roles,
        });
        let added = self.control("POST", "users", &new).await;
        assert_eq!(added.status, 200, "{}", added.text());
        let scopes = format!("{scopes} openid profile offline_access");
        self.switch(json!({"consented_scopes": scopes})).await;
        let code = self.code(&upn, password, &[("scope", &scopes)]).await;
        let answer = self.redeem(&code, &[]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        self.token = answer.json()["access_token"].as_str().unwrap().to_owned();
    }

    /// A refusal's status and code.
    pub(crate) async fn refusal(&self, ask: HttpRequest<'_>) -> (u16, String) {
        let answer = ask.send().await;
        let code = answer.json()["error"]["code"].clone();
        (answer.status, code.as_str().unwrap_or_default().to_owned())
    }

    pub(crate) fn info(&self) -> &Info {
        &self.running.info
    }

    /// The first person of that case.
    pub(crate) fn person(&self, case: Case) -> (String, String) {
        let user = self
            .info()
            .users
            .iter()
            .find(|user| user.case == case)
            .expect("every case is there");
        (user.id.clone(), user.upn.clone())
    }

    /// The token answer of a sign-in through the pages.
    pub(crate) async fn sign_in(&self, operator: OperatorRole) -> Value {
        let operator = &self.info().operators[operator as usize];
        let code = self.code(&operator.upn, &operator.password, &[]).await;
        let answer = self.redeem(&code, &[]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    pub(crate) fn authorize_url(&self, changes: &[(&str, &str)]) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let mut fields = vec![
            ("client_id", self.info().client_id.as_str()),
            ("redirect_uri", REDIRECT),
            ("response_type", "code"),
            ("scope", SCOPES),
            ("state", "state-1"),
            ("nonce", "nonce-1"),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
            ("prompt", "login"),
        ];
        for (name, value) in changes {
            fields.retain(|(known, _)| known != name);
            if !value.is_empty() {
                fields.push((name, value));
            }
        }
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        format!(
            "{}/oauth2/v2.0/authorize?{query}",
            self.info().authority_http
        )
    }

    /// Fills the pages to the end; the answer is the redirect.
    pub(crate) async fn through_pages(
        &self,
        upn: &str,
        password: &str,
        changes: &[(&str, &str)],
    ) -> HttpAnswer {
        let page = HttpRequest::new("GET", self.authorize_url(changes))
            .send()
            .await;
        let page = fill(&page, &[("loginfmt", upn), ("action", "next")]).await;
        fill(&page, &[("passwd", password), ("action", "signin")]).await
    }

    pub(crate) async fn code(&self, upn: &str, password: &str, changes: &[(&str, &str)]) -> String {
        let landed = self.through_pages(upn, password, changes).await.landed();
        landed.get("code").expect("a code").clone()
    }

    /// Redeems a code; an empty change leaves a field out.
    pub(crate) async fn redeem(&self, code: &str, changes: &[(&str, &str)]) -> HttpAnswer {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("client_id", self.info().client_id.as_str()),
            ("redirect_uri", REDIRECT),
            ("code", code),
            ("code_verifier", VERIFIER),
            ("client_info", "1"),
        ];
        for (name, value) in changes {
            fields.retain(|(known, _)| known != name);
            if !value.is_empty() {
                fields.push((name, value));
            }
        }
        self.token_call(&fields).await
    }

    pub(crate) async fn token_call(&self, fields: &[(&str, &str)]) -> HttpAnswer {
        HttpRequest::new(
            "POST",
            format!("{}/oauth2/v2.0/token", self.info().authority_http),
        )
        .form(fields)
        .send()
        .await
    }

    pub(crate) fn graph<'a>(&self, method: &'a str, path: &str) -> HttpRequest<'a> {
        HttpRequest::new(method, format!("{}{path}", self.info().graph_http))
            .header("authorization", format!("Bearer {}", self.token))
    }

    pub(crate) async fn get(&self, path: &str) -> HttpAnswer {
        self.graph("GET", path).send().await
    }

    /// Asks for a pass.
    pub(crate) async fn issue(&self, key: &str, body: &Value) -> HttpAnswer {
        let path = format!("/users/{key}/authentication/temporaryAccessPassMethods");
        self.graph("POST", &path).json(body).send().await
    }

    /// A fresh pass's value.
    pub(crate) async fn pass(&self, key: &str, body: &Value) -> String {
        let answer = self.issue(key, body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["temporaryAccessPass"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) async fn listed_pass(&self, key: &str) -> Value {
        let answer = self
            .get(&format!(
                "/users/{key}/authentication/temporaryAccessPassMethods"
            ))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["value"][0].clone()
    }

    pub(crate) async fn control(&self, method: &str, path: &str, body: &Value) -> HttpAnswer {
        HttpRequest::new(method, format!("{}/{path}", self.info().control))
            .json(body)
            .send()
            .await
    }

    pub(crate) async fn switch(&self, changes: Value) {
        let answer = self.control("POST", "switches", &changes).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    pub(crate) async fn advance(&self, seconds: i64) {
        assert_eq!(
            self.control("POST", "clock", &json!({"advance_s": seconds}))
                .await
                .status,
            200
        );
    }

    pub(crate) async fn fault(&self, order: Value) {
        let answer = self.control("POST", "faults", &order).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    pub(crate) async fn state(&self) -> Value {
        HttpRequest::new("GET", format!("{}/state", self.info().control))
            .send()
            .await
            .json()
    }

    /// The state's entry of a person.
    pub(crate) async fn state_of(&self, upn: &str) -> Value {
        let state = self.state().await;
        let users = state["users"].as_array().unwrap();
        users
            .iter()
            .find(|user| user["upn"] == upn)
            .expect("known")
            .clone()
    }

    /// The present password of the person of that name.
    pub(crate) async fn password_of(&self, upn: &str) -> String {
        let state = self.state_of(upn).await;
        state["password"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn register(&self, upn: &str, pass: &str, route: &str, os: &str) -> Value {
        let order = json!({"upn": upn, "pass": pass, "route": route, "os": os, "device_name": "机の上の電話"});
        let answer = self.control("POST", "phone/register", &order).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }
}

/// Sends a page's form with these fields.
pub(crate) async fn fill(page: &HttpAnswer, fields: &[(&str, &str)]) -> HttpAnswer {
    let html = page.text();
    let between = |start: &str| {
        let found = html
            .split_once(start)
            .and_then(|(_, rest)| rest.split_once('"'));
        found
            .unwrap_or_else(|| panic!("no {start} in {html}"))
            .0
            .to_owned()
    };
    let (action, flow) = (between("action=\""), between("name=\"flowToken\" value=\""));
    let all: Vec<(&str, &str)> = [("flowToken", flow.as_str())]
        .iter()
        .chain(fields)
        .copied()
        .collect();
    HttpRequest::new("POST", action).form(&all).send().await
}

/// The number a page complains with, 0 where it does not.
pub(crate) fn complaint(page: &HttpAnswer) -> u32 {
    let html = page.text();
    let found = html
        .split_once("data-error-code=\"")
        .and_then(|(_, rest)| rest.split_once('"'));
    found.map_or(0, |(number, _)| number.parse().expect("a number"))
}

/// The kind of page.
pub(crate) fn page_kind(page: &HttpAnswer) -> String {
    let html = page.text();
    html.split_once("data-page=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(kind, _)| kind)
        .to_owned()
}
