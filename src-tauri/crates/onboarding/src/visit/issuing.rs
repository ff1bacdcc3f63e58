//! The TAP issue protocol: a durable intent, one question, a durable answer, then and only then the screen.

use super::board::Proof;
use super::{Board, Context, sign_in_again};
use crate::effect::{Effect, IssuedPass, Outcome, PassRequest};
use crate::ids::{PassId, VisitId};
use crate::pass::reconcile::{OpenQuestion, Reconcile, Settled};
use crate::pass::state::{HeldPass, PassState};
use crate::person::identity_check::IssuePermit;
use crate::policy::Policy;
use crate::record::{Event, RemovalReason};
use crate::time::{Mono, ServiceTime};
use crate::trouble::{Trouble, TroubleCode};

impl Board {
    pub(super) fn refuse_blocked(&self, cx: &Context<'_>) -> Result<(), Trouble> {
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
        visit: VisitId,
        permit: IssuePermit,
        before: Option<HeldPass>,
        cx: &mut Context<'_>,
    ) {
        self.proof.write_again(visit, cx.effects);
        self.intents += 1;
        let earlier = self.baseline.live_pass().map(|pass| pass.id.clone());
        let mut known_passes: Vec<_> = self
            .baseline
            .pass()
            .map(|pass| pass.id.clone())
            .into_iter()
            .collect();
        known_passes.extend(before.iter().map(|held| held.id.clone()));
        let request = PassRequest {
            user: self.person.id.clone(),
            lifetime_minutes: lifetime(cx),
            once: cx.policy.pass.once || cx.granted.is_some_and(|granted| granted.once_forced),
            intent: format!("{}-{}", visit.0, self.intents),
        };
        let entry = Event::PassIntent {
            intent: request.intent.clone(),
            user: self.person.id.clone(),
            upn: self.person.upn.to_string(),
            known_passes,
            lifetime_minutes: request.lifetime_minutes,
            once: request.once,
            replaces: before.as_ref().map(|held| held.id.clone()).or(earlier),
            renewal: permit.renewal().cloned(),
        };
        let effect = cx.effects.push(Effect::Record {
            visit: Some(visit),
            entry,
        });
        self.pass = PassState::WritingIntent {
            effect,
            request,
            permit,
            before,
        };
    }

    pub(super) fn on_intent_written(
        &mut self,
        visit: VisitId,
        request: PassRequest,
        permit: IssuePermit,
        before: Option<HeldPass>,
        outcome: &Outcome,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        if !matches!(outcome, Outcome::Recorded) {
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
        if refusal.is_some() {
            let entry = Event::PassNotIssued {
                intent: request.intent,
            };
            cx.effects.push(Effect::Record {
                visit: Some(visit),
                entry,
            });
            self.give_back(before, cx.now.mono);
            return refusal;
        }
        cx.rate_limit.spend(cx.now.mono);
        let ask = Effect::IssuePass {
            visit,
            request: request.clone(),
            permit,
        };
        let effect = cx.effects.push(ask);
        self.pass = PassState::Asking {
            effect,
            request,
            asked_at: cx.now.service,
            before,
            made_room: false,
        };
        None
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one state, taken out of it"
    )]
    pub(super) fn on_answer(
        &mut self,
        visit: VisitId,
        request: PassRequest,
        asked_at: ServiceTime,
        before: Option<HeldPass>,
        made_room: bool,
        outcome: Outcome,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        match outcome {
            Outcome::Issued { pass } => {
                self.write_issued(visit, request, asked_at, pass, cx);
                None
            }
            Outcome::IssueRefused { trouble }
                if trouble.code == TroubleCode::PassExists && !made_room =>
            {
                self.make_room(visit, request, asked_at, before, trouble, cx)
            }
            Outcome::IssueRefused { trouble } | Outcome::IssueNotSent { trouble } => {
                self.record_refused(visit, &request, &trouble, cx);
                self.give_back(before, cx.now.mono);
                Some(trouble)
            }
            Outcome::IssueUncertain { support } => {
                self.doubt(visit, &request, asked_at, before, cx);
                Some(Trouble::new(TroubleCode::PassUncertain).support(support))
            }
            Outcome::SignedIn { .. }
            | Outcome::SignInFailed { .. }
            | Outcome::Policies { .. }
            | Outcome::Found { .. }
            | Outcome::FindFailed { .. }
            | Outcome::Methods { .. }
            | Outcome::Devices { .. }
            | Outcome::Failed { .. }
            | Outcome::Recorded
            | Outcome::RecordFailed
            | Outcome::PassRemoved
            | Outcome::HandOutMade { .. } => {
                self.doubt(visit, &request, asked_at, before, cx);
                Some(Trouble::new(TroubleCode::PassUncertain))
            }
        }
    }

