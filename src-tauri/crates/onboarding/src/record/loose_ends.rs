//! What a visit began in the directory and nobody saw the end of.

use serde::Serialize;
use ts_rs::TS;

use super::after_event::AfterEvent;
use super::phone_event::PhoneEvent;
use crate::sign_in_test::TestResult;

/// What has to be looked at in the directory, by somebody who may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct LooseEnds {
    /// A password that nobody knows may be set.
    pub password: bool,
    /// The password was changed, is to be changed at the next sign-in, and no test showed that nobody asks for it.
    pub must_change: bool,
    /// The person may be on the roll. Who is to leave it is told until it is done, and not here.
    pub roll: bool,
    /// The age of the password may be of no account.
    pub expiry: bool,
    /// What was registered before may still be there, or the person's sessions go on.
    pub phone: bool,
}

impl LooseEnds {
    pub(crate) fn any(self) -> bool {
        self != Self::default()
    }
}

/// What follows a registration, folded up to some entry.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Follows {
    joining: bool,
    expiring: bool,
    changing: bool,
    unclear: bool,
    must_change: bool,
    /// How many methods and sessions were to go and had no answer yet.
    taking_out: usize,
    /// How many methods were removed, as the service said, and are not seen to be gone.
    unseen: usize,
    /// One that was removed stands there again, and nobody went past it knowingly.
    still_there: bool,
}

impl Follows {
    pub(super) fn take(&mut self, event: &AfterEvent) {
        match event {
            AfterEvent::RollIntent { .. } => self.joining = true,
            AfterEvent::RollJoined { .. }
            | AfterEvent::RollFailed { .. }
            | AfterEvent::RollLeft => self.joining = false,
            AfterEvent::NeverExpiresIntent { .. } => self.expiring = true,
            AfterEvent::NeverExpires { .. } | AfterEvent::NeverExpiresFailed { .. } => {
                self.expiring = false;
            }
            AfterEvent::PasswordChangeIntent { .. } => self.changing = true,
            AfterEvent::PasswordChanged { must_change, .. } => {
                (self.changing, self.unclear) = (false, false);
                self.must_change = *must_change;
            }
            AfterEvent::PasswordNotChanged { .. } => self.changing = false,
            AfterEvent::PasswordChangeUncertain => {
                (self.changing, self.unclear) = (false, true);
            }
            AfterEvent::SignInTested { result, .. } => match result {
                TestResult::Passed | TestResult::PassedAppInstead => self.must_change = false,
                TestResult::NotPassed | TestResult::CannotBeTried | TestResult::NotTried => {}
            },
            AfterEvent::TestProven { .. }
            | AfterEvent::SignInLogged { .. }
            | AfterEvent::NotLookedAtFurther { .. }
            | AfterEvent::PasswordUse { .. }
            | AfterEvent::PasswordStays { .. }
            | AfterEvent::PasswordNeededAgain { .. }
            | AfterEvent::RollLeaveIntent { .. }
            | AfterEvent::RollNotLeft { .. }
            | AfterEvent::JobRunBelieved { .. }
            | AfterEvent::MethodUninvited { .. }
            | AfterEvent::MethodDecided { .. }
            | AfterEvent::MethodRemoved { .. }
            | AfterEvent::MethodNotRemoved { .. }
            | AfterEvent::MethodInvited { .. }
            | AfterEvent::MethodGone { .. }
            | AfterEvent::MethodNotDecided { .. } => {}
        }
    }

    pub(super) fn take_phone(&mut self, event: &PhoneEvent) {
        match event {
            PhoneEvent::EarlierMethodsIntent {
                methods, sessions, ..
            } => {
                self.taking_out = methods.len() + usize::from(*sessions);
                self.still_there = false;
            }
            PhoneEvent::EarlierMethodRemoved { .. } => {
                self.taking_out = self.taking_out.saturating_sub(1);
                self.unseen += 1;
            }
            PhoneEvent::EarlierMethodGone { .. } => self.unseen = self.unseen.saturating_sub(1),
            // What was removed before has had its answer already.
            PhoneEvent::EarlierMethodNotRemoved { .. } if self.taking_out == 0 => {
                self.unseen = self.unseen.saturating_sub(1);
                self.still_there = true;
            }
            PhoneEvent::EarlierMethodNotRemoved { .. }
            | PhoneEvent::SessionsEnded
            | PhoneEvent::SessionsNotEnded { .. } => {
                self.taking_out = self.taking_out.saturating_sub(1);
            }
            PhoneEvent::WentOnUnblocked { .. } => self.out_of_use(),
            PhoneEvent::EarlierPhoneSaid { .. } | PhoneEvent::EarlierMethodLeft { .. } => {}
        }
    }

    /// A pass is asked for.
    pub(super) fn out_of_use(&mut self) {
        (self.unseen, self.still_there) = (0, false);
    }

    pub(super) fn loose_ends(self) -> LooseEnds {
        LooseEnds {
            password: self.changing || self.unclear,
            must_change: self.must_change,
            roll: self.joining,
            expiry: self.expiring,
            phone: self.taking_out > 0 || self.unseen > 0 || self.still_there,
        }
    }
}
