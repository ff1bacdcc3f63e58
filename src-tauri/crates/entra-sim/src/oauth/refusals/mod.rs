//! The sign-in service's refusals.

mod account;
mod password;
mod policy;
pub(crate) mod row;
mod service;
pub(crate) mod set;
mod table;

use axum::Json;
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::json;

use crate::clock::sign_in_time;
use crate::oauth::refusals::row::Aadsts;
use crate::state::{Tenant, random_guid};

/// A refusal with its OAuth error word and AADSTS number.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) error: &'static str,
    pub(crate) aadsts: u32,
    pub(crate) text: String,
    pub(crate) suberror: Option<&'static str>,
    /// What the client has to ask for next time, as JSON.
    pub(crate) claims: Option<String>,
}

impl Refusal {
    /// A refusal with that text, which names no secret.
    pub(crate) fn new(error: &'static str, aadsts: u32, text: impl Into<String>) -> Self {
        Self {
            error,
            aadsts,
            text: text.into(),
            suberror: None,
            claims: None,
        }
    }

    /// A refusal in the table's words; the number alone where the table does not have it.
    pub(crate) fn numbered(number: u32) -> Self {
        match Aadsts::of(number) {
            Some(entry) => Self::of(entry),
            None => Self::new("invalid_request", number, "The request was refused."),
        }
    }

    /// An entry's refusal.
    pub(crate) fn of(entry: &'static Aadsts) -> Self {
        Self {
            suberror: entry.suberror,
            ..Self::new(entry.error, entry.number, entry.english)
        }
    }

    /// The same at the token endpoint, where a lack of consent is `invalid_grant`.
    pub(crate) fn at_token(self) -> Self {
        let error = match self.error {
            "consent_required" => "invalid_grant",
            other => other,
        };
        Self { error, ..self }
    }

    /// The tenant part of the path is not this tenant.
    pub(crate) fn unknown_tenant(asked: &str) -> Self {
        let text = format!(
            "Tenant '{asked}' not found. Check to make sure you have the correct tenant ID and are signing into the correct \
             cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for \
             the tenant."
        );
        Self::new("invalid_request", 90002, text)
    }

    /// No such app registration.
    pub(crate) fn unknown_client(asked: &str, tenant: &Tenant) -> Self {
        let text = format!(
            "Application with identifier '{asked}' was not found in the directory '{}'. This can happen if the application \
             has not been installed by the administrator of the tenant or consented to by any user in the tenant.",
            tenant.display_name
        );
        Self::new("unauthorized_client", 700_016, text)
    }

    /// A parameter is absent.
    pub(crate) fn missing(parameter: &str) -> Self {
        let text = format!("The request body must contain the following parameter: '{parameter}'.");
        Self::new("invalid_request", 900_144, text)
    }

    /// A parameter cannot be understood.
    pub(crate) fn malformed(parameter: &str) -> Self {
        let text = format!("The value of the parameter '{parameter}' is malformed or not valid.");
        Self::new("invalid_request", 9_002_313, text)
    }

    /// `error_description`, with the ids support asks for.
    pub(crate) fn description(&self, trace: &str, correlation: &str, time: &str) -> String {
        format!(
            "AADSTS{}: {} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}",
            self.aadsts, self.text
        )
    }

    /// The token endpoint's answer.
    pub(crate) fn into_json(self, tenant: &Tenant, correlation: &str) -> Response<Body> {
        let (trace, time) = (random_guid(), sign_in_time(tenant.now()));
        let status = match self.error {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            "temporarily_unavailable" => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_REQUEST,
        };
        let mut body = json!({
            "error": self.error,
            "error_description": self.description(&trace, correlation, &time),
            "error_codes": [self.aadsts],
            "timestamp": time,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={}", self.aadsts),
        });
        if let Some(suberror) = self.suberror {
            body["suberror"] = json!(suberror);
        }
        if let Some(claims) = self.claims {
            body["claims"] = json!(claims);
        }
        let mut response = (
            status,
            [(header::CACHE_CONTROL, "no-store, no-cache")],
            Json(body),
        )
            .into_response();
        if let Ok(trace) = trace.parse() {
            response.headers_mut().insert("x-ms-request-id", trace);
        }
        response
    }
}
