//! The hand-over board: rows, pass and live check, each moving by itself.

use super::detour::PhoneScreenReport;
use super::handout::Sheet;
use super::{Context, illegal_in_state};
use crate::action::{PersonAction, VisitAction};
use crate::effect::{Effect, EffectId, Outcome};
use crate::effects::Effects;
use crate::ids::VisitId;
use crate::light::Light;
use crate::pass::state::{HeldPass, PassState};
use crate::person::directory::{MethodRead, Person};
use crate::person::identity_check::IdentityCheck;
use crate::quota::rate_limit::RateLimit;
use crate::record::Event;
use crate::registration::evidence::Evidence;
use crate::registration::polling::Polling;
use crate::time::Mono;
use crate::trouble::{Trouble, TroubleCode};
use crate::walkthrough::pack::{Pack, Row, RowNeed};
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
    pub(super) proof: Proof,
    pub(super) sheet: Sheet,
    /// A pass was handed out under this check: every further one is a renewal.
    pub(super) had_pass: bool,
    pub(super) intents: u32,
    /// Until when the last list of passes serves again, because only the number of requests stood in the way.
    pub(super) listed_until: Option<Mono>,
}

/// How long after such a refusal.
const LISTED_S: u64 = 30;

/// Whether the identity check is written down. No pass is asked for before it is.
#[derive(Debug)]
pub(crate) enum Proof {
    Writing { effect: EffectId, entry: Event },
    Written,
    Unwritten { entry: Event },
}

impl Proof {
    pub(super) fn write(visit: VisitId, entry: Event, effects: &mut Effects) -> Self {
        let effect = effects.push(Effect::Record {
            visit: Some(visit),
            entry: entry.clone(),
        });
        Self::Writing { effect, entry }
    }

    /// Tries once more what could not be written.
    pub(super) fn write_again(&mut self, visit: VisitId, effects: &mut Effects) {
        if let Self::Unwritten { entry } = self {
            *self = Self::write(visit, entry.clone(), effects);
        }
    }

