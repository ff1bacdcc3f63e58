//! The tokens of a grant.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::clock::after_seconds;
use crate::flags::IdTokenFault;
use crate::listen::Base;
use crate::oauth::access_decision::{consented, meets_context};
use crate::oauth::authority::issuer;
use crate::oauth::clients::RegisteredClient;
use crate::oauth::finish::client_info;
use crate::oauth::flags::Consent;
use crate::oauth::grants::{AccessToken, Grant, Holder, RefreshToken};
use crate::oauth::refusals::Refusal;
use crate::oauth::scopes::{Granted, missing};
use crate::state::{Inner, Tenant, random_guid, random_token};

const REFRESH_LIFE_S: i64 = 90 * 86_400;
const ID_TOKEN_LIFE_S: i64 = 3_600;
/// From here on a token is long-lived and its client is told to renew it at half-time.
const LONG_LIFE_S: i64 = 7_200;

/// To whom tokens are given, and what was asked for.
pub(crate) struct TokenRecipient<'a> {
    pub(crate) client: &'a RegisteredClient,
    pub(crate) base: &'a Base,
    pub(crate) scope: &'a str,
    pub(crate) wants_client_info: bool,
}

/// The token answer for a grant that was found good.
pub(crate) fn issue(
    tenant: &Tenant,
    state: &mut Inner,
    grant: Grant,
    to: &TokenRecipient<'_>,
) -> Result<Value, Refusal> {
    let now = tenant.now();
    let bound = grant
        .signed_in
        .bound(&state.directory, &state.flags)
        .filter(|bound| *bound > now)
        .ok_or_else(|| Refusal::numbered(50173))?;
    let held = consented(state, to.client, &grant.signed_in.user_id);
    let lacking = held
        .as_ref()
        .is_some_and(|held| !missing(to.scope, held).is_empty());
    if lacking && state.flags.sign_in.consent == Consent::Asked {
        return Err(Refusal::numbered(65001).at_token());
    }
    let granted = Granted::of(to.scope, held.as_deref());
    let life_s = match state.flags.sign_in.cae_token_life_s {
        long if long > 0 && grant.claims.cp1 => long,
        _ => state.flags.issue_token_life_s,
    };
    let expires = after_seconds(now, i64::from(life_s)).min(bound);
    let life_s = (expires.as_second() - now.as_second()).max(0);
    let mut body = json!({
        "token_type": "Bearer",
        "scope": granted.answered(),
        "expires_in": life_s,
        "ext_expires_in": life_s,
        "access_token": access_token(tenant, state, to.base, &grant, &granted, expires),
    });
    if life_s >= LONG_LIFE_S {
        body["refresh_in"] = json!(life_s / 2);
    }
    if granted.openid {
        body["id_token"] = json!(id_token(tenant, state, to, &grant, &granted));
    }
    if to.wants_client_info {
        body["client_info"] = json!(client_info(&grant.signed_in.user_id, &tenant.id));
    }
    if granted.offline {
        if to.client.family {
            body["foci"] = json!("1");
        }
        let expires = after_seconds(now, REFRESH_LIFE_S).min(bound);
        body["refresh_token"] = json!(refresh_token(state, grant, expires));
    }
    Ok(body)
}

fn refresh_token(state: &mut Inner, grant: Grant, expires: Timestamp) -> String {
    let token = format!("1.{}", random_token());
    let refresh = RefreshToken {
        grant,
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
    grant: &Grant,
    granted: &Granted,
    expires: Timestamp,
) -> String {
    let now = tenant.now();
    let one = &grant.signed_in;
    let contexts = if meets_context(state.flags.sign_in.context_strength, one) {
        grant.claims.contexts.clone()
    } else {
        Vec::new()
    };
    let user = state.directory.user(&one.user_id);
    let roles = user.map_or_else(Vec::new, |user| state.directory.active_roles(user));
    let templates: Vec<&str> = roles.iter().map(|role| role.template_id()).collect();
    let mut claims = json!({
        "aud": "https://graph.microsoft.com", "iss": issuer(base, tenant), "iat": now.as_second(), "nbf": now.as_second(),
        "exp": expires.as_second(), "appid": grant.client_id, "oid": one.user_id, "tid": tenant.id,
        "scp": granted.graph.join(" "), "uti": random_token(), "ver": "1.0", "amr": one.methods(), "idtyp": "user",
        "wids": templates,
    });
    if grant.claims.cp1 {
        claims["xms_cc"] = json!(["CP1"]);
    }
    if !contexts.is_empty() {
        claims["acrs"] = json!(contexts);
    }
    let token = tenant.keys.sign(&claims);
    let access = AccessToken {
        client_id: grant.client_id.clone(),
        holder: Holder::Person(one.clone()),
        roles,
        scopes: granted.graph.clone(),
        expires,
        cp1: grant.claims.cp1,
        contexts,
    };
    state.grants.access.insert(token.clone(), access);
    token
}

fn id_token(
    tenant: &Tenant,
    state: &Inner,
    to: &TokenRecipient<'_>,
    grant: &Grant,
    granted: &Granted,
) -> String {
    let now = tenant.now().as_second();
    let one = &grant.signed_in;
    let subject = Sha256::digest(format!("{}|{}", grant.client_id, one.user_id));
    let mut claims = json!({
        "ver": "2.0", "iss": issuer(to.base, tenant), "aud": grant.client_id, "iat": now, "nbf": now,
        "exp": now + ID_TOKEN_LIFE_S, "sub": URL_SAFE_NO_PAD.encode(subject), "tid": tenant.id, "uti": random_token(),
        "rh": format!("1.{}.", random_token()),
    });
    if let Some(nonce) = &grant.nonce {
        claims["nonce"] = json!(nonce);
    }
    let unasked = |name: &str| to.client.optional_claims.iter().any(|held| held == name);
    if grant.claims.auth_time || unasked("auth_time") {
        claims["auth_time"] = json!(one.at.as_second());
    }
    let demanded = &grant.claims.id_contexts;
    if !demanded.is_empty() && meets_context(state.flags.sign_in.context_strength, one) {
        claims["acrs"] = json!(demanded);
    }
    if let Some(user) = state.directory.user(&one.user_id) {
        if granted.profile {
            claims["oid"] = json!(user.id);
            claims["name"] = json!(user.display_name);
            claims["preferred_username"] = json!(user.upn);
        }
        if let Some(mail) = user.mail.as_ref().filter(|_| granted.email) {
            claims["email"] = json!(mail);
        }
    }
    spoiled(tenant, claims, state.flags.id_token_fault)
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
