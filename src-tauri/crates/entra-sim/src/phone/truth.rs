//! Changes to a person's truth in the directory that a trainer or a control call may ask for.

use crate::clock::{after_minutes, after_seconds};
use crate::directory::methods::Method;
use crate::state::{Inner, Tenant};

/// Lets the person's pass run out now; false when there is none that lives.
pub(crate) fn expire_pass(tenant: &Tenant, state: &mut Inner, upn: &str) -> bool {
    let now = tenant.now();
    let Some(user) = state.directory.user_mut(upn) else {
        return false;
    };
    match user.tap_mut() {
        Some(tap) if tap.end() > now => {
            // A pass ends at its start and its lifetime; both stay plausible when the start moves.
            tap.start = after_seconds(after_minutes(now, -i64::from(tap.lifetime_min)), -1);
            true
        }
        Some(_) | None => false,
    }
}

/// Brings a person back to how they were when the tenant started; false when nobody has that name.
///
/// Somebody added later keeps the password alone. Sign-ins that wait, tokens, devices registered since and
/// the account on every phone go as well.
pub(crate) fn reset_person(state: &mut Inner, upn: &str) -> bool {
    let Some(user) = state.directory.user(upn) else {
        return false;
    };
    let (id, upn) = (user.id.clone(), user.upn.clone());
    let first = state.phones.first.iter().find(|first| first.id == id);
    let kept: Vec<Method> = match first {
        Some(first) => first.methods.clone(),
        None => user
            .methods
            .iter()
            .filter(|method| matches!(method, Method::Password { .. }))
            .cloned()
            .collect(),
    };
    let first = first.cloned();
    let stay = device_ids(&kept);
    let devices = &mut state.directory.devices;
    devices.retain(|device, of| of.owner != id || stay.contains(device));
    if let Some(user) = state.directory.user_mut(&id) {
        user.methods = kept;
        user.taps = Vec::new();
        user.further_methods = Vec::new();
        user.computers = Vec::new();
        if let Some(first) = first {
            user.taps = first.taps;
            user.further_methods = first.further_methods;
            user.synced = first.synced;
            user.membership = first.membership;
            user.restricted = first.restricted;
            user.roles = first.roles;
            user.eligible_roles = first.eligible_roles;
            user.groups = first.groups;
            user.write_back_fails = first.write_back_fails;
            user.enabled = first.enabled;
            user.password = first.password;
            user.password_changed = first.password_changed;
            user.password_change_due = first.password_change_due;
        }
    }
    let grants = &mut state.grants;
    grants.approvals.retain(|approval| approval.user_id != id);
    grants.access.retain(|_, token| !token.is_of(&id));
    grants
        .refresh
        .retain(|_, token| token.grant.signed_in.user_id != id);
    for sessions in grants.sessions.values_mut() {
        sessions.retain(|session| session.user_id != id);
    }
    grants.last_proofs.remove(&id);
    for phone in state.phones.held.values_mut() {
        if phone.holds(&upn) || phone.typed.eq_ignore_ascii_case(&upn) {
            phone
                .accounts
                .retain(|account| !account.upn.eq_ignore_ascii_case(&upn));
            phone.rest();
        }
    }
    true
}

fn device_ids(methods: &[Method]) -> Vec<String> {
    let devices = methods.iter().filter_map(|method| match method {
        Method::Authenticator(entry) => entry.phone_sign_in.as_ref(),
        Method::Password { .. } | Method::Phone { .. } | Method::Fido2(_) => None,
    });
    devices.map(|phone| phone.device_id.clone()).collect()
}
