//! What was registered before anybody could have seen the pass of the visit: it is nobody's registration here.

use std::collections::BTreeSet;

use crate::person::directory::MethodRead;
use crate::registration::identity::id;

/// Such entries, by their ids.
#[derive(Debug, Default)]
pub(crate) struct Strays {
    seen: BTreeSet<String>,
    /// What the operator decided on.
    answered: BTreeSet<String>,
    /// What is no longer there, so that nobody can decide on it. It proves nothing all the same.
    gone: BTreeSet<String>,
}

impl Strays {
    /// A list that was asked for before any pass was in sight has these entries, which are new.
    pub(crate) fn before_any_sight<'a>(&mut self, entries: impl Iterator<Item = &'a str>) {
        for entry in entries {
            self.gone.remove(entry);
            self.seen.insert(entry.to_owned());
        }
    }

    /// Nothing depends on a pass any more.
    pub(crate) fn forget(&mut self) {
        self.seen.clear();
    }

    /// It proves nothing here, and the operator is asked about it.
    pub(crate) fn has(&self, entry: &str) -> bool {
        self.seen.contains(entry)
    }

    /// The operator removed it, or says that it is the person's own.
    pub(crate) fn answer(&mut self, entry: &str) {
        self.answered.insert(entry.to_owned());
    }

    /// Looks that agree no longer show it.
    pub(crate) fn gone(&mut self, entry: &str) {
        self.gone.insert(entry.to_owned());
    }

    /// The operator decided on it.
    pub(crate) fn is_answered(&self, entry: &str) -> bool {
        self.answered.contains(entry)
    }

    /// Nobody decided on one of them that is there.
    pub(crate) fn are_open(&self) -> bool {
        let done = |entry: &String| self.is_answered(entry) || self.gone.contains(entry);
        !self.seen.iter().all(done)
    }

    /// This read has one that nobody decided on.
    pub(crate) fn open_in(&self, read: &MethodRead) -> bool {
        let mut there = read.methods.iter().filter_map(id);
        there.any(|there| self.has(there) && !self.is_answered(there))
    }
}
