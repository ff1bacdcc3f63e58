//! `/token`: codes and refresh tokens for tokens.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, header};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::clock::after_seconds;
use crate::listen::Base;
use crate::oauth::error::Refusal;
use crate::oauth::grants::{Access, Asked, Refresh, SignedIn};
use crate::oauth::scopes::Granted;
use crate::oauth::sign_in::client_info;
use crate::params::{Params, header_text};
use crate::state::{Inner, Tenant, random_guid, random_token};
use crate::switches::IdTokenFault;

const REFRESH_LIFE_S: i64 = 90 * 86_400;
const ID_TOKEN_LIFE_S: i64 = 3_600;

/// Answers a grant with tokens, or refuses it in Entra's shape.
pub(crate) async fn token(
    State(tenant): State<Arc<Tenant>>,
    Path(named): Path<String>,
    Extension(base): Extension<Base>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let correlation =
        header_text(&headers, "client-request-id").map_or_else(random_guid, str::to_owned);
    match granted(&tenant, &named, &base, &params) {
        Ok(body) => ([(header::CACHE_CONTROL, "no-store, no-cache")], Json(body)).into_response(),
        Err(refusal) => refusal.into_json(&tenant, &correlation),
    }
}

fn granted(tenant: &Tenant, named: &str, base: &Base, params: &Params) -> Result<Value, Refusal> {
    if !tenant.is_named(named) {
        return Err(Refusal::unknown_tenant(named));
    }
    let grant = params
        .of("grant_type")
        .ok_or_else(|| Refusal::missing("grant_type"))?;
    let client_id = params
        .of("client_id")
        .ok_or_else(|| Refusal::missing("client_id"))?;
    let mut state = tenant.lock();
    if !state.clients.iter().any(|client| client.id == client_id) {
        return Err(Refusal::unknown_client(client_id, tenant));
    }
    if params.of("client_secret").is_some() {
        let text = "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.";
        return Err(Refusal::new("invalid_client", 700_025, text));
    }
    let (asked, signed_in) = match grant {
        "authorization_code" => redeem_code(&mut state, params, client_id, tenant.now())?,
        "refresh_token" => redeem_refresh(&mut state, params, client_id, tenant.now())?,
        other => {
            let text = format!("The app requested an unsupported grant type '{other}'.");
            return Err(Refusal::new("unsupported_grant_type", 70003, text));
        }
    };
    let asked_scope = params.of("scope").unwrap_or(&asked.scope).to_owned();
    issue(tenant, &mut state, base, asked, &signed_in, &asked_scope)
}

fn redeem_code(
    state: &mut Inner,
    params: &Params,
    client_id: &str,
    now: Timestamp,
) -> Result<(Asked, SignedIn), Refusal> {
    let invalid = |aadsts, text: &str| Refusal::new("invalid_grant", aadsts, text);
    let code = params.of("code").ok_or_else(|| Refusal::missing("code"))?;
    let redirect_uri = params
        .of("redirect_uri")
        .ok_or_else(|| Refusal::missing("redirect_uri"))?;
    let known = state
        .grants
        .codes
        .get_mut(code)
        .filter(|known| known.asked.client_id == client_id)
        .ok_or_else(|| {
            invalid(
                70000,
                "The provided authorization code is malformed or not known.",
            )
        })?;
    if known.redeemed {
        return Err(invalid(
            54005,
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code.",
        ));
    }
    if now >= known.expires {
        return Err(invalid(
            70008,
            "The provided authorization code or refresh token has expired due to inactivity.",
        ));
    }
    if redirect_uri != known.asked.redirect_uri {
        let text = "The reply address does not match the reply address provided when requesting Authorization code.";
        return Err(invalid(500_112, text));
    }
    let verifier = params.of("code_verifier").unwrap_or_default();
    let proven = (43..=128).contains(&verifier.len())
        && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == known.asked.challenge;
    if !proven {
        let text = "The Code_Verifier does not match the code_challenge supplied in the authorization request.";
        return Err(invalid(501_481, text));
    }
    known.redeemed = true;
    Ok((known.asked.clone(), known.signed_in.clone()))
}

fn redeem_refresh(
    state: &mut Inner,
    params: &Params,
    client_id: &str,
    now: Timestamp,
) -> Result<(Asked, SignedIn), Refusal> {
    let invalid = |aadsts, text: &str| Refusal::new("invalid_grant", aadsts, text);
    let reuse = state.switches.refresh_reuse;
    let token = params
        .of("refresh_token")
        .ok_or_else(|| Refusal::missing("refresh_token"))?;
    let known = state
        .grants
        .refresh
        .get_mut(token)
        .filter(|known| known.asked.client_id == client_id && (reuse || !known.used))
        .ok_or_else(|| {
            invalid(
                70000,
                "The provided grant has been revoked or is not known.",
            )
        })?;
    if now >= known.expires {
        return Err(invalid(
            700_082,
            "The refresh token has expired due to inactivity.",
        ));
    }
    known.used = true;
    let (asked, signed_in) = (known.asked.clone(), known.signed_in.clone());
    match state.directory.user(&signed_in.user_id) {
        Some(user) if user.enabled => Ok((asked, signed_in)),
        Some(_) => Err(invalid(50057, "The user account is disabled.")),
        None => Err(invalid(
            50034,
            "The user account does not exist in the directory.",
        )),
    }
}

