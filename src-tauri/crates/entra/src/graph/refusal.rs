//! Graph's error answers, read tolerantly: two spellings of `innerError`, empty codes, no JSON at all.

use crate::error::GraphErrorKind;
use crate::http::{Answer, Content};

/// The error object of an answer. The message is a hint only and is never shown or logged.
pub(crate) struct ErrorBody {
    pub(crate) code: String,
    /// The code inside `innerError`, the more exact of the two where there is one.
    pub(crate) inner: String,
    pub(crate) message: String,
    pub(crate) request_id: Option<String>,
}

impl ErrorBody {
    /// `None` where the body is not Graph's error envelope.
    pub(crate) fn read(answer: &Answer) -> Option<Self> {
        if answer.content != Content::Json {
            return None;
        }
        let json: serde_json::Value = serde_json::from_slice(&answer.body).ok()?;
        let error = json.get("error")?.as_object()?;
        let text = |name: &str| {
            error
                .get(name)
                .and_then(|value| value.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        let inner = error.get("innerError").or_else(|| error.get("innererror"));
        let request_id = inner
            .and_then(|inner| inner.get("request-id"))
            .and_then(|value| value.as_str())
            .and_then(crate::http::safe_id);
        let inner_code = inner
            .and_then(|inner| inner.get("code"))
            .and_then(|value| value.as_str());
        let body = Self {
            code: text("code"),
            inner: inner_code.unwrap_or_default().to_owned(),
            message: text("message"),
            request_id,
        };
        // The service names what is wrong, or the request it is about.
        let signed =
            answer.request_id.is_some() || body.request_id.is_some() || !body.code.is_empty();
        signed.then_some(body)
    }
}

impl ErrorBody {
    /// The service has no such address, which says nothing of whom was asked about.
    fn is_about_the_address(&self) -> bool {
        let message = self.message.to_ascii_lowercase();
        message.contains("no http resource was found")
            || message.contains("resource not found for the segment")
    }
}

/// The service does not take the token; a box on the way that says so has not seen it.
pub(crate) fn rejects_token(answer: &Answer) -> bool {
    answer.status == 401 && matches!(kind(answer), GraphErrorKind::SignInNeeded { .. })
}

/// What an answer that is not a success means for a read or a removal.
pub(crate) fn kind(answer: &Answer) -> GraphErrorKind {
    if let Some(between) = answer.in_between() {
        return between.into();
    }
    let body = ErrorBody::read(answer);
    let from_service = body.is_some() || answer.request_id.is_some();
    match answer.status {
        401 if from_service || answer.bearer_challenge => GraphErrorKind::SignInNeeded {
            claims: answer.claims.clone(),
        },
        403 if answer.claims.is_some() => GraphErrorKind::SignInNeeded {
            claims: answer.claims.clone(),
        },
        403 if from_service => GraphErrorKind::NotPermitted,
        404 if body.as_ref().is_some_and(ErrorBody::is_about_the_address) => {
            GraphErrorKind::Unexpected
        }
        404 if from_service => GraphErrorKind::NotFound,
        429 => GraphErrorKind::Throttled {
            retry_after: answer.retry_after,
        },
        500..=599 => GraphErrorKind::ServerTrouble,
        // JSON of somebody's who does not know how the service writes.
        401 => GraphErrorKind::ProxyWantsSignIn,
        400..=499 if !from_service => GraphErrorKind::NetworkRefused,
        _ => GraphErrorKind::Unexpected,
    }
}
