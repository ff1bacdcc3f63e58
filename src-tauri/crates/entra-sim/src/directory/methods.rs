//! What a person can sign in with.

use jiff::Timestamp;

use crate::clock::{after_minutes, after_seconds};
use crate::flags::Flags;

/// Authenticator's passkey provider on each system; the directory tells the phone's system by it.
pub(crate) const AAGUID_IOS: &str = "90a3ccdf-635c-4729-a248-9b709135078f";
/// See [`AAGUID_IOS`].
pub(crate) const AAGUID_ANDROID: &str = "de1e552d-db1d-4423-a619-566b625cdc84";

/// A registered method other than a Temporary Access Pass.
#[derive(Clone, Debug)]
pub(crate) enum Method {
    Password { id: String, created: Timestamp },
    Phone { id: String, number: String },
    Authenticator(Authenticator),
    Fido2(Passkey),
}

impl Method {
    /// The method's id in the directory.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Password { id, .. } | Self::Phone { id, .. } => id,
            Self::Authenticator(entry) => &entry.id,
            Self::Fido2(key) => &key.id,
        }
    }
}

/// A registered method that plays no part in setting up a phone.
#[derive(Clone, Debug)]
pub(crate) enum FurtherMethod {
    Email {
        id: String,
        address: String,
    },
    SoftwareOath {
        id: String,
        created: Timestamp,
    },
    WindowsHello {
        id: String,
        display_name: String,
        created: Timestamp,
    },
    PlatformCredential {
        id: String,
        display_name: String,
        created: Timestamp,
    },
}

impl FurtherMethod {
    /// Makes it one that was registered at that instant.
    pub(crate) fn begins(&mut self, now: Timestamp) {
        match self {
            Self::Email { .. } => {}
            Self::SoftwareOath { created, .. }
            | Self::WindowsHello { created, .. }
            | Self::PlatformCredential { created, .. } => *created = now,
        }
    }

    /// The method's id in the directory.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Email { id, .. }
            | Self::SoftwareOath { id, .. }
            | Self::WindowsHello { id, .. }
            | Self::PlatformCredential { id, .. } => id,
        }
    }
}

/// One installation of Microsoft Authenticator.
#[derive(Clone, Debug)]
pub(crate) struct Authenticator {
    pub(crate) id: String,
    pub(crate) display_name: String,
    pub(crate) device_tag: String,
    pub(crate) app_version: String,
    /// Present only when the phone is registered for phone sign-in; so in Graph.
    pub(crate) phone_sign_in: Option<PhoneSignIn>,
}

/// What phone sign-in adds to an Authenticator entry.
#[derive(Clone, Debug)]
pub(crate) struct PhoneSignIn {
    pub(crate) created: Timestamp,
    pub(crate) device_id: String,
}

/// A passkey or security key.
#[derive(Clone, Debug)]
pub(crate) struct Passkey {
    pub(crate) id: String,
    pub(crate) display_name: String,
    pub(crate) aa_guid: String,
    pub(crate) model: String,
    pub(crate) created: Timestamp,
}

/// A registered phone as a device of the directory.
#[derive(Clone, Debug)]
pub(crate) struct Device {
    /// The directory object's id.
    pub(crate) id: String,
    /// The device's own id, which stays when the object is made anew.
    pub(crate) device_id: String,
    pub(crate) display_name: String,
    pub(crate) system: PhoneSystem,
    pub(crate) registered: Timestamp,
    /// The object id of whoever registered it.
    pub(crate) owner: String,
}

/// A Windows computer that the person signs in to.
#[derive(Clone, Debug)]
pub(crate) struct Computer {
    pub(crate) id: String,
    pub(crate) device_id: String,
    pub(crate) display_name: String,
    pub(crate) registered: Timestamp,
}

/// The phone's operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PhoneSystem {
    Ios,
    Android,
}

impl PhoneSystem {
    /// The system's name in a device object.
    pub(crate) fn in_directory(self) -> (&'static str, &'static str) {
        match self {
            Self::Ios => ("iPhone", "18.5"),
            Self::Android => ("Android", "15"),
        }
    }

    /// The Authenticator passkey provider's id on this system.
    pub(crate) fn aa_guid(self) -> &'static str {
        match self {
            Self::Ios => AAGUID_IOS,
            Self::Android => AAGUID_ANDROID,
        }
    }

    /// A current version of Authenticator on this system.
    pub(crate) fn app_version(self) -> &'static str {
        match self {
            Self::Ios => "6.8.51",
            Self::Android => "6.2609.5012",
        }
    }
}

/// A Temporary Access Pass, live or past.
#[derive(Clone)]
pub(crate) struct Tap {
    pub(crate) id: String,
    pub(crate) value: String,
    pub(crate) created: Timestamp,
    pub(crate) start: Timestamp,
    pub(crate) lifetime_min: u32,
    pub(crate) once: bool,
    /// Sign-ins that succeeded with it.
    pub(crate) uses: Vec<Timestamp>,
    /// Set when it was deleted or replaced; Graph no longer lists it then.
    pub(crate) ended: Option<(Timestamp, TapEnd)>,
}

/// How a pass left the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TapEnd {
    Deleted,
    Replaced,
}

/// `methodUsabilityReason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usability {
    EnabledByPolicy,
    DisabledByPolicy,
    Expired,
    NotYetValid,
    OneTimeUsed,
}

impl Usability {
    /// Graph's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::EnabledByPolicy => "EnabledByPolicy",
            Self::DisabledByPolicy => "DisabledByPolicy",
            Self::Expired => "Expired",
            Self::NotYetValid => "NotYetValid",
            Self::OneTimeUsed => "OneTimeUsed",
        }
    }
}

impl Tap {
    /// When its lifetime is over.
    pub(crate) fn end(&self) -> Timestamp {
        after_minutes(self.start, i64::from(self.lifetime_min))
    }

    /// Whether it can be used at `now` by somebody who is `in_scope` of the policy.
    pub(crate) fn usability(&self, flags: &Flags, in_scope: bool, now: Timestamp) -> Usability {
        if self.once && !self.uses.is_empty() {
            Usability::OneTimeUsed
        } else if now >= self.end() {
            Usability::Expired
        } else if !in_scope || !flags.tap_policy_enabled || (flags.tap_policy_once && !self.once) {
            Usability::DisabledByPolicy
        } else if now < self.start {
            Usability::NotYetValid
        } else {
            Usability::EnabledByPolicy
        }
    }

    /// Whether the sign-in page has heard of it: creation reaches it late.
    pub(crate) fn settled(&self, flags: &Flags, now: Timestamp) -> bool {
        let settled_at = self.created.as_millisecond() + i64::from(flags.tap_settle_ms);
        now.as_millisecond() >= settled_at
    }

    /// Until when a sign-in made at `signed_in` may register a method: ten minutes for a one-time pass.
    pub(crate) fn registration_until(&self, signed_in: Timestamp) -> Timestamp {
        let end = self.end();
        if self.once {
            end.min(after_seconds(signed_in, 600))
        } else {
            end
        }
    }
}
