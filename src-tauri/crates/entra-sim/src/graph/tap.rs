//! Temporary Access Passes: create, list, read, delete, with every rule on who and how long.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use crate::clock::after_seconds;
use crate::directory::methods::{Tap, TapEnd, Usability};
use crate::directory::roles::{Act, may};
use crate::directory::{Membership, User, pass_value};
use crate::flags::{Flags, OutOfScopeAt, SecondTap};
use crate::graph::caller::{Caller, Family, MethodAccess};
use crate::graph::error::ODataError;
use crate::graph::methods::NOT_FOUND;
use crate::graph::odata::with_context;
use crate::graph::users::found;
use crate::graph::view::MethodView;
use crate::graph::{GraphCall, GraphReply};
use crate::records::audits::Activity;
use crate::state::{Inner, Tenant};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Wish {
    #[serde(rename = "@odata.type")]
    _type: Option<String>,
    #[serde(default, deserialize_with = "instant")]
    start_date_time: Option<Timestamp>,
    lifetime_in_minutes: Option<i64>,
    is_usable_once: Option<bool>,
}

/// Makes a pass; the only answer that ever holds its value.
pub(crate) fn create(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    let user = writable(state, caller, key)?.clone();
    if user.membership == Membership::ExternalGuest {
        return Err(ODataError::bad_method_request(
            "Temporary Access Pass cannot be added to an external guest user",
        ));
    }
    let out_of_scope =
        !state.directory.in_tap_scope(&user) && state.flags.out_of_scope_at == OutOfScopeAt::Create;
    if !state.flags.tap_policy_enabled || out_of_scope {
        let message = "Converged UserCredentialPolicy does not allow creating or updating this authentication method. \
                       AuthMethodType [TemporaryAccessPass].";
        return Err(ODataError::bad_method_request(message));
    }
    let now = tenant.now();
    let wish = wish(call.body)?;
    let lifetime_min = lifetime(&wish, &state.flags)?;
    let once = once(&wish, &state.flags)?;
    make_room(state, &user, now)?;
    let tap = Tap {
        id: state.guid(),
        value: pass_value(&mut state.rng, state.flags.tap_policy_length as usize),
        created: now,
        start: wish.start_date_time.unwrap_or(now),
        lifetime_min,
        once,
        uses: Vec::new(),
        ended: None,
    };
    let usability = tap.usability(&state.flags, state.directory.in_tap_scope(&user), now);
    let mut answer = MethodView::tap(&tap, usability).object();
    answer.insert("temporaryAccessPass".to_owned(), json!(tap.value));
    if let Some(user) = state.directory.user_mut(&user.id) {
        user.taps.push(tap);
    }
    let reason = "Admin registered temporary access pass method for user";
    state.note(
        now,
        &caller.user_id,
        Activity::AdminRegisteredMethod,
        &user.id,
        reason,
    );
    Ok(GraphReply::Created(with_context(
        &call.root,
        &context(&user, "/$entity"),
        answer,
    )))
}

/// Ends the pass with that id; one's own as well, which one may not make.
pub(crate) fn delete(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
    id: &str,
) -> Result<GraphReply, ODataError> {
    let own = found(state, key).is_ok_and(|user| caller.is(user));
    let user_id = if own && caller.may_touch(Family::Tap, MethodAccess::Write, true) {
        caller.user_id.clone()
    } else {
        writable(state, caller, key)?.id.clone()
    };
    if call.unseen {
        return Err(ODataError::no_such_method(NOT_FOUND));
    }
    let now = tenant.now();
    let tap = state
        .directory
        .user_mut(&user_id)
        .and_then(User::tap_mut)
        .filter(|tap| tap.id == id);
    tap.ok_or_else(|| ODataError::no_such_method(NOT_FOUND))?
        .ended = Some((now, TapEnd::Deleted));
    let reason = "Admin deleted temporary access pass method for user";
    state.note(
        now,
        &caller.user_id,
        Activity::AdminDeletedMethod,
        &user_id,
        reason,
    );
    Ok(GraphReply::NoContent)
}

