//! The operator's session: signing in and out, locks, and tokens that end.

use super::Desk;
use super::session::{Confirming, Lapsed, Session, SignedIn, SigningAgain, Unattended};
use crate::effect::{Effect, EffectId};
use crate::ids::UserId;
use crate::person::directory::{Operator, TenantRules};
use crate::person::passkey_rules::PasskeyRules;
use crate::record::{Event, SignOutReason};
use crate::sign_in_test::LookEnd;
use crate::time::{Mono, Now};
use crate::trouble::{Trouble, TroubleCode};
use crate::view::LockReason;
use crate::visit::{Visit, illegal_in_state};

impl Desk {
    pub(super) fn sign_in(&mut self, now: Now) -> Result<(), Trouble> {
        let resumes = match &self.session {
            Session::SignedOut => None,
            Session::Lapsed(lapsed) => Some(lapsed.clone()),
            Session::SigningIn { .. } | Session::Confirming(_) | Session::SignedIn(_) => {
                return Err(illegal_in_state());
            }
        };
        let hint = resumes.as_ref().map(|lapsed| lapsed.operator.upn.clone());
        let effect = self.effects.push(None, Effect::SignIn { hint, only: None });
        let until = now.mono.after_s(u64::from(self.policy.sign_in_limit_s));
        self.session = Session::SigningIn {
            effect,
            until,
            resumes,
        };
        Ok(())
    }

    pub(super) fn cancel_sign_in(&mut self) -> Result<(), Trouble> {
        if self.stop_signing_again() {
            return Ok(());
        }
        let Session::SigningIn { resumes, .. } = &self.session else {
            return Err(illegal_in_state());
        };
        self.session = resumes.clone().map_or(Session::SignedOut, Session::Lapsed);
        self.effects.push(None, Effect::CancelSignIn);
        Ok(())
    }

    /// Ends the session. From a locked desk this also ends what is open, so that a colleague can go on.
    pub(super) fn sign_out(&mut self, now: Now) -> Result<(), Trouble> {
        let operator = match &self.session {
            Session::SignedIn(signed_in) if self.all_are_kept() => {
                let operator = signed_in.operator.oid.clone();
                self.abandon_visits(now);
                operator
            }
            Session::SignedIn(_) if self.several() => {
                return Err(Trouble::new(TroubleCode::VisitOpen));
            }
            Session::Lapsed(lapsed) => {
                let operator = lapsed.operator.oid.clone();
                self.abandon_visits(now);
                operator
            }
            Session::SignedIn(_)
            | Session::SignedOut
            | Session::SigningIn { .. }
            | Session::Confirming(_) => {
                return Err(illegal_in_state());
            }
        };
        self.stop_signing_again();
        self.session = Session::SignedOut;
        self.forget_operator(operator, SignOutReason::Asked);
        Ok(())
    }

    /// The operator is away from now on. A person who is in the middle of it goes on for a while where the operator's
    /// clock ran out, and nowhere else.
    pub(super) fn lock(&mut self, why: LockReason, now: Now) -> Result<(), Trouble> {
        let (operator, tokens) = match &self.session {
            Session::SignedIn(signed_in) => (signed_in.operator.clone(), true),
            Session::Lapsed(lapsed) if lapsed.why == LockReason::TokenEnded => {
                (lapsed.operator.clone(), false)
            }
            Session::Lapsed(_)
            | Session::SignedOut
            | Session::SigningIn { .. }
            | Session::Confirming(_) => {
                return Err(illegal_in_state());
            }
        };
        if why != LockReason::TokenEnded {
            self.stop_signing_again();
        }
        let goes_on = why == LockReason::Idle && self.person_is_at_it(now);
        let until = now.mono.after_s(u64::from(self.policy.max_unattended_s));
        let oid = operator.oid.clone();
        self.session = Session::Lapsed(Lapsed {
            operator,
            why,
            since: now.mono,
            unattended: goes_on.then_some(Unattended { until, tokens }),
            blanked: false,
        });
        // Also where a person goes on alone: these looks are the operator's.
        self.end_late_looks(match why {
            LockReason::Asked | LockReason::Idle => LookEnd::Locked,
            LockReason::TokenEnded => LookEnd::SignedOut,
        });
        if !(goes_on && tokens) {
            self.forget_operator(oid, sign_out_reason(why));
        }
        for visit in self.visits.values_mut() {
            visit.forget_colleague(&mut self.effects);
        }
        if self.locked() {
            let stays = self.foreground.filter(|_| goes_on);
            for (_, visit) in self.visits.iter_mut().filter(|(id, _)| Some(**id) != stays) {
                visit.on_locked(&mut self.effects);
            }
        }
        Ok(())
    }

