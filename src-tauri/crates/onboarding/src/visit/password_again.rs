//! A password is needed again by somebody whose password was taken out of use, because a Windows PC was given for
//! instance (N29): the question is asked anew, the desk takes the person off the roll, and the site's own procedure is
//! shown. Nothing here asks for a password or a pass.

use super::person_card::brief;
use super::{Board, Context, Glance, illegal_in_state, sign_in_again};
use crate::action::AgainAction;
use crate::effect::EffectFailure;
use crate::pass::state::PassState;
use crate::person::directory::{Method, MethodRead, OtherKind};
use crate::record::AfterEvent;
use crate::retirement::{AgainStep, PasswordWay, UseAnswer, UseQuestion};
use crate::telephone::CallerWay;
use crate::trouble::{Trouble, TroubleCode};
use crate::view::{AgainScreen, PersonScreen};

/// How far it is, and what came of it.
#[derive(Debug, Default)]
pub(crate) struct PasswordAgain {
    open: Open,
    /// It stands in the record that a password is needed again, and this is what is known of the roll.
    needed: Option<AgainStep>,
}

/// What is open of it in the place of the rows.
#[derive(Debug, Default)]
enum Open {
    #[default]
    Nothing,
    Asking {
        question: UseQuestion,
        /// What the person answered on the person's own screen.
        answer: Option<UseAnswer>,
        /// To an earlier question nobody knew the answer.
        unsure: bool,
    },
    /// No answer needs a password: nothing was done.
    Told(AgainStep),
    /// What is in `needed`.
    Needed,
}

impl PasswordAgain {
    pub(super) fn is_open(&self) -> bool {
        match self.open {
            Open::Nothing => false,
            Open::Asking { .. } | Open::Told(_) | Open::Needed => true,
        }
    }

    /// It stands in the record.
    pub(super) fn is_needed(&self) -> bool {
        self.needed.is_some()
    }

    /// What is told of it, once the questions are answered.
    fn told(&self) -> Option<AgainStep> {
        match self.open {
            Open::Nothing | Open::Asking { .. } => None,
            Open::Told(step) => Some(step),
            Open::Needed => self.needed,
        }
    }

    /// The visit can end with it: nothing is on its way.
    pub(super) fn may_end(&self) -> bool {
        matches!(self.open, Open::Needed) && self.needed != Some(AgainStep::Leaving)
    }

    /// The person answers the question that was seen, where one is open.
    pub(super) fn person_answers(
        &mut self,
        seen: UseQuestion,
        said: UseAnswer,
    ) -> Option<Result<(), Trouble>> {
        match &mut self.open {
            Open::Nothing => None,
            Open::Asking {
                question, answer, ..
            } if *question == seen => {
                *answer = Some(said);
                Some(Ok(()))
            }
            Open::Asking { .. } | Open::Told(_) | Open::Needed => Some(Err(illegal_in_state())),
        }
    }
}

/// Whether the directory shows that the person signs in without a password, or could not be read wholly.
fn is_passwordless(read: &MethodRead) -> bool {
    let without = |method: &Method| match method {
        Method::Authenticator { .. } | Method::Passkey { .. } => true,
        Method::Other { kind, .. } => *kind == OtherKind::WindowsHello,
        Method::Pass(_) | Method::Password => false,
    };
    read.partial || read.unread || read.methods.iter().any(without)
}

impl Board {
    /// Whether it is offered: to somebody who signs in without a password, before anything was begun for a pass, and
    /// never around a phone that somebody else may have.
    pub(super) fn may_need_password(&self, cx: &Glance<'_>) -> bool {
        let site = match cx.policy.passwords.way {
            PasswordWay::Off => false,
            PasswordWay::Roll | PasswordWay::Patch | PasswordWay::Reset => true,
        };
        let untouched = matches!(self.pass, PassState::None)
            && self.intents == 0
            && !self.had_pass
            && self.evidence.registered.is_none();
        site && untouched
            && cx.operator.is_some()
            && self.still_on_rows().is_ok()
            && is_passwordless(&self.baseline)
            && self.refuse_unblocked().is_ok()
    }

    pub(super) fn act_again(
        &mut self,
        action: &AgainAction,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        match action {
            AgainAction::NeedPassword => self.need_password(cx),
            AgainAction::ConfirmNeed { question, answer } => {
                self.confirm_need(*question, *answer, cx)
            }
            AgainAction::BackToRows => {
                if !self.again.is_open() {
                    return Err(illegal_in_state());
                }
                self.again.open = Open::Nothing;
                Ok(())
            }
        }
    }

    fn need_password(&mut self, cx: &Context<'_>) -> Result<(), Trouble> {
        self.refuse_unblocked()?;
        if !self.may_need_password(cx) {
            return Err(illegal_in_state());
        }
        self.may_be_decided(cx)?;
        self.again.open = match self.again.needed {
            Some(_) => Open::Needed,
            None => Open::Asking {
                question: UseQuestion::Windows,
                answer: None,
                unsure: false,
            },
        };
        Ok(())
    }

