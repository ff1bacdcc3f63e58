//! The end of a hand-over: the pass removed or left by choice, the end recorded, a receipt.

use super::cards::shown;
use super::held::Held;
use super::{Board, Context};
use crate::effect::{Effect, EffectId, Ended, EndedPass, Outcome, RecordEntry};
use crate::ids::{PassId, VisitId};
use crate::reconcile::Reconcile;
use crate::time::{Mono, ServiceTime};
use crate::view::EndView;

const GIVE_UP_S: u64 = 45;
const RECEIPT_S: u64 = 180;

/// The pass is being removed, then the end is written.
#[derive(Debug)]
pub(crate) struct Ending {
    pub(crate) gives_up_at: Mono,
    step: Step,
    how: Ended,
    pass: EndedPass,
    end: EndView,
}

#[derive(Debug)]
enum Step {
    Removing { effect: EffectId, pass: PassId },
    Writing { effect: EffectId },
}

/// The visit is over; nothing secret is left. The screen says how it ended until it is put away.
#[derive(Debug)]
pub(crate) struct Receipt {
    pub(crate) end: EndView,
    pub(crate) closes_at: Mono,
}

impl Ending {
    pub(super) fn start(
        visit: VisitId,
        mut board: Board,
        how: Ended,
        leave_pass: bool,
        cx: &mut Context<'_>,
    ) -> (Self, Option<Reconcile>) {
        let (held, orphan) = board.leave_behind(visit, cx);
        let removable = held.as_ref().filter(|held| should_go(held, leave_pass, cx));
        let until = held
            .as_ref()
            .filter(|held| !held.ended(cx.now))
            .map(Held::ends);
        let pass = fate(held.as_ref(), orphan.as_ref(), leave_pass, cx);
        let end = EndView {
            how,
            pass,
            pass_until: until.or(orphan.as_ref().map(|orphan| orphan.until)),
            name: shown(&board.person.name),
            registered: board.live.registered,
            device_name: board.live.device_name.as_deref().map(shown),
            unrecorded: false,
        };
        let user = board.person.id.clone();
        let gives_up_at = cx.now.mono.after_s(GIVE_UP_S);
        let step = match removable {
            Some(held) if cx.operator.is_some() => {
                cx.budget.spend(cx.now.mono);
                let pass = held.id.clone();
                let effect = cx.effects.push(Effect::RemovePass {
                    visit,
                    user,
                    pass: pass.clone(),
                });
                Step::Removing { effect, pass }
            }
            Some(_) | None => Step::Writing {
                effect: write_end(visit, how, pass, cx),
            },
        };
        (
            Self {
                gives_up_at,
                step,
                how,
                pass,
                end,
            },
            orphan,
        )
    }

    pub(super) fn handle_outcome(
        &mut self,
        visit: VisitId,
        id: EffectId,
        outcome: &Outcome,
        cx: &mut Context<'_>,
    ) -> Option<Receipt> {
        match &self.step {
            Step::Removing { effect, pass } if *effect == id => {
                if matches!(outcome, Outcome::PassRemoved) {
                    let why = why(self.how);
                    let entry = RecordEntry::PassRemoved {
                        pass: pass.clone(),
                        why,
                    };
                    cx.effects.push(Effect::Record {
                        visit: Some(visit),
                        entry,
                    });
                    if self.pass != EndedPass::Uncertain {
                        self.say(EndedPass::Removed, None);
                    }
                } else {
                    self.say(EndedPass::Uncertain, self.end.pass_until);
                }
                self.step = Step::Writing {
                    effect: write_end(visit, self.how, self.pass, cx),
                };
                None
            }
            Step::Writing { effect } if *effect == id => {
                self.end.unrecorded = matches!(outcome, Outcome::RecordFailed);
                Some(self.receipt(cx))
            }
            Step::Removing { .. } | Step::Writing { .. } => None,
        }
    }

    pub(super) fn handle_timeout(
        &mut self,
        visit: VisitId,
        cx: &mut Context<'_>,
    ) -> Option<Receipt> {
        if cx.now.mono < self.gives_up_at {
            return None;
        }
        match self.step {
            Step::Removing { .. } => {
                self.say(EndedPass::Uncertain, self.end.pass_until);
                write_end(visit, self.how, self.pass, cx);
            }
            Step::Writing { .. } => self.end.unrecorded = true,
        }
        Some(self.receipt(cx))
    }

    fn say(&mut self, pass: EndedPass, until: Option<ServiceTime>) {
        self.pass = pass;
        self.end.pass = pass;
        self.end.pass_until = until;
    }

    fn receipt(&self, cx: &Context<'_>) -> Receipt {
        Receipt {
            end: self.end.clone(),
            closes_at: cx.now.mono.after_s(RECEIPT_S),
        }
    }
}

/// Whether the pass is taken back: it still works, and was not left by choice or spent.
fn should_go(held: &Held, leave_pass: bool, cx: &Context<'_>) -> bool {
    !(leave_pass || held.spent || held.ended(cx.now))
}

fn fate(
    held: Option<&Held>,
    orphan: Option<&Reconcile>,
    leave_pass: bool,
    cx: &Context<'_>,
) -> EndedPass {
    match held {
        _ if orphan.is_some() => EndedPass::Uncertain,
        None => EndedPass::None,
        Some(held) if held.spent => EndedPass::Used,
        Some(held) if held.ended(cx.now) => EndedPass::Expired,
        Some(_) if leave_pass || cx.operator.is_none() => EndedPass::Left,
        Some(_) => EndedPass::Removed,
    }
}

fn write_end(visit: VisitId, how: Ended, pass: EndedPass, cx: &mut Context<'_>) -> EffectId {
    let entry = RecordEntry::VisitEnded { how, pass };
    cx.effects.push(Effect::Record {
        visit: Some(visit),
        entry,
    })
}

fn why(how: Ended) -> &'static str {
    match how {
        Ended::Finished => "finished",
        Ended::LeftUnfinished => "left_unfinished",
        Ended::Cancelled => "cancelled",
    }
}
