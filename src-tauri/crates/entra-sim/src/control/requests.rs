//! Sign-ins that wait for a number on a phone, for the control interface.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, parsed};
use crate::clock::graph_time;
use crate::oauth::grants::Approval;
use crate::state::{Inner, Tenant};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approve {
    upn: String,
    /// Typed on the phone; the right one when absent.
    number: Option<u8>,
    /// The Authenticator entry that answers; the last one set up when absent.
    entry: Option<String>,
}

/// `POST phone/approve`: somebody types a number on the phone.
pub(super) async fn approve(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let order: Approve = parsed(&body)?;
    let mut state = tenant.lock();
    let pending = waiting(&tenant, &mut state, &order.upn)?;
    let approved = order.number.is_none_or(|number| number == pending.number);
    pending.approved = Some(approved);
    pending.entry = order.entry;
    Ok(Json(json!({"approved": approved})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deny {
    upn: String,
}

/// `POST phone/deny`: somebody says on the phone that it was not them.
pub(super) async fn deny(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let order: Deny = parsed(&body)?;
    let mut state = tenant.lock();
    let pending = waiting(&tenant, &mut state, &order.upn)?;
    (pending.approved, pending.denied) = (Some(false), true);
    Ok(Json(json!({"approved": false})))
}

/// `GET phone/requests`: those that wait, with the number each page shows.
pub(super) async fn list(State(tenant): State<Arc<Tenant>>) -> Json<Value> {
    let state = tenant.lock();
    let (now, life_s) = (tenant.now(), state.flags.sign_in.phone_request_life_s);
    let waiting = state.grants.approvals.iter();
    let waiting = waiting.filter(|one| one.waits(now, life_s)).map(|one| {
        let user = state.directory.user(&one.user_id);
        json!({"upn": user.map(|user| &user.upn), "number": one.number, "asked": graph_time(one.asked)})
    });
    Json(Value::Array(waiting.collect()))
}

fn waiting<'a>(
    tenant: &Tenant,
    state: &'a mut Inner,
    upn: &str,
) -> Result<&'a mut Approval, Refused> {
    let (now, life_s) = (tenant.now(), state.flags.sign_in.phone_request_life_s);
    let user_id = state.directory.user(upn).map(|user| user.id.clone());
    let mut approvals = state.grants.approvals.iter_mut();
    let pending =
        approvals.find(|one| Some(&one.user_id) == user_id.as_ref() && one.waits(now, life_s));
    pending.ok_or_else(|| Refused(StatusCode::NOT_FOUND, "nothing_pending", upn.to_owned()))
}
