//! What the directory says of the test while the visit goes on, and what is left of it for the late look.

use super::password::Password;
use super::{AfterRegistration, Step};
use crate::effect::{EffectFailure, EffectId};
use crate::proof_look::{LateLook, ProofLook, Shown};
use crate::quota::rate_limit::RateLimit;
use crate::record::{AfterEvent, RegisteredKind};
use crate::retirement::StaysBecause;
use crate::sign_in_test::{LastUsed, LogSight, LookEnd, ProofSources, TestProof, Tested};
use crate::time::{Mono, ServiceTime};
use crate::visit::{Board, Context};

impl AfterRegistration {
    /// When the directory is asked next.
    pub(super) fn look_due(&self, may_look: bool, rate_limit: &RateLimit) -> Option<Mono> {
        let look = self.look.as_ref().filter(|_| may_look)?;
        look.due(rate_limit)
    }

    /// What is still asked once the visit is over.
    pub(super) fn late_look(&mut self, cx: &Context<'_>) -> Option<LateLook> {
        let mut look = self.look.take()?;
        let proof = self.tested.and_then(|tested| tested.proof)?;
        look.goes_on_late(cx.now.mono);
        Some(LateLook {
            proof,
            not_proven: self.is_not_proven(),
            look,
        })
    }

    /// The password is being taken out of use, or was.
    fn is_under_way(&self) -> bool {
        match &self.step {
            Step::Password(password) => password.is_under_way(),
            Step::MakingWay { .. } | Step::Trying(_) => true,
            Step::Asking(_) => false,
        }
    }

    /// The password stays, and only for want of a proof.
    fn is_not_proven(&self) -> bool {
        match &self.step {
            Step::Password(password) => password.stays_because() == Some(StaysBecause::NotProven),
            Step::MakingWay { .. } | Step::Trying(_) | Step::Asking(_) => false,
        }
    }
}

impl Board {
    /// Begins to ask about a test that passed; nothing is stronger than the service's own word.
    pub(super) fn begin_proving(
        &self,
        tested: &Tested,
        began: Option<ServiceTime>,
        cx: &Context<'_>,
    ) -> Option<ProofLook> {
        tested.proof.filter(|proof| *proof < TestProof::Token)?;
        let (since, entry) = (began?, self.evidence.registered_entry.as_deref()?);
        // The log names Authenticator entries alone.
        let in_log = self.evidence.registered == Some(RegisteredKind::PhoneSignIn);
        let wanted = cx.policy.proof_sources;
        let sources = ProofSources {
            log: wanted.log && in_log,
            ..wanted
        };
        let subject = cx.subject(&self.person.id);
        ProofLook::begin(sources, (subject, entry), since, cx.now)
    }

    /// Asks what is due, and stops when there is nothing more to ask.
    pub(super) fn look_for_proof(&mut self, cx: &mut Context<'_>) -> bool {
        let (may_look, now, visit) = (cx.may_look, cx.now.mono, cx.visit);
        let Some(after) = &mut self.after else {
            return false;
        };
        let Some(look) = after.look.as_mut().filter(|_| may_look) else {
            return false;
        };
        if look.is_over(now) {
            let why = LookEnd::Over;
            let said_all = look.has_said_all();
            after.look = None;
            if !said_all {
                cx.record_after(AfterEvent::NotLookedAtFurther { why });
            }
            return true;
        }
        let effects = &mut *cx.effects;
        look.on_time(now, cx.rate_limit, |effect| {
            effects.push_after(visit, effect)
        })
    }

    pub(crate) fn on_last_used(
        &mut self,
        id: EffectId,
        read: Result<LastUsed, EffectFailure>,
        cx: &mut Context<'_>,
    ) {
        let now = cx.now.mono;
        let look = self.after.as_mut().and_then(|after| after.look.as_mut());
        let shown = look.and_then(|look| look.on_last_used(id, read, now, cx.rate_limit));
        self.on_shown(shown, cx);
    }

    pub(crate) fn on_sign_in_log(
        &mut self,
        id: EffectId,
        read: Result<LogSight, EffectFailure>,
        cx: &mut Context<'_>,
    ) {
        let now = cx.now.mono;
        let look = self.after.as_mut().and_then(|after| after.look.as_mut());
        let shown = look.and_then(|look| look.on_log(id, read, now, cx.rate_limit));
        self.on_shown(shown, cx);
    }

    /// A stronger proof counts from now on. Where only that was missing, the operator may go on; nothing is done alone.
    fn on_shown(&mut self, shown: Option<Shown>, cx: &mut Context<'_>) {
        self.on_stronger_proof(shown, cx);
        if shown.is_some_and(Shown::is_of_password) {
            self.take_proof_back(cx);
        }
        self.look_for_proof(cx);
    }

    /// A password was used: nothing shows any more that none is needed. What was asked for already goes on.
    fn take_proof_back(&mut self, cx: &mut Context<'_>) {
        let Some(after) = self.after.as_mut().filter(|after| !after.is_under_way()) else {
            return;
        };
        let Some(tested) = &mut after.tested else {
            return;
        };
        tested.proof = None;
        let said_all = after.look.take().is_none_or(|look| look.has_said_all());
        let undecided = match &after.step {
            Step::Password(password) => password.is_open() || password.is_reading(),
            Step::MakingWay { .. } | Step::Trying(_) | Step::Asking(_) => false,
        };
        if undecided {
            after.step = Step::Password(Password::stays(StaysBecause::NotProven, cx));
        }
        if !said_all {
            let why = LookEnd::Over;
            cx.record_after(AfterEvent::NotLookedAtFurther { why });
        }
    }

    fn on_stronger_proof(&mut self, shown: Option<Shown>, cx: &mut Context<'_>) {
        let Some(after) = &mut self.after else { return };
        let Some(tested) = &mut after.tested else {
            return;
        };
        let event = shown
            .zip(tested.proof)
            .and_then(|(shown, so_far)| shown.event(so_far));
        let mut enough = false;
        if let Some(AfterEvent::TestProven { proof, .. }) = &event {
            tested.proof = Some(*proof);
            enough = cx.policy.passwords.needs_proof.is_met_by(*proof);
        }
        if let Some(event) = event {
            cx.record_after(event);
        }
        if enough && after.is_not_proven() {
            let password = self.retire(cx);
            if let Some(after) = &mut self.after {
                after.step = Step::Password(password);
            }
        }
    }
}
