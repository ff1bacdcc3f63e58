//! After an answer that was neither a clear yes nor a clear no: look, take back what is ours, ask where that is not
//! known, and stay watchful until nothing can come of it any more.

use super::found::FoundPass;
use super::open_question::{Asked, OpenQuestion};
use super::target::{Claim, Heard, Target};
use crate::effect::{Effect, EffectFailure, EffectId, IssueAnswer, PassRemoval, Reading};
use crate::effects::Effects;
use crate::ids::{PassId, Subject};
use crate::person::directory::KnownPass;
use crate::quota::rate_limit::RateLimit;
use crate::record::Event;
use crate::time::{Mono, Now, ServiceTime};
use crate::trouble::TroubleCode;

const RETRY_S: u64 = 10;

/// A pass that may exist though nobody saw it, or that is known and owed.
#[derive(Debug)]
pub(crate) struct Reconcile {
    pub(crate) question: OpenQuestion,
    /// When this run took it up.
    pub(super) begun: Mono,
    step: Step,
    pub(super) clean: u8,
    pub(super) first_clean: Option<Mono>,
    /// Whether something may still come of the question. False where its answer is known.
    pub(super) search: bool,
    /// Reads agreed that there is nothing: only what comes late is still waited for, and nobody has to wait for that.
    pub(super) late_only: bool,
    /// The effect whose answer was given up; should it come all the same, it still counts.
    unanswered: Option<EffectId>,
    /// What is to be taken back.
    pub(super) target: Option<Target>,
    /// What was taken back of it so far.
    pub(super) removed: Vec<PassId>,
    /// The pass of which the operator is asked whose it is.
    pub(super) asks: Option<FoundPass>,
    pub(super) missing: u8,
    /// One was found that was probably ours, and taken back.
    pub(super) found_ours: bool,
    /// When the first look left that did not list anything new.
    pub(super) unseen: Option<Asked>,
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
        sent: Now,
    },
    Remove {
        effect: EffectId,
    },
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// Nothing came of it, and nothing will.
    NotIssued,
    /// Nothing was seen of it, so that a new pass may be issued. It stays open.
    NotSeen,
    /// A pass was found of which the operator is asked. It stays open.
    Asked,
    /// The pass that was probably ours was taken back. It stays open: another may come.
    TakenBack,
    Removed,
    /// The pass is gone, and no answer said that we removed it.
    Gone,
    Lapsed,
}

/// What a reconciliation may look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look<'a> {
    pub(crate) now: Now,
    pub(crate) signed_in: bool,
    /// The visit that asked is still served at this counter.
    pub(crate) visit_open: bool,
    /// Passes that others answer for.
    pub(crate) accounted: &'a [PassId],
}

impl Settled {
    /// Whether there is nothing more to look for.
    pub(crate) fn is_final(self) -> bool {
        match self {
            Self::NotIssued | Self::Removed | Self::Gone | Self::Lapsed => true,
            Self::NotSeen | Self::Asked | Self::TakenBack => false,
        }
    }
}

impl Reconcile {
    /// Starts to look at once.
    pub(crate) fn look(question: OpenQuestion, now: Mono) -> Self {
        Self::with(question, Step::Wait { next: now }, now)
    }

    /// Waits for the answer that is still on its way.
    pub(crate) fn await_answer(question: OpenQuestion, effect: EffectId, now: Mono) -> Self {
        let give_up = now.after_s(90);
        Self::with(question, Step::AwaitAnswer { effect, give_up }, now)
    }

    /// Starts by taking back a pass that came of our own answer.
    pub(crate) fn owe(question: OpenQuestion, target: Target, now: Mono) -> Self {
        Self {
            search: false,
            target: Some(target),
            ..Self::look(question, now)
        }
    }

    /// Starts by looking whether a pass is gone that the record says was removed. Nobody has to wait for that.
    pub(crate) fn bear_out(question: OpenQuestion, mut target: Target, due: Mono) -> Self {
        target.heard = Heard::Recorded;
        target.due = false;
        Self {
            late_only: true,
            ..Self::owe(question, target, due)
        }
    }

    /// The same where the answer is not to be believed: its id may be another's, so what came of the question is looked
    /// for as well.
    pub(crate) fn and_search(mut self) -> Self {
        self.search = true;
        self
    }

    /// Starts with a pass that was found, of which the operator is asked.
    pub(crate) fn ask(
        question: OpenQuestion,
        found: &KnownPass,
        now: Mono,
        effects: &mut Effects,
    ) -> Self {
        let mut open = Self::look(question, now);
        open.ask_about(FoundPass::of(found, now), effects);
        open
    }

