//! Visits by telephone that are kept over a restart while they wait for the call back (S20). What is on the disk follows
//! what is here: it is written once the record names it, and deleted as soon as nothing of it waits any more.

use super::kept_entries::{
    Entry, FIRST_WAIT_S, File, KeptAtStart, LONGEST_WAIT_S, Locked, MOST, Named, RECORD_AGAIN_S,
    TakenOver,
};
use super::{Desk, Session};
use crate::action::VisitAction;
use crate::effect::{Effect, EffectId, NotRecorded};
use crate::effects::Effects;
use crate::ids::VisitId;
use crate::kept_visit::{KeptFound, KeptVisit, NotKept};
use crate::record::{Event, ForgottenWhy, TelephoneEvent};
use crate::time::{Mono, Now};
use crate::trouble::{Trouble, TroubleCode};
use crate::view::{KeptCard, KeptSign, KeptState, LockReason, WaitsAlready};
use crate::visit::{Visit, illegal_in_state, short_name};

impl Desk {
    /// What an earlier run kept is taken over, or forgotten; where it cannot be read yet it is left.
    pub(super) fn begin_kept(&mut self, start: KeptAtStart, now: Now) {
        let recorded = start.in_record.visits();
        self.kept.lost = start.in_record.lost_untold();
        let serves = self.keeps_visits();
        let taken = if serves && matches!(start.found, KeptFound::StoreAway) {
            let (locked, rest) = Locked::begin(recorded, now);
            self.kept.locked = locked;
            rest
        } else {
            TakenOver::of(start.found, recorded, serves, now)
        };
        self.takes_over(taken);
    }

    /// Whether visits can be put aside for a call back.
    pub(super) fn keeps_visits(&self) -> bool {
        self.serves_callers() && self.several()
    }

    /// This visit was put aside: what is needed to take it up again is kept, once the record says so.
    pub(super) fn keep_aside(&mut self, id: VisitId, now: Now) {
        if !self.keeps_visits() || self.kept.entries.len() >= MOST {
            return;
        }
        let keeping = self.ids.request_id();
        let mails = self.policy.notice.is_some();
        let kept = self.visits.get_mut(&id);
        let kept = kept.and_then(|visit| visit.keep(keeping, mails, now));
        let Some((kept, until)) = kept.filter(|(_, until)| !until.is_past(now)) else {
            return;
        };
        let named = name(&kept, &mut self.effects, now);
        let entry = Entry { kept, until, named };
        self.kept.entries.insert(id, entry);
    }

    /// The record names what is kept, or cannot: then it is not, and the record is asked again.
    pub(super) fn on_kept_recorded(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        now: Now,
    ) {
        for entry in self.kept.entries.values_mut() {
            if let Named::Behind { .. } = entry.named {
                entry.named = name(&entry.kept, &mut self.effects, now);
            }
        }
        let waits = |entry: &&mut Entry| match entry.named {
            Named::Asked(asked) => asked == id,
            Named::Behind { .. } | Named::InRecord | Named::Refused { .. } => false,
        };
        let Some(entry) = self.kept.entries.values_mut().find(waits) else {
            return;
        };
        entry.named = match written {
            Ok(()) => Named::InRecord,
            Err(NotRecorded) => Named::Refused {
                due: now.mono.after_s(RECORD_AGAIN_S),
            },
        };
        if written.is_ok() {
            self.write_kept(FIRST_WAIT_S);
        }
    }

    /// Asks the record again that refused something; says whether it was.
    fn name_again(&mut self, now: Now) -> bool {
        let mut asked = false;
        for entry in self.kept.entries.values_mut() {
            match entry.named {
                Named::Refused { due } if due <= now.mono => {}
                Named::Behind { due } if due <= now.mono => self.effects.record_again(),
                Named::Refused { .. } | Named::Behind { .. } => continue,
                Named::Asked(_) | Named::InRecord => continue,
            }
            entry.named = name(&entry.kept, &mut self.effects, now);
            asked = true;
        }
        asked
    }

    /// The visit came to the front by itself.
    pub(super) fn kept_goes_on(&mut self, visit: VisitId) {
        if self.kept.entries.remove(&visit).is_some() {
            let event = TelephoneEvent::VisitTakenUp { kept_visit: visit };
            self.effects.record(Some(visit), Event::Telephone(event));
            self.write_kept(FIRST_WAIT_S);
        }
    }

    /// Nothing of it is kept any more.
    pub(super) fn forget_kept(&mut self, visit: VisitId, why: ForgottenWhy) -> bool {
        let forgotten = self.kept.entries.remove(&visit).is_some();
        if forgotten {
            let event = TelephoneEvent::VisitForgotten { why };
            self.effects.record(Some(visit), Event::Telephone(event));
            self.write_kept(FIRST_WAIT_S);
        }
        forgotten
    }

