//! A person's password sent by the app itself: `password`, and the question that goes before it.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Response;
use axum::response::IntoResponse;
use jiff::Timestamp;
use serde_json::json;

use crate::directory::DOMAINS;
use crate::oauth::access_decision::{admitted, has_second_factor, second_factor_needed};
use crate::oauth::authority::AuthorityAudience;
use crate::oauth::claims::Claims;
use crate::oauth::clients::RegisteredClient;
use crate::oauth::grants::{CompletedSignIn, FirstFactor, Grant};
use crate::oauth::new_password::is_change_due;
use crate::oauth::refusals::Refusal;
use crate::oauth::refusals::row::{Aadsts, RefusalStage};
use crate::oauth::secret::password_refusal;
use crate::params::Params;
use crate::state::{Inner, Tenant, random_guid};

/// The grant of a right name and password. Nobody can be asked anything, so whatever lacks is a refusal.
pub(crate) fn redeem(
    state: &mut Inner,
    params: &Params,
    client: &RegisteredClient,
    authority: AuthorityAudience,
    now: Timestamp,
) -> Result<Grant, Refusal> {
    if authority == AuthorityAudience::Common {
        let text = "The grant type is not supported over the /common or /consumers endpoints. Please use the \
                    /organizations or tenant-specific endpoint.";
        return Err(Refusal::new("invalid_request", 9_001_023, text));
    }
    let needed = |name| params.of(name).ok_or_else(|| Refusal::missing(name));
    let (name, password) = (needed("username")?, needed("password")?);
    let scope = needed("scope")?.to_owned();
    let set = &state.flags.sign_in.sign_in_refusals;
    if let Some(entry) = set.at(&[RefusalStage::Account], Some(name)) {
        return Err(Refusal::of(entry).at_token());
    }
    let user = state.directory.user(name.trim()).cloned();
    let user = user.ok_or_else(|| Refusal::numbered(50034))?;
    let refused = password_refusal(state, now, &user, password)
        .or_else(|| is_change_due(state, &user, now).then_some(50055));
    if let Some(number) = refused {
        let reason = Aadsts::of(number).map_or("", |entry| entry.english);
        state.note_refused_sign_in(now, &user.id, &client.id, number, reason);
        return Err(Refusal::numbered(number));
    }
    admitted(state, client, &user).map_err(Refusal::at_token)?;
    if state.flags.sign_in.mfa_required {
        return Err(if has_second_factor(&user) {
            second_factor_needed(&[])
        } else {
            Refusal::numbered(50079)
        });
    }
    let signed_in = CompletedSignIn::new(&user, FirstFactor::Password, now);
    state.note_sign_in(&signed_in, &client.id);
    Ok(Grant {
        client_id: client.id.clone(),
        scope,
        nonce: None,
        claims: Claims::default(),
        signed_in,
        by_device_code: false,
    })
}

/// Where a sign-in name is at home: here, which is all a client learns before it sends a password.
pub(crate) async fn realm(
    State(tenant): State<Arc<Tenant>>,
    Path((named, name)): Path<(String, String)>,
) -> Response<Body> {
    if let Err(refusal) = AuthorityAudience::named(&tenant, &named) {
        return refusal.into_json(&tenant, &random_guid());
    }
    let domain = name.rsplit_once('@').map(|(_, domain)| domain);
    let own = domain.filter(|domain| DOMAINS.iter().any(|own| own.eq_ignore_ascii_case(domain)));
    Json(match own {
        Some(domain) => json!({
            "ver": "1.0", "account_type": tenant.lock().flags.proof.authentication_type(domain),
            "domain_name": domain,
            "cloud_instance_name": "microsoftonline.com", "cloud_audience_urn": "urn:federation:MicrosoftOnline",
        }),
        None => json!({
            "ver": "1.0", "account_type": "Unknown", "cloud_instance_name": "microsoftonline.com",
        }),
    })
    .into_response()
}
