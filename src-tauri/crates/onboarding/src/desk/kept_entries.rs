//! What is kept of visits by telephone, and how far its file is.

use std::collections::{BTreeMap, BTreeSet};

use crate::effect::EffectId;
use crate::ids::{UserId, VisitId};
use crate::kept_visit::{KeptFound, KeptUntil, KeptVisit, NotKept};
use crate::record::{Event, ForgottenWhy, Keeping, KeptInRecord, TelephoneEvent};
use crate::time::{Mono, Now, ServiceTime};
use crate::view::{KeptSign, KeptState};

/// What is kept, and how far the file is.
#[derive(Debug, Default)]
pub(super) struct KeptVisits {
    pub(super) entries: BTreeMap<VisitId, Entry>,
    pub(super) file: File,
    /// Something that was kept is gone, and nobody was told yet.
    pub(super) lost: bool,
    /// What the record names, and the store with the key does not let be read.
    pub(super) locked: Option<Locked>,
}

/// What cannot be read yet: what the record names of it, and when the file is looked at again. Until then both are left
/// alone.
#[derive(Debug)]
pub(super) struct Locked {
    pub(super) recorded: BTreeMap<VisitId, Keeping>,
    /// Nothing of it is kept any longer than that.
    pub(super) until: Mono,
    /// When it is looked at by itself, and how often after that.
    due: Option<Mono>,
    left: u8,
    pub(super) asked: Option<EffectId>,
    /// Something else is to be in the file once that is answered; how long is waited when it cannot be.
    pub(super) writes: Option<u64>,
    /// Who registered meanwhile: nobody calls them any more.
    pub(super) registered: BTreeSet<UserId>,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) kept: KeptVisit,
    pub(super) until: KeptUntil,
    pub(super) named: Named,
}

/// Whether the record names it: it has to before anything is on the disk.
#[derive(Clone, Copy, Debug)]
pub(super) enum Named {
    /// That the visit went on before is still to be written, and would take this name away as well. Looked at again
    /// with the record's next answer, and then.
    Behind {
        due: Mono,
    },
    Asked(EffectId),
    InRecord,
    /// It could not be written down; tried again then.
    Refused {
        due: Mono,
    },
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) enum File {
    #[default]
    AsItShould,
    Writing {
        effect: EffectId,
        /// It is to be different by now.
        again: bool,
        /// How long is waited when it fails.
        wait_s: u64,
    },
    /// Tried again then.
    Failed {
        due: Mono,
        wait_s: u64,
        why: NotKept,
    },
}

impl File {
    /// It could not be written or deleted, and is tried again after so long, the next time after longer.
    pub(super) fn failed(why: NotKept, wait_s: u64, now: Now) -> Self {
        Self::Failed {
            due: now.mono.after_s(wait_s),
            wait_s: (wait_s * 2).min(LONGEST_WAIT_S),
            why,
        }
    }
}

/// What is on the disk at a start, and what the record says of it.
#[derive(Debug, Default)]
pub struct KeptAtStart {
    pub found: KeptFound,
    pub in_record: KeptInRecord,
}

/// So many wait for a call at once; one more is not kept.
pub(super) const MOST: usize = 20;
pub(super) const FIRST_WAIT_S: u64 = 15;
pub(super) const LONGEST_WAIT_S: u64 = 600;
/// So long until a record that refused is asked again.
pub(super) const RECORD_AGAIN_S: u64 = 60;

/// Between two looks by itself at what could not be read, and how many there are.
const AGAIN_S: u64 = 60;
const TIMES: u8 = 10;

/// What of a file is taken up, what is to be recorded of the rest, and whether the file has to follow.
#[derive(Debug, Default)]
pub(super) struct TakenOver {
    pub(super) entries: BTreeMap<VisitId, Entry>,
    pub(super) forgotten: Vec<(VisitId, Event)>,
    pub(super) lost: bool,
    pub(super) follows: bool,
}