    fn doubt(
        &mut self,
        visit: VisitId,
        request: &PassRequest,
        asked_at: ServiceTime,
        before: Option<HeldPass>,
        cx: &mut Context<'_>,
    ) {
        let entry = Event::PassUncertain {
            intent: request.intent.clone(),
        };
        cx.effects.push(Effect::Record {
            visit: Some(visit),
            entry,
        });
        let question = self.question(visit, request, asked_at, before.as_ref(), cx.policy);
        let reconcile = Box::new(Reconcile::look(question, cx.now.mono));
        self.pass = PassState::Uncertain { reconcile, before };
    }

    /// The service refuses a second pass while the first lives: removes the first, as the operator agreed to.
    fn make_room(
        &mut self,
        visit: VisitId,
        request: PassRequest,
        asked_at: ServiceTime,
        before: Option<HeldPass>,
        trouble: Trouble,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let earlier = before.as_ref().map(|held| held.id.clone());
        let earlier = earlier.or_else(|| self.baseline.live_pass().map(|pass| pass.id.clone()));
        let Some(pass) = earlier else {
            self.record_refused(visit, &request, &trouble, cx);
            self.give_back(before, cx.now.mono);
            return Some(Trouble::new(TroubleCode::PassRefused).support(trouble.support));
        };
        cx.rate_limit.spend(cx.now.mono);
        let effect = cx.effects.push(Effect::RemovePass {
            visit,
            user: self.person.id.clone(),
            pass: pass.clone(),
        });
        self.pass = PassState::MakingRoom {
            effect,
            pass,
            request,
            asked_at,
            before,
        };
        None
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one state, taken out of it"
    )]
    pub(super) fn on_room(
        &mut self,
        visit: VisitId,
        pass: PassId,
        request: PassRequest,
        asked_at: ServiceTime,
        before: Option<HeldPass>,
        outcome: Outcome,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let removed = matches!(outcome, Outcome::PassRemoved);
        if removed {
            let entry = Event::PassRemoved {
                pass,
                why: RemovalReason::Renewed,
            };
            cx.effects.push(Effect::Record {
                visit: Some(visit),
                entry,
            });
        }
        let permit = cx.operator.ok_or_else(sign_in_again).and_then(|operator| {
            self.check
                .permit(&self.person.id, &operator.oid, cx.now.mono)
        });
        let failed = match (outcome, permit) {
            (Outcome::PassRemoved, Ok(permit)) => {
                cx.rate_limit.spend(cx.now.mono);
                let ask = Effect::IssuePass {
                    visit,
                    request: request.clone(),
                    permit,
                };
                let effect = cx.effects.push(ask);
                self.pass = PassState::Asking {
                    effect,
                    request,
                    asked_at,
                    before: None,
                    made_room: true,
                };
                return None;
            }
            (Outcome::Failed { trouble, .. }, _) | (_, Err(trouble)) => trouble,
            (_, Ok(_)) => Trouble::new(TroubleCode::PassNotRemoved),
        };
        self.record_refused(visit, &request, &failed, cx);
        self.give_back(before.filter(|_| !removed), cx.now.mono);
        Some(failed)
    }

    fn write_issued(
        &mut self,
        visit: VisitId,
        request: PassRequest,
        asked_at: ServiceTime,
        pass: IssuedPass,
        cx: &mut Context<'_>,
    ) {
        let entry = Event::PassIssued {
            intent: request.intent.clone(),
            pass: pass.id.clone(),
            start: pass.start,
            lifetime_minutes: pass.lifetime_minutes,
            once: pass.once,
        };
        let held = HeldPass::new(
            pass,
            request.intent.clone(),
            cx.policy.pass.settle_s,
            cx.now,
        );
        let effect = cx.effects.push(Effect::Record {
            visit: Some(visit),
            entry,
        });
        self.pass = PassState::WritingIssued {
            effect,
            request,
            asked_at,
            held,
        };
    }

    pub(super) fn on_issued_written(
        &mut self,
        visit: VisitId,
        request: &PassRequest,
        asked_at: ServiceTime,
        held: HeldPass,
        outcome: &Outcome,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        if !matches!(outcome, Outcome::Recorded) {
            let question = self.question(visit, request, asked_at, None, cx.policy);
            let reconcile = Box::new(Reconcile::remove(question, held.id, cx.now.mono));
            self.pass = PassState::Uncertain {
                reconcile,
                before: None,
            };
            return Some(Trouble::new(TroubleCode::PassNotRecorded));
        }
        self.had_pass = true;
        self.evidence.expect_pass();
        self.polling.expect_pass(held.usable_at);
        self.pass = PassState::Held(held);
        None
    }

    /// No pass was made: the one before, its renewal and the looks for it come back.
    pub(super) fn give_back(&mut self, before: Option<HeldPass>, now: Mono) {
        if let Some(held) = before {
            self.check.return_renewal();
            self.polling.next = Some(held.usable_at.max(now));
            self.pass = PassState::Held(held);
        }
    }

    fn record_refused(
        &self,
        visit: VisitId,
        request: &PassRequest,
        trouble: &Trouble,
        cx: &mut Context<'_>,
    ) {
        let entry = Event::PassRefused {
            intent: request.intent.clone(),
            code: trouble.code.short(),
        };
        cx.effects.push(Effect::Record {
            visit: Some(visit),
            entry,
        });
    }

    fn question(
        &self,
        visit: VisitId,
        request: &PassRequest,
        asked_at: ServiceTime,
        before: Option<&HeldPass>,
        policy: &Policy,
    ) -> OpenQuestion {
        let mut known: Vec<_> = self
            .baseline
            .pass()
            .map(|pass| pass.id.clone())
            .into_iter()
            .collect();
        known.extend(before.map(|held| held.id.clone()));
        OpenQuestion {
            visit,
            user: self.person.id.clone(),
            upn: self.person.upn.to_string(),
            intent: request.intent.clone(),
            known,
            asked_at,
            until: asked_at.after_minutes(request.lifetime_minutes),
            lists: policy.passes_query(),
        }
    }

    pub(super) fn settle(
        &mut self,
        reconcile: Box<Reconcile>,
        before: Option<HeldPass>,
        settled: Option<Settled>,
        now: Mono,
    ) {
        match settled {
            None => self.pass = PassState::Uncertain { reconcile, before },
            Some(Settled::NotIssued) => self.give_back(before, now),
            // A pass that was made has replaced the one before.
            Some(Settled::Removed | Settled::Lapsed) => self.pass = PassState::None,
        }
    }

    /// What the visit leaves behind when it ends in the middle of issuing.
    pub(super) fn leave_behind(
        &mut self,
        visit: VisitId,
        cx: &mut Context<'_>,
    ) -> (Option<HeldPass>, Option<Reconcile>) {
        match std::mem::replace(&mut self.pass, PassState::None) {
            PassState::None => (None, None),
            PassState::Preflight { before, .. } => (before, None),
            PassState::WritingIntent {
                request, before, ..
            } => {
                let entry = Event::PassNotIssued {
                    intent: request.intent,
                };
                cx.effects.push(Effect::Record {
                    visit: Some(visit),
                    entry,
                });
                (before, None)
            }
            PassState::Asking {
                effect,
                request,
                asked_at,
                before,
                ..
            } => {
                let question = self.question(visit, &request, asked_at, before.as_ref(), cx.policy);
                (
                    before,
                    Some(Reconcile::await_answer(question, effect, cx.now.mono)),
                )
            }
            PassState::MakingRoom {
                request, before, ..
            } => {
                let entry = Event::PassNotIssued {
                    intent: request.intent,
                };
                cx.effects.push(Effect::Record {
                    visit: Some(visit),
                    entry,
                });
                (before, None)
            }
            PassState::WritingIssued {
                request,
                asked_at,
                held,
                ..
            } => {
                let question = self.question(visit, &request, asked_at, None, cx.policy);
                (
                    None,
                    Some(Reconcile::remove(question, held.id, cx.now.mono)),
                )
            }
            PassState::Held(held) => (Some(held), None),
            PassState::Uncertain { reconcile, before } => (before, Some(*reconcile)),
        }
    }
}

/// The lifetime asked for: the site's wish within the tenant's bounds.
pub(crate) fn lifetime(cx: &Context<'_>) -> u32 {
    let wish = cx.policy.pass.lifetime_minutes;
    cx.granted.map_or(wish, |granted| {
        wish.clamp(
            granted.min_minutes,
            granted.max_minutes.max(granted.min_minutes),
        )
    })
}
