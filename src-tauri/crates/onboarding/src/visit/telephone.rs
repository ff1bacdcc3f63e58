//! A visit by telephone: nobody stands before the screens, the caller is proofed by calls to numbers that are held, and
//! the operator reads the pass out (N28).

use super::keeping::Waits;
use super::{Board, Context, Glance, Stage, Visit, VisitEffects, illegal_in_state};
use crate::action::CallerAction;
use crate::display::sanitize_for_display;
use crate::effect::{Effect, EffectFailure, EffectId, NotRecorded};
use crate::ids::{PassId, UserId};
use crate::kept_visit::KeptNumbers;
use crate::person::caller::CallerList;
use crate::person::directory::{Person, Target};
use crate::policy::Scopes;
use crate::record::{Event, TelephoneEvent};
use crate::telephone::{CallNumber, CallNumbers, CallerWay, Supervisor, Telephone};
use crate::trouble::{Trouble, TroubleCode};
use crate::view::{CallNumberView, CallerBoard, CallerWayView, PersonPass};

/// How the person comes to the visit. It never changes within one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comes {
    ToTheCounter,
    ByTelephone,
}

/// The caller is being proofed.
#[derive(Debug, Default)]
pub(crate) struct Calling {
    pub(super) list: CallerList,
    asked: Option<EffectId>,
}

/// Whether the operator's side may show the pass: the record has to say so first.
#[derive(Debug, Default)]
pub(super) enum ReadOut {
    #[default]
    Never,
    Writing {
        effect: EffectId,
        pass: PassId,
        /// It is still held down.
        wanted: bool,
    },
    Written {
        pass: PassId,
    },
}

/// Why this person is not served by telephone: for an administrator a lie is worth most, and who may be one is taken
/// for one.
pub(super) fn refusal(person: &Person) -> Option<Trouble> {
    let code = match (&person.target, person.has_role) {
        (Target::Protected { .. }, _) | (Target::Open | Target::Unknown, Some(true)) => {
            TroubleCode::AdminByTelephone
        }
        (Target::Unknown, _) | (Target::Open, None) => TroubleCode::RolesUnknownByTelephone,
        (Target::Open, Some(false)) => return None,
    };
    Some(Trouble::new(code))
}

impl Calling {
    /// Asks the directory where the person can be called.
    pub(super) fn begin(user: &UserId, cx: &mut Context<'_>) -> Self {
        let mut calling = Self::default();
        calling.read(user, cx);
        calling
    }

    pub(super) fn act(
        &mut self,
        action: &CallerAction,
        (user, then): (&UserId, Option<&KeptNumbers>),
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let rules = (rules(cx)?, cx.glance.now.mono);
        let place = |at: &Option<u8>| at.map(usize::from);
        if then.is_some_and(|then| self.is_new_since(then, action)) {
            return Err(Trouble::new(TroubleCode::NumbersChanged));
        }
        match action {
            CallerAction::ReadNumbers if self.asked.is_some() => Err(illegal_in_state()),
            CallerAction::ReadNumbers => {
                self.read(user, cx);
                Ok(())
            }
            CallerAction::CalledBack { at } => self.list.call_back(place(at), rules),
            CallerAction::SupervisorSaid { at } => self.list.supervisor_says(place(at), rules),
            CallerAction::ColleagueConfirms { on } => self.list.colleague_confirms(*on, rules.0),
        }
    }

    /// Whether that would be a call to a number that came only after the person first called: whoever called may have
    /// put it there.
    fn is_new_since(&self, then: &KeptNumbers, action: &CallerAction) -> bool {
        let Some(numbers) = self.list.numbers() else {
            return false;
        };
        match action {
            CallerAction::CalledBack { at: Some(at) } => {
                let number = numbers.person.get(usize::from(*at));
                number.is_some_and(|number| !then.had(number))
            }
            CallerAction::SupervisorSaid { at: Some(at) } => {
                let supervisor = numbers.supervisor.as_ref();
                supervisor.is_some_and(|it| is_new_of(it, usize::from(*at), then))
            }
            CallerAction::ReadNumbers
            | CallerAction::CalledBack { at: None }
            | CallerAction::SupervisorSaid { at: None }
            | CallerAction::ColleagueConfirms { .. } => false,
        }
    }