    /// Something happened in a visit: where it ended, or its person has registered, nobody is to be called any more.
    pub(super) fn kept_follows(&mut self, visit: VisitId) {
        let it = self.visits.get(&visit);
        let registered = it.and_then(Visit::registered).cloned();
        if it.is_none_or(|it| registered.is_none() && !it.may_be_kept()) {
            self.forget_kept(visit, ForgottenWhy::Ended);
        }
        let Some(user) = registered else {
            return;
        };
        if let Some(locked) = &mut self.kept.locked {
            locked.registered.insert(user.clone());
        }
        let entries = self.kept.entries.iter();
        let theirs = entries.filter(|(_, entry)| entry.kept.user == user);
        for theirs in theirs.map(|(id, _)| *id).collect::<Vec<_>>() {
            self.forget_kept(theirs, ForgottenWhy::Registered);
        }
    }

    /// The operator goes on with what was kept of a visit that is not open any more.
    pub(super) fn resume_kept(&mut self, visit: VisitId, now: Now) -> Result<(), Trouble> {
        self.signed_in_for_kept()?;
        if self.visits.contains_key(&visit) || !self.kept.entries.contains_key(&visit) {
            return Err(Trouble::new(TroubleCode::VisitGone));
        }
        if !self.keeps_visits() {
            return Err(Trouble::new(TroubleCode::NotAllowedHere));
        }
        let twice = self.begun_anew(visit);
        let open = self.visits.len() - usize::from(twice.is_some());
        self.may_start(open, now)?;
        if let Some(twice) = twice {
            self.visit_act(twice, &VisitAction::Cancel, now)?;
        }
        let Some(Entry { kept, until, .. }) = self.kept.entries.remove(&visit) else {
            return Err(Trouble::new(TroubleCode::VisitGone));
        };
        self.take_up((kept, until), now);
        self.write_kept(FIRST_WAIT_S);
        Ok(())
    }

    /// The visit by telephone in front that found the person of this one, and has not gone any further.
    fn begun_anew(&self, kept: VisitId) -> Option<VisitId> {
        let user = &self.kept.entries.get(&kept)?.kept.user;
        let found = |id: &VisitId| self.visits.get(id).and_then(Visit::found_caller) == Some(user);
        self.foreground.filter(found)
    }

    /// What waits for a call back to the person whom the visit in front found, and is not open.
    pub(super) fn waits_already(&self, visit: VisitId) -> Option<WaitsAlready> {
        let user = self.visits.get(&visit)?.found()?;
        let entries = self.kept.entries.iter();
        let mut parked = entries.filter(|(id, _)| !self.visits.contains_key(id));
        let (id, entry) = parked.find(|(_, entry)| entry.kept.user == *user)?;
        Some(WaitsAlready {
            kept_visit: *id,
            since: entry.kept.since,
        })
    }

    /// The operator puts away what was kept of a visit that is not open any more.
    pub(super) fn put_kept_away(&mut self, visit: VisitId) -> Result<(), Trouble> {
        self.signed_in_for_kept()?;
        if self.visits.contains_key(&visit) || !self.forget_kept(visit, ForgottenWhy::Asked) {
            return Err(Trouble::new(TroubleCode::VisitGone));
        }
        Ok(())
    }

    fn signed_in_for_kept(&self) -> Result<(), Trouble> {
        match &self.session {
            Session::SignedIn(_) => Ok(()),
            Session::Lapsed(_) => Err(Trouble::new(TroubleCode::SignInAgain)),
            Session::SignedOut | Session::SigningIn { .. } | Session::Confirming(_) => {
                Err(illegal_in_state())
            }
        }
    }

    /// What is too old goes, and what could not be written or deleted is tried again; says whether anything changed.
    pub(super) fn look_after_kept(&mut self, now: Now) -> bool {
        let old = self.kept.entries.iter();
        let old = old.filter(|(_, entry)| entry.until.is_past(now));
        let old: Vec<_> = old.map(|(visit, _)| *visit).collect();
        for visit in &old {
            self.forget_kept(*visit, ForgottenWhy::TooOld);
        }
        let asked = self.name_again(now);
        if self.locked_on_time(now) {
            return true;
        }
        if let File::Failed { due, wait_s, .. } = self.kept.file
            && due <= now.mono
            && !self.kept.is_read()
        {
            self.write_kept(wait_s);
            return true;
        }
        asked || !old.is_empty()
    }

    pub(super) fn kept_due(&self) -> Option<Mono> {
        let entries = self.kept.entries.values().map(|entry| entry.until.mono);
        let again = match self.kept.file {
            File::Failed { due, .. } => Some(due).filter(|_| !self.kept.is_read()),
            File::AsItShould | File::Writing { .. } => None,
        };
        let named = self.kept.entries.values();
        let named = named.filter_map(|entry| match entry.named {
            Named::Refused { due } | Named::Behind { due } => Some(due),
            Named::Asked(_) | Named::InRecord => None,
        });
        let locked = self.kept.locked.as_ref().and_then(Locked::due);
        entries.chain(again).chain(named).chain(locked).min()
    }

