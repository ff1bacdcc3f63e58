//! The hand-over board: rows, pass and live check, each moving by itself.

use super::after_registration::AfterRegistration;
use super::detour::PhoneScreenReport;
use super::four_eyes::AskedColleague;
use super::handout::Sheet;
use super::old_phone::OldPhone;
use super::passkey_clock::PasskeyClock;
use super::password_again::PasswordAgain;
use super::proof::Proof;
use super::rows::Hold;
use super::telephone::ReadOut;
use super::watching::Watch;
use super::{Context, illegal_in_state};
use crate::action::{PersonAction, VisitAction};
use crate::effect::{EffectFailure, EffectId, IssueAnswer, NotRecorded, PassRemoval, Reading};
use crate::ids::PassId;
use crate::pass::open_question::OpenQuestion;
use crate::pass::reconcile::{Look, Reconcile};
use crate::pass::state::{CheckingLimits, HeldPass, IssueStep, Issuing, PassState, Uncertain};
use crate::person::directory::{KnownPass, MethodRead, Person};
use crate::person::identity_check::IdentityCheck;
use crate::quota::rate_limit::RateLimit;
use crate::registration::evidence::Evidence;
use crate::registration::polling::Polling;
use crate::time::{Mono, ServiceTime};
use crate::trouble::{Trouble, TroubleCode};

use crate::walkthrough::phone_answers::PhoneAnswers;

/// One hand-over in progress.
#[derive(Debug)]
pub(crate) struct Board {
    pub(crate) person: Person,
    pub(crate) baseline: MethodRead,
    pub(crate) check: IdentityCheck,
    pub(crate) row: usize,
    pub(crate) answers: PhoneAnswers,
    pub(crate) pass: PassState,
    pub(crate) evidence: Evidence,
    pub(crate) polling: Polling,
    pub(crate) shows: PhoneScreenReport,
    pub(crate) said_done: bool,
    /// The row that was done in place of those behind it.
    pub(super) stood_in: Option<String>,
    /// The phone showed the app's first start after all, though the app was said to be there.
    pub(super) first_start_met: bool,
    /// Whether the operator's side may show the pass, where the person calls.
    pub(super) read_out: ReadOut,
    pub(super) hold: Hold,
    pub(super) proof: Proof,
    pub(super) sheet: Sheet,
    /// A pass was handed out under this check: every further one is a renewal.
    pub(super) had_pass: bool,
    pub(super) intents: u32,
    /// Every pass that was issued in this visit.
    pub(super) own: Vec<PassId>,
    /// What is looked for beside the visit from now on.
    pub(super) beside: Vec<Reconcile>,
    /// Until when something may still come of a question that was given up.
    pub(super) late: Option<ServiceTime>,
    /// Another pass that took the place of ours, and the question that may have made it.
    pub(super) replaced_by: Option<(OpenQuestion, KnownPass)>,
    /// Until when the last list of passes serves again, because only the number of requests stood in the way.
    pub(super) listed_until: Option<Mono>,
    /// A colleague's word for the next pass.
    pub(super) colleague: AskedColleague,
    /// Which of the site's own limits was last told.
    pub(super) told_limit: Option<TroubleCode>,
    /// Until when it was last told that the hour is full.
    pub(super) told_full_until: Option<ServiceTime>,
    pub(super) watch: Watch,
    /// Since when somebody could know a pass of this visit: from then on what is registered may be its work.
    pub(super) seen_since: Option<Mono>,
    /// While a passkey is to be created with a sign-in.
    pub(super) passkey_clock: Option<PasskeyClock>,
    /// What follows the registration, once the operator has begun it.
    pub(super) after: Option<AfterRegistration>,
    /// The pass was taken back before the end, for it would have stood in the way of the test.
    pub(super) taken_back: bool,
    /// The phone that was registered before.
    pub(super) old_phone: OldPhone,
    /// A password is needed again by somebody whose password was taken out of use.
    pub(super) again: PasswordAgain,
}

/// How long after such a refusal.
const LISTED_S: u64 = 30;

