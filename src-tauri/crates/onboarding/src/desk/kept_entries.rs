//! What is kept of visits by telephone, and how far its file is.

use std::collections::BTreeMap;

use crate::effect::EffectId;
use crate::ids::VisitId;
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
    /// What the record names, and the store with the key did not let be read at this start.
    pub(super) locked: Option<Locked>,
}

/// The file and the record are left alone until then, unless the file is written for another visit: a later start may
/// read it.
#[derive(Debug)]
pub(super) struct Locked {
    pub(super) visits: Vec<VisitId>,
    pub(super) until: Mono,
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

impl KeptVisits {
    /// What an earlier run kept, as far as it is to be taken up at all; what is to be recorded of the rest; and whether
    /// the file has to follow.
    pub(super) fn begin(
        start: KeptAtStart,
        serves: bool,
        now: Now,
    ) -> (Self, Vec<(VisitId, Event)>, bool) {
        let recorded = start.in_record.visits();
        if serves && matches!(start.found, KeptFound::StoreAway) {
            return Self::locked(recorded, now);
        }
        let there = !matches!(start.found, KeptFound::Nothing);
        let found = match start.found {
            KeptFound::Visits(found) => found,
            KeptFound::Nothing | KeptFound::Unreadable | KeptFound::StoreAway => Vec::new(),
        };
        let all = found.len();
        // The record has the last word: what went on, ended or is of another time is not taken up.
        let named = |it: &KeptVisit| {
            let keeping = recorded.get(&it.visit);
            keeping.is_some_and(|keeping| keeping.name == it.keeping)
        };
        let found: Vec<_> = found.into_iter().filter(named).collect();
        let mut entries = BTreeMap::new();
        let mut forgotten = Vec::new();
        let mut lost = false;
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
                    entries.insert(*visit, entry);
                    continue;
                }
            };
            // That only a wrong clock makes it too old is told as well: somebody may be waiting for the call.
            let by_clock = |since: ServiceTime| !KeptUntil::is_a_day_old(since, now);
            let by_clock = kept.is_some_and(|kept| by_clock(kept.since));
            lost |= why == ForgottenWhy::Lost || why == ForgottenWhy::TooOld && by_clock;
            let event = TelephoneEvent::VisitForgotten { why };
            forgotten.push((*visit, Event::Telephone(event)));
        }
        // Where the record knows of something that is not there, a key may be, or a draft.
        let there = there || !recorded.is_empty();
        let follows = there && (entries.len() != all || entries.is_empty());
        let kept = Self {
            entries,
            file: File::default(),
            lost,
            locked: None,
        };
        (kept, forgotten, follows)
    }

    /// The file cannot be read at this start. What the record names is left for another one, as long as it may be kept.
    fn locked(
        recorded: &BTreeMap<VisitId, Keeping>,
        now: Now,
    ) -> (Self, Vec<(VisitId, Event)>, bool) {
        let mut until = None;
        let (mut visits, mut forgotten) = (Vec::new(), Vec::new());
        for (visit, keeping) in recorded {
            match KeptUntil::since(keeping.at, Some(keeping.seen), now) {
                Some(one) => {
                    visits.push(*visit);
                    until = until.max(Some(one.mono));
                }
                None => {
                    let why = ForgottenWhy::TooOld;
                    let event = TelephoneEvent::VisitForgotten { why };
                    forgotten.push((*visit, Event::Telephone(event)));
                }
            }
        }
        let locked = until.map(|until| Locked { visits, until });
        let follows = locked.is_none();
        let kept = Self {
            locked,
            ..Self::default()
        };
        (kept, forgotten, follows)
    }

    pub(super) fn sign(&self, entry: &Entry) -> KeptSign {
        KeptSign {
            state: self.state(entry),
            until: entry.until.service,
        }
    }

    pub(super) fn state(&self, entry: &Entry) -> KeptState {
        match (&entry.named, &self.file) {
            (Named::Refused { .. }, _) => KeptState::NotKept,
            (Named::Behind { .. } | Named::Asked(_), _) => KeptState::Writing,
            (Named::InRecord, File::AsItShould) => KeptState::Kept,
            (Named::InRecord, File::Writing { .. }) => KeptState::Writing,
            (Named::InRecord, File::Failed { .. }) => KeptState::NotKept,
        }
    }
}
