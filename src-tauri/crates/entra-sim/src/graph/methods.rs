//! Registered authentication methods other than the pass, which has rules of its own.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::clock::{after_seconds, directory_time};
use crate::directory::User;
use crate::directory::methods::{Authenticator, Method};
use crate::directory::roles::{Act, may, may_read_methods};
use crate::flags::proof::LastUseOf;
use crate::graph::caller::{Caller, Family, MethodAccess};
use crate::graph::devices::{device_of, phone_object};
use crate::graph::error::ODataError;
use crate::graph::odata::{kept, selected, with_context};
use crate::graph::route::Version;
use crate::graph::users::found;
use crate::graph::view::{Collection, MethodView, views};
use crate::graph::{GraphCall, GraphReply, tap};
use crate::records::audits::Activity;
use crate::state::{Inner, Tenant};

/// The authentication-methods service's word for a method that is not there.
pub(crate) const NOT_FOUND: &str = "The requested authentication method could not be found.";

/// Everything a person has, the pass included.
pub(crate) fn all(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    let user = readable(state, caller, key, Family::Any)?;
    let all = views(user, tap::view(tenant, state, user));
    if call.query.is_plain() && call.version == Version::One {
        return GraphReply::written(&Collection {
            root: &call.root,
            user_id: &user.id,
            value: all,
        });
    }
    let all = all.map(|view| dated(tenant, state, call, user, &view));
    page(call, user, "methods", all)
}

/// A method as an object; below beta with its last use, which comes late.
fn dated(
    tenant: &Tenant,
    state: &Inner,
    call: &GraphCall<'_>,
    user: &User,
    view: &MethodView<'_>,
) -> Map<String, Value> {
    const LAST_USE: &str = "lastUsedDateTime";
    let mut object = view.object();
    let flags = &state.flags.proof;
    let selected = call.query.select.as_ref();
    let selected = selected.is_some_and(|names| names.iter().any(|name| name == LAST_USE));
    if call.version == Version::One || (flags.last_used_needs_select && !selected) {
        return object;
    }
    let told = match flags.last_used_of {
        LastUseOf::None => false,
        LastUseOf::AllButPassword => view.family() != Family::Password,
        LastUseOf::All => true,
    };
    let until = after_seconds(tenant.now(), -i64::from(flags.last_used_lag_s));
    let last = told.then(|| state.last_use(&user.id, view.id(), until));
    object.insert(
        LAST_USE.to_owned(),
        json!(last.flatten().map(directory_time)),
    );
    object
}

/// The methods of one family.
pub(crate) fn of_family(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
    family: Family,
) -> Result<GraphReply, ODataError> {
    let user = readable(state, caller, key, family)?;
    let coarse = caller.may_touch(Family::Any, MethodAccess::Read, caller.is(user));
    let granular_only = family == Family::Passkey && state.flags.passkey_list_needs_own_scope;
    if granular_only && coarse {
        return Err(ODataError::method_access_denied());
    }
    let expand = family == Family::MicrosoftAuthApp;
    let all: Result<Vec<Map<String, Value>>, ODataError> =
        views(user, tap::view(tenant, state, user))
            .filter(|view| view.family() == family)
            .map(|view| expanded(state, call, user, view.object(), expand))
            .collect();
    page(call, user, collection(family), all?.into_iter())
}

/// One method, by its id alone or within its family.
pub(crate) fn one(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
    family: Family,
    id: &str,
) -> Result<GraphReply, ODataError> {
    let user = readable(state, caller, key, family)?;
    if id == "$count" {
        let message = "The $count segment is not supported for authentication methods.";
        return Err(ODataError::bad_method_request(message));
    }
    let view = views(user, tap::view(tenant, state, user))
        .find(|view| view.id() == id && (family == Family::Any || view.family() == family))
        .ok_or_else(|| ODataError::no_such_method(NOT_FOUND))?;
    let expand = view.family() == Family::MicrosoftAuthApp;
    let object = dated(tenant, state, call, user, &view);
    let object = expanded(state, call, user, object, expand)?;
    let object = selected(object, call.query.select.as_deref(), &[], type_name(&view))?;
    Ok(GraphReply::Ok(with_context(
        &call.root,
        &context(user, &format!("{}/$entity", collection(family))),
        object,
    )))
}

/// The device of an Authenticator entry; there is one only with phone sign-in.
pub(crate) fn device(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
    id: &str,
) -> Result<GraphReply, ODataError> {
    let user = readable(state, caller, key, Family::MicrosoftAuthApp)?;
    let device = entry(user, id).and_then(|entry| device_of(state, entry));
    let device = device.ok_or_else(|| ODataError::no_such_method(NOT_FOUND))?;
    let select = call.query.select.as_deref();
    let object = selected(phone_object(device), select, &[], "device")?;
    Ok(GraphReply::Ok(with_context(
        &call.root,
        "devices/$entity",
        object,
    )))
}

/// Whether somebody of that name is there who has that method.
pub(crate) fn has(tenant: &Tenant, state: &Inner, key: &str, family: Family, id: &str) -> bool {
    found(state, key).is_ok_and(|user| {
        views(user, tap::view(tenant, state, user))
            .any(|view| view.id() == id && view.family() == family)
    })
}

