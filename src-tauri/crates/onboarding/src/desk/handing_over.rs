//! Another operator takes over: the person whose visit ends with that is told, and not sent away without a word.

use super::Desk;
use crate::time::Now;
use crate::view::VisitState;
use crate::visit::Prefs;

/// As long as somebody needs who comes to the counter and signs in.
const TOLD_S: u64 = 180;

impl Desk {
    /// How the person in front reads, whose visit a change of the operator would end.
    pub(super) fn served(&self, now: Now) -> Option<Prefs> {
        let visit = self.at_the_screen().and_then(|id| self.visits.get(&id))?;
        (visit.state(now) != VisitState::Ended).then_some(visit.prefs)
    }

    /// The person's screen says what happened, as this person reads; the next visit begins with that, too.
    pub(super) fn hand_over(&mut self, served: Option<Prefs>, now: Now) {
        if let Some(prefs) = served {
            self.waiting = prefs;
            self.handed_over_until = Some(now.mono.after_s(TOLD_S));
        }
    }

    /// Nobody came: the screen is for whoever waits.
    pub(super) fn hand_over_is_over(&mut self, now: Now) -> bool {
        let over = self
            .handed_over_until
            .take_if(|until| *until <= now.mono)
            .is_some();
        if over {
            self.waiting = Prefs::of(&self.site);
        }
        over
    }
}
