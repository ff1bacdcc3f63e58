//! How the app ends: by the operator, by its window, or by the system.

use super::{Desk, Session};
use crate::effect::Effect;
use crate::policy::Mode;
use crate::record::SignOutReason;
use crate::time::Now;
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::illegal_in_state;

impl Desk {
    /// Whether the operator is in a browser to sign in, which lies over the app.
    #[must_use]
    pub fn signing_in(&self) -> bool {
        self.session.signing_in_until().is_some()
    }

    /// Somebody wants the operator's window closed: a key, the window manager or the window's own button. A kiosk
    /// stays whoever is signed in, for who sits in front of it is not known; nothing closes in the middle of a visit.
    pub fn window_closes(&mut self) {
        let refusal = match self.policy.mode {
            Mode::Kiosk => Some(TroubleCode::KioskStays),
            // What waits for a call back and is on the disk is cut off by nothing.
            Mode::Desk => {
                (self.visit_open() && !self.all_are_kept()).then_some(TroubleCode::VisitOpen)
            }
        };
        match refusal {
            Some(code) => self.trouble = Some(Trouble::new(code)),
            None => self.leave(),
        }
        self.revision += 1;
    }

    /// The system ends the app, in the middle of a visit too: the next start finds what is open.
    pub fn stop(&mut self) {
        for visit in self.visits.values_mut() {
            visit.on_locked(&mut self.effects);
        }
        self.leave();
        self.revision += 1;
    }

    /// The operator ends the app, from home.
    pub(super) fn close_app(&mut self, now: Now) -> Result<(), Trouble> {
        match &self.session {
            Session::SignedIn(_) if self.all_are_kept() => {
                self.abandon_visits(now);
                self.leave();
                Ok(())
            }
            Session::SignedIn(_) => Err(Trouble::new(TroubleCode::VisitOpen)),
            Session::SignedOut
            | Session::SigningIn { .. }
            | Session::Confirming(_)
            | Session::Lapsed(_) => Err(illegal_in_state()),
        }
    }

    /// Nobody is signed in any more, and the record says so before the app ends. Without tokens it said so before.
    fn leave(&mut self) {
        self.stop_signing_again();
        // Tokens that are kept for a person who goes on alone are still the operator's.
        let kept = self.session.lapsed().filter(|_| self.session.may_look());
        let kept = kept.map(|lapsed| lapsed.operator.oid.clone());
        let signed_in = match std::mem::replace(&mut self.session, Session::SignedOut) {
            Session::SignedIn(signed_in) => Some(signed_in.operator.oid),
            Session::SigningIn { .. } => {
                self.effects.push(None, Effect::CancelSignIn);
                kept
            }
            Session::Confirming(_) => {
                self.effects.push(None, Effect::ForgetOperator);
                kept
            }
            Session::SignedOut | Session::Lapsed(_) => kept,
        };
        if let Some(operator) = signed_in {
            self.forget_operator(operator, SignOutReason::Stopped);
        }
        self.effects.push(None, Effect::CloseApp);
    }
}
