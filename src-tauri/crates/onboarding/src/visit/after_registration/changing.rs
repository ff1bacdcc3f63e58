//! Another password for the person: intent, one request, result; and what follows where it is to be changed at the next
//! sign-in.

use super::job_look::JobLook;
use super::password::{Password, State, record_stays};
use super::{AfterRegistration, Step};
use crate::effect::{AfterEffect, EffectFailure, EffectId, NotRecorded, PasswordChange};
use crate::ids::UserId;
use crate::record::AfterEvent;
use crate::retirement::{Afterwards, PasswordFate, PasswordWay, StaysBecause};
use crate::sign_in_test::{TestResult, Tested};
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::{Board, Context};

/// So often another password is tried after an answer was lost, or after the directory took none such.
const ATTEMPTS: u8 = 3;
/// A reset is followed to its end: so many looks at authentication methods are left to it.
const LOOKS: u8 = 3;

/// How far it came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Changing {
    at: At,
    attempt: u8,
    /// An answer of this or an earlier attempt was lost.
    unsure: bool,
}

#[derive(Clone, Copy, Debug)]
enum At {
    /// That it is about to be asked for is being written down.
    Writing {
        effect: EffectId,
    },
    Asking {
        effect: EffectId,
    },
    /// It was changed, and is to be changed at the next sign-in: another test shows whether that is in the way.
    /// `read_back` is none here and below where nobody knows whether it was changed.
    ToTest {
        read_back: Option<bool>,
    },
    /// It is asked for, or nothing shows that it is not; the desk takes the person off the roll.
    Leaving {
        read_back: Option<bool>,
    },
    StillAskedFor {
        read_back: Option<bool>,
    },
    Changed {
        read_back: bool,
    },
    Unclear,
}

impl Changing {
    /// Nothing is on its way any more, and nothing is open.
    pub(super) fn is_over(self) -> bool {
        match self.at {
            At::StillAskedFor { .. } | At::Changed { .. } | At::Unclear => true,
            At::Writing { .. } | At::Asking { .. } | At::ToTest { .. } | At::Leaving { .. } => {
                false
            }
        }
    }

    pub(super) fn may_be_tried_again(self) -> bool {
        matches!(self.at, At::Unclear)
    }

    pub(super) fn fate(
        self,
        roll: Option<bool>,
        afterwards: impl FnOnce(bool) -> Afterwards,
    ) -> Option<PasswordFate> {
        let must_change = PasswordFate::Stays {
            because: StaysBecause::MustChange,
        };
        match self.at {
            At::Writing { .. } | At::Asking { .. } | At::ToTest { .. } => None,
            At::Leaving { .. } | At::StillAskedFor { .. } => Some(must_change),
            At::Changed { read_back } => Some(PasswordFate::Changed {
                read_back,
                roll,
                afterwards: afterwards(roll == Some(true)),
            }),
            At::Unclear => Some(PasswordFate::Unclear),
        }
    }

    /// The visit ends in the middle of it.
    pub(super) fn cut_off(
        self,
        (roll, job): (Option<bool>, JobLook),
        cx: &mut Context<'_>,
    ) -> PasswordFate {
        let because = match self.at {
            At::ToTest { .. } => StaysBecause::MustChange,
            At::Asking { .. } => {
                cx.record_after(AfterEvent::PasswordChangeUncertain);
                return unclear(roll, job);
            }
            At::Writing { .. } if self.unsure => return unclear(roll, job),
            At::Writing { .. }
            | At::Leaving { .. }
            | At::StillAskedFor { .. }
            | At::Changed { .. }
            | At::Unclear => StaysBecause::Failed,
        };
        if let (Some(read_back), StaysBecause::Failed) = (roll, because) {
            return on_roll(read_back, job);
        }
        record_stays(because, cx);
        PasswordFate::Stays { because }
    }

    /// With which the visit goes on after a last attempt. What a lost reset may have left in the way is tested as well.
    fn given_up(self, way: PasswordWay, roll: Option<bool>) -> State {
        match way {
            PasswordWay::Reset if self.unsure => State::Changing(Self {
                at: At::ToTest { read_back: None },
                ..self
            }),
            PasswordWay::Off | PasswordWay::Roll | PasswordWay::Patch | PasswordWay::Reset => {
                self.left_open(roll)
            }
        }
    }

    /// Who is on the roll is given another password by the job.
    fn left_open(self, roll: Option<bool>) -> State {
        match (roll, self.unsure) {
            (Some(read_back), _) => State::OnRoll { read_back },
            (None, true) => State::Changing(Self {
                at: At::Unclear,
                ..self
            }),
            (None, false) => State::Stays(StaysBecause::Failed),
        }
    }
}

impl Password {
    /// The person is being given another password, or taken off the roll.
    pub(super) fn is_changing(&self) -> bool {
        match self.state {
            State::Changing(changing) => match changing.at {
                At::Writing { .. } | At::Asking { .. } | At::Leaving { .. } => true,
                At::Changed { .. } => self.waits_for_more(),
                At::ToTest { .. } | At::StillAskedFor { .. } | At::Unclear => false,
            },
            State::Stays(_)
            | State::Reading { .. }
            | State::May
            | State::Writing { .. }
            | State::Joining { .. }
            | State::OnRoll { .. }
            | State::Unread => false,
        }
    }

