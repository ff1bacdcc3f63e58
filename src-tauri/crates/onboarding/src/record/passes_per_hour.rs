//! How many passes were asked for within the last hour, and which there were: from what is recorded, so a restart forgets
//! none.

use std::collections::VecDeque;

use super::event::Event;
use crate::ids::PassId;
use crate::time::ServiceTime;

const HOUR_MS: i64 = 3_600_000;
/// An intent that seems to come this much later than now was recorded by a clock that was wrong.
const CLOCK_WRONG_MS: i64 = 24 * HOUR_MS;
/// More than any site may allow in an hour.
const KEPT: usize = 10_000;

/// The intents recorded last, without those that surely led to no pass.
#[derive(Clone, Debug, Default)]
pub struct PassesPerHour {
    asked: VecDeque<(String, ServiceTime)>,
    /// The passes that came of it, and those that were removed.
    had: VecDeque<PassId>,
}

impl PassesPerHour {
    /// The recorded names of the events it counts by.
    pub const EVENTS: &'static [&'static str] = &[
        "pass_intent",
        "pass_issued",
        "pass_refused",
        "pass_not_issued",
        "pass_orphan_removed",
        "pass_removed",
    ];

    /// Takes the next entry, oldest first.
    pub fn take(&mut self, at: ServiceTime, event: &Event) {
        match event {
            Event::PassIntent { intent, .. } => {
                self.asked.push_back((intent.clone(), at));
                if self.asked.len() > KEPT {
                    self.asked.pop_front();
                }
            }
            Event::PassRefused { intent, .. } | Event::PassNotIssued { intent } => {
                self.asked.retain(|(asked, _)| asked != intent);
            }
            Event::PassIssued { pass, .. }
            | Event::PassOrphanRemoved { pass, .. }
            | Event::PassRemoved { pass, .. } => {
                self.had.push_back(pass.clone());
                if self.had.len() > KEPT {
                    self.had.pop_front();
                }
            }
            // Whatever became of a pass that was asked for, it was asked for.
            Event::StationStarted { .. }
            | Event::EnvironmentCleaned { .. }
            | Event::SandboxMissing
            | Event::WitnessMade
            | Event::RecordAccepted { .. }
            | Event::OperatorSignedIn { .. }
            | Event::OperatorSignInRefused { .. }
            | Event::OperatorSignedOut { .. }
            | Event::NoticeDismissed { .. }
            | Event::VisitStarted { .. }
            | Event::PersonChosen { .. }
            | Event::IdentityChecked { .. }
            | Event::RouteChosen { .. }
            | Event::WentOnWithoutPass { .. }
            | Event::PassLimitReached { .. }
            | Event::LimitRefused { .. }
            | Event::ColleagueConfirmed { .. }
            | Event::ColleagueNotConfirmed { .. }
            | Event::PassUncertain { .. }
            | Event::PassNotSeen { .. }
            | Event::PassFound { .. }
            | Event::PassDecided { .. }
            | Event::PassNotThere { .. }
            | Event::PassGone { .. }
            | Event::PassLapsed { .. }
            | Event::PassEntered { .. }
            | Event::PassReplaced { .. }
            | Event::Registered { .. }
            | Event::VisitEnded { .. }
            | Event::DisplayLost { .. }
            | Event::DisplayReplaced { .. }
            | Event::DisplayGivenUp { .. }
            | Event::After(_)
            | Event::Phone(_)
            | Event::Telephone(_)
            | Event::Letter(_) => {}
        }
    }

    /// Whether this pass was there before: no new question can have made it, whoever says so.
    pub(crate) fn had(&self, pass: &PassId) -> bool {
        self.had.contains(pass)
    }

    /// When the next pass may be asked for, where `per_hour` of them have been asked for within the hour before `now`.
    pub(crate) fn full_until(&self, per_hour: u32, now: ServiceTime) -> Option<ServiceTime> {
        let counts = |at: ServiceTime| {
            at.0.saturating_add(HOUR_MS) > now.0 && at.0 < now.0.saturating_add(CLOCK_WRONG_MS)
        };
        let mut within: Vec<ServiceTime> = self.asked.iter().map(|(_, at)| *at).collect();
        within.retain(|at| counts(*at));
        within.sort_unstable();
        let per_hour = usize::try_from(per_hour).unwrap_or(KEPT);
        let first_to_go = within.len().checked_sub(per_hour)?;
        let leaves = within.get(first_to_go).copied().unwrap_or(now);
        Some(ServiceTime(leaves.0.saturating_add(HOUR_MS)))
    }
}
