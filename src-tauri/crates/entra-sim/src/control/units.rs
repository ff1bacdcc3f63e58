//! Administrative units to add, for the control interface.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, bad, parsed};
use crate::directory::{Unit, guid};
use crate::state::{Inner, Tenant};

/// A unit to add.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewUnit {
    display_name: String,
    /// Sign-in names or ids.
    #[serde(default)]
    members: Vec<String>,
}

/// `POST units`: a further administrative unit; answers with its id.
pub(super) async fn add(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let new: NewUnit = parsed(&body)?;
    let mut state = tenant.lock();
    let Inner { directory, rng, .. } = &mut *state;
    let named = |key: &String| {
        let user = directory.user(key);
        user.map(|user| user.id.clone())
            .ok_or_else(|| bad(format!("{key} does not exist")))
    };
    let members = new.members.iter().map(named);
    let members = members.collect::<Result<Vec<String>, Refused>>()?;
    let (id, display_name) = (guid(rng), new.display_name);
    directory.units.push(Unit {
        id: id.clone(),
        display_name: display_name.clone(),
        members,
    });
    Ok(Json(json!({"id": id, "display_name": display_name})))
}