    /// A test is to show, or may still show, that the changed password is not asked for.
    pub(super) fn wants_test(&self) -> bool {
        self.changed_and_to_test().is_some()
    }

    /// It was changed for good, as was read back.
    pub(super) fn is_seen_changed(&self) -> bool {
        matches!(self.state, State::Changing(changing) if matches!(changing.at, At::Changed { read_back: true }))
    }

    /// It waits for such a test, and is not decided.
    pub(super) fn is_to_test(&self) -> bool {
        matches!(self.state, State::Changing(changing) if matches!(changing.at, At::ToTest { .. }))
    }

    /// Whether the change was read back, where it is to be changed at the next sign-in.
    fn changed_and_to_test(&self) -> Option<(Changing, Option<bool>)> {
        let State::Changing(changing) = self.state else {
            return None;
        };
        match changing.at {
            At::ToTest { read_back } | At::StillAskedFor { read_back } => {
                Some((changing, read_back))
            }
            At::Writing { .. }
            | At::Asking { .. }
            | At::Leaving { .. }
            | At::Changed { .. }
            | At::Unclear => None,
        }
    }

    /// The job will not change it. Whom a lost reset had left to the job is nobody's then.
    fn off_the_roll(&mut self) {
        self.roll = None;
        if let State::OnRoll { .. } = self.state {
            self.state = State::Changing(Changing {
                at: At::Unclear,
                attempt: ATTEMPTS,
                unsure: true,
            });
        }
    }

    /// Another test came to its end after the change.
    pub(super) fn after_another_test(mut self, tested: &Tested, cx: &mut Context<'_>) -> Self {
        let Some((changing, read_back)) = self.changed_and_to_test() else {
            return self;
        };
        let at = match tested.result {
            // That the password is not needed was proven before the change; this test has to show only that nothing
            // asks for a new one, for which the person's word is enough.
            TestResult::Passed | TestResult::PassedAppInstead => match read_back {
                Some(read_back) => At::Changed { read_back },
                None => {
                    self.state = changing.left_open(self.roll);
                    return self;
                }
            },
            // It says nothing of the password, and can be tried again.
            TestResult::CannotBeTried => return self,
            TestResult::NotPassed | TestResult::NotTried => {
                if matches!(changing.at, At::ToTest { .. }) {
                    record_stays(StaysBecause::MustChange, cx);
                }
                // What is asked for at the sign-in is not to be changed by the job.
                match (self.roll, changing.at) {
                    (Some(_), At::ToTest { .. }) => At::Leaving { read_back },
                    (Some(_) | None, _) => At::StillAskedFor { read_back },
                }
            }
        };
        self.state = State::Changing(Changing { at, ..changing });
        self
    }
}

impl AfterRegistration {
    /// Another test is to show what a change at the next sign-in means.
    pub(super) fn waits_for_test(&self) -> bool {
        match &self.step {
            Step::Password(password) => password.is_to_test(),
            Step::MakingWay { .. } | Step::Trying(_) | Step::Asking(_) => false,
        }
    }

    fn password_so_far(&mut self) -> Option<&mut Password> {
        match &mut self.step {
            Step::Password(password) => Some(password),
            Step::MakingWay { .. } | Step::Trying(_) | Step::Asking(_) => self.before.as_mut(),
        }
    }

    /// What is known of the password, or was before the test under way.
    pub(super) fn known_password(self) -> Option<Password> {
        match self.step {
            Step::Password(password) => Some(password),
            Step::MakingWay { .. } | Step::Trying(_) | Step::Asking(_) => self.before,
        }
    }
}

impl Board {
    /// The first attempt of a press; what an earlier press left unclear stays so until something shows more.
    pub(super) fn begin_changing(&mut self, operator: UserId, cx: &mut Context<'_>) {
        let unsure = self.changing().is_some_and(|(_, before)| before.unsure);
        self.write_change_intent(operator, (1, unsure), cx);
    }

    /// Each request has an intent of its own, which is written down first.
    fn write_change_intent(
        &mut self,
        operator: UserId,
        (attempt, unsure): (u8, bool),
        cx: &mut Context<'_>,
    ) {
        let client_request_id = cx.ids.request_id();
        let effect = cx.record_after(AfterEvent::PasswordChangeIntent {
            operator,
            user: self.person.id.clone(),
            upn: self.person.upn.to_string(),
            client_request_id: client_request_id.clone(),
        });
        if let Ok(password) = self.password() {
            password.client_request_id = client_request_id;
            password.state = State::Changing(Changing {
                at: At::Writing { effect },
                attempt,
                unsure,
            });
        }
    }

