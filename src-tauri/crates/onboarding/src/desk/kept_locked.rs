//! What is kept and could not be read at the start, because the store with its key was locked or did not answer: it is
//! tried again by itself for a while, and whenever somebody signs in.

use super::Desk;
use super::kept_entries::{FIRST_WAIT_S, TakenOver};
use crate::effect::{Effect, EffectId};
use crate::kept_visit::KeptFound;
use crate::time::Now;

impl Desk {
    /// The file is looked at again, where something in it could not be read.
    pub(super) fn look_for_locked(&mut self) {
        if let Some(locked) = &mut self.kept.locked
            && locked.asked.is_none()
        {
            locked.asked = Some(self.effects.push(None, Effect::ReadKeptVisits));
        }
    }

    /// The same where that is due; says whether it was.
    pub(super) fn locked_on_time(&mut self, now: Now) -> bool {
        let Some(locked) = &mut self.kept.locked else {
            return false;
        };
        if locked.due().is_none_or(|due| due > now.mono) {
            return false;
        }
        locked.gives_way |= locked.until <= now.mono;
        locked.plan(now);
        self.look_for_locked();
        true
    }

    /// Whether the file, which is to be written, waits for one more look at what is in it.
    pub(super) fn locked_goes_first(&mut self) -> bool {
        let Some(locked) = &mut self.kept.locked else {
            return false;
        };
        locked.gives_way = true;
        self.look_for_locked();
        true
    }

    /// The file could be read by now, or not.
    pub(super) fn on_kept_read(&mut self, id: EffectId, found: KeptFound, now: Now) {
        let Some(locked) = &mut self.kept.locked else {
            return;
        };
        if locked.asked.take_if(|asked| *asked == id).is_none() {
            return;
        }
        if matches!(found, KeptFound::StoreAway) && !locked.gives_way {
            return;
        }
        let Some(locked) = self.kept.locked.take() else {
            return;
        };
        // What still cannot be read does not outlive what takes its place.
        let mut taken = TakenOver::of(found, &locked.recorded, self.keeps_visits(), now);
        taken.follows |= locked.gives_way;
        self.takes_over(taken);
    }

    /// Some of it can be taken up, and the record hears of the rest.
    pub(super) fn takes_over(&mut self, taken: TakenOver) {
        self.kept.entries.extend(taken.entries);
        self.kept.lost |= taken.lost;
        for (visit, event) in taken.forgotten {
            self.effects.record(Some(visit), event);
        }
        if taken.follows {
            self.write_kept(FIRST_WAIT_S);
        }
    }
}
