//! Tokens for an app alone: `client_credentials`.

use serde_json::{Value, json};

use crate::clock::after_seconds;
use crate::listen::Base;
use crate::oauth::authority::{AuthorityAudience, issuer};
use crate::oauth::clients::RegisteredClient;
use crate::oauth::grants::{AccessToken, Holder};
use crate::oauth::refusals::Refusal;
use crate::oauth::scopes;
use crate::params::Params;
use crate::state::{Inner, Tenant, random_token};

/// The token answer for a client that has proven who it is.
pub(crate) fn tokens(
    tenant: &Tenant,
    state: &mut Inner,
    client: &RegisteredClient,
    authority: AuthorityAudience,
    base: &Base,
    params: &Params,
) -> Result<Value, Refusal> {
    if !client.is_confidential() {
        return Err(Refusal::numbered(7_000_218));
    }
    if authority != AuthorityAudience::Tenant {
        let text = "No tenant-identifying information found in either the request or implied by any provided credentials.";
        return Err(Refusal::new("invalid_request", 50059, text));
    }
    let scope = params
        .of("scope")
        .ok_or_else(|| Refusal::missing("scope"))?;
    if !scope.ends_with("/.default") || scope.contains(' ') {
        let text = format!(
            "The provided value for scope {scope} is not valid. Client credential flows must have a scope value with \
             /.default suffixed to the resource identifier (application ID URI)."
        );
        return Err(Refusal::new("invalid_scope", 1_002_012, text));
    }
    scopes::checked(scope)?;
    let now = tenant.now();
    let life_s = state.flags.issue_token_life_s;
    let expires = after_seconds(now, i64::from(life_s));
    let principal = client.principal_id();
    let mut claims = json!({
        "aud": "https://graph.microsoft.com", "iss": issuer(base, tenant), "iat": now.as_second(), "nbf": now.as_second(),
        "exp": expires.as_second(), "appid": client.id, "oid": principal, "sub": principal, "tid": tenant.id,
        "uti": random_token(), "ver": "1.0", "idtyp": "app",
    });
    if !client.permissions.is_empty() {
        claims["roles"] = json!(client.permissions);
    }
    let token = tenant.keys.sign(&claims);
    let access = AccessToken {
        client_id: client.id.clone(),
        holder: Holder::App,
        roles: Vec::new(),
        scopes: client.permissions.clone(),
        expires,
        cp1: false,
        contexts: Vec::new(),
    };
    state.grants.access.insert(token.clone(), access);
    Ok(json!({
        "token_type": "Bearer", "expires_in": life_s, "ext_expires_in": life_s, "access_token": token,
    }))
}
