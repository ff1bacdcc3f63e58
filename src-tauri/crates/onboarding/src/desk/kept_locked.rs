//! What is kept and could not be read at the start, because the store with its key was locked or did not answer: it is
//! tried again by itself for a while, and whenever somebody signs in.

use super::Desk;
use super::kept_entries::{FIRST_WAIT_S, File, TakenOver};
use crate::effect::{Effect, EffectId};
use crate::kept_visit::{KeptFound, NotKept};
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
        locked.plan(now);
        self.look_for_locked();
        true
    }

    /// Whether the file, which is to be written, waits for one more look at what is in it: without its key nothing can be
    /// written, and what is there would be lost for it.
    pub(super) fn locked_goes_first(&mut self, wait_s: u64) -> bool {
        let Some(locked) = &mut self.kept.locked else {
            return false;
        };
        locked.writes = Some(wait_s);
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
        if matches!(found, KeptFound::StoreAway) && locked.until > now.mono {
            if let Some(wait_s) = locked.writes.take() {
                self.kept.file = File::failed(NotKept::NoStore, wait_s, now);
            }
            return;
        }
        let Some(locked) = self.kept.locked.take() else {
            return;
        };
        let mut taken = TakenOver::of(found, &locked.recorded, self.keeps_visits(), now);
        taken.without(&locked.registered);
        taken.follows |= locked.writes.is_some() || matches!(self.kept.file, File::Failed { .. });
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