    pub(super) fn forget_operator(&mut self, operator: UserId, why: SignOutReason) {
        match why {
            SignOutReason::Stopped => self.end_undecided(|_| true),
            SignOutReason::Asked
            | SignOutReason::Idle
            | SignOutReason::Expired
            | SignOutReason::Revoked => self.end_undecided_of_gone(),
        }
        self.end_late_looks(match why {
            SignOutReason::Asked | SignOutReason::Expired | SignOutReason::Revoked => {
                LookEnd::SignedOut
            }
            SignOutReason::Idle => LookEnd::Locked,
            SignOutReason::Stopped => LookEnd::Stopped,
        });
        self.effects.push(None, Effect::ForgetOperator);
        let entry = Event::OperatorSignedOut { operator, why };
        self.effects.record(None, entry);
    }

    /// Somebody stands at the visit in front and touched it lately, with a phone in hand.
    fn person_is_at_it(&self, now: Now) -> bool {
        let visit = self.at_the_screen().and_then(|id| self.visits.get(&id));
        visit.is_some_and(Visit::on_board)
            && self
                .touches
                .person_gone()
                .is_some_and(|gone| now.mono < gone)
    }

    /// Nothing goes on without the operator any more: the pass is hidden, and the tokens go.
    fn end_unattended(&mut self, why: SignOutReason) {
        let Some(lapsed) = self.session.lapsed_mut() else {
            return;
        };
        let operator = lapsed.operator.oid.clone();
        let Some(unattended) = lapsed.unattended.take() else {
            return;
        };
        if unattended.tokens {
            self.forget_operator(operator, why);
        }
        for visit in self.visits.values_mut() {
            visit.on_locked(&mut self.effects);
        }
    }

    /// Whether the operator went away, so that nobody here may touch what is open. A token that ended is no lock:
    /// the operator is still at the desk, and visit and pass stay on the screen.
    pub(super) fn locked(&self) -> bool {
        self.session.locked()
    }

    /// The service no longer takes the token: what is open stays, and the same person signs in again.
    pub(super) fn token_ended(&mut self, now: Now) {
        if self.session.may_look()
            && let Some(lapsed) = self.session.lapsed_mut()
        {
            // The operator is away already: the pass in sight stays, nobody looks any more.
            let operator = lapsed.operator.oid.clone();
            if let Some(unattended) = &mut lapsed.unattended {
                unattended.tokens = false;
            }
            return self.forget_operator(operator, SignOutReason::Expired);
        }
        let again = self.session.signing_again();
        if self.lock(LockReason::TokenEnded, now).is_err() {
            return;
        }
        let resumes = self.session.lapsed().cloned();
        let resumes = resumes.filter(|_| !self.visits.is_empty());
        match again {
            // The browser is open already.
            Some(SigningAgain { effect, until }) => {
                self.session = Session::SigningIn {
                    effect,
                    until,
                    resumes,
                }
            }
            None if resumes.is_none() => {
                self.session = Session::SignedOut;
                self.trouble = Some(Trouble::new(TroubleCode::SignInAgain));
            }
            None => {}
        }
    }

    pub(super) fn session_timeout(&mut self, now: Now) -> bool {
        if self
            .session
            .due(&self.policy, &self.touches)
            .is_none_or(|due| due > now.mono)
        {
            return false;
        }
        if self.part_is_over(now) {
            return true;
        }
        if self.stop_signing_again() {
            self.touches.by_operator(now.mono);
            self.refuse_sign_in(Trouble::new(TroubleCode::SignInTimedOut));
            return true;
        }
        match &self.session {
            Session::SigningIn { resumes, .. } => {
                self.session = resumes.clone().map_or(Session::SignedOut, Session::Lapsed);
                self.effects.push(None, Effect::CancelSignIn);
                self.refuse_sign_in(Trouble::new(TroubleCode::SignInTimedOut));
                true
            }
            Session::Confirming(_) => {
                self.drop_operator(Trouble::new(TroubleCode::SignInTimedOut));
                true
            }
            Session::SignedIn(_) => self.lock(LockReason::Idle, now).is_ok(),
            Session::Lapsed(lapsed) if lapsed.why == LockReason::TokenEnded => {
                self.lock(LockReason::Idle, now).is_ok()
            }
            Session::Lapsed(_) => self.sign_out(now).is_ok(),
            Session::SignedOut => false,
        }
    }

