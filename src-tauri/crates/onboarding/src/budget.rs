//! The station's share of Graph's quota on authentication methods.

use std::collections::VecDeque;

use crate::time::Mono;

const WINDOW_MS: u64 = 10_000;
const QUIET_MAX_S: u32 = 120;

/// A sliding window of ten seconds over every request on authentication methods.
#[derive(Debug)]
pub(crate) struct Budget {
    limit: usize,
    spent: VecDeque<Mono>,
    closed_until: Mono,
}

impl Budget {
    pub(crate) fn new(per_10_s: u32) -> Self {
        let limit = usize::try_from(per_10_s.max(2)).unwrap_or(2);
        Self {
            limit,
            spent: VecDeque::new(),
            closed_until: Mono(0),
        }
    }

    /// Takes a place for something a person asked for, even when none is free: people go before polling.
    pub(crate) fn spend(&mut self, now: Mono) {
        self.forget(now);
        self.spent.push_back(now);
    }

    /// Takes a place for a look a person asked for, if one is free; or says when to try again.
    pub(crate) fn try_spend_asked(&mut self, now: Mono) -> Result<(), Mono> {
        self.try_spend_of(self.limit, now)
    }

    /// Takes a place for a look nobody asked for, leaving one free for people; or says when to try again.
    pub(crate) fn try_spend(&mut self, now: Mono) -> Result<(), Mono> {
        self.try_spend_of(self.limit - 1, now)
    }

    fn try_spend_of(&mut self, places: usize, now: Mono) -> Result<(), Mono> {
        self.forget(now);
        if now < self.closed_until {
            return Err(self.closed_until);
        }
        if self.spent.len() < places {
            self.spent.push_back(now);
            return Ok(());
        }
        let over = self.spent.len() - places;
        let free = self
            .spent
            .get(over)
            .or(self.spent.back())
            .map_or(now, |m| m.after_ms(WINDOW_MS));
        Err(free.max(now.after_ms(100)))
    }

    /// The service asked for quiet; heard for at most two minutes, so that a strange answer does not end the day.
    pub(crate) fn close_for(&mut self, seconds: u32, now: Mono) {
        self.closed_until = self
            .closed_until
            .max(now.after_s(u64::from(seconds.min(QUIET_MAX_S))));
    }

    fn forget(&mut self, now: Mono) {
        while self
            .spent
            .front()
            .is_some_and(|m| m.after_ms(WINDOW_MS) <= now)
        {
            self.spent.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;
    use crate::time::Mono;

    #[test]
    fn polling_never_passes_the_quota_and_leaves_a_place_for_people() {
        let mut budget = Budget::new(5);
        let (mut now, mut polls) = (Mono(0), Vec::new());
        while now < Mono(60_000) {
            match budget.try_spend(now) {
                Ok(()) => polls.push(now.0),
                Err(later) => now = later,
            }
        }
        let most = polls
            .iter()
            .map(|from| {
                polls
                    .iter()
                    .filter(|p| (*from..from + 10_000).contains(p))
                    .count()
            })
            .max();
        assert_eq!(most, Some(4));
    }

    #[test]
    fn a_throttled_budget_stays_closed() {
        let mut budget = Budget::new(5);
        budget.close_for(6, Mono(1_000));
        assert_eq!(budget.try_spend(Mono(1_000)), Err(Mono(7_000)));
        assert_eq!(budget.try_spend_asked(Mono(6_999)), Err(Mono(7_000)));
        assert_eq!(budget.try_spend(Mono(7_000)), Ok(()));
        budget.close_for(86_400, Mono(7_000));
        assert_eq!(budget.try_spend(Mono(8_000)), Err(Mono(127_000)));
    }
}
