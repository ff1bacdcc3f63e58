//! Passkey profiles: who may register which passkeys.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::directory::methods::PhoneSystem;
use crate::directory::{Membership, User};

/// The target that means everybody.
pub(crate) const ALL_USERS: &str = "all_users";
/// As many as the service takes.
pub(crate) const MOST_PROFILES: usize = 3;

/// What is said of the FIDO2 policy. As long as there is no profile, the tenant never opted in to them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PasskeyPolicy {
    pub(crate) enabled: bool,
    pub(crate) self_service: bool,
    pub(crate) profiles: Vec<PasskeyProfile>,
    /// Ids of groups to which nothing of it applies.
    pub(crate) except: Vec<String>,
}

impl Default for PasskeyPolicy {
    fn default() -> Self {
        Self {
            enabled: true,
            self_service: true,
            profiles: Vec::new(),
            except: Vec::new(),
        }
    }
}

/// A named set of rules for passkeys.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasskeyProfile {
    /// Given by the tenant.
    #[serde(default, skip_deserializing)]
    pub(crate) id: String,
    pub(crate) name: String,
    /// `deviceBound`, `synced` or both.
    pub(crate) types: Vec<PasskeyType>,
    #[serde(default)]
    pub(crate) attestation: bool,
    /// The only models it takes, by AAGUID.
    #[serde(default)]
    pub(crate) allow: Vec<String>,
    /// The models it does not take.
    #[serde(default)]
    pub(crate) block: Vec<String>,
    /// Ids of groups it is for, or `all_users`.
    pub(crate) groups: Vec<String>,
}

/// Where a passkey lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PasskeyType {
    DeviceBound,
    Synced,
}

impl PasskeyType {
    fn word(self) -> &'static str {
        match self {
            Self::DeviceBound => "deviceBound",
            Self::Synced => "synced",
        }
    }
}

impl PasskeyPolicy {
    /// Why it cannot be, where it cannot.
    pub(crate) fn refused(&self) -> Option<&'static str> {
        let both = |one: &PasskeyProfile| !one.allow.is_empty() && !one.block.is_empty();
        if self.profiles.len() > MOST_PROFILES {
            return Some("there are at most three profiles");
        }
        if self.profiles.iter().any(|one| one.types.is_empty()) {
            return Some("a profile takes at least one type of passkeys");
        }
        self.profiles
            .iter()
            .any(both)
            .then_some("a profile allows models or blocks models")
    }

    /// Whether this person may register a passkey in Authenticator on such a phone.
    pub(crate) fn admits(&self, user: &User, system: PhoneSystem, guests: bool) -> bool {
        let is_in = |group: &String| group == ALL_USERS || user.groups.contains(group);
        let at_home = match user.membership {
            Membership::Member => true,
            Membership::InternalGuest => guests,
            Membership::ExternalGuest => false,
        };
        if !self.enabled || !at_home || self.except.iter().any(is_in) {
            return false;
        }
        let of_user = |one: &&PasskeyProfile| one.groups.iter().any(is_in);
        self.profiles.is_empty()
            || self
                .profiles
                .iter()
                .filter(of_user)
                .any(|one| one.takes_authenticator(system))
    }

    /// Each group with the profiles that are for it, as targets.
    pub(crate) fn targets(&self) -> Vec<Value> {
        let mut groups: Vec<&String> = Vec::new();
        for group in self.profiles.iter().flat_map(|one| &one.groups) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        let target = |group: &String| {
            let of_group = |one: &&PasskeyProfile| one.groups.contains(group);
            let profiles: Vec<_> = self.profiles.iter().filter(of_group).collect();
            let ids: Vec<_> = profiles.iter().map(|one| &one.id).collect();
            json!({
                "id": group,
                "targetType": "group",
                "isRegistrationRequired": false,
                "allowedPasskeyProfiles": ids,
            })
        };
        groups.into_iter().map(target).collect()
    }
}

impl PasskeyProfile {
    /// Authenticator keeps its passkeys on the phone, and names each system's app by an AAGUID of its own.
    fn takes_authenticator(&self, system: PhoneSystem) -> bool {
        let named = |models: &[String]| {
            models
                .iter()
                .any(|one| one.eq_ignore_ascii_case(system.aa_guid()))
        };
        self.types.contains(&PasskeyType::DeviceBound)
            && (self.allow.is_empty() || named(&self.allow))
            && !named(&self.block)
    }

    /// As Graph writes it.
    pub(crate) fn view(&self) -> Value {
        let types: Vec<_> = self.types.iter().map(|one| one.word()).collect();
        let (kind, models) = match self.allow.is_empty() {
            true => ("block", &self.block),
            false => ("allow", &self.allow),
        };
        json!({
            "id": self.id,
            "name": self.name,
            "passkeyTypes": types.join(","),
            "attestationEnforcement": if self.attestation { "registrationOnly" } else { "disabled" },
            "keyRestrictions": {
                "isEnforced": !models.is_empty(), "enforcementType": kind, "aaGuids": models,
            },
        })
    }
}
