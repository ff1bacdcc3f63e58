//! The end of a hand-over: the pass removed or left by choice, the end recorded, a receipt.

use super::handout::Sheet;
use super::{Board, Context, Finding, Glance, Stage, Visit, VisitEffects, illegal_in_state};
use crate::display::sanitize_for_display;
use crate::effect::{Effect, EffectFailure, EffectId, NotRecorded, PassRemoval};
use crate::pass::open_question::OpenQuestion;
use crate::pass::reconcile::{Reconcile, Settled};
use crate::pass::state::HeldPass;
use crate::pass::target::{Heard, Target};
use crate::person::directory::Person;
use crate::record::{Event, PassEnd, RemovalReason, VisitOutcome};
use crate::time::{Mono, Now, ServiceTime};
use crate::trouble::Trouble;
use crate::view::EndView;
use crate::walkthrough::phone_answers::NotPossibleReason;

const GIVE_UP_S: u64 = 45;
const RECEIPT_S: u64 = 180;

/// The pass is being removed, then the end is written.
#[derive(Debug)]
pub(crate) struct Ending {
    pub(crate) gives_up_at: Mono,
    step: Step,
    how: VisitOutcome,
    end: EndView,
}

#[derive(Debug)]
enum Step {
    Removing {
        effect: EffectId,
        debt: Box<PassToRevoke>,
    },
    Writing {
        effect: EffectId,
    },
}

/// A pass that is to be taken back, and what the desk needs to go on trying.
#[derive(Clone, Debug)]
struct PassToRevoke {
    question: OpenQuestion,
    target: Target,
    /// Another pass was seen in its place.
    replaced: bool,
}

/// The visit is over; nothing secret is left. The screen says how it ended until it is put away.
#[derive(Debug)]
pub(crate) struct Receipt {
    pub(crate) end: EndView,
    pub(crate) closes_at: Mono,
    /// The closing card on paper.
    pub(super) sheet: Sheet,
}

impl Receipt {
    /// It goes by itself once nobody has touched it for so long.
    pub(super) fn stays(&mut self, now: Now) {
        self.closes_at = now.mono.after_s(RECEIPT_S);
    }
}

impl Visit {
    pub(super) fn finish(
        &mut self,
        leave_pass: bool,
        cx: &mut Context<'_>,
        after: &mut VisitEffects,
    ) -> Result<(), Trouble> {
        match &self.stage {
            Stage::HandingOver(board)
                if board.evidence.registered.is_some() && !board.is_busy_after() =>
            {
                self.end_board(VisitOutcome::Finished, leave_pass, cx, after);
                Ok(())
            }
            Stage::HandingOver(board) => {
                let how = board.again.ends_as().ok_or_else(illegal_in_state)?;
                self.end_board(how, false, cx, after);
                Ok(())
            }
            Stage::Finding(_)
            | Stage::Found(_)
            | Stage::Checking(_)
            | Stage::Ending(_)
            | Stage::Ended(_) => Err(illegal_in_state()),
        }
    }

    /// Ends kindly what cannot be done today, with or without an identity check.
    pub(super) fn not_today(
        &mut self,
        why: NotPossibleReason,
        leave_pass: bool,
        cx: &mut Context<'_>,
        after: &mut VisitEffects,
    ) -> Result<(), Trouble> {
        match &self.stage {
            Stage::HandingOver(board) if board.evidence.registered.is_none() => {
                self.end_board(why.into(), leave_pass, cx, after);
            }
            Stage::Checking(checking) => {
                let ending = Ending::unchecked(&checking.person, why.into(), cx);
                self.stage = Stage::Ending(ending);
            }
            Stage::HandingOver(_)
            | Stage::Finding(_)
            | Stage::Found(_)
            | Stage::Ending(_)
            | Stage::Ended(_) => return Err(illegal_in_state()),
        }
        Ok(())
    }

