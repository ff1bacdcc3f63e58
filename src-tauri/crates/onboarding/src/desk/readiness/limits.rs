//! What the site's own limits need: who may issue, for whom, and who confirms a pass.

use super::{Needs, line, missing, off, there, unsure};
use crate::local_limits::Kept;
use crate::telephone::CallerWay;
use crate::trouble::Message;
use crate::view::{Readiness, ReadinessLine};

impl Needs<'_> {
    pub(super) fn of_limits(&self) -> Vec<ReadinessLine> {
        let limits = &self.policy.limits;
        let who = !limits.operators.is_empty() || limits.operator_group.is_some();
        let lines = [
            who.then(|| self.who_may_issue()),
            limits.people_group.as_deref().map(|group| {
                self.named(
                    "op-ready-people-group",
                    group,
                    ["op-ready-people-group-missing", "op-ready-group-unread"],
                )
            }),
            limits.people_unit.as_deref().map(|unit| {
                self.named(
                    "op-ready-people-unit",
                    unit,
                    ["op-ready-people-unit-missing", "op-ready-unit-unread"],
                )
            }),
        ];
        let mut lines: Vec<_> = lines.into_iter().flatten().collect();
        if lines.is_empty() {
            lines.push(off("op-ready-limits"));
        }
        lines.extend(self.of_four_eyes());
        lines
    }

    fn who_may_issue(&self) -> ReadinessLine {
        let what = "op-ready-operators";
        let limits = &self.policy.limits;
        let seen = &self.rules.limits;
        let group = limits.operator_group.as_ref();
        if group.is_some_and(|group| seen.there.get(group) == Some(&false)) {
            let note = match limits.operators.is_empty() {
                true => "op-ready-operators-none",
                false => "op-ready-operators-gone",
            };
            return missing(what, Message::new(note));
        }
        match limits.may_issue(&self.operator.oid, &seen.operator) {
            Kept::Yes => there(what),
            Kept::No => missing(what, Message::new("op-ready-operators-missing")),
            Kept::CannotTell => unsure(what, "op-ready-operators-unsure"),
        }
    }

    /// A group or unit: whether it is there.
    fn named(&self, what: &str, id: &str, [gone, unread]: [&str; 2]) -> ReadinessLine {
        match self.rules.limits.there.get(id) {
            Some(true) => there(what),
            Some(false) => missing(what, Message::new(gone)),
            None => unsure(what, unread),
        }
    }

    fn of_four_eyes(&self) -> Vec<ReadinessLine> {
        let callers = self.policy.telephone.iter().flat_map(|rules| &rules.ways);
        let confirms = callers.into_iter().any(|way| *way == CallerWay::Colleague);
        if self.policy.four_eyes.when.is_empty() && !confirms {
            return vec![off("op-ready-four-eyes")];
        }
        let timed = "op-ready-sign-in-time";
        let timed = match self.operator.sign_in_timed {
            true => there(timed),
            // A colleague is asked for it by name, which is not asked of an operator.
            false => unsure(timed, "op-ready-sign-in-time-unsure"),
        };
        vec![self.who_confirms(), timed]
    }

    fn who_confirms(&self) -> ReadinessLine {
        let what = "op-ready-confirmers";
        let rules = &self.policy.four_eyes;
        let own = |id: &&String| id.eq_ignore_ascii_case(&self.operator.oid.0);
        let listed = rules.confirmers.iter().any(|id| !own(&id));
        let Some(group) = &rules.confirmer_group else {
            let only_you = || Message::new("op-ready-confirmers-only-you");
            return match listed {
                true => there(what),
                false => missing(what, only_you()),
            };
        };
        let by_group = self.named(
            what,
            group,
            ["op-ready-confirmers-gone", "op-ready-group-unread"],
        );
        match by_group.state {
            // Whoever is listed by name can confirm all the same.
            Readiness::CannotTell if listed => line(what, Readiness::There, None),
            Readiness::Missing if !listed => {
                missing(what, Message::new("op-ready-confirmers-none"))
            }
            Readiness::There | Readiness::Missing | Readiness::CannotTell | Readiness::Off => {
                by_group
            }
        }
    }
}