    /// What a locked desk left for a while goes: what went on without the operator, or the person's names.
    fn part_is_over(&mut self, now: Now) -> bool {
        let touches = self.touches;
        let passed = |due: Option<Mono>| due.is_some_and(|due| due <= now.mono);
        let Some(lapsed) = self.session.lapsed_mut() else {
            return false;
        };
        if passed(lapsed.unattended_ends(&touches)) {
            self.end_unattended(SignOutReason::Idle);
            return true;
        }
        let names_go = !lapsed.blanked && passed(lapsed.names_go(&touches));
        lapsed.blanked |= names_go;
        names_go
    }

    pub(super) fn on_policies(&mut self, id: EffectId, rules: TenantRules) {
        if let Session::SignedIn(signed_in) = &mut self.session
            && signed_in.policy_effect == Some(id)
        {
            signed_in.policy_effect = None;
            signed_in.rules = rules;
        }
    }

    pub(super) fn on_passkey_rules(&mut self, id: EffectId, rules: Option<PasskeyRules>) {
        if let Session::SignedIn(signed_in) = &mut self.session
            && signed_in.passkeys_effect == Some(id)
        {
            signed_in.passkeys_effect = None;
            signed_in.passkeys = rules;
        }
    }

    pub(super) fn on_signed_in(
        &mut self,
        id: EffectId,
        result: Result<Operator, Trouble>,
        now: Now,
    ) {
        match result {
            Ok(operator) if self.signs_again(id) => self.signed_in_again(operator, now),
            Ok(operator) => self.welcome(id, operator, now),
            Err(trouble) if self.signs_again(id) => {
                // Whoever refused it was at work in the browser meanwhile.
                self.touches.by_operator(now.mono);
                self.end_signing_again();
                self.refuse_sign_in(trouble);
            }
            Err(trouble) => {
                if let Session::SigningIn {
                    effect, resumes, ..
                } = &self.session
                    && *effect == id
                {
                    self.session = resumes.clone().map_or(Session::SignedOut, Session::Lapsed);
                    self.refuse_sign_in(trouble);
                }
            }
        }
    }

    fn welcome(&mut self, id: EffectId, operator: Operator, now: Now) {
        let (effect, resumes) = match &self.session {
            Session::SigningIn {
                effect, resumes, ..
            } => (effect, resumes),
            // Tokens nobody asked for any more may have taken the place of the ones in use.
            Session::SignedIn(_) => return self.token_ended(now),
            Session::Confirming(_) => {
                return self.drop_operator(Trouble::new(TroubleCode::SignInTimedOut));
            }
            Session::SignedOut | Session::Lapsed(_) => {
                self.effects.push(None, Effect::ForgetOperator);
                return;
            }
        };
        if *effect != id {
            return;
        }
        let refusal = self.refusal(&operator, resumes.as_ref());
        if let Some(trouble) = refusal {
            // Whatever tokens there were: those of this sign-in have taken their place.
            self.end_unattended(SignOutReason::Idle);
            self.effects.push(None, Effect::ForgetOperator);
            let resumes = self.session.lapsed().cloned();
            self.session = resumes.map_or(Session::SignedOut, Session::Lapsed);
            self.refuse_sign_in(trouble);
            return;
        }
        self.trouble = None;
        self.kept_tokens_are_replaced();
        let resumes = self.session.lapsed().cloned();
        match not_expected(&operator, resumes.as_ref()) {
            Some(expected) => {
                let until = now.mono.after_s(u64::from(self.policy.sign_in_limit_s));
                self.session = Session::Confirming(Box::new(Confirming {
                    operator,
                    expected,
                    until,
                    resumes,
                }));
            }
            None => self.admit(operator, now),
        }
    }

    /// Whoever signed in says that it is them.
    pub(super) fn confirm_operator(&mut self, now: Now) -> Result<(), Trouble> {
        let Session::Confirming(confirming) = &self.session else {
            return Err(illegal_in_state());
        };
        let operator = confirming.operator.clone();
        self.admit(operator, now);
        Ok(())
    }

    /// It is somebody else's account: whoever sits here did not sign in with it.
    pub(super) fn refuse_operator(&mut self) -> Result<(), Trouble> {
        let Session::Confirming(_) = &self.session else {
            return Err(illegal_in_state());
        };
        self.drop_operator(Trouble::new(TroubleCode::OperatorNotConfirmed));
        Ok(())
    }

