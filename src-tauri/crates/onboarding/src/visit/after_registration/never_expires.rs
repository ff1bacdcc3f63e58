//! Where a password was taken out of use and the site wants it, its age is of no account any more.

use super::Step;
use super::password::Password;
use crate::effect::{AfterEffect, EffectFailure, EffectId, NotRecorded};
use crate::record::AfterEvent;
use crate::retirement::ExpirySet;
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::{Board, Context};

/// How far that is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Expiry {
    /// Not wanted, not yet, or it failed.
    #[default]
    AsBefore,
    /// That it is about to be done is being written down.
    Writing {
        effect: EffectId,
    },
    Setting {
        effect: EffectId,
    },
    /// It was read back.
    Never,
}

impl Expiry {
    pub(super) fn is_busy(self) -> bool {
        match self {
            Self::Writing { .. } | Self::Setting { .. } => true,
            Self::AsBefore | Self::Never => false,
        }
    }

    pub(super) fn is_never(self) -> bool {
        matches!(self, Self::Never)
    }
}

impl Board {
    /// Once the password is out of use: the intent is written down first.
    pub(super) fn begin_never_expires(&mut self, cx: &mut Context<'_>) {
        if !cx.policy.passwords.never_expires {
            return;
        }
        let Some(operator) = cx.operator.map(|operator| operator.oid.clone()) else {
            return;
        };
        let effect = cx.record_after(AfterEvent::NeverExpiresIntent {
            operator,
            user: self.person.id.clone(),
            upn: self.person.upn.to_string(),
        });
        self.set_expiry(Expiry::Writing { effect });
    }

    fn expiry(&mut self) -> Option<&mut Expiry> {
        match &mut self.after.as_mut()?.step {
            Step::Password(Password { expiry, .. }) => Some(expiry),
            Step::MakingWay { .. } | Step::Trying(_) | Step::Asking(_) => None,
        }
    }

    fn set_expiry(&mut self, to: Expiry) {
        if let Some(expiry) = self.expiry() {
            *expiry = to;
        }
    }

    pub(super) fn on_never_expires_intent(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let waits =
            |expiry: &mut Expiry| matches!(expiry, Expiry::Writing { effect } if *effect == id);
        if !self.expiry().is_some_and(waits) {
            return None;
        }
        if written.is_err() {
            self.set_expiry(Expiry::AsBefore);
            return Some(Trouble::new(TroubleCode::RollNotRecorded));
        }
        let user = self.person.id.clone();
        let effect = cx.push_after(AfterEffect::NeverExpires { user });
        self.set_expiry(Expiry::Setting { effect });
        None
    }

    pub(crate) fn on_never_expires(
        &mut self,
        id: EffectId,
        set: Result<ExpirySet, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let waits =
            |expiry: &mut Expiry| matches!(expiry, Expiry::Setting { effect } if *effect == id);
        if !self.expiry().is_some_and(waits) {
            return None;
        }
        let read_back = matches!(set, Ok(ExpirySet::ReadBack));
        self.set_expiry(match read_back {
            true => Expiry::Never,
            false => Expiry::AsBefore,
        });
        match set {
            Ok(ExpirySet::ReadBack | ExpirySet::NotYetSeen) => {
                cx.record_after(AfterEvent::NeverExpires { read_back });
                None
            }
            Err(failure) => {
                let code = failure.trouble.code;
                cx.record_after(AfterEvent::NeverExpiresFailed { code });
                Some(failure.trouble)
            }
        }
    }
}
