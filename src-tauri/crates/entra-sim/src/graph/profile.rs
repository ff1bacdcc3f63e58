//! Changes to a person: profile, password by the profile, sessions; and the photo.

use axum::body::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::directory::User;
use crate::directory::roles::{Act, Role, has_any, may};
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::groups::ON_PREMISES;
use crate::graph::odata::{members, with_context};
use crate::graph::reset::acceptable;
use crate::graph::users::{self, found};
use crate::graph::{GraphCall, GraphReply};
use crate::oauth::grants::FirstFactor;
use crate::records::audits::Activity;
use crate::state::{Inner, Tenant};

const WRITE_PASSWORD: &[&str] = &[
    "User-PasswordProfile.ReadWrite.All",
    "Directory.AccessAsUser.All",
];
const WRITE_ENABLED: &[&str] = &[
    "User.EnableDisableAccount.All",
    "User.ReadWrite.All",
    "Directory.ReadWrite.All",
    "Directory.AccessAsUser.All",
];
const WRITE: &[&str] = &[
    "User.ReadWrite.All",
    "Directory.ReadWrite.All",
    "Directory.AccessAsUser.All",
];
const REVOKE: &[&str] = &[
    "User.RevokeSessions.All",
    "User.ReadWrite.All",
    "Directory.ReadWrite.All",
    "Directory.AccessAsUser.All",
];
/// What anybody may change of oneself.
const WRITE_OWN: &[&str] = &["User.ReadWrite"];
/// Text of a person that means nothing here: it is kept and shown.
const PLAIN_TEXT: &[&str] = &[
    "ageGroup",
    "city",
    "companyName",
    "consentProvidedForMinor",
    "country",
    "employeeType",
    "faxNumber",
    "mailNickname",
    "mobilePhone",
    "officeLocation",
    "onPremisesImmutableId",
    "postalCode",
    "preferredDataLocation",
    "preferredLanguage",
    "state",
    "streetAddress",
    "usageLocation",
];
/// What of that people change themselves.
const OF_ONESELF: &[&str] = &[
    "businessPhones",
    "city",
    "country",
    "faxNumber",
    "mobilePhone",
    "officeLocation",
    "postalCode",
    "preferredLanguage",
    "state",
    "streetAddress",
];
/// A drawing of nobody in particular.
const PHOTO: &[u8] = include_bytes!("photo.jpg");

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PasswordProfile {
    password: Option<String>,
    force_change_password_next_sign_in: Option<bool>,
    force_change_password_next_sign_in_with_mfa: Option<bool>,
}

/// Changes the properties named; all or none.
pub(crate) fn update(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    let body: Map<String, Value> =
        serde_json::from_slice(call.body).map_err(ODataError::unreadable)?;
    let mut user = found(state, key)?.clone();
    let password_before = user.password.clone();
    // Clients name the type of what they send.
    for (name, value) in body.iter().filter(|(name, _)| !name.starts_with('@')) {
        allowed(state, caller, &user, name)?;
        set(&mut user, name, value)?;
    }
    let now = tenant.now();
    let new_password = user.password != password_before;
    if new_password {
        if user.synced {
            return Err(ODataError::bad_request(ON_PREMISES));
        }
        user.password_changed = now;
        user.password_change_due |= state.flags.proof.patch_always_forces_change;
        state
            .grants
            .end_those(&user.id, |proof| *proof == FirstFactor::Password);
    }
    let id = user.id.clone();
    if let Some(held) = state.directory.user_mut(&id) {
        *held = user;
    }
    let activity = if new_password {
        Activity::ResetPassword
    } else {
        Activity::UpdateUser
    };
    state.note(now, &caller.user_id, activity, &id, String::new());
    Ok(GraphReply::NoContent)
}

/// Ends every session of a person.
pub(crate) fn revoke_sessions(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    caller.needs(REVOKE, ODataError::insufficient_privileges)?;
    let user = found(state, key)?;
    let standing = state
        .directory
        .standing(user, state.flags.eligible_roles_protect);
    if !caller.is(user) && !may(Act::Sessions, &caller.roles, &standing) {
        return Err(ODataError::insufficient_privileges());
    }
    let (id, now) = (user.id.clone(), tenant.now());
    if let Some(user) = state.directory.user_mut(&id) {
        user.sessions_valid_from = now;
    }
    state.grants.revoke(&id, now);
    state.note(
        now,
        &caller.user_id,
        Activity::RevokeSessions,
        &id,
        String::new(),
    );
    let context = format!("{}/$metadata#Edm.Boolean", call.root);
    Ok(GraphReply::Ok(
        json!({"@odata.context": context, "value": true}),
    ))
}

/// The photo's facts, or its bytes.
pub(crate) fn photo(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
    bytes: bool,
) -> Result<GraphReply, ODataError> {
    let basic = caller.holds(&["User.ReadBasic.All", "ProfilePhoto.Read.All"]);
    let user = if basic {
        found(state, key)?
    } else {
        users::readable(state, caller, key)?
    };
    if !user.has_photo {
        let message = "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.";
        return Err(ODataError::new(404, "ImageNotFound", message));
    }
    if bytes {
        return Ok(GraphReply::Bytes("image/jpeg", Bytes::from_static(PHOTO)));
    }
    let photo = members(json!({
        "@odata.mediaContentType": "image/jpeg", "id": "96X96", "height": 96, "width": 96,
    }));
    let context = format!("users('{}')/photo/$entity", user.id);
    Ok(GraphReply::Ok(with_context(&call.root, &context, photo)))
}

