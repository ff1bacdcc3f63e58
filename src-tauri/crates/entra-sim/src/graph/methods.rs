//! Registered authentication methods other than the pass.

use serde_json::{Map, Value, json};

use crate::clock::{directory_time, graph_time};
use crate::directory::User;
use crate::directory::methods::{Authenticator, Device, Method, Passkey};
use crate::directory::roles::{may_manage, may_read_methods};
use crate::graph::caller::Caller;
use crate::graph::error::Problem;
use crate::graph::odata::{members, selected, with_context};
use crate::graph::users::found;
use crate::graph::{Call, Reply, tap};
use crate::state::{Inner, Tenant};

const READ_ALL: &[&str] = &[
    "UserAuthenticationMethod.Read.All",
    "UserAuthenticationMethod.ReadWrite.All",
];
const READ_APP: &[&str] = &[
    "UserAuthMethod-MicrosoftAuthApp.Read.All",
    "UserAuthMethod-MicrosoftAuthApp.ReadWrite.All",
    "UserAuthenticationMethod.Read.All",
    "UserAuthenticationMethod.ReadWrite.All",
];
const WRITE_APP: &[&str] = &[
    "UserAuthMethod-MicrosoftAuthApp.ReadWrite.All",
    "UserAuthenticationMethod.ReadWrite.All",
];
const READ_PASSKEY: &[&str] = &[
    "UserAuthMethod-Passkey.Read.All",
    "UserAuthMethod-Passkey.ReadWrite.All",
    "UserAuthenticationMethod.Read.All",
    "UserAuthenticationMethod.ReadWrite.All",
];
const WRITE_PASSKEY: &[&str] = &[
    "UserAuthMethod-Passkey.ReadWrite.All",
    "UserAuthenticationMethod.ReadWrite.All",
];
const READ_PASSWORD: &[&str] = &[
    "UserAuthMethod-Password.Read.All",
    "UserAuthenticationMethod.Read.All",
];
const READ_PHONE: &[&str] = &[
    "UserAuthMethod-Phone.Read.All",
    "UserAuthenticationMethod.Read.All",
];
const NOT_FOUND: &str = "The requested authentication method could not be found.";

/// Everything a person has, the pass included.
pub(crate) fn all(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
) -> Result<Reply, Problem> {
    let user = readable(state, caller, key, READ_ALL)?;
    let mut all: Vec<Value> = user
        .methods
        .iter()
        .map(|method| Value::Object(object(method)))
        .collect();
    all.extend(tap::listed(tenant, state, user).map(Value::Object));
    page(call, user, "methods", all)
}

/// The password entry.
pub(crate) fn passwords(
    state: &Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
) -> Result<Reply, Problem> {
    let user = readable(state, caller, key, READ_PASSWORD)?;
    page(
        call,
        user,
        "passwordMethods",
        of_kind(user, |method| matches!(method, Method::Password { .. })),
    )
}

/// Telephone numbers.
pub(crate) fn phones(
    state: &Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
) -> Result<Reply, Problem> {
    let user = readable(state, caller, key, READ_PHONE)?;
    page(
        call,
        user,
        "phoneMethods",
        of_kind(user, |method| matches!(method, Method::Phone { .. })),
    )
}

/// Authenticator entries, each with its device where `$expand=device` asks for it.
pub(crate) fn authenticators(
    state: &Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
) -> Result<Reply, Problem> {
    let user = readable(state, caller, key, READ_APP)?;
    let all: Result<Vec<Value>, Problem> = entries(user)
        .map(|entry| shaped(state, call, entry).map(Value::Object))
        .collect();
    page(call, user, "microsoftAuthenticatorMethods", all?)
}

/// One Authenticator entry.
pub(crate) fn authenticator(
    state: &Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
    id: &str,
) -> Result<Reply, Problem> {
    let user = readable(state, caller, key, READ_APP)?;
    let object = shaped(state, call, entry(user, id)?)?;
    Ok(Reply::Ok(with_context(
        &call.root,
        &context(user, "microsoftAuthenticatorMethods/$entity"),
        object,
    )))
}

