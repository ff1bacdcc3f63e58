//! Claims challenges: a token that was good and is not any more, told to clients that understand it.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::flags::InnerError;
use crate::graph::answer::finish;
use crate::graph::error::ODataError;
use crate::oauth::access_decision::still_counts;
use crate::oauth::claims::{in_context, newer_than};
use crate::oauth::grants::AccessToken;
use crate::params::bearer;
use crate::state::{Inner, Tenant};

/// What keeps a request from Graph, where something does.
pub(crate) fn refusal(tenant: &Tenant, headers: &HeaderMap) -> Option<Response<Body>> {
    let token = bearer(headers)?;
    let (due, inner_error) = {
        let state = tenant.lock();
        (due(tenant, &state, token)?, state.flags.inner_error)
    };
    Some(match due {
        Due::Challenge(claims) => challenged(tenant, headers, inner_error, &claims),
        Due::Forbidden => {
            let text = "The token lacks an authentication context this request needs.";
            let problem = ODataError::new(403, "insufficient_claims", text);
            finish(tenant, headers, inner_error.word(), Err(problem))
        }
    })
}

enum Due {
    Challenge(Value),
    /// The client said nothing of claims challenges, so it gets none.
    Forbidden,
}

fn due(tenant: &Tenant, state: &Inner, token: &str) -> Option<Due> {
    let access = state.grants.access.get(token)?;
    let now = tenant.now();
    if now >= access.expires {
        return None;
    }
    if access.cp1
        && let Some(since) = ended(state, access, now)
    {
        return Some(Due::Challenge(newer_than(since)));
    }
    let context = &state.flags.sign_in.step_up_context;
    if context.is_empty() || access.contexts.contains(context) {
        return None;
    }
    Some(if access.cp1 {
        Due::Challenge(in_context(context))
    } else {
        Due::Forbidden
    })
}

/// Since when the sign-in behind a token is over, in seconds since 1970.
fn ended(state: &Inner, access: &AccessToken, now: jiff::Timestamp) -> Option<i64> {
    let one = access.signed_in()?;
    match still_counts(state, one, now) {
        // How often one signs in is asked when tokens are renewed.
        Ok(()) => return None,
        Err(refusal) if refusal.aadsts == 70043 => return None,
        Err(_) => {}
    }
    let revoked = state.grants.valid_from.get(&one.user_id);
    Some(revoked.map_or(now.as_second(), |from| from.as_second()))
}

/// 401 that asks for a token with these claims, with the ids every answer of Graph bears.
pub(crate) fn challenged(
    tenant: &Tenant,
    headers: &HeaderMap,
    inner_error: InnerError,
    claims: &Value,
) -> Response<Body> {
    let text = "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp";
    let problem = ODataError::new(401, "InvalidAuthenticationToken", text);
    let mut response = finish(tenant, headers, inner_error.word(), Err(problem));
    let challenge = format!(
        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
         client_id=\"00000003-0000-0000-c000-000000000000\", error=\"insufficient_claims\", claims=\"{}\"",
        STANDARD.encode(claims.to_string())
    );
    if let Ok(value) = HeaderValue::from_str(&challenge) {
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, value);
    }
    response
}
