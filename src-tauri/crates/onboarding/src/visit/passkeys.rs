//! What is said of passkeys before anybody works for one: whether the tenant lets this person keep one in
//! Authenticator, and what that takes (N25).

use super::{Board, Found, Glance, Prefs};
use crate::person::passkey_rules::{PasskeyGate, PasskeyShut};
use crate::policy::{DoneLight, PhoneOs};
use crate::trouble::Message;
use crate::view::WarningWeight;
use crate::walkthrough::pack::Route;

/// What the operator reads of it before saying yes. Which phone it is nobody knows yet.
pub(super) fn warning(found: &Found, cx: &Glance<'_>) -> Option<(WarningWeight, Message)> {
    let gate = PasskeyGate::of(cx.passkeys, &found.person, None);
    let (weight, key) = match (cx.policy.done, gate) {
        (DoneLight::PhoneSignIn, _) | (_, PasskeyGate::Open { .. }) => return None,
        // Said once somebody goes that way: where phone sign-in does as well, it concerns few.
        (DoneLight::Either, PasskeyGate::CannotTell) => return None,
        (DoneLight::Passkey, PasskeyGate::CannotTell) => {
            (WarningWeight::Tells, "warn-passkey-cannot-tell")
        }
        (DoneLight::Either, PasskeyGate::Shut(why)) => (WarningWeight::Tells, key(why, false)),
        (DoneLight::Passkey, PasskeyGate::Shut(why)) => (WarningWeight::Blocks, key(why, true)),
    };
    Some((weight, Message::new(key)))
}

/// The site takes passkeys alone, and this person can have none.
pub(super) fn no_passkey_at_all(found: &Found, cx: &Glance<'_>) -> bool {
    let said = warning(found, cx);
    said.is_some_and(|(weight, _)| weight == WarningWeight::Blocks)
}

fn key(why: PasskeyShut, nothing_else: bool) -> &'static str {
    match (why, nothing_else) {
        (PasskeyShut::ByPolicy, false) => "warn-passkey-off",
        (PasskeyShut::ByPolicy, true) => "warn-passkey-off-only",
        (PasskeyShut::GuestNotYet, false) => "warn-passkey-guest",
        (PasskeyShut::GuestNotYet, true) => "warn-passkey-guest-only",
    }
}

impl Board {
    /// Whether this person may keep a passkey on the phone in hand.
    pub(super) fn passkey_gate(&self, prefs: &Prefs, cx: &Glance<'_>) -> PasskeyGate {
        let os = prefs.phone_chosen.then_some(prefs.phone_os);
        PasskeyGate::of(cx.passkeys, &self.person, os)
    }

    /// The walk-throughs that may be chosen, and the one in hand.
    pub(super) fn routes(&self, prefs: &Prefs, cx: &Glance<'_>) -> Vec<Route> {
        let done = super::route::reachable(cx.policy.done, self.passkey_gate(prefs, cx));
        let all = Route::ALL.into_iter();
        all.filter(|route| super::route::offered(done).contains(route) || *route == cx.pack.route)
            .collect()
    }

    /// What the operator should know while the passkey is on its way.
    pub(super) fn passkey_note(&self, prefs: &Prefs, cx: &Glance<'_>) -> Option<Message> {
        if cx.pack.route != Route::CreatePasskey {
            return None;
        }
        match self.passkey_gate(prefs, cx) {
            PasskeyGate::Open { both_kinds: false } => None,
            PasskeyGate::Open { both_kinds: true } => {
                let versions = cx.pack.app_for_both_kinds.as_ref()?;
                let version = match prefs.phone_os {
                    PhoneOs::Ios => &versions.ios,
                    PhoneOs::Android => &versions.android,
                };
                Some(Message::new("note-passkey-app").text("version", version.clone()))
            }
            PasskeyGate::Shut(PasskeyShut::ByPolicy) => Some(Message::new("note-passkey-off")),
            PasskeyGate::Shut(PasskeyShut::GuestNotYet) => Some(Message::new("note-passkey-guest")),
            PasskeyGate::CannotTell => Some(Message::new("note-passkey-cannot-tell")),
        }
    }
}
