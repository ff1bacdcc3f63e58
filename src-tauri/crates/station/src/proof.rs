//! What the directory says of a sign-in that was tried, in the visit's words.

use entra::{FirstStep, LastUse};
use onboarding::{EffectFailure, LastUsed, LogSight, ServiceTime, UserId};

use crate::perform::{GraphEffects, signed_out};
use crate::translate;

impl GraphEffects {
    /// When this entry and the password were last used.
    pub(crate) async fn last_used(
        self,
        user: &UserId,
        entry: &str,
    ) -> Result<LastUsed, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let uses = session.last_uses(&user.0).await;
        Ok(last_used(
            &uses.map_err(|error| translate::failed(&error))?,
            entry,
        ))
    }

    /// What the log shows of the newest sign-in by this entry since then. How it began is asked beside, where the
    /// service tells that at all.
    pub(crate) async fn sign_in_log(
        self,
        user: &UserId,
        entry: &str,
        since: ServiceTime,
    ) -> Result<LogSight, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let sign_ins = session.sign_ins_since(&user.0, since.0).await;
        let sign_ins = sign_ins.map_err(|error| translate::failed(&error))?;
        let by_it = |sign_in: &&entra::LoggedSignIn| {
            let begun = sign_in.at.is_some_and(|at| at / 1000 >= since.0 / 1000);
            let answered = sign_in.entry.as_deref();
            begun && answered.is_some_and(|of| of.eq_ignore_ascii_case(entry))
        };
        let Some(newest) = sign_ins.iter().filter(by_it).max_by_key(|one| one.at) else {
            return Ok(LogSight::NotYet);
        };
        Ok(match session.first_step(&newest.id).await {
            Ok(FirstStep::PhoneSignIn) => LogSight::NoPassword,
            Ok(FirstStep::Password) => LogSight::Password,
            Ok(FirstStep::Unsaid) => LogSight::EntryOnly,
            Err(error) => {
                tracing::debug!(%error, "the log does not say how a sign-in began");
                LogSight::EntryOnly
            }
        })
    }
}

/// A password that is not in the list has not been told of.
fn last_used(uses: &[LastUse], entry: &str) -> LastUsed {
    let told = |one: Option<&LastUse>| one.and_then(|one| one.at).map(ServiceTime);
    LastUsed {
        entry: told(
            uses.iter()
                .find(|one| one.method.eq_ignore_ascii_case(entry)),
        ),
        password: told(uses.iter().find(|one| one.is_password)),
    }
}