/// The device of an Authenticator entry; there is one only with phone sign-in.
pub(crate) fn device(
    state: &Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
    id: &str,
) -> Result<Reply, Problem> {
    let user = readable(state, caller, key, READ_APP)?;
    let device =
        device_of(state, entry(user, id)?).ok_or_else(|| Problem::no_such_method(NOT_FOUND))?;
    let object = selected(
        device_object(device),
        call.query.select.as_deref(),
        &[],
        "device",
    )?;
    Ok(Reply::Ok(with_context(
        &call.root,
        "devices/$entity",
        object,
    )))
}

/// Removes an Authenticator entry. The device object stays, as in Entra.
pub(crate) fn delete_authenticator(
    state: &mut Inner,
    caller: &Caller,
    key: &str,
    id: &str,
) -> Result<Reply, Problem> {
    delete(
        state,
        caller,
        key,
        WRITE_APP,
        |method| matches!(method, Method::Authenticator(entry) if entry.id == id),
    )
}

/// Passkeys and security keys.
pub(crate) fn passkeys(
    state: &Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
) -> Result<Reply, Problem> {
    let user = readable(state, caller, key, READ_PASSKEY)?;
    page(
        call,
        user,
        "fido2Methods",
        of_kind(user, |method| matches!(method, Method::Fido2(_))),
    )
}

/// One passkey.
pub(crate) fn passkey(
    state: &Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
    id: &str,
) -> Result<Reply, Problem> {
    let user = readable(state, caller, key, READ_PASSKEY)?;
    let method = user
        .methods
        .iter()
        .find(|method| matches!(method, Method::Fido2(key) if key.id == id));
    let method = method.ok_or_else(|| Problem::no_such_method(NOT_FOUND))?;
    Ok(Reply::Ok(with_context(
        &call.root,
        &context(user, "fido2Methods/$entity"),
        object(method),
    )))
}

/// Removes a passkey.
pub(crate) fn delete_passkey(
    state: &mut Inner,
    caller: &Caller,
    key: &str,
    id: &str,
) -> Result<Reply, Problem> {
    delete(
        state,
        caller,
        key,
        WRITE_PASSKEY,
        |method| matches!(method, Method::Fido2(key) if key.id == id),
    )
}

fn readable<'a>(
    state: &'a Inner,
    caller: &Caller,
    key: &str,
    scopes: &[&str],
) -> Result<&'a User, Problem> {
    caller.needs(scopes, Problem::method_access_denied)?;
    let user = found(state, key).map_err(|_| Problem::no_such_method("User not found."))?;
    if caller.is(user) || may_read_methods(&caller.roles) {
        Ok(user)
    } else {
        Err(Problem::method_access_denied())
    }
}

fn delete(
    state: &mut Inner,
    caller: &Caller,
    key: &str,
    scopes: &[&str],
    meant: impl Fn(&Method) -> bool,
) -> Result<Reply, Problem> {
    caller.needs(scopes, Problem::method_access_denied)?;
    let user = found(state, key).map_err(|_| Problem::no_such_method("User not found."))?;
    if !caller.is(user) && !may_manage(&caller.roles, state.directory.standing(user)) {
        return Err(Problem::method_access_denied());
    }
    let id = user.id.clone();
    let methods = state.directory.user_mut(&id).map(|user| &mut user.methods);
    let methods = methods.ok_or_else(|| Problem::no_such_method("User not found."))?;
    let before = methods.len();
    methods.retain(|method| !meant(method));
    if methods.len() == before {
        Err(Problem::no_such_method(NOT_FOUND))
    } else {
        Ok(Reply::NoContent)
    }
}

fn page(call: &Call<'_>, user: &User, kind: &str, all: Vec<Value>) -> Result<Reply, Problem> {
    let path = format!("/users/{}/authentication/{kind}", user.id);
    Ok(Reply::Ok(call.query.page(
        &call.root,
        &path,
        &context(user, kind),
        all,
    )))
}

