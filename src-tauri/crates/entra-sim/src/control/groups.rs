//! Groups to add, for the control interface.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, bad, parsed};
use crate::state::{Inner, Tenant};

/// A group to add.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewGroup {
    display_name: String,
    #[serde(default)]
    role_assignable: bool,
    /// Its members come from the on-premises directory.
    #[serde(default)]
    synced: bool,
    #[serde(default)]
    mail_enabled: bool,
    /// A rule says who is in it.
    #[serde(default)]
    dynamic: bool,
    /// Sign-in names or ids; owners may change the members.
    #[serde(default)]
    owners: Vec<String>,
    /// Sign-in names or ids.
    #[serde(default)]
    members: Vec<String>,
}

/// `POST groups`: a further group; answers with its id.
pub(super) async fn add(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let new: NewGroup = parsed(&body)?;
    let now = tenant.now();
    let mut state = tenant.lock();
    let named = |state: &Inner, key: &String| {
        let user = state.directory.user(key);
        user.map(|user| user.id.clone())
            .ok_or_else(|| bad(format!("{key} does not exist")))
    };
    let ids = |keys: &[String]| -> Result<Vec<String>, Refused> {
        keys.iter().map(|key| named(&state, key)).collect()
    };
    let (owners, members) = (ids(&new.owners)?, ids(&new.members)?);
    let known = |name: &String| name == &new.display_name;
    let mut groups = state.directory.groups.iter();
    if groups.any(|group| known(&group.display_name)) {
        return Err(bad(format!("{} exists", new.display_name)));
    }
    let Inner { directory, rng, .. } = &mut *state;
    let id = directory.group_named(&new.display_name, rng, now);
    for member in &members {
        if let Some(user) = directory.user_mut(member) {
            user.groups.push(id.clone());
        }
    }
    if let Some(group) = directory.groups.iter_mut().find(|group| group.id == id) {
        group.role_assignable = new.role_assignable;
        group.synced = new.synced;
        group.mail_enabled = new.mail_enabled;
        group.dynamic = new.dynamic;
        group.owners = owners;
    }
    Ok(Json(json!({"id": id, "display_name": new.display_name})))
}
