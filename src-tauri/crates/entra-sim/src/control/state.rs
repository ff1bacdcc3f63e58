//! `GET state`: everything the tenant holds, secrets of the simulation included.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::clock::graph_time;
use crate::directory::User;
use crate::directory::methods::{Authenticator, FurtherMethod, Method, Tap};
use crate::oauth::approval::code_at;
use crate::records::mail::Mail;
use crate::state::{Inner, Tenant};

/// The whole state.
pub(super) async fn state(State(tenant): State<Arc<Tenant>>) -> Json<Value> {
    let state = tenant.lock();
    let users: Vec<Value> = state
        .directory
        .users
        .iter()
        .map(|person| user(&tenant, &state, person))
        .collect();
    let (requests, unknown) = state.traffic.listed();
    Json(json!({
        "tenant_id": tenant.id,
        "clock": clock(&tenant),
        "users": users,
        "devices": state.directory.devices.values().map(|device| json!({
            "id": device.id,
            "device_id": device.device_id,
            "display_name": device.display_name,
            "os": device.system,
            "registered": graph_time(device.registered),
        })).collect::<Vec<_>>(),
        "groups": state.directory.groups.iter().map(|group| json!({
            "id": group.id,
            "display_name": group.display_name,
            "role_assignable": group.role_assignable,
            "synced": group.synced,
            "owners": group.owners,
            "roles": group.roles.iter().map(|role| role.name()).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "password_resets": state.records.resets.iter().map(|reset| json!({
            "id": reset.id,
            "user_id": reset.user_id,
            "status": reset.status(tenant.now()),
        })).collect::<Vec<_>>(),
        "sessions": state.grants.sessions.len(),
        "mails": mails(&tenant, &state, |_| true),
        "requests": requests,
        "unknown_requests": unknown,
        "quota": state.quota.listed(),
        "faults": state.faults.pending().collect::<Vec<_>>(),
    }))
}

/// The mails that are wanted, in the order they were sent.
pub(super) fn mails(tenant: &Tenant, state: &Inner, wanted: impl Fn(&Mail) -> bool) -> Vec<Value> {
    let mails = state.records.mails.iter();
    let wanted = mails.filter(|mail| wanted(mail));
    wanted.map(|mail| mail.shown(tenant.now())).collect()
}

/// The clock's part.
pub(super) fn clock(tenant: &Tenant) -> Value {
    json!({"now": graph_time(tenant.now()), "ahead_s": tenant.clock.moved_s()})
}

/// One person with methods and every pass there ever was.
pub(super) fn user(tenant: &Tenant, state: &Inner, user: &User) -> Value {
    let in_scope = state.directory.in_tap_scope(user);
    let roles: Vec<&str> = user.roles.iter().map(|role| role.name()).collect();
    json!({
        "id": user.id,
        "upn": user.upn,
        "mail": user.mail,
        "display_name": user.display_name,
        "case": user.case,
        "enabled": user.enabled,
        "roles": roles,
        "eligible_roles": user.eligible_roles.iter().map(|role| role.name()).collect::<Vec<_>>(),
        "groups": state.directory.groups_of(user).map(|group| &group.display_name).collect::<Vec<_>>(),
        "password": user.password,
        "otc": code_at(&user.id, tenant.now()),
        "password_change_due": user.password_change_due,
        "password_policies": user.password_policies,
        "mailbox": {
            "reachable": user.has_mailbox(),
            "send_as": user.mailbox.send_as,
            "full_access": user.mailbox.full_access,
        },
        "device_count": state.directory.device_count(user),
        "methods": user.methods.iter().map(method).chain(user.further_methods.iter().map(further)).collect::<Vec<_>>(),
        "passes": user.taps.iter().map(|tap| pass(tenant, state, tap, in_scope)).collect::<Vec<_>>(),
    })
}

fn pass(tenant: &Tenant, state: &Inner, tap: &Tap, in_scope: bool) -> Value {
    json!({
        "id": tap.id,
        "value": tap.value,
        "created": graph_time(tap.created),
        "start": graph_time(tap.start),
        "end": graph_time(tap.end()),
        "lifetime_min": tap.lifetime_min,
        "once": tap.once,
        "reason": tap.usability(&state.flags, in_scope, tenant.now()).word(),
        "uses": tap.uses.iter().map(|at| graph_time(*at)).collect::<Vec<_>>(),
        "ended": tap.ended.map(|(at, how)| json!({"at": graph_time(at), "how": how})),
    })
}

fn method(method: &Method) -> Value {
    match method {
        Method::Password { id, .. } => json!({"type": "password", "id": id}),
        Method::Phone { id, number } => json!({"type": "phone", "id": id, "number": number}),
        Method::Authenticator(entry) => authenticator(entry),
        Method::Fido2(key) => json!({
            "type": "fido2", "id": key.id, "display_name": key.display_name, "aa_guid": key.aa_guid,
            "created": graph_time(key.created),
        }),
    }
}

fn further(method: &FurtherMethod) -> Value {
    let kind = match method {
        FurtherMethod::Email { .. } => "email",
        FurtherMethod::SoftwareOath { .. } => "software_oath",
        FurtherMethod::WindowsHello { .. } => "windows_hello",
        FurtherMethod::PlatformCredential { .. } => "platform_credential",
    };
    json!({"type": kind, "id": method.id()})
}

fn authenticator(entry: &Authenticator) -> Value {
    json!({
        "type": "authenticator",
        "id": entry.id,
        "display_name": entry.display_name,
        "app_version": entry.app_version,
        "phone_sign_in": entry.phone_sign_in.is_some(),
        "created": entry.phone_sign_in.as_ref().map(|phone| graph_time(phone.created)),
        "device_id": entry.phone_sign_in.as_ref().map(|phone| phone.device_id.clone()),
    })
}
