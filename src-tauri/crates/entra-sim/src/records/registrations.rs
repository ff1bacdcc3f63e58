//! What the registration report knows, which is what was true some time ago.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::directory::User;
use crate::directory::methods::{AAGUID_ANDROID, AAGUID_IOS, FurtherMethod, Method};
use crate::state::Inner;

/// For each person, the registered methods and since when they are these.
#[derive(Debug, Default)]
pub(crate) struct Registrations {
    by_user: HashMap<String, Vec<(Timestamp, Vec<&'static str>)>>,
}

impl Registrations {
    /// What was registered at that instant, as far as it is known.
    pub(crate) fn at(&self, user: &User, instant: Timestamp) -> Vec<&'static str> {
        let history = self.by_user.get(&user.id);
        let then = history.and_then(|all| all.iter().rev().find(|(since, _)| *since <= instant));
        match then {
            Some((_, words)) => words.clone(),
            None => Vec::new(),
        }
    }

    /// Writes down what that person has from now on, where it differs from before.
    fn note(&mut self, now: Timestamp, user: &User) {
        let words = words(user);
        let history = self.by_user.entry(user.id.clone()).or_default();
        // What somebody has when first looked at was there before.
        let since = if history.is_empty() {
            Timestamp::MIN
        } else {
            now
        };
        if history.last().is_none_or(|(_, known)| *known != words) {
            history.push((since, words));
        }
    }
}

impl Inner {
    /// Takes note of what somebody has registered now.
    pub(crate) fn note_registration(&mut self, now: Timestamp, user_id: &str) {
        if let Some(user) = self.directory.user(user_id) {
            self.records.registrations.note(now, user);
        }
    }

    /// Takes note of everybody, so that nothing that changed unnoticed is missed.
    pub(crate) fn note_registrations(&mut self, now: Timestamp) {
        for user in &self.directory.users {
            self.records.registrations.note(now, user);
        }
    }
}

/// `methodsRegistered`: the report's own names.
fn words(user: &User) -> Vec<&'static str> {
    let mut words = Vec::new();
    for method in &user.methods {
        match method {
            Method::Password { .. } => {}
            Method::Phone { .. } => words.push("mobilePhone"),
            Method::Authenticator(entry) => {
                words.push("microsoftAuthenticatorPush");
                if entry.phone_sign_in.is_some() {
                    words.push("microsoftAuthenticatorPasswordless");
                }
            }
            Method::Fido2(key) => {
                let of_app = [AAGUID_IOS, AAGUID_ANDROID]
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(&key.aa_guid));
                words.push(if of_app {
                    "passKeyDeviceBoundAuthenticator"
                } else {
                    "passKeyDeviceBound"
                });
            }
        }
    }
    for method in &user.further_methods {
        words.push(match method {
            FurtherMethod::Email { .. } => "email",
            FurtherMethod::SoftwareOath { .. } => "softwareOneTimePasscode",
            FurtherMethod::WindowsHello { .. } => "windowsHelloForBusiness",
            FurtherMethod::PlatformCredential { .. } => "macOsSecureEnclaveKey",
        });
    }
    words.sort_unstable();
    words.dedup();
    words
}