impl Board {
    pub(crate) fn open(
        person: Person,
        baseline: MethodRead,
        check: IdentityCheck,
        proof: Proof,
    ) -> Self {
        Self {
            person,
            baseline,
            check,
            row: 0,
            answers: PhoneAnswers::default(),
            pass: PassState::None,
            evidence: Evidence::default(),
            polling: Polling::default(),
            shows: PhoneScreenReport::Row,
            said_done: false,
            stood_in: None,
            first_start_met: false,
            read_out: ReadOut::default(),
            hold: Hold::default(),
            proof,
            sheet: Sheet::default(),
            had_pass: false,
            intents: 0,
            own: Vec::new(),
            beside: Vec::new(),
            late: None,
            replaced_by: None,
            listed_until: None,
            colleague: AskedColleague::default(),
            told_limit: None,
            told_full_until: None,
            watch: Watch::default(),
            seen_since: None,
            passkey_clock: None,
            after: None,
            taken_back: false,
            old_phone: OldPhone::default(),
            again: PasswordAgain::default(),
        }
    }

    pub(crate) fn act(
        &mut self,
        action: &VisitAction,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        self.still_on_rows()?;
        match action {
            VisitAction::IssuePass { replace } => self.issue(*replace, cx),
            VisitAction::RenewPass {
                same_person,
                reason,
            } => self.renew(*same_person, *reason, cx),
            VisitAction::AskColleague => self.ask_colleague(cx),
            VisitAction::StopAskingColleague => self.stop_asking_colleague(cx),
            VisitAction::Reveal => self.reveal(cx),
            VisitAction::Longer => self.longer(cx),
            VisitAction::ReadOut => self.read_out(cx),
            VisitAction::Hide => {
                self.hide();
                Ok(())
            }
            VisitAction::LookNow => self.poll_now(cx),
            VisitAction::Next => self.operator_steps(1, cx),
            VisitAction::Back => self.operator_steps(-1, cx),
            VisitAction::GoTo { row } => self.go_to(row, false, cx),
            VisitAction::GoToWithoutPass { row } => self.go_to(row, true, cx),
            VisitAction::ClearOtherScreen => {
                self.shows = PhoneScreenReport::Row;
                Ok(())
            }
            VisitAction::Find { .. }
            | VisitAction::Choose { .. }
            | VisitAction::SearchAgain
            | VisitAction::ConfirmPerson
            | VisitAction::HeedWarnings { .. }
            | VisitAction::Tick { .. }
            | VisitAction::Note(_)
            | VisitAction::Caller(_)
            | VisitAction::Letter(_)
            | VisitAction::Again(_)
            | VisitAction::After(_)
            | VisitAction::OldPhone(_)
            | VisitAction::ConfirmPhone { .. }
            | VisitAction::ConfirmCheck
            | VisitAction::SetPersonLanguage { .. }
            | VisitAction::SetPhone { .. }
            | VisitAction::ChooseRoute { .. }
            | VisitAction::MakeHandOut { .. }
            | VisitAction::AnswerPhone { .. }
            | VisitAction::NotToday { .. }
            | VisitAction::Finish { .. }
            | VisitAction::LeaveUnfinished { .. }
            | VisitAction::Cancel
            | VisitAction::Close
            | VisitAction::StartNext => Err(illegal_in_state()),
        }
    }

    pub(crate) fn person_act(
        &mut self,
        action: &PersonAction,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        if let PersonAction::After(action) = action {
            return self.person_act_after(action);
        }
        self.still_on_rows()?;
        match action {
            PersonAction::Next => self.person_steps_on(true, cx),
            PersonAction::NotShown => self.person_steps_on(false, cx),
            PersonAction::Back => self.step(-1, cx),
            PersonAction::OtherScreen
            | PersonAction::ChooseScreen { .. }
            | PersonAction::NoneOfThese
            | PersonAction::BackToRow => self.screen_act(action, cx),
            PersonAction::Reveal if cx.policy.pass.reveal_by_person => self.reveal(cx),
            PersonAction::Reveal => Err(Trouble::new(TroubleCode::NotAllowedHere)),
            PersonAction::Longer => self.longer(cx),
            PersonAction::Drawn => {
                let until = cx.now.mono.after_s(u64::from(cx.policy.pass.reveal_s));
                if let Some(held) = self.pass.held_mut() {
                    held.drawn(until);
                }
                Ok(())
            }
            PersonAction::Done => {
                self.said_done = true;
                self.polling.schedule.stepped(cx.now.mono);
                self.poll_by(cx.now.mono);
                Ok(())
            }
            PersonAction::ChoosePhone { .. }
            | PersonAction::AppInstalled
            | PersonAction::SetLanguage { .. }
            | PersonAction::SetTextSize { .. }
            | PersonAction::ReadAloud { .. }
            | PersonAction::After(_)
            | PersonAction::Touch => Err(illegal_in_state()),
        }
    }

