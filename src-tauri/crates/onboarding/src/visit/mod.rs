//! One person's visit: found, checked, handed over, ended.

mod after_answers;
mod after_registration;
mod board;
mod context;
mod detour;
mod ending;
mod finding;
mod four_eyes;
mod handout;
mod hourly_limit;
mod in_sight;
mod issuing;
mod keeping;
mod letters;
mod live;
mod local_limits;
mod old_phone;
mod passkey_clock;
mod passkeys;
mod password_again;
mod person_card;
mod phone_access;
mod polling;
mod preflight;
mod prefs;
mod proof;
mod rail;
mod route;
mod rows;
mod telephone;
mod views;
mod visit_card;
mod visit_effects;
mod watching;

pub(crate) use board::Board;
pub(crate) use context::{Blocked, Context, Glance, Sight};
pub(crate) use ending::{Ending, Receipt};
pub(crate) use finding::{Checking, Finding, Found};
pub(crate) use issuing::lifetime;
pub(crate) use letters::notice_again;
pub(crate) use old_phone::{Looks, RemovedLook, Unheard, method_event, sessions_event};
pub(crate) use prefs::Prefs;
pub(crate) use telephone::Comes;
pub(crate) use visit_card::short_name;
pub(crate) use visit_effects::VisitEffects;
pub(crate) use watching::{LastLook, Whose};

use phone_access::PhoneAccess;

use crate::action::{OldPhoneAction, PersonAction, VisitAction};
use crate::effect::{
    BeforePass, EffectFailure, EffectId, IssueAnswer, NotRecorded, PassRemoval, Reading,
};
use crate::effects::Effects;
use crate::four_eyes::Colleague;
use crate::handout::HandOutDone;
use crate::ids::VisitId;
use crate::quota::rate_limit::RateLimit;
use crate::record::{Event, TelephoneEvent, VisitOutcome};
use crate::time::{Mono, Now};
use crate::trouble::{Trouble, TroubleCode};
use crate::walkthrough::pack::Route;

/// One person's visit.
#[derive(Debug)]
pub(crate) struct Visit {
    pub(crate) id: VisitId,
    /// The number it was called by, where visits are side by side.
    pub(crate) ticket: Option<u32>,
    pub(crate) prefs: Prefs,
    /// To the counter, or by telephone.
    comes: Comes,
    /// Which walk-through the person is led along.
    pub(crate) route: Route,
    pub(crate) stage: Stage,
    access: PhoneAccess,
    /// Mail to the person.
    letters: letters::Letters,
    /// Of the time before, where the person calls.
    waits: keeping::Waits,
    /// What last went wrong and is still worth showing.
    pub(crate) trouble: Option<Trouble>,
}

/// Where a visit stands.
#[derive(Debug)]
pub(crate) enum Stage {
    Finding(Finding),
    Found(Found),
    Checking(Checking),
    HandingOver(Box<Board>),
    Ending(Ending),
    Ended(Receipt),
}

impl Visit {
    pub(crate) fn start(
        id: VisitId,
        ticket: Option<u32>,
        (prefs, comes): (Prefs, Comes),
        cx: &mut Context<'_>,
    ) -> Self {
        cx.record(Event::VisitStarted { ticket });
        if comes == Comes::ByTelephone {
            cx.record(Event::Telephone(TelephoneEvent::VisitByTelephone));
        }
        Self {
            id,
            ticket,
            prefs,
            comes,
            route: Route::AddAccount,
            stage: Stage::Finding(Finding::default()),
            access: PhoneAccess::default(),
            letters: letters::Letters::default(),
            waits: keeping::Waits::default(),
            trouble: None,
        }
    }

    /// Whether something would be cut off if the windows closed.
    pub(crate) fn open(&self) -> bool {
        match self.stage {
            Stage::HandingOver(_) | Stage::Ending(_) => true,
            Stage::Finding(_) | Stage::Found(_) | Stage::Checking(_) | Stage::Ended(_) => false,
        }
    }