    pub(super) fn read(&mut self, user: &UserId, cx: &mut Context<'_>) {
        self.list.forget_numbers();
        // One list of methods is among what is read.
        if cx.policy.scopes == Scopes::Wide {
            cx.rate_limit.spend(cx.glance.now.mono);
        }
        let user = user.clone();
        self.asked = Some(cx.push(Effect::ReadCallNumbers { user }));
    }

    /// The directory said where to call, or could not be read.
    fn on_numbers(
        &mut self,
        id: EffectId,
        answer: Result<CallNumbers, EffectFailure>,
        (person, cx): (&UserId, &Glance<'_>),
        waits: &mut Waits,
    ) -> Option<Trouble> {
        self.asked.take_if(|asked| *asked == id)?;
        match answer {
            Ok(mut numbers) => {
                let is = |one: &UserId, id: &UserId| one.0.eq_ignore_ascii_case(&id.0);
                // Compared as the directory has it: a colleague who goes on sees the same.
                let changed = waits.read(person, &numbers);
                // Nobody vouches for themselves, and no operator calls the operator.
                let operator = cx.operator.map(|operator| &operator.oid);
                numbers.supervisor = numbers.supervisor.filter(|it| {
                    !is(&it.id, person) && operator.is_none_or(|operator| !is(&it.id, operator))
                });
                self.list.read(numbers);
                changed.then(|| Trouble::new(TroubleCode::NumbersChanged))
            }
            Err(failure) => Some(failure.trouble),
        }
    }

    pub(super) fn reading(&self) -> bool {
        self.asked.is_some()
    }

    /// The site's ways, with what can be called for each.
    pub(super) fn ways(&self, then: Option<&KeptNumbers>, cx: &Glance<'_>) -> Vec<CallerWayView> {
        let ways = cx.policy.telephone.iter().flat_map(|rules| &rules.ways);
        ways.map(|way| self.way(*way, then)).collect()
    }

    fn way(&self, way: CallerWay, then: Option<&KeptNumbers>) -> CallerWayView {
        let numbers = self.list.numbers();
        let supervisor = numbers.and_then(|numbers| numbers.supervisor.as_ref());
        let since = |action: fn(Option<u8>) -> CallerAction| {
            move |(at, number): (u8, &CallNumber)| {
                let is_new = then.is_some_and(|then| self.is_new_since(then, &action(Some(at))));
                shown(number, is_new)
            }
        };
        let all = |held: Option<&Vec<CallNumber>>, action: fn(Option<u8>) -> CallerAction| {
            let held = (0..).zip(held.into_iter().flatten());
            held.map(since(action)).collect()
        };
        let (numbers, at, name) = match way {
            CallerWay::CallBack => {
                let held = numbers.map(|numbers| &numbers.person);
                let called = |at| CallerAction::CalledBack { at };
                (all(held, called), self.list.called_back(), None)
            }
            CallerWay::Supervisor => {
                let held = supervisor.map(|supervisor| &supervisor.numbers);
                let name = supervisor.map(|supervisor| &supervisor.name);
                let said = |at| CallerAction::SupervisorSaid { at };
                (all(held, said), self.list.supervisor_at(), name)
            }
            CallerWay::Colleague => (Vec::new(), None, None),
        };
        CallerWayView {
            way,
            strength: way.strength(),
            on: self.list.taken().contains(&way),
            at: at.and_then(|at| u8::try_from(at).ok()),
            numbers,
            name: name.map(|name| sanitize_for_display(name)),
        }
    }
}

/// Whether it was not the supervisor's, or they were not the supervisor.
fn is_new_of(supervisor: &Supervisor, at: usize, then: &KeptNumbers) -> bool {
    let number = supervisor.numbers.get(at);
    number.is_some_and(|number| !then.had_supervisor(&supervisor.id, number))
}

fn shown(number: &CallNumber, is_new: bool) -> CallNumberView {
    CallNumberView {
        kind: number.kind,
        number: sanitize_for_display(&number.number),
        is_new: is_new.then_some(true),
    }
}

/// The site's rules for callers.
fn rules<'a>(cx: &Context<'a>) -> Result<&'a Telephone, Trouble> {
    let rules = cx.glance.policy.telephone.as_ref();
    rules.ok_or_else(|| Trouble::new(TroubleCode::NotAllowedHere))
}

