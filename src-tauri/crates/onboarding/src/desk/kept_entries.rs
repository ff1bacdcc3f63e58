//! What is kept of visits by telephone, and how far its file is.

use std::collections::BTreeMap;

use crate::effect::EffectId;
use crate::ids::VisitId;
use crate::kept_visit::{KeptFound, KeptUntil, KeptVisit, NotKept};
use crate::record::{Event, ForgottenWhy, KeptInRecord, TelephoneEvent};
use crate::time::{Mono, Now};
use crate::view::{KeptSign, KeptState};

/// What is kept, and how far the file is.
#[derive(Debug, Default)]
pub(super) struct KeptVisits {
    pub(super) entries: BTreeMap<VisitId, Entry>,
    pub(super) file: File,
    /// Something that was kept is gone, and nobody was told yet.
    pub(super) lost: bool,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) kept: KeptVisit,
    pub(super) until: KeptUntil,
    /// The record is to name it first.
    pub(super) writing: Option<EffectId>,
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

impl KeptVisits {
    /// What an earlier run kept, as far as it is to be taken up at all; what is to be recorded of the rest; and whether
    /// the file has to follow.
    pub(super) fn begin(
        start: KeptAtStart,
        serves: bool,
        now: Now,
    ) -> (Self, Vec<(VisitId, Event)>, bool) {
        let (recorded, seen) = (start.in_record.visits(), start.in_record.seen());
        let there = !matches!(start.found, KeptFound::Nothing);
        let found = match start.found {
            KeptFound::Visits(found) => found,
            KeptFound::Nothing | KeptFound::Unreadable => Vec::new(),
        };
        let all = found.len();
        // The record has the last word: what went on, ended or is of another time is not taken up.
        let named = |it: &KeptVisit| recorded.get(&it.visit) == Some(&it.keeping);
        let found: Vec<_> = found.into_iter().filter(named).collect();
        let mut entries = BTreeMap::new();
        let mut forgotten = Vec::new();
        let mut lost = false;
        for visit in recorded.keys() {
            let kept = found.iter().find(|kept| kept.visit == *visit);
            let until = kept.and_then(|kept| KeptUntil::since(kept.since, seen, now));
            let why = match (kept, until) {
                _ if !serves => ForgottenWhy::NotServed,
                (None, _) => ForgottenWhy::Lost,
                (Some(_), None) => ForgottenWhy::TooOld,
                (Some(kept), Some(until)) => {
                    let entry = Entry {
                        kept: kept.clone(),
                        until,
                        writing: None,
                    };
                    entries.insert(*visit, entry);
                    continue;
                }
            };
            lost |= why == ForgottenWhy::Lost;
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
        match &self.file {
            _ if entry.writing.is_some() => KeptState::Writing,
            File::AsItShould => KeptState::Kept,
            File::Writing { .. } => KeptState::Writing,
            File::Failed { .. } => KeptState::NotKept,
        }
    }
}
