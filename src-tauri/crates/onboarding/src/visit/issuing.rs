//! The TAP issue protocol: a durable intent, one question, a durable answer, then and only then the screen.

use super::proof::Proof;
use super::{Board, Context, Glance, sign_in_again};
use crate::effect::{
    Effect, EffectFailure, IssueAnswer, IssuedPass, NotRecorded, PassRemoval, PassRequest,
};
use crate::ids::PassId;
use crate::pass::open_question::{Asked, OpenQuestion};
use crate::pass::reconcile::{Reconcile, Settled};
use crate::pass::state::{
    Asking, HeldPass, IssueStep, Issuing, MakingRoom, PassState, Uncertain, WritingIntent,
    WritingIssued,
};
use crate::person::identity_check::IssuePermit;
use crate::record::{Event, RemovalReason};
use crate::time::{Mono, Now};
use crate::trouble::{Support, Trouble, TroubleCode};

impl Board {
    pub(super) fn refuse_blocked(&self, cx: &Glance<'_>) -> Result<(), Trouble> {
        if let Some(trouble) = cx.refusal(&self.person.id) {
            return Err(trouble);
        }
        if cx.granted.is_some_and(|granted| !granted.enabled) {
            return Err(Trouble::new(TroubleCode::PassPolicyDisabled));
        }
        Ok(())
    }

    pub(super) fn write_intent(
        &mut self,
        permit: IssuePermit,
        before: Option<HeldPass>,
        cx: &mut Context<'_>,
    ) {
        self.proof.write_again(cx);
        self.intents += 1;
        let earlier = self.earlier(cx.now);
        let request = PassRequest {
            lifetime_minutes: lifetime(cx),
            once: cx.policy.pass.once || cx.granted.is_some_and(|granted| granted.once_forced),
            intent: format!("{}-{}", cx.visit.0, self.intents),
            client_request_id: cx.ids.request_id(),
        };
        let effect = cx.record(Event::PassIntent {
            intent: request.intent.clone(),
            operator: self.check.operator().clone(),
            user: self.person.id.clone(),
            upn: self.person.upn.to_string(),
            client_request_id: request.client_request_id.clone(),
            known_passes: self.known_passes(before.as_ref()),
            lifetime_minutes: request.lifetime_minutes,
            once: request.once,
            replaces: before.as_ref().map(|held| held.id.clone()).or(earlier),
            renewal: permit.renewal().cloned(),
            time_confirmed: cx.now.confirmed,
            confirmed_by: permit.confirmed_by().cloned(),
        });
        let writing = WritingIntent {
            effect,
            request,
            permit,
        };
        self.go_on(before, IssueStep::WritingIntent(writing));
    }

    pub(super) fn on_intent_written(
        &mut self,
        writing: WritingIntent,
        before: Option<HeldPass>,
        written: Result<(), NotRecorded>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        if written.is_err() {
            cx.effects
                .never_meant(cx.glance.visit, &writing.request.intent);
            self.give_back(before, cx.now.mono);
            return Some(Trouble::new(TroubleCode::PassNotRecorded));
        }
        let refusal = match (&self.proof, cx.operator) {
            (Proof::Written, Some(_)) => None,
            (Proof::Written, None) => Some(sign_in_again()),
            (Proof::Writing { .. } | Proof::Unwritten { .. }, _) => {
                Some(Trouble::new(TroubleCode::PassNotRecorded))
            }
        };
        let WritingIntent {
            request, permit, ..
        } = writing;
        if refusal.is_some() {
            let intent = request.intent;
            cx.record(Event::PassNotIssued { intent });
            self.give_back(before, cx.now.mono);
            return refusal;
        }
        self.ask(request, permit, (Asked::now(cx.now), false), before, cx);
        None
    }

    /// The one question. It leaves only with a permit, and after its intent is durable.
    fn ask(
        &mut self,
        request: PassRequest,
        permit: IssuePermit,
        (asked, made_room): (Asked, bool),
        before: Option<HeldPass>,
        cx: &mut Context<'_>,
    ) {
        cx.rate_limit.spend(cx.glance.now.mono);
        let effect = cx.push(Effect::IssuePass {
            request: request.clone(),
            permit,
        });
        let asking = Asking {
            effect,
            request,
            asked,
            made_room,
        };
        self.go_on(before, IssueStep::Asking(asking));
    }

    pub(super) fn on_answer(
        &mut self,
        asking: Asking,
        before: Option<HeldPass>,
        answer: IssueAnswer,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        match answer {
            // A pass that was there before did not come of this question, whoever says so.
            IssueAnswer::Issued(pass) if self.knows(&pass.id, &asking, before.as_ref(), cx) => {
                self.on_answer(asking, before, IssueAnswer::Uncertain(None), cx)
            }
            IssueAnswer::Issued(pass) => {
                self.write_issued(asking, before.as_ref(), pass, cx);
                None
            }
            IssueAnswer::Refused(trouble) if trouble.code == TroubleCode::PassExists => {
                let earlier = before.as_ref().map(|held| held.id.clone());
                let earlier = earlier.or_else(|| self.earlier(cx.now));
                match earlier.filter(|_| !asking.made_room) {
                    Some(pass) => self.make_room(asking, pass, before, cx),
                    // Nobody knows of it: this very question may have made it, sent twice on its way.
                    None => return Some(self.doubt(asking, before, trouble.support, cx)),
                }
                None
            }
            IssueAnswer::Refused(trouble) | IssueAnswer::NotSent(trouble) => {
                record_refused(&asking.request, &trouble, cx);
                self.give_back(before, cx.now.mono);
                Some(trouble)
            }
            IssueAnswer::Uncertain(support) => Some(self.doubt(asking, before, support, cx)),
        }
    }

