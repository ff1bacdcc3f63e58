//! The end of a hand-over: the pass removed or left by choice, the end recorded, a receipt.

use super::{Board, Context, Finding, Glance, Stage, Visit, VisitEffects, illegal_in_state};
use crate::display::sanitize_for_display;
use crate::effect::{Effect, EffectFailure, EffectId, NotRecorded};
use crate::ids::PassId;
use crate::pass::reconcile::{OpenQuestion, Reconcile};
use crate::pass::state::HeldPass;
use crate::person::directory::Person;
use crate::reading::MethodQuery;
use crate::record::{Event, PassEnd, RemovalReason, VisitOutcome};
use crate::time::Mono;
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
        debt: PassToRevoke,
    },
    Writing {
        effect: EffectId,
    },
}

/// A pass that is to be taken back, and what the desk needs to go on trying.
#[derive(Clone, Debug)]
struct PassToRevoke {
    question: OpenQuestion,
    pass: PassId,
}

/// The visit is over; nothing secret is left. The screen says how it ended until it is put away.
#[derive(Debug)]
pub(crate) struct Receipt {
    pub(crate) end: EndView,
    pub(crate) closes_at: Mono,
}

impl Visit {
    pub(super) fn finish(
        &mut self,
        leave_pass: bool,
        cx: &mut Context<'_>,
        after: &mut VisitEffects,
    ) -> Result<(), Trouble> {
        match &self.stage {
            Stage::HandingOver(board) if board.evidence.registered.is_some() => {
                self.end_board(VisitOutcome::Finished, leave_pass, cx, after);
                Ok(())
            }
            Stage::HandingOver(_)
            | Stage::Finding(_)
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
            let ending = Ending::start(*board, how, leave_pass, cx, after);
            self.stage = Stage::Ending(ending);
        }
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
        after
    }

    /// The desk took back what this visit had left: the receipt, if still in sight, says so.
    pub(crate) fn taken_back(&mut self) {
        if let Stage::Ended(receipt) = &mut self.stage
            && receipt.end.pass == PassEnd::Pending
        {
            receipt.end.pass = PassEnd::Removed;
            receipt.end.pass_until = None;
        }
    }
}

impl Ending {
    pub(super) fn name(&self) -> &str {
        &self.end.name
    }

    pub(super) fn start(
        mut board: Board,
        how: VisitOutcome,
        leave_pass: bool,
        cx: &mut Context<'_>,
        after: &mut VisitEffects,
    ) -> Self {
        let (held, orphan) = board.leave_behind(cx);
        let debt = held
            .as_ref()
            .filter(|held| should_go(held, leave_pass, cx))
            .map(|held| PassToRevoke::of(&board, held, cx));
        let until = held
            .as_ref()
            .filter(|held| !held.ended(cx.now))
            .map(HeldPass::ends);
        let end = EndView {
            how,
            pass: fate(held.as_ref(), orphan.as_ref(), leave_pass, cx),
            pass_until: until.or(orphan.as_ref().map(|orphan| orphan.question.until)),
            name: sanitize_for_display(&board.person.name),
            registered: board.evidence.registered,
            device_name: board
                .evidence
                .device_name
                .as_deref()
                .map(sanitize_for_display),
            unrecorded: false,
        };
        after.unreconciled.extend(orphan);
        let step = match debt {
            Some(debt) if cx.operator.is_some() => {
                cx.rate_limit.spend(cx.glance.now.mono);
                let effect = cx.push(Effect::RemovePass {
                    user: board.person.id.clone(),
                    pass: debt.pass.clone(),
                });
                Step::Removing { effect, debt }
            }
            debt => {
                after
                    .unreconciled
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
        removed: Result<(), EffectFailure>,
        cx: &mut Context<'_>,
        after: &mut VisitEffects,
    ) {
        let pass = match &self.step {
            Step::Removing { effect, debt } if *effect == id => debt.pass.clone(),
            Step::Removing { .. } | Step::Writing { .. } => return,
        };
        match removed {
            Ok(()) => {
                let why = RemovalReason::VisitEnded;
                cx.record(Event::PassRemoved { pass, why });
                if self.end.pass == PassEnd::Removed {
                    self.end.pass_until = None;
                }
            }
            Err(_) => self.hand_over_revocation(cx, after),
        }
        self.step = Step::Writing {
            effect: write_end(self.how, self.end.pass, cx),
        };
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
            after.unreconciled.push(debt.clone().collect(cx.now.mono));
            if self.end.pass == PassEnd::Removed {
                self.end.pass = PassEnd::Pending;
            }
        }
    }

    fn receipt(&self, cx: &Glance<'_>) -> Receipt {
        Receipt {
            end: self.end.clone(),
            closes_at: cx.now.mono.after_s(RECEIPT_S),
        }
    }
}

impl PassToRevoke {
    fn of(board: &Board, held: &HeldPass, cx: &Glance<'_>) -> Self {
        Self {
            question: OpenQuestion {
                visit: cx.visit,
                user: board.person.id.clone(),
                upn: board.person.upn.to_string(),
                intent: held.intent.clone(),
                known: Vec::new(),
                asked_at: cx.now.service,
                until: held.ends(),
                lists: MethodQuery::passes(cx.policy.scopes),
            },
            pass: held.id.clone(),
        }
    }

    fn collect(self, now: Mono) -> Reconcile {
        Reconcile::remove(self.question, self.pass, now)
    }
}

/// Whether the pass is taken back: it still works, and was not left by choice or spent.
fn should_go(held: &HeldPass, leave_pass: bool, cx: &Glance<'_>) -> bool {
    !(leave_pass || held.consumed || held.ended(cx.now))
}

fn fate(
    held: Option<&HeldPass>,
    orphan: Option<&Reconcile>,
    leave_pass: bool,
    cx: &Glance<'_>,
) -> PassEnd {
    match held {
        _ if orphan.is_some() => PassEnd::Uncertain,
        None => PassEnd::None,
        Some(held) if held.consumed => PassEnd::Used,
        Some(held) if held.ended(cx.now) => PassEnd::Expired,
        Some(_) if leave_pass => PassEnd::Left,
        Some(_) if cx.operator.is_none() => PassEnd::Pending,
        Some(_) => PassEnd::Removed,
    }
}

fn write_end(outcome: VisitOutcome, pass: PassEnd, cx: &mut Context<'_>) -> EffectId {
    cx.record(Event::VisitEnded { how: outcome, pass })
}
