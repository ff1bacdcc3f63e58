//! Visits side by side: one is in front, the others are put aside and go on by themselves.

use super::{Desk, Session};
use crate::action::PersonAction;
use crate::effect::Effect;
use crate::ids::VisitId;
use crate::policy::Mode;
use crate::time::{Mono, Now};
use crate::trouble::{Trouble, TroubleCode};
use crate::view::{LockReason, VisitCard, VisitList};
use crate::visit::{Blocked, Prefs, Visit, illegal_in_state, short_name};

impl Desk {
    /// The same as [`Desk::person_act`], from a page that showed this visit when it was touched: a touch that comes
    /// late must not count for whoever is in front by then. `None` is a page that showed nobody's visit.
    pub fn person_act_seen(
        &mut self,
        place: Option<VisitId>,
        seen: Option<VisitId>,
        action: &PersonAction,
        now: Now,
    ) -> Result<(), Trouble> {
        // Where nobody else can come to the front, who touched the welcome is whose visit begins.
        let somebody_else = match seen {
            Some(seen) => self.foreground != Some(seen),
            None => self.several() && self.foreground.is_some(),
        };
        if somebody_else {
            return Err(illegal_in_state());
        }
        self.person_act(place, action, now)
    }

    /// How many visits may be open: a kiosk has one.
    pub(super) fn visits_max(&self) -> u8 {
        match self.policy.mode {
            Mode::Kiosk => 1,
            Mode::Desk => self.policy.visits_max.max(1),
        }
    }

    /// Whether more than one visit can be open, so that there is a list, and numbers for a turn.
    pub(super) fn several(&self) -> bool {
        self.visits_max() > 1
    }

    /// The visit in front is put aside: its pass is hidden, nobody's visit is on the screens, and it goes on.
    pub(super) fn put_aside(&mut self, now: Now) -> Result<(), Trouble> {
        self.at_the_desk()?;
        if !self.several() || self.foreground.is_none() {
            return Err(illegal_in_state());
        }
        self.leave_foreground(now);
        Ok(())
    }

    /// A visit that was put aside comes to the front, and the one in front is put aside.
    pub(super) fn resume(&mut self, visit: VisitId, now: Now) -> Result<(), Trouble> {
        self.at_the_desk()?;
        if !self.visits.contains_key(&visit) {
            return Err(Trouble::new(TroubleCode::VisitGone));
        }
        if self.foreground == Some(visit) {
            return Ok(());
        }
        self.leave_foreground(now);
        self.background.remove(&visit);
        self.kept_goes_on(visit);
        self.foreground = Some(visit);
        self.with_visit(visit, now, Visit::calls_again)?;
        self.handed_over_until = None;
        // Who waited chose how to read; who comes back has chosen before.
        self.waiting = Prefs::of(&self.site);
        Ok(())
    }

    pub(super) fn take_ticket(&mut self, now: Now) -> Result<(), Trouble> {
        self.may_call()?;
        self.tickets.take(now).map(drop)
    }

    pub(super) fn call_ticket(&mut self, number: u32, now: Now) -> Result<(), Trouble> {
        self.may_call()?;
        self.tickets.call(number, now)?;
        // Whoever waits reads the number, and nothing of a visit before.
        self.handed_over_until = None;
        Ok(())
    }

    pub(super) fn no_show(&mut self, number: u32, now: Now) -> Result<(), Trouble> {
        self.may_call()?;
        self.tickets.no_show(number, now).map(drop)
    }

    /// Numbers for a turn are for somebody at a desk with several visits.
    fn may_call(&self) -> Result<(), Trouble> {
        match &self.session {
            Session::SignedIn(_) if self.several() => Ok(()),
            Session::SignedIn(_)
            | Session::SignedOut
            | Session::SigningIn { .. }
            | Session::Confirming(_)
            | Session::Lapsed(_) => Err(illegal_in_state()),
        }
    }

    /// The number on the screen of those who wait, unless nobody is signed in: a locked desk comes back.
    pub(super) fn called(&self, now: Now) -> Option<u32> {
        let nobody = match &self.session {
            Session::SignedOut => true,
            Session::SigningIn { resumes, .. } => resumes.is_none(),
            Session::Confirming(confirming) => confirming.resumes.is_none(),
            Session::SignedIn(_) | Session::Lapsed(_) => false,
        };
        match self.foreground {
            None if !nobody => self.tickets.called(now),
            None | Some(_) => None,
        }
    }

