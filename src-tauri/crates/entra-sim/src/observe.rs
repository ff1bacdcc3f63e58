//! What a test may look at: every request on the sign-in service and Graph, with its answer.

use std::fmt;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, Response};

use crate::ingress::Ingress;
use crate::traffic;

/// A request as it came and its answer as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// The request's method.
    pub method: String,
    /// The request's path, still encoded.
    pub path: String,
    /// The request's query, still encoded; empty where there was none.
    pub query: String,
    /// The request's headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The request's body.
    pub body: Vec<u8>,
    /// The answer's status.
    pub status: u16,
    /// The answer's headers, names in lower case.
    pub answer_headers: Vec<(String, String)>,
    /// The answer's body; empty where a fault struck.
    pub answer: Vec<u8>,
    /// A fault struck, so that the answer is wrong on purpose.
    pub struck: bool,
}

/// Called with every exchange before its answer is sent. It must not panic: that would end the connection only.
#[derive(Clone)]
pub struct Observer(Arc<dyn Fn(&Exchange) + Send + Sync>);

impl Observer {
    /// An observer that calls `look`.
    pub fn new(look: impl Fn(&Exchange) + Send + Sync + 'static) -> Self {
        Self(Arc::new(look))
    }

    /// Shows it an exchange.
    pub fn look(&self, exchange: &Exchange) {
        (self.0)(exchange);
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}

/// In an answer: it is the sign-in service's or Graph's, and whether a fault struck it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Served {
    pub(crate) struck: bool,
}

/// Hands every exchange of a service to the observer.
pub(crate) async fn observe(
    observer: &Observer,
    ingress: &Ingress,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let mut exchange = Exchange {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: listed(&parts.headers),
        body: body.to_vec(),
        ..Exchange::default()
    };
    let response = traffic::middleware(ingress, Request::from_parts(parts, Body::from(body))).await;
    let Some(Served { struck }) = response.extensions().get().copied() else {
        return response;
    };
    exchange.status = response.status().as_u16();
    exchange.answer_headers = listed(response.headers());
    exchange.struck = struck;
    // A struck answer may have no end.
    if struck {
        observer.look(&exchange);
        return response;
    }
    let (parts, body) = response.into_parts();
    let answer = to_bytes(body, usize::MAX).await.unwrap_or_default();
    exchange.answer = answer.to_vec();
    observer.look(&exchange);
    Response::from_parts(parts, Body::from(answer))
}

fn listed(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect()
}
