//! What becomes of the password: it stays, or the person joins those whose passwords are changed for them, is given
//! another one here, or both.

use super::changing::{Changing, on_roll};
use super::job_look::JobLook;
use super::never_expires::Expiry;
use super::{Step, illegal};
use crate::effect::{AfterEffect, EffectFailure, EffectId, NotRecorded};
use crate::ids::UserId;
use crate::record::AfterEvent;
use crate::retirement::{
    NeverReason, PasswordFate, PasswordWay, RollFit, RollJoined, StaysBecause,
};
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::{Board, Context, illegal_in_state, sign_in_again};

/// The password's end in this visit.
#[derive(Debug)]
pub(super) struct Password {
    pub(super) state: State,
    pub(super) understood: bool,
    /// The person is on the roll, and whether that was read back.
    pub(super) roll: Option<bool>,
    /// The answer to a request to join was lost: the person may be on it.
    roll_unsure: bool,
    /// Names the request for another password in the service's logs; it stands in the intent, too.
    pub(super) client_request_id: String,
    pub(super) expiry: Expiry,
    pub(super) job: JobLook,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum State {
    Stays(StaysBecause),
    /// Whether the person may join is being read.
    Reading {
        effect: EffectId,
    },
    /// The person may; the operator has not pressed yet.
    May,
    /// That it is about to be done is being written down.
    Writing {
        effect: EffectId,
    },
    Joining {
        effect: EffectId,
    },
    OnRoll {
        read_back: bool,
    },
    /// The person is given another password, or was.
    Changing(Changing),
    /// Whether the person may could not be read.
    Unread,
}

impl Password {
    /// It stays, which is written down.
    pub(super) fn stays(because: StaysBecause, cx: &mut Context<'_>) -> Self {
        record_stays(because, cx);
        Self::at(State::Stays(because))
    }

    fn at(state: State) -> Self {
        Self {
            state,
            understood: false,
            roll: None,
            roll_unsure: false,
            client_request_id: String::new(),
            expiry: Expiry::default(),
            job: JobLook::default(),
        }
    }

    /// On the way to the roll.
    pub(super) fn is_joining(&self) -> bool {
        match self.state {
            _ if self.waits_for_more() => true,
            State::Writing { .. } | State::Joining { .. } => true,
            State::Stays(_)
            | State::Reading { .. }
            | State::May
            | State::OnRoll { .. }
            | State::Changing(_)
            | State::Unread => false,
        }
    }

    /// What is said of the three-month change is not known yet.
    pub(super) fn waits_for_more(&self) -> bool {
        self.expiry.is_busy() || self.job.is_busy()
    }

    /// Something is on its way, or open, so that the visit cannot end in an orderly way.
    pub(super) fn is_busy(&self) -> bool {
        match self.state {
            State::Changing(changing) => !changing.is_over() || self.waits_for_more(),
            State::Stays(_)
            | State::Reading { .. }
            | State::May
            | State::Writing { .. }
            | State::Joining { .. }
            | State::OnRoll { .. }
            | State::Unread => self.is_joining(),
        }
    }

    /// Taking it out of use began.
    pub(super) fn is_under_way(&self) -> bool {
        match self.state {
            State::Writing { .. }
            | State::Joining { .. }
            | State::OnRoll { .. }
            | State::Changing(_) => true,
            State::Stays(_) | State::Reading { .. } | State::May | State::Unread => false,
        }
    }

    /// Whether the directory is being asked.
    pub(super) fn is_reading(&self) -> bool {
        matches!(self.state, State::Reading { .. })
    }

    /// Why it stays, where it does.
    pub(super) fn stays_because(&self) -> Option<StaysBecause> {
        match self.state {
            State::Stays(because) => Some(because),
            State::Reading { .. }
            | State::May
            | State::Writing { .. }
            | State::Joining { .. }
            | State::OnRoll { .. }
            | State::Changing(_)
            | State::Unread => None,
        }
    }

    /// None while it is not decided.
    pub(super) fn fate(&self) -> Option<PasswordFate> {
        match self.state {
            State::Stays(because) => Some(PasswordFate::Stays { because }),
            State::OnRoll { read_back } => Some(PasswordFate::OnRoll {
                read_back,
                afterwards: self.job.afterwards(read_back, self.expiry.is_never()),
            }),
            State::Unread => Some(PasswordFate::Stays {
                because: StaysBecause::Failed,
            }),
            State::Changing(changing) => changing.fate(self.roll, |read_back| {
                self.job.afterwards(read_back, self.expiry.is_never())
            }),
            State::Reading { .. } | State::May | State::Writing { .. } | State::Joining { .. } => {
                None
            }
        }
    }

