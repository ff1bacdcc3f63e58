//! `$batch`: several requests in one, each with an answer, a status and a quota of its own.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{
    Extensions, HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header,
};
use axum::routing::any;
use axum::{Extension, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::join_all;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::graph::answer::{GraphReply, finish};
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::ingress::Ingress;
use crate::listen::{Abort, Base};
use crate::params::whole;
use crate::state::Tenant;

/// Where batches are sent to.
pub(crate) const PATH: &str = "/v1.0/$batch";
/// The same as clients write it that escape the dollar.
const ESCAPED: &str = "/v1.0/%24batch";
/// Parts of a batch.
const MOST: usize = 20;

/// In a request from outside: everything the tenant serves, for the parts of a batch.
///
/// A part does not bear it, so that a batch within a batch is refused.
#[derive(Clone)]
pub(crate) struct Whole(pub(crate) Ingress);

#[derive(Deserialize)]
struct Batch {
    requests: Vec<Part>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    id: String,
    method: String,
    url: String,
    #[serde(default)]
    headers: HashMap<String, String>,
    body: Option<Value>,
    depends_on: Option<Vec<String>>,
}

/// The route of batches.
pub(crate) fn router(tenant: Arc<Tenant>) -> Router {
    Router::new()
        .route(PATH, any(serve))
        .route(ESCAPED, any(serve))
        .with_state(tenant)
}

/// Whether batches are sent there.
pub(crate) fn is_batch(path: &str) -> bool {
    path == PATH || path == ESCAPED
}

/// Performs the parts and answers them all.
async fn serve(
    State(tenant): State<Arc<Tenant>>,
    Extension(base): Extension<Base>,
    method: Method,
    headers: HeaderMap,
    extensions: Extensions,
    body: Body,
) -> Response<Body> {
    let body = match whole(body, super::MOST_BODY).await {
        Ok(body) => body,
        Err(status) => {
            return finish(
                &tenant,
                &headers,
                "innerError",
                Err(ODataError::unread(status)),
            );
        }
    };
    let (parts, in_order) = {
        let state = tenant.lock();
        let inner_error = state.flags.inner_error.word();
        let accepted = super::admitted(&state)
            .and_then(|()| Caller::of(&tenant, &state, &headers))
            .and_then(|_| parts(&method, &body));
        match accepted {
            Ok(parts) => (parts, state.flags.batch_in_order),
            Err(problem) => return finish(&tenant, &headers, inner_error, Err(problem)),
        }
    };
    let Some(Whole(ingress)) = extensions.get::<Whole>().cloned() else {
        let problem = ODataError::new(
            400,
            "BadRequest",
            "A batch within a batch is not supported.",
        );
        return finish(&tenant, &headers, "innerError", Err(problem));
    };
    let sender = Sender {
        ingress,
        base,
        authorization: headers.get(header::AUTHORIZATION).cloned(),
    };
    let mut answers = sender.all(parts).await;
    if !in_order {
        // Parts are answered in any order; a client that counts on the asked one shall notice.
        answers.reverse();
    }
    finish(
        &tenant,
        &headers,
        "innerError",
        Ok(GraphReply::Ok(json!({"responses": answers}))),
    )
}

/// The parts, where the batch as a whole is in order.
fn parts(method: &Method, body: &[u8]) -> Result<Vec<Part>, ODataError> {
    let bad = |message: String| ODataError::new(400, "BadRequest", message);
    if *method != Method::POST {
        return Err(ODataError::new(
            405,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        ));
    }
    let batch: Batch = serde_json::from_slice(body)
        .map_err(|problem| bad(format!("Invalid batch payload format. ({problem})")))?;
    if batch.requests.is_empty() {
        return Err(bad("Invalid batch payload format.".to_owned()));
    }
    if batch.requests.len() > MOST {
        let message = format!("Number of batch request steps exceeds the maximum value of {MOST}.");
        return Err(ODataError::new(400, "MaximumValueExceeded", message));
    }
    let mut known = HashSet::new();
    for part in &batch.requests {
        let named = part.depends_on.iter().flatten();
        for other in named {
            if !known.contains(&other.to_lowercase()) {
                return Err(bad(format!(
                    "Request '{}' depends on '{other}', which is not a request before it.",
                    part.id
                )));
            }
        }
        if !known.insert(part.id.to_lowercase()) {
            return Err(bad(format!("Duplicate request id '{}'.", part.id)));
        }
        let typed = part
            .headers
            .keys()
            .any(|name| name.eq_ignore_ascii_case("content-type"));
        if part.body.is_some() && !typed {
            return Err(bad(format!(
                "Request '{}' has a body and no Content-Type header.",
                part.id
            )));
        }
    }
    Ok(batch.requests)
}

struct Sender {
    ingress: Ingress,
    base: Base,
    authorization: Option<HeaderValue>,
}

impl Sender {
    /// All at once, or one after another where some depend on others.
    async fn all(&self, parts: Vec<Part>) -> Vec<Value> {
        if parts.iter().all(|part| part.depends_on.is_none()) {
            return join_all(parts.into_iter().map(|part| self.one(part))).await;
        }
        let mut answers = Vec::new();
        let mut failed = HashSet::new();
        for part in parts {
            let id = part.id.to_lowercase();
            let mut needed = part.depends_on.iter().flatten();
            let answer = if needed.any(|other| failed.contains(&other.to_lowercase())) {
                let message = "A request this one depends on failed.";
                refused(&part.id, 424, "FailedDependency", message)
            } else {
                self.one(part).await
            };
            if answer["status"].as_u64().is_none_or(|status| status >= 400) {
                failed.insert(id);
            }
            answers.push(answer);
        }
        answers
    }

    async fn one(&self, part: Part) -> Value {
        let id = part.id.clone();
        let Some(request) = self.request(part) else {
            return refused(&id, 400, "BadRequest", "Invalid batch request step.");
        };
        answered(&id, self.ingress.answer_part(request).await).await
    }

    fn request(&self, part: Part) -> Option<Request<Body>> {
        let body = match &part.body {
            Some(body) => Body::from(body.to_string()),
            None => Body::empty(),
        };
        let method = Method::from_bytes(part.method.to_ascii_uppercase().as_bytes()).ok()?;
        let mut request = Request::builder()
            .method(method)
            .uri(path(&part.url))
            .body(body)
            .ok()?;
        for (name, value) in &part.headers {
            let name = HeaderName::try_from(name.as_str()).ok()?;
            let value = HeaderValue::try_from(value.as_str()).ok()?;
            request.headers_mut().insert(name, value);
        }
        let own = request.headers().contains_key(header::AUTHORIZATION);
        if let Some(authorization) = self.authorization.clone().filter(|_| !own) {
            request
                .headers_mut()
                .insert(header::AUTHORIZATION, authorization);
        }
        request.extensions_mut().insert(self.base.clone());
        Some(request)
    }
}

/// The path of a part's address, which is absolute or relative to the version.
fn path(url: &str) -> String {
    let relative = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url.trim_start_matches('/'),
    };
    let relative = relative.strip_prefix("v1.0/").unwrap_or(relative);
    // What a browser would escape is often sent as it is.
    let relative: String = relative
        .chars()
        .map(|character| match character {
            ' ' => "%20".to_owned(),
            '"' => "%22".to_owned(),
            character if character.is_ascii() => character.to_string(),
            character => {
                url::form_urlencoded::byte_serialize(character.to_string().as_bytes()).collect()
            }
        })
        .collect();
    format!("/v1.0/{relative}")
}

async fn answered(id: &str, response: Response<Body>) -> Value {
    if response.extensions().get::<Abort>().is_some() {
        return refused(id, 504, "UnknownError", "The part was not answered.");
    }
    let (head, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let mut headers = Map::new();
    for (name, value) in &head.headers {
        let shown = name
            .as_str()
            .split('-')
            .map(capitalised)
            .collect::<Vec<_>>()
            .join("-");
        headers.insert(shown, json!(value.to_str().unwrap_or_default()));
    }
    let mut answer = json!({"id": id, "status": head.status.as_u16(), "headers": headers});
    if !body.is_empty() {
        // What is no JSON comes as base64.
        answer["body"] =
            serde_json::from_slice(&body).unwrap_or_else(|_| json!(STANDARD.encode(&body)));
    }
    answer
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_ascii_uppercase().to_string() + letters.as_str(),
        None => String::new(),
    }
}

fn refused(id: &str, status: u16, code: &str, message: &str) -> Value {
    json!({
        "id": id,
        "status": status,
        "headers": {"Content-Type": "application/json"},
        "body": {"error": {"code": code, "message": message}},
    })
}
