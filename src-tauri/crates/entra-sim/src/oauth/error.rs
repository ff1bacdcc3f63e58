//! The sign-in service's refusals.

use axum::Json;
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::json;

use crate::clock::sign_in_time;
use crate::state::{Tenant, random_guid};

/// A refusal with its OAuth error word and AADSTS number.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) error: &'static str,
    pub(crate) aadsts: u32,
    pub(crate) text: String,
}

impl Refusal {
    /// A refusal with that text, which names no secret.
    pub(crate) fn new(error: &'static str, aadsts: u32, text: impl Into<String>) -> Self {
        Self {
            error,
            aadsts,
            text: text.into(),
        }
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
        let status = if self.error == "invalid_client" {
            StatusCode::UNAUTHORIZED
        } else {
            StatusCode::BAD_REQUEST
        };
        let body = json!({
            "error": self.error,
            "error_description": self.description(&trace, correlation, &time),
            "error_codes": [self.aadsts],
            "timestamp": time,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={}", self.aadsts),
        });
        (
            status,
            [(header::CACHE_CONTROL, "no-store, no-cache")],
            Json(body),
        )
            .into_response()
    }
}
