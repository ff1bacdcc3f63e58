//! The kinds of methods that no walk-through leads to, or no second time.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a method that nobody was led to is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UninvitedKind {
    /// A telephone number.
    Phone,
    Email,
    /// An app that shows codes.
    Codes,
    WindowsHello,
    PlatformCredential,
    /// Another Authenticator than the one of this walk-through.
    Authenticator,
    /// A passkey in Authenticator.
    AuthenticatorPasskey,
    /// A passkey elsewhere: a security key, a computer, another app.
    SecurityKey,
    Other,
}