    /// The same with what an earlier run had found.
    pub(crate) fn with_found(mut self, found: FoundPass, agreed: bool) -> Self {
        self.search = true;
        match agreed {
            true => self.target = self.target.or(Some(found.agreed())),
            false => self.asks = Some(found),
        }
        self
    }

    fn with(question: OpenQuestion, step: Step, begun: Mono) -> Self {
        Self {
            question,
            begun,
            step,
            clean: 0,
            first_clean: None,
            search: true,
            late_only: false,
            unanswered: None,
            target: None,
            removed: Vec::new(),
            asks: None,
            missing: 0,
            found_ours: false,
            unseen: None,
        }
    }

    /// The pass of which the operator is asked.
    pub(crate) fn asks(&self) -> Option<&FoundPass> {
        self.asks.as_ref()
    }

    /// Whether something may still come of the question.
    pub(crate) fn searches(&self) -> bool {
        self.search
    }

    /// Whether a pass for this person would have to wait for it.
    pub(crate) fn blocks(&self) -> bool {
        let owed = |target: &Target| target.due || target.heard != Heard::Recorded;
        !self.late_only || self.target.as_ref().is_some_and(owed)
    }

    /// The latest moment at which something of it may still work.
    pub(crate) fn until(&self) -> ServiceTime {
        let target = self.target.as_ref().map(Target::until);
        target.unwrap_or_else(|| self.question.until())
    }

    /// A pass that it answers for.
    pub(crate) fn claims(&self) -> Option<&PassId> {
        let target = self.target.as_ref().map(|target| &target.pass);
        target.or(self.asks.as_ref().map(|found| &found.pass))
    }

    /// Whether `id` is the effect it waits for.
    pub(crate) fn waits_for(&self, id: EffectId) -> bool {
        if self.unanswered == Some(id) {
            return true;
        }
        match &self.step {
            Step::AwaitAnswer { effect, .. }
            | Step::Read { effect, .. }
            | Step::Remove { effect } => *effect == id,
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
        look: Look<'_>,
        effects: &mut Effects,
        rate_limit: &mut RateLimit,
    ) -> Option<Settled> {
        let now = look.now;
        if let Some(lapsed) = self.lapse(now, effects) {
            return Some(lapsed);
        }
        if self.due().is_none_or(|due| due > now.mono) {
            return None;
        }
        if let Step::AwaitAnswer { effect, .. } = &self.step {
            self.unanswered = Some(*effect);
        }
        let asked = self.ask_unless_open(look, effects);
        let free = match look.signed_in {
            true => rate_limit.try_spend_asked(now.mono),
            false => Err(now.mono.after_s(RETRY_S)),
        };
        self.step = match free {
            Err(next) => Step::Wait { next },
            Ok(()) => self.next_step(now, effects),
        };
        asked
    }

    /// What has come to its end by itself, where that is beyond doubt.
    fn lapse(&mut self, now: Now, effects: &mut Effects) -> Option<Settled> {
        self.asks.take_if(|found| found.is_over(now));
        self.target.take_if(|target| target.is_over(now));
        let open = self.search && !self.question.is_over(self.begun, now);
        if open || self.target.is_some() || self.asks.is_some() {
            return None;
        }
        let intent = self.question.intent.clone();
        self.record(Event::PassLapsed { intent }, effects);
        Some(Settled::Lapsed)
    }

    /// A pass that is only probably ours is removed unasked while its visit is open, and not a moment longer.
    fn ask_unless_open(&mut self, look: Look<'_>, effects: &mut Effects) -> Option<Settled> {
        let probable = |target: &mut Target| target.claim == Claim::Probable && !look.visit_open;
        let target = self.target.take_if(probable)?;
        let found = FoundPass::taken_from(target, look.now.mono);
        Some(self.ask_about(found, effects))
    }

    fn next_step(&mut self, now: Now, effects: &mut Effects) -> Step {
        let Subject { visit, user } = self.question.subject.clone();
        let visit = Some(visit);
        if let Some(target) = self.target.as_ref().filter(|target| target.due) {
            let pass = target.pass.clone();
            let effect = effects.push(visit, Effect::RemovePass { user, pass });
            return Step::Remove { effect };
        }
        let read = Effect::ReadMethods {
            user,
            asked_for: true,
            wants: self.question.lists.clone(),
        };
        let effect = effects.push(visit, read);
        Step::Read { effect, sent: now }
    }

    /// Looks now instead of at the next due time.
    pub(crate) fn poll_now(&mut self, now: Mono) {
        if let Step::Wait { next } = &mut self.step {
            *next = now;
        }
    }

    /// Another question of this station led to this pass.
    pub(crate) fn account_for(&mut self, pass: &PassId) {
        self.question.known.push(pass.clone());
        self.asks.take_if(|found| found.pass == *pass);
    }

    /// The operator said whose the pass is that was found.
    pub(crate) fn decide(&mut self, remove: bool, now: Mono) {
        let Some(found) = self.asks.take() else {
            return;
        };
        match remove {
            true => self.target = Some(found.agreed()),
            false => self.question.known.push(found.pass),
        }
        self.poll_now(now);
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
            // It was there before: whatever came of the question is still looked for.
            IssueAnswer::Issued(pass)
                if self.question.known.contains(&pass.id) || effects.passes.had(&pass.id) =>
            {
                self.wait_until(now.mono);
                None
            }
            IssueAnswer::Issued(pass) => {
                self.asks.take_if(|found| found.pass == pass.id);
                let (start, minutes) = (pass.start, pass.lifetime_minutes);
                let as_asked = self.question.is_answered_by(start, minutes, pass.once);
                self.search = self.asks.is_some() || !as_asked;
                let said = (pass.id, start, minutes);
                self.target = Some(Target::answered(&self.question, said, now.mono));
                self.wait_until(now.mono);
                None
            }
            // That a pass exists may be this very question's doing, sent twice on its way.
            IssueAnswer::Refused(trouble) if trouble.code == TroubleCode::PassExists => {
                self.wait_until(now.mono);
                None
            }
            IssueAnswer::Refused(_) => Some(self.settle_not_issued(effects)),
            IssueAnswer::NotSent(_) | IssueAnswer::Uncertain(_) if late => None,
            IssueAnswer::NotSent(_) => Some(self.settle_not_issued(effects)),
            IssueAnswer::Uncertain(_) => {
                self.wait_until(now.mono);
                None
            }
        }
    }