    /// The password, where something of its change is on its way.
    fn changing(&mut self) -> Option<(&mut Password, Changing)> {
        let password = self.password().ok()?;
        match password.state {
            State::Changing(changing) => Some((password, changing)),
            State::Stays(_)
            | State::Reading { .. }
            | State::May
            | State::Writing { .. }
            | State::Joining { .. }
            | State::OnRoll { .. }
            | State::Unread => None,
        }
    }

    pub(super) fn on_change_intent(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let (user, upn) = (self.person.id.clone(), self.person.upn.clone());
        let name = self.person.name.clone();
        let way = cx.policy.passwords.way;
        let (password, changing) = self.changing()?;
        if !matches!(changing.at, At::Writing { effect } if effect == id) {
            return None;
        }
        if written.is_err() {
            password.state = match changing.unsure {
                true => changing.given_up(way, password.roll),
                // What the person is told does not change: it can be tried again.
                false => State::May,
            };
            return Some(Trouble::new(TroubleCode::PasswordNotRecorded));
        }
        if way == PasswordWay::Reset {
            (0..LOOKS).for_each(|_| cx.rate_limit.spend(cx.glance.now.mono));
        }
        let effect = cx.push_after(AfterEffect::ChangePassword {
            user,
            upn,
            name,
            client_request_id: password.client_request_id.clone(),
        });
        password.state = State::Changing(Changing {
            at: At::Asking { effect },
            ..changing
        });
        None
    }

    pub(crate) fn on_password_changed(
        &mut self,
        id: EffectId,
        change: PasswordChange,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let (_, changing) = self.changing()?;
        if !matches!(changing.at, At::Asking { effect } if effect == id) {
            return None;
        }
        match change {
            PasswordChange::Changed {
                read_back,
                must_change,
                sessions_ended,
            } => {
                cx.record_after(AfterEvent::PasswordChanged {
                    read_back,
                    must_change,
                    sessions_ended,
                });
                let at = match must_change {
                    true => At::ToTest {
                        read_back: Some(read_back),
                    },
                    false => At::Changed { read_back },
                };
                let changed = Changing { at, ..changing };
                self.password().ok()?.state = State::Changing(changed);
                if !must_change && read_back {
                    self.begin_never_expires(cx);
                }
                let not_ended = sessions_ended == Some(false);
                not_ended.then(|| Trouble::new(TroubleCode::SessionsNotEnded))
            }
            PasswordChange::NotAccepted(support) => {
                let code = TroubleCode::PasswordNotAccepted;
                cx.record_after(AfterEvent::PasswordNotChanged { code });
                self.change_anew(changing, Trouble::new(code).support(support), cx)
            }
            PasswordChange::Uncertain(support) => {
                cx.record_after(AfterEvent::PasswordChangeUncertain);
                let unsure = Changing {
                    unsure: true,
                    ..changing
                };
                let trouble = Trouble::new(TroubleCode::PasswordUnclear).support(support);
                self.change_anew(unsure, trouble, cx)
            }
            PasswordChange::NotChanged(EffectFailure { trouble, .. }) => {
                let code = trouble.code;
                cx.record_after(AfterEvent::PasswordNotChanged { code });
                let password = self.password().ok()?;
                password.state = changing.given_up(cx.policy.passwords.way, password.roll);
                Some(trouble)
            }
        }
    }

    /// Another password is tried, as often as that is allowed; then it is said.
    fn change_anew(
        &mut self,
        changing: Changing,
        trouble: Trouble,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let operator = cx.operator.map(|operator| operator.oid.clone());
        match operator.filter(|_| changing.attempt < ATTEMPTS) {
            Some(operator) => {
                let next = (changing.attempt + 1, changing.unsure);
                self.write_change_intent(operator, next, cx);
                None
            }
            None => {
                let password = self.password().ok()?;
                password.state = changing.given_up(cx.policy.passwords.way, password.roll);
                Some(trouble)
            }
        }
    }

    /// The person left the roll, or could not: what is tried again is told by the desk. It may be heard while the test is
    /// repeated.
    pub(crate) fn on_roll_left(&mut self, left: Result<(), EffectFailure>) -> Option<Trouble> {
        if self.again.needed().is_some() {
            return self.on_roll_left_again(&left);
        }
        let password = self.after.as_mut()?.password_so_far()?;
        if left.is_ok() {
            password.off_the_roll();
        }
        let State::Changing(changing) = password.state else {
            return None;
        };
        let At::Leaving { read_back } = changing.at else {
            return None;
        };
        password.state = State::Changing(Changing {
            at: At::StillAskedFor { read_back },
            ..changing
        });
        let failure = left.err()?;
        let support = failure.trouble.support;
        Some(Trouble::new(TroubleCode::RollNotLeft).support(support))
    }
}

pub(super) fn on_roll(read_back: bool, job: JobLook) -> PasswordFate {
    PasswordFate::OnRoll {
        read_back,
        afterwards: job.afterwards(read_back, false),
    }
}

fn unclear(roll: Option<bool>, job: JobLook) -> PasswordFate {
    match roll {
        Some(read_back) => on_roll(read_back, job),
        None => PasswordFate::Unclear,
    }
}