    pub(super) fn cancel(
        &mut self,
        how: VisitOutcome,
        leave_pass: bool,
        cx: &mut Context<'_>,
        after: &mut VisitEffects,
    ) -> Result<(), Trouble> {
        match &self.stage {
            Stage::HandingOver(_) => self.end_board(how, leave_pass, cx, after),
            Stage::Finding(_) | Stage::Found(_) | Stage::Checking(_) => {
                cx.record(Event::VisitEnded {
                    how,
                    pass: PassEnd::None,
                });
                after.gone = true;
            }
            Stage::Ending(_) | Stage::Ended(_) => return Err(illegal_in_state()),
        }
        Ok(())
    }

    fn end_board(
        &mut self,
        how: VisitOutcome,
        leave_pass: bool,
        cx: &mut Context<'_>,
        after: &mut VisitEffects,
    ) {
        let stage = std::mem::replace(&mut self.stage, Stage::Finding(Finding::default()));
        if let Stage::HandingOver(board) = stage {
            let mut board = board;
            board.forget_colleague(cx.glance.visit, cx.effects);
            board.close_old_phone(cx, after);
            after.last_look = board.last_look(self.ticket, cx);
            let ending = Ending::start(*board, how, leave_pass, cx, after);
            self.stage = Stage::Ending(ending);
        }
        self.end_letters(cx);
        self.trouble = None;
    }

    /// Ends at once, wherever it stands, while nobody is signed in: a living pass is taken back later.
    pub(crate) fn abandon(&mut self, cx: &mut Context<'_>) -> VisitEffects {
        let mut after = VisitEffects::default();
        if let Stage::Ending(ending) = &mut self.stage {
            ending.break_off(cx, &mut after);
        }
        // What has ended already is only put away.
        let _ended = self.cancel(VisitOutcome::LeftUnfinished, false, cx, &mut after);
        after.gone = true;
        self.close_letters(&mut after, cx);
        after
    }

    /// The desk knows what became of a pass this visit had left: the receipt, if still in sight, says so.
    pub(crate) fn settled(&mut self, settled: Settled) {
        let Stage::Ended(receipt) = &mut self.stage else {
            return;
        };
        let owed = match receipt.end.pass {
            PassEnd::Pending | PassEnd::NotThere | PassEnd::Uncertain => true,
            PassEnd::None
            | PassEnd::Used
            | PassEnd::Removed
            | PassEnd::Left
            | PassEnd::Expired
            | PassEnd::Gone => false,
        };
        let pass = match settled {
            Settled::NotIssued => PassEnd::None,
            Settled::Removed => PassEnd::Removed,
            Settled::Gone => PassEnd::Gone,
            Settled::Lapsed => PassEnd::Expired,
            Settled::NotSeen | Settled::Asked | Settled::TakenBack => return,
        };
        if owed {
            receipt.end.pass = pass;
            receipt.end.pass_until = None;
        }
    }
}

impl Ending {
    pub(super) fn name(&self) -> &str {
        &self.end.name
    }

    pub(super) fn end_mut(&mut self) -> &mut EndView {
        &mut self.end
    }

