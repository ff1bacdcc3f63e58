//! `/token`: what a grant is worth.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, header};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::clock::after_seconds;
use crate::listen::Base;
use crate::oauth::access_decision::{
    admitted, device_flow, meets_context, second_factor_needed, still_counts,
};
use crate::oauth::app_only;
use crate::oauth::authority::AuthorityAudience;
use crate::oauth::claims::Claims;
use crate::oauth::client_proof::proven;
use crate::oauth::clients::RegisteredClient;
use crate::oauth::device;
use crate::oauth::grants::Grant;
use crate::oauth::issue::{TokenRecipient, issue};
use crate::oauth::password_grant;
use crate::oauth::refusals::Refusal;
use crate::oauth::refusals::row::RefusalStage;
use crate::oauth::scopes;
use crate::params::{Params, header_text};
use crate::state::{Inner, Tenant, random_guid};

const DEVICE_CODE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// The span in which too many refreshes are a loop.
const LOOP_S: i64 = 300;

/// Answers a grant with tokens, or refuses it in Entra's shape.
pub(crate) async fn token(
    State(tenant): State<Arc<Tenant>>,
    Path(named): Path<String>,
    Extension(base): Extension<Base>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    match granted(&tenant, &named, &base, &headers, &params) {
        Ok(body) => (
            [
                (header::CACHE_CONTROL, "no-store, no-cache"),
                (header::PRAGMA, "no-cache"),
            ],
            Json(body),
        )
            .into_response(),
        Err(refusal) => refusal.into_json(&tenant, &correlation(&headers)),
    }
}

/// What a GET to an endpoint for POST is told.
pub(crate) async fn only_post(
    State(tenant): State<Arc<Tenant>>,
    headers: HeaderMap,
) -> Response<Body> {
    let text = "The endpoint only accepts POST requests. Received a GET request.";
    Refusal::new("invalid_request", 900_561, text).into_json(&tenant, &correlation(&headers))
}

/// The id a client gave its request, or a fresh one.
pub(crate) fn correlation(headers: &HeaderMap) -> String {
    header_text(headers, "client-request-id").map_or_else(random_guid, str::to_owned)
}

fn granted(
    tenant: &Tenant,
    named: &str,
    base: &Base,
    headers: &HeaderMap,
    params: &Params,
) -> Result<Value, Refusal> {
    let authority = AuthorityAudience::named(tenant, named)?;
    let grant_type = params
        .of("grant_type")
        .ok_or_else(|| Refusal::missing("grant_type"))?;
    let mut state = tenant.lock();
    let client = proven(tenant, &state, (authority, named), base, headers, params)?;
    let set = &state.flags.sign_in.sign_in_refusals;
    if let Some(entry) = set.at(
        &[
            RefusalStage::Client,
            RefusalStage::Token,
            RefusalStage::Passing,
        ],
        None,
    ) {
        return Err(Refusal::of(entry).at_token());
    }
    let claims = Claims::parse(params.of("claims"))?;
    let now = tenant.now();
    if grant_type == "client_credentials" {
        return app_only::tokens(tenant, &mut state, &client, authority, base, params);
    }
    let grant = match grant_type {
        "authorization_code" => redeem_code(&mut state, params, &client, now)?,
        "refresh_token" => redeem_refresh(&mut state, params, &client, &claims, now)?,
        "password" => password_grant::redeem(&mut state, params, &client, authority, now)?,
        DEVICE_CODE_GRANT | "device_code" => device::poll(&mut state, params, &client.id, now)?,
        other => {
            let text = format!("The app requested an unsupported grant type '{other}'.");
            return Err(Refusal::new("unsupported_grant_type", 70003, text));
        }
    };
    set_for_person(&state, &grant)?;
    let scope = params.of("scope").unwrap_or(&grant.scope).to_owned();
    if client.uses_graph {
        scopes::checked(&scope)?;
    }
    let grant = Grant {
        claims: claims.after(&grant.claims),
        ..grant
    };
    let issue_to = TokenRecipient {
        client: &client,
        base,
        scope: &scope,
        wants_client_info: params.of("client_info").is_some(),
    };
    issue(tenant, &mut state, grant, &issue_to)
}

/// A refusal the switch sets for this person's tokens.
fn set_for_person(state: &Inner, grant: &Grant) -> Result<(), Refusal> {
    let user = state.directory.user(&grant.signed_in.user_id);
    let set = &state.flags.sign_in.sign_in_refusals;
    let stages = [RefusalStage::Token, RefusalStage::Passing];
    match user.and_then(|user| set.at(&stages, Some(&user.upn))) {
        Some(entry) => Err(Refusal::of(entry).at_token()),
        None => Ok(()),
    }
}

