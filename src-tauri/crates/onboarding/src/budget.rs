//! The station's share of Graph's quota on authentication methods.

use std::collections::VecDeque;

use crate::beat::Beat;
use crate::dice::Dice;
use crate::time::Mono;

/// The service counts ten seconds by its own arrival times: a quarter of a second more keeps the count there, too.
const WINDOW_MS: u64 = 10_250;
/// A strange answer does not end the day.
const QUIET_MAX_S: u32 = 900;
/// Quiet after a refusal that does not say how long.
const QUIET_UNSAID_S: u32 = 10;

/// A sliding window of ten seconds over every request on authentication methods, and the beat that polls keep.
///
/// What a person asks for goes before polling, and polling leaves one place free for it and for the second of two
/// agreeing reads.
#[derive(Debug)]
pub(crate) struct Budget {
    limit: usize,
    spent: VecDeque<Mono>,
    closed_until: Mono,
    beat: Beat,
    dice: Dice,
}

impl Budget {
    pub(crate) fn new(per_10_s: u32) -> Self {
        let limit = usize::try_from(per_10_s.max(2)).unwrap_or(2);
        Self {
            limit,
            spent: VecDeque::new(),
            closed_until: Mono(0),
            beat: Beat::new(WINDOW_MS / u64::from(per_10_s.max(2) - 1)),
            dice: Dice::seeded(0),
        }
    }

    /// Chance begins from here. Stations must not share a seed.
    pub(crate) fn seed(&mut self, seed: u64) {
        self.dice = Dice::seeded(seed);
    }

    /// `ms`, a tenth more or less, so that stations do not walk in step.
    pub(crate) fn about(&mut self, ms: u64) -> u64 {
        self.dice.about(ms)
    }

    /// Takes a place for something a person asked for, even when none is free: people go before polling.
    pub(crate) fn spend(&mut self, now: Mono) {
        self.forget(now);
        self.spent.push_back(now);
    }

    /// Takes a place for a look a person asked for, if one is free; or says when to try again.
    pub(crate) fn try_spend_asked(&mut self, now: Mono) -> Result<(), Mono> {
        let free = self.asked_slot(now);
        if free > now {
            return Err(free);
        }
        self.spend(now);
        Ok(())
    }

    /// Takes a place for a look nobody asked for that is due since `due`, if it is the moment for one.
    pub(crate) fn try_poll(&mut self, due: Mono, now: Mono) -> Result<(), Mono> {
        let free = self.poll_slot(due);
        if free > now {
            return Err(free);
        }
        self.beat.polled(now);
        self.spend(now);
        Ok(())
    }

    /// The first moment for a look nobody asked for that is due then.
    pub(crate) fn poll_slot(&self, due: Mono) -> Mono {
        self.free(self.limit - 1, self.beat.slot(due))
    }

    /// The first moment for a look a person asked for, or for the second of two agreeing reads.
    pub(crate) fn asked_slot(&self, due: Mono) -> Mono {
        self.free(self.limit, due)
    }

    /// A poll was answered.
    pub(crate) fn answered(&mut self) {
        self.beat.answered();
    }

    /// A look was refused for `seconds`, or the service did not say for how long.
    pub(crate) fn quiet(&mut self, seconds: Option<u32>, now: Mono) {
        self.close_for(seconds.unwrap_or(QUIET_UNSAID_S).max(1), now);
    }

    /// A poll was refused: quiet, and a longer beat.
    pub(crate) fn refused(&mut self, seconds: Option<u32>, now: Mono) {
        self.quiet(seconds, now);
        self.beat.refused(self.closed_until, &mut self.dice);
    }

    /// The service said what share of its limit is in use, in hundredths.
    pub(crate) fn heed_share(&mut self, percent: u32) {
        if percent >= 100 {
            self.beat.full();
        }
    }

    /// The service asked for quiet.
    pub(crate) fn close_for(&mut self, seconds: u32, now: Mono) {
        self.closed_until = self
            .closed_until
            .max(now.after_s(u64::from(seconds.min(QUIET_MAX_S))));
    }

    /// Milliseconds between two polls at present, at the least.
    #[cfg(test)]
    fn period_ms(&self) -> u64 {
        self.beat.period_ms()
    }

    fn free(&self, places: usize, due: Mono) -> Mono {
        let due = due.max(self.closed_until);
        let counts = |spent: &&Mono| spent.after_ms(WINDOW_MS) > due;
        let taken = self.spent.iter().filter(counts).count();
        match taken.checked_sub(places) {
            None => due,
            // So many must leave the window, the oldest first.
            Some(over) => self
                .spent
                .iter()
                .filter(counts)
                .nth(over)
                .map_or(due, |spent| spent.after_ms(WINDOW_MS)),
        }
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