    pub(super) fn leave_foreground(&mut self, now: Now) {
        // Also where nobody was in front: whoever touched the welcome is not who comes now.
        self.touches.another_person();
        let Some(foreground) = self.foreground.take() else {
            return;
        };
        if let Some(visit) = self.visits.get_mut(&foreground) {
            visit.on_locked(&mut self.effects);
            self.background.insert(foreground, visit.state(now));
        }
        self.keep_aside(foreground, now);
        self.rebuild_when_free();
    }

    /// Windows that showed a visit that is over are built anew, but never under a person who is being served.
    pub(super) fn rebuild_when_free(&mut self) {
        if self.foreground.is_none() {
            for visit in std::mem::take(&mut self.pending_window_resets) {
                self.effects.push(Some(visit), Effect::RebuildWindows);
            }
        }
    }

    /// The visit a person's place shows: only ever the one in front. The pane beside the operator's exists only with
    /// one display.
    pub(super) fn person_visit(&self, place: Option<VisitId>) -> Result<Option<VisitId>, Trouble> {
        match place {
            None if !self.person_pane => Err(Trouble::new(TroubleCode::NotAllowedHere)),
            None => Ok(self.at_the_screen()),
            Some(visit) if self.foreground == Some(visit) => Ok(self.at_the_screen()),
            Some(visit) if self.visits.contains_key(&visit) => Ok(None),
            Some(visit) if visit == self.visit_ids.upcoming() => Ok(None),
            Some(_) => Err(Trouble::new(TroubleCode::VisitGone)),
        }
    }

    /// The visit in front, where somebody may stand before the person's screen: who calls does not.
    pub(super) fn at_the_screen(&self) -> Option<VisitId> {
        let here = |id: &VisitId| self.visits.get(id).is_some_and(Visit::is_at_the_counter);
        self.foreground.filter(here)
    }

    /// The open visits, the one that has waited longest for a look first: so they share the limit fairly.
    pub(super) fn by_patience(&self) -> Vec<VisitId> {
        let mut visits: Vec<_> = self.visits.iter().collect();
        visits.sort_by_key(|(id, visit)| (visit.wants_poll().unwrap_or(Mono(u64::MAX)), **id));
        visits.into_iter().map(|(id, _)| *id).collect()
    }

    /// The list on the left; none where one visit is all there is, and while nobody is at the desk.
    pub(super) fn visit_list(&self, now: Now) -> Option<VisitList> {
        if !self.several() || self.at_the_desk().is_err() {
            return None;
        }
        let open: Vec<_> = self.visits.keys().copied().collect();
        let visits = open.into_iter().filter_map(|id| self.card(id, now));
        let visits = visits.collect();
        Some(VisitList {
            max: self.visits_max(),
            visits,
            tickets: self.tickets.queue(now),
            kept: self.kept_cards(),
            next_ticket: self.tickets.next(now),
        })
    }

    fn card(&self, id: VisitId, now: Now) -> Option<VisitCard> {
        let (in_front, before) = (
            self.foreground == Some(id),
            self.background.get(&id).copied(),
        );
        let beside = self.person_pane;
        let card = self.look_at(id, now, |visit, cx| visit.card(beside, cx))?;
        let news =
            before.is_some_and(|before| card.news || card.state.is_news() && before != card.state);
        // Whoever is kept, and not who was found meanwhile and not confirmed.
        let kept = self.kept.entries.get(&id);
        let kept = kept.map(|entry| short_name(&entry.kept.name, beside));
        Some(VisitCard {
            name: kept.or_else(|| card.name.clone()),
            in_front,
            news,
            kept: self.kept_sign(id, now),
            ..card
        })
    }

    /// Whom no pass is issued for now in this visit.
    pub(super) fn blocked(&self, visit: VisitId) -> Vec<Blocked> {
        let unreconciled = self.unreconciled.iter().filter(|open| open.blocks());
        let unreconciled =
            unreconciled.map(|open| Blocked::Pass(open.question.subject.user.clone()));
        let others = self.visits.iter().filter(|(id, _)| **id != visit);
        let served = others.filter_map(|(_, visit)| visit.serves());
        unreconciled.chain(served).collect()
    }

    /// Signed in, or with a token that ended under the operator's hands.
    fn at_the_desk(&self) -> Result<(), Trouble> {
        match &self.session {
            Session::SignedIn(_) => Ok(()),
            Session::Lapsed(lapsed) if lapsed.why == LockReason::TokenEnded => Ok(()),
            Session::Lapsed(_) => Err(Trouble::new(TroubleCode::SignInAgain)),
            Session::SignedOut | Session::SigningIn { .. } | Session::Confirming(_) => {
                Err(illegal_in_state())
            }
        }
    }
}
