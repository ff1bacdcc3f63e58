//! The sign-in service: discovery, keys, sign-in pages, tokens, sign-out.

pub(crate) mod access_decision;
pub(crate) mod app_only;
pub(crate) mod approval;
pub(crate) mod authority;
pub(crate) mod authorize;
pub(crate) mod challenge;
pub(crate) mod claims;
pub(crate) mod client_proof;
pub(crate) mod clients;
pub(crate) mod device;
pub(crate) mod finish;
pub(crate) mod flags;
pub(crate) mod flow_step;
pub(crate) mod grants;
pub(crate) mod issue;
pub(crate) mod keys;
pub(crate) mod logout;
pub(crate) mod new_password;
pub(crate) mod pages;
pub(crate) mod password_grant;
pub(crate) mod redirect;
pub(crate) mod refusals;
pub(crate) mod scopes;
pub(crate) mod secret;
pub(crate) mod session;
pub(crate) mod sign_in;
pub(crate) mod token;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::routing::{get, post};

use crate::oauth::pages::PageLanguage;
use crate::oauth::refusals::Refusal;
use crate::oauth::token::correlation;
use crate::params::Params;
use crate::state::Tenant;

const INSTANCE: &str = "/{tenant}/discovery/instance";
const DISCOVERY: &str = "/{tenant}/v2.0/.well-known/openid-configuration";
const KEYS: &str = "/{tenant}/discovery/v2.0/keys";
/// Version 1 only, as clients ask for it.
const REALM: &str = "/{tenant}/userrealm/{name}";
const AUTHORIZE: &str = "/{tenant}/oauth2/v2.0/authorize";
const LOGIN: &str = "/{tenant}/login";
const TOKEN: &str = "/{tenant}/oauth2/v2.0/token";
const DEVICE_CODE: &str = "/{tenant}/oauth2/v2.0/devicecode";
const DEVICE_PAGE: &str = "/{tenant}/oauth2/deviceauth";
const LOGOUT: &str = "/{tenant}/oauth2/v2.0/logout";

/// The routes of the sign-in service.
pub(crate) fn router(tenant: Arc<Tenant>) -> Router {
    Router::new()
        .route(INSTANCE, get(authority::instance))
        .route(DISCOVERY, get(authority::discovery))
        .route(KEYS, get(authority::keys))
        .route(REALM, get(password_grant::realm))
        .route(
            AUTHORIZE,
            get(authorize::authorize).post(authorize::authorize),
        )
        .route(LOGIN, get(sign_in::login).post(sign_in::login))
        .route(TOKEN, post(token::token).get(token::only_post))
        .route(DEVICE_CODE, post(device::device_code).get(token::only_post))
        .route(DEVICE_PAGE, get(device::page).post(device::page))
        .route(LOGOUT, get(logout::logout).post(logout::logout))
        .layer(middleware::from_fn_with_state(tenant.clone(), unless_down))
        .with_state(tenant)
}

/// The template a path of the sign-in service is counted under.
pub(crate) fn template(path: &str) -> Option<String> {
    let rest = path.strip_prefix('/')?.split_once('/')?.1;
    let known = [
        INSTANCE,
        DISCOVERY,
        KEYS,
        AUTHORIZE,
        LOGIN,
        TOKEN,
        DEVICE_CODE,
        DEVICE_PAGE,
        LOGOUT,
    ];
    if rest
        .strip_prefix("userrealm/")
        .is_some_and(|name| !name.contains('/'))
    {
        return Some(REALM.to_owned());
    }
    known
        .into_iter()
        .find(|template| template.strip_prefix("/{tenant}/") == Some(rest))
        .map(str::to_owned)
}

/// A refusal of a tenant that cannot be named, as a page where people come.
fn nowhere(tenant: &Tenant, request: &Request) -> Response<Body> {
    let refusal = Refusal::unknown_tenant("");
    let named = template(request.uri().path());
    let pages = [AUTHORIZE, LOGIN, DEVICE_PAGE, LOGOUT];
    if named.is_some_and(|template| pages.contains(&template.as_str())) {
        let language = PageLanguage::of(&Params::default(), request.headers());
        return authorize::on_page(tenant, language, &refusal);
    }
    refusal.into_json(tenant, &correlation(request.headers()))
}

async fn unless_down(
    State(tenant): State<Arc<Tenant>>,
    request: Request,
    next: Next,
) -> Response<Body> {
    // A path that is no text names no tenant; the routes would say so in words of their own.
    let path = request.uri().path().replace('+', "%2B");
    let decoded = url::form_urlencoded::parse(path.as_bytes()).next();
    if decoded.is_none_or(|(path, _)| path.contains(char::REPLACEMENT_CHARACTER)) {
        return nowhere(&tenant, &request);
    }
    if tenant.lock().flags.sign_in_down {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "The service is unavailable.",
        )
            .into_response();
    }
    next.run(request).await
}
