//! Against the simulated tenant, over plain HTTP and https, with a browser that fills its forms.

mod issuing;
mod mail;
mod passwords;
mod people;
mod sign_in;

use std::collections::HashMap;

use contract::{Requests, Watched};
use entra::{
    AppRegistration, Client, Endpoints, Method, PassRequest, PendingSignIn, Priority, Prompt,
    RedirectHost, Session, SignInError, SignedIn,
};
use entra_sim::{Case, TenantOptions};
use serde_json::Value;
use url::Url;

use crate::fixture::LIMIT;

const SCOPES: [&str; 4] = [
    "UserAuthMethod-TAP.ReadWrite.All",
    "UserAuthenticationMethod.Read.All",
    "User.Read.All",
    "Policy.Read.AuthenticationMethod",
];

struct Tenant {
    running: Watched,
    http: reqwest::Client,
}

/// Over which listener, and whether its certificate authority is trusted.
#[derive(Clone, Copy, Debug)]
enum Over {
    Http,
    Https,
    HttpsUntrusted,
}

impl Tenant {
    async fn start() -> Self {
        let running = contract::start(TenantOptions::default(), Requests::Known)
            .await
            .unwrap();
        let pem = std::fs::read(&running.info.ca_file).unwrap();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .tls_certs_merge(reqwest::Certificate::from_pem_bundle(&pem).unwrap())
            .no_proxy()
            .build()
            .unwrap();
        Self { running, http }
    }

    fn client(&self, over: Over) -> Client {
        self.client_with(over, |_| ())
    }

    fn client_with(&self, over: Over, change: impl FnOnce(&mut AppRegistration)) -> Client {
        let info = &self.running.info;
        let (authority, graph) = match over {
            Over::Http => (&info.authority_http, &info.graph_http),
            Over::Https | Over::HttpsUntrusted => (&info.authority_https, &info.graph_https),
        };
        let extra_root_pem = match over {
            Over::Http | Over::HttpsUntrusted => None,
            Over::Https => Some(std::fs::read(&info.ca_file).unwrap()),
        };
        let mut app = AppRegistration {
            tenant: info.tenant_id.clone(),
            client_id: info.client_id.clone(),
            scopes: SCOPES.map(str::to_owned).to_vec(),
            redirect_host: RedirectHost::Localhost,
            refresh: true,
            prompt: Prompt::Login,
        };
        change(&mut app);
        let mut authority: Url = authority.parse().unwrap();
        if app.tenant != info.tenant_id {
            authority.set_path("/");
        }
        let endpoints = Endpoints {
            authority,
            graph: graph.parse().unwrap(),
            extra_root_pem,
        };
        Client::new(endpoints, app).unwrap()
    }

    /// A sign-in by an operator of that number, all the way.
    async fn sign_in(&self, client: &Client, operator: usize) -> Result<SignedIn, SignInError> {
        let pending = client.begin_sign_in(None).await?;
        let operator = &self.running.info.operators[operator];
        self.finish(
            pending,
            &[("loginfmt", &operator.upn), ("passwd", &operator.password)],
        )
        .await
    }

    async fn finish(
        &self,
        pending: PendingSignIn,
        typed: &[(&str, &str)],
    ) -> Result<SignedIn, SignInError> {
        let page = pending.browser_url().clone();
        let (outcome, ()) = tokio::join!(pending.finish(LIMIT), self.browse(page, typed));
        outcome
    }

    /// Fills form after form until the tenant sends the browser to the listener; cancels where nothing
    /// fits.
    async fn browse(&self, page: Url, typed: &[(&str, &str)]) {
        let mut answer = self.http.get(page).send().await.unwrap();
        for _ in 0..6 {
            if let Some(target) = answer.headers().get("location") {
                let target: Url = target.to_str().unwrap().parse().unwrap();
                let page = self.http.get(target).send().await.unwrap();
                assert_eq!(page.status(), 200);
                return;
            }
            let form = answer.text().await.unwrap();
            let action = attribute(&form, "action=\"");
            let mut fields =
                HashMap::from([("flowToken", attribute(&form, "name=\"flowToken\" value=\""))]);
            match typed
                .iter()
                .find(|(name, _)| form.contains(&format!("name=\"{name}\"")))
            {
                Some((name, value)) => fields.insert(name, (*value).to_owned()),
                None => fields.insert("action", "cancel".to_owned()),
            };
            answer = self.posted(&action, fields).await;
        }
        panic!("the tenant never came to an end");
    }

    /// What a page's form leads to.
    async fn posted<'f>(
        &self,
        action: &str,
        fields: impl IntoIterator<Item = (&'f str, String)>,
    ) -> reqwest::Response {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let form = ("content-type", "application/x-www-form-urlencoded");
        let request = self.http.post(action).header(form.0, form.1);
        request.body(body).send().await.unwrap()
    }

    async fn session(&self) -> Session {
        self.sign_in(&self.client(Over::Http), 0)
            .await
            .unwrap()
            .session
    }

    async fn control(&self, path: &str, body: Value) {
        let address = format!("{}/{path}", self.running.info.control);
        let answer = self
            .http
            .post(address)
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        assert!(
            answer.status().is_success(),
            "{path}: {}",
            answer.text().await.unwrap()
        );
    }

    fn person(&self, case: Case) -> &str {
        &self
            .running
            .info
            .users
            .iter()
            .find(|user| user.case == case)
            .unwrap()
            .id
    }

    fn upn(&self, part: &str) -> &str {
        &self
            .running
            .info
            .users
            .iter()
            .find(|user| user.upn.contains(part))
            .unwrap()
            .upn
    }
}

fn attribute(html: &str, before: &str) -> String {
    html.split(before)
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .replace("&amp;", "&")
}

fn request(lifetime_minutes: u32) -> PassRequest {
    PassRequest {
        lifetime_minutes,
        once: true,
        client_request_id: "cccccccc-0000-4000-8000-00000000000c".into(),
    }
}

async fn pass_of(session: &Session, person: &str) -> Option<entra::PassMethod> {
    let methods = session.methods(person, Priority::High).await.unwrap();
    methods.into_iter().find_map(|method| match method {
        Method::Pass(pass) => Some(pass),
        Method::Authenticator { .. }
        | Method::Passkey { .. }
        | Method::Password { .. }
        | Method::Other { .. } => None,
    })
}
