//! What the directory is still asked about a test once the visit is over. Nobody sees it; what comes of it is written
//! down, and told where the operator may now ask the person back.

use super::Desk;
use crate::effect::EffectId;
use crate::proof_look::{LateLook, ProofLook, Shown};
use crate::quota::rate_limit::RateLimit;
use crate::record::{AfterEvent, Event};
use crate::sign_in_test::LookEnd;
use crate::time::{Mono, Now};

impl Desk {
    /// A visit leaves one behind. Without an operator nobody can look.
    pub(super) fn looks_late(&mut self, late: LateLook) {
        self.late_looks.push(late);
        if self.session.operator().is_none() {
            self.end_late_looks(LookEnd::SignedOut);
        }
    }

    /// Asks what is due, and gives up what is over; says whether anything came of it.
    pub(super) fn look_late(&mut self, now: Now) -> bool {
        let mut changed = false;
        for late in &mut self.late_looks {
            let (visit, effects) = (late.look.subject.visit, &mut self.effects);
            let push = |effect| effects.push_after(visit, effect);
            changed |= late.look.on_time(now.mono, &mut self.rate_limit, push);
        }
        self.drop_late(now) || changed
    }

    pub(super) fn late_due(&self) -> Option<Mono> {
        let due = |late: &LateLook| late.look.due(&self.rate_limit);
        self.late_looks.iter().filter_map(due).min()
    }

    /// Which of them waits for this answer.
    pub(super) fn late_for(&self, id: EffectId) -> Option<usize> {
        self.late_looks
            .iter()
            .position(|late| late.look.waits_for(id))
    }

    /// One of them was answered.
    pub(super) fn late_answered(
        &mut self,
        place: usize,
        now: Now,
        then: impl FnOnce(&mut ProofLook, Mono, &mut RateLimit) -> Option<Shown>,
    ) {
        if let Some(late) = self.late_looks.get_mut(place) {
            let shown = then(&mut late.look, now.mono, &mut self.rate_limit);
            let mut event = shown.and_then(|shown| shown.event(late.proof));
            if let Some(AfterEvent::TestProven { proof, ask_back }) = &mut event {
                let needs = self.policy.passwords.needs_proof;
                *ask_back = late.not_proven && needs.is_met_by(*proof);
            }
            if let Some(event) = event {
                self.effects
                    .record(Some(late.look.subject.visit), Event::After(event));
            }
        }
        self.drop_late(now);
    }

    /// The operator goes, or the app ends: nothing of them is kept.
    pub(super) fn end_late_looks(&mut self, why: LookEnd) {
        self.end_last_looks();
        for late in std::mem::take(&mut self.late_looks) {
            self.not_further(&late, why);
        }
    }

    fn drop_late(&mut self, now: Now) -> bool {
        let (over, go_on): (Vec<_>, Vec<_>) = std::mem::take(&mut self.late_looks)
            .into_iter()
            .partition(|late| late.look.is_over(now.mono));
        self.late_looks = go_on;
        for late in &over {
            self.not_further(late, LookEnd::Over);
        }
        !over.is_empty()
    }

    fn not_further(&mut self, late: &LateLook, why: LookEnd) {
        if !late.look.has_said_all() {
            let entry = Event::After(AfterEvent::NotLookedAtFurther { why });
            self.effects.record(Some(late.look.subject.visit), entry);
        }
    }
}