    /// A pass may exist that nobody saw.
    fn doubt(
        &mut self,
        asking: Asking,
        before: Option<HeldPass>,
        support: Option<Support>,
        cx: &mut Context<'_>,
    ) -> Trouble {
        cx.record(Event::PassUncertain {
            intent: asking.request.intent.clone(),
            code: TroubleCode::PassUncertain,
        });
        let question = self.question(&asking.request, asking.asked, before.as_ref(), cx);
        let reconcile = Box::new(Reconcile::look(question, cx.now.mono));
        self.pass = PassState::Uncertain(Uncertain { reconcile, before });
        Trouble::new(TroubleCode::PassUncertain).support(support)
    }

    /// The service refuses a second pass while the first lives: removes the first, as the operator agreed to.
    fn make_room(
        &mut self,
        asking: Asking,
        pass: PassId,
        before: Option<HeldPass>,
        cx: &mut Context<'_>,
    ) {
        cx.rate_limit.spend(cx.glance.now.mono);
        let effect = cx.push(Effect::RemovePass {
            user: self.person.id.clone(),
            pass: pass.clone(),
        });
        let making = MakingRoom {
            effect,
            pass,
            request: asking.request,
            asked: asking.asked,
        };
        self.go_on(before, IssueStep::MakingRoom(making));
    }

    pub(super) fn on_room(
        &mut self,
        making: MakingRoom,
        before: Option<HeldPass>,
        removed: Result<PassRemoval, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let permit = cx.operator.ok_or_else(sign_in_again).and_then(|operator| {
            self.check
                .permit(&self.person.id, &operator.oid, cx.now.mono)
        });
        let (permit, before) = match removed {
            Ok(PassRemoval::Removed) => {
                let ours = before.as_ref().filter(|held| held.id == making.pass);
                ours.inspect(|held| self.watch.pass_removed(held));
                let (pass, why) = (making.pass, RemovalReason::Renewed);
                cx.record(Event::PassRemoved { pass, why });
                (permit, None)
            }
            // Nothing was done: what was held is still held.
            Ok(PassRemoval::NotThere) => {
                let (intent, pass) = (making.request.intent.clone(), making.pass);
                cx.record(Event::PassNotThere { intent, pass });
                (permit, before)
            }
            Err(failure) => (Err(failure.trouble), before),
        };
        match permit {
            Ok(permit) => {
                self.ask(making.request, permit, (making.asked, true), before, cx);
                None
            }
            Err(failed) => {
                record_refused(&making.request, &failed, cx);
                self.give_back(before, cx.now.mono);
                Some(failed)
            }
        }
    }

    /// Whether this pass was listed, or ever this station's, before it was asked for another one.
    fn knows(
        &self,
        pass: &PassId,
        asking: &Asking,
        before: Option<&HeldPass>,
        cx: &Context<'_>,
    ) -> bool {
        let question = self.question(&asking.request, asking.asked, before, cx);
        question.known.contains(pass) || cx.effects.passes.had(pass)
    }

    fn write_issued(
        &mut self,
        asking: Asking,
        before: Option<&HeldPass>,
        pass: IssuedPass,
        cx: &mut Context<'_>,
    ) {
        let Asking { request, asked, .. } = asking;
        let effect = cx.record(Event::PassIssued {
            intent: request.intent.clone(),
            pass: pass.id.clone(),
            start: pass.start,
            lifetime_minutes: pass.lifetime_minutes,
            once: pass.once,
        });
        let settle_s = cx.policy.pass.settle_s;
        let question = self.question(&request, asked, before, cx);
        let held = HeldPass::new(pass, question, settle_s, cx.now);
        self.go_on(
            None,
            IssueStep::WritingIssued(WritingIssued { effect, held }),
        );
    }

    pub(super) fn on_issued_written(
        &mut self,
        writing: WritingIssued,
        written: Result<(), NotRecorded>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let held = writing.held;
        let unfit = match written {
            Err(_) => Some(TroubleCode::PassNotRecorded),
            // Whatever answered so is not taken at its word: nothing is shown, and what was made is taken back.
            Ok(()) if !held.is_as_asked() => Some(TroubleCode::PassUncertain),
            Ok(()) => None,
        };
        if let Some(code) = unfit {
            let owed = owe(&held, cx.now.mono);
            let reconcile = match held.is_as_asked() {
                true => owed,
                false => owed.and_search(),
            };
            self.pass = PassState::Uncertain(Uncertain {
                reconcile: Box::new(reconcile),
                before: None,
            });
            return Some(Trouble::new(code));
        }
        self.had_pass = true;
        self.watch.pass_issued();
        self.own.push(held.id.clone());
        self.evidence.expect_pass();
        self.polling.expect_pass(held.usable_at);
        self.pass = PassState::Held(held);
        None
    }

