//! What the live check shows as reached, one light for each.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One fact the directory can show. Order is the order they are expected in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    PassUsable,
    PassEntered,
    AuthenticatorAdded,
    DeviceRegistered,
    PhoneSignInReady,
    PasskeyReady,
}

impl Light {
    /// All lights in the order they are expected.
    pub const ALL: [Self; 6] = [
        Self::PassUsable,
        Self::PassEntered,
        Self::AuthenticatorAdded,
        Self::DeviceRegistered,
        Self::PhoneSignInReady,
        Self::PasskeyReady,
    ];
}
