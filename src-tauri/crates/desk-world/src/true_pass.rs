//! A pass as it really is, whatever a list says.

use onboarding::{Mono, Now, PassId, PassReason, ServiceTime, UserId, VisitId};

/// A request for a pass that something on its way holds up.
#[derive(Debug)]
pub struct HeldUp {
    pub user: UserId,
    /// When it arrives.
    pub at: Mono,
    pub minutes: u32,
    pub once: bool,
    pub visit: VisitId,
}

/// A pass that was really made.
#[derive(Debug)]
pub struct TruePass {
    pub id: PassId,
    pub user: UserId,
    pub value: String,
    pub made: ServiceTime,
    /// From when on it is listed.
    pub from: Mono,
    pub minutes: u32,
    pub once: bool,
    /// When the phone took it, which may be still to come.
    pub used: Option<Mono>,
    /// Removed or replaced.
    pub gone: bool,
    /// Since when it is not listed any more.
    pub gone_from: Option<Mono>,
    /// The visit that asked for it; none when someone else did.
    pub visit: Option<VisitId>,
}

impl TruePass {
    /// Whether somebody can sign in with it at this time.
    pub fn live(&self, at: Now) -> bool {
        !(self.gone || self.spent(at)) && at.service < self.made.after_minutes(self.minutes)
    }

    /// Whether a copy of the directory that stands at this time lists it.
    pub(crate) fn listed(&self, at: Now) -> bool {
        let gone = self.gone && self.gone_from.is_none_or(|gone| gone <= at.mono);
        self.from <= at.mono && !gone
    }

    fn spent(&self, at: Now) -> bool {
        self.once && self.used.is_some_and(|used| used <= at.mono)
    }

    pub(crate) fn reason(&self, at: Now) -> PassReason {
        match (
            self.spent(at),
            at.service < self.made.after_minutes(self.minutes),
        ) {
            (true, _) => PassReason::Used,
            (false, true) => PassReason::Enabled,
            (false, false) => PassReason::Expired,
        }
    }
}