    /// The operator wants something of this visit.
    pub(crate) fn act(
        &mut self,
        action: &VisitAction,
        cx: &mut Context<'_>,
    ) -> Result<VisitEffects, Trouble> {
        let mut after = VisitEffects::default();
        match action {
            VisitAction::SetPersonLanguage { lang } => self.prefs.lang = *lang,
            VisitAction::SetPhone { os, lang } => {
                self.prefs.choose_phone(*os);
                self.prefs.phone_lang = *lang;
            }
            VisitAction::ChooseRoute { route } => self.choose_route(*route, cx)?,
            VisitAction::AnswerPhone { asked, yes } => self.answer_phone(*asked, *yes, cx)?,
            VisitAction::NotToday { why, leave_pass } => {
                self.not_today(*why, *leave_pass, cx, &mut after)?;
            }
            VisitAction::Cancel => self.cancel(VisitOutcome::Cancelled, false, cx, &mut after)?,
            VisitAction::LeaveUnfinished { leave_pass } => {
                self.cancel(VisitOutcome::LeftUnfinished, *leave_pass, cx, &mut after)?;
            }
            VisitAction::Finish { leave_pass } => self.finish(*leave_pass, cx, &mut after)?,
            VisitAction::Close if matches!(self.stage, Stage::Ended(_)) => after.gone = true,
            // The next visit is the desk's to begin.
            VisitAction::Close | VisitAction::StartNext => return Err(illegal_in_state()),
            VisitAction::Find { .. }
            | VisitAction::Choose { .. }
            | VisitAction::SearchAgain
            | VisitAction::ConfirmPerson
            | VisitAction::HeedWarnings { .. }
            | VisitAction::Tick { .. }
            | VisitAction::Note(_)
            | VisitAction::Caller(_)
            | VisitAction::ConfirmPhone { .. }
            | VisitAction::ConfirmCheck => self.act_before_board(action, cx)?,
            VisitAction::Letter(action) => self.act_letter(action, cx)?,
            VisitAction::Again(action) => self.board()?.act_again(action, cx)?,
            VisitAction::After(action) => {
                self.at_the_counter()?;
                self.board()?.act_after(action, cx)?;
            }
            VisitAction::OldPhone(OldPhoneAction::SayEarlierPhone { .. }) => {
                self.act_before_board(action, cx)?;
            }
            VisitAction::OldPhone(action) => self.board()?.act_old_phone(action, cx)?,
            VisitAction::MakeHandOut { paper } => self.make_hand_out(*paper, cx)?,
            VisitAction::IssuePass { .. }
            | VisitAction::RenewPass { .. }
            | VisitAction::AskColleague
            | VisitAction::StopAskingColleague
            | VisitAction::Reveal
            | VisitAction::Hide
            | VisitAction::Longer
            | VisitAction::ReadOut
            | VisitAction::LookNow
            | VisitAction::Next
            | VisitAction::Back
            | VisitAction::GoTo { .. }
            | VisitAction::GoToWithoutPass { .. }
            | VisitAction::ClearOtherScreen => self.board()?.act(action, cx)?,
        }
        self.hide_unseen(cx);
        self.trouble = None;
        self.close_letters(&mut after, cx);
        Ok(after)
    }

    /// The person wants something from the person's own screen.
    pub(crate) fn person_act(
        &mut self,
        action: &PersonAction,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        if self.prefs.act(action) {
            self.touched(cx.glance.now);
            return Ok(());
        }
        if *action == PersonAction::AppInstalled {
            self.person_has_app(cx)?;
        } else {
            self.board()?.person_act(action, cx)?;
        }
        self.hide_unseen(cx);
        Ok(())
    }

