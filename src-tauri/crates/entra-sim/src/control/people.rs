//! What happens to people while the tenant runs, for the control interface: an administrator elsewhere changes
//! their account, or a method appears that nobody at the counter set up.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, bad, parsed, state};
use crate::clock::after_seconds;
use crate::directory::methods::{Computer, FurtherMethod, Method};
use crate::directory::roles::Role;
use crate::directory::{Membership, NewMethod, User, guid, telephones};
use crate::records::audits::Activity;
use crate::state::Tenant;

/// What changes of somebody; the rest stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    upn: String,
    enabled: Option<bool>,
    synced: Option<bool>,
    /// In a restricted management administrative unit.
    restricted: Option<bool>,
    write_back_fails: Option<bool>,
    membership: Option<Membership>,
    /// Names of all directory roles from now on.
    roles: Option<Vec<String>>,
    eligible_roles: Option<Vec<String>>,
    /// A Windows computer of this name is registered for them.
    computer: Option<String>,
    /// The mobile telephone's number from now on.
    mobile_phone: Option<String>,
    /// The password from now on, set elsewhere.
    password: Option<String>,
    /// How long ago the password was last changed, in seconds.
    password_age_s: Option<u32>,
    /// Names or ids of groups they become a member of; one that does not exist is made.
    #[serde(default)]
    joins: Vec<String>,
    /// True: every Authenticator, passkey and Windows Hello is gone.
    #[serde(default)]
    loses_passwordless: bool,
}

/// `POST users/change`: an administrator elsewhere changes somebody's account.
pub(super) async fn change(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let order: Change = parsed(&body)?;
    let roles = order.roles.as_deref().map(named).transpose()?;
    let eligible = order.eligible_roles.as_deref().map(named).transpose()?;
    let now = tenant.now();
    let mut state = tenant.lock();
    let inner = &mut *state;
    let computer = order.computer.map(|display_name| Computer {
        id: guid(&mut inner.rng),
        device_id: guid(&mut inner.rng),
        display_name,
        registered: now,
    });
    let mut joins = Vec::new();
    if inner.directory.user(&order.upn).is_some() {
        let named = |name: &String| inner.directory.group_named(name, &mut inner.rng, now);
        joins = order.joins.iter().map(named).collect();
    }
    let user = inner.directory.user_mut(&order.upn);
    let user = user.ok_or_else(|| nobody(&order.upn))?;
    joins.retain(|group| !user.groups.contains(group));
    user.groups.extend(joins);
    if let Some(password) = order.password {
        user.password = password;
        user.password_changed = now;
    }
    if let Some(age_s) = order.password_age_s {
        user.password_changed = after_seconds(now, -i64::from(age_s));
    }
    if order.loses_passwordless {
        let kept =
            |method: &Method| matches!(method, Method::Password { .. } | Method::Phone { .. });
        user.methods.retain(kept);
        user.further_methods.clear();
    }
    user.enabled = order.enabled.unwrap_or(user.enabled);
    user.synced = order.synced.unwrap_or(user.synced);
    user.restricted = order.restricted.unwrap_or(user.restricted);
    user.write_back_fails = order.write_back_fails.unwrap_or(user.write_back_fails);
    user.membership = order.membership.unwrap_or(user.membership);
    user.computers.extend(computer);
    user.further_properties
        .extend(telephones(None, order.mobile_phone));
    user.roles = roles.unwrap_or_else(|| user.roles.clone());
    user.eligible_roles = eligible.unwrap_or_else(|| user.eligible_roles.clone());
    let user = state.directory.user(&order.upn);
    Ok(Json(json!(
        user.map(|user| state::user(&tenant, &state, user))
    )))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Appear {
    upn: String,
    method: NewMethod,
}

/// `POST users/methods`: a method appears that somebody registered elsewhere, now; answers with its id.
pub(super) async fn appear(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let Appear { upn, method } = parsed(&body)?;
    let now = tenant.now();
    let mut state = tenant.lock();
    let inner = &mut *state;
    let user = inner.directory.user(&upn).ok_or_else(|| nobody(&upn))?;
    let user_id = user.id.clone();
    if has_the_only_one(user, &method) {
        return Err(bad("there is one of that kind already, and never two"));
    }
    let id = inner
        .directory
        .appears(&user_id, method, &mut inner.rng, now);
    let id = id.ok_or_else(|| nobody(&upn))?;
    let reason = String::from("User registered security info");
    let activity = Activity::UserRegisteredMethod;
    state.note(now, &user_id, activity, &user_id, reason);
    state.note_registration(now, &user_id);
    Ok(Json(json!({"id": id})))
}

/// Whether it is of a kind of which nobody has two, and they have it.
fn has_the_only_one(user: &User, new: &NewMethod) -> bool {
    let phone = |method: &Method| matches!(method, Method::Phone { .. });
    let email = |method: &FurtherMethod| matches!(method, FurtherMethod::Email { .. });
    match new {
        NewMethod::Phone { .. } => user.methods.iter().any(phone),
        NewMethod::Email { .. } => user.further_methods.iter().any(email),
        NewMethod::Authenticator { .. }
        | NewMethod::Passkey { .. }
        | NewMethod::SoftwareOath {}
        | NewMethod::WindowsHello { .. }
        | NewMethod::PlatformCredential { .. } => false,
    }
}

fn named(names: &[String]) -> Result<Vec<Role>, Refused> {
    let role = |name: &String| {
        Role::named(name).ok_or_else(|| bad(format!("there is no role named {name}")))
    };
    names.iter().map(role).collect()
}

fn nobody(upn: &str) -> Refused {
    Refused(StatusCode::NOT_FOUND, "not_found", upn.to_owned())
}