impl TakenOver {
    /// As far as it is to be taken up at all. The record has the last word: what went on, ended or is of another time is
    /// not.
    pub(super) fn of(
        found: KeptFound,
        recorded: &BTreeMap<VisitId, Keeping>,
        serves: bool,
        now: Now,
    ) -> Self {
        let there = !matches!(found, KeptFound::Nothing);
        let found = match found {
            KeptFound::Visits(found) => found,
            KeptFound::Nothing | KeptFound::Unreadable | KeptFound::StoreAway => Vec::new(),
        };
        let all = found.len();
        let named = |it: &KeptVisit| {
            let keeping = recorded.get(&it.visit);
            keeping.is_some_and(|keeping| keeping.name == it.keeping)
        };
        let found: Vec<_> = found.into_iter().filter(named).collect();
        let mut taken = Self::default();
        for (visit, keeping) in recorded {
            let kept = found.iter().find(|kept| kept.visit == *visit);
            let until = kept.and_then(|kept| KeptUntil::since(kept.since, Some(keeping.seen), now));
            let why = match (kept, until) {
                _ if !serves => ForgottenWhy::NotServed,
                (None, _) => ForgottenWhy::Lost,
                (Some(_), None) => ForgottenWhy::TooOld,
                (Some(kept), Some(until)) => {
                    let entry = Entry {
                        kept: kept.clone(),
                        until,
                        named: Named::InRecord,
                    };
                    taken.entries.insert(*visit, entry);
                    continue;
                }
            };
            // That only a wrong clock makes it too old is told as well: somebody may be waiting for the call.
            let by_clock = |since: ServiceTime| !KeptUntil::is_a_day_old(since, now);
            let by_clock = kept.is_some_and(|kept| by_clock(kept.since));
            taken.lost |= why == ForgottenWhy::Lost || why == ForgottenWhy::TooOld && by_clock;
            taken.forgets(*visit, why);
        }
        // Where the record knows of something that is not there, a key may be, or a draft.
        let there = there || !recorded.is_empty();
        taken.follows = there && (taken.entries.len() != all || taken.entries.is_empty());
        taken
    }

    /// These registered meanwhile.
    pub(super) fn without(&mut self, registered: &BTreeSet<UserId>) {
        let entries = self.entries.iter();
        let theirs = entries.filter(|(_, entry)| registered.contains(&entry.kept.user));
        for visit in theirs.map(|(visit, _)| *visit).collect::<Vec<_>>() {
            self.entries.remove(&visit);
            self.forgets(visit, ForgottenWhy::Registered);
            self.follows = true;
        }
    }

    pub(super) fn forgets(&mut self, visit: VisitId, why: ForgottenWhy) {
        let event = TelephoneEvent::VisitForgotten { why };
        self.forgotten.push((visit, Event::Telephone(event)));
    }
}

impl Locked {
    /// What of it may be read later, where anything may; the rest is too old by now.
    pub(super) fn begin(
        recorded: &BTreeMap<VisitId, Keeping>,
        now: Now,
    ) -> (Option<Self>, TakenOver) {
        let mut until = None;
        let mut stays = BTreeMap::new();
        let mut rest = TakenOver::default();
        for (visit, keeping) in recorded {
            match KeptUntil::since(keeping.at, Some(keeping.seen), now) {
                Some(one) => {
                    stays.insert(*visit, keeping.clone());
                    until = until.max(Some(one.mono));
                }
                None => rest.forgets(*visit, ForgottenWhy::TooOld),
            }
        }
        let locked = until.map(|until| Self {
            recorded: stays,
            until,
            due: Some(now.mono.after_s(AGAIN_S)),
            left: TIMES - 1,
            asked: None,
            writes: None,
            registered: BTreeSet::new(),
        });
        rest.follows = locked.is_none();
        (locked, rest)
    }

    pub(super) fn due(&self) -> Option<Mono> {
        let next = self.due.map_or(self.until, |due| due.min(self.until));
        self.asked.is_none().then_some(next)
    }

    /// It is looked at by itself: when that comes again, if it does.
    pub(super) fn plan(&mut self, now: Now) {
        self.due = (self.left > 0).then(|| now.mono.after_s(AGAIN_S));
        self.left = self.left.saturating_sub(1);
    }
}

impl KeptVisits {
    /// What is there is being read: nothing is written before that is answered.
    pub(super) fn is_read(&self) -> bool {
        self.locked.as_ref().is_some_and(|it| it.asked.is_some())
    }

    pub(super) fn sign(&self, entry: &Entry) -> KeptSign {
        KeptSign {
            state: self.state(entry),
            until: entry.until.service,
        }
    }

    pub(super) fn state(&self, entry: &Entry) -> KeptState {
        match (&entry.named, &self.file) {
            (Named::Refused { .. }, _) | (Named::InRecord, File::Failed { .. }) => {
                KeptState::NotKept
            }
            (Named::Behind { .. } | Named::Asked(_), _) => KeptState::Writing,
            // What could not be read yet is looked at before anything is written.
            (Named::InRecord, _) if self.locked.is_some() => KeptState::Writing,
            (Named::InRecord, File::AsItShould) => KeptState::Kept,
            (Named::InRecord, File::Writing { .. }) => KeptState::Writing,
        }
    }
}
