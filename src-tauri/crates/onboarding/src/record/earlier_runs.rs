//! All that the record of earlier runs says to the next one.

use super::event::Event;
use super::kept_visits::KeptInRecord;
use super::left_open::LeftOpen;
use super::notices_owed::NoticesOwed;
use super::operators::Operators;
use super::passes_per_hour::PassesPerHour;
use super::pending::PendingIntent;
use super::rolls_to_leave::RollsToLeave;
use super::untold::Untold;
use crate::ids::VisitId;
use crate::time::ServiceTime;

/// The record folded up to some entry, for a station that starts.
#[derive(Clone, Debug, Default)]
pub struct EarlierRuns {
    left_open: LeftOpen,
    passes: PassesPerHour,
    untold: Untold,
    rolls: RollsToLeave,
    notices: NoticesOwed,
    operators: Operators,
    kept: KeptInRecord,
}

impl EarlierRuns {
    /// The recorded names of the events it looks at.
    pub const EVENTS: &'static [&'static str] = &[
        "station_started",
        "operator_signed_in",
        "operator_signed_out",
        "notice_dismissed",
        "visit_started",
        "person_chosen",
        "identity_checked",
        "route_chosen",
        "pass_intent",
        "pass_issued",
        "pass_refused",
        "pass_uncertain",
        "pass_not_issued",
        "pass_lapsed",
        "pass_orphan_removed",
        "pass_removed",
        "pass_found",
        "pass_decided",
        "pass_gone",
        "pass_entered",
        "registered",
        "sign_in_tested",
        "test_proven",
        "roll_intent",
        "roll_joined",
        "roll_failed",
        "password_needed_again",
        "roll_leave_intent",
        "roll_left",
        "roll_not_left",
        "never_expires_intent",
        "never_expires",
        "never_expires_failed",
        "password_change_intent",
        "password_changed",
        "password_not_changed",
        "password_change_uncertain",
        "earlier_methods_intent",
        "earlier_method_removed",
        "earlier_method_gone",
        "earlier_method_not_removed",
        "sessions_ended",
        "sessions_not_ended",
        "password_stays",
        "pass_letter_intent",
        "guide_letter_intent",
        "notice_intent",
        "notice_given_up",
        "letter_handed_over",
        "letter_not_handed_over",
        "visit_kept",
        "visit_taken_up",
        "visit_forgotten",
        "visit_ended",
    ];

    /// Takes the next entry, oldest first.
    pub fn take(&mut self, visit: Option<VisitId>, at: ServiceTime, event: &Event) {
        self.left_open.take(visit, at, event);
        self.passes.take(at, event);
        self.untold.take(visit, at, event);
        self.rolls.take(visit, at, event);
        self.notices.take(visit, at, event);
        self.operators.take(event);
        self.kept.take(visit, at, event);
    }

    /// See [`LeftOpen::pending`].
    #[must_use]
    pub fn pending(self) -> Vec<PendingIntent> {
        self.left_open.pending()
    }

    /// See [`LeftOpen::pending_and_removed`].
    #[must_use]
    pub fn pending_and_removed(self) -> Vec<PendingIntent> {
        self.left_open.pending_and_removed()
    }

    /// See [`LeftOpen::ends`].
    #[must_use]
    pub fn ends(&self) -> Vec<(VisitId, Event)> {
        self.left_open.ends()
    }

    /// Who ever signed in.
    #[must_use]
    pub fn operators(&self) -> Operators {
        self.operators.clone()
    }

    /// Which visits are kept to be taken up again.
    #[must_use]
    pub fn kept(&self) -> KeptInRecord {
        self.kept.clone()
    }

    /// What is still to be told.
    #[must_use]
    pub fn untold(&self) -> Untold {
        self.untold.clone()
    }

    /// Who is to leave the roll and has not.
    #[must_use]
    pub fn rolls(&self) -> RollsToLeave {
        self.rolls.clone()
    }

    /// Who is to be told by mail that a pass was issued, and was not.
    #[must_use]
    pub fn notices(&self) -> NoticesOwed {
        self.notices.clone()
    }

    /// What was asked for within the last hour.
    #[must_use]
    pub fn passes(&self) -> PassesPerHour {
        self.passes.clone()
    }
}