impl Visit {
    /// Somebody may stand before the person's screen.
    pub(crate) fn is_at_the_counter(&self) -> bool {
        match self.comes {
            Comes::ToTheCounter => true,
            Comes::ByTelephone => false,
        }
    }

    /// Nothing that wants the person here is done for somebody who calls.
    pub(super) fn at_the_counter(&self) -> Result<(), Trouble> {
        match self.is_at_the_counter() {
            true => Ok(()),
            false => Err(Trouble::new(TroubleCode::NotAllowedHere)),
        }
    }

    /// Where to call was read, or could not be.
    pub(crate) fn on_call_numbers(
        &mut self,
        id: EffectId,
        answer: Result<CallNumbers, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        if let Stage::Checking(checking) = &mut self.stage
            && let Some(calling) = &mut checking.calling
        {
            let about = (&checking.person.id, &cx.glance);
            self.trouble = calling.on_numbers(id, answer, about, &mut self.waits);
        }
        VisitEffects::default()
    }
}

impl Board {
    /// Whether the person calls.
    pub(super) fn by_telephone(&self) -> bool {
        self.check.caller().is_some()
    }

    /// Takes the board to the row that asks for the pass, and shows it on the operator's side as soon as the record says
    /// so.
    pub(super) fn read_out(&mut self, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(super::sign_in_again)?;
        if !self.by_telephone() {
            return Err(illegal_in_state());
        }
        let held = self.showable(cx)?.id.clone();
        self.lead_to_pass_row(cx)?;
        match &mut self.read_out {
            ReadOut::Written { pass } if *pass == held => self.show(cx),
            ReadOut::Writing { pass, wanted, .. } if *pass == held => *wanted = true,
            ReadOut::Never | ReadOut::Writing { .. } | ReadOut::Written { .. } => {
                let effect = cx.record(Event::Telephone(TelephoneEvent::PassReadOut {
                    operator: operator.oid.clone(),
                    pass: held.clone(),
                }));
                self.read_out = ReadOut::Writing {
                    effect,
                    pass: held,
                    wanted: true,
                };
            }
        }
        Ok(())
    }

    /// That it is shown was written down, or could not be: then it is not.
    pub(super) fn on_read_out_written(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        cx: &Glance<'_>,
    ) {
        let ReadOut::Writing {
            effect,
            pass,
            wanted,
        } = &self.read_out
        else {
            return;
        };
        if *effect != id {
            return;
        }
        let (pass, wanted) = (pass.clone(), *wanted);
        self.read_out = match written {
            Ok(()) => ReadOut::Written { pass: pass.clone() },
            Err(NotRecorded) => ReadOut::Never,
        };
        let is_held = self.showable(cx).is_ok_and(|held| held.id == pass);
        if written.is_ok() && wanted && is_held && cx.operator.is_some() {
            self.show(cx);
        }
    }

    /// It is not held down any more, or must not be seen.
    pub(super) fn let_go(&mut self) {
        if let ReadOut::Writing { wanted, .. } = &mut self.read_out {
            *wanted = false;
        }
    }

    /// What the operator sees beside the board of somebody who calls.
    pub(super) fn caller_board(&self, cx: &Glance<'_>) -> Option<Box<CallerBoard>> {
        let proof = self.check.caller()?;
        let (glyphs, hides_in_s) = match self.person_pass(cx) {
            PersonPass::Shown {
                glyphs, hides_in_s, ..
            } => (Some(glyphs), Some(hides_in_s)),
            PersonPass::NotYet
            | PersonPass::Coming
            | PersonPass::Settling { .. }
            | PersonPass::Hidden { .. }
            | PersonPass::Entered { .. }
            | PersonPass::Expired
            | PersonPass::Replaced
            | PersonPass::Uncertain => (None, None),
        };
        Some(Box::new(CallerBoard {
            ways: proof.ways().to_vec(),
            may_read_out: cx.operator.is_some() && self.showable(cx).is_ok(),
            glyphs,
            hides_in_s,
        }))
    }
}
