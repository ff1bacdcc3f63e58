//! How a visit begins.

use super::{Desk, Session};
use crate::action::VisitAction;
use crate::ids::VisitId;
use crate::kept_visit::{KeptUntil, KeptVisit};
use crate::policy::Mode;
use crate::time::Now;
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::{Comes, Prefs, Visit, illegal_in_state};
use crate::walkthrough::pack::Route;

impl Desk {
    pub(super) fn start_visit(&mut self, now: Now) -> Result<(), Trouble> {
        self.start(Comes::ToTheCounter, now)
    }

    /// For somebody who calls.
    pub(super) fn start_telephone_visit(&mut self, now: Now) -> Result<(), Trouble> {
        if !self.serves_callers() {
            return Err(Trouble::new(TroubleCode::NotAllowedHere));
        }
        self.start(Comes::ByTelephone, now)
    }

    /// Whether somebody who calls may be served: never where people stand before the screens alone.
    pub(super) fn serves_callers(&self) -> bool {
        match self.policy.mode {
            Mode::Kiosk => false,
            Mode::Desk => self.policy.telephone.is_some(),
        }
    }

    /// Goes on with a visit of an earlier time.
    pub(super) fn take_up(&mut self, kept: (KeptVisit, KeptUntil), now: Now) {
        self.leave_foreground(now);
        self.handed_over_until = None;
        self.kept_loss_is_told();
        let id = self.visit_ids.give();
        let blocked = self.blocked(id);
        let ticket = self.several().then(|| self.tickets.for_caller(now));
        let mut cx = self.context((id, Route::AddAccount), now, &blocked);
        let visit = Visit::take_up((id, ticket), kept, &mut cx);
        self.visits.insert(id, visit);
        self.foreground = Some(id);
    }

    fn start(&mut self, comes: Comes, now: Now) -> Result<(), Trouble> {
        self.may_start(self.visits.len(), now)?;
        self.leave_foreground(now);
        self.handed_over_until = None;
        self.kept_loss_is_told();
        let id = self.visit_ids.give();
        // What was chosen at the person's window, and the number that was called, are theirs who stand there.
        let fresh = Prefs::of(&self.site);
        let prefs = match comes {
            Comes::ToTheCounter => std::mem::replace(&mut self.waiting, fresh),
            Comes::ByTelephone => fresh,
        };
        let blocked = self.blocked(id);
        let ticket = self.several().then(|| match comes {
            Comes::ToTheCounter => self.tickets.for_visit(now),
            Comes::ByTelephone => self.tickets.for_caller(now),
        });
        let mut cx = self.context((id, Route::AddAccount), now, &blocked);
        let visit = Visit::start(id, ticket, (prefs, comes), &mut cx);
        self.visits.insert(id, visit);
        self.foreground = Some(id);
        Ok(())
    }

    /// The visit that has ended is put away and the next one begins, or neither.
    pub(super) fn start_next(&mut self, ended: VisitId, now: Now) -> Result<(), Trouble> {
        if self.locked() {
            return Err(Trouble::new(TroubleCode::SignInAgain));
        }
        self.may_start(self.visits.len().saturating_sub(1), now)?;
        self.visit_act(ended, &VisitAction::Close, now)?;
        self.start_visit(now)
    }

    /// Whether another visit may begin beside `open` others.
    pub(super) fn may_start(&self, open: usize, now: Now) -> Result<(), Trouble> {
        let Session::SignedIn(signed_in) = &self.session else {
            return Err(illegal_in_state());
        };
        if open >= usize::from(self.visits_max()) {
            return Err(Trouble::new(TroubleCode::VisitsFull).number("max", self.visits_max()));
        }
        let operator = &signed_in.operator;
        let needed = |scope: &&String| !self.policy.optional_scopes.contains(scope);
        let missing: Vec<_> = operator.missing_scopes.iter().filter(needed).collect();
        if !missing.is_empty() {
            let names: Vec<&str> = missing.into_iter().map(String::as_str).collect();
            return Err(Trouble::new(TroubleCode::ScopeMissing).text("scopes", names.join(", ")));
        }
        let needed = now
            .mono
            .after_s(u64::from(self.policy.token_minutes_min) * 60);
        if !operator.renewable && operator.token_until < needed {
            return Err(Trouble::new(TroubleCode::TokenTooShort));
        }
        Ok(())
    }
}
