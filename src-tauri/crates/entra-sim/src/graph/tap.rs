//! Temporary Access Passes: create, list, read, delete, with every rule on who and how long.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::clock::graph_time;
use crate::directory::methods::{Tap, TapEnd, Usability};
use crate::directory::roles::{may_manage, may_read_methods};
use crate::directory::{Membership, User, pass_value};
use crate::graph::caller::Caller;
use crate::graph::error::Problem;
use crate::graph::odata::{members, with_context};
use crate::graph::users::found;
use crate::graph::{Call, Reply};
use crate::state::{Inner, Tenant};
use crate::switches::{OutOfScopeAt, SecondTap, Switches};

const WRITE: &[&str] = &[
    "UserAuthMethod-TAP.ReadWrite.All",
    "UserAuthenticationMethod.ReadWrite.All",
];
const READ: &[&str] = &[
    "UserAuthMethod-TAP.Read.All",
    "UserAuthMethod-TAP.ReadWrite.All",
    "UserAuthenticationMethod.Read.All",
    "UserAuthenticationMethod.ReadWrite.All",
];
const NOT_FOUND: &str = "The requested authentication method could not be found.";

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
    call: &Call<'_>,
    key: &str,
) -> Result<Reply, Problem> {
    caller.needs(WRITE, Problem::method_access_denied)?;
    let user = found(state, key)
        .map_err(|_| Problem::no_such_method("User not found."))?
        .clone();
    may_write(state, caller, &user)?;
    if user.membership == Membership::ExternalGuest {
        return Err(Problem::bad_method_request(
            "Temporary Access Pass cannot be added to an external guest user",
        ));
    }
    let out_of_scope = !state.directory.in_tap_scope(&user)
        && state.switches.out_of_scope_at == OutOfScopeAt::Create;
    if !state.switches.tap_policy_enabled || out_of_scope {
        let message = "Converged UserCredentialPolicy does not allow creating or updating this authentication method. \
                       AuthMethodType [TemporaryAccessPass].";
        return Err(Problem::bad_method_request(message));
    }
    let now = tenant.now();
    let wish = wish(call.body)?;
    let lifetime_min = lifetime(&wish, &state.switches)?;
    let once = once(&wish, &state.switches)?;
    make_room(state, &user, now)?;
    let tap = Tap {
        id: state.guid(),
        value: pass_value(&mut state.rng, state.switches.tap_policy_length as usize),
        created: now,
        start: wish.start_date_time.unwrap_or(now),
        lifetime_min,
        once,
        uses: Vec::new(),
        ended: None,
    };
    let usability = tap.usability(&state.switches, state.directory.in_tap_scope(&user), now);
    let mut answer = object(&tap, usability);
    answer.insert("temporaryAccessPass".to_owned(), json!(tap.value));
    if let Some(user) = state.directory.user_mut(&user.id) {
        user.taps.push(tap);
    }
    Ok(Reply::Created(with_context(
        &call.root,
        &context(&user, "/$entity"),
        answer,
    )))
}

/// The pass there is, as a list of none or one.
pub(crate) fn list(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
) -> Result<Reply, Problem> {
    let user = readable(state, caller, key)?;
    let all = listed(tenant, state, user)
        .into_iter()
        .map(Value::Object)
        .collect();
    let path = format!(
        "/users/{}/authentication/temporaryAccessPassMethods",
        user.id
    );
    Ok(Reply::Ok(call.query.page(
        &call.root,
        &path,
        &context(user, ""),
        all,
    )))
}

/// The pass with that id.
pub(crate) fn read(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
    id: &str,
) -> Result<Reply, Problem> {
    let user = readable(state, caller, key)?;
    let tap = listed(tenant, state, user)
        .into_iter()
        .find(|tap| tap.get("id") == Some(&json!(id)));
    let tap = tap.ok_or_else(|| Problem::no_such_method(NOT_FOUND))?;
    Ok(Reply::Ok(with_context(
        &call.root,
        &context(user, "/$entity"),
        tap,
    )))
}

/// Ends the pass with that id.
pub(crate) fn delete(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    key: &str,
    id: &str,
) -> Result<Reply, Problem> {
    caller.needs(WRITE, Problem::method_access_denied)?;
    let user = found(state, key)
        .map_err(|_| Problem::no_such_method("User not found."))?
        .clone();
    may_write(state, caller, &user)?;
    let tap = state
        .directory
        .user_mut(&user.id)
        .and_then(User::tap_mut)
        .filter(|tap| tap.id == id);
    tap.ok_or_else(|| Problem::no_such_method(NOT_FOUND))?.ended =
        Some((tenant.now(), TapEnd::Deleted));
    Ok(Reply::NoContent)
}

