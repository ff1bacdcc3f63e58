//! What the directory says of people, methods and rules, in the visit's own words.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{PassId, Upn, UserId};
use crate::local_limits::LimitsSeen;
use crate::person::uninvited_kind::UninvitedKind;
use crate::time::{Mono, Now, ServiceTime};

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
    /// Template ids of the active directory roles that are seen; none where they could not be read.
    pub roles: Option<Vec<String>>,
    /// The rights the token holds, by their short names.
    pub granted: Vec<String>,
    /// The ID token said when the sign-in was made (`auth_time`), which a colleague's has to say.
    pub sign_in_timed: bool,
    /// Scopes that were asked for and not granted.
    pub missing_scopes: Vec<String>,
    /// Kinds of methods that the granted rights let the operator remove.
    pub may_remove: Vec<UninvitedKind>,
    /// False when no refresh token is held.
    pub renewable: bool,
    /// Until when the present token lasts.
    pub token_until: Mono,
}

/// Rights that end somebody's sessions, the narrowest in front.
const ENDS_SESSIONS: [&str; 4] = [
    "User.RevokeSessions.All",
    "User.ReadWrite.All",
    "Directory.ReadWrite.All",
    "Directory.AccessAsUser.All",
];

impl Operator {
    /// Whether a right was granted that ends a person's sessions.
    pub(crate) fn may_end_sessions(&self) -> bool {
        let ends = |held: &String| {
            let mut all = ENDS_SESSIONS.iter();
            all.any(|right| right.eq_ignore_ascii_case(held))
        };
        self.granted.iter().any(ends)
    }
}

/// What the operator may do by a fresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    pub may_issue: MayIssue,
    /// As [`Operator::roles`].
    pub roles: Option<Vec<String>>,
    /// As [`Operator::renewable`].
    pub renewable: bool,
    /// As [`Operator::token_until`].
    pub token_until: Mono,
}

/// Whether the operator's roles allow issuing. Graph's own answer has the last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MayIssue {
    Yes,
    /// For members and administrators alike.
    YesForAdmins,
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

/// What was read of the tenant as a whole; each is none where it could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TenantRules {
    pub passes: Option<GrantedPolicy>,
    /// The domains that are the tenant's own.
    pub domains: Option<Vec<String>>,
    /// Whether Authenticator may sign anybody in without a password.
    pub phone_sign_in: Option<bool>,
    /// What the site's own limits name.
    pub limits: LimitsSeen,
}

/// A person as found in the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: UserId,
    pub upn: Upn,
    pub name: String,
    pub mail: Option<String>,
    /// Further addresses that the directory holds.
    pub other_mails: Vec<String>,
    pub department: Option<String>,
    pub employee_id: Option<String>,
    /// Whether the account may sign in; none where the directory did not say.
    pub enabled: Option<bool>,
    pub kind: AccountKind,
    pub target: Target,
    /// The person has a directory role, whichever, or may be given one through a group; none where that could not be
    /// read.
    pub has_role: Option<bool>,
    pub synced: bool,
    /// A Windows computer is registered for the person; false also where nobody looked or could tell.
    pub windows_device: bool,
    /// The ids of the groups the person is in, also through others; none where not all of them were read.
    pub groups: Option<Vec<String>>,
}

/// Member or guest of the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    Member,
    InternalGuest,
    ExternalGuest,
    /// A member of the tenant who signs in elsewhere.
    ExternalMember,
    /// The directory did not say which.
    Untold,
    /// Signs in elsewhere; member or guest, the directory did not say.
    ExternalUntold,
}

/// What a person's roles say of them, as they are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protection {
    pub target: Target,
    /// As with [`Person`].
    pub has_role: Option<bool>,
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
    /// At most the kinds that have lists of their own were read: nothing is known of any other.
    pub partial: bool,
    /// Not even those: whoever manages this person has to read them before anything can be new.
    pub unread: bool,
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
        created: Option<ServiceTime>,
    },
    Password,
    Other {
        id: String,
        kind: OtherKind,
        /// Stands for the number or address while the app runs: their entries have the same ids for everybody.
        mark: Option<u64>,
    },
}

/// A kind of method that no walk-through here leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OtherKind {
    Phone,
    Email,
    /// An app or a token that shows codes.
    Codes,
    WindowsHello,
    /// Signing in to a Mac with what its hardware keeps.
    PlatformCredential,
    /// One this version has no word for, by the directory's own.
    Unknown(String),
}

/// A pass the directory lists; its value cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPass {
    pub id: PassId,
    pub created: Option<ServiceTime>,
    pub start: ServiceTime,
    pub lifetime_minutes: u32,
    /// Whether it works once only, where the list says so.
    pub once: Option<bool>,
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

/// Whether a pass works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Works,
    /// Its time has not come.
    NotYet,
    /// The policy forbids it, or nobody says why it does not work.
    Idle,
    /// It ended or was used up.
    Over,
}

impl KnownPass {
    /// When it ends by itself.
    #[must_use]
    pub fn ends(&self) -> ServiceTime {
        self.start.after_minutes(self.lifetime_minutes)
    }

    /// When it was made, as far as the list tells.
    #[must_use]
    pub fn made(&self) -> ServiceTime {
        self.created.unwrap_or(self.start)
    }

    /// Whether it works, for everybody who asks: by the directory's own word, and by a clock only where that is
    /// confirmed.
    #[must_use]
    pub fn standing(&self, now: Now) -> Standing {
        if now.is_surely_past(self.ends()) {
            return Standing::Over;
        }
        match self.reason {
            _ if self.usable => Standing::Works,
            PassReason::Expired | PassReason::Used => Standing::Over,
            PassReason::NotYetValid => Standing::NotYet,
            PassReason::Enabled | PassReason::Disabled | PassReason::Other
                if now.service < self.start =>
            {
                Standing::NotYet
            }
            PassReason::Enabled | PassReason::Disabled | PassReason::Other => Standing::Idle,
        }
    }

    /// Whether somebody can sign in with it, now or later.
    #[must_use]
    pub fn lives(&self, now: Now) -> bool {
        match self.standing(now) {
            Standing::Works | Standing::NotYet => true,
            Standing::Idle | Standing::Over => false,
        }
    }
}

impl MethodRead {
    /// The same, with nothing in it that somebody gave a name to.
    pub(crate) fn without_names(&self) -> Self {
        let mut read = self.clone();
        for method in &mut read.methods {
            match method {
                Method::Authenticator { device_name, .. } => *device_name = None,
                Method::Passkey { name, .. } => *name = None,
                Method::Pass(_) | Method::Password | Method::Other { .. } => {}
            }
        }
        read
    }

    /// Every pass in the list. The service has one at most; a list may show more.
    pub fn passes(&self) -> impl Iterator<Item = &KnownPass> {
        self.methods.iter().filter_map(|method| match method {
            Method::Pass(pass) => Some(pass),
            Method::Authenticator { .. }
            | Method::Passkey { .. }
            | Method::Password
            | Method::Other { .. } => None,
        })
    }

    /// Every pass that works, or will.
    pub fn live_passes(&self, now: Now) -> impl Iterator<Item = &KnownPass> {
        self.passes().filter(move |pass| pass.lives(now))
    }
}