    /// The rows are behind the visit once what follows the registration has begun, and wait while it is asked whether a
    /// password is needed again.
    pub(super) fn still_on_rows(&self) -> Result<(), Trouble> {
        match self.after.is_some() || self.again.is_open() {
            true => Err(illegal_in_state()),
            false => Ok(()),
        }
    }

    /// The directory was read for the live check, for a pass that is wanted, or for one that may exist.
    pub(super) fn on_read(
        &mut self,
        id: EffectId,
        answer: Result<Reading, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        if let Some(poll) = self.polling.take(id) {
            return self.on_poll(poll, answer, cx);
        }
        if self.on_removed_looked_for(id, &answer, cx) {
            return None;
        }
        if let Some(look) = self.again.looked(id) {
            return self.on_looked_before_question(look, answer, cx);
        }
        match self.taken(id) {
            Waiting::Step(before, IssueStep::Preflight(preflight)) => {
                self.on_listed(preflight, before, answer, cx)
            }
            Waiting::Uncertain(mut uncertain) => {
                let (now, look) = (cx.now, look(cx));
                let reconcile = &mut uncertain.reconcile;
                let settled = reconcile.on_read(answer, look, cx.effects, cx.rate_limit);
                self.settle(uncertain, settled, now.mono);
                None
            }
            other @ (Waiting::Nothing | Waiting::Step(..)) => self.put_back(other),
        }
    }

    /// Something was written down, or could not be.
    pub(super) fn on_recorded(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        self.proof.on_recorded(id, written);
        self.on_read_out_written(id, written, cx);
        let intents = [
            Self::on_roll_intent,
            Self::on_old_phone_intent,
            Self::on_need_written,
        ];
        for hear in intents {
            if let Some(trouble) = hear(self, id, written, cx) {
                return Some(trouble);
            }
        }
        match self.taken(id) {
            Waiting::Step(before, IssueStep::WritingIntent(writing)) => {
                self.on_intent_written(writing, before, written, cx)
            }
            Waiting::Step(_, IssueStep::WritingIssued(writing)) => {
                self.on_issued_written(writing, written, cx)
            }
            other @ (Waiting::Nothing | Waiting::Step(..) | Waiting::Uncertain(_)) => {
                self.put_back(other)
            }
        }
    }

    /// What came of asking for a pass.
    pub(super) fn on_issue(
        &mut self,
        id: EffectId,
        answer: IssueAnswer,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        match self.taken(id) {
            Waiting::Step(before, IssueStep::Asking(asking)) => {
                let until = cx.now.mono.after_s(LISTED_S);
                self.listed_until = not_sent_for_number(&answer).then_some(until);
                self.on_answer(asking, before, answer, cx)
            }
            Waiting::Uncertain(mut uncertain) => {
                let (now, reconcile) = (cx.now, &mut uncertain.reconcile);
                let settled = reconcile.on_issue(id, answer, now, cx.effects);
                self.settle(uncertain, settled, now.mono);
                None
            }
            other @ (Waiting::Nothing | Waiting::Step(..)) => self.put_back(other),
        }
    }

    /// A pass was taken back, or could not be.
    pub(super) fn on_removed(
        &mut self,
        id: EffectId,
        removed: Result<PassRemoval, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        if let Some(trouble) = self.on_removed_for_test(id, &removed, cx) {
            return trouble;
        }
        match self.taken(id) {
            Waiting::Step(before, IssueStep::MakingRoom(making)) => {
                self.on_room(making, before, removed, cx)
            }
            Waiting::Uncertain(mut uncertain) => {
                let now = cx.now;
                let reconcile = &mut uncertain.reconcile;
                reconcile.on_removed(removed, now, cx.effects, cx.rate_limit);
                self.settle(uncertain, None, now.mono);
                None
            }
            other @ (Waiting::Nothing | Waiting::Step(..)) => self.put_back(other),
        }
    }

    pub(crate) fn handle_timeout(&mut self, cx: &mut Context<'_>) -> bool {
        let mut changed = self.on_time_after(cx);
        self.note_usable(cx.now);
        changed |= self.passkey_clock_goes(cx.pack, cx);
        changed |= self.look_for_removed(cx);
        match std::mem::take(&mut self.pass) {
            PassState::Held(mut held) => {
                changed |= held.on_time(cx.now);
                self.pass = PassState::Held(held);
            }
            PassState::Uncertain(mut uncertain) => {
                let (now, look) = (cx.now, look(cx));
                let reconcile = &mut uncertain.reconcile;
                let settled = reconcile.on_time(look, cx.effects, cx.rate_limit);
                changed |= settled.is_some();
                self.settle(uncertain, settled, now.mono);
            }
            other @ (PassState::None | PassState::Issuing(_)) => self.pass = other,
        }
        if self
            .poll_due(cx.rate_limit)
            .is_some_and(|due| due <= cx.now.mono)
        {
            changed |= self.poll(cx);
        }
        changed
    }

