//! What follows the registration: the sign-in test, the question on the password, what becomes of it.

mod asking;
mod changing;
mod job_look;
mod never_expires;
mod password;
mod proving;
mod trying;
mod views;

use asking::Asking;
use password::Password;
use trying::Trying;

use super::{Board, Context, illegal_in_state};
use crate::action::{AfterAction, PersonAfterAction};
use crate::effect::EffectId;
use crate::proof_look::{LateLook, ProofLook};
use crate::quota::rate_limit::RateLimit;
use crate::record::AfterEvent;
use crate::retirement::{PasswordFate, StaysBecause};
use crate::sign_in_test::{TestCause, TestPlace, Tested};
use crate::time::Mono;
use crate::trouble::Trouble;

/// How far the visit is after the registration, and what came of it so far.
#[derive(Debug)]
pub(crate) struct AfterRegistration {
    step: Step,
    /// The last test.
    tested: Option<Tested>,
    /// What was known of the password before the test under way.
    before: Option<Password>,
    /// What the directory is asked about it.
    look: Option<ProofLook>,
}

#[derive(Debug)]
enum Step {
    /// A pass that still works would be asked for before the phone: it is taken back first.
    MakingWay {
        effect: EffectId,
        place: TestPlace,
        /// The operator went away meanwhile: only the pass is still waited for.
        given_up: bool,
    },
    Trying(Trying),
    Asking(Asking),
    Password(Password),
}

/// What came of it when the visit ends.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) tested: Tested,
    pub(crate) password: PasswordFate,
    /// What the directory is still asked.
    pub(crate) late: Option<LateLook>,
}

impl AfterRegistration {
    fn at(step: Step, tested: Option<Tested>) -> Self {
        Self {
            step,
            tested,
            before: None,
            look: None,
        }
    }

    /// When it next wants to be woken.
    pub(super) fn due(&self, may_look: bool, rate_limit: &RateLimit) -> Option<Mono> {
        let step = match &self.step {
            Step::Trying(trying) => trying.due(),
            Step::MakingWay { .. } | Step::Asking(_) | Step::Password(_) => None,
        };
        let look = self.look_due(may_look, rate_limit);
        step.into_iter().chain(look).min()
    }

    /// Whether something of it is on its way that ending the visit would cut off.
    fn is_busy(&self) -> bool {
        match &self.step {
            Step::MakingWay { .. } => true,
            Step::Password(password) => password.is_busy(),
            Step::Trying(_) => self.before.as_ref().is_some_and(Password::is_to_test),
            Step::Asking(_) => false,
        }
    }
}

impl Board {
    /// The operator wants something of what follows the registration.
    pub(crate) fn act_after(
        &mut self,
        action: &AfterAction,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        if self.again.is_open() {
            return illegal();
        }
        match action {
            AfterAction::TrySignIn { place } => self.try_sign_in(*place, cx),
            AfterAction::SkipTest { why } => self.skip_test(*why, cx),
            AfterAction::TestShows { sight } => self.trying()?.shows(*sight),
            AfterAction::ReportTest { report } => self.report_test(*report, cx),
            AfterAction::ConfirmUse {
                question,
                answer,
                despite,
            } => self.confirm_use((*question, *answer), *despite, cx),
            AfterAction::JoinRoll => self.join_roll(cx),
        }
    }

    /// The person wants something of it.
    pub(crate) fn person_act_after(&mut self, action: &PersonAfterAction) -> Result<(), Trouble> {
        match action {
            PersonAfterAction::TestShows { sight } => self.trying()?.shows(*sight),
            PersonAfterAction::AnswerUse { question, answer } => {
                let again = self.again.person_answers(*question, *answer);
                again.unwrap_or_else(|| self.person_answers_use(*question, *answer))
            }
            PersonAfterAction::Understood => self.person_understood(),
        }
    }

    /// Time went by.
    pub(super) fn on_time_after(&mut self, cx: &mut Context<'_>) -> bool {
        let given_up = self.gives_up_trying(cx);
        self.look_for_proof(cx) || given_up
    }

    /// The last test went without a password, and nothing that was seen since speaks against it.
    pub(crate) fn test_passed(&self) -> bool {
        let tested = self.after.as_ref().and_then(|after| after.tested);
        tested.is_some_and(|tested| tested.result.passed() && tested.proof.is_some())
    }

    /// Whether the visit may end in an orderly way.
    pub(crate) fn is_busy_after(&self) -> bool {
        self.after.as_ref().is_some_and(AfterRegistration::is_busy)
    }

    /// The visit ends: what was not written down yet of what followed the registration is.
    pub(super) fn close_after(&mut self, cx: &mut Context<'_>) -> Option<Outcome> {
        let registered = self.evidence.registered.is_some();
        let Some(mut after) = self.after.take() else {
            let tested = Tested::not(TestCause::Unsaid);
            registered.then(|| cx.record_after(tested_event(&tested)));
            return None;
        };
        let tested = after.tested.unwrap_or_else(|| {
            let tested = Tested::not(TestCause::Unsaid);
            cx.record_after(tested_event(&tested));
            tested
        });
        let late = after.late_look(cx);
        let not_today = || PasswordFate::Stays {
            because: StaysBecause::NotToday,
        };
        let password = match after.step {
            Step::Password(password) => password.close(cx),
            Step::Trying(trying) => {
                trying.stop(cx);
                after
                    .before
                    .map_or_else(not_today, |before| before.close(cx))
            }
            Step::MakingWay { .. } => after
                .before
                .map_or_else(not_today, |before| before.close(cx)),
            Step::Asking(_) => not_today(),
        };
        Some(Outcome {
            tested,
            password: self.fate_now(password),
            late,
        })
    }
}

fn tested_event(tested: &Tested) -> AfterEvent {
    AfterEvent::SignInTested {
        result: tested.result,
        place: tested.place,
        proof: tested.proof,
        cause: tested.why,
    }
}

fn illegal<T>() -> Result<T, Trouble> {
    Err(illegal_in_state())
}