    /// Who the person is has to hold for this as it has for a pass. A colleague confirms passes, and nothing else: what
    /// was proofed of a caller has to be enough without one.
    fn may_be_decided(&self, cx: &Context<'_>) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?;
        if let Some(trouble) = cx.refusal(&self.person.id) {
            return Err(trouble);
        }
        self.check
            .permit(&self.person.id, &operator.oid, cx.now.mono)?;
        let Some(proof) = self.check.caller() else {
            return Ok(());
        };
        let mut ways = proof.ways().to_vec();
        ways.retain(|way| *way != CallerWay::Colleague);
        let rules = cx.policy.telephone.as_ref();
        match rules.is_some_and(|rules| rules.needs.met_by(&ways)) {
            true => Ok(()),
            false => Err(Trouble::new(TroubleCode::AgainWithoutColleague)),
        }
    }

    /// The operator heard the same. A "yes" brings a password back, so at the counter the person says it first.
    fn confirm_need(
        &mut self,
        seen: UseQuestion,
        said: UseAnswer,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let calls = self.by_telephone();
        let Open::Asking {
            question,
            answer,
            unsure,
        } = &mut self.again.open
        else {
            return Err(illegal_in_state());
        };
        if *question != seen || (said == UseAnswer::Yes && answer.is_none() && !calls) {
            return Err(illegal_in_state());
        }
        if answer.is_some_and(|answer| answer != said) {
            *answer = None;
            return Err(Trouble::new(TroubleCode::AnswersDiffer));
        }
        let unsure = *unsure || said == UseAnswer::DontKnow;
        let others = !cx.policy.passwords.other_uses.is_empty();
        self.again.open = match (said, seen) {
            (UseAnswer::Yes, _) => {
                self.may_be_decided(cx)?;
                self.again.needed = Some(self.write_need(seen, cx)?);
                Open::Needed
            }
            (UseAnswer::No | UseAnswer::DontKnow, UseQuestion::Windows) if others => Open::Asking {
                question: UseQuestion::Others,
                answer: None,
                unsure,
            },
            (UseAnswer::No | UseAnswer::DontKnow, UseQuestion::Windows | UseQuestion::Others) => {
                Open::Told(match unsure {
                    true => AgainStep::NotKnown,
                    false => AgainStep::NotNeeded,
                })
            }
        };
        Ok(())
    }

    /// Written down, with what was read of the roll. Whoever is on it, or may be, is the desk's debt from here on: it
    /// writes down that it is about to take them off before it does.
    fn write_need(
        &self,
        question: UseQuestion,
        cx: &mut Context<'_>,
    ) -> Result<AgainStep, Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?.oid.clone();
        let group = cx.policy.passwords.roll.clone();
        let on_roll = group.as_ref().map(|group| self.is_in(group));
        let step = match on_roll {
            None => AgainStep::NoRoll,
            Some(Some(false)) => AgainStep::NotOnRoll,
            Some(Some(true) | None) => AgainStep::Leaving,
        };
        cx.record_after(AfterEvent::PasswordNeededAgain {
            operator,
            question,
            on_roll: on_roll.flatten(),
            group,
        });
        Ok(step)
    }

    /// None where not all groups of the person were read.
    fn is_in(&self, group: &str) -> Option<bool> {
        let groups = self.person.groups.as_ref()?;
        Some(groups.iter().any(|id| id.eq_ignore_ascii_case(group)))
    }

    /// The desk took the person off the roll, or could not: it goes on trying. Nothing where that is of a change.
    pub(super) fn on_roll_left_again(
        &mut self,
        left: &Result<(), EffectFailure>,
    ) -> Option<Trouble> {
        let needed = self.again.needed.as_mut()?;
        match left {
            Ok(()) => {
                *needed = AgainStep::Left;
                None
            }
            Err(failure) => {
                *needed = AgainStep::NotLeft;
                let support = failure.trouble.support.clone();
                Some(Trouble::new(TroubleCode::RollNotLeft).support(support))
            }
        }
    }

    /// The operator's screen, while it is open.
    pub(super) fn again_screen(&self, cx: &Glance<'_>) -> Option<AgainScreen> {
        let person = brief(&self.person);
        if let Open::Asking {
            question, answer, ..
        } = &self.again.open
        {
            return Some(AgainScreen::AgainQuestion {
                person,
                question: *question,
                asks: cx.policy.passwords.asks(*question),
                answer: *answer,
                alone: self.by_telephone(),
            });
        }
        Some(AgainScreen::PasswordAgain {
            person,
            step: self.again.told()?,
            group: cx.policy.passwords.roll.clone(),
            may_end: self.again.may_end(),
        })
    }

    /// The person's.
    pub(super) fn person_again_screen(&self, cx: &Glance<'_>) -> Option<PersonScreen> {
        if let Open::Asking {
            question, answer, ..
        } = &self.again.open
        {
            return Some(PersonScreen::AgainQuestion {
                question: *question,
                asks: cx.policy.passwords.asks(*question),
                answer: *answer,
            });
        }
        let step = self.again.told()?;
        Some(PersonScreen::PasswordAgain { step })
    }
}