    /// What is said of it: nothing that the next answer may turn into its opposite.
    pub(super) fn told_fate(&self) -> Option<PasswordFate> {
        self.fate().filter(|_| !self.waits_for_more())
    }

    /// The visit ends here.
    pub(super) fn close(self, cx: &mut Context<'_>) -> PasswordFate {
        let (job, roll) = (self.job, self.roll);
        self.fate().unwrap_or_else(|| match self.state {
            State::Changing(changing) => changing.cut_off((roll, job), cx),
            // Asked for, and nobody has seen yet what came of it.
            State::Joining { .. } => on_roll(false, job),
            // Nothing was done here, and the job changes it all the same.
            State::May if roll == Some(true) => on_roll(true, job),
            State::Writing { .. } if self.roll_unsure => on_roll(false, job),
            State::Stays(_)
            | State::Reading { .. }
            | State::May
            | State::Writing { .. }
            | State::OnRoll { .. }
            | State::Unread => {
                let because = match self.is_joining() {
                    true => StaysBecause::Failed,
                    false => StaysBecause::NotToday,
                };
                record_stays(because, cx);
                PasswordFate::Stays { because }
            }
        })
    }

    /// Whether one press of the operator takes it out of use.
    pub(super) fn may_join(&self) -> bool {
        self.understood && self.is_open()
    }

    /// Whether the person is to say that it was understood.
    pub(super) fn wants_understood(&self) -> bool {
        !self.understood && self.is_open()
    }

    /// Not done yet; what failed may be tried again.
    pub(super) fn is_open(&self) -> bool {
        match self.state {
            State::May | State::Unread | State::Stays(StaysBecause::Failed) => true,
            State::Changing(changing) => changing.may_be_tried_again(),
            State::OnRoll { .. } => self.roll_unsure,
            State::Stays(_)
            | State::Reading { .. }
            | State::Writing { .. }
            | State::Joining { .. } => false,
        }
    }
}

impl Board {
    pub(super) fn password(&mut self) -> Result<&mut Password, Trouble> {
        match self.after.as_mut().map(|after| &mut after.step) {
            Some(Step::Password(password)) => Ok(password),
            Some(Step::MakingWay { .. } | Step::Trying(_) | Step::Asking(_)) | None => {
                Err(illegal_in_state())
            }
        }
    }

    pub(super) fn person_understood(&mut self) -> Result<(), Trouble> {
        let password = self.password()?;
        if !password.wants_understood() {
            return illegal();
        }
        password.understood = true;
        Ok(())
    }

    /// The password is not needed any more: what this site does with it.
    pub(super) fn retire(&self, cx: &mut Context<'_>) -> Password {
        let rules = &cx.policy.passwords;
        let tested = self.after.as_ref().and_then(|after| after.tested);
        let proof = tested.and_then(|tested| tested.proof);
        let proven = proof.is_some_and(|proof| rules.needs_proof.is_met_by(proof));
        match rules.way {
            PasswordWay::Off => Password::stays(StaysBecause::Off, cx),
            PasswordWay::Roll | PasswordWay::Patch | PasswordWay::Reset if !proven => {
                Password::stays(StaysBecause::NotProven, cx)
            }
            // Who works at this station signs in with it.
            PasswordWay::Roll | PasswordWay::Patch | PasswordWay::Reset
                if cx.effects.operators.contains(&self.person.id) =>
            {
                Password::stays(StaysBecause::Never(NeverReason::Listed), cx)
            }
            PasswordWay::Roll | PasswordWay::Patch | PasswordWay::Reset => {
                Password::at(self.read_fit(cx))
            }
        }
    }

    fn read_fit(&self, cx: &mut Context<'_>) -> State {
        let effect = cx.push_after(AfterEffect::ReadRollFit {
            user: self.person.id.clone(),
            upn: self.person.upn.clone(),
        });
        State::Reading { effect }
    }

    /// Whether the person may join the roll was read, or could not be.
    pub(crate) fn on_roll_fit(
        &mut self,
        id: EffectId,
        fit: Result<RollFit, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let password = self.password().ok()?;
        if !matches!(password.state, State::Reading { effect } if effect == id) {
            return None;
        }
        let (state, trouble) = match fit {
            Ok(RollFit::May) => (State::May, None),
            // The press does only what is missing.
            Ok(RollFit::IsMember) => {
                password.roll = Some(true);
                (State::May, None)
            }
            Ok(RollFit::Never(reason)) => (State::Stays(StaysBecause::Never(reason)), None),
            Err(failure) => (State::Unread, Some(failure.trouble)),
        };
        password.state = state;
        if let State::Stays(because) = state {
            record_stays(because, cx);
        }
        trouble
    }