fn issue(
    tenant: &Tenant,
    state: &mut Inner,
    base: &Base,
    asked: Asked,
    signed_in: &SignedIn,
    asked_scope: &str,
) -> Result<Value, Refusal> {
    let now = tenant.now();
    let bound = signed_in
        .bound(&state.directory, &state.switches)
        .filter(|bound| *bound > now)
        .ok_or_else(|| {
            Refusal::new(
                "invalid_grant",
                50173,
                "The provided grant has expired due to it being revoked.",
            )
        })?;
    let bounded = state
        .clients
        .iter()
        .any(|client| client.id == asked.client_id && client.uses_graph);
    let granted = Granted::of(
        asked_scope,
        bounded.then_some(state.switches.consented_scopes.as_str()),
    );
    let expires = after_seconds(now, i64::from(state.switches.issue_token_life_s)).min(bound);
    let life_s = (expires.as_second() - now.as_second()).max(0);
    let access_token = access_token(tenant, state, base, &asked, signed_in, &granted, expires);
    let mut body = json!({
        "token_type": "Bearer",
        "scope": granted.answered(),
        "expires_in": life_s,
        "ext_expires_in": life_s,
        "access_token": access_token,
    });
    if granted.offline {
        let expires = after_seconds(now, REFRESH_LIFE_S).min(bound);
        body["refresh_token"] = json!(refresh_token(state, &asked, signed_in, expires));
    }
    if granted.openid {
        body["id_token"] = json!(id_token(
            tenant,
            state,
            base,
            &asked,
            signed_in,
            granted.profile
        ));
    }
    body["client_info"] = json!(client_info(&signed_in.user_id, &tenant.id));
    Ok(body)
}

fn refresh_token(
    state: &mut Inner,
    asked: &Asked,
    signed_in: &SignedIn,
    expires: Timestamp,
) -> String {
    let token = format!("1.{}", random_token());
    let refresh = Refresh {
        asked: asked.clone(),
        signed_in: signed_in.clone(),
        expires,
        used: false,
    };
    state.grants.refresh.insert(token.clone(), refresh);
    token
}

fn access_token(
    tenant: &Tenant,
    state: &mut Inner,
    base: &Base,
    asked: &Asked,
    signed_in: &SignedIn,
    granted: &Granted,
    expires: Timestamp,
) -> String {
    let now = tenant.now().as_second();
    let token = tenant.keys.sign(&json!({
        "aud": "https://graph.microsoft.com", "iss": issuer(base, tenant), "iat": now, "nbf": now,
        "exp": expires.as_second(), "appid": asked.client_id, "oid": signed_in.user_id, "tid": tenant.id,
        "scp": granted.graph.join(" "), "uti": random_token(), "ver": "1.0",
    }));
    let access = Access {
        client_id: asked.client_id.clone(),
        signed_in: signed_in.clone(),
        scopes: granted.graph.clone(),
        expires,
    };
    state.grants.access.insert(token.clone(), access);
    token
}

fn id_token(
    tenant: &Tenant,
    state: &Inner,
    base: &Base,
    asked: &Asked,
    signed_in: &SignedIn,
    profile: bool,
) -> String {
    let now = tenant.now().as_second();
    let subject = Sha256::digest(format!("{}|{}", asked.client_id, signed_in.user_id));
    let mut claims = json!({
        "ver": "2.0", "iss": issuer(base, tenant), "aud": asked.client_id, "iat": now, "nbf": now,
        "exp": now + ID_TOKEN_LIFE_S, "sub": URL_SAFE_NO_PAD.encode(subject), "tid": tenant.id, "uti": random_token(),
    });
    if let Some(nonce) = &asked.nonce {
        claims["nonce"] = json!(nonce);
    }
    if let Some(user) = state.directory.user(&signed_in.user_id).filter(|_| profile) {
        claims["oid"] = json!(user.id);
        claims["name"] = json!(user.display_name);
        claims["preferred_username"] = json!(user.upn);
    }
    spoiled(tenant, claims, state.switches.id_token_fault)
}

/// The signed token, with what the switch asks for gone wrong.
fn spoiled(tenant: &Tenant, mut claims: Value, fault: IdTokenFault) -> String {
    match fault {
        IdTokenFault::None => {}
        IdTokenFault::Nonce => claims["nonce"] = json!(random_token()),
        IdTokenFault::NoNonce => {
            claims.as_object_mut().map(|claims| claims.remove("nonce"));
        }
        IdTokenFault::Audience => claims["aud"] = json!(random_guid()),
        IdTokenFault::Issuer => claims["iss"] = json!("https://elsewhere.invalid/v2.0"),
        IdTokenFault::Tenant => claims["tid"] = json!(random_guid()),
        IdTokenFault::Expired => {
            let now = tenant.now().as_second();
            claims["iat"] = json!(now - 7_200);
            claims["nbf"] = json!(now - 7_200);
            claims["exp"] = json!(now - 3_600);
        }
        IdTokenFault::UnknownKey => return tenant.keys.sign_as_unknown(&claims),
        IdTokenFault::Signature => {
            let signed = tenant.keys.sign(&claims);
            let (unsigned, signature) = signed.rsplit_once('.').unwrap_or_default();
            return format!("{unsigned}.{}", signature.chars().rev().collect::<String>());
        }
        IdTokenFault::AlgNone => {
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            return format!(
                "{}.{}.",
                part(&json!({"alg": "none", "typ": "JWT"})),
                part(&claims)
            );
        }
    }
    tenant.keys.sign(&claims)
}

/// The issuer by the address the client came.
pub(crate) fn issuer(base: &Base, tenant: &Tenant) -> String {
    format!("{}/{}/v2.0", base.0, tenant.id)
}
