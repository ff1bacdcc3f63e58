//! The phone page: one simulated phone per address, walked by plain forms.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Response;
use axum::routing::{get, post};
use axum::{Extension, Router};

use crate::listen::Base;
use crate::params::Params;
use crate::phone::answer::{page, see_other};
use crate::phone::device::SimulatedPhone;
use crate::phone::{draw, list, steps, trainer};
use crate::state::Tenant;

/// The routes of the phone page.
pub(crate) fn router(tenant: Arc<Tenant>) -> Router {
    Router::new()
        .route("/phone", get(list::list))
        .route("/phone/new", post(list::open))
        .route("/phone/at/{id}", get(show).post(tap))
        .route("/phone/at/{id}/close", post(list::close))
        .route("/phone/trainer", get(trainer::panel).post(trainer::order))
        .route("/phone/trainer/truth", get(trainer::truth))
        .with_state(tenant)
}

async fn show(State(tenant): State<Arc<Tenant>>, Path(id): Path<String>) -> Response<Body> {
    let now = tenant.now();
    let mut state = tenant.lock_for_phones();
    let Some(phone) = state.phones.held.get_mut(&id) else {
        return see_other("/phone");
    };
    phone.pass_time();
    let phone = phone.clone();
    page(draw::phone(&phone, &state, now))
}

async fn tap(
    State(tenant): State<Arc<Tenant>>,
    Path(id): Path<String>,
    Extension(base): Extension<Base>,
    params: Params,
) -> Response<Body> {
    let there = format!("/phone/at/{id}");
    let Some(phone) = taken(&tenant, &id, &params) else {
        return see_other(&there);
    };
    let (held, own) = (tenant.clone(), id.clone());
    // A browser that taps twice ends its first request; the phone goes on with it all the same.
    let worked = tokio::spawn(async move {
        let mut phone = steps::tap(&tenant, &base, phone, &params).await;
        phone.busy = false;
        if let Some(slot) = tenant.lock().phones.held.get_mut(&id) {
            *slot = phone;
        }
    });
    // A step that panicked leaves the phone as it was.
    if worked.await.is_err()
        && let Some(phone) = held.lock().phones.held.get_mut(&own)
    {
        phone.busy = false;
    }
    see_other(&there)
}

/// The phone to work on, or nothing when the tap was not meant for what it shows.
fn taken(tenant: &Tenant, id: &str, params: &Params) -> Option<SimulatedPhone> {
    let mut state = tenant.lock_for_phones();
    let phone = state.phones.held.get_mut(id)?;
    phone.pass_time();
    let phone = phone.clone();
    // The page says which screen it drew; a tap on an older one must not press a button of this one.
    let drawn = params.of("at");
    if phone.busy || drawn.is_some_and(|drawn| drawn != phone.shown(&state).entry().id) {
        return None;
    }
    if let Some(slot) = state.phones.held.get_mut(id) {
        slot.busy = true;
    }
    Some(phone)
}
