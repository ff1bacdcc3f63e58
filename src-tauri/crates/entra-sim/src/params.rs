//! Query and form fields as one map, and what requests say of themselves.

use std::collections::HashMap;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, Method, StatusCode};
use futures_util::StreamExt;

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
            let body = whole(request.into_body(), MOST).await?;
            all.0.extend(Self::parse(&body).0);
        }
        Ok(all)
    }
}

/// The body of a request of at most so many bytes: 413 when it is longer, 400 when it breaks off.
///
/// A longer one is read to its end first, as far as that is sensible: a client that is still sending would
/// see its connection end instead of the answer.
pub(crate) async fn whole(body: Body, most: usize) -> Result<Bytes, StatusCode> {
    const PATIENCE: usize = 64 * 1024 * 1024;
    // Nearly every request has none.
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let mut stream = body.into_data_stream();
    let (mut read, mut length) = (Vec::new(), 0);
    while let Some(part) = stream.next().await {
        let part = part.map_err(|_| StatusCode::BAD_REQUEST)?;
        length += part.len();
        if length > PATIENCE {
            break;
        }
        if length <= most {
            read.extend_from_slice(&part);
        }
    }
    if length > most {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    Ok(Bytes::from(read))
}

/// A header's value where it is text.
pub(crate) fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The bearer token a request carries, if any; the word is taken in any case (RFC 9110, 11.1).
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = header_text(headers, "authorization")?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim())
        .filter(|token| !token.is_empty())
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
