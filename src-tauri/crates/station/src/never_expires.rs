//! The age of a password that nobody uses any more, over the network.

use onboarding::{EffectFailure, ExpirySet, UserId};

use crate::after::LOOKS;
use crate::perform::{GraphEffects, signed_out};
use crate::translate;

impl GraphEffects {
    /// Makes it of no account and reads that back, whatever the answer was: it may have been lost.
    pub(crate) async fn never_expires(self, user: &UserId) -> Result<ExpirySet, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let set = session.let_password_never_expire(&user.0).await;
        for wait in LOOKS {
            tokio::time::sleep(wait).await;
            if let Ok(true) = session.password_never_expires(&user.0).await {
                return Ok(ExpirySet::ReadBack);
            }
        }
        match set {
            Ok(()) => Ok(ExpirySet::NotYetSeen),
            Err(error) => Err(translate::failed(&error)),
        }
    }
}
