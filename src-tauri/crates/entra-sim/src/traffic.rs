//! Every request on the sign-in service and Graph passes here: counted, and struck by faults.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use crate::clock::http_date;
use crate::faults::{Kind, Order};
use crate::graph;
use crate::listen::Abort;
use crate::oauth;
use crate::observe::Served;
use crate::state::Tenant;

/// Requests so far.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    /// By method, path template and status; status 0 where the connection was ended instead.
    counts: BTreeMap<(String, String, u16), u64>,
    /// Asked for and not known, by method and path.
    unknown: BTreeMap<(String, String), u64>,
}

impl Traffic {
    fn count(&mut self, method: &str, path: &str, template: Option<String>, status: u16) {
        let method = method.to_owned();
        if let Some(template) = template {
            *self.counts.entry((method, template, status)).or_default() += 1;
        } else {
            *self.unknown.entry((method, path.to_owned())).or_default() += 1;
        }
    }

    /// For the control interface.
    pub(crate) fn listed(&self) -> (Vec<Value>, Vec<Value>) {
        let counts = self.counts.iter().map(|((method, path, status), count)| {
            json!({"method": method, "path": path, "status": status, "count": count})
        });
        let unknown = self
            .unknown
            .iter()
            .map(|((method, path), count)| json!({"method": method, "path": path, "count": count}));
        (counts.collect(), unknown.collect())
    }
}

/// In a request: a read of a person shall answer with another one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OtherUser;

/// In a request: the template its path is counted under.
#[derive(Clone, Debug)]
pub(crate) struct Template(pub(crate) String);

/// Counts the request and lets a fault strike it.
pub(crate) async fn watch(
    State(tenant): State<Arc<Tenant>>,
    mut request: Request,
    next: Next,
) -> Response<Body> {
    let path = request.uri().path().to_owned();
    if !is_service(&tenant, &path) {
        return dated(&tenant, next.run(request).await);
    }
    let method = request.method().clone();
    let template = graph::template(&method, &path).or_else(|| oauth::template(&path));
    if let Some(template) = &template {
        request.extensions_mut().insert(Template(template.clone()));
    }
    let struck = tenant.lock().faults.strike(method.as_str(), &path);
    let served = Served {
        struck: struck.is_some(),
    };
    let mut response = match struck {
        None => next.run(request).await,
        Some((kind, order)) => suffer(&kind, &order, request, next).await,
    };
    let aborted = response.extensions().get::<Abort>().is_some();
    let status = if aborted {
        0
    } else {
        response.status().as_u16()
    };
    tenant
        .lock()
        .traffic
        .count(method.as_str(), &path, template, status);
    response.extensions_mut().insert(served);
    dated(&tenant, response)
}

fn is_service(tenant: &Tenant, path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    first != tenant.control && !["phone", "pwdless", "favicon.ico"].contains(&first)
}

fn dated(tenant: &Tenant, mut response: Response<Body>) -> Response<Body> {
    if let Ok(date) = HeaderValue::from_str(&http_date(tenant.now())) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

async fn suffer(kind: &Kind, order: &Order, mut request: Request, next: Next) -> Response<Body> {
    match kind {
        Kind::AnswerLost => {
            let _ = next.run(request).await;
            aborted()
        }
        Kind::Reset => aborted(),
        Kind::Status(status) => refused(*status, order),
        Kind::Html => captive_portal(),
        Kind::Malformed => {
            let (mut parts, _) = next.run(request).await.into_parts();
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::from("{\"value\": [{\"id\": \"\u{fffd}"))
        }
        Kind::Truncated => truncated(next.run(request).await).await,
        Kind::Redirect => {
            let location = order
                .location
                .as_deref()
                .unwrap_or("http://elsewhere.invalid/");
            (StatusCode::FOUND, [(header::LOCATION, location.to_owned())]).into_response()
        }
        Kind::Slow => {
            let response = next.run(request).await;
            tokio::time::sleep(Duration::from_millis(order.delay_ms.unwrap_or(5_000))).await;
            response
        }
        Kind::OtherUser => {
            request.extensions_mut().insert(OtherUser);
            next.run(request).await
        }
        Kind::Claims => claims_challenge(),
    }
}

fn aborted() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Abort);
    response
}

fn refused(status: u16, order: &Order) -> Response<Body> {
    let (code, message) = match status {
        429 => ("TooManyRequests", "Too Many Requests"),
        503 => ("ServiceUnavailable", "Service Unavailable"),
        _ => (
            "generalException",
            "The request was refused by a fault set on the simulated tenant.",
        ),
    };
    let mut response = graph::error::Problem::new(status, code, message).into_plain_response();
    let retry_after = order
        .retry_after
        .as_deref()
        .and_then(|value| HeaderValue::from_str(value).ok());
    if let Some(value) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

fn captive_portal() -> Response<Body> {
    let page = "<!doctype html><title>Wi-Fi</title><h1>Welcome to the guest network</h1>\
                <form method=post action=/login><button>Accept and connect</button></form>";
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

fn claims_challenge() -> Response<Body> {
    let claims = STANDARD.encode(r#"{"access_token":{"nbf":{"essential":true,"value":"0"}}}"#);
    let challenge = format!(
        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
         error=\"insufficient_claims\", claims=\"{claims}\""
    );
    let problem = graph::error::Problem::new(
        401,
        "InvalidAuthenticationToken",
        "Continuous access evaluation resulted in challenge.",
    );
    let mut response = problem.into_plain_response();
    if let Ok(value) = HeaderValue::from_str(&challenge) {
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, value);
    }
    response
}

/// The true length is announced and half of it sent.
async fn truncated(response: Response<Body>) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = whole.slice(..whole.len() / 2);
    // The pause lets the first half leave before the connection breaks.
    let broken = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionAborted))
    };
    let pieces =
        stream::once(async { Ok::<Bytes, std::io::Error>(half) }).chain(stream::once(broken));
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    parts
        .headers
        .remove(HeaderName::from_static("transfer-encoding"));
    Response::from_parts(parts, Body::from_stream(pieces))
}
