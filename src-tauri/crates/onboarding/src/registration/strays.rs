//! What was registered before anybody could have seen the pass of the visit: it is nobody's registration here.

use std::collections::BTreeSet;

/// Such entries, by their ids.
#[derive(Debug, Default)]
pub(crate) struct Strays(BTreeSet<String>);

impl Strays {
    /// A list that was asked for before any pass was in sight has these entries, which are new.
    pub(crate) fn before_any_sight<'a>(&mut self, entries: impl Iterator<Item = &'a str>) {
        self.0.extend(entries.map(str::to_owned));
    }

    /// Nothing depends on a pass any more.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }

    /// It proves nothing here, and the operator is asked about it.
    pub(crate) fn has(&self, entry: &str) -> bool {
        self.0.contains(entry)
    }
}
