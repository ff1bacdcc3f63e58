//! Telephone numbers as a method: adding one.

use serde::Deserialize;

use crate::directory::methods::Method;
use crate::directory::people::MOBILE;
use crate::graph::caller::{Caller, Family};
use crate::graph::error::ODataError;
use crate::graph::methods::{context, writable};
use crate::graph::odata::with_context;
use crate::graph::view::MethodView;
use crate::graph::{GraphCall, GraphReply};
use crate::records::audits::Activity;
use crate::state::{Inner, Tenant};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Wish {
    #[serde(rename = "@odata.type")]
    _type: Option<String>,
    phone_number: String,
    phone_type: PhoneType,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum PhoneType {
    Mobile,
    AlternateMobile,
    Office,
}

/// Adds the mobile number; the two other kinds are not carried here.
pub(crate) fn add(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    let user = writable(state, caller, key, Family::Phone)?.clone();
    let wish: Wish = serde_json::from_slice(call.body).map_err(ODataError::unreadable)?;
    if wish.phone_type != PhoneType::Mobile {
        let message = "Only a phone of the type mobile can be added here.";
        return Err(ODataError::bad_method_request(message));
    }
    if !is_number(&wish.phone_number) {
        let message = "The phone number is not in the form +<country code> <number>.";
        return Err(ODataError::bad_method_request(message));
    }
    let mobile = |method: &Method| matches!(method, Method::Phone { .. });
    if user.methods.iter().any(mobile) {
        let message = "The user already has a phone method of this type.";
        return Err(ODataError::bad_method_request(message));
    }
    let method = Method::Phone {
        id: MOBILE.to_owned(),
        number: wish.phone_number,
    };
    let answer = MethodView::from(&method).object();
    if let Some(user) = state.directory.user_mut(&user.id) {
        user.methods.push(method);
    }
    let now = tenant.now();
    let (activity, reason) = if caller.is(&user) {
        (
            Activity::UserRegisteredMethod,
            "User registered a phone method",
        )
    } else {
        (
            Activity::AdminRegisteredMethod,
            "Admin registered phone method for user",
        )
    };
    state.note(now, &caller.user_id, activity, &user.id, reason);
    state.note_registration(now, &user.id);
    Ok(GraphReply::Created(with_context(
        &call.root,
        &context(&user, "phoneMethods/$entity"),
        answer,
    )))
}

/// `+1 2065555555`: the country, one space, at least four digits, and an extension behind an x.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((country, rest)) = text.strip_prefix('+').and_then(|rest| rest.split_once(' ')) else {
        return false;
    };
    let (number, extension) = rest.split_once('x').unwrap_or((rest, "0"));
    digits(country)
        && country.len() <= 3
        && digits(number)
        && number.len() >= 4
        && digits(extension)
}
