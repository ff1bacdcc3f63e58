//! Which method is which, and what one says of itself.

use crate::person::directory::{Method, MethodRead};
use crate::record::RegisteredKind;
use crate::time::ServiceTime;

/// Whether an Authenticator entry is registered for phone sign-in, not only for notifications.
pub(crate) fn phone_sign_in(method: &Method) -> bool {
    match method {
        Method::Authenticator {
            created, device_id, ..
        } => created.is_some() || device_id.is_some(),
        Method::Passkey { .. } | Method::Pass(_) | Method::Password | Method::Other { .. } => false,
    }
}

/// What a method is a registration of, once it is finished.
pub(crate) fn finished(method: &Method) -> Option<RegisteredKind> {
    match method {
        Method::Authenticator { .. } => {
            phone_sign_in(method).then_some(RegisteredKind::PhoneSignIn)
        }
        Method::Passkey {
            in_authenticator, ..
        } => in_authenticator.then_some(RegisteredKind::Passkey),
        Method::Pass(_) | Method::Password | Method::Other { .. } => None,
    }
}

/// When an entry was registered for phone sign-in.
pub(crate) fn date(method: &Method) -> Option<ServiceTime> {
    match method {
        Method::Authenticator { created, .. } => *created,
        Method::Passkey { .. } | Method::Pass(_) | Method::Password | Method::Other { .. } => None,
    }
}

/// What tells it from others of its kind.
pub(crate) fn id(method: &Method) -> Option<&str> {
    match method {
        Method::Authenticator { id, .. }
        | Method::Passkey { id, .. }
        | Method::Other { id, .. } => Some(id),
        Method::Pass(_) | Method::Password => None,
    }
}

/// Whether it was there then. What was never read may have been.
pub(crate) fn known(method: &Method, baseline: &MethodRead) -> bool {
    let same = |old: &Method| id(old) == id(method) && !marked_anew(old, method);
    let unread = baseline.partial && matches!(method, Method::Other { .. });
    unread || baseline.methods.iter().any(same)
}

/// Another number or address under the id of the one before; where a read does not tell it, nothing says so.
fn marked_anew(old: &Method, new: &Method) -> bool {
    matches!((mark(old), mark(new)), (Some(old), Some(new)) if old != new)
}

/// What stands for its number or address.
pub(crate) fn mark(method: &Method) -> Option<u64> {
    match method {
        Method::Other { mark, .. } => *mark,
        Method::Authenticator { .. }
        | Method::Passkey { .. }
        | Method::Pass(_)
        | Method::Password => None,
    }
}

/// Whether it was registered for phone sign-in then.
pub(crate) fn was_ready(method: &Method, baseline: &MethodRead) -> bool {
    baseline
        .methods
        .iter()
        .any(|old| id(old) == id(method) && phone_sign_in(old))
}

/// The entry is there with its date or its device: a copy that has neither knows less than the list did.
pub(crate) fn lists(read: &MethodRead, entry: &str) -> bool {
    let tells = |method: &Method| id(method) == Some(entry) && phone_sign_in(method);
    read.methods.iter().any(tells)
}

/// The entry is there with its date, and without a device.
pub(crate) fn lacks(read: &MethodRead, entry: &str) -> bool {
    read.methods.iter().any(|method| {
        matches!(method, Method::Authenticator { id, created: Some(_), device_id: None, .. } if id == entry)
    })
}
