//! Whether somebody is signed in, and when that changes by itself.

use super::touches::Touches;
use crate::effect::EffectId;
use crate::last_run::LastRun;
use crate::person::directory::{Operator, TenantRules};
use crate::person::passkey_rules::PasskeyRules;
use crate::policy::Policy;
use crate::time::Mono;
use crate::view::LockReason;

/// Whether somebody is signed in.
#[derive(Debug)]
pub(crate) enum Session {
    SignedOut,
    SigningIn {
        effect: EffectId,
        until: Mono,
        resumes: Option<Lapsed>,
    },
    /// Somebody else signed in than was expected; nothing is done before they say that it is them.
    Confirming(Box<Confirming>),
    SignedIn(Box<SignedIn>),
    /// Nobody gives orders; only the same person can go on with what is open.
    Lapsed(Lapsed),
}

/// An operator with tokens.
#[derive(Debug)]
pub(crate) struct SignedIn {
    pub(crate) operator: Operator,
    /// The tenant's own rules, as far as they could be read.
    pub(crate) rules: TenantRules,
    pub(crate) policy_effect: Option<EffectId>,
    /// What it says of passkeys, alike.
    pub(crate) passkeys: Option<PasskeyRules>,
    pub(crate) passkeys_effect: Option<EffectId>,
    /// When the job that changes passwords last ran, where the site wants that known and it was read.
    pub(crate) last_run: Option<LastRun>,
    pub(crate) last_run_effect: Option<EffectId>,
    /// The token is being traded for a fresh one.
    pub(crate) renewing: Option<EffectId>,
    /// What was asked for before this was asked for with other tokens.
    pub(crate) since: EffectId,
    /// The same person signs in once more, while everything goes on with the tokens there are.
    pub(crate) again: Option<SigningAgain>,
}

/// A sign-in beside tokens that are good.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SigningAgain {
    pub(crate) effect: EffectId,
    pub(crate) until: Mono,
}

/// An account that is not the expected one, with tokens nobody uses yet.
#[derive(Debug)]
pub(crate) struct Confirming {
    pub(crate) operator: Operator,
    /// The sign-in name that was expected.
    pub(crate) expected: String,
    pub(crate) until: Mono,
    pub(crate) resumes: Option<Lapsed>,
}

/// An operator who has to sign in again.
#[derive(Clone, Debug)]
pub(crate) struct Lapsed {
    pub(crate) operator: Operator,
    pub(crate) why: LockReason,
    pub(crate) since: Mono,
    /// What goes on for a person who is in the middle of it.
    pub(crate) unattended: Option<Unattended>,
    /// The person's names left the screens, until the operator is back.
    pub(crate) blanked: bool,
}

/// The operator's clock ran out while the person in front was at it: the pass in sight stays until it hides by
/// itself, and the live check goes on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unattended {
    /// At the latest, however busy the person is.
    pub(crate) until: Mono,
    /// The operator's tokens are kept, for the live check alone.
    pub(crate) tokens: bool,
}

/// A desk that stays locked this long is given up: what is open ends unfinished, and anybody may sign in.
const ABANDONED_S: u64 = 900;
/// After a lock that somebody asked for, the person's names stay this long.
const NAMES_S: u64 = 30;

impl Session {
    /// Who is signed in with tokens.
    pub(crate) fn operator(&self) -> Option<&Operator> {
        match self {
            Self::SignedIn(signed_in) => Some(&signed_in.operator),
            Self::SignedOut | Self::SigningIn { .. } | Self::Confirming(_) | Self::Lapsed(_) => {
                None
            }
        }
    }

    /// The sign-in that is under way beside good tokens.
    pub(crate) fn signing_again(&self) -> Option<SigningAgain> {
        match self {
            Self::SignedIn(signed_in) => signed_in.again,
            Self::SignedOut | Self::SigningIn { .. } | Self::Confirming(_) | Self::Lapsed(_) => {
                None
            }
        }
    }