/// The listed pass as Graph shows it, without its value.
pub(crate) fn listed(tenant: &Tenant, state: &Inner, user: &User) -> Option<Map<String, Value>> {
    let tap = user.tap()?;
    let usability = tap.usability(
        &state.switches,
        state.directory.in_tap_scope(user),
        tenant.now(),
    );
    Some(object(tap, usability))
}

fn readable<'a>(state: &'a Inner, caller: &Caller, key: &str) -> Result<&'a User, Problem> {
    caller.needs(READ, Problem::method_access_denied)?;
    let user = found(state, key).map_err(|_| Problem::no_such_method("User not found."))?;
    if caller.is(user) || may_read_methods(&caller.roles) {
        Ok(user)
    } else {
        Err(Problem::method_access_denied())
    }
}

/// Never for oneself, and for others by the role matrix.
fn may_write(state: &Inner, caller: &Caller, user: &User) -> Result<(), Problem> {
    if caller.is(user) || !may_manage(&caller.roles, state.directory.standing(user)) {
        return Err(Problem::method_access_denied());
    }
    Ok(())
}

fn wish(body: &[u8]) -> Result<Wish, Problem> {
    if body.is_empty() {
        return Ok(Wish::default());
    }
    serde_json::from_slice(body).map_err(|problem| {
        let message = format!("Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format. ({problem})");
        Problem::new(400, "BadRequest", message)
    })
}

fn instant<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Timestamp>, D::Error> {
    let text: Option<String> = Option::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom))
        .transpose()
}

fn lifetime(wish: &Wish, switches: &Switches) -> Result<u32, Problem> {
    let (min, max) = (switches.tap_policy_min, switches.tap_policy_max);
    let asked = wish
        .lifetime_in_minutes
        .unwrap_or(i64::from(switches.tap_policy_default));
    u32::try_from(asked)
        .ok()
        .filter(|asked| (min..=max).contains(asked))
        .ok_or_else(|| {
            let message = format!(
                "Invalid LifetimeInMinutes specified. The valid range between {min} and {max}."
            );
            Problem::bad_method_request(message)
        })
}

fn once(wish: &Wish, switches: &Switches) -> Result<bool, Problem> {
    match wish.is_usable_once {
        Some(false) if switches.tap_policy_once => Err(Problem::bad_method_request(
            "Invalid IsUsableOnce specified. The policy requires a one-time Temporary Access Pass.",
        )),
        Some(once) => Ok(once),
        None => Ok(switches.tap_policy_once),
    }
}

/// A pass that can still be used is replaced, or stands in the way.
fn make_room(state: &mut Inner, user: &User, now: Timestamp) -> Result<(), Problem> {
    let in_scope = state.directory.in_tap_scope(user);
    let live = user.tap().is_some_and(|tap| {
        matches!(
            tap.usability(&state.switches, in_scope, now),
            Usability::EnabledByPolicy | Usability::NotYetValid
        )
    });
    let message =
        "A Temporary Access Pass already exists for the user. Delete it before creating a new one.";
    match state.switches.second_tap {
        SecondTap::BadRequest if live => return Err(Problem::bad_method_request(message)),
        SecondTap::Conflict if live => return Err(Problem::new(409, "conflict", message)),
        SecondTap::Replace | SecondTap::BadRequest | SecondTap::Conflict => {}
    }
    if let Some(before) = state.directory.user_mut(&user.id).and_then(User::tap_mut) {
        before.ended = Some((now, TapEnd::Replaced));
    }
    Ok(())
}

fn object(tap: &Tap, usability: Usability) -> Map<String, Value> {
    members(json!({
        "@odata.type": "#microsoft.graph.temporaryAccessPassAuthenticationMethod",
        "id": tap.id,
        "temporaryAccessPass": null,
        "createdDateTime": graph_time(tap.created),
        "startDateTime": graph_time(tap.start),
        "lifetimeInMinutes": tap.lifetime_min,
        "isUsableOnce": tap.once,
        "isUsable": usability == Usability::EnabledByPolicy,
        "methodUsabilityReason": usability.word(),
    }))
}

fn context(user: &User, tail: &str) -> String {
    format!(
        "users('{}')/authentication/temporaryAccessPassMethods{tail}",
        user.id
    )
}
