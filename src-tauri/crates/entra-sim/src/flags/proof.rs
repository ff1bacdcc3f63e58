//! The behaviour flags of passwords as administrators set them.

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

/// Flags of passwords with their present values.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ProofFlags {
    pub(crate) patch_takes_authentication_administrator: bool,
    pub(crate) patch_always_forces_change: bool,
    pub(crate) password_profile_shown: ProfileShown,
}

impl Default for ProofFlags {
    fn default() -> Self {
        Self {
            patch_takes_authentication_administrator: false,
            patch_always_forces_change: false,
            password_profile_shown: ProfileShown::WhenDue,
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
        "patch_always_forces_change",
        "True: a password set by passwordProfile has to be changed, whatever forceChangePasswordNextSignIn said.",
    ),
    (
        "password_profile_shown",
        "When passwordProfile is shown where it is selected: \"never\", \"when_due\" (null else) or \"always\".",
    ),
];