fn of_kind(user: &User, meant: impl Fn(&Method) -> bool) -> Vec<Value> {
    user.methods
        .iter()
        .filter(|method| meant(method))
        .map(|method| Value::Object(object(method)))
        .collect()
}

fn entries(user: &User) -> impl Iterator<Item = &Authenticator> {
    user.methods.iter().filter_map(|method| match method {
        Method::Authenticator(entry) => Some(entry),
        Method::Password { .. } | Method::Phone { .. } | Method::Fido2(_) => None,
    })
}

fn entry<'a>(user: &'a User, id: &str) -> Result<&'a Authenticator, Problem> {
    entries(user)
        .find(|entry| entry.id == id)
        .ok_or_else(|| Problem::no_such_method(NOT_FOUND))
}

fn device_of<'a>(state: &'a Inner, entry: &Authenticator) -> Option<&'a Device> {
    state
        .directory
        .devices
        .get(&entry.phone_sign_in.as_ref()?.device_id)
}

fn shaped(
    state: &Inner,
    call: &Call<'_>,
    entry: &Authenticator,
) -> Result<Map<String, Value>, Problem> {
    let mut object = selected(
        authenticator_object(entry),
        call.query.select.as_deref(),
        &[],
        "microsoftAuthenticatorAuthenticationMethod",
    )?;
    match call.query.expand.as_deref() {
        None => {}
        Some(expand) if expand == "device" || expand.starts_with("device(") => {
            let device = device_of(state, entry)
                .map_or(Value::Null, |device| Value::Object(device_object(device)));
            object.insert("device".to_owned(), device);
        }
        Some(other) => {
            let message = format!(
                "Parsing OData Select and Expand failed: Could not find a property named '{other}'."
            );
            return Err(Problem::new(400, "BadRequest", message));
        }
    }
    Ok(object)
}

fn object(method: &Method) -> Map<String, Value> {
    match method {
        Method::Password { id, created } => members(json!({
            "@odata.type": "#microsoft.graph.passwordAuthenticationMethod",
            "id": id,
            "password": null,
            "createdDateTime": directory_time(*created),
        })),
        Method::Phone { id, number } => members(json!({
            "@odata.type": "#microsoft.graph.phoneAuthenticationMethod",
            "id": id,
            "phoneNumber": number,
            "phoneType": "mobile",
            "smsSignInState": "notAllowedByPolicy",
            "createdDateTime": null,
        })),
        Method::Authenticator(entry) => authenticator_object(entry),
        Method::Fido2(key) => passkey_object(key),
    }
}

fn authenticator_object(entry: &Authenticator) -> Map<String, Value> {
    members(json!({
        "@odata.type": "#microsoft.graph.microsoftAuthenticatorAuthenticationMethod",
        "id": entry.id,
        "displayName": entry.display_name,
        "deviceTag": entry.device_tag,
        "phoneAppVersion": entry.app_version,
        "createdDateTime": entry.phone_sign_in.as_ref().map(|phone| directory_time(phone.created)),
    }))
}

fn passkey_object(key: &Passkey) -> Map<String, Value> {
    members(json!({
        "@odata.type": "#microsoft.graph.fido2AuthenticationMethod",
        "id": key.id,
        "displayName": key.display_name,
        "createdDateTime": directory_time(key.created),
        "aaGuid": key.aa_guid,
        "model": key.model,
        "attestationCertificates": [],
        "attestationLevel": "attested",
        "passkeyType": "deviceBound",
    }))
}

fn device_object(device: &Device) -> Map<String, Value> {
    let (system, version) = device.system.in_directory();
    members(json!({
        "id": device.id,
        "deletedDateTime": null,
        "accountEnabled": true,
        "approximateLastSignInDateTime": directory_time(device.registered),
        "deviceId": device.device_id,
        "displayName": device.display_name,
        "isCompliant": null,
        "isManaged": null,
        "operatingSystem": system,
        "operatingSystemVersion": version,
        "registrationDateTime": graph_time(device.registered),
        "trustType": "Workplace",
    }))
}

fn context(user: &User, kind: &str) -> String {
    format!("users('{}')/authentication/{kind}", user.id)
}
