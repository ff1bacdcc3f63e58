//! What the directory says of people, methods and rules, in the visit's own words.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{PassId, Upn, UserId};
use crate::time::{Mono, ServiceTime};

/// Who signed in at the station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    pub oid: UserId,
    pub upn: String,
    pub name: String,
    pub tenant: String,
    /// A guest of the tenant, at home here or elsewhere.
    pub guest: bool,
    /// The sign-in name the station thought it would be, where it thought of one.
    pub expected: Option<String>,
    pub may_issue: MayIssue,
    pub roles: Vec<String>,
    /// Scopes that were asked for and not granted.
    pub missing_scopes: Vec<String>,
    /// False when no refresh token is held.
    pub renewable: bool,
    /// Until when the present token lasts.
    pub token_until: Mono,
}

/// Whether the operator's roles allow issuing. Graph's own answer has the last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MayIssue {
    Yes,
    /// For members and administrators alike.
    YesForAdmins,
    No,
    CannotTell,
}

/// The tenant's own rules for passes, as far as they could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantedPolicy {
    pub enabled: bool,
    pub min_minutes: u32,
    pub max_minutes: u32,
    pub once_forced: bool,
    /// `Some(true)` when everyone is in scope and nobody excluded.
    pub everyone: Option<bool>,
}

/// A person as found in the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: UserId,
    pub upn: Upn,
    pub name: String,
    pub mail: Option<String>,
    pub department: Option<String>,
    pub employee_id: Option<String>,
    pub enabled: bool,
    pub kind: AccountKind,
    pub target: Target,
    pub synced: bool,
}

/// Member or guest of the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    Member,
    InternalGuest,
    ExternalGuest,
}

/// Whether issuing for this person is open to the operator, by the published matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Open,
    /// Only a Privileged Authentication Administrator may.
    Protected {
        role: String,
    },
    /// The roles could not be read.
    Unknown,
}

/// One read of a person's authentication methods.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct MethodRead {
    pub methods: Vec<Method>,
}

/// A registered authentication method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Method {
    Pass(KnownPass),
    Authenticator {
        id: String,
        device_name: Option<String>,
        app_version: Option<String>,
        /// Set only when the phone is registered for phone sign-in.
        created: Option<ServiceTime>,
        device_id: Option<String>,
    },
    Passkey {
        id: String,
        name: Option<String>,
        in_authenticator: bool,
    },
    Password,
    Other {
        kind: String,
    },
}

/// A pass the directory lists; its value cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPass {
    pub id: PassId,
    pub created: Option<ServiceTime>,
    pub start: ServiceTime,
    pub lifetime_minutes: u32,
    pub usable: bool,
    pub reason: PassReason,
}

/// Why a pass is usable or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassReason {
    Enabled,
    Disabled,
    Expired,
    NotYetValid,
    Used,
    Other,
}

impl KnownPass {
    /// When it ends by itself.
    #[must_use]
    pub fn ends(&self) -> ServiceTime {
        self.start.after_minutes(self.lifetime_minutes)
    }
}

impl MethodRead {
    /// The pass in the list, if any.
    #[must_use]
    pub fn pass(&self) -> Option<&KnownPass> {
        self.methods.iter().find_map(|method| match method {
            Method::Pass(pass) => Some(pass),
            Method::Authenticator { .. }
            | Method::Passkey { .. }
            | Method::Password
            | Method::Other { .. } => None,
        })
    }

    /// The pass that can be used right now, if any.
    #[must_use]
    pub fn live_pass(&self) -> Option<&KnownPass> {
        self.pass()
            .filter(|pass| pass.usable || pass.reason == PassReason::NotYetValid)
    }
}
