//! The typeface the pages bring along: a bare Debian has none for Japanese.

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

const PATH: &str = "/typeface/biz-udpgothic.woff2";
const LICENCE: &str = "/typeface/LICENSE";

/// Stands before every page's own style. The path is written out: formats know no constants.
pub(crate) const FACE: &str = "@font-face{font-family:'BIZ UDPGothic';font-display:block;\
     src:url(/typeface/biz-udpgothic.woff2) format('woff2')}";

/// What a page without a style of its own is set in.
pub(crate) const PLAIN: &str = "body{font-family:system-ui,'BIZ UDPGothic',sans-serif}";

/// Serves it with its licence.
pub(crate) fn router() -> Router {
    Router::new()
        .route(PATH, get(typeface))
        .route(LICENCE, get(licence))
}

async fn typeface() -> impl IntoResponse {
    let kept = "public, max-age=31536000, immutable";
    (
        [
            (header::CONTENT_TYPE, "font/woff2"),
            (header::CACHE_CONTROL, kept),
        ],
        include_bytes!("../typeface/biz-udpgothic.woff2").as_slice(),
    )
}

async fn licence() -> &'static str {
    include_str!("../typeface/LICENSE")
}
