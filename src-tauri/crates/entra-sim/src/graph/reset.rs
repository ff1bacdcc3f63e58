//! Password reset as a long-running operation.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::clock::{after_millis, graph_time};
use crate::directory::people::PASSWORD;
use crate::directory::roles::{Act, may};
use crate::directory::{User, pass_value};
use crate::graph::caller::{Caller, Family, MethodAccess};
use crate::graph::error::ODataError;
use crate::graph::methods::{NOT_FOUND, readable};
use crate::graph::odata::{members, selected, with_context};
use crate::graph::users::found;
use crate::graph::{GraphCall, GraphReply};
use crate::oauth::grants::FirstFactor;
use crate::records::audits::Activity;
use crate::records::keep;
use crate::records::resets::Reset;
use crate::state::{Inner, Tenant, random_guid};

/// The part of the operation's address that says where it runs; without it, it is not found.
const DATA_CENTRE: &str = "aadgdc=JPE01P&aadgsu=ssprprod-a";

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wish {
    new_password: Option<String>,
}

/// Gives a person a new password, which is to be changed at the next sign-in.
///
/// The answer comes before the operation is over; a cloud-only password works from now on.
pub(crate) fn reset_password(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
    (family, method): (Family, &str),
) -> Result<GraphReply, ODataError> {
    let user = permitted(state, caller, key, family)?.clone();
    if method != PASSWORD {
        return Err(ODataError::no_such_method(NOT_FOUND));
    }
    let wish: Wish = if call.body.is_empty() {
        Wish::default()
    } else {
        serde_json::from_slice(call.body).map_err(ODataError::unreadable)?
    };
    let given = wish.new_password.filter(|password| !password.is_empty());
    if user.synced && given.is_none() {
        let message = "A new password must be specified for a user synchronized from on-premises.";
        return Err(ODataError::bad_method_request(message));
    }
    if given.as_deref().is_some_and(|given| !acceptable(given)) {
        let message = "The specified password does not comply with password complexity requirements. Please provide a different password.";
        return Err(ODataError::bad_method_request(message));
    }
    let (password, body) = match given {
        Some(given) => (given, json!({})),
        None => {
            let made = pass_value(&mut state.rng, 16);
            let kind = "microsoft.graph.passwordResetResponse";
            let context = format!("{}/$metadata#{kind}", call.root);
            let body = json!({"@odata.context": context, "newPassword": made});
            (made, body)
        }
    };
    let reset = begin(tenant, state, caller, &user, password);
    let location = format!(
        "{}/users/{}/authentication/operations/{}?{DATA_CENTRE}",
        call.root, user.id, reset.id
    );
    keep(&mut state.records.resets, reset);
    Ok(GraphReply::Operation {
        location,
        retry_after_s: Some(state.flags.reset_retry_after_s).filter(|seconds| *seconds > 0),
        body,
    })
}

/// How far a reset has come.
pub(crate) fn operation(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
    id: &str,
) -> Result<GraphReply, ODataError> {
    let user = readable(state, caller, key, Family::Password)?;
    let placed = call.query.has("aadgdc") && call.query.has("aadgsu");
    let reset = state
        .records
        .resets
        .iter()
        .find(|reset| placed && reset.id == id && reset.user_id == user.id)
        .ok_or_else(|| ODataError::no_such_method("The operation could not be found."))?;
    let now = tenant.now();
    let status = reset.status(now);
    let detail = match (status, reset.failure) {
        ("failed", Some(failure)) => failure,
        ("succeeded", _) => "ResetSuccess",
        (_, _) => "Microsoft.Online.PasswordReset.InProgress",
    };
    let resource = format!(
        "{}/users/{}/authentication/passwordMethods/{PASSWORD}",
        call.root, user.id
    );
    let object = members(json!({
        "id": reset.id,
        "createdDateTime": graph_time(reset.created),
        "lastActionDateTime": graph_time(reset.last_action(now)),
        "resourceLocation": resource,
        "status": status,
        "statusDetail": detail,
    }));
    let select = call.query.select.as_deref();
    let object: Map<String, Value> = selected(object, select, &[], "longRunningOperation")?;
    let context = format!("users('{}')/authentication/operations/$entity", user.id);
    Ok(GraphReply::Ok(with_context(&call.root, &context, object)))
}

/// Whether a password meets the cloud's rules: 8 to 256 characters of ASCII, three of four classes.
pub(crate) fn acceptable(password: &str) -> bool {
    let classes: [fn(&u8) -> bool; 4] = [
        u8::is_ascii_lowercase,
        u8::is_ascii_uppercase,
        u8::is_ascii_digit,
        |byte| byte.is_ascii_punctuation() || *byte == b' ',
    ];
    let held = classes
        .iter()
        .filter(|class| password.bytes().any(|byte| class(&byte)));
    let printable = password
        .bytes()
        .all(|byte| byte.is_ascii_graphic() || byte == b' ');
    (8..=256).contains(&password.len()) && printable && held.count() >= 3
}

fn permitted<'a>(
    state: &'a Inner,
    caller: &Caller,
    key: &str,
    family: Family,
) -> Result<&'a User, ODataError> {
    // It is delegated only: with an app's own permission nobody stands behind it.
    if caller.is_app() {
        return Err(ODataError::method_access_denied());
    }
    // Below all methods the action lists the coarse scope only, below the passwords theirs as well.
    let family = if state.flags.reset_takes_password_scope {
        Family::Password
    } else {
        family
    };
    if !caller.may_touch(family, MethodAccess::Write, false) {
        return Err(ODataError::method_access_denied());
    }
    let user = found(state, key).map_err(|_| ODataError::no_such_method("User not found."))?;
    let standing = state
        .directory
        .standing(user, state.flags.eligible_roles_protect);
    if caller.is(user) || !may(Act::Password, &caller.roles, &standing) {
        return Err(ODataError::method_access_denied());
    }
    Ok(user)
}

fn begin(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    user: &User,
    password: String,
) -> Reset {
    let now = tenant.now();
    let fails = user.synced && (user.write_back_fails || state.flags.write_back_fails);
    if !fails {
        if let Some(user) = state.directory.user_mut(&user.id) {
            user.password = password;
            user.password_changed = now;
            user.password_change_due = true;
        }
        state
            .grants
            .end_those(&user.id, |proof| *proof == FirstFactor::Password);
    }
    let reason = if fails {
        "OnPremisesAdminActionRequired"
    } else {
        "None"
    };
    state.note_all(
        now,
        &caller.user_id,
        Activity::ResetPassword,
        &[&user.id],
        reason.to_owned(),
        fails,
    );
    let takes_ms = i64::from(state.flags.reset_takes_ms);
    Reset {
        id: random_guid(),
        user_id: user.id.clone(),
        created: now,
        starts: after_millis(now, takes_ms / 3),
        ends: after_millis(now, takes_ms),
        failure: fails.then_some("OnPremisesPasswordWritebackFailed"),
    }
}

#[cfg(test)]
mod tests {
    use super::acceptable;

    #[test]
    fn passwords_need_three_of_four_classes_in_ascii() {
        for (password, expected) in [
            ("Cuyo5459", true),
            ("aB cdefg", true),
            ("abcdefgh1", false),
            ("Ab1!", false),
            ("パスワードAb1!", false),
            ("aB1!\u{7}xyzw", false),
        ] {
            assert_eq!(acceptable(password), expected, "{password}");
        }
        assert!(acceptable(&"aB1".repeat(85)));
        assert!(!acceptable(&"aB1".repeat(86)));
    }
}