    /// Which passes live.
    pub(crate) fn on_read(
        &mut self,
        answer: Result<Reading, EffectFailure>,
        look: Look<'_>,
        effects: &mut Effects,
        rate_limit: &mut RateLimit,
    ) -> Option<Settled> {
        let now = look.now;
        let sent = match &self.step {
            Step::Read { sent, .. } => *sent,
            Step::AwaitAnswer { .. } | Step::Wait { .. } | Step::Remove { .. } => now,
        };
        match answer {
            Ok(Reading::Methods(read)) => match self.target.take() {
                Some(target) => self.follow(target, &read, sent, look, effects),
                None => self.search_in(&read, sent, look, effects),
            },
            Ok(Reading::Devices(_)) => {
                self.wait_until(now.mono);
                None
            }
            Err(failure) => {
                self.on_failure(&failure, now, rate_limit);
                None
            }
        }
    }

    /// Whether the pass was taken back.
    pub(crate) fn on_removed(
        &mut self,
        answer: Result<PassRemoval, EffectFailure>,
        now: Now,
        effects: &mut Effects,
        rate_limit: &mut RateLimit,
    ) {
        let removal = match answer {
            Ok(removal) => removal,
            Err(failure) => return self.on_failure(&failure, now, rate_limit),
        };
        if let Some(mut target) = self.target.take() {
            target.due = false;
            match removal {
                PassRemoval::Removed => target.heard = Heard::Done,
                PassRemoval::NotThere if target.heard == Heard::Nothing => {
                    target.heard = Heard::NotThere;
                    self.record(self.not_there(&target.pass), effects);
                }
                PassRemoval::NotThere => {}
            }
            self.target = Some(target);
        }
        self.wait_until(now.mono);
    }

    fn on_failure(&mut self, failure: &EffectFailure, now: Now, rate_limit: &mut RateLimit) {
        self.clean = 0;
        self.first_clean = None;
        if let Some(seconds) = failure.retry_after_s {
            rate_limit.close_for(seconds, now.mono);
        }
        self.wait_until(now.mono.after_s(RETRY_S));
    }

    fn settle_not_issued(&self, effects: &mut Effects) -> Settled {
        let intent = self.question.intent.clone();
        self.record(Event::PassNotIssued { intent }, effects);
        Settled::NotIssued
    }

    fn not_there(&self, pass: &PassId) -> Event {
        Event::PassNotThere {
            intent: self.question.intent.clone(),
            pass: pass.clone(),
        }
    }

    pub(super) fn wait_until(&mut self, next: Mono) {
        self.step = Step::Wait { next };
    }

    pub(super) fn record(&self, event: Event, effects: &mut Effects) {
        effects.record(Some(self.question.subject.visit), event);
    }
}
