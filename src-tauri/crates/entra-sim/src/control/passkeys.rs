//! The FIDO2 policy with its passkey profiles, for the control interface.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde_json::{Value, json};

use super::{Refused, bad, parsed};
use crate::passkey_policy::{ALL_USERS, PasskeyPolicy};
use crate::state::{Inner, Tenant};

/// `GET passkeys`: the policy.
pub(super) async fn show(State(tenant): State<Arc<Tenant>>) -> Json<Value> {
    Json(json!(tenant.lock().passkeys))
}

/// `POST passkeys`: another policy in place of it.
pub(super) async fn set(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let mut said: PasskeyPolicy = parsed(&body)?;
    if let Some(why) = said.refused() {
        return Err(bad(why));
    }
    let mut state = tenant.lock();
    let groups = said.profiles.iter_mut().flat_map(|one| &mut one.groups);
    for group in groups.chain(&mut said.except) {
        *group = group_id(&state, group)?;
    }
    for profile in &mut said.profiles {
        profile.id = state.guid();
    }
    state.passkeys = said;
    Ok(Json(json!(state.passkeys)))
}

/// `DELETE passkeys`: the tenant never opted in to profiles.
pub(super) async fn clear(State(tenant): State<Arc<Tenant>>) -> Json<Value> {
    tenant.lock().passkeys = PasskeyPolicy::default();
    Json(json!({}))
}

fn group_id(state: &Inner, key: &str) -> Result<String, Refused> {
    if key == ALL_USERS {
        return Ok(key.to_owned());
    }
    let mut groups = state.directory.groups.iter();
    groups
        .find(|group| group.id == key || group.display_name == key)
        .map(|group| group.id.clone())
        .ok_or_else(|| bad(format!("{key} is no group")))
}
