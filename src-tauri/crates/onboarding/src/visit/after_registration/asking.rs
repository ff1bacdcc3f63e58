//! The question whether the password is still needed somewhere: the person answers, the operator confirms the same. A "no" takes both; "yes" and
//! "don't know" leave the password as it is, and the operator's are enough. Of somebody who is on the roll, or may be, a
//! "yes" takes both as well: it leads off it.

use super::{Password, Step, illegal};
use crate::person::directory::{Method, OtherKind};
use crate::policy::Scopes;
use crate::record::{AfterEvent, UseRecorded};
use crate::retirement::{DespiteReason, StaysBecause, UseAnswer, UseQuestion};
use crate::sign_in_test::Tested;
use crate::trouble::{Trouble, TroubleCode};
use crate::view::AgainstNo;
use crate::visit::{Board, Context, illegal_in_state};

/// One question in hand.
#[derive(Debug)]
pub(super) struct Asking {
    pub(super) question: UseQuestion,
    /// What the person answered on the person's own screen.
    pub(super) answer: Option<UseAnswer>,
}

impl Asking {
    fn of(question: UseQuestion) -> Self {
        Self {
            question,
            answer: None,
        }
    }
}

impl Board {
    /// Where a finished test leads.
    pub(super) fn after_test(&mut self, tested: &Tested, cx: &mut Context<'_>) -> Step {
        let again = self.again.needed();
        if tested.result.passed() && again.is_none() {
            return Step::Asking(Asking::of(UseQuestion::Windows));
        }
        cx.record_after(AfterEvent::PasswordUse {
            question: UseQuestion::Windows,
            answer: UseRecorded::NotAsked,
            despite: None,
        });
        // Said earlier in the visit: it is not asked once more, and nobody joins the roll they were just taken off.
        let because = again.map_or(StaysBecause::NotProven, StaysBecause::NeededAgain);
        Step::Password(Password::stays(because, cx))
    }

    /// The question in hand, where it is the one that was seen: the second of two presses answers no other.
    fn asking(&mut self, seen: UseQuestion) -> Result<&mut Asking, Trouble> {
        match self.after.as_mut().map(|after| &mut after.step) {
            Some(Step::Asking(asking)) if asking.question == seen => Ok(asking),
            Some(Step::Asking(_)) => illegal(),
            Some(Step::MakingWay { .. } | Step::Trying(_) | Step::Password(_)) | None => {
                Err(illegal_in_state())
            }
        }
    }

    pub(super) fn person_answers_use(
        &mut self,
        question: UseQuestion,
        answer: UseAnswer,
    ) -> Result<(), Trouble> {
        self.asking(question)?.answer = Some(answer);
        Ok(())
    }

    /// Whether the directory shows that the person may sign in to Windows. Methods that a site reads and could not be read
    /// this time speak against a "no" as well; computers that could not be read do not.
    pub(super) fn speaks_against_no(&self, scopes: Scopes) -> Option<AgainstNo> {
        let registered = self.person.windows_device
            || self.baseline.methods.iter().any(|method| match method {
                Method::Other { kind, .. } => *kind == OtherKind::WindowsHello,
                Method::Pass(_)
                | Method::Authenticator { .. }
                | Method::Passkey { .. }
                | Method::Password => false,
            });
        let not_read = self.baseline.partial && scopes == Scopes::Wide;
        match registered {
            true => Some(AgainstNo::Registered),
            false => not_read.then_some(AgainstNo::NotRead),
        }
    }

    pub(super) fn confirm_use(
        &mut self,
        (question, answer): (UseQuestion, UseAnswer),
        despite: Option<DespiteReason>,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let speaks_against = self.speaks_against_no(cx.policy.scopes).is_some();
        let leads_off = self.may_be_on_roll(cx).is_some();
        let asking = self.asking(question)?;
        // It lets the password go, or brings one back: the person says it first.
        let takes_both = match answer {
            UseAnswer::No => true,
            UseAnswer::Yes => leads_off,
            UseAnswer::DontKnow => false,
        };
        if takes_both && asking.answer.is_none() {
            return illegal();
        }
        if asking.answer.is_some_and(|said| said != answer) {
            asking.answer = None;
            return Err(Trouble::new(TroubleCode::AnswersDiffer));
        }
        let doubted = question == UseQuestion::Windows && speaks_against && answer == UseAnswer::No;
        if despite.is_some() && !doubted {
            return illegal();
        }
        let need = match answer {
            UseAnswer::Yes if leads_off => Some(self.need_after_test(question, cx)?),
            UseAnswer::Yes | UseAnswer::No | UseAnswer::DontKnow => None,
        };
        cx.record_after(AfterEvent::PasswordUse {
            question,
            answer: answer.into(),
            despite,
        });
        let stays = match (need, leads_off) {
            (Some(step), _) => StaysBecause::NeededAgain(step),
            // Nobody knows the password of somebody on the roll: it is not said that it stays in use.
            (None, true) => StaysBecause::NotKnown,
            (None, false) => StaysBecause::StillUsed,
        };
        let free = answer == UseAnswer::No && (!doubted || despite.is_some());
        let others = !cx.policy.passwords.other_uses.is_empty();
        let step = match (free, question) {
            (true, UseQuestion::Windows) if others => Step::Asking(Asking::of(UseQuestion::Others)),
            (true, UseQuestion::Windows | UseQuestion::Others) => Step::Password(self.retire(cx)),
            (false, UseQuestion::Windows | UseQuestion::Others) => {
                Step::Password(Password::stays(stays, cx))
            }
        };
        if let Some(after) = &mut self.after {
            after.step = step;
        }
        Ok(())
    }
}
