//! `/authorize`: what a client may ask for, and where the sign-in begins.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response};

use crate::clock::sign_in_time;
use crate::listen::Base;
use crate::oauth::error::Refusal;
use crate::oauth::grants::{Asked, Flow};
use crate::oauth::pages::{self, Frame, Language};
use crate::oauth::redirect::{self, ResponseMode};
use crate::oauth::sign_in;
use crate::params::{Params, cookie};
use crate::state::{Tenant, random_guid};

/// The session cookie's name.
pub(crate) const SESSION: &str = "ESTSAUTH";

/// Begins a sign-in, answers from the session, or refuses.
pub(crate) async fn authorize(
    State(tenant): State<Arc<Tenant>>,
    Path(named): Path<String>,
    Extension(base): Extension<Base>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let language = Language::of(&params, &headers);
    let redirect_uri = match redirect_target(&tenant, &named, &params) {
        Ok(redirect_uri) => redirect_uri,
        Err(refusal) => return on_page(&tenant, language, &refusal),
    };
    let Some(mode) = ResponseMode::parse(params.of("response_mode")) else {
        let refusal = Refusal::new(
            "invalid_request",
            900_144,
            "The value of 'response_mode' is not supported.",
        );
        return on_page(&tenant, language, &refusal);
    };
    let asked = match asked(&params, redirect_uri.clone(), mode) {
        Ok(asked) => asked,
        Err(refusal) => {
            return to_client(
                &tenant,
                &redirect_uri,
                mode,
                params.of("state"),
                &refusal,
                language,
            );
        }
    };
    begin(&tenant, &base, &headers, &params, asked, language)
}

/// The checks whose failure may not be told to the redirect address.
fn redirect_target(tenant: &Tenant, named: &str, params: &Params) -> Result<String, Refusal> {
    if !tenant.is_named(named) {
        return Err(Refusal::unknown_tenant(named));
    }
    let client_id = params
        .of("client_id")
        .ok_or_else(|| Refusal::missing("client_id"))?;
    let state = tenant.lock();
    let client = state
        .clients
        .iter()
        .find(|client| client.id == client_id)
        .ok_or_else(|| Refusal::unknown_client(client_id, tenant))?;
    let asked = params
        .of("redirect_uri")
        .ok_or_else(|| Refusal::new("invalid_request", 900_971, "No reply address provided."))?;
    if !redirect::is_registered(&client.redirects, asked) {
        let text = format!(
            "The redirect URI '{asked}' specified in the request does not match the redirect URIs configured for the \
             application '{client_id}'."
        );
        return Err(Refusal::new("invalid_request", 50011, text));
    }
    Ok(asked.to_owned())
}

fn asked(params: &Params, redirect_uri: String, mode: ResponseMode) -> Result<Asked, Refusal> {
    if params.of("response_type") != Some("code") {
        let text = "The response_type is not supported for the application.";
        return Err(Refusal::new("unsupported_response_type", 700_054, text));
    }
    let scope = params
        .of("scope")
        .ok_or_else(|| Refusal::missing("scope"))?;
    let challenge = params.of("code_challenge").ok_or_else(|| {
        Refusal::new(
            "invalid_request",
            9_002_325,
            "Proof Key for Code Exchange is required.",
        )
    })?;
    if params.of("code_challenge_method") != Some("S256") || challenge.len() != 43 {
        let text = "The code_challenge_method must be S256 and the size of the code_challenge must fit it.";
        return Err(Refusal::new("invalid_request", 50147, text));
    }
    Ok(Asked {
        client_id: params.trimmed("client_id").to_owned(),
        redirect_uri,
        mode,
        scope: scope.to_owned(),
        state: params.of("state").map(str::to_owned),
        nonce: params.of("nonce").map(str::to_owned),
        challenge: challenge.to_owned(),
        wants_client_info: params.of("client_info").is_some(),
    })
}

fn begin(
    tenant: &Tenant,
    base: &Base,
    headers: &HeaderMap,
    params: &Params,
    asked: Asked,
    language: Language,
) -> Response<Body> {
    let now = tenant.now();
    let mut state = tenant.lock();
    state.grants.sweep(now);
    let session = cookie(headers, SESSION).and_then(|id| state.grants.sessions.get(&id).cloned());
    let user = session
        .as_ref()
        .and_then(|session| state.directory.user(&session.user_id).cloned());
    let client = state
        .clients
        .iter()
        .find(|client| client.id == asked.client_id)
        .map_or("", |client| client.name);
    let mut flow = Flow {
        asked,
        user_id: None,
        number: None,
        started: now,
    };
    let usable = session
        .zip(user)
        .filter(|(_, user)| is_hinted(params, &user.upn));
    match (params.of("prompt"), usable) {
        (Some("none"), None) => {
            let text = "A silent sign-in request was sent but no user is signed in.";
            let refusal = Refusal::new("login_required", 50058, text);
            refuse(tenant, &flow.asked, &refusal, language)
        }
        (None | Some("none"), Some((session, _))) => {
            sign_in::deliver(tenant, &mut state, flow.asked, session, language)
        }
        (Some("select_account"), Some((_, user))) => {
            flow.user_id = Some(user.id.clone());
            let flow_token = state.grants.begin(flow);
            let frame = frame(tenant, base, language, flow_token, client);
            pages::picker(&frame, &user.upn, &user.display_name)
        }
        (_, _) => {
            let flow_token = state.grants.begin(flow);
            let frame = frame(tenant, base, language, flow_token, client);
            match params.of("login_hint") {
                Some(hint) => sign_in::account_given(tenant, &mut state, &frame, hint),
                None => pages::account(&frame, "", None),
            }
        }
    }
}

fn refuse(tenant: &Tenant, asked: &Asked, refusal: &Refusal, language: Language) -> Response<Body> {
    let state = asked.state.as_deref();
    to_client(
        tenant,
        &asked.redirect_uri,
        asked.mode,
        state,
        refusal,
        language,
    )
}

/// Whether the session's account is the one hinted at, or no hint was given.
fn is_hinted(params: &Params, upn: &str) -> bool {
    params
        .of("login_hint")
        .is_none_or(|hint| hint.eq_ignore_ascii_case(upn))
}

/// The frame of a flow's pages.
pub(crate) fn frame(
    tenant: &Tenant,
    base: &Base,
    language: Language,
    flow_token: String,
    client: &'static str,
) -> Frame {
    Frame {
        language,
        action: format!("{}/{}/login", base.0, tenant.id),
        flow_token,
        client,
    }
}

/// A refusal shown to the person, because it may not be told to the redirect address.
pub(crate) fn on_page(tenant: &Tenant, language: Language, refusal: &Refusal) -> Response<Body> {
    pages::refused(
        language,
        refusal,
        &random_guid(),
        &random_guid(),
        &sign_in_time(tenant.now()),
    )
}

fn to_client(
    tenant: &Tenant,
    redirect_uri: &str,
    mode: ResponseMode,
    state: Option<&str>,
    refusal: &Refusal,
    language: Language,
) -> Response<Body> {
    let text = refusal.description(&random_guid(), &random_guid(), &sign_in_time(tenant.now()));
    let mut fields = vec![
        ("error", refusal.error.to_owned()),
        ("error_description", text),
    ];
    fields.extend(state.map(|state| ("state", state.to_owned())));
    redirect::answer(redirect_uri, mode, &fields, language)
}
