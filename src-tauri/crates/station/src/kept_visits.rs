//! The driver has what outlives the app written and deleted.

use onboarding::{Answer, EffectId, KeptFound, KeptVisit, NotKept};

use crate::drive::Driver;

impl Driver {
    /// The machine waits for each answer, so that no earlier order comes after a later one.
    pub(crate) fn keep_visits(&mut self, id: EffectId, visits: Vec<KeptVisit>) {
        self.closing.sent();
        let keeper = self.keeper.clone();
        self.spawn(id, async move {
            let kept = tokio::task::spawn_blocking(move || keeper.keep(&visits)).await;
            // One that panicked left nobody knows what.
            Answer::VisitsKept(kept.unwrap_or(Err(NotKept::StillThere)))
        });
    }

    /// What could not be read at the start may be by now.
    pub(crate) fn read_kept_visits(&mut self, id: EffectId) {
        let keeper = self.keeper.clone();
        self.spawn(id, async move {
            let found = tokio::task::spawn_blocking(move || keeper.found()).await;
            // One that panicked read nothing, and the file is as it was.
            Answer::KeptVisitsRead(found.unwrap_or(KeptFound::StoreAway))
        });
    }
}