fn redeem_code(
    state: &mut Inner,
    params: &Params,
    client: &RegisteredClient,
    now: Timestamp,
) -> Result<Grant, Refusal> {
    let invalid = |aadsts, text: &str| Refusal::new("invalid_grant", aadsts, text);
    let code = params.of("code").ok_or_else(|| Refusal::missing("code"))?;
    let redirect_uri = params
        .of("redirect_uri")
        .ok_or_else(|| Refusal::missing("redirect_uri"))?;
    let known = state
        .grants
        .codes
        .get_mut(code)
        .filter(|known| known.asked.client_id == client.id)
        .ok_or_else(|| {
            let text = "The provided authorization code is malformed or not known.";
            invalid(70000, text)
        })?;
    if known.redeemed {
        let text =
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code.";
        return Err(invalid(54005, text));
    }
    if now >= known.expires {
        return Err(Refusal::numbered(70008));
    }
    if redirect_uri != known.asked.redirect_uri {
        let text = "The reply address does not match the reply address provided when requesting Authorization code.";
        return Err(invalid(500_112, text));
    }
    if !is_proof_of(params.of("code_verifier"), known.asked.challenge.as_deref()) {
        let text = "The Code_Verifier does not match the code_challenge supplied in the authorization request.";
        return Err(invalid(501_481, text));
    }
    known.redeemed = true;
    Ok(Grant {
        client_id: known.asked.client_id.clone(),
        scope: known.asked.scope.clone(),
        nonce: known.asked.nonce.clone(),
        claims: known.asked.claims.clone(),
        signed_in: known.signed_in.clone(),
        by_device_code: false,
    })
}

fn is_proof_of(verifier: Option<&str>, challenge: Option<&str>) -> bool {
    match (verifier, challenge) {
        (None, None) => true,
        (Some(verifier), Some(challenge)) => {
            (43..=128).contains(&verifier.len())
                && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge
        }
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn redeem_refresh(
    state: &mut Inner,
    params: &Params,
    client: &RegisteredClient,
    claims: &Claims,
    now: Timestamp,
) -> Result<Grant, Refusal> {
    let reuse = state.flags.refresh_reuse;
    let token = params
        .of("refresh_token")
        .ok_or_else(|| Refusal::missing("refresh_token"))?;
    let clients = &state.clients;
    let fits = |id: &str| {
        let of_family = || clients.iter().any(|known| known.id == id && known.family);
        id == client.id || (client.family && of_family())
    };
    let known = state
        .grants
        .refresh
        .get_mut(token)
        .filter(|known| fits(&known.grant.client_id) && (reuse || !known.used))
        .ok_or_else(|| {
            let text = "The provided grant has been revoked or is not known.";
            Refusal::new("invalid_grant", 70000, text)
        })?;
    if now >= known.expires {
        return Err(Refusal::numbered(700_082));
    }
    known.used = true;
    let grant = Grant {
        client_id: client.id.clone(),
        nonce: None,
        ..known.grant.clone()
    };
    let looping = is_loop(state, &grant, now);
    still_good(state, client, &grant, claims, now).map_err(Refusal::at_token)?;
    if looping {
        return Err(Refusal::numbered(50196));
    }
    Ok(grant)
}

/// Whether a sign-in that was good when it was made is good today.
fn still_good(
    state: &Inner,
    client: &RegisteredClient,
    grant: &Grant,
    claims: &Claims,
    now: Timestamp,
) -> Result<(), Refusal> {
    let one = &grant.signed_in;
    still_counts(state, one, now)?;
    let user = state
        .directory
        .user(&one.user_id)
        .ok_or_else(|| Refusal::numbered(50034))?;
    admitted(state, client, user)?;
    if grant.by_device_code {
        device_flow(state)?;
    }
    let flags = &state.flags.sign_in;
    let contexts = claims.all_contexts();
    let unmet = !contexts.is_empty() && !meets_context(flags.context_strength, one);
    if unmet || (flags.mfa_required && !one.is_strong()) {
        return Err(second_factor_needed(&contexts));
    }
    Ok(())
}

fn is_loop(state: &mut Inner, grant: &Grant, now: Timestamp) -> bool {
    let limit = state.flags.sign_in.loop_limit;
    let key = (grant.client_id.clone(), grant.signed_in.user_id.clone());
    let used = state.grants.refreshes.entry(key).or_default();
    let begin = after_seconds(now, -LOOP_S);
    used.retain(|at| *at > begin);
    used.push(now);
    limit > 0 && used.len() > usize::try_from(limit).unwrap_or(usize::MAX)
}
