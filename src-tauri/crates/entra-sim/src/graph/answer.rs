//! What Graph answers with, and the headers every answer bears.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use serde_json::Value;

use crate::clock::directory_time;
use crate::graph::error::ODataError;
use crate::params::header_text;
use crate::state::{Tenant, random_guid};

const JSON: &str = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/// A successful answer.
pub(crate) enum GraphReply {
    Ok(Value),
    /// 200 with JSON that is written already.
    Written(Vec<u8>),
    Created(Value),
    NoContent,
    /// 202 without a body.
    Accepted,
    /// 202 with an operation to follow.
    Operation {
        location: String,
        retry_after_s: Option<u32>,
        body: Value,
    },
    /// 200 with bytes of that type.
    Bytes(&'static str, Bytes),
}

impl GraphReply {
    /// 200 with `body` written as JSON at once, without a tree in between.
    pub(crate) fn written(body: &impl Serialize) -> Result<Self, ODataError> {
        serde_json::to_vec(body)
            .map(Self::Written)
            .map_err(|problem| ODataError::new(500, "generalException", problem.to_string()))
    }
}

/// The answer as it goes out.
pub(crate) fn finish(
    tenant: &Tenant,
    headers: &HeaderMap,
    inner_error: &'static str,
    outcome: Result<GraphReply, ODataError>,
) -> Response<Body> {
    let request_id = random_guid();
    let client_request_id = header_text(headers, "client-request-id").unwrap_or(&request_id);
    let mut response = match outcome {
        Ok(reply) => replied(reply),
        Err(problem) => {
            // The envelope's date has no zone; it is UTC all the same.
            let date = directory_time(tenant.now());
            let date = date.trim_end_matches('Z');
            let body = problem.body(inner_error, date, &request_id, client_request_id);
            refused(&problem, &body)
        }
    };
    let answer = response.headers_mut();
    for (name, value) in [
        ("request-id", request_id.as_str()),
        ("client-request-id", client_request_id),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.insert(name, value);
        }
    }
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn replied(reply: GraphReply) -> Response<Body> {
    match reply {
        GraphReply::Ok(body) => json(StatusCode::OK, body.to_string()),
        GraphReply::Written(body) => json(StatusCode::OK, body),
        GraphReply::Created(body) => json(StatusCode::CREATED, body.to_string()),
        GraphReply::NoContent => bare(StatusCode::NO_CONTENT),
        GraphReply::Accepted => bare(StatusCode::ACCEPTED),
        GraphReply::Operation {
            location,
            retry_after_s,
            body,
        } => {
            let mut response = json(StatusCode::ACCEPTED, body.to_string());
            if let Ok(location) = HeaderValue::from_str(&location) {
                response.headers_mut().insert(header::LOCATION, location);
            }
            if let Some(seconds) = retry_after_s {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            response
        }
        GraphReply::Bytes(kind, bytes) => {
            let mut response = Response::new(Body::from(bytes));
            response
                .headers_mut()
                .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            response
        }
    }
}

fn refused(problem: &ODataError, body: &Value) -> Response<Body> {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = json(status, body.to_string());
    for (name, value) in &problem.headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(*name, value);
        }
    }
    if status == StatusCode::UNAUTHORIZED {
        let challenge = "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
                         client_id=\"00000003-0000-0000-c000-000000000000\"";
        response.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static(challenge),
        );
    }
    response
}

fn json(status: StatusCode, body: impl Into<Body>) -> Response<Body> {
    let mut response = bare(status);
    *response.body_mut() = body.into();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
    headers.insert("odata-version", HeaderValue::from_static("4.0"));
    response
}

fn bare(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
