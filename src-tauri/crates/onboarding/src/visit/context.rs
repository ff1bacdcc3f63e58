//! What a visit sees of the desk while it decides, and what it may change there.

use std::ops::Deref;

use crate::effect::{AfterEffect, Effect, EffectId};
use crate::effects::Effects;
use crate::ids::{Subject, UserId, VisitId};
use crate::person::directory::{GrantedPolicy, Operator};
use crate::person::passkey_rules::PasskeyRules;
use crate::person::query::KnownDomains;
use crate::policy::{Policy, Site};
use crate::quota::rate_limit::RateLimit;
use crate::quota::rng::Rng;
use crate::record::{AfterEvent, Event};
use crate::time::Now;
use crate::trouble::{Trouble, TroubleCode};
use crate::walkthrough::pack::{Pack, Packs};

/// What a visit may look at. A view needs no more.
#[derive(Clone, Copy)]
pub(crate) struct Glance<'a> {
    pub(crate) visit: VisitId,
    pub(crate) now: Now,
    pub(crate) policy: &'a Policy,
    pub(crate) site: &'a Site,
    /// The walk-through of the visit's route.
    pub(crate) pack: &'a Pack,
    pub(crate) packs: &'a Packs,
    /// None while nobody is signed in, or at the desk.
    pub(crate) operator: Option<&'a Operator>,
    /// The live check may look: also for a person who goes on while the operator is away.
    pub(crate) may_look: bool,
    /// The person's names may stand on the person's screen.
    pub(crate) names: bool,
    /// The operator went away: nobody here uncovers a pass.
    pub(crate) locked: bool,
    pub(crate) granted: Option<GrantedPolicy>,
    pub(crate) passkeys: Option<&'a PasskeyRules>,
    /// The tenant's own domains, where they could be read.
    pub(crate) verified: Option<&'a [String]>,
    /// People for whom no pass is issued for now.
    pub(crate) blocked: &'a [Blocked],
}

/// The same, with what says when the next poll may leave.
pub(crate) struct Sight<'a> {
    pub(crate) glance: Glance<'a>,
    pub(crate) rate_limit: &'a RateLimit,
}

/// The same, with what a visit may change while it decides.
pub(crate) struct Context<'a> {
    pub(crate) glance: Glance<'a>,
    pub(crate) effects: &'a mut Effects,
    pub(crate) rate_limit: &'a mut RateLimit,
    /// The ids of requests.
    pub(crate) ids: &'a mut Rng,
}

impl Glance<'_> {
    /// This person, in this visit.
    pub(super) fn subject(&self, user: &UserId) -> Subject {
        Subject {
            visit: self.visit,
            user: user.clone(),
        }
    }

    /// Whose sign-in names may be asked about.
    pub(super) fn domains(&self) -> KnownDomains<'_> {
        KnownDomains {
            composed: &self.policy.domains,
            verified: self.verified,
        }
    }

    /// Another open visit serves this person, which is in the way of more than a pass.
    pub(super) fn served_elsewhere(&self, user: &UserId) -> Option<Trouble> {
        let served = |blocked: &&Blocked| match blocked {
            Blocked::Pass(_) => false,
            Blocked::Served { .. } => true,
        };
        let mut served = self.blocked.iter().filter(served);
        served.find_map(|blocked| blocked.refusal(user))
    }

    /// Why no pass is issued for this person for now, if so.
    pub(super) fn refusal(&self, user: &UserId) -> Option<Trouble> {
        self.blocked
            .iter()
            .find_map(|blocked| blocked.refusal(user))
    }
}

impl Context<'_> {
    /// Has something done for this visit.
    pub(super) fn push(&mut self, effect: Effect) -> EffectId {
        self.effects.push(Some(self.glance.visit), effect)
    }

    /// Has something done that follows the registration.
    pub(super) fn push_after(&mut self, effect: AfterEffect) -> EffectId {
        self.effects.push_after(self.glance.visit, effect)
    }

    /// Has something written down that follows the registration.
    pub(super) fn record_after(&mut self, entry: AfterEvent) -> EffectId {
        self.record(Event::After(entry))
    }

    /// Has something of this visit written down.
    pub(super) fn record(&mut self, entry: Event) -> EffectId {
        self.effects.record(Some(self.glance.visit), entry)
    }
}

impl<'a> Deref for Context<'a> {
    type Target = Glance<'a>;

    fn deref(&self) -> &Glance<'a> {
        &self.glance
    }
}

impl<'a> Deref for Sight<'a> {
    type Target = Glance<'a>;

    fn deref(&self) -> &Glance<'a> {
        &self.glance
    }
}

/// Somebody for whom no pass is issued for now, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Blocked {
    /// A pass may exist that nobody saw, or that is to be taken back.
    Pass(UserId),
    /// Another open visit serves this person: what the directory shows could not be told apart.
    Served { user: UserId, ticket: u32 },
}

impl Blocked {
    fn refusal(&self, user: &UserId) -> Option<Trouble> {
        match self {
            Self::Pass(of) => (of == user).then(|| Trouble::new(TroubleCode::PassBlocked)),
            Self::Served { user: of, ticket } => (of == user)
                .then(|| Trouble::new(TroubleCode::PersonServed).number("number", *ticket)),
        }
    }
}