    pub(crate) fn poll_timeout(&self, may_look: bool, rate_limit: &RateLimit) -> Option<Mono> {
        let pass = match &self.pass {
            PassState::Held(held) => held.due(),
            PassState::Uncertain(uncertain) => uncertain.reconcile.due(),
            PassState::None | PassState::Issuing(_) => None,
        };
        let poll = self.poll_due(rate_limit).filter(|_| may_look);
        let removed = self.removed_due(rate_limit).filter(|_| may_look);
        let after = self.after.as_ref();
        let after = after.and_then(|after| after.due(may_look, rate_limit));
        let passkey = self.passkey_clock.and_then(PasskeyClock::due);
        let colleague = self.colleague_due();
        [pass, poll, removed, after, passkey, colleague]
            .into_iter()
            .flatten()
            .min()
    }

    /// Takes the value out of sight.
    pub(crate) fn hide(&mut self) {
        self.let_go();
        if let Some(held) = self.pass.held_mut() {
            held.hide();
        }
    }

    /// The pass the station holds.
    pub(crate) fn held(&self) -> Option<&HeldPass> {
        self.pass.held()
    }

    /// Whether a pass may exist that nobody saw.
    pub(crate) fn uncertain(&self) -> bool {
        matches!(self.pass, PassState::Uncertain(_))
    }

    /// Whether the pass can be asked for right now.
    pub(crate) fn may_issue(&self) -> bool {
        matches!(self.pass, PassState::None) && !self.had_pass
    }

    /// Whether the pass can be issued once more.
    pub(crate) fn may_renew(&self) -> bool {
        let idle = match &self.pass {
            PassState::Held(_) => true,
            PassState::None => self.had_pass,
            PassState::Issuing(_) | PassState::Uncertain(_) => false,
        };
        idle && self.evidence.registered.is_none()
    }

    /// What waits for this answer, taken out of the state of the pass.
    fn taken(&mut self, id: EffectId) -> Waiting {
        match std::mem::take(&mut self.pass) {
            PassState::Issuing(Issuing { before, step }) if step.effect() == id => {
                Waiting::Step(before, step)
            }
            PassState::Uncertain(uncertain) if uncertain.reconcile.waits_for(id) => {
                Waiting::Uncertain(uncertain)
            }
            other @ (PassState::None
            | PassState::Issuing(_)
            | PassState::Held(_)
            | PassState::Uncertain(_)) => {
                self.pass = other;
                Waiting::Nothing
            }
        }
    }

    /// A step that waits for what operator and person are in.
    pub(super) fn taken_for_limits(
        &mut self,
        id: EffectId,
    ) -> Option<(CheckingLimits, Option<HeldPass>)> {
        match self.taken(id) {
            Waiting::Step(before, IssueStep::CheckingLimits(checking)) => Some((checking, before)),
            other @ (Waiting::Nothing | Waiting::Step(..) | Waiting::Uncertain(_)) => {
                self.put_back(other);
                None
            }
        }
    }

    /// What waits for an answer of another kind goes on waiting.
    fn put_back(&mut self, waiting: Waiting) -> Option<Trouble> {
        match waiting {
            Waiting::Nothing => {}
            Waiting::Step(before, step) => self.go_on(before, step),
            Waiting::Uncertain(uncertain) => self.pass = PassState::Uncertain(uncertain),
        }
        None
    }
}

/// What a reconciliation of the board may look at: its visit is open.
fn look(cx: &Context<'_>) -> Look<'static> {
    Look {
        now: cx.now,
        signed_in: cx.operator.is_some(),
        visit_open: true,
        accounted: &[],
    }
}

/// What an answer is for.
enum Waiting {
    Nothing,
    Step(Option<HeldPass>, IssueStep),
    Uncertain(Uncertain),
}

/// Nothing was asked for, and the directory itself had no say in it.
fn not_sent_for_number(answer: &IssueAnswer) -> bool {
    matches!(answer, IssueAnswer::NotSent(trouble) if trouble.code == TroubleCode::Throttled)
}
