//! What a pass leaves in the directory when it is entered.

use std::collections::BTreeSet;

use crate::light::Light;
use crate::person::directory::{KnownPass, PassReason};

/// Reads without a pass that was there before, until it is taken for entered.
const MISSING_READS: u8 = 3;

/// The traces of the pass that is waited for.
#[derive(Debug, Default)]
pub(crate) struct PassTraces {
    /// The directory said that the pass was used.
    pub(crate) consumed: bool,
    /// The lights of the pass went out because a new pass was issued.
    pub(crate) renewed: bool,
    /// The methods that show that a pass was entered. None tells of a pass that was issued after it was seen.
    signs: BTreeSet<String>,
    /// Reads in a row without the pass, once one had it.
    missing_reads: Option<u8>,
}

impl PassTraces {
    /// A new pass is waited for, of which none of these methods tells.
    pub(crate) fn start_over<'a>(&mut self, methods: impl Iterator<Item = &'a String>) {
        self.consumed = false;
        self.signs.extend(methods.cloned());
        self.missing_reads = None;
    }

    /// A read that shows passes had this one, or did not; says which lights that lights.
    pub(crate) fn take(&mut self, listed: Option<&KnownPass>) -> Vec<Light> {
        let Some(listed) = listed else {
            return self.missing();
        };
        self.missing_reads = Some(0);
        let used = listed.reason == PassReason::Used;
        self.consumed |= used;
        let usable = listed.usable.then_some(Light::PassUsable);
        let entered = used.then_some(Light::PassEntered);
        usable.into_iter().chain(entered).collect()
    }

    fn missing(&mut self) -> Vec<Light> {
        let Some(missing) = &mut self.missing_reads else {
            return Vec::new();
        };
        *missing = missing.saturating_add(1);
        match *missing >= MISSING_READS {
            true => vec![Light::PassEntered],
            false => Vec::new(),
        }
    }

    /// A method that can only be there because a pass was entered: whether it tells of the present one.
    pub(crate) fn tells(&mut self, method: &str) -> bool {
        self.signs.insert(method.to_owned())
    }
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
            usable,
            reason,
        }
    }

    #[test]
    fn a_pass_that_is_gone_was_entered_only_if_it_was_there() {
        let mut traces = PassTraces::default();
        for _ in 0..MISSING_READS {
            assert_eq!(traces.take(None), []);
        }
        let there = listed(true, PassReason::Enabled);
        assert_eq!(traces.take(Some(&there)), [Light::PassUsable]);
        for _ in 1..MISSING_READS {
            assert_eq!(traces.take(None), []);
        }
        traces.take(Some(&there));
        for _ in 1..MISSING_READS {
            assert_eq!(traces.take(None), [], "counted anew");
        }
        assert_eq!(traces.take(None), [Light::PassEntered]);
        assert!(!traces.consumed);
    }

    #[test]
    fn what_was_seen_of_the_earlier_pass_says_nothing_of_the_next() {
        let mut traces = PassTraces::default();
        let used = listed(false, PassReason::Used);
        assert_eq!(traces.take(Some(&used)), [Light::PassEntered]);
        assert!(traces.consumed && traces.tells("a") && !traces.tells("a"));
        traces.start_over(["b".to_owned()].iter());
        assert!(!traces.consumed);
        assert!(!traces.tells("a") && !traces.tells("b") && traces.tells("c"));
        for _ in 0..MISSING_READS {
            assert_eq!(traces.take(None), [], "never seen");
        }
    }
}
