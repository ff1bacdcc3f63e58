//! What a fault does to a request and to its answer.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use futures_util::{StreamExt, stream};

use super::{InjectedFault, middle_box};
use crate::clock::{after_seconds, http_date};
use crate::faults::{FailureMode, FaultSpec};
use crate::graph::error::ODataError;
use crate::ingress::Ingress;
use crate::listen::Abort;
use crate::oauth::challenge::challenged;
use crate::oauth::claims::newer_than;
use crate::params::bearer;
use crate::state::Tenant;

/// The answer of a request that is struck.
pub(super) async fn inject(
    ingress: &Ingress,
    kind: &FailureMode,
    spec: &FaultSpec,
    mut request: Request<Body>,
) -> Response<Body> {
    let tenant = &ingress.tenant;
    match kind {
        FailureMode::AnswerLost => {
            let _ = ingress.perform(request).await;
            aborted()
        }
        FailureMode::Reset => aborted(),
        FailureMode::Status(status) => refused(tenant, *status, spec),
        FailureMode::Html => captive_portal(),
        FailureMode::Malformed => malformed(ingress.perform(request).await),
        FailureMode::Truncated => truncated(ingress.perform(request).await).await,
        FailureMode::Redirect => redirected(spec),
        FailureMode::Slow => {
            let response = ingress.perform(request).await;
            tokio::time::sleep(Duration::from_millis(spec.delay_ms.unwrap_or(5_000))).await;
            response
        }
        FailureMode::SlowLoris => slow_loris(ingress.perform(request).await, spec).await,
        FailureMode::Huge => huge(spec.size_bytes.unwrap_or(64 * 1024 * 1024)),
        FailureMode::Endless => endless(),
        FailureMode::OtherUser => {
            let other_user = true;
            request.extensions_mut().insert(InjectedFault {
                other_user,
                ..InjectedFault::default()
            });
            ingress.perform(request).await
        }
        FailureMode::Stale | FailureMode::Flap => {
            // The first, third, fifth … read of a flapping one is old.
            if *kind == FailureMode::Stale || spec.struck % 2 == 1 {
                let age_s = spec.age_s.unwrap_or(60);
                let past = Some(Duration::from_secs(u64::from(age_s)));
                request.extensions_mut().insert(InjectedFault {
                    past,
                    ..InjectedFault::default()
                });
            }
            ingress.perform(request).await
        }
        FailureMode::Date => {
            let mut response = ingress.perform(request).await;
            let date = after_seconds(tenant.now(), spec.skew_s.unwrap_or(3_600));
            if let Ok(date) = HeaderValue::from_str(&http_date(date)) {
                response.headers_mut().insert(header::DATE, date);
            }
            response
        }
        FailureMode::HeldUp => middle_box::held_up(ingress, spec, request).await,
        FailureMode::Twice => middle_box::twice(ingress, spec, request).await,
        FailureMode::Claims => claims_challenge(tenant, request.headers()),
        FailureMode::Revoked => {
            revoke(tenant, request.headers());
            claims_challenge(tenant, request.headers())
        }
    }
}

pub(super) fn aborted() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Abort);
    response
}

fn refused(tenant: &Tenant, status: u16, spec: &FaultSpec) -> Response<Body> {
    let (code, message) = match status {
        429 => ("TooManyRequests", "Too Many Requests"),
        503 => ("ServiceUnavailable", "Service Unavailable"),
        _ => (
            "generalException",
            "The request was refused by a fault set on the simulated tenant.",
        ),
    };
    let mut response = ODataError::new(status, code, message).into_plain_response();
    let date = spec
        .retry_after_date_s
        .map(|ahead_s| http_date(after_seconds(tenant.now(), ahead_s)));
    let retry_after = spec.retry_after.as_deref().or(date.as_deref());
    if let Some(value) = retry_after.and_then(|value| HeaderValue::from_str(value).ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

fn captive_portal() -> Response<Body> {
    let page = "<!doctype html><title>Wi-Fi</title><h1>Welcome to the guest network</h1>\
                <form method=post action=/login><button>Accept and connect</button></form>";
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

fn claims_challenge(tenant: &Tenant, headers: &HeaderMap) -> Response<Body> {
    let inner_error = tenant.lock().flags.inner_error;
    challenged(tenant, headers, inner_error, &newer_than(0))
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

fn malformed(response: Response<Body>) -> Response<Body> {
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from("{\"value\": [{\"id\": \"\u{fffd}"))
}

fn redirected(spec: &FaultSpec) -> Response<Body> {
    let location = spec.location.as_deref();
    let location = location.unwrap_or("http://elsewhere.invalid/");
    (StatusCode::FOUND, [(header::LOCATION, location.to_owned())]).into_response()
}

/// The head comes at once, the body byte by byte.
async fn slow_loris(response: Response<Body>, spec: &FaultSpec) -> Response<Body> {
    let pause = Duration::from_millis(spec.delay_ms.unwrap_or(1_000));
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let bytes = stream::iter(0..whole.len()).then(move |at| {
        let byte = whole.slice(at..=at);
        async move {
            tokio::time::sleep(pause).await;
            Ok::<Bytes, std::io::Error>(byte)
        }
    });
    Response::from_parts(parts, Body::from_stream(bytes))
}

/// A list of nobody in so many bytes: right JSON, only too much of it.
fn huge(size: u64) -> Response<Body> {
    const START: &[u8] = b"{\"value\":[";
    const END: &[u8] = b"]}";
    const BLANKS: &[u8] = &[b' '; 64 * 1024];
    let between = usize::try_from(size)
        .unwrap_or(usize::MAX)
        .max(START.len() + END.len())
        - START.len()
        - END.len();
    let pieces = (0..between.div_ceil(BLANKS.len())).map(move |piece| {
        let left = between - piece * BLANKS.len();
        Bytes::from_static(&BLANKS[..left.min(BLANKS.len())])
    });
    let all = std::iter::once(Bytes::from_static(START))
        .chain(pieces)
        .chain(std::iter::once(Bytes::from_static(END)))
        .map(Ok::<Bytes, std::io::Error>);
    let mut response = json(Body::from_stream(stream::iter(all)));
    let length = HeaderValue::from(START.len() + between + END.len());
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, length);
    response
}

/// A list that goes on as long as the caller listens.
fn endless() -> Response<Body> {
    let start = stream::once(async { Bytes::from_static(b"{\"value\":[{}") });
    let more = stream::repeat(Bytes::from_static(
        b",{\"id\":\"00000000-0000-0000-0000-000000000000\"}",
    ));
    json(Body::from_stream(
        start.chain(more).map(Ok::<Bytes, std::io::Error>),
    ))
}

fn json(body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    let kind = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Ends every token and session of the person who calls, as an administrator's revocation does.
fn revoke(tenant: &Tenant, headers: &HeaderMap) {
    let token = bearer(headers);
    let now = tenant.now();
    let mut state = tenant.lock();
    let grants = &mut state.grants;
    let caller = token.and_then(|token| grants.access.get(token));
    let Some(signed_in) = caller.and_then(|access| access.signed_in()) else {
        return;
    };
    let id = signed_in.user_id.clone();
    grants.access.retain(|_, access| !access.is_of(&id));
    grants.revoke(&id, now);
}
