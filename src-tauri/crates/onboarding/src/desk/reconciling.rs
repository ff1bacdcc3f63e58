//! Passes whose fate is open beside the visits: looked for, taken back, and the operator asked whose they are.

use super::Desk;
use crate::effect::EffectId;
use crate::effects::Effects;
use crate::ids::{PassId, VisitId};
use crate::pass::open_question::OpenQuestion;
use crate::pass::reconcile::{Look, Reconcile, Settled};
use crate::person::directory::KnownPass;
use crate::quota::rate_limit::RateLimit;
use crate::record::Event;
use crate::time::Now;
use crate::trouble::Trouble;
use crate::view::{PassQuestionView, PendingPassView};
use crate::visit::{Visit, illegal_in_state, sign_in_again};

impl Desk {
    /// Looks where it is time to; says whether anything came of it.
    pub(super) fn look_for_passes(&mut self, now: Now) -> bool {
        let mut changed = false;
        let mut place = 0;
        while place < self.unreconciled.len() {
            let before = self.unreconciled.len();
            let look =
                |open: &mut Reconcile,
                 look: Look<'_>,
                 effects: &mut Effects,
                 limit: &mut RateLimit| { open.on_time(look, effects, limit) };
            changed |= self.with_unreconciled(place, now, look);
            if self.unreconciled.len() == before {
                place += 1;
            }
        }
        changed
    }

    /// Does something with one of them; says whether anything came of it.
    pub(super) fn with_unreconciled(
        &mut self,
        place: usize,
        now: Now,
        then: impl FnOnce(&mut Reconcile, Look<'_>, &mut Effects, &mut RateLimit) -> Option<Settled>,
    ) -> bool {
        let mut open = self.unreconciled.remove(place);
        let visit = open.question.subject.visit;
        let same_person =
            |other: &&Reconcile| other.question.subject.user == open.question.subject.user;
        let others = self.unreconciled.iter().filter(same_person);
        let accounted: Vec<_> = others.filter_map(Reconcile::claims).cloned().collect();
        let look = Look {
            now,
            signed_in: self.session.operator().is_some(),
            visit_open: self.visits.get(&visit).is_some_and(Visit::hands_over),
            accounted: &accounted,
        };
        let settled = then(&mut open, look, &mut self.effects, &mut self.rate_limit);
        if settled.is_none_or(|settled| !settled.is_final()) {
            self.unreconciled.insert(place, open);
        }
        if let Some(settled) = settled {
            self.told_of(visit, settled);
        }
        settled.is_some()
    }

    fn told_of(&mut self, visit: VisitId, settled: Settled) {
        if let Some(visit) = self.visits.get_mut(&visit) {
            visit.settled(settled);
        }
    }

    /// A question of ours led to this pass: to no other question it is a stranger.
    pub(super) fn account_for(&mut self, by: EffectId, pass: &PassId) {
        let others = self.unreconciled.iter_mut();
        for open in others.filter(|open| !open.waits_for(by)) {
            open.account_for(pass);
        }
    }

    /// A pass took the place of a visit's own. Whoever looks for something of the same person looks now; else the
    /// operator is asked.
    pub(super) fn ask_about(&mut self, question: OpenQuestion, found: &KnownPass, now: Now) {
        let looks_for_theirs = |open: &&mut Reconcile| {
            open.searches() && open.question.subject.user == question.subject.user
        };
        match self.unreconciled.iter_mut().find(looks_for_theirs) {
            Some(open) => open.poll_now(now.mono),
            None => {
                let open = Reconcile::ask(question, found, now.mono, &mut self.effects);
                self.unreconciled.push(open);
            }
        }
    }

    /// The operator says whose a pass is.
    pub(super) fn decide_on_pass(
        &mut self,
        intent: &str,
        pass: &PassId,
        remove: bool,
        now: Now,
    ) -> Result<(), Trouble> {
        let operator = self.session.operator().ok_or_else(sign_in_again)?;
        let operator = operator.oid.clone();
        let asked = |open: &&mut Reconcile| {
            open.question.intent == intent && open.asks().is_some_and(|found| found.pass == *pass)
        };
        let open = self.unreconciled.iter_mut().find(asked);
        let open = open.ok_or_else(illegal_in_state)?;
        open.decide(remove, now.mono);
        let decided = Event::PassDecided {
            intent: intent.to_owned(),
            pass: pass.clone(),
            operator,
            remove,
        };
        self.effects
            .record(Some(open.question.subject.visit), decided);
        Ok(())
    }

    /// Passes for which somebody has to wait.
    pub(super) fn pending_passes(&self) -> Vec<PendingPassView> {
        let waiting = self.unreconciled.iter().filter(|open| open.blocks());
        let pending = |open: &Reconcile| PendingPassView {
            upn: open.question.upn.clone(),
            until: open.until(),
        };
        waiting.map(pending).collect()
    }

    /// Passes of which the operator is asked; nobody is asked while nobody is there.
    pub(super) fn pass_questions(&self) -> Vec<PassQuestionView> {
        if self.session.operator().is_none() {
            return Vec::new();
        }
        let asked = |open: &Reconcile| {
            let found = open.asks()?;
            Some(PassQuestionView {
                intent: open.question.intent.clone(),
                pass: found.pass.clone(),
                upn: open.question.upn.clone(),
                made: found.made,
                asked: open.question.asked.at,
                until: found.until(),
            })
        };
        self.unreconciled.iter().filter_map(asked).collect()
    }
}
