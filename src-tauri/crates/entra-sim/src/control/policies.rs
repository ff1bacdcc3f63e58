//! Policies of Conditional Access to ask about, for the control interface.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde_json::{Value, json};

use super::{Refused, bad, parsed};
use crate::conditional_access::{AccessPolicy, NewAccessPolicy};
use crate::state::Tenant;

/// `GET policies`: all of them.
pub(super) async fn list(State(tenant): State<Arc<Tenant>>) -> Json<Value> {
    Json(json!(tenant.lock().access_policies))
}

/// `POST policies`: a further one; answers with its id.
pub(super) async fn add(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let mut said: NewAccessPolicy = parsed(&body)?;
    let mut state = tenant.lock();
    for key in said.people.iter_mut().chain(&mut said.except_people) {
        let directory = &state.directory;
        let user = directory.user(key).map(|user| user.id.clone());
        let mut groups = directory.groups.iter();
        let group = groups.find(|group| group.id == *key || group.display_name == *key);
        let id = user.or_else(|| group.map(|group| group.id.clone()));
        *key = id.ok_or_else(|| bad(format!("{key} does not exist")))?;
    }
    let policy = AccessPolicy {
        id: state.guid(),
        locations: [state.guid(), state.guid()],
        created: tenant.now(),
        said,
    };
    let id = policy.id.clone();
    state.access_policies.push(policy);
    Ok(Json(json!({"id": id})))
}

/// `DELETE policies`: none is left.
pub(super) async fn clear(State(tenant): State<Arc<Tenant>>) -> Json<Value> {
    tenant.lock().access_policies.clear();
    Json(json!({}))
}
