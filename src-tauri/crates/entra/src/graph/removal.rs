//! Removing a method of another kind than a pass.

use super::pass::Removal;
use crate::error::{GraphError, GraphErrorKind};
use crate::session::Session;

/// Methods that are removed from one list, with a right of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodFamily {
    /// Telephone numbers.
    Phone,
    /// Mail addresses.
    Email,
    /// Apps that show codes.
    SoftwareOath,
    /// Windows Hello for Business.
    WindowsHello,
    /// Platform credentials of a Mac.
    PlatformCredential,
    /// Authenticator apps.
    Authenticator,
    /// Passkeys and security keys.
    Passkey,
}

/// Above the rights of all families.
const EVERY: &str = "UserAuthenticationMethod.ReadWrite.All";

impl MethodFamily {
    /// Every family there is.
    pub const ALL: [Self; 7] = [
        Self::Phone,
        Self::Email,
        Self::SoftwareOath,
        Self::WindowsHello,
        Self::PlatformCredential,
        Self::Authenticator,
        Self::Passkey,
    ];

    /// The right that removes one of these, and no other kind.
    #[must_use]
    pub fn right(self) -> &'static str {
        match self {
            Self::Phone => "UserAuthMethod-Phone.ReadWrite.All",
            Self::Email => "UserAuthMethod-Email.ReadWrite.All",
            Self::SoftwareOath => "UserAuthMethod-SoftwareOATH.ReadWrite.All",
            Self::WindowsHello => "UserAuthMethod-WindowsHello.ReadWrite.All",
            Self::PlatformCredential => "UserAuthMethod-PlatformCred.ReadWrite.All",
            Self::Authenticator => "UserAuthMethod-MicrosoftAuthApp.ReadWrite.All",
            Self::Passkey => "UserAuthMethod-Passkey.ReadWrite.All",
        }
    }

    /// Whether a right that was granted is enough to remove one of these.
    #[must_use]
    pub fn is_covered_by(self, granted: &str) -> bool {
        granted.eq_ignore_ascii_case(self.right()) || granted.eq_ignore_ascii_case(EVERY)
    }

    fn path(self) -> &'static str {
        match self {
            Self::Phone => "/users/{id}/authentication/phoneMethods/{id}",
            Self::Email => "/users/{id}/authentication/emailMethods/{id}",
            Self::SoftwareOath => "/users/{id}/authentication/softwareOathMethods/{id}",
            Self::WindowsHello => "/users/{id}/authentication/windowsHelloForBusinessMethods/{id}",
            Self::PlatformCredential => "/users/{id}/authentication/platformCredentialMethods/{id}",
            Self::Authenticator => "/users/{id}/authentication/microsoftAuthenticatorMethods/{id}",
            Self::Passkey => "/users/{id}/authentication/fido2Methods/{id}",
        }
    }
}

impl Session {
    /// Removes a method.
    ///
    /// # Errors
    /// Any [`GraphErrorKind`] but `NotFound`, which is an answer.
    pub async fn remove_method(
        &self,
        user_id: &str,
        family: MethodFamily,
        method_id: &str,
    ) -> Result<Removal, GraphError> {
        let call = self.call_to(family.path(), &[user_id, method_id])?;
        match self.delete(&call).await {
            Err(error) if error.kind == GraphErrorKind::NotFound => Ok(Removal::NotThere),
            Ok(()) => Ok(Removal::Removed),
            Err(error) => Err(error),
        }
    }
}
