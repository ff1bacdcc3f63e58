//! Password resets under way and done.

use jiff::Timestamp;

/// A reset as a long-running operation.
#[derive(Clone, Debug)]
pub(crate) struct Reset {
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) created: Timestamp,
    /// When it leaves `notStarted`.
    pub(crate) starts: Timestamp,
    /// When it is over.
    pub(crate) ends: Timestamp,
    /// Why it will have failed.
    pub(crate) failure: Option<&'static str>,
}

impl Reset {
    /// `status` at that instant.
    pub(crate) fn status(&self, now: Timestamp) -> &'static str {
        if now < self.starts {
            "notStarted"
        } else if now < self.ends {
            "running"
        } else if self.failure.is_some() {
            "failed"
        } else {
            "succeeded"
        }
    }

    /// When something last happened to it.
    pub(crate) fn last_action(&self, now: Timestamp) -> Timestamp {
        if now < self.starts {
            self.created
        } else {
            now.min(self.ends)
        }
    }
}
