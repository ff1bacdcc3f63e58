//! What is kept over a restart, on a disk and in a credential store that can fail.

use onboarding::{KeptFound, KeptVisit, NotKept};

/// The file; none where there is none.
#[derive(Debug, Default)]
pub struct KeptOnDisk {
    pub visits: Option<Vec<KeptVisit>>,
    /// What comes of every order.
    pub fails: Option<NotKept>,
    /// It is there, and cannot be read.
    pub unreadable: bool,
    /// The store with its key does not answer.
    pub store_away: bool,
    /// How often it was written or deleted.
    pub orders: usize,
}

impl KeptOnDisk {
    pub(crate) fn keep(&mut self, visits: &[KeptVisit]) -> Result<(), NotKept> {
        self.orders += 1;
        if self.store_away && self.fails != Some(NotKept::StillThere) {
            // Without its key nothing can be sealed, and what was there is deleted.
            self.visits = None;
            return Err(NotKept::NoStore);
        }
        match self.fails {
            Some(NotKept::StillThere) => return Err(NotKept::StillThere),
            Some(NotKept::NoStore | NotKept::NotWritten) => self.visits = None,
            None => self.visits = (!visits.is_empty()).then(|| visits.to_vec()),
        }
        self.unreadable = false;
        self.fails.map_or(Ok(()), Err)
    }

    /// What the next start finds.
    #[must_use]
    pub fn found(&self) -> KeptFound {
        match &self.visits {
            Some(_) if self.store_away => KeptFound::StoreAway,
            Some(_) if self.unreadable => KeptFound::Unreadable,
            Some(visits) => KeptFound::Visits(visits.clone()),
            None => KeptFound::Nothing,
        }
    }
}
