//! A service that gives one documented answer to whatever it is asked.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode, Uri};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::example::{CannotTry, DocumentedAnswer};

/// The service, as Graph and as authority at once.
pub(crate) struct Page {
    pub(crate) root: String,
    shown: Arc<Mutex<DocumentedAnswer>>,
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Serving {
    root: String,
    tenant: String,
    shown: Arc<Mutex<DocumentedAnswer>>,
}

impl Page {
    /// A service for that tenant.
    pub(crate) async fn open(tenant: &str) -> Result<Self, CannotTry> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let root = format!("http://{}", listener.local_addr()?);
        let shown = Arc::new(Mutex::new(DocumentedAnswer::nothing()));
        let serving = Serving {
            root: root.clone(),
            tenant: tenant.to_owned(),
            shown: shown.clone(),
        };
        let router = Router::new().fallback(answered).with_state(serving);
        let task = tokio::spawn(async move { drop(axum::serve(listener, router).await) });
        Ok(Self { root, shown, task })
    }

    /// From now on everything is answered so.
    pub(crate) fn show(&self, answer: &DocumentedAnswer) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = answer.clone();
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answered(State(serving): State<Serving>, uri: Uri) -> Response<Body> {
    if uri.path().ends_with("/openid-configuration") {
        return response(200, &serving.discovery());
    }
    let shown = serving.shown.lock().unwrap_or_else(PoisonError::into_inner);
    let mut answer = match &shown.body {
        Some(body) => response(shown.status, body),
        None => {
            let mut empty = Response::new(Body::empty());
            *empty.status_mut() = StatusCode::from_u16(shown.status).unwrap_or_default();
            empty
        }
    };
    for (name, value) in &shown.headers {
        let value = value.replace("{graph}", &format!("{}/v1.0", serving.root));
        let name = axum::http::HeaderName::try_from(name.as_str());
        if let (Ok(name), Ok(value)) = (name, value.parse()) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

impl Serving {
    /// The least a client needs of an authority: only what it is asked at the token endpoint is documented.
    fn discovery(&self) -> Value {
        let at = |path: &str| format!("{}/{}{path}", self.root, self.tenant);
        json!({
            "issuer": at("/v2.0"),
            "authorization_endpoint": at("/oauth2/v2.0/authorize"),
            "token_endpoint": at("/oauth2/v2.0/token"),
            "jwks_uri": at("/discovery/v2.0/keys"),
        })
    }
}

fn response(status: u16, body: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    let kind = axum::http::HeaderValue::from_static("application/json");
    response.headers_mut().insert("content-type", kind);
    let id = axum::http::HeaderValue::from_static("b7a3b5d2-35a1-4b4e-8f0a-1f3f4a5b6c7d");
    response.headers_mut().insert("request-id", id);
    response
}
