//! What came of what was to be done: each answer goes to whoever asked, by its own type.

use super::Desk;
use crate::effect::{Answer, EffectId};
use crate::effects::Effects;
use crate::ids::VisitId;
use crate::pass::reconcile::{Reconcile, Settled};
use crate::quota::rate_limit::RateLimit;
use crate::time::Now;
use crate::trouble::{Arg, Trouble, TroubleCode};
use crate::visit::{Context, Visit, VisitEffects};

/// Who waits for an answer, and what it means whoever waits.
#[derive(Clone, Copy)]
struct Addressee {
    /// None is the desk itself.
    visit: Option<VisitId>,
    /// The service no longer takes the operator's token.
    token_ended: bool,
    now: Now,
}

impl Desk {
    /// An effect finished. An answer nobody waits for is dropped.
    pub fn handle_answer(&mut self, id: EffectId, answer: Answer, now: Now) {
        let Some(visit) = self.effects.answered(id) else {
            return;
        };
        self.revision += 1;
        if let Some(seconds) = asked_quiet(&answer) {
            self.rate_limit.close_for(seconds, now.mono);
        }
        let failure = answer.failure();
        let to = Addressee {
            visit,
            token_ended: failure.is_some_and(|why| why.code == TroubleCode::SignInAgain),
            now,
        };
        match answer {
            Answer::SignedIn(result) => self.on_signed_in(id, result, now),
            Answer::Policies(policy) => self.on_policies(id, policy),
            Answer::Found(found) => self.tell(to, |visit, _| {
                visit.on_found(id, found);
                VisitEffects::default()
            }),
            Answer::Read(read) => match self.unreconciled_for(id) {
                Some(place) => self.reconcile(to, place, |open, effects, limit| {
                    open.on_read(read, now, effects, limit)
                }),
                None => self.tell(to, |visit, cx| visit.on_read(id, read, cx)),
            },
            Answer::Issue(answer) => match self.unreconciled_for(id) {
                Some(place) => self.reconcile(to, place, |open, effects, _| {
                    open.on_issue(id, answer, now, effects)
                }),
                None => self.tell(to, |visit, cx| visit.on_issue(id, answer, cx)),
            },
            Answer::Removed(removed) => match self.unreconciled_for(id) {
                Some(place) => self.reconcile(to, place, |open, _, limit| {
                    open.on_removed(removed, now, limit);
                    None
                }),
                None => self.tell(to, |visit, cx| visit.on_removed(id, removed, cx)),
            },
            Answer::Recorded(written) => {
                self.effects.recorded(id, written);
                if written.is_err() {
                    self.trouble = Some(Trouble::new(TroubleCode::RecordFailed));
                }
                self.tell(to, |visit, cx| visit.on_recorded(id, written, cx));
            }
            Answer::HandOut(made) => self.tell(to, |visit, cx| visit.on_hand_out(id, made, cx)),
        }
    }

    fn unreconciled_for(&self, id: EffectId) -> Option<usize> {
        self.unreconciled.iter().position(|open| open.waits_for(id))
    }

    /// An answer for a pass that is looked for.
    fn reconcile(
        &mut self,
        to: Addressee,
        place: usize,
        then: impl FnOnce(&mut Reconcile, &mut Effects, &mut RateLimit) -> Option<Settled>,
    ) {
        let open = &mut self.unreconciled[place];
        if let Some(settled) = then(open, &mut self.effects, &mut self.rate_limit) {
            let open = self.unreconciled.remove(place);
            if let Some(visit) = self.visits.get_mut(&open.question.visit)
                && settled == Settled::Removed
            {
                visit.taken_back();
            }
        }
        if to.token_ended {
            self.token_ended();
        }
    }

    /// An answer for a visit, if it is still open.
    fn tell(
        &mut self,
        to: Addressee,
        then: impl FnOnce(&mut Visit, &mut Context<'_>) -> VisitEffects,
    ) {
        let Some(visit) = to.visit else { return };
        let Ok(mut after) = self.with_visit(visit, to.now, then) else {
            return;
        };
        after.token_ended |= to.token_ended;
        if after.told {
            self.trouble = None;
        }
        self.settle_aftermath(visit, after);
    }
}

/// How long the service wants to be left alone, where this answer says so.
fn asked_quiet(answer: &Answer) -> Option<u32> {
    let refused = answer.refusal()?;
    let said = refused.args.get("seconds");
    match said.filter(|_| refused.code == TroubleCode::Throttled)? {
        Arg::Number(seconds) => u32::try_from(*seconds).ok(),
        Arg::Text(_) => None,
    }
}