    /// The next step on the way; the pass that was held so far waits for what comes of it.
    pub(super) fn go_on(&mut self, before: Option<HeldPass>, step: IssueStep) {
        self.pass = PassState::Issuing(Issuing { before, step });
    }

    /// No pass was made: the one before, its renewal and the looks for it come back.
    pub(super) fn give_back(&mut self, before: Option<HeldPass>, now: Mono) {
        if let Some(held) = before {
            self.check.return_renewal();
            self.polling.next = Some(held.usable_at.max(now));
            self.pass = PassState::Held(held);
        }
    }

    fn known_passes(&self, before: Option<&HeldPass>) -> Vec<PassId> {
        let listed = self.baseline.passes().map(|pass| pass.id.clone());
        let ours = before.map(|held| held.id.clone());
        listed.chain(ours).chain(self.own.clone()).collect()
    }

    /// The pass that lives already, where one does.
    fn earlier(&self, now: Now) -> Option<PassId> {
        let mut living = self.baseline.live_passes(now);
        living.next().map(|pass| pass.id.clone())
    }

    fn question(
        &self,
        request: &PassRequest,
        asked: Asked,
        before: Option<&HeldPass>,
        cx: &Glance<'_>,
    ) -> OpenQuestion {
        OpenQuestion {
            subject: cx.subject(&self.person.id),
            upn: self.person.upn.to_string(),
            intent: request.intent.clone(),
            known: self.known_passes(before),
            asked,
            lifetime_minutes: request.lifetime_minutes,
            once: Some(request.once),
            lists: self.evidence.routes.passes(cx.policy.scopes),
        }
    }

    /// What looking for a pass that nobody saw came to. What may still come late is looked for beside the visit.
    pub(super) fn settle(&mut self, uncertain: Uncertain, settled: Option<Settled>, now: Mono) {
        let Uncertain { reconcile, before } = uncertain;
        let Some(settled) = settled else {
            self.pass = PassState::Uncertain(Uncertain { reconcile, before });
            return;
        };
        match settled {
            Settled::NotIssued | Settled::NotSeen | Settled::Asked => self.give_back(before, now),
            // A pass that was made has replaced the one before.
            Settled::TakenBack | Settled::Removed | Settled::Gone | Settled::Lapsed => {}
        }
        if !settled.is_final() {
            self.late = Some(reconcile.until());
            self.beside.push(*reconcile);
        }
    }

    /// What the visit leaves behind when it ends: a pass that is held, and one that must be looked for.
    pub(super) fn leave_behind(
        &mut self,
        cx: &mut Context<'_>,
    ) -> (Option<HeldPass>, Option<Reconcile>) {
        match std::mem::take(&mut self.pass) {
            PassState::None => (None, None),
            PassState::Held(held) => (Some(held), None),
            PassState::Uncertain(uncertain) => (uncertain.before, Some(*uncertain.reconcile)),
            PassState::Issuing(Issuing { before, step }) => {
                let open = self.break_off(step, before.as_ref(), cx);
                (before, open)
            }
        }
    }

    /// Ends the way to a pass wherever it stands; says what must be looked for then.
    fn break_off(
        &self,
        step: IssueStep,
        before: Option<&HeldPass>,
        cx: &mut Context<'_>,
    ) -> Option<Reconcile> {
        let now = cx.now.mono;
        let unasked = match step {
            IssueStep::Preflight(_) | IssueStep::CheckingLimits(_) => return None,
            IssueStep::WritingIntent(writing) => writing.request,
            IssueStep::MakingRoom(making) => making.request,
            IssueStep::Asking(asking) => {
                let question = self.question(&asking.request, asking.asked, before, cx);
                return Some(Reconcile::await_answer(question, asking.effect, now));
            }
            IssueStep::WritingIssued(writing) => return Some(owe(&writing.held, now)),
        };
        let intent = unasked.intent;
        cx.record(Event::PassNotIssued { intent });
        None
    }
}

/// A pass that was issued and must not be shown.
fn owe(held: &HeldPass, now: Mono) -> Reconcile {
    Reconcile::owe((*held.question).clone(), held.to_take_back(), now)
}

fn record_refused(request: &PassRequest, trouble: &Trouble, cx: &mut Context<'_>) {
    cx.record(Event::PassRefused {
        intent: request.intent.clone(),
        code: trouble.code,
    });
}

/// The lifetime asked for: the site's wish within the tenant's bounds.
pub(crate) fn lifetime(cx: &Glance<'_>) -> u32 {
    let wish = cx.policy.pass.lifetime_minutes;
    cx.granted.map_or(wish, |granted| {
        wish.clamp(
            granted.min_minutes,
            granted.max_minutes.max(granted.min_minutes),
        )
    })
}