    /// The file is to hold what is kept by now, and is deleted where that is nothing.
    pub(super) fn write_kept(&mut self, wait_s: u64) {
        if self.locked_goes_first(wait_s) {
            return;
        }
        if let File::Writing { again, .. } = &mut self.kept.file {
            *again = true;
            return;
        }
        let entries = self.kept.entries.values();
        let named = entries.filter(|entry| match entry.named {
            Named::InRecord => true,
            Named::Behind { .. } | Named::Asked(_) | Named::Refused { .. } => false,
        });
        let visits = named.map(|entry| entry.kept.clone()).collect();
        let effect = self.effects.push(None, Effect::KeepVisits { visits });
        self.kept.file = File::Writing {
            effect,
            again: false,
            wait_s,
        };
    }

    /// The file was written or deleted, or could not be.
    pub(super) fn on_visits_kept(&mut self, id: EffectId, kept: Result<(), NotKept>, now: Now) {
        let File::Writing {
            effect,
            again,
            wait_s,
        } = self.kept.file
        else {
            return;
        };
        if effect != id {
            return;
        }
        self.kept.file = match kept {
            Ok(()) => File::AsItShould,
            // Nothing is on the disk but, in a store that cannot be had, the key to nothing.
            Err(NotKept::NoStore) if self.kept.entries.is_empty() && wait_s >= LONGEST_WAIT_S => {
                File::AsItShould
            }
            Err(why) => File::failed(why, wait_s, now),
        };
        if again {
            self.write_kept(FIRST_WAIT_S);
        }
    }

    /// What is open ends because nobody is signed in any more; what is kept of it stays, by the name that it has.
    pub(super) fn while_kept_stays(&mut self, visit: VisitId, end: impl FnOnce(&mut Self)) {
        let entry = self.kept.entries.remove(&visit);
        end(self);
        self.kept.entries.extend(entry.map(|entry| (visit, entry)));
    }

    /// Whether every open visit waits for a call back and is on the disk, so that it need not stay in memory.
    pub(super) fn all_are_kept(&self) -> bool {
        let waits = |(id, visit): (&VisitId, &Visit)| {
            let entry = self.kept.entries.get(id);
            let kept = entry.is_some_and(|entry| self.kept.state(entry) == KeptState::Kept);
            kept && visit.is_without_pass()
        };
        self.visits.iter().all(waits)
    }

    /// How far an open visit is kept. One by telephone that waits without is lost with the app.
    pub(super) fn kept_sign(&self, visit: VisitId, now: Now) -> Option<KeptSign> {
        if let Some(entry) = self.kept.entries.get(&visit) {
            return Some(self.kept.sign(entry));
        }
        let it = self.visits.get(&visit)?;
        let waits = self.foreground != Some(visit) && it.would_be_lost();
        waits.then_some(KeptSign {
            state: KeptState::NotKept,
            until: now.service,
        })
    }

    /// Visits that are not open any more and can be taken up.
    pub(super) fn kept_cards(&self) -> Vec<KeptCard> {
        let entries = self.kept.entries.iter();
        let parked = entries.filter(|(id, _)| !self.visits.contains_key(id));
        let card = |(id, entry): (&VisitId, &Entry)| KeptCard {
            visit: *id,
            name: short_name(&entry.kept.name, self.person_pane),
            since: entry.kept.since,
            kept: self.kept.sign(entry),
        };
        parked.map(card).collect()
    }

    /// What the operator has to know of the file, as long as it is so.
    pub(super) fn kept_trouble(&self) -> Option<Trouble> {
        let there = match &self.session {
            Session::SignedIn(_) => true,
            Session::Lapsed(lapsed) => lapsed.why == LockReason::TokenEnded,
            Session::SignedOut | Session::SigningIn { .. } | Session::Confirming(_) => false,
        };
        let lost = self.kept.lost.then_some(TroubleCode::KeptLost);
        let locked = self.kept.locked.as_ref().map(|_| TroubleCode::KeptLocked);
        let file = match &self.kept.file {
            File::Failed { why, .. } => match why {
                NotKept::StillThere => Some(TroubleCode::KeptStillThere),
                NotKept::NoStore | NotKept::NotWritten if self.kept.entries.is_empty() => None,
                NotKept::NoStore => Some(TroubleCode::VisitNotKept),
                NotKept::NotWritten => Some(TroubleCode::VisitNotWritten),
            },
            File::AsItShould | File::Writing { .. } => None,
        };
        // What cannot be kept says so in the list as well.
        let still_there = file.filter(|code| *code == TroubleCode::KeptStillThere);
        let code = still_there.or(lost).or(locked).or(file);
        code.filter(|_| there).map(Trouble::new)
    }

    /// That something was lost was on the screen, and the operator went on.
    pub(super) fn kept_loss_is_told(&mut self) {
        self.kept.lost = false;
    }
}

/// Has the record name it, once that the visit went on before is written: what comes late would take this name away.
fn name(kept: &KeptVisit, effects: &mut Effects, now: Now) -> Named {
    let went_on = Event::Telephone(TelephoneEvent::VisitTakenUp {
        kept_visit: kept.visit,
    });
    if effects.is_to_be_written(&went_on) {
        let due = now.mono.after_s(RECORD_AGAIN_S);
        return Named::Behind { due };
    }
    let keeping = kept.keeping.clone();
    let event = Event::Telephone(TelephoneEvent::VisitKept { keeping });
    Named::Asked(effects.record(Some(kept.visit), event))
}