    /// Until when somebody is in a browser to sign in.
    pub(crate) fn signing_in_until(&self) -> Option<Mono> {
        match self {
            Self::SigningIn { until, .. } => Some(*until),
            Self::SignedIn(_) => self.signing_again().map(|again| again.until),
            Self::SignedOut | Self::Confirming(_) | Self::Lapsed(_) => None,
        }
    }

    /// Whether this was asked for with tokens that are not in use any more: what became of those says nothing of these.
    pub(crate) fn is_later_than(&self, asked: EffectId) -> bool {
        matches!(self, Self::SignedIn(signed_in) if asked < signed_in.since)
    }

    /// Whether the live check may look: also for a person who goes on by themselves for a while.
    pub(crate) fn may_look(&self) -> bool {
        match self {
            Self::SignedIn(_) => true,
            Self::SignedOut | Self::SigningIn { .. } | Self::Confirming(_) | Self::Lapsed(_) => {
                self.lapsed()
                    .and_then(|lapsed| lapsed.unattended)
                    .is_some_and(|unattended| unattended.tokens)
            }
        }
    }

    /// The operator who has to sign in again, also while that is under way.
    pub(crate) fn lapsed(&self) -> Option<&Lapsed> {
        match self {
            Self::Lapsed(lapsed) => Some(lapsed),
            Self::SigningIn { resumes, .. } => resumes.as_ref(),
            Self::Confirming(confirming) => confirming.resumes.as_ref(),
            Self::SignedOut | Self::SignedIn(_) => None,
        }
    }

    /// Whether the operator went away; a token that ended is no lock.
    pub(crate) fn locked(&self) -> bool {
        let away = |lapsed: &Lapsed| matches!(lapsed.why, LockReason::Asked | LockReason::Idle);
        self.lapsed().is_some_and(away)
    }

    pub(crate) fn lapsed_mut(&mut self) -> Option<&mut Lapsed> {
        match self {
            Self::Lapsed(lapsed) => Some(lapsed),
            Self::SigningIn { resumes, .. } => resumes.as_mut(),
            Self::Confirming(confirming) => confirming.resumes.as_mut(),
            Self::SignedOut | Self::SignedIn(_) => None,
        }
    }

    /// When the session next changes by itself.
    pub(crate) fn due(&self, policy: &Policy, touches: &Touches) -> Option<Mono> {
        let idle = u64::from(policy.idle_lock_s);
        let whole = match self {
            Self::SigningIn { until, .. } => Some(*until),
            Self::Confirming(confirming) => Some(confirming.until),
            // Whoever is in a browser touches nothing here.
            Self::SignedIn(signed_in) => Some(match signed_in.again {
                Some(again) => again.until,
                None => touches.operator().after_s(idle),
            }),
            Self::Lapsed(lapsed) => Some(match lapsed.why {
                LockReason::TokenEnded => touches.operator().after_s(idle),
                LockReason::Asked | LockReason::Idle => touches.last().after_s(idle + ABANDONED_S),
            }),
            Self::SignedOut => None,
        };
        let part = self.lapsed().and_then(|lapsed| {
            let names = lapsed.names_go(touches).filter(|_| !lapsed.blanked);
            lapsed
                .unattended_ends(touches)
                .into_iter()
                .chain(names)
                .min()
        });
        whole.into_iter().chain(part).min()
    }
}

impl Lapsed {
    /// When what goes on without the operator is over, where something does.
    pub(crate) fn unattended_ends(&self, touches: &Touches) -> Option<Mono> {
        let until = self.unattended?.until;
        Some(
            touches
                .person_gone()
                .map_or(self.since, |gone| gone.min(until)),
        )
    }

    /// When the person's names leave the screens. A token that ended is no lock.
    pub(crate) fn names_go(&self, touches: &Touches) -> Option<Mono> {
        match self.why {
            LockReason::TokenEnded => None,
            LockReason::Asked => Some(self.since.after_s(NAMES_S)),
            LockReason::Idle => Some(
                touches
                    .person_gone()
                    .map_or(self.since, |gone| gone.max(self.since)),
            ),
        }
    }
}
