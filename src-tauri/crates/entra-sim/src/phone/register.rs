//! A phone that registers from start to end at one call of the control interface.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::directory::methods::{Method, PhoneSystem};
use crate::listen::Base;
use crate::phone::approvals;
use crate::phone::refusal::{RefusalPlace, strike};
use crate::phone::services::RegistrationKind;
use crate::phone::walk::{App, Given, Stuck, stuck};
use crate::state::{Inner, Tenant};

/// What the person does with the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RegistrationRoute {
    /// Adds the account with the pass: phone sign-in is set up with it.
    Tap,
    /// Adds phone sign-in to the account that is in the app for push.
    Upgrade,
    /// Makes a passkey in Authenticator; the account is in the app for push then.
    Passkey,
    /// Adds the account for push only.
    Push,
}

/// A registration as asked for over the control interface.
#[derive(Deserialize)]
// What the control interface says to a body that is no object.
#[serde(deny_unknown_fields, expecting = "struct Order")]
pub(crate) struct RegistrationRequest {
    pub(crate) upn: String,
    /// The pass, or the password where the page asks for one.
    pub(crate) pass: String,
    pub(crate) route: RegistrationRoute,
    pub(crate) os: PhoneSystem,
    pub(crate) device_name: Option<String>,
}

/// What was registered.
struct Registered {
    method_ids: Vec<String>,
    device_id: Option<String>,
}

/// Walks the phone to the end; answers when the directory holds the entries, or where it got stuck.
pub(crate) async fn register(
    tenant: &Arc<Tenant>,
    base: &Base,
    request: RegistrationRequest,
) -> Value {
    match walked(tenant, base, request).await {
        Ok(done) => json!({"ok": true, "method_ids": done.method_ids, "device_id": done.device_id}),
        Err(stuck) => {
            let mut answer = json!({"ok": false, "screen": stuck.screen, "aadsts": stuck.aadsts});
            if let Some(reason) = stuck.reason {
                answer["reason"] = json!(reason);
            }
            answer
        }
    }
}

async fn walked(
    tenant: &Arc<Tenant>,
    base: &Base,
    request: RegistrationRequest,
) -> Result<Registered, Stuck> {
    let app = App::new(tenant, base);
    let token = signed_in(tenant, &app, &request).await?;
    let name = request
        .device_name
        .unwrap_or_else(|| default_name(request.os).to_owned());
    let phone = (request.os, name.as_str());
    match request.route {
        RegistrationRoute::Push => {
            let id = app
                .method(&token, RegistrationKind::Push, phone, None, None)
                .await?;
            Ok(Registered {
                method_ids: vec![id],
                device_id: None,
            })
        }
        RegistrationRoute::Tap => phone_sign_in(&app, &token, phone, None).await,
        RegistrationRoute::Upgrade => {
            let entry =
                push_entry(&tenant.lock(), &request.upn).ok_or_else(|| stuck("no_push_entry"))?;
            phone_sign_in(&app, &token, phone, Some(&entry)).await
        }
        RegistrationRoute::Passkey => {
            let entry = app
                .method(&token, RegistrationKind::Push, phone, None, None)
                .await?;
            let passkey = app
                .method(&token, RegistrationKind::Passkey, phone, None, None)
                .await?;
            Ok(Registered {
                method_ids: vec![entry, passkey],
                device_id: None,
            })
        }
    }
}

/// Registers the phone and phone sign-in with it, on an entry that is there or a new one.
async fn phone_sign_in(
    app: &App,
    token: &str,
    phone: (PhoneSystem, &str),
    entry: Option<&str>,
) -> Result<Registered, Stuck> {
    let device = app.device(token, phone.0, phone.1).await?;
    let kind = RegistrationKind::PhoneSignIn;
    let id = app.method(token, kind, phone, Some(&device), entry).await?;
    Ok(Registered {
        method_ids: vec![id],
        device_id: Some(device),
    })
}

/// Signs in on the phone; the answer is the app's access token.
async fn signed_in(
    tenant: &Arc<Tenant>,
    app: &App,
    request: &RegistrationRequest,
) -> Result<String, Stuck> {
    let on_the_phone = [
        RefusalPlace::SignIn,
        RefusalPlace::SignedIn,
        RefusalPlace::Lock,
    ];
    for place in on_the_phone {
        if let Some(refusal) = strike(&mut tenant.lock(), place) {
            return Err(Stuck {
                reason: Some(refusal),
                ..stuck(refusal.screen().entry().id)
            });
        }
    }
    let mut step = app.account(&request.upn).await?;
    if step.page == "approve" {
        step = app.turn_to_password(step).await?;
    }
    let mut given = app.secret(&step, &request.pass).await?;
    if let Given::Number(step, _) = given {
        approvals::answer_flow(&mut tenant.lock(), step.flow_token());
        given = app.approved(&step).await?;
    }
    match given {
        Given::Token(token) => Ok(token),
        Given::Number(step, _) | Given::NewPassword(step) => Err(stuck(&step.page)),
    }
}

/// What a phone of that system is called when nothing else is said.
pub(crate) fn default_name(os: PhoneSystem) -> &'static str {
    match os {
        PhoneSystem::Ios => "iPhone 16",
        PhoneSystem::Android => "Pixel 9",
    }
}

/// The person's Authenticator entry without phone sign-in, if any.
pub(crate) fn push_entry(state: &Inner, upn: &str) -> Option<String> {
    state
        .directory
        .user(upn)?
        .methods
        .iter()
        .find_map(|method| match method {
            Method::Authenticator(entry) if entry.phone_sign_in.is_none() => Some(entry.id.clone()),
            Method::Authenticator(_)
            | Method::Password { .. }
            | Method::Phone { .. }
            | Method::Fido2(_) => None,
        })
}
