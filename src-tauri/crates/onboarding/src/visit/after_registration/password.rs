//! What becomes of the password: it stays, or the person joins those whose passwords are changed for them.

use super::never_expires::Expiry;
use super::{Step, illegal};
use crate::effect::{AfterEffect, EffectFailure, EffectId, NotRecorded};
use crate::record::AfterEvent;
use crate::retirement::{
    NeverReason, PasswordFate, PasswordWay, RollFit, RollJoined, StaysBecause, UnattendedRun,
};
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::{Board, Context, illegal_in_state, sign_in_again};

/// The password's end in this visit.
#[derive(Debug)]
pub(super) struct Password {
    state: State,
    pub(super) understood: bool,
    pub(super) expiry: Expiry,
}

#[derive(Clone, Copy, Debug)]
enum State {
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
            expiry: Expiry::default(),
        }
    }

    /// On the way to the roll, so that the visit cannot end in an orderly way.
    pub(super) fn is_joining(&self) -> bool {
        match self.state {
            _ if self.expiry.is_busy() => true,
            State::Writing { .. } | State::Joining { .. } => true,
            State::Stays(_)
            | State::Reading { .. }
            | State::May
            | State::OnRoll { .. }
            | State::Unread => false,
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
            | State::Unread => None,
        }
    }

    /// None while it is not decided.
    pub(super) fn fate(&self, run: UnattendedRun) -> Option<PasswordFate> {
        match self.state {
            State::Stays(because) => Some(PasswordFate::Stays { because }),
            State::OnRoll { read_back } => Some(PasswordFate::OnRoll {
                read_back,
                afterwards: run.afterwards(read_back, self.expiry.is_never()),
            }),
            State::Unread => Some(PasswordFate::Stays {
                because: StaysBecause::Failed,
            }),
            State::Reading { .. } | State::May | State::Writing { .. } | State::Joining { .. } => {
                None
            }
        }
    }

    /// The visit ends here.
    pub(super) fn close(self, cx: &mut Context<'_>) -> PasswordFate {
        self.fate(cx.unattended_run).unwrap_or_else(|| {
            let because = match self.is_joining() {
                true => StaysBecause::Failed,
                false => StaysBecause::NotToday,
            };
            record_stays(because, cx);
            PasswordFate::Stays { because }
        })
    }

    /// Whether one press puts the person on the roll.
    pub(super) fn may_join(&self) -> bool {
        match self.state {
            State::May => self.understood,
            // What failed may be tried again.
            State::Unread | State::Stays(StaysBecause::Failed) => self.understood,
            State::Stays(_)
            | State::Reading { .. }
            | State::Writing { .. }
            | State::Joining { .. }
            | State::OnRoll { .. } => false,
        }
    }

    /// Whether the person is to say that it was understood.
    pub(super) fn wants_understood(&self) -> bool {
        match self.state {
            State::May | State::Unread | State::Stays(StaysBecause::Failed) => !self.understood,
            State::Stays(_)
            | State::Reading { .. }
            | State::Writing { .. }
            | State::Joining { .. }
            | State::OnRoll { .. } => false,
        }
    }
}

impl Board {
    fn password(&mut self) -> Result<&mut Password, Trouble> {
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
            PasswordWay::Roll if !proven => Password::stays(StaysBecause::NotProven, cx),
            PasswordWay::Roll => Password::at(self.read_fit(cx)),
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
        let is_member = matches!(fit, Ok(RollFit::IsMember));
        let (state, trouble) = match fit {
            Ok(RollFit::May) => (State::May, None),
            Ok(RollFit::IsMember) => {
                cx.record_after(AfterEvent::RollJoined { read_back: true });
                (State::OnRoll { read_back: true }, None)
            }
            Ok(RollFit::Never(reason)) => (State::Stays(StaysBecause::Never(reason)), None),
            Err(failure) => (State::Unread, Some(failure.trouble)),
        };
        password.state = state;
        if let State::Stays(because) = state {
            record_stays(because, cx);
        }
        if is_member {
            self.begin_never_expires(cx);
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
        let Some(operator) = cx.operator.map(|operator| operator.oid.clone()) else {
            return Err(sign_in_again());
        };
        let state = match unread {
            true => self.read_fit(cx),
            false => State::Writing {
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
            return None;
        }
        if written.is_err() {
            password.state = State::May;
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
                cx.record_after(AfterEvent::RollJoined { read_back });
                password.state = State::OnRoll { read_back };
                self.begin_never_expires(cx);
                None
            }
            Err(failure) => {
                let code = failure.trouble.code;
                cx.record_after(AfterEvent::RollFailed { code });
                password.state = State::Stays(StaysBecause::Failed);
                Some(failure.trouble)
            }
        }
    }
}

fn record_stays(because: StaysBecause, cx: &mut Context<'_>) {
    let reason: Option<NeverReason> = match because {
        StaysBecause::Never(reason) => Some(reason),
        StaysBecause::StillUsed
        | StaysBecause::NotProven
        | StaysBecause::Off
        | StaysBecause::NotToday
        | StaysBecause::Failed => None,
    };
    cx.record_after(AfterEvent::PasswordStays {
        why: because.into(),
        reason,
    });
}
