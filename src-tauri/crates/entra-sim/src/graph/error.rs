//! Graph's error envelope.

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::{Value, json};

/// A refusal in Graph's words.
#[derive(Clone, Debug)]
pub(crate) struct ODataError {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// The authentication-methods service repeats the message inside `innerError`.
    pub(crate) repeated: bool,
    /// A more exact code inside `innerError`.
    pub(crate) inner: Option<&'static str>,
    /// Headers of the answer beside Graph's own.
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl ODataError {
    /// A refusal with that status, code and message.
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            repeated: false,
            inner: None,
            headers: Vec::new(),
        }
    }

    /// 400 as the authentication-methods service says it.
    pub(crate) fn bad_method_request(message: impl Into<String>) -> Self {
        Self {
            repeated: true,
            ..Self::new(400, "badRequest", message)
        }
    }

    /// 400 as the directory says it.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "Request_BadRequest", message)
    }

    /// A query that needs `ConsistencyLevel: eventual`.
    pub(crate) fn unsupported_query(message: impl Into<String>) -> Self {
        Self::new(400, "Request_UnsupportedQuery", message)
    }

    /// A number asked for as a path without `ConsistencyLevel: eventual`.
    pub(crate) fn no_count() -> Self {
        Self::bad_request("$count is not currently supported.")
    }

    /// 403 as the authentication-methods service says it.
    pub(crate) fn method_access_denied() -> Self {
        Self {
            repeated: true,
            ..Self::new(403, "accessDenied", "Request Authorization failed")
        }
    }

    /// 403 as the directory says it.
    pub(crate) fn insufficient_privileges() -> Self {
        Self::new(
            403,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.",
        )
    }

    /// The directory has no such object.
    pub(crate) fn no_such_object(key: &str) -> Self {
        let message = format!(
            "Resource '{key}' does not exist or one of its queried reference-property objects are not present."
        );
        Self::new(404, "Request_ResourceNotFound", message)
    }

    /// The authentication-methods service has no such thing.
    pub(crate) fn no_such_method(message: &str) -> Self {
        Self::new(404, "resourceNotFound", message)
    }

    /// The path is none this tenant serves.
    pub(crate) fn no_such_path(segment: &str) -> Self {
        Self::new(
            400,
            "BadRequest",
            format!("Resource not found for the segment '{segment}'."),
        )
    }

    /// The body could not be read: it was too long, or broke off.
    pub(crate) fn unread(status: StatusCode) -> Self {
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            Self::new(413, "RequestEntityTooLarge", "The request is too large.")
        } else {
            Self::new(400, "BadRequest", "The request body could not be read.")
        }
    }

    /// The body is no JSON of the right shape.
    pub(crate) fn unreadable(problem: impl std::fmt::Display) -> Self {
        let message = format!(
            "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format. ({problem})"
        );
        Self::new(400, "BadRequest", message)
    }

    /// What cannot be expanded there, or not here.
    pub(crate) fn cannot_expand(what: &str) -> Self {
        let message = format!(
            "Parsing OData Select and Expand failed: Could not find a property named '{what}'."
        );
        Self::new(400, "BadRequest", message)
    }

    /// There is no `/me` for an app without a person.
    pub(crate) fn no_person() -> Self {
        let message = "/me request is only valid with delegated authentication flow.";
        Self::new(400, "BadRequest", message)
    }

    /// The token is absent or no good.
    pub(crate) fn bad_token(message: &str) -> Self {
        Self::new(401, "InvalidAuthenticationToken", message)
    }

    /// The envelope's JSON; `inner_error` is the spelling of that member.
    pub(crate) fn body(
        &self,
        inner_error: &str,
        date: &str,
        request_id: &str,
        client_request_id: &str,
    ) -> Value {
        let mut inner = json!({
            "date": date,
            "request-id": request_id,
            "client-request-id": client_request_id,
        });
        if self.repeated {
            inner["message"] = json!(self.message);
        }
        if let Some(code) = self.inner {
            inner["code"] = json!(code);
        }
        json!({"error": {"code": self.code, "message": self.message, inner_error: inner}})
    }

    /// The answer without ids, for faults that stand in front of Graph.
    pub(crate) fn into_plain_response(self) -> Response<Body> {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = json!({"error": {"code": self.code, "message": self.message}});
        let mut response = (status, Json(body)).into_response();
        if self.status == 401 {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
