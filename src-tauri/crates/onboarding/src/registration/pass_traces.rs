//! What a pass leaves in the directory when it is entered.

use std::collections::BTreeSet;

use crate::ids::PassId;
use crate::light::Light;
use crate::person::directory::{KnownPass, MethodRead, PassReason};
use crate::time::ServiceTime;

/// Reads without a pass that was there before, until it is taken for entered.
const MISSING_READS: u8 = 3;

/// Reads in a row in which another pass stands in its place, until that is believed.
const REPLACED_READS: u8 = 2;

/// The pass that is waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WaitedFor<'a> {
    pub(crate) pass: &'a PassId,
    pub(crate) start: ServiceTime,
    /// Every pass of the same visit.
    pub(crate) of_visit: &'a [PassId],
}

/// What a read that shows passes has of the one that is waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Listed<'a> {
    There(&'a KnownPass),
    Missing,
    /// It is missing, and a pass stands there that was made after it and is none of the visit's.
    Another(&'a KnownPass),
}

/// The traces of the pass that is waited for.
#[derive(Debug, Default)]
pub(crate) struct PassTraces {
    /// The directory said that the pass was used.
    pub(crate) consumed: bool,
    /// The directory said that its time is over.
    pub(crate) expired: bool,
    /// The last list of everything has it as one that can be entered once and still is to be: what is registered in that
    /// list was not registered with it.
    unused: bool,
    /// The lights of the pass went out because a new pass was issued.
    pub(crate) renewed: bool,
    /// The methods that show that a pass was entered. None tells of a pass that was issued after it was seen.
    signs: BTreeSet<String>,
    /// Reads in a row without the pass, once one had it.
    missing_reads: Option<u8>,
    /// Reads in a row with another pass in its place.
    other_reads: u8,
}

impl PassTraces {
    /// A new pass is waited for, of which none of these methods tells.
    pub(crate) fn start_over<'a>(&mut self, methods: impl Iterator<Item = &'a String>) {
        self.consumed = false;
        self.expired = false;
        self.unused = false;
        self.signs.extend(methods.cloned());
        self.missing_reads = None;
        self.other_reads = 0;
    }

    /// Another pass took the place of the one that is waited for, which therefore nobody can enter.
    pub(crate) fn replaced(&self) -> bool {
        self.other_reads >= REPLACED_READS
    }

    /// What a read that shows passes says of it; says which lights that lights.
    pub(crate) fn take(&mut self, listed: Listed<'_>) -> Vec<Light> {
        self.unused = false;
        let listed = match listed {
            Listed::There(listed) => listed,
            Listed::Missing => {
                if !self.replaced() {
                    self.other_reads = 0;
                }
                return self.missing();
            }
            Listed::Another(_) => {
                self.other_reads = self.other_reads.saturating_add(1);
                return Vec::new();
            }
        };
        self.other_reads = 0;
        self.missing_reads = Some(0);
        self.unused = listed.once == Some(true) && listed.usable;
        let used = listed.reason == PassReason::Used;
        self.consumed |= used;
        self.expired |= listed.reason == PassReason::Expired;
        let usable = listed.usable.then_some(Light::PassUsable);
        let entered = used.then_some(Light::PassEntered);
        usable.into_iter().chain(entered).collect()
    }

    fn missing(&mut self) -> Vec<Light> {
        if self.replaced() {
            return Vec::new();
        }
        let Some(missing) = &mut self.missing_reads else {
            return Vec::new();
        };
        *missing = missing.saturating_add(1);
        match *missing >= MISSING_READS {
            true => vec![Light::PassEntered],
            false => Vec::new(),
        }
    }

    /// A list that does not show passes says nothing of what it has beside them.
    pub(crate) fn not_listed(&mut self) {
        self.unused = false;
    }

    /// A method that can only be there because a pass was entered: whether it tells of the present one.
    pub(crate) fn tells(&mut self, method: &str) -> bool {
        !self.unused && self.signs.insert(method.to_owned())
    }
}

/// Where it stands in the list: all passes are looked at, ours by its id.
pub(crate) fn ours_in<'a>(
    read: &'a MethodRead,
    baseline: &MethodRead,
    ours: WaitedFor<'_>,
) -> Listed<'a> {
    if let Some(there) = read.passes().find(|listed| listed.id == *ours.pass) {
        return Listed::There(there);
    }
    let known = |id: &PassId| {
        ours.of_visit.contains(id) || baseline.passes().any(|before| before.id == *id)
    };
    let another = read
        .passes()
        .find(|listed| listed.made() >= ours.start && !known(&listed.id));
    another.map_or(Listed::Missing, Listed::Another)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PassId;
    use crate::time::ServiceTime;

    fn listed(usable: bool, reason: PassReason) -> KnownPass {
        KnownPass {
            id: PassId("p".to_owned()),
            created: None,
            start: ServiceTime(0),
            lifetime_minutes: 60,
            once: None,
            usable,
            reason,
        }
    }

    #[test]
    fn a_pass_that_is_gone_was_entered_only_if_it_was_there() {
        let mut traces = PassTraces::default();
        for _ in 0..MISSING_READS {
            assert_eq!(traces.take(Listed::Missing), []);
        }
        let there = listed(true, PassReason::Enabled);
        assert_eq!(traces.take(Listed::There(&there)), [Light::PassUsable]);
        for _ in 1..MISSING_READS {
            assert_eq!(traces.take(Listed::Missing), []);
        }
        traces.take(Listed::There(&there));
        for _ in 1..MISSING_READS {
            assert_eq!(traces.take(Listed::Missing), [], "counted anew");
        }
        assert_eq!(traces.take(Listed::Missing), [Light::PassEntered]);
        assert!(!traces.consumed);
    }

    #[test]
    fn what_was_seen_of_the_earlier_pass_says_nothing_of_the_next() {
        let mut traces = PassTraces::default();
        let used = listed(false, PassReason::Used);
        assert_eq!(traces.take(Listed::There(&used)), [Light::PassEntered]);
        assert!(traces.consumed && traces.tells("a") && !traces.tells("a"));
        traces.start_over(["b".to_owned()].iter());
        assert!(!traces.consumed);
        assert!(!traces.tells("a") && !traces.tells("b") && traces.tells("c"));
        for _ in 0..MISSING_READS {
            assert_eq!(traces.take(Listed::Missing), [], "never seen");
        }
    }

    #[test]
    fn i4_a_pass_that_another_replaced_was_not_entered() {
        let mut traces = PassTraces::default();
        let (ours, other) = (
            listed(true, PassReason::Enabled),
            listed(true, PassReason::Enabled),
        );
        traces.take(Listed::There(&ours));
        for _ in 1..MISSING_READS {
            assert_eq!(traces.take(Listed::Missing), []);
        }
        assert_eq!(traces.take(Listed::Another(&other)), []);
        assert!(!traces.replaced(), "once is not believed");
        assert_eq!(traces.take(Listed::Another(&other)), []);
        assert!(traces.replaced());
        for _ in 0..9 {
            assert_eq!(traces.take(Listed::Missing), [], "gone, and never entered");
        }
        traces.take(Listed::There(&ours));
        assert!(!traces.replaced(), "a copy that was behind had misled");
    }
}