/// Removes a method. The device object of an Authenticator entry stays, as in Entra.
pub(crate) fn delete(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
    family: Family,
    id: &str,
) -> Result<GraphReply, ODataError> {
    let user = writable(state, caller, key, family)?;
    let own = caller.is(user);
    if family == Family::Password {
        let message = "The password method cannot be deleted.";
        return Err(ODataError::bad_method_request(message));
    }
    if call.unseen {
        return Err(ODataError::no_such_method(NOT_FOUND));
    }
    let user_id = user.id.clone();
    let user = state.directory.user_mut(&user_id);
    let user = user.ok_or_else(|| ODataError::no_such_method("User not found."))?;
    if !remove(user, family, id) {
        return Err(ODataError::no_such_method(NOT_FOUND));
    }
    let now = tenant.now();
    let activity = if own {
        Activity::UserDeletedMethod
    } else {
        Activity::AdminDeletedMethod
    };
    let reason = format!("Deleted {} method", collection(family));
    state.note(now, &caller.user_id, activity, &user_id, reason);
    state.note_registration(now, &user_id);
    Ok(GraphReply::NoContent)
}

/// The person, where the caller may change that family of theirs.
pub(crate) fn writable<'a>(
    state: &'a Inner,
    caller: &Caller,
    key: &str,
    family: Family,
) -> Result<&'a User, ODataError> {
    let user = found(state, key).map_err(|_| ODataError::no_such_method("User not found."))?;
    let own = caller.is(user);
    if !caller.may_touch(family, MethodAccess::Write, own) {
        return Err(ODataError::method_access_denied());
    }
    let eligible_counts = state.flags.eligible_roles_protect;
    let standing = state.directory.standing(user, eligible_counts);
    if !own && !may(Act::Methods, &caller.roles, &standing) {
        return Err(ODataError::method_access_denied());
    }
    Ok(user)
}

fn remove(user: &mut User, family: Family, id: &str) -> bool {
    let before = user.methods.len() + user.further_methods.len();
    let mut with_device = false;
    user.methods.retain(|method| {
        let meant = method.id() == id && MethodView::from(method).family() == family;
        if meant && let Method::Authenticator(entry) = method {
            with_device |= entry.phone_sign_in.is_some();
        }
        !meant
    });
    user.further_devices += u32::from(with_device);
    user.further_methods
        .retain(|method| method.id() != id || MethodView::from(method).family() != family);
    user.methods.len() + user.further_methods.len() < before
}

/// The person, where the caller may read that family of theirs.
pub(crate) fn readable<'a>(
    state: &'a Inner,
    caller: &Caller,
    key: &str,
    family: Family,
) -> Result<&'a User, ODataError> {
    let user = found(state, key).map_err(|_| ODataError::no_such_method("User not found."));
    let own = user.as_ref().is_ok_and(|user| caller.is(user));
    if !caller.may_touch(family, MethodAccess::Read, own) {
        return Err(ODataError::method_access_denied());
    }
    let user = user?;
    let lag = Duration::from_millis(u64::from(state.flags.time.new_person_lag_ms));
    if state.directory.history.is_new(&user.id, lag) {
        return Err(ODataError::no_such_method("User not found."));
    }
    if own || may_read_methods(&caller.roles) {
        Ok(user)
    } else {
        Err(ODataError::method_access_denied())
    }
}

fn page(
    call: &GraphCall<'_>,
    user: &User,
    kind: &str,
    all: impl Iterator<Item = Map<String, Value>>,
) -> Result<GraphReply, ODataError> {
    let select = call.query.select.as_deref();
    let all = all
        .map(|object| Value::Object(kept(object, select, "authenticationMethod")))
        .collect();
    let path = format!("/users/{}/authentication/{kind}", user.id);
    let context = context(user, kind);
    Ok(GraphReply::Ok(
        call.query.page(&call.root, &path, &context, all),
    ))
}

fn expanded(
    state: &Inner,
    call: &GraphCall<'_>,
    user: &User,
    mut object: Map<String, Value>,
    may_expand: bool,
) -> Result<Map<String, Value>, ODataError> {
    match call.query.expand.as_deref() {
        None => {}
        Some(expand) if may_expand && (expand == "device" || expand.starts_with("device(")) => {
            let id = object.get("id").and_then(Value::as_str).unwrap_or_default();
            let device = entry(user, id).and_then(|entry| device_of(state, entry));
            let device = device.map_or(Value::Null, |device| Value::Object(phone_object(device)));
            object.insert("device".to_owned(), device);
        }
        Some(other) => {
            return Err(ODataError::cannot_expand(other));
        }
    }
    Ok(object)
}

fn entry<'a>(user: &'a User, id: &str) -> Option<&'a Authenticator> {
    user.authenticators().find(|entry| entry.id == id)
}

fn collection(family: Family) -> &'static str {
    match family {
        Family::Any => "methods",
        Family::Tap => "temporaryAccessPassMethods",
        Family::MicrosoftAuthApp => "microsoftAuthenticatorMethods",
        Family::Passkey => "fido2Methods",
        Family::Password => "passwordMethods",
        Family::Phone => "phoneMethods",
        Family::Email => "emailMethods",
        Family::SoftwareOath => "softwareOathMethods",
        Family::WindowsHello => "windowsHelloForBusinessMethods",
        Family::PlatformCred => "platformCredentialMethods",
    }
}

fn type_name(view: &MethodView<'_>) -> &'static str {
    match view.family() {
        Family::Any => "authenticationMethod",
        Family::Tap => "temporaryAccessPassAuthenticationMethod",
        Family::MicrosoftAuthApp => "microsoftAuthenticatorAuthenticationMethod",
        Family::Passkey => "fido2AuthenticationMethod",
        Family::Password => "passwordAuthenticationMethod",
        Family::Phone => "phoneAuthenticationMethod",
        Family::Email => "emailAuthenticationMethod",
        Family::SoftwareOath => "softwareOathAuthenticationMethod",
        Family::WindowsHello => "windowsHelloForBusinessAuthenticationMethod",
        Family::PlatformCred => "platformCredentialAuthenticationMethod",
    }
}

pub(crate) fn context(user: &User, kind: &str) -> String {
    format!("users('{}')/authentication/{kind}", user.id)
}
