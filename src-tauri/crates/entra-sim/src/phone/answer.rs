//! What the pages of phone, site and trainer answer with, and in which language.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::{Html, IntoResponse};

use crate::oauth::pages::PageLanguage;
use crate::params::Params;

/// The language asked for by field, else by the browser.
pub(crate) fn language(params: &Params, headers: &HeaderMap) -> PageLanguage {
    match params.of("lang") {
        Some("ja") => PageLanguage::Japanese,
        Some(_) => PageLanguage::English,
        None => PageLanguage::of(params, headers),
    }
}

/// A page that is never kept.
pub(crate) fn page(html: String) -> Response<Body> {
    let mut response = Html(html).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// To another page of ours.
pub(crate) fn see_other(path: &str) -> Response<Body> {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_owned())]).into_response()
}
