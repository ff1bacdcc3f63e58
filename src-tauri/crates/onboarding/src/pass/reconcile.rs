//! After an answer that was neither a clear yes nor a clear no: look, remove what is ours, only then go on.

use crate::effect::{Effect, EffectFailure, EffectId, IssueAnswer, Reading};
use crate::effects::Effects;
use crate::ids::{PassId, UserId, VisitId};
use crate::person::directory::{KnownPass, MethodRead};
use crate::quota::rate_limit::RateLimit;
use crate::reading::MethodQuery;
use crate::record::Event;
use crate::time::{Mono, Now, ServiceTime};

/// Reads that must agree that there is no pass, and the seconds they must span.
const AGREEING_READS: u8 = 3;
const AGREEING_SPAN_S: u64 = 10;
const LOOK_EVERY_S: u64 = 5;
const RETRY_S: u64 = 10;
/// How far the service's two clocks may disagree about when a pass was made.
const SKEW_MS: i64 = 300_000;

/// A pass that may exist though nobody saw it, or that is known and owed.
#[derive(Debug)]
pub(crate) struct Reconcile {
    pub(crate) question: OpenQuestion,
    step: Step,
    clean: u8,
    first_clean: Option<Mono>,
    /// The effect whose answer was given up; should it come all the same, it still counts.
    unanswered: Option<EffectId>,
    /// A pass that is known to exist, whatever a list says.
    made: Option<PassId>,
    removed: Option<PassId>,
    /// The pass it is about, where that is known from the start: no other is ever touched.
    only: Option<PassId>,
}

#[derive(Debug)]
enum Step {
    /// The question is still on its way; its answer, if one comes, settles it.
    AwaitAnswer {
        effect: EffectId,
        give_up: Mono,
    },
    Wait {
        next: Mono,
    },
    Read {
        effect: EffectId,
    },
    Remove {
        effect: EffectId,
        pass: PassId,
    },
}

/// How it was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    NotIssued,
    Removed,
    Lapsed,
}

/// The open question a reconciliation starts from.
#[derive(Debug, Clone)]
pub(crate) struct OpenQuestion {
    pub(crate) visit: VisitId,
    pub(crate) user: UserId,
    pub(crate) upn: String,
    pub(crate) intent: String,
    pub(crate) known: Vec<PassId>,
    pub(crate) asked_at: ServiceTime,
    pub(crate) until: ServiceTime,
    /// What shows the passes.
    pub(crate) lists: MethodQuery,
}

impl Reconcile {
    /// Starts to look at once.
    pub(crate) fn look(question: OpenQuestion, now: Mono) -> Self {
        Self::with(question, Step::Wait { next: now })
    }

    /// Waits for the answer that is still on its way.
    pub(crate) fn await_answer(question: OpenQuestion, effect: EffectId, now: Mono) -> Self {
        Self::with(
            question,
            Step::AwaitAnswer {
                effect,
                give_up: now.after_s(90),
            },
        )
    }

    /// Starts by removing a pass that is known to exist and must not be shown.
    pub(crate) fn remove(question: OpenQuestion, pass: PassId, now: Mono) -> Self {
        Self {
            only: Some(pass.clone()),
            made: Some(pass),
            ..Self::look(question, now)
        }
    }

    fn with(question: OpenQuestion, step: Step) -> Self {
        Self {
            question,
            step,
            clean: 0,
            first_clean: None,
            unanswered: None,
            made: None,
            removed: None,
            only: None,
        }
    }

    /// Whether `id` is the effect it waits for.
    pub(crate) fn waits_for(&self, id: EffectId) -> bool {
        if self.unanswered == Some(id) {
            return true;
        }
        match &self.step {
            Step::AwaitAnswer { effect, .. }
            | Step::Read { effect }
            | Step::Remove { effect, .. } => *effect == id,
            Step::Wait { .. } => false,
        }
    }

    /// When something is due.
    pub(crate) fn due(&self) -> Option<Mono> {
        match &self.step {
            Step::Wait { next } => Some(*next),
            Step::AwaitAnswer { give_up, .. } => Some(*give_up),
            Step::Read { .. } | Step::Remove { .. } => None,
        }
    }

    /// Looks when it is time to and somebody is signed in.
    pub(crate) fn on_time(
        &mut self,
        now: Now,
        signed_in: bool,
        effects: &mut Effects,
        rate_limit: &mut RateLimit,
    ) -> Option<Settled> {
        if now.is_surely_past(self.question.until) {
            effects.record(
                Some(self.question.visit),
                Event::PassLapsed {
                    intent: self.question.intent.clone(),
                },
            );
            return Some(Settled::Lapsed);
        }
        if self.due().is_some_and(|due| due <= now.mono) {
            if let Step::AwaitAnswer { effect, .. } = &self.step {
                self.unanswered = Some(*effect);
            }
            let free = if signed_in {
                rate_limit.try_spend_asked(now.mono)
            } else {
                Err(now.mono.after_s(RETRY_S))
            };
            match (free, self.made.clone()) {
                (Err(next), _) => self.step = Step::Wait { next },
                (Ok(()), Some(pass)) => self.start_removal(pass, effects),
                (Ok(()), None) => self.start_read(effects),
            }
        }
        None
    }

