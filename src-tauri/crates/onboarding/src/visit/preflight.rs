//! The way to a pass begins with a fresh look: nobody's living pass is replaced without a yes.

use super::{Board, Context, illegal_in_state, sign_in_again};
use crate::effect::{Effect, EffectFailure, EffectId, Reading};
use crate::ids::PassId;
use crate::pass::state::{HeldPass, IssueStep, PassState, Preflight};
use crate::person::directory::{KnownPass, Method, MethodRead};
use crate::person::identity_check::IssuePermit;
use crate::reading::MethodQuery;
use crate::record::RenewReason;
use crate::time::Now;
use crate::trouble::{Trouble, TroubleCode};

impl Board {
    pub(super) fn issue(&mut self, replace: bool, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?;
        if !self.may_issue() {
            return Err(illegal_in_state());
        }
        self.refuse_unblocked()?;
        self.refuse_blocked(cx)?;
        self.refuse_too_many(cx)?;
        if let Some(earlier) = self.baseline.live_passes(cx.now).next()
            && !replace
        {
            return Err(exists(earlier, cx.now));
        }
        self.refuse_unconfirmed(cx)?;
        let permit = self
            .check
            .permit(&self.person.id, &operator.oid, cx.now.mono)?;
        let agreed = self.told(cx.now);
        self.list(permit, agreed, None, cx)
    }

    pub(super) fn renew(
        &mut self,
        same_person: bool,
        reason: RenewReason,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?;
        if !self.may_renew() {
            return Err(illegal_in_state());
        }
        self.refuse_unblocked()?;
        self.refuse_blocked(cx)?;
        self.refuse_too_many(cx)?;
        self.refuse_unconfirmed(cx)?;
        let (user, oid) = (&self.person.id, &operator.oid);
        let permit =
            self.check
                .permit_renewal(user, oid, same_person, reason, cx.policy, cx.now.mono)?;
        let before = match std::mem::take(&mut self.pass) {
            PassState::Held(mut held) => {
                held.hide();
                Some(held)
            }
            // Nothing else may be renewed.
            PassState::None | PassState::Issuing(_) | PassState::Uncertain(_) => None,
        };
        // A stranger's pass that was told of once is agreed to by asking again.
        let agreed = self.told(cx.now);
        self.list(permit, agreed, before, cx)
    }

    /// The living passes that the operator was told of.
    fn told(&self, now: Now) -> Vec<PassId> {
        let living = self.baseline.live_passes(now);
        living.map(|pass| pass.id.clone()).collect()
    }

    /// Asks which passes live right now.
    fn list(
        &mut self,
        permit: IssuePermit,
        agreed: Vec<PassId>,
        before: Option<HeldPass>,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        // At a full limit the list would take the very place the pass needs, again and again.
        let listed_until = self.listed_until.take();
        if listed_until.is_some_and(|until| cx.now.mono < until) {
            return self.check_limits(permit, before, cx).map_or(Ok(()), Err);
        }
        let wants = self.evidence.routes.passes(cx.policy.scopes);
        let preflight = Preflight {
            effect: self.ask_list(&wants, cx),
            sent: cx.now.mono,
            wants,
            again: false,
            permit,
            agreed,
        };
        self.go_on(before, IssueStep::Preflight(preflight));
        Ok(())
    }

    fn ask_list(&self, wants: &MethodQuery, cx: &mut Context<'_>) -> EffectId {
        cx.rate_limit.spend(cx.glance.now.mono);
        cx.push(Effect::ReadMethods {
            user: self.person.id.clone(),
            asked_for: true,
            wants: wants.clone(),
        })
    }

    /// Where one list does not answer, the other one is looked at before anything is told; once.
    fn list_otherwise(
        &mut self,
        failure: &EffectFailure,
        preflight: Preflight,
        cx: &mut Context<'_>,
    ) -> Result<Preflight, Box<Preflight>> {
        let code = failure.trouble.code;
        let took_ms = cx.now.mono.0.saturating_sub(preflight.sent.0);
        let routes = &mut self.evidence.routes;
        routes.unanswered(&preflight.wants, code, took_ms);
        let asked = &preflight.wants;
        let other = self.evidence.routes.other_passes(cx.policy.scopes, asked);
        let other = other.filter(|_| !preflight.again && code.is_of_the_way());
        let Some(wants) = other.filter(|_| cx.operator.is_some()) else {
            return Err(Box::new(preflight));
        };
        Ok(Preflight {
            effect: self.ask_list(&wants, cx),
            sent: cx.now.mono,
            wants,
            again: true,
            ..preflight
        })
    }

    pub(super) fn on_listed(
        &mut self,
        preflight: Preflight,
        before: Option<HeldPass>,
        answer: Result<Reading, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let preflight = match &answer {
            Err(failure) => match self.list_otherwise(failure, preflight, cx) {
                Ok(again) => {
                    self.go_on(before, IssueStep::Preflight(again));
                    return None;
                }
                Err(preflight) => *preflight,
            },
            Ok(_) => preflight,
        };
        let Preflight {
            permit,
            agreed,
            wants,
            sent,
            ..
        } = preflight;
        let refusal = match answer {
            Ok(Reading::Methods(read)) => {
                self.complete_baseline(&read, &wants);
                self.note_strays(&read, (&wants, sent), cx);
                let ours = before.as_ref().map(|held| held.id.clone());
                self.know_pass_of(&read, ours.as_ref());
                let mut living = self.baseline.live_passes(cx.now);
                let stranger = living.find(|pass| !agreed.contains(&pass.id));
                stranger.map(|pass| exists(pass, cx.now))
            }
            Ok(Reading::Devices(_)) => Some(Trouble::new(TroubleCode::Unexpected)),
            Err(failure) => Some(failure.trouble),
        };
        let refusal = refusal.or_else(|| cx.operator.is_none().then(sign_in_again));
        // Another visit may have taken the last one meanwhile.
        let refusal = refusal.or_else(|| self.refuse_too_many(cx).err());
        if let Some(trouble) = refusal {
            self.give_back(before, cx.now.mono);
            return Some(trouble);
        }
        self.check_limits(permit, before, cx)
    }

    /// Keeps the passes of a newer read in the baseline, except our own.
    fn know_pass_of(&mut self, read: &MethodRead, ours: Option<&PassId>) {
        self.baseline
            .methods
            .retain(|method| !matches!(method, Method::Pass(_)));
        let others = read.passes().filter(|pass| Some(&pass.id) != ours);
        self.baseline
            .methods
            .extend(others.cloned().map(Method::Pass));
    }
}

/// A pass already lives, and how old it is.
fn exists(pass: &KnownPass, now: Now) -> Trouble {
    let minutes = (now.service.0.saturating_sub(pass.made().0)).max(0) / 60_000;
    Trouble::new(TroubleCode::PassExists).number("minutes", minutes)
}