    pub(super) fn start(
        mut board: Board,
        how: VisitOutcome,
        leave_pass: bool,
        cx: &mut Context<'_>,
        left: &mut VisitEffects,
    ) -> Self {
        let mut after = board.close_after(cx);
        left.late = after.as_mut().and_then(|after| after.late.take());
        let (held, orphan) = board.leave_behind(cx);
        if let (Some(held), true, Some(_)) = (&held, leave_pass, &orphan) {
            left_by_choice(held, cx);
        }
        let debt = held
            .as_ref()
            .filter(|held| should_go(held, leave_pass))
            .map(|held| PassToRevoke::of(held, board.evidence.pass.replaced()));
        let until = held
            .as_ref()
            .filter(|held| !held.ended(cx.now))
            .map(HeldPass::ends);
        let late = orphan.as_ref().map(Reconcile::until).or(board.late);
        let fate = fate_of(&board, held.as_ref(), orphan.is_some(), leave_pass, cx);
        let end = EndView {
            how,
            pass: fate,
            pass_until: until.or(late),
            name: sanitize_for_display(&board.person.name),
            registered: board.evidence.registered,
            device_name: board
                .evidence
                .device_name
                .as_deref()
                .map(sanitize_for_display),
            unrecorded: false,
            hand_out: None,
            tested: after.as_ref().map(|after| after.tested),
            password: after.as_ref().map(|after| after.password),
            again: board.again_told(),
            again_off: board.again.need().map(|need| need.off),
        };
        left.unreconciled.extend(orphan);
        let step = match debt {
            Some(debt) if cx.operator.is_some() => {
                cx.rate_limit.spend(cx.glance.now.mono);
                let effect = cx.push(Effect::RemovePass {
                    user: board.person.id.clone(),
                    pass: debt.target.pass.clone(),
                });
                let debt = Box::new(debt);
                Step::Removing { effect, debt }
            }
            debt => {
                left.unreconciled
                    .extend(debt.map(|debt| debt.collect(cx.now.mono)));
                Step::Writing {
                    effect: write_end(how, end.pass, cx),
                }
            }
        };
        Self {
            gives_up_at: cx.now.mono.after_s(GIVE_UP_S),
            step,
            how,
            end,
        }
    }

    /// The end of a visit in which no pass could be asked for yet.
    pub(super) fn unchecked(person: &Person, how: VisitOutcome, cx: &mut Context<'_>) -> Self {
        let end = EndView {
            how,
            pass: PassEnd::None,
            pass_until: None,
            name: sanitize_for_display(&person.name),
            registered: None,
            device_name: None,
            unrecorded: false,
            tested: None,
            password: None,
            again: None,
            again_off: None,
            hand_out: None,
        };
        Self {
            gives_up_at: cx.now.mono.after_s(GIVE_UP_S),
            step: Step::Writing {
                effect: write_end(how, end.pass, cx),
            },
            how,
            end,
        }
    }

    /// The pass was taken back, or could not be.
    pub(super) fn on_removed(
        &mut self,
        id: EffectId,
        removed: Result<PassRemoval, EffectFailure>,
        cx: &mut Context<'_>,
        after: &mut VisitEffects,
    ) {
        let debt = match &self.step {
            Step::Removing { effect, debt } if *effect == id => (**debt).clone(),
            Step::Removing { .. } | Step::Writing { .. } => return,
        };
        match removed {
            Ok(PassRemoval::Removed) => {
                let (pass, why) = (debt.target.pass.clone(), RemovalReason::VisitEnded);
                cx.record(Event::PassRemoved { pass, why });
                after.taken_back = Some((debt.question, debt.target));
                if self.end.pass == PassEnd::Removed {
                    self.end.pass_until = None;
                }
            }
            Ok(PassRemoval::NotThere) => self.on_not_there(debt, cx, after),
            Err(_) => self.hand_over_revocation(cx, after),
        }
        self.step = Step::Writing {
            effect: write_end(self.how, self.end.pass, cx),
        };
    }

    /// A copy of the directory that is behind says so, too: that ends nothing, unless something else proves it.
    fn on_not_there(
        &mut self,
        mut debt: PassToRevoke,
        cx: &mut Context<'_>,
        after: &mut VisitEffects,
    ) {
        let named = || (debt.question.intent.clone(), debt.target.pass.clone());
        let (intent, pass) = named();
        cx.record(Event::PassNotThere { intent, pass });
        let proven = match () {
            () if debt.replaced => {
                let (intent, pass) = named();
                cx.record(Event::PassGone { intent, pass });
                Some(PassEnd::Gone)
            }
            () if debt.target.is_over(cx.now) => Some(PassEnd::Expired),
            () => None,
        };
        if proven.is_none() {
            debt.target.heard = Heard::NotThere;
            debt.target.due = false;
            after.unreconciled.push(debt.collect(cx.now.mono));
        }
        if self.end.pass == PassEnd::Removed {
            self.end.pass = proven.unwrap_or(PassEnd::NotThere);
            self.end.pass_until.take_if(|_| proven.is_some());
        }
    }