    /// Looks now instead of at the next due time.
    pub(crate) fn poll_now(&mut self, now: Mono) {
        if let Step::Wait { next } = &mut self.step {
            *next = now;
        }
    }

    /// What came of asking for the pass.
    pub(crate) fn on_issue(
        &mut self,
        id: EffectId,
        answer: IssueAnswer,
        now: Now,
        effects: &mut Effects,
    ) -> Option<Settled> {
        let late = self.unanswered.take_if(|effect| *effect == id).is_some();
        match answer {
            IssueAnswer::Issued(pass) => {
                self.made = Some(pass.id);
                self.step = Step::Wait { next: now.mono };
                None
            }
            IssueAnswer::Refused(_) => Some(self.settle_not_issued(effects)),
            IssueAnswer::NotSent(_) | IssueAnswer::Uncertain(_) if late => None,
            IssueAnswer::NotSent(_) => Some(self.settle_not_issued(effects)),
            IssueAnswer::Uncertain(_) => {
                self.step = Step::Wait { next: now.mono };
                None
            }
        }
    }

    /// Which passes live.
    pub(crate) fn on_read(
        &mut self,
        answer: Result<Reading, EffectFailure>,
        now: Now,
        effects: &mut Effects,
        rate_limit: &mut RateLimit,
    ) -> Option<Settled> {
        match answer {
            Ok(Reading::Methods(read)) => return self.evaluate(&read, now, effects),
            Ok(Reading::Devices(_)) => self.step = Step::Wait { next: now.mono },
            Err(failure) => self.on_failure(&failure, now, rate_limit),
        }
        None
    }

    /// Whether the pass was taken back.
    pub(crate) fn on_removed(
        &mut self,
        answer: Result<(), EffectFailure>,
        now: Now,
        rate_limit: &mut RateLimit,
    ) {
        match answer {
            Ok(()) => {
                if let Step::Remove { pass, .. } = &self.step {
                    self.removed = Some(pass.clone());
                    self.made = None;
                }
                self.step = Step::Wait { next: now.mono };
            }
            Err(failure) => self.on_failure(&failure, now, rate_limit),
        }
    }

    fn on_failure(&mut self, failure: &EffectFailure, now: Now, rate_limit: &mut RateLimit) {
        self.clean = 0;
        self.first_clean = None;
        if let Some(seconds) = failure.retry_after_s {
            rate_limit.close_for(seconds, now.mono);
        }
        self.step = Step::Wait {
            next: now.mono.after_s(RETRY_S),
        };
    }

    fn evaluate(&mut self, read: &MethodRead, now: Now, effects: &mut Effects) -> Option<Settled> {
        if let Some(pass) = read.passes().find(|pass| self.is_ours(pass)) {
            self.made = Some(pass.id.clone());
            self.step = Step::Wait { next: now.mono };
            return None;
        }
        if let Some(pass) = self.removed.clone() {
            effects.record(
                Some(self.question.visit),
                Event::PassOrphanRemoved {
                    intent: self.question.intent.clone(),
                    pass,
                    still_open: false,
                },
            );
            return Some(Settled::Removed);
        }
        let first = *self.first_clean.get_or_insert(now.mono);
        self.clean = self.clean.saturating_add(1);
        if self.clean >= AGREEING_READS && now.mono >= first.after_s(AGREEING_SPAN_S) {
            return Some(self.settle_not_issued(effects));
        }
        self.step = Step::Wait {
            next: now.mono.after_s(LOOK_EVERY_S),
        };
        None
    }

    fn is_ours(&self, pass: &KnownPass) -> bool {
        if let Some(known) = self.removed.as_ref().or(self.only.as_ref()) {
            return pass.id == *known;
        }
        let made = pass.made();
        !self.question.known.contains(&pass.id)
            && made.0 >= self.question.asked_at.0.saturating_sub(SKEW_MS)
    }

    fn settle_not_issued(&self, effects: &mut Effects) -> Settled {
        effects.record(
            Some(self.question.visit),
            Event::PassNotIssued {
                intent: self.question.intent.clone(),
            },
        );
        Settled::NotIssued
    }

    fn start_read(&mut self, effects: &mut Effects) {
        let effect = effects.push(
            Some(self.question.visit),
            Effect::ReadMethods {
                user: self.question.user.clone(),
                asked_for: true,
                wants: self.question.lists.clone(),
            },
        );
        self.step = Step::Read { effect };
    }

    fn start_removal(&mut self, pass: PassId, effects: &mut Effects) {
        let effect = effects.push(
            Some(self.question.visit),
            Effect::RemovePass {
                user: self.question.user.clone(),
                pass: pass.clone(),
            },
        );
        self.step = Step::Remove { effect, pass };
    }
}