    fn on_outcome(&mut self, id: EffectId, outcome: &Outcome) {
        if let Self::Writing { effect, entry } = self
            && *effect == id
        {
            let written = matches!(outcome, Outcome::Recorded);
            *self = if written {
                Self::Written
            } else {
                Self::Unwritten {
                    entry: entry.clone(),
                }
            };
        }
    }
}

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
            proof,
            sheet: Sheet::default(),
            had_pass: false,
            intents: 0,
            listed_until: None,
        }
    }

    pub(crate) fn act(
        &mut self,
        visit: VisitId,
        action: &VisitAction,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        match action {
            VisitAction::IssuePass { replace } => self.issue(visit, *replace, cx),
            VisitAction::RenewPass {
                same_person,
                reason,
            } => self.renew(visit, *same_person, *reason, cx),
            VisitAction::Reveal => self.reveal(cx),
            VisitAction::Longer => self.longer(cx),
            VisitAction::Hide => {
                self.hide();
                Ok(())
            }
            VisitAction::LookNow => self.poll_now(visit, cx),
            VisitAction::Next => self.step(1, cx),
            VisitAction::Back => self.step(-1, cx),
            VisitAction::GoTo { row } => {
                self.row = cx.pack.place(row).ok_or_else(illegal_in_state)?;
                self.row_reached(cx);
                Ok(())
            }
            VisitAction::ClearOtherScreen => {
                self.shows = PhoneScreenReport::Row;
                Ok(())
            }
            VisitAction::Find { .. }
            | VisitAction::Choose { .. }
            | VisitAction::SearchAgain
            | VisitAction::ConfirmPerson
            | VisitAction::Tick { .. }
            | VisitAction::SetVoucher { .. }
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
            | VisitAction::Close => Err(illegal_in_state()),
        }
    }

    pub(crate) fn person_act(
        &mut self,
        action: &PersonAction,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        match action {
            PersonAction::Next => self.step(1, cx),
            PersonAction::Back => self.step(-1, cx),
            PersonAction::OtherScreen
            | PersonAction::ChooseScreen { .. }
            | PersonAction::NoneOfThese
            | PersonAction::BackToRow => self.screen_act(action, cx),
            PersonAction::Reveal if cx.policy.pass.reveal_by_person => self.reveal(cx),
            PersonAction::Reveal => Err(Trouble::new(TroubleCode::NotAllowedHere)),
            PersonAction::Done => {
                self.said_done = true;
                self.polling.schedule.stepped(cx.now.mono);
                self.poll_by(cx.now.mono);
                Ok(())
            }
            PersonAction::SetLanguage { .. }
            | PersonAction::SetTextSize { .. }
            | PersonAction::ReadAloud { .. } => Err(illegal_in_state()),
        }
    }

    pub(crate) fn handle_outcome(
        &mut self,
        visit: VisitId,
        id: EffectId,
        outcome: Outcome,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        self.proof.on_outcome(id, &outcome);
        if self.waits_for_hand_out(id) {
            return self.on_hand_out(outcome);
        }
        if let Some(poll) = self.polling.take(id) {
            return self.on_poll(visit, poll, outcome, cx);
        }
        if matches!(&self.pass, PassState::Asking { effect, .. } if *effect == id) {
            let until = cx.now.mono.after_s(LISTED_S);
            self.listed_until = not_sent_for_number(&outcome).then_some(until);
        }
        match std::mem::replace(&mut self.pass, PassState::None) {
            PassState::Preflight {
                effect,
                permit,
                agreed,
                before,
            } if effect == id => self.on_listed(visit, permit, agreed, before, outcome, cx),
            PassState::WritingIntent {
                effect,
                request,
                permit,
                before,
            } if effect == id => {
                self.on_intent_written(visit, request, permit, before, &outcome, cx)
            }
            PassState::Asking {
                effect,
                request,
                asked_at,
                before,
                made_room,
            } if effect == id => {
                self.on_answer(visit, request, asked_at, before, made_room, outcome, cx)
            }
            PassState::MakingRoom {
                effect,
                pass,
                request,
                asked_at,
                before,
            } if effect == id => self.on_room(visit, pass, request, asked_at, before, outcome, cx),
            PassState::WritingIssued {
                effect,
                request,
                asked_at,
                held,
            } if effect == id => {
                self.on_issued_written(visit, &request, asked_at, held, &outcome, cx)
            }
            PassState::Uncertain {
                mut reconcile,
                before,
            } if reconcile.waits_for(id) => {
                let settled = reconcile.on_outcome(id, outcome, cx.now, cx.effects, cx.rate_limit);
                self.settle(reconcile, before, settled, cx.now.mono);
                None
            }
            other @ (PassState::None
            | PassState::Preflight { .. }
            | PassState::WritingIntent { .. }
            | PassState::Asking { .. }
            | PassState::MakingRoom { .. }
            | PassState::WritingIssued { .. }
            | PassState::Held(_)
            | PassState::Uncertain { .. }) => {
                self.pass = other;
                None
            }
        }
    }

    pub(crate) fn handle_timeout(&mut self, visit: VisitId, cx: &mut Context<'_>) -> bool {
        let mut changed = false;
        match std::mem::replace(&mut self.pass, PassState::None) {
            PassState::Held(mut held) => {
                changed |= held.on_time(cx.now);
                self.pass = PassState::Held(held);
            }
            PassState::Uncertain {
                mut reconcile,
                before,
            } => {
                let settled =
                    reconcile.on_time(cx.now, cx.operator.is_some(), cx.effects, cx.rate_limit);
                changed |= settled.is_some();
                self.settle(reconcile, before, settled, cx.now.mono);
            }
            other @ (PassState::None
            | PassState::Preflight { .. }
            | PassState::WritingIntent { .. }
            | PassState::Asking { .. }
            | PassState::MakingRoom { .. }
            | PassState::WritingIssued { .. }) => self.pass = other,
        }
        if self
            .poll_due(cx.rate_limit)
            .is_some_and(|due| due <= cx.now.mono)
        {
            changed |= self.poll(visit, cx);
        }
        changed
    }

    pub(crate) fn poll_timeout(&self, signed_in: bool, rate_limit: &RateLimit) -> Option<Mono> {
        let pass = match &self.pass {
            PassState::Held(held) => held.due(),
            PassState::Uncertain { reconcile, .. } => reconcile.due(),
            PassState::None
            | PassState::Preflight { .. }
            | PassState::WritingIntent { .. }
            | PassState::Asking { .. }
            | PassState::MakingRoom { .. }
            | PassState::WritingIssued { .. } => None,
        };
        let poll = self.poll_due(rate_limit).filter(|_| signed_in);
        [pass, poll].into_iter().flatten().min()
    }

    /// Takes the value out of sight.
    pub(crate) fn hide(&mut self) {
        if let PassState::Held(held) = &mut self.pass {
            held.hide();
        }
    }

    /// The pass the station holds.
    pub(crate) fn held(&self) -> Option<&HeldPass> {
        match &self.pass {
            PassState::Held(held) => Some(held),
            PassState::None
            | PassState::Preflight { .. }
            | PassState::WritingIntent { .. }
            | PassState::Asking { .. }
            | PassState::MakingRoom { .. }
            | PassState::WritingIssued { .. }
            | PassState::Uncertain { .. } => None,
        }
    }

    /// Whether a pass may exist that nobody saw.
    pub(crate) fn uncertain(&self) -> bool {
        matches!(self.pass, PassState::Uncertain { .. })
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
            PassState::Preflight { .. }
            | PassState::WritingIntent { .. }
            | PassState::Asking { .. }
            | PassState::MakingRoom { .. }
            | PassState::WritingIssued { .. }
            | PassState::Uncertain { .. } => false,
        };
        idle && self.evidence.registered.is_none()
    }

    fn reveal(&mut self, cx: &Context<'_>) -> Result<(), Trouble> {
        let PassState::Held(held) = &mut self.pass else {
            return Err(illegal_in_state());
        };
        let needed = self.evidence.registered.is_none();
        if !needed || held.secret.is_none() || held.settling(cx.now) || !held.live(cx.now) {
            return Err(illegal_in_state());
        }
        held.shown_until = Some(cx.now.mono.after_s(u64::from(cx.policy.pass.reveal_s)));
        self.poll_by(
            cx.now
                .mono
                .after_ms(crate::registration::poll_schedule::AT_PASS_MS),
        );
        Ok(())
    }

    fn longer(&mut self, cx: &Context<'_>) -> Result<(), Trouble> {
        match &self.pass {
            PassState::Held(held) if held.shown_until.is_some() => self.reveal(cx),
            PassState::Held(_)
            | PassState::None
            | PassState::Preflight { .. }
            | PassState::WritingIntent { .. }
            | PassState::Asking { .. }
            | PassState::MakingRoom { .. }
            | PassState::WritingIssued { .. }
            | PassState::Uncertain { .. } => Err(illegal_in_state()),
        }
    }

    fn step(&mut self, by: isize, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let row = self
            .row
            .checked_add_signed(by)
            .filter(|row| *row < cx.pack.rows.len());
        self.row = row.ok_or_else(illegal_in_state)?;
        self.row_reached(cx);
        Ok(())
    }

    pub(super) fn advance_past(&mut self, light: Light, pack: &Pack) {
        let place = pack.rows.iter().position(|row| row.light == Some(light));
        if let Some(place) = place
            && self.row <= place
        {
            self.row = (place + 1).min(pack.rows.len().saturating_sub(1));
            self.shows = PhoneScreenReport::Row;
        }
    }

    /// Whether the row that asks for the pass is reached.
    pub(crate) fn at_pass_row(&self, pack: &Pack) -> bool {
        pass_row(pack).is_some_and(|place| self.row >= place)
    }

    /// Whether the pass should be made now. A sign-in page asks for a password if there is none when it is opened or
    /// the name is sent, so the row before the pass counts already.
    pub(crate) fn pass_due(&self, pack: &Pack) -> bool {
        pass_row(pack).is_some_and(|place| self.row + 1 >= place)
    }
}

fn pass_row(pack: &Pack) -> Option<usize> {
    let needs = |row: &Row| row.needs.contains(&RowNeed::Pass);
    pack.rows.iter().position(needs)
}

/// Nothing was asked for, and the directory itself had no say in it.
fn not_sent_for_number(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::IssueNotSent { trouble } if trouble.code == TroubleCode::Throttled)
}