    /// The end is written down, or could not be.
    pub(super) fn on_recorded(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        cx: &Glance<'_>,
    ) -> Option<Receipt> {
        match &self.step {
            Step::Writing { effect } if *effect == id => {
                self.end.unrecorded = written.is_err();
                Some(self.receipt(cx))
            }
            Step::Removing { .. } | Step::Writing { .. } => None,
        }
    }

    pub(super) fn handle_timeout(
        &mut self,
        cx: &mut Context<'_>,
        after: &mut VisitEffects,
    ) -> Option<Receipt> {
        if cx.now.mono < self.gives_up_at {
            return None;
        }
        self.break_off(cx, after);
        Some(self.receipt(cx))
    }

    /// Waits no longer: what is still owed goes to the desk, which goes on trying.
    pub(super) fn break_off(&mut self, cx: &mut Context<'_>, after: &mut VisitEffects) {
        match self.step {
            Step::Removing { .. } => {
                self.hand_over_revocation(cx, after);
                write_end(self.how, self.end.pass, cx);
            }
            Step::Writing { .. } => self.end.unrecorded = true,
        }
    }

    fn hand_over_revocation(&mut self, cx: &Glance<'_>, after: &mut VisitEffects) {
        if let Step::Removing { debt, .. } = &self.step {
            after
                .unreconciled
                .push((**debt).clone().collect(cx.now.mono));
            if self.end.pass == PassEnd::Removed {
                self.end.pass = PassEnd::Pending;
            }
        }
    }

    fn receipt(&self, cx: &Glance<'_>) -> Receipt {
        Receipt {
            end: self.end.clone(),
            closes_at: cx.now.mono.after_s(RECEIPT_S),
            sheet: Sheet::default(),
        }
    }
}

impl PassToRevoke {
    fn of(held: &HeldPass, replaced: bool) -> Self {
        Self {
            question: (*held.question).clone(),
            target: held.to_take_back(),
            replaced,
        }
    }

    fn collect(self, now: Mono) -> Reconcile {
        Reconcile::owe(self.question, self.target, now)
    }
}

/// Whether the pass is taken back: always, unless it was left by choice or the directory itself said that it is spent.
/// No clock excuses that.
fn should_go(held: &HeldPass, leave_pass: bool) -> bool {
    !(leave_pass || held.consumed)
}

/// Another pass of the visit is uncertain, so its end is no word on this one: that it stays is written down by itself.
fn left_by_choice(held: &HeldPass, cx: &mut Context<'_>) {
    let Some(operator) = cx.operator.map(|operator| operator.oid.clone()) else {
        return;
    };
    cx.record(Event::PassDecided {
        intent: held.question.intent.clone(),
        pass: held.id.clone(),
        operator,
        remove: false,
    });
}

/// The same where the pass was taken back before the end.
fn fate_of(
    board: &Board,
    held: Option<&HeldPass>,
    orphan: bool,
    leave_pass: bool,
    cx: &Glance<'_>,
) -> PassEnd {
    let fate = fate(held, orphan, board.late, leave_pass, cx);
    if board.taken_back && fate == PassEnd::None {
        PassEnd::Removed
    } else {
        fate
    }
}

fn fate(
    held: Option<&HeldPass>,
    orphan: bool,
    late: Option<ServiceTime>,
    leave_pass: bool,
    cx: &Glance<'_>,
) -> PassEnd {
    match held {
        _ if orphan => PassEnd::Uncertain,
        None if late.is_some_and(|late| !cx.now.is_surely_past(late)) => PassEnd::Uncertain,
        None => PassEnd::None,
        Some(held) if held.consumed => PassEnd::Used,
        Some(held) if leave_pass && held.ended(cx.now) => PassEnd::Expired,
        Some(_) if leave_pass => PassEnd::Left,
        Some(_) if cx.operator.is_none() => PassEnd::Pending,
        Some(_) => PassEnd::Removed,
    }
}

fn write_end(outcome: VisitOutcome, pass: PassEnd, cx: &mut Context<'_>) -> EffectId {
    cx.record(Event::VisitEnded { how: outcome, pass })
}
