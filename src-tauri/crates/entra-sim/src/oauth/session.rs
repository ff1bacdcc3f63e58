//! Browser sessions: who is signed in where, and the cookies that say so.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, header};

use crate::oauth::grants::{CompletedSignIn, Grants};
use crate::params::cookie;
use crate::state::random_token;

/// The cookie that goes with the browser.
const SESSION: &str = "ESTSAUTH";
/// The cookie that stays after "stay signed in".
const PERSISTENT: &str = "ESTSAUTHPERSISTENT";
/// How long it stays.
const PERSISTENT_S: u32 = 90 * 86_400;

/// The session a request's cookies name.
pub(crate) fn cookie_of(headers: &HeaderMap) -> Option<String> {
    cookie(headers, SESSION).or_else(|| cookie(headers, PERSISTENT))
}

/// Adds somebody to a browser's session, or begins one; the answer is its name.
pub(crate) fn join(
    grants: &mut Grants,
    browser: Option<&str>,
    signed_in: CompletedSignIn,
) -> String {
    let known = browser.filter(|browser| grants.sessions.contains_key(*browser));
    let name = known.map_or_else(random_token, str::to_owned);
    let session = grants.sessions.entry(name.clone()).or_default();
    session.retain(|one| one.user_id != signed_in.user_id);
    session.insert(0, signed_in);
    name
}

/// Gives the browser its cookie.
pub(crate) fn set(response: &mut Response<Body>, name: &str, stay: bool) {
    add(
        response,
        &format!("{SESSION}={name}; Path=/; HttpOnly; SameSite=Lax"),
    );
    if stay {
        add(
            response,
            &format!("{PERSISTENT}={name}; Path=/; Max-Age={PERSISTENT_S}; HttpOnly; SameSite=Lax"),
        );
    }
}

/// Takes the cookies away.
pub(crate) fn clear(response: &mut Response<Body>) {
    for cookie in [SESSION, PERSISTENT] {
        add(
            response,
            &format!("{cookie}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"),
        );
    }
}

fn add(response: &mut Response<Body>, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
