//! The behaviour flags of what tells how somebody signed in, and of passwords: who rules them, and how
//! administrators set them.

use serde::{Deserialize, Serialize};

/// When `passwordProfile` is shown of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProfileShown {
    Never,
    /// Only while the password has to be changed; else null.
    WhenDue,
    Always,
}

/// The methods whose last use is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LastUseOf {
    None,
    AllButPassword,
    All,
}

/// These flags with their present values.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ProofFlags {
    pub(crate) patch_takes_authentication_administrator: bool,
    pub(crate) role_of_app_suffices: bool,
    pub(crate) patch_always_forces_change: bool,
    pub(crate) password_profile_shown: ProfileShown,
    /// Domains by spaces.
    pub(crate) federated_domains: String,
    pub(crate) pass_through: bool,
    pub(crate) last_used_of: LastUseOf,
    pub(crate) last_used_lag_s: u32,
    pub(crate) last_used_needs_select: bool,
    pub(crate) log_complete_after_s: u32,
}

impl ProofFlags {
    /// Whether people of that domain sign in at a service of the organisation.
    pub(crate) fn is_federated(&self, domain: &str) -> bool {
        let mut all = self.federated_domains.split_whitespace();
        all.any(|federated| federated.eq_ignore_ascii_case(domain))
    }

    /// `authenticationType` of a domain.
    pub(crate) fn authentication_type(&self, domain: &str) -> &'static str {
        if self.is_federated(domain) {
            "Federated"
        } else {
            "Managed"
        }
    }
}

impl Default for ProofFlags {
    fn default() -> Self {
        Self {
            patch_takes_authentication_administrator: false,
            role_of_app_suffices: true,
            patch_always_forces_change: false,
            password_profile_shown: ProfileShown::WhenDue,
            federated_domains: String::new(),
            pass_through: false,
            last_used_of: LastUseOf::All,
            last_used_lag_s: 60,
            last_used_needs_select: true,
            log_complete_after_s: 0,
        }
    }
}

/// What each of them means.
pub(crate) const MEANINGS: &[(&str, &str)] = &[
    (
        "patch_takes_authentication_administrator",
        "True: an Authentication Administrator may set passwordProfile too, within the matrix of roles.",
    ),
    (
        "role_of_app_suffices",
        "True: an app alone sets passwordProfile by a directory role of its own; false: it needs the permission as well.",
    ),
    (
        "patch_always_forces_change",
        "True: a password set by passwordProfile has to be changed, whatever forceChangePasswordNextSignIn said.",
    ),
    (
        "password_profile_shown",
        "When passwordProfile is shown where it is selected: \"never\", \"when_due\" (null else) or \"always\".",
    ),
    (
        "federated_domains",
        "Domains whose people sign in at a service of the organisation, by spaces.",
    ),
    (
        "pass_through",
        "Passwords of synchronised people are checked on-premises; only the beta sign-in log says so.",
    ),
    (
        "last_used_of",
        "Methods whose lastUsedDateTime beta tells: \"none\", \"all_but_password\" or \"all\".",
    ),
    (
        "last_used_lag_s",
        "How late lastUsedDateTime is, in seconds.",
    ),
    (
        "last_used_needs_select",
        "True: lastUsedDateTime comes only where it is selected.",
    ),
    (
        "log_complete_after_s",
        "How long a sign-in in the log lacks the app's entry and its primary row, in seconds after it came up.",
    ),
];
