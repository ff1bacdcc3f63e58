//! Phones that are open, and people in training, for the control interface.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, parsed, state};
use crate::listen::Base;
use crate::phone::list::{self, NewPhone};
use crate::phone::{screen, truth};
use crate::state::Tenant;

/// Every screen a phone can show, with its row.
pub(super) async fn screens() -> Json<Value> {
    Json(json!(screen::phone_screens()))
}

/// The phones that are open, with what they show.
pub(super) async fn phones(State(tenant): State<Arc<Tenant>>) -> Json<Value> {
    let state = tenant.lock_for_phones();
    let listed = state.phones.in_order().into_iter().map(|(id, phone)| {
        let shown = phone.shown(&state).entry();
        let accounts: Vec<&str> = phone.accounts.iter().map(|a| a.upn.as_str()).collect();
        json!({
            "id": id, "name": phone.name, "os": phone.system, "language": phone.language.tag(),
            "screen": shown.id, "row": shown.row, "kind": shown.kind, "accounts": accounts,
        })
    });
    Json(Value::Array(listed.collect()))
}

/// Opens a phone as the phone page does; answers with its address.
pub(super) async fn open(
    State(tenant): State<Arc<Tenant>>,
    Extension(base): Extension<Base>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let order: NewPhone = parsed(&body)?;
    let mut state = tenant.lock();
    let id = list::make(&mut state, &order).ok_or_else(|| nobody(&order.upn))?;
    Ok(Json(
        json!({"id": id, "address": format!("{}/phone/at/{id}", base.0)}),
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    upn: String,
}

fn nobody(upn: &str) -> Refused {
    Refused(StatusCode::NOT_FOUND, "not_found", upn.to_owned())
}

/// Brings a person back to how they were at the start.
pub(super) async fn reset(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let Person { upn } = parsed(&body)?;
    let mut state = tenant.lock();
    if !truth::reset_person(&mut state, &upn) {
        return Err(nobody(&upn));
    }
    let user = state
        .directory
        .user(&upn)
        .map(|user| state::user(&tenant, &state, user));
    Ok(Json(json!(user)))
}

/// Lets a person's pass run out now.
pub(super) async fn expire_pass(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let Person { upn } = parsed(&body)?;
    let expired = truth::expire_pass(&tenant, &mut tenant.lock(), &upn);
    if !expired {
        return Err(Refused(StatusCode::NOT_FOUND, "no_pass", upn));
    }
    Ok(Json(json!({"expired": true})))
}
