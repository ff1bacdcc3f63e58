//! What is asked of a person's methods, and what the service says of devices.

use crate::person::directory::MethodRead;
use crate::policy::Scopes;
use crate::record::RegisteredKind;

/// What one read of a person's methods asks for. Each is one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MethodQuery {
    /// The whole list. It does not say which entry has a device.
    Everything,
    /// The passes alone, with narrow scopes; and so on for the other kinds.
    Passes,
    Authenticators,
    Passkeys,
    /// The Authenticator entries, each with its device.
    Devices,
    /// The device of this Authenticator entry.
    DeviceOf(String),
}

impl MethodQuery {
    /// What shows the passes of a person.
    pub(crate) fn passes(scopes: Scopes) -> Self {
        match scopes {
            Scopes::Wide => Self::Everything,
            Scopes::Narrow => Self::Passes,
        }
    }

    /// Whether a pass that is there is in the answer.
    pub(crate) fn shows_passes(&self) -> bool {
        match self {
            Self::Everything | Self::Passes => true,
            Self::Authenticators | Self::Passkeys | Self::Devices | Self::DeviceOf(_) => false,
        }
    }

    /// Whether a registration of this kind that is there is in the answer.
    pub(crate) fn shows(&self, registered: RegisteredKind) -> bool {
        match self {
            Self::Everything => true,
            Self::Passes => false,
            Self::Authenticators | Self::Devices | Self::DeviceOf(_) => {
                registered == RegisteredKind::PhoneSignIn
            }
            Self::Passkeys => registered == RegisteredKind::Passkey,
        }
    }
}

/// What the service says of devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceAnswer {
    /// The Authenticator entries; one without a device has none.
    Entries(MethodRead),
    /// The device of the one entry that was asked for.
    Of(Option<String>),
    /// The service does not answer this question.
    NotOffered,
}