    /// The directory was read.
    pub(crate) fn on_read(
        &mut self,
        id: EffectId,
        answer: Result<Reading, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| board.on_read(id, answer, cx))
    }

    /// What came of asking for a pass.
    pub(crate) fn on_issue(
        &mut self,
        id: EffectId,
        answer: IssueAnswer,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| board.on_issue(id, answer, cx))
    }

    /// What operator and person are in was read.
    pub(crate) fn on_belonging(
        &mut self,
        id: EffectId,
        read: Result<BeforePass, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| board.on_belonging(id, read, cx))
    }

    /// A colleague signed in, or did not.
    pub(crate) fn on_colleague(
        &mut self,
        id: EffectId,
        answer: Result<Colleague, Trouble>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| board.on_colleague(id, answer, cx))
    }

    /// The hand-out was made.
    pub(crate) fn on_hand_out(
        &mut self,
        id: EffectId,
        made: Result<HandOutDone, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        if let Stage::Ended(receipt) = &mut self.stage {
            self.trouble = receipt.sheet.made(id, made);
            return VisitEffects::default();
        }
        self.tell_board(cx, |board, _| board.on_hand_out(id, made))
    }

    /// Somebody touched what the visit shows: its last screen stays a while longer.
    pub(crate) fn touched(&mut self, now: Now) {
        if let Stage::Ended(receipt) = &mut self.stage {
            receipt.stays(now);
        }
    }

    /// Something of this visit was written down, or could not be.
    pub(crate) fn on_recorded(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        if let Stage::Ending(ending) = &mut self.stage {
            if let Some(receipt) = ending.on_recorded(id, written, cx) {
                self.stage = Stage::Ended(receipt);
            }
            return VisitEffects::default();
        }
        self.on_letter_written(id, written, cx);
        let passes = self.passes();
        let after = self.tell_board(cx, |board, cx| board.on_recorded(id, written, cx));
        if self.passes() > passes {
            self.tell_of_pass(cx);
        }
        after
    }

    /// A pass was taken back, or could not be.
    pub(crate) fn on_removed(
        &mut self,
        id: EffectId,
        removed: Result<PassRemoval, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        if let Stage::Ending(ending) = &mut self.stage {
            let mut after = VisitEffects::default();
            ending.on_removed(id, removed, cx, &mut after);
            return after;
        }
        self.tell_board(cx, |board, cx| board.on_removed(id, removed, cx))
    }

    /// How many passes were issued in it.
    fn passes(&self) -> usize {
        match &self.stage {
            Stage::HandingOver(board) => board.own.len(),
            Stage::Finding(_)
            | Stage::Found(_)
            | Stage::Checking(_)
            | Stage::Ending(_)
            | Stage::Ended(_) => 0,
        }
    }

    /// An answer for the board, and what it means for the visit as a whole.
    fn tell_board(
        &mut self,
        cx: &mut Context<'_>,
        then: impl FnOnce(&mut Board, &mut Context<'_>) -> Option<Trouble>,
    ) -> VisitEffects {
        let mut after = VisitEffects::default();
        let Stage::HandingOver(board) = &mut self.stage else {
            return after;
        };
        let (paused, uncertain) = (board.polling.paused_since.is_some(), board.uncertain());
        if let Some(trouble) = then(board, cx) {
            let unwritten = [
                TroubleCode::PassNotRecorded,
                TroubleCode::RollNotRecorded,
                TroubleCode::PasswordNotRecorded,
                TroubleCode::PhoneNotRecorded,
                TroubleCode::NeedNotRecorded,
            ];
            after.told = unwritten.contains(&trouble.code);
            self.trouble = Some(trouble);
        } else if paused && board.polling.paused_since.is_none() {
            self.trouble = None;
        } else if uncertain && !board.uncertain() {
            self.certain_again();
        }
        self.hide_unseen(cx);
        self.hand_over(&mut after);
        after
    }

    /// Time went by; says whether anything changed and whether the visit is over.
    pub(crate) fn handle_timeout(&mut self, cx: &mut Context<'_>) -> (bool, VisitEffects) {
        let mut after = VisitEffects::default();
        let changed = match &mut self.stage {
            Stage::HandingOver(board) => {
                let uncertain = board.uncertain();
                let (late, told) = board.on_time_colleague(cx);
                self.trouble = told.or_else(|| self.trouble.take());
                let late = self.letters.on_time(cx.glance.now.mono) || late;
                let changed = board.handle_timeout(cx) || late;
                if uncertain && !board.uncertain() {
                    self.certain_again();
                }
                changed
            }
            Stage::Ending(ending) => match ending.handle_timeout(cx, &mut after) {
                Some(receipt) => {
                    self.stage = Stage::Ended(receipt);
                    true
                }
                None => false,
            },
            Stage::Ended(receipt) => {
                after.gone = receipt.closes_at <= cx.now.mono;
                after.gone
            }
            Stage::Finding(_) | Stage::Found(_) | Stage::Checking(_) => false,
        };
        let asked = self.ask_access(cx);
        self.hand_over(&mut after);
        self.close_letters(&mut after, cx);
        (changed || asked, after)
    }

    /// When this visit next wants to be woken.
    pub(crate) fn poll_timeout(&self, may_look: bool, rate_limit: &RateLimit) -> Option<Mono> {
        match &self.stage {
            Stage::HandingOver(board) => {
                let letter = self.letters.due();
                let board = board.poll_timeout(may_look, rate_limit);
                board.into_iter().chain(letter).min()
            }
            Stage::Ending(ending) => Some(ending.gives_up_at),
            Stage::Ended(receipt) => Some(receipt.closes_at),
            Stage::Finding(_) | Stage::Found(_) | Stage::Checking(_) => None,
        }
    }

    /// Since when it wants to look, where it does. Who waits longest goes first.
    pub(crate) fn wants_poll(&self) -> Option<Mono> {
        match &self.stage {
            Stage::HandingOver(board) => board.polling.next,
            Stage::Finding(_)
            | Stage::Found(_)
            | Stage::Checking(_)
            | Stage::Ending(_)
            | Stage::Ended(_) => None,
        }
    }

    /// The operator went away: what must not stay in sight goes.
    pub(crate) fn on_locked(&mut self, effects: &mut Effects) {
        if let Stage::HandingOver(board) = &mut self.stage {
            board.hide();
            board.lock_after(self.id, effects);
            board.forget_colleague(self.id, effects);
        }
    }

    /// The operator went away: what a colleague said to them holds no longer.
    pub(crate) fn forget_colleague(&mut self, effects: &mut Effects) {
        if let Stage::HandingOver(board) = &mut self.stage {
            board.forget_colleague(self.id, effects);
        }
    }

    /// Whether the person may be in the middle of something on the phone.
    pub(crate) fn on_board(&self) -> bool {
        match self.stage {
            Stage::HandingOver(_) => true,
            Stage::Finding(_)
            | Stage::Found(_)
            | Stage::Checking(_)
            | Stage::Ending(_)
            | Stage::Ended(_) => false,
        }
    }

    /// The person this visit serves, from the confirmation until the visit begins to end.
    pub(crate) fn serves(&self) -> Option<Blocked> {
        let user = match &self.stage {
            Stage::Checking(checking) => &checking.person.id,
            Stage::HandingOver(board) => &board.person.id,
            Stage::Finding(_) | Stage::Found(_) | Stage::Ending(_) | Stage::Ended(_) => {
                return None;
            }
        };
        Some(Blocked::Served {
            user: user.clone(),
            ticket: self.ticket.unwrap_or_default(),
        })
    }

    /// Whether it is still at work on its person's pass: what is probably its own may be removed unasked.
    pub(crate) fn hands_over(&self) -> bool {
        matches!(self.stage, Stage::HandingOver(_))
    }

    /// The board, where the visit has one now.
    fn board(&mut self) -> Result<&mut Board, Trouble> {
        match &mut self.stage {
            Stage::HandingOver(board) => Ok(board),
            Stage::Finding(_)
            | Stage::Found(_)
            | Stage::Checking(_)
            | Stage::Ending(_)
            | Stage::Ended(_) => Err(illegal_in_state()),
        }
    }

    fn certain_again(&mut self) {
        self.trouble
            .take_if(|trouble| trouble.code == TroubleCode::PassUncertain);
    }
}

pub(crate) fn illegal_in_state() -> Trouble {
    Trouble::new(TroubleCode::NotNow)
}

pub(crate) fn sign_in_again() -> Trouble {
    Trouble::new(TroubleCode::SignInAgain)
}
