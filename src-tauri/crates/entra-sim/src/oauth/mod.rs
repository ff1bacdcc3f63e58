//! The sign-in service: discovery, keys, sign-in pages, tokens, sign-out.

pub(crate) mod authorize;
pub(crate) mod clients;
pub(crate) mod error;
pub(crate) mod grants;
pub(crate) mod keys;
pub(crate) mod pages;
pub(crate) mod redirect;
pub(crate) mod scopes;
pub(crate) mod sign_in;
pub(crate) mod token;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use serde_json::json;

use crate::listen::Base;
use crate::oauth::authorize::SESSION;
use crate::oauth::error::Refusal;
use crate::oauth::pages::Language;
use crate::oauth::redirect::{ResponseMode, is_registered};
use crate::oauth::token::issuer;
use crate::params::{Params, cookie};
use crate::state::{Tenant, random_guid};

const DISCOVERY: &str = "/{tenant}/v2.0/.well-known/openid-configuration";
const KEYS: &str = "/{tenant}/discovery/v2.0/keys";
const AUTHORIZE: &str = "/{tenant}/oauth2/v2.0/authorize";
const LOGIN: &str = "/{tenant}/login";
const TOKEN: &str = "/{tenant}/oauth2/v2.0/token";
const DEVICE_CODE: &str = "/{tenant}/oauth2/v2.0/devicecode";
const LOGOUT: &str = "/{tenant}/oauth2/v2.0/logout";

/// The routes of the sign-in service.
pub(crate) fn router(tenant: Arc<Tenant>) -> Router {
    Router::new()
        .route(DISCOVERY, get(discovery))
        .route(KEYS, get(keys))
        .route(
            AUTHORIZE,
            get(authorize::authorize).post(authorize::authorize),
        )
        .route(LOGIN, get(sign_in::login).post(sign_in::login))
        .route(TOKEN, post(token::token))
        .route(DEVICE_CODE, post(device_code))
        .route(LOGOUT, get(logout).post(logout))
        .layer(middleware::from_fn_with_state(tenant.clone(), unless_down))
        .with_state(tenant)
}

/// The template a path of the sign-in service is counted under.
pub(crate) fn template(path: &str) -> Option<String> {
    let rest = path.strip_prefix('/')?.split_once('/')?.1;
    let known = [
        DISCOVERY,
        KEYS,
        AUTHORIZE,
        LOGIN,
        TOKEN,
        DEVICE_CODE,
        LOGOUT,
    ];
    known
        .into_iter()
        .find(|template| template.strip_prefix("/{tenant}/") == Some(rest))
        .map(str::to_owned)
}

async fn unless_down(
    State(tenant): State<Arc<Tenant>>,
    request: Request,
    next: Next,
) -> Response<Body> {
    if tenant.lock().switches.sign_in_down {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "The service is unavailable.",
        )
            .into_response();
    }
    next.run(request).await
}

async fn discovery(
    State(tenant): State<Arc<Tenant>>,
    Path(named): Path<String>,
    Extension(base): Extension<Base>,
) -> Response<Body> {
    if !tenant.is_named(&named) {
        return Refusal::unknown_tenant(&named).into_json(&tenant, &random_guid());
    }
    let at = |path: &str| format!("{}{}", base.0, path.replace("{tenant}", &tenant.id));
    Json(json!({
        "issuer": issuer(&base, &tenant),
        "authorization_endpoint": at(AUTHORIZE),
        "token_endpoint": at(TOKEN),
        "device_authorization_endpoint": at(DEVICE_CODE),
        "end_session_endpoint": at(LOGOUT),
        "jwks_uri": at(KEYS),
        "userinfo_endpoint": "https://graph.microsoft.com/oidc/userinfo",
        "response_modes_supported": ["query", "fragment", "form_post"],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver"],
        "request_uri_parameter_supported": false,
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "tenant_region_scope": "AS",
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": "graph.microsoft.com",
    }))
    .into_response()
}

async fn keys(
    State(tenant): State<Arc<Tenant>>,
    Path(named): Path<String>,
    Extension(base): Extension<Base>,
) -> Response<Body> {
    if !tenant.is_named(&named) {
        return Refusal::unknown_tenant(&named).into_json(&tenant, &random_guid());
    }
    Json(tenant.keys.jwks(&issuer(&base, &tenant))).into_response()
}

/// The device grant is not part of this tenant yet: refused as where Conditional Access blocks it.
async fn device_code(State(tenant): State<Arc<Tenant>>) -> Response<Body> {
    let text = "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.";
    Refusal::new("invalid_grant", 53003, text).into_json(&tenant, &random_guid())
}

async fn logout(
    State(tenant): State<Arc<Tenant>>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let language = Language::of(&params, &headers);
    let mut state = tenant.lock();
    if let Some(session) = cookie(&headers, SESSION) {
        state.grants.sessions.remove(&session);
    }
    let after = params.of("post_logout_redirect_uri");
    let back = after.filter(|after| {
        state
            .clients
            .iter()
            .any(|client| is_registered(&client.redirects, after))
    });
    let mut response = match back {
        Some(back) => {
            let fields: Vec<_> = params
                .of("state")
                .map(|state| ("state", state.to_owned()))
                .into_iter()
                .collect();
            redirect::answer(back, ResponseMode::Query, &fields, language)
        }
        None => pages::notice(
            language,
            language.pick("サインアウトしました", "You signed out of your account"),
            language.pick(
                "すべてのブラウザー ウィンドウを閉じることをお勧めします。",
                "It’s a good idea to close all browser windows.",
            ),
        ),
    };
    let gone = HeaderValue::from_static("ESTSAUTH=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    response.headers_mut().insert(header::SET_COOKIE, gone);
    response
}