    /// The operator's press: the intent is written down first.
    pub(super) fn join_roll(&mut self, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let password = self.password()?;
        if !password.may_join() {
            return illegal();
        }
        let unread = matches!(password.state, State::Unread);
        let was_on_it = matches!(password.state, State::May)
            .then_some(password.roll)
            .flatten();
        let joins = cx.policy.passwords.roll.is_some() && password.roll.is_none();
        let Some(operator) = cx.operator.map(|operator| operator.oid.clone()) else {
            return Err(sign_in_again());
        };
        let state = match (unread, joins) {
            (true, _) => self.read_fit(cx),
            (false, false) => {
                self.take_out_of_use(operator, cx);
                if let Some(read_back) = was_on_it {
                    let group = cx.policy.passwords.roll.clone();
                    cx.record_after(AfterEvent::RollJoined { read_back, group });
                    self.begin_job_look(cx);
                }
                return Ok(());
            }
            (false, true) => State::Writing {
                effect: cx.record_after(AfterEvent::RollIntent {
                    operator,
                    user: self.person.id.clone(),
                    upn: self.person.upn.to_string(),
                }),
            },
        };
        self.password()?.state = state;
        Ok(())
    }

    /// What is left to do for who is on the roll, or where there is none.
    fn take_out_of_use(&mut self, operator: UserId, cx: &mut Context<'_>) {
        if cx.policy.passwords.changes() {
            self.begin_changing(operator, cx);
            return;
        }
        let Ok(password) = self.password() else {
            return;
        };
        if let Some(read_back) = password.roll {
            password.state = State::OnRoll { read_back };
            if read_back {
                self.begin_never_expires(cx);
            }
        }
    }

    pub(crate) fn on_roll_intent(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        if let Some(trouble) = self.on_never_expires_intent(id, written, cx) {
            return Some(trouble);
        }
        let user = self.person.id.clone();
        let password = self.password().ok()?;
        if !matches!(password.state, State::Writing { effect } if effect == id) {
            return self.on_change_intent(id, written, cx);
        }
        if written.is_err() {
            // What the person is told does not change: it can be tried again.
            password.state = match password.roll_unsure {
                true => State::OnRoll { read_back: false },
                false => State::May,
            };
            return Some(Trouble::new(TroubleCode::RollNotRecorded));
        }
        let effect = cx.push_after(AfterEffect::JoinRoll { user });
        password.state = State::Joining { effect };
        None
    }

    pub(crate) fn on_roll_joined(
        &mut self,
        id: EffectId,
        joined: Result<RollJoined, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let password = self.password().ok()?;
        if !matches!(password.state, State::Joining { effect } if effect == id) {
            return None;
        }
        match joined {
            Ok(joined) => {
                let read_back = joined == RollJoined::ReadBack;
                let group = cx.policy.passwords.roll.clone();
                cx.record_after(AfterEvent::RollJoined { read_back, group });
                password.roll = Some(read_back);
                password.roll_unsure = false;
                password.state = State::OnRoll { read_back };
                if read_back {
                    self.begin_job_look(cx);
                }
                if let Some(operator) = cx.operator.map(|operator| operator.oid.clone()) {
                    self.take_out_of_use(operator, cx);
                }
                None
            }
            Err(failure) => {
                let code = failure.trouble.code;
                cx.record_after(AfterEvent::RollFailed { code });
                password.roll_unsure |= leaves_open(code);
                password.state = match password.roll_unsure {
                    true => State::OnRoll { read_back: false },
                    false => State::Stays(StaysBecause::Failed),
                };
                Some(failure.trouble)
            }
        }
    }
}

/// Whether what was asked for may have been done all the same: no answer came, one that says neither, or one of somebody
/// on the way, who may have let it through.
fn leaves_open(code: TroubleCode) -> bool {
    matches!(
        code,
        TroubleCode::NoNetwork
            | TroubleCode::NetworkRefused
            | TroubleCode::ProxyWantsSignIn
            | TroubleCode::ServiceDown
            | TroubleCode::Unexpected
    )
}

pub(super) fn record_stays(because: StaysBecause, cx: &mut Context<'_>) {
    let reason: Option<NeverReason> = match because {
        StaysBecause::Never(reason) => Some(reason),
        StaysBecause::StillUsed
        | StaysBecause::NotProven
        | StaysBecause::Off
        | StaysBecause::NotToday
        | StaysBecause::Failed
        | StaysBecause::MustChange
        | StaysBecause::NotKnown
        | StaysBecause::NeededAgain(_) => None,
    };
    cx.record_after(AfterEvent::PasswordStays {
        why: because.into(),
        reason,
    });
}
