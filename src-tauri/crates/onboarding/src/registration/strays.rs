//! What was registered and cannot be this visit's work: it came while nobody could have seen the pass, or while a pass
//! that works once still was to be used.

use std::collections::{BTreeMap, BTreeSet};

use crate::time::Mono;

/// Lists in a row that must agree.
const AGREEING: u8 = 2;
/// What the list of passes may be behind that of the other methods by.
const LAG_S: u64 = 60;

/// The entries that are nobody's registration here.
#[derive(Debug, Default)]
pub(crate) struct Strays {
    /// They came before any pass of the visit was in sight.
    unseen: BTreeSet<String>,
    /// They stood beside a pass that was to be used.
    beside: BTreeMap<String, Beside>,
    /// They are the person's, says the operator.
    kept: BTreeSet<String>,
    /// They were there before the pass that is waited for now, and say nothing of it.
    earlier: BTreeSet<String>,
    /// The last list of everything has the pass as one that still is to be used.
    unused: bool,
}

/// An entry beside a pass that was to be used.
#[derive(Debug)]
struct Beside {
    /// Lists in a row that had both.
    lists: u8,
    since: Mono,
    /// Whether all of it was longer ago than a list may be behind by.
    late: bool,
}

impl Strays {
    /// A list that was asked for before any pass was in sight has these entries, which are new.
    pub(crate) fn before_any_sight<'a>(&mut self, entries: impl Iterator<Item = &'a str>) {
        self.unseen.extend(entries.map(str::to_owned));
    }

    /// A list of everything has these new entries, and the pass of the visit as one that is to be used, or not.
    pub(crate) fn beside_the_pass<'a>(
        &mut self,
        entries: impl Iterator<Item = &'a str>,
        unused: bool,
        now: Mono,
    ) {
        let entries: BTreeSet<&str> = entries
            .filter(|entry| !self.earlier.contains(*entry))
            .collect();
        self.unused = unused;
        for entry in self.beside.values_mut() {
            entry.late |= now >= entry.since.after_s(LAG_S);
        }
        // What went, or stood there for one list alone, is as if it had never been.
        self.beside.retain(|entry, beside| {
            entries.contains(entry.as_str()) && (unused || beside.lists >= AGREEING)
        });
        if !unused {
            return;
        }
        for entry in entries {
            let beside = self.beside.entry(entry.to_owned()).or_insert(Beside {
                lists: 0,
                since: now,
                late: false,
            });
            beside.lists = beside.lists.saturating_add(1);
        }
    }

    /// The operator says that it is the person's: it counts once the pass is used.
    pub(crate) fn kept(&mut self, entry: &str) {
        self.kept.insert(entry.to_owned());
    }

    /// Another pass is waited for: what stood beside the earlier one is what it was, and so are the other `entries`.
    pub(crate) fn start_over<'a>(&mut self, entries: impl Iterator<Item = &'a String>) {
        let unused = std::mem::take(&mut self.unused);
        let was = std::mem::take(&mut self.beside).into_iter();
        let stays = was.filter(|(_, beside)| unused || beside.late);
        self.unseen.extend(stays.map(|(entry, _)| entry));
        self.earlier.extend(entries.cloned());
    }

    /// It proves nothing here, or not yet.
    pub(crate) fn has(&self, entry: &str) -> bool {
        let late = |beside: &Beside| beside.late && !self.kept.contains(entry);
        let beside = self.beside.get(entry);
        self.unseen.contains(entry) || beside.is_some_and(|it| self.unused || late(it))
    }

    /// The operator is asked about it.
    pub(crate) fn is_told(&self, entry: &str) -> bool {
        let beside = self.beside.get(entry);
        let told = beside.is_some_and(|beside| beside.lists >= AGREEING);
        self.has(entry) && (told || self.unseen.contains(entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(strays: &mut Strays, unused: bool, s: u64) {
        strays.beside_the_pass(["a"].into_iter(), unused, Mono(s * 1000));
    }

    #[test]
    fn what_stands_beside_an_unused_pass_counts_once_it_was_used_n21() {
        let mut strays = Strays::default();
        list(&mut strays, true, 0);
        assert!(strays.has("a") && !strays.is_told("a"), "one list alone");
        list(&mut strays, true, 5);
        assert!(strays.is_told("a"));
        list(&mut strays, false, 10);
        assert!(!strays.has("a"), "the list of passes was behind");
    }

    #[test]
    fn what_stood_there_too_long_counts_only_with_the_operators_word_n21() {
        let mut strays = Strays::default();
        for s in [0, 5, 61] {
            list(&mut strays, true, s);
        }
        list(&mut strays, false, 66);
        assert!(strays.is_told("a"), "no list is so far behind");
        strays.kept("a");
        assert!(!strays.has("a"));
        let mut strays = Strays::default();
        strays.before_any_sight(["a"].into_iter());
        strays.kept("a");
        list(&mut strays, false, 5);
        assert!(strays.is_told("a"), "nobody had seen the pass");
    }
}
