//! Query and form fields as one map, and what requests say of themselves.

use std::collections::HashMap;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, Method, StatusCode};

/// Fields of the query and, for a POST, of the form; the form wins.
///
/// No `Debug`: passwords and passes are among them.
#[derive(Clone, Default)]
pub(crate) struct Params(HashMap<String, String>);

impl Params {
    /// The field's value; an empty one counts as absent.
    pub(crate) fn of(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// The field's value without the spaces around it, empty when absent.
    pub(crate) fn trimmed(&self, name: &str) -> &str {
        self.of(name).unwrap_or_default().trim()
    }

    /// The fields of a query or form.
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(encoded).into_owned().collect())
    }
}

impl<S: Send + Sync> FromRequest<S> for Params {
    type Rejection = StatusCode;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        const MOST: usize = 64 * 1024;
        let mut all = Self::parse(request.uri().query().unwrap_or_default().as_bytes());
        if request.method() == Method::POST {
            let body = to_bytes(request.into_body(), MOST)
                .await
                .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
            all.0.extend(Self::parse(&body).0);
        }
        Ok(all)
    }
}

/// A header's value where it is text.
pub(crate) fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers
        .get_all("cookie")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = all
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}
