//! What the phone's app calls after its sign-in: device registration and method registration.
//!
//! Microsoft's own endpoints for this are not documented; these are ours.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::after_seconds;
use crate::directory::Limit;
use crate::directory::methods::{
    Authenticator, Computer, Device, Method, Passkey, PhoneSignIn, PhoneSystem,
};
use crate::oauth::clients::AUTHENTICATOR;
use crate::oauth::grants::FirstFactor;
use crate::params::bearer;
use crate::phone::refusal::{PhoneRefusal, RefusalPlace, strike};
use crate::records::audits::Activity;
use crate::state::{Inner, Tenant, random_token};

/// Where a device is registered.
pub(crate) const DEVICE: &str = "/phone/registration/device";
/// Where a method is registered.
pub(crate) const METHOD: &str = "/phone/registration/method";

/// Session over: the pass ended, or its ten minutes are.
const SESSION_OVER: u32 = 50089;
/// The token is not the Authenticator's.
const WRONG_TOKEN: u32 = 50013;

/// The routes of both.
pub(crate) fn router(tenant: Arc<Tenant>) -> Router {
    Router::new()
        .route(DEVICE, post(device))
        .route(METHOD, post(method))
        .with_state(tenant)
}

#[derive(Debug, Deserialize)]
struct NewDevice {
    os: PhoneSystem,
    name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RegistrationKind {
    /// Authenticator for push only.
    Push,
    /// Authenticator with phone sign-in, on an entry that exists or a new one.
    PhoneSignIn,
    /// A passkey in Authenticator.
    Passkey,
}

#[derive(Debug, Deserialize)]
struct NewMethod {
    kind: RegistrationKind,
    os: PhoneSystem,
    name: String,
    device_id: Option<String>,
    entry_id: Option<String>,
}

async fn device(
    State(tenant): State<Arc<Tenant>>,
    headers: HeaderMap,
    Json(new): Json<NewDevice>,
) -> Response<Body> {
    let mut state = tenant.lock();
    let user_id = match registrant(&tenant, &state, &headers) {
        Ok(user_id) => user_id,
        Err(aadsts) => return refused(aadsts),
    };
    if state.has_reached(&user_id, Limit::Devices) {
        return at_limit(Limit::Devices);
    }
    if let Some(refusal) = strike(&mut state, RefusalPlace::Device) {
        return forbidden(refusal);
    }
    let device = Device {
        id: state.guid(),
        device_id: state.guid(),
        display_name: new.name,
        system: new.os,
        registered: tenant.now(),
        owner: user_id.clone(),
    };
    if state.flags.devices.second_device {
        let computer = Computer {
            id: state.guid(),
            device_id: state.guid(),
            display_name: "PC".to_owned(),
            registered: device.registered,
        };
        let user = state.directory.user_mut(&user_id);
        user.into_iter()
            .for_each(|user| user.computers.push(computer.clone()));
    }
    let answer = json!({"id": device.id});
    let (now, id) = (device.registered, device.id.clone());
    state.directory.devices.insert(id.clone(), device);
    state.note(now, &user_id, Activity::RegisterDevice, &id, String::new());
    Json(answer).into_response()
}

async fn method(
    State(tenant): State<Arc<Tenant>>,
    headers: HeaderMap,
    Json(new): Json<NewMethod>,
) -> Response<Body> {
    let mut state = tenant.lock();
    let user_id = match registrant(&tenant, &state, &headers) {
        Ok(user_id) => user_id,
        Err(aadsts) => return refused(aadsts),
    };
    let place = match new.kind {
        RegistrationKind::Push => RefusalPlace::Entry,
        RegistrationKind::PhoneSignIn => RefusalPlace::PhoneSignIn,
        RegistrationKind::Passkey => RefusalPlace::Passkey,
    };
    if let Some(refusal) = strike(&mut state, place) {
        return forbidden(refusal);
    }
    let passkey = new.kind == RegistrationKind::Passkey;
    if passkey && !takes_passkey(&state, &user_id, new.os) {
        return forbidden(PhoneRefusal::PasskeyOff);
    }
    if passkey && !proven_lately(&tenant, &state, &headers) {
        return refused(SESSION_OVER);
    }
    let new_entry = new.kind != RegistrationKind::Passkey && new.entry_id.is_none();
    if new_entry && state.has_reached(&user_id, Limit::Authenticators) {
        return at_limit(Limit::Authenticators);
    }
    let reason = match new.kind {
        RegistrationKind::Push => "User registered Authenticator App with Notification",
        RegistrationKind::PhoneSignIn => "User registered Authenticator App with phone sign-in",
        RegistrationKind::Passkey => "User registered Passkey (device-bound)",
    };
    let registered = register(&tenant, &mut state, &user_id, new);
    if registered.is_some() {
        let activity = Activity::UserRegisteredMethod;
        state.note(tenant.now(), &user_id, activity, &user_id, reason);
        state.note_registration(tenant.now(), &user_id);
    }
    match registered {
        Some(id) => Json(json!({"id": id})).into_response(),
        None => (StatusCode::NOT_FOUND, Json(json!({"aadsts": Value::Null}))).into_response(),
    }
}

fn register(tenant: &Tenant, state: &mut Inner, user_id: &str, new: NewMethod) -> Option<String> {
    let now = tenant.now();
    let id = state.guid();
    let phone_sign_in = new.device_id.map(|device_id| PhoneSignIn {
        created: now,
        device_id,
    });
    let user = state.directory.user_mut(user_id)?;
    let method = match new.kind {
        RegistrationKind::Passkey => Method::Fido2(Passkey {
            id: random_token(),
            display_name: match new.os {
                PhoneSystem::Ios => "Authenticator - iOS".to_owned(),
                PhoneSystem::Android => "Authenticator - Android".to_owned(),
            },
            aa_guid: new.os.aa_guid().to_owned(),
            model: "Microsoft Authenticator".to_owned(),
            created: now,
        }),
        RegistrationKind::Push | RegistrationKind::PhoneSignIn => {
            if let Some(entry_id) = new.entry_id {
                let entry = user.methods.iter_mut().find_map(|method| match method {
                    Method::Authenticator(entry) if entry.id == entry_id => Some(entry),
                    Method::Authenticator(_)
                    | Method::Password { .. }
                    | Method::Phone { .. }
                    | Method::Fido2(_) => None,
                })?;
                entry.phone_sign_in = phone_sign_in;
                return Some(entry_id);
            }
            Method::Authenticator(Authenticator {
                id,
                display_name: new.name,
                device_tag: "SoftwareTokenActivated".to_owned(),
                app_version: new.os.app_version().to_owned(),
                phone_sign_in,
            })
        }
    };
    let id = method.id().to_owned();
    user.methods.push(method);
    Some(id)
}

/// The person whose phone it is, or why the token is no good for registering.
fn registrant(tenant: &Tenant, state: &Inner, headers: &HeaderMap) -> Result<String, u32> {
    let token = bearer(headers).unwrap_or_default();
    let access = state
        .grants
        .access
        .get(token)
        .filter(|access| access.client_id == AUTHENTICATOR)
        .ok_or(WRONG_TOKEN)?;
    let signed_in = access.signed_in().ok_or(WRONG_TOKEN)?;
    let now = tenant.now();
    let alive = signed_in.bound(&state.directory, &state.flags).is_some();
    if !alive || now >= access.expires {
        return Err(SESSION_OVER);
    }
    if let FirstFactor::Pass(tap_id) = &signed_in.proof {
        let user = state.directory.user(&signed_in.user_id);
        let mut taps = user.into_iter().flat_map(|user| &user.taps);
        let tap = taps.find(|tap| tap.id == *tap_id).ok_or(SESSION_OVER)?;
        if now >= tap.registration_until(signed_in.at) {
            return Err(SESSION_OVER);
        }
    }
    Ok(signed_in.user_id.clone())
}

/// Whether the policy lets this person have a passkey on such a phone.
fn takes_passkey(state: &Inner, user_id: &str, os: PhoneSystem) -> bool {
    let guests = state.flags.sign_in.guest_passkeys;
    let user = state.directory.user(user_id);
    user.is_some_and(|user| state.passkeys.admits(user, os, guests))
}

/// Whether the sign-in behind the token is young enough for a passkey.
fn proven_lately(tenant: &Tenant, state: &Inner, headers: &HeaderMap) -> bool {
    let token = bearer(headers).unwrap_or_default();
    let access = state.grants.access.get(token);
    let signed_in = access.and_then(|access| access.signed_in());
    let limit = i64::from(state.flags.sign_in.passkey_mfa_s);
    signed_in.is_some_and(|signed_in| tenant.now() < after_seconds(signed_in.at, limit))
}

/// The person has as many as are allowed; there is no AADSTS number for it.
fn at_limit(limit: Limit) -> Response<Body> {
    let body = json!({"aadsts": Value::Null, "limit": limit});
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

fn refused(aadsts: u32) -> Response<Body> {
    (StatusCode::BAD_REQUEST, Json(json!({"aadsts": aadsts}))).into_response()
}

/// A rule or limit stands in the way; the phone shows which.
fn forbidden(refusal: PhoneRefusal) -> Response<Body> {
    let answer = json!({"aadsts": refusal.aadsts(), "reason": refusal});
    (StatusCode::FORBIDDEN, Json(answer)).into_response()
}