    /// Forgets an account nobody stood by, and why.
    fn drop_operator(&mut self, why: Trouble) {
        let Session::Confirming(confirming) = &mut self.session else {
            return;
        };
        let resumes = confirming.resumes.take();
        self.session = resumes.map_or(Session::SignedOut, Session::Lapsed);
        self.effects.push(None, Effect::ForgetOperator);
        self.refuse_sign_in(why);
    }

    /// The tokens of this sign-in have taken the place of those that were kept for a person who went on alone.
    fn kept_tokens_are_replaced(&mut self) {
        let Some(lapsed) = self.session.lapsed_mut() else {
            return;
        };
        let operator = lapsed.operator.oid.clone();
        let kept = lapsed.unattended.as_mut().filter(|kept| kept.tokens);
        if let Some(kept) = kept {
            kept.tokens = false;
            let why = SignOutReason::Idle;
            self.effects
                .record(None, Event::OperatorSignedOut { operator, why });
        }
    }

    /// From here on things are done in the operator's name.
    fn admit(&mut self, operator: Operator, now: Now) {
        self.record_signed_in(&operator);
        if operator.expected.as_deref() != Some(operator.upn.as_str()) {
            let upn = operator.upn.clone();
            self.effects.push(None, Effect::RememberOperator { upn });
        }
        let since = self.effects.push(None, Effect::ReadPolicies);
        let passkeys_effect = Some(self.effects.push(None, Effect::ReadPasskeyRules));
        let last_run_effect = self.read_last_run();
        let signed_in = SignedIn {
            operator,
            rules: TenantRules::default(),
            policy_effect: Some(since),
            passkeys: None,
            passkeys_effect,
            last_run: None,
            last_run_effect,
            renewing: None,
            since,
            again: None,
        };
        self.touches.by_operator(now.mono);
        self.session = Session::SignedIn(Box::new(signed_in));
        self.roles_may_differ();
        for orphan in &mut self.unreconciled {
            orphan.poll_now(now.mono);
        }
        self.look_for_locked();
    }

    pub(super) fn record_signed_in(&mut self, operator: &Operator) {
        let entry = Event::OperatorSignedIn {
            operator: operator.oid.clone(),
            upn: operator.upn.clone(),
            name: operator.name.clone(),
            tenant: operator.tenant.clone(),
        };
        self.effects.record(None, entry);
    }

    /// Why this person may not work here.
    pub(super) fn refusal(&self, operator: &Operator, resumes: Option<&Lapsed>) -> Option<Trouble> {
        if !operator.tenant.eq_ignore_ascii_case(&self.policy.tenant_id) {
            return Some(Trouble::new(TroubleCode::WrongTenant));
        }
        if operator.guest {
            return Some(Trouble::new(TroubleCode::OperatorGuest));
        }
        let another = resumes.is_some_and(|lapsed| lapsed.operator.oid != operator.oid);
        (another && !self.visits.is_empty()).then(|| Trouble::new(TroubleCode::OtherOperator))
    }

    pub(super) fn refuse_sign_in(&mut self, trouble: Trouble) {
        let support = trouble.support.as_ref();
        let refusal = support.and_then(|support| support.refusal.as_ref());
        let entry = Event::OperatorSignInRefused {
            code: trouble.code,
            aadsts: refusal.and_then(|refusal| refusal.aadsts),
            error_uri: refusal.and_then(|refusal| refusal.error_uri.clone()),
            correlation_id: refusal.and_then(|refusal| refusal.correlation_id.clone()),
        };
        self.effects.record(None, entry);
        self.trouble = Some(trouble);
    }
}

/// Whom the station thought it would be, where it is somebody else. Who goes on with an open session is known by the
/// object id: names move.
fn not_expected(operator: &Operator, resumes: Option<&Lapsed>) -> Option<String> {
    if resumes.is_some_and(|lapsed| lapsed.operator.oid == operator.oid) {
        return None;
    }
    let expected = operator.expected.as_ref()?;
    (!expected.eq_ignore_ascii_case(&operator.upn)).then(|| expected.clone())
}

fn sign_out_reason(why: LockReason) -> SignOutReason {
    match why {
        LockReason::Asked => SignOutReason::Asked,
        LockReason::Idle => SignOutReason::Idle,
        LockReason::TokenEnded => SignOutReason::Expired,
    }
}
