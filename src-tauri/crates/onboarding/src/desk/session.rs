//! Whether somebody is signed in, and when that changes by itself.

use crate::effect::EffectId;
use crate::person::directory::{GrantedPolicy, Operator};
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
    /// Tokens are gone; only the same person can go on with what is open.
    Lapsed(Lapsed),
}

/// An operator with tokens.
#[derive(Debug)]
pub(crate) struct SignedIn {
    pub(crate) operator: Operator,
    /// The tenant's own rules; `None` inside when they could not be read.
    pub(crate) granted: Option<GrantedPolicy>,
    pub(crate) policy_effect: Option<EffectId>,
    pub(crate) touched: Mono,
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

/// An operator without tokens.
#[derive(Clone, Debug)]
pub(crate) struct Lapsed {
    pub(crate) operator: Operator,
    pub(crate) why: LockReason,
    pub(crate) touched: Mono,
}

/// A desk that stays locked this long is given up: what is open ends unfinished, and anybody may sign in.
const ABANDONED_S: u64 = 900;

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

    /// When the session next changes by itself.
    pub(crate) fn due(&self, policy: &Policy) -> Option<Mono> {
        match self {
            Self::SigningIn { until, .. } => Some(*until),
            Self::Confirming(confirming) => Some(confirming.until),
            Self::SignedIn(signed_in) => {
                Some(signed_in.touched.after_s(u64::from(policy.idle_lock_s)))
            }
            Self::Lapsed(lapsed) => {
                let idle = u64::from(policy.idle_lock_s);
                let more = match lapsed.why {
                    LockReason::TokenEnded => 0,
                    LockReason::Asked | LockReason::Idle => ABANDONED_S,
                };
                Some(lapsed.touched.after_s(idle + more))
            }
            Self::SignedOut => None,
        }
    }
}
