//! Before it is said that passwords change by themselves: whether the job that changes them is known to run.

use super::Step;
use super::password::Password;
use crate::effect::{AfterEffect, EffectId};
use crate::last_run::LastRun;
use crate::record::AfterEvent;
use crate::retirement::Afterwards;
use crate::visit::{Board, Context};

/// How far that is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum JobLook {
    /// Not asked, or nothing shows it.
    #[default]
    NotKnown,
    Asking {
        effect: EffectId,
    },
    /// It ran lately, which stands in the record.
    Runs,
}

impl JobLook {
    pub(super) fn is_busy(self) -> bool {
        match self {
            Self::Asking { .. } => true,
            Self::NotKnown | Self::Runs => false,
        }
    }

    /// What may be said of somebody on the roll, and of whose password's age.
    pub(super) fn afterwards(self, read_back: bool, never_expires: bool) -> Afterwards {
        match self {
            Self::Runs if read_back => Afterwards::ByItself,
            Self::Runs | Self::NotKnown | Self::Asking { .. } if never_expires => {
                Afterwards::NeverExpires
            }
            Self::Runs | Self::NotKnown | Self::Asking { .. } => Afterwards::AsBefore,
        }
    }
}

impl Board {
    /// Once somebody is seen on the roll: whatever was known before may be old by now.
    pub(super) fn begin_job_look(&mut self, cx: &mut Context<'_>) {
        let source = cx.policy.passwords.last_run;
        if let (Some(source), Ok(password)) = (source, self.password()) {
            let effect = cx.push_after(AfterEffect::ReadLastRun { source });
            password.job = JobLook::Asking { effect };
        }
    }

    /// A test may run meanwhile.
    fn job_look(&mut self) -> Option<&mut JobLook> {
        let after = self.after.as_mut()?;
        let password: Option<&mut Password> = match &mut after.step {
            Step::Password(password) => Some(password),
            Step::MakingWay { .. } | Step::Trying(_) | Step::Asking(_) => after.before.as_mut(),
        };
        password.map(|password| &mut password.job)
    }

    /// What is believed is written down, because it is said.
    pub(crate) fn on_last_run(&mut self, id: EffectId, run: LastRun, cx: &mut Context<'_>) {
        let Some(look) = self.job_look() else {
            return;
        };
        if !matches!(look, JobLook::Asking { effect } if *effect == id) {
            return;
        }
        let believed = run.believed(cx.now.service).ok();
        *look = match believed {
            Some(_) => JobLook::Runs,
            None => JobLook::NotKnown,
        };
        if let (Some(finished), Some(source)) = (believed, cx.policy.passwords.last_run) {
            cx.record_after(AfterEvent::JobRunBelieved { source, finished });
        }
    }
}