/// The pass Graph lists, without its value; an expired one is forgotten in time.
pub(crate) fn view<'a>(tenant: &Tenant, state: &Inner, user: &'a User) -> Option<MethodView<'a>> {
    let now = tenant.now();
    let kept = |tap: &&Tap| after_seconds(tap.end(), i64::from(state.flags.tap_listed_s)) > now;
    let tap = user.tap().filter(kept)?;
    let in_scope = state.directory.in_tap_scope(user);
    Some(MethodView::tap(
        tap,
        tap.usability(&state.flags, in_scope, now),
    ))
}

/// The person, where the caller may give and take passes: not oneself, others by the role matrix.
fn writable<'a>(state: &'a Inner, caller: &Caller, key: &str) -> Result<&'a User, ODataError> {
    if !caller.may_touch(Family::Tap, MethodAccess::Write, false) {
        return Err(ODataError::method_access_denied());
    }
    let user = found(state, key).map_err(|_| ODataError::no_such_method("User not found."))?;
    let eligible_counts = state.flags.eligible_roles_protect;
    let standing = state.directory.standing(user, eligible_counts);
    if caller.is(user) || !may(Act::Methods, &caller.roles, &standing) {
        return Err(ODataError::method_access_denied());
    }
    Ok(user)
}

fn wish(body: &[u8]) -> Result<Wish, ODataError> {
    if body.is_empty() {
        return Ok(Wish::default());
    }
    serde_json::from_slice(body).map_err(ODataError::unreadable)
}

fn instant<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Timestamp>, D::Error> {
    let text: Option<String> = Option::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom))
        .transpose()
}

fn lifetime(wish: &Wish, flags: &Flags) -> Result<u32, ODataError> {
    let (min, max) = (flags.tap_policy_min, flags.tap_policy_max);
    let asked = wish
        .lifetime_in_minutes
        .unwrap_or(i64::from(flags.tap_policy_default));
    u32::try_from(asked)
        .ok()
        .filter(|asked| (min..=max).contains(asked))
        .ok_or_else(|| {
            let message = format!(
                "Invalid LifetimeInMinutes specified. The valid range between {min} and {max}."
            );
            ODataError::bad_method_request(message)
        })
}

fn once(wish: &Wish, flags: &Flags) -> Result<bool, ODataError> {
    match wish.is_usable_once {
        Some(false) if flags.tap_policy_once => Err(ODataError::bad_method_request(
            "Invalid IsUsableOnce specified. The policy requires a one-time Temporary Access Pass.",
        )),
        Some(once) => Ok(once),
        None => Ok(flags.tap_policy_once),
    }
}

/// A pass that can still be used is replaced, or stands in the way.
fn make_room(state: &mut Inner, user: &User, now: Timestamp) -> Result<(), ODataError> {
    let in_scope = state.directory.in_tap_scope(user);
    let live = user.tap().is_some_and(|tap| {
        matches!(
            tap.usability(&state.flags, in_scope, now),
            Usability::EnabledByPolicy | Usability::NotYetValid
        )
    });
    let message =
        "A Temporary Access Pass already exists for the user. Delete it before creating a new one.";
    match state.flags.second_tap {
        SecondTap::BadRequest if live => return Err(ODataError::bad_method_request(message)),
        SecondTap::Conflict if live => return Err(ODataError::new(409, "conflict", message)),
        SecondTap::Replace | SecondTap::BadRequest | SecondTap::Conflict => {}
    }
    if let Some(before) = state.directory.user_mut(&user.id).and_then(User::tap_mut) {
        before.ended = Some((now, TapEnd::Replaced));
    }
    Ok(())
}

fn context(user: &User, tail: &str) -> String {
    format!(
        "users('{}')/authentication/temporaryAccessPassMethods{tail}",
        user.id
    )
}
