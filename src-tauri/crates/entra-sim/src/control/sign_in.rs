//! Control calls of the sign-in service: clients, keys, revocation.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{Refused, bad, parsed};
use crate::oauth::clients::{Credential, NewClient, RegisteredClient};
use crate::oauth::keys::Rotation;
use crate::state::{Inner, Tenant};

/// `POST clients`: a further app registration.
pub(super) async fn add_client(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let new: NewClient = parsed(&body)?;
    let mut state = tenant.lock();
    let id = state.add_client(new).map_err(bad)?;
    let added = state.clients.iter().find(|client| client.id == id);
    Ok(Json(json!(added.map(shown))))
}

/// `PATCH clients`: an administrator changes an app registration.
pub(super) async fn change_client(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let mut changes: Map<String, Value> = parsed(&body)?;
    let id = changes.remove("client_id");
    let id = id.as_ref().and_then(Value::as_str).unwrap_or_default();
    let mut state = tenant.lock();
    let known = state.clients.iter_mut().find(|client| client.id == id);
    let client = known.ok_or_else(|| Refused(StatusCode::NOT_FOUND, "not_found", id.to_owned()))?;
    let mut changed = client.clone();
    for (name, value) in changes {
        change(&mut changed, &name, value)?;
    }
    *client = changed;
    Ok(Json(shown(client)))
}

fn change(client: &mut RegisteredClient, name: &str, value: Value) -> Result<(), Refused> {
    fn of<T: DeserializeOwned>(value: Value) -> Result<T, Refused> {
        serde_json::from_value(value).map_err(|problem| bad(problem.to_string()))
    }
    match name {
        "enabled" => client.enabled = of(value)?,
        "assigned" => client.assigned = of(value)?,
        "consented_scopes" => client.consented = of(value)?,
        "tenant_wide_consent" => client.tenant_wide_consent = of(value)?,
        "optional_claims" => client.optional_claims = of(value)?,
        "single_tenant" => client.single_tenant = of(value)?,
        "refusals" => client.refusals = of(value)?,
        _ => return Err(bad(format!("{name} of a client cannot be changed"))),
    }
    Ok(())
}

/// `GET clients`: those that are known at present.
pub(super) async fn clients(State(tenant): State<Arc<Tenant>>) -> Json<Value> {
    let state = tenant.lock();
    Json(Value::Array(known(&state).map(shown).collect()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotate {
    rotate: Rotation,
}

/// `POST keys`: tokens are signed with another key from now on.
pub(super) async fn rotate_keys(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let Rotate { rotate } = parsed(&body)?;
    let id = tenant.keys.rotate(rotate, tenant.now());
    let id = id.map_err(|problem| {
        Refused(
            StatusCode::INTERNAL_SERVER_ERROR,
            "no_key",
            problem.to_string(),
        )
    })?;
    Ok(Json(json!({"kid": id})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Revoke {
    upn: String,
}

/// `POST revoke`: a person's sessions and refresh tokens are over, as after `revokeSignInSessions`.
pub(super) async fn revoke(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let order: Revoke = parsed(&body)?;
    let now = tenant.now();
    let mut state = tenant.lock();
    let id = state.directory.user(&order.upn).map(|user| user.id.clone());
    let id = id.ok_or_else(|| Refused(StatusCode::NOT_FOUND, "not_found", order.upn.clone()))?;
    state.grants.revoke(&id, now);
    Ok(Json(json!({"revoked": order.upn})))
}

fn known(state: &Inner) -> impl Iterator<Item = &RegisteredClient> {
    let microsoft = state.flags.sign_in.microsoft_clients;
    state
        .clients
        .iter()
        .filter(move |client| microsoft || !client.microsoft)
}

/// A client without its secret.
fn shown(client: &RegisteredClient) -> Value {
    let (secret, certificates) = match &client.credential {
        Credential::Public { .. } => (false, 0),
        Credential::Confidential {
            secret,
            certificates,
        } => (secret.is_some(), certificates.len()),
    };
    json!({
        "client_id": client.id,
        "name": client.name,
        "redirect_uris": client.redirects,
        "confidential": client.is_confidential(),
        "has_secret": secret,
        "certificates": certificates,
        "single_tenant": client.single_tenant,
        "enabled": client.enabled,
        "assigned": client.assigned,
        "consented_scopes": client.consented,
        "tenant_wide_consent": client.tenant_wide_consent,
        "optional_claims": client.optional_claims,
        "refusals": client.refusals,
        "application_permissions": client.permissions.join(" "),
        "roles": client.roles.iter().map(|role| role.name()).collect::<Vec<_>>(),
        "principal_id": client.principal_id(),
    })
}
