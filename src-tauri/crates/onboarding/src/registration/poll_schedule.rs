//! When to look: never while nothing can happen, quickly after what leads to a registration, slowly otherwise.

use crate::time::Mono;

/// A used one-time pass leaves ten minutes to finish.
pub(crate) const FINISH_S: u64 = 600;
/// Between looks while a registration can be there any moment; the rate limit's own floor is close to it.
pub(crate) const QUICK_MS: u64 = 2_500;
/// Between looks while the pass waits to be entered, and before its row is reached.
pub(crate) const AT_PASS_MS: u64 = 14_000;
const AHEAD_MS: u64 = 20_000;
/// Between looks when the quick ones brought nothing, and when the ten minutes to finish are over.
const LATER_MS: u64 = 6_000;
const LATE_MS: u64 = 15_000;
/// From entering the pass to an entry in the directory a phone needs at least so long, and hardly ever longer than that.
const PHONE_NEEDS_MS: u64 = 15_000;
const PHONE_TAKES_MS: u64 = 60_000;
/// The same from a step on the walk-through that leads to the entry.
const STEP_NEEDS_MS: u64 = 3_000;
const STEP_TAKES_MS: u64 = 25_000;

/// What is known of the moment a registration comes.
#[derive(Debug, Default)]
pub(crate) struct PollSchedule {
    /// The last look that did not show the pass used.
    unused: Option<Mono>,
    /// The first look that did.
    used: Option<Mono>,
    /// When the last step may have led to a registration; a piece of one that was seen is a step, too.
    step: Option<Soon>,
}

/// A time in which it comes quite surely.
#[derive(Clone, Copy, Debug)]
struct Soon {
    from: Mono,
    until: Mono,
}

impl PollSchedule {
    /// A look sent at `sent` says whether the pass was used.
    pub(crate) fn saw(&mut self, used: bool, sent: Mono) {
        match (used, self.used) {
            (true, None) => self.used = Some(sent),
            (false, None) => self.unused = Some(sent),
            (_, Some(_)) => {}
        }
    }

    /// Somebody went on to a row that leads to a registration, or a part of one was seen.
    pub(crate) fn stepped(&mut self, now: Mono) {
        let from = match self.step {
            // What the step before led to may still come.
            Some(before) if now < before.until => before.from,
            Some(_) | None => now.after_ms(STEP_NEEDS_MS),
        };
        let until = now.after_ms(STEP_TAKES_MS);
        self.step = Some(Soon { from, until });
    }

    /// When to look after now; `spread` takes a slow pace and gives it back a little longer or shorter.
    pub(crate) fn next(&self, now: Mono, at_pass: bool, spread: impl FnOnce(u64) -> u64) -> Mono {
        let soon = self.soon().filter(|soon| now < soon.until);
        let quick = soon.map(|soon| now.max(soon.from).after_ms(QUICK_MS)).min();
        quick.unwrap_or_else(|| now.after_ms(spread(self.pace(now, at_pass))))
    }

    fn soon(&self) -> impl Iterator<Item = Soon> {
        let earliest = self.unused.filter(|_| self.used.is_some());
        let earliest = earliest.map(|unused| unused.after_ms(PHONE_NEEDS_MS));
        let phone = self.used.map(|used| Soon {
            from: earliest.unwrap_or(used),
            until: used.after_ms(PHONE_TAKES_MS),
        });
        let step = self.step.map(|step| Soon {
            from: step.from.max(earliest.unwrap_or(step.from)),
            ..step
        });
        [phone, step].into_iter().flatten()
    }

    fn pace(&self, now: Mono, at_pass: bool) -> u64 {
        match self.used {
            Some(used) if now < used.after_s(FINISH_S) => LATER_MS,
            Some(_) => LATE_MS,
            None if at_pass => AT_PASS_MS,
            None => AHEAD_MS,
        }
    }
}
