//! The control interface: what tests, the demo and a trainer see and set.

mod drawings;
mod groups;
mod mailbox;
mod passkeys;
mod people;
mod phones;
mod policies;
mod requests;
mod sign_in;
mod state;
mod units;

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::directory::NewUser;
use crate::faults::FaultSpec;
use crate::listen::Base;
use crate::phone::register;
use crate::state::Tenant;

/// The routes under the random part of the control address.
pub(crate) fn router(tenant: &Arc<Tenant>) -> Router {
    let routes = Router::new()
        .route("/state", get(state::state))
        .route("/clock", post(clock))
        .route("/switches", get(switches).post(set_switches))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/users", post(add_user))
        .route(
            "/clients",
            get(sign_in::clients)
                .post(sign_in::add_client)
                .patch(sign_in::change_client),
        )
        .route("/groups", post(groups::add))
        .route("/units", post(units::add))
        .route(
            "/policies",
            get(policies::list)
                .post(policies::add)
                .delete(policies::clear),
        )
        .route(
            "/passkeys",
            get(passkeys::show)
                .post(passkeys::set)
                .delete(passkeys::clear),
        )
        .route("/keys", post(sign_in::rotate_keys))
        .route("/revoke", post(sign_in::revoke))
        .route("/mailbox", get(mailbox::page))
        .route("/mailbox/{address}", get(mailbox::of))
        .route("/outbox", get(mailbox::outbox))
        .route("/phone/register", post(phone_register))
        .route("/phone/approve", post(requests::approve))
        .route("/phone/deny", post(requests::deny))
        .route("/phone/requests", get(requests::list))
        .route("/phone/screens", get(phones::screens))
        .route("/drawings", get(drawings::list))
        .route("/drawings/phone/{screen}/{os}/{lang}", get(drawings::phone))
        .route("/drawings/sign-in/{page}/{lang}", get(drawings::sign_in))
        .route("/drawings/site/{page}/{lang}", get(drawings::test_site))
        .route("/phones", get(phones::phones).post(phones::open))
        .route("/users/change", post(people::change))
        .route("/users/mailbox", post(mailbox::change))
        .route("/users/methods", post(people::appear))
        .route("/users/reset", post(phones::reset))
        .route("/users/expire-pass", post(phones::expire_pass))
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .with_state(tenant.clone());
    Router::new().nest(&format!("/{}", tenant.control), routes)
}

/// A refusal of the control interface.
struct Refused(StatusCode, &'static str, String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response<Body> {
        (
            self.0,
            Json(json!({"error": {"code": self.1, "message": self.2}})),
        )
            .into_response()
    }
}

fn bad(message: impl Into<String>) -> Refused {
    Refused(StatusCode::BAD_REQUEST, "bad_request", message.into())
}

/// A body as JSON of that shape. Read by hand so that refusals are JSON and no content type is asked for.
fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|problem| bad(problem.to_string()))
}

async fn unknown() -> Refused {
    Refused(
        StatusCode::NOT_FOUND,
        "not_found",
        "there is no such control call".to_owned(),
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_s: i64,
}

async fn clock(State(tenant): State<Arc<Tenant>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let Advance { advance_s } = parsed(&body)?;
    tenant.clock.advance(advance_s);
    Ok(Json(state::clock(&tenant)))
}

async fn switches(State(tenant): State<Arc<Tenant>>) -> Json<Value> {
    Json(Value::Array(tenant.lock().flags.listed()))
}

async fn set_switches(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let changes: Map<String, Value> = parsed(&body)?;
    let mut state = tenant.lock();
    state.flags = state.flags.changed(&changes).map_err(bad)?;
    tenant.clock.skew(state.flags.time.clock_skew_s);
    Ok(Json(Value::Array(state.flags.listed())))
}

async fn faults(State(tenant): State<Arc<Tenant>>) -> Json<Value> {
    let state = tenant.lock();
    Json(json!(state.faults.pending().collect::<Vec<_>>()))
}

async fn add_fault(State(tenant): State<Arc<Tenant>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let spec: FaultSpec = parsed(&body)?;
    let mut state = tenant.lock();
    state.faults.add(spec).map_err(bad)?;
    Ok(Json(json!(state.faults.pending().collect::<Vec<_>>())))
}

async fn clear_faults(State(tenant): State<Arc<Tenant>>) -> Json<Value> {
    tenant.lock().faults.clear();
    Json(json!([]))
}

async fn add_user(State(tenant): State<Arc<Tenant>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let new: NewUser = parsed(&body)?;
    let now = tenant.now();
    let mut state = tenant.lock();
    let id = state.add_person(new, now).map_err(bad)?;
    let user = state
        .directory
        .user(&id)
        .map(|user| state::user(&tenant, &state, user));
    Ok(Json(json!(user)))
}

async fn phone_register(
    State(tenant): State<Arc<Tenant>>,
    Extension(base): Extension<Base>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let request: register::RegistrationRequest = parsed(&body)?;
    Ok(Json(register::register(&tenant, &base, request).await))
}