fn allowed(state: &Inner, caller: &Caller, user: &User, name: &str) -> Result<(), ODataError> {
    if caller.is(user) && OF_ONESELF.contains(&name) && caller.holds(WRITE_OWN) {
        return Ok(());
    }
    let standing = state
        .directory
        .standing(user, state.flags.eligible_roles_protect);
    let (scopes, act) = match name {
        "passwordProfile" => (WRITE_PASSWORD, Some(Act::PasswordProfile)),
        "accountEnabled" => (WRITE_ENABLED, None),
        _ => (WRITE, None),
    };
    // An app's permission is for the whole tenant, a role of its own for whom the role is given over.
    let by_role = act.is_some() && caller.is_app() && state.flags.proof.role_of_app_suffices;
    let permitted = caller.holds(scopes);
    if !permitted && !by_role {
        return Err(ODataError::insufficient_privileges());
    }
    let reaches = match act {
        // Nobody sets the own password this way: that is a change, not a reset.
        Some(act) => {
            let roles = if permitted {
                caller.assigned_roles()
            } else {
                caller.roles_reaching(&state.directory, user)
            };
            let granted = Role::AuthenticationAdministrator;
            let by_switch = state.flags.proof.patch_takes_authentication_administrator
                && roles.contains(&granted)
                && may(Act::Password, &[granted], &standing);
            !caller.is(user) && (by_switch || may(act, roles, &standing))
        }
        None => {
            let roles = [Role::UserAdministrator, Role::GlobalAdministrator];
            has_any(&caller.roles, &roles)
                && (may(Act::Password, &caller.roles, &standing) || name != "accountEnabled")
        }
    };
    if reaches {
        Ok(())
    } else {
        Err(ODataError::insufficient_privileges())
    }
}

fn set(user: &mut User, name: &str, value: &Value) -> Result<(), ODataError> {
    let wrong = || {
        ODataError::bad_request(format!(
            "Invalid value specified for property '{name}' of resource 'User'."
        ))
    };
    let text = || match value {
        Value::String(text) => Ok(text.clone()),
        Value::Null => Ok(String::new()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Err(wrong()),
    };
    match name {
        "passwordProfile" => set_password(user, value)?,
        "passwordPolicies" => {
            let policies = text()?;
            let known = ["None", "DisablePasswordExpiration", "DisableStrongPassword"];
            let all = policies.split(',').map(str::trim);
            if !policies.is_empty() && !all.into_iter().all(|policy| known.contains(&policy)) {
                return Err(wrong());
            }
            user.password_policies = (!policies.is_empty()).then_some(policies);
        }
        "accountEnabled" => user.enabled = value.as_bool().ok_or_else(wrong)?,
        "displayName" => user.display_name = text()?,
        "givenName" => user.given_name = text()?,
        "surname" => user.surname = text()?,
        "department" => user.department = text()?,
        "jobTitle" => user.job_title = text()?,
        "employeeId" => user.employee_id = text()?,
        "otherMails" => {
            user.other_mails = serde_json::from_value(value.clone()).map_err(|_| wrong())?;
        }
        "mail" => user.mail = Some(text()?).filter(|mail| !mail.is_empty()),
        "businessPhones" => {
            let numbers: Vec<String> =
                serde_json::from_value(value.clone()).map_err(|_| wrong())?;
            if numbers.len() > 1 {
                return Err(wrong());
            }
            further(user, name, json!(numbers));
        }
        _ if PLAIN_TEXT.contains(&name) => {
            let text = text()?;
            if !is_of_its_kind(name, &text) {
                return Err(wrong());
            }
            let value = if text.is_empty() {
                Value::Null
            } else {
                json!(text)
            };
            further(user, name, value);
        }
        name if name.starts_with('@') => {}
        _ => return Err(wrong()),
    }
    Ok(())
}

fn further(user: &mut User, name: &str, value: Value) {
    user.further_properties.insert(name.to_owned(), value);
}

/// A few properties are words of a list or a code; empty clears each of them.
fn is_of_its_kind(name: &str, text: &str) -> bool {
    let one_of = |words: &[&str]| text.is_empty() || words.contains(&text);
    match name {
        "ageGroup" => one_of(&["Minor", "NotAdult", "Adult"]),
        "consentProvidedForMinor" => one_of(&["Granted", "Denied", "NotRequired"]),
        "usageLocation" => {
            let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
            text.is_empty() || (text.len(), letters) == (2, 2)
        }
        _ => true,
    }
}

fn set_password(user: &mut User, value: &Value) -> Result<(), ODataError> {
    let profile: PasswordProfile =
        serde_json::from_value(value.clone()).map_err(ODataError::unreadable)?;
    if let Some(password) = profile.password {
        if !acceptable(&password) {
            let message = "The specified password does not comply with password complexity requirements. Please provide a different password.";
            return Err(ODataError::bad_request(message));
        }
        user.password = password;
        // What is not said is as by default: a password somebody else chose is changed at once.
        user.password_change_due = true;
    }
    let forced = [
        profile.force_change_password_next_sign_in,
        profile.force_change_password_next_sign_in_with_mfa,
    ];
    if forced.iter().any(Option::is_some) {
        user.password_change_due = forced.contains(&Some(true));
    }
    Ok(())
}
