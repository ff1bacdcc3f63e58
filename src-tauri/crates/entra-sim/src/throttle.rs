//! Graph's limits as pure counters: time comes in as an argument, so a simulation can drive them in
//! virtual time without any HTTP.
//!
//! ```
//! use std::time::Duration;
//! use entra_sim::throttle::{Admission, LimitKind, Limiter};
//!
//! let mut limiter = Limiter::new(5, Duration::from_secs(10), LimitKind::SlidingWindow);
//! for _ in 0..5 {
//!     assert!(matches!(limiter.admit(Duration::ZERO, 1), Admission::Admitted { .. }));
//! }
//! assert_eq!(limiter.admit(Duration::from_secs(4), 1), Admission::Refused { retry_after_s: 6 });
//! ```

use std::collections::VecDeque;
use std::time::Duration;

/// How use is forgotten again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// Use flows off evenly, the whole limit in one window; a full limit can be taken at once.
    TokenBucket,
    /// Use counts for exactly one window.
    SlidingWindow,
}

/// `x-ms-throttle-priority`: who is dropped first. It changes no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Nobody sees it when this is dropped.
    Low,
    /// Everything that says nothing else.
    #[default]
    Normal,
    /// A person waits for it.
    High,
}

impl Priority {
    /// The header's meaning; an unknown word is a normal request.
    pub fn named(word: &str) -> Self {
        match word.trim() {
            word if word.eq_ignore_ascii_case("low") => Self::Low,
            word if word.eq_ignore_ascii_case("high") => Self::High,
            _ => Self::Normal,
        }
    }
}

/// What a limiter says to a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Admission {
    /// It may pass.
    Admitted {
        /// Share of the limit in use with this request; 1.0 is all of it.
        percentage: f64,
    },
    /// It is over the limit.
    Refused {
        /// Whole seconds, at least one, after which a request fits if nobody else asks. The same for everybody
        /// who asks for as much at that instant.
        retry_after_s: u64,
    },
}

/// One limit of so many units in a window of time.
#[derive(Clone, Debug)]
pub struct Limiter {
    limit: u64,
    window: Duration,
    meter: Meter,
    /// The latest instant seen: an earlier one counts as this.
    last: Duration,
    refused_count: bool,
    claims: VecDeque<Claim>,
}

/// A refused request's call on the next room, against requests of lower priority.
#[derive(Clone, Copy, Debug)]
struct Claim {
    until: Duration,
    priority: Priority,
    cost: u64,
}

/// So many claims are remembered; older ones go.
const MOST_CLAIMS: usize = 64;

impl Limiter {
    /// `limit` units in every `window`. A window of no length counts as one nanosecond.
    pub fn new(limit: u32, window: Duration, kind: LimitKind) -> Self {
        let meter = match kind {
            LimitKind::TokenBucket => Meter::Bucket { level: 0 },
            LimitKind::SlidingWindow => Meter::Window {
                entries: VecDeque::new(),
                used: 0,
            },
        };
        Self {
            limit: u64::from(limit),
            window: window.max(Duration::from_nanos(1)),
            meter,
            last: Duration::ZERO,
            refused_count: false,
            claims: VecDeque::new(),
        }
    }

    /// Refused requests use up the limit as well, to 1.8 times the limit at most, or they do not (the default).
    ///
    /// Graph says that it goes on logging use while it refuses, not how much of it counts.
    #[must_use]
    pub fn counting_refused(mut self, yes: bool) -> Self {
        self.refused_count = yes;
        self
    }

    /// Lets a request of normal priority pass or not. `now` is any clock that does not run backwards.
    pub fn admit(&mut self, now: Duration, cost: u32) -> Admission {
        self.admit_as(now, cost, Priority::Normal)
    }

    /// Lets a request pass or not: the next room belongs to those who were refused with a higher priority.
    pub fn admit_as(&mut self, now: Duration, cost: u32, priority: Priority) -> Admission {
        let cost = u64::from(cost);
        match self.wait(now, cost, priority) {
            None => Admission::Admitted {
                percentage: self.take(cost, priority),
            },
            Some(wait) => {
                let retry_after_s = whole_seconds(wait);
                self.refuse(cost, priority, retry_after_s);
                Admission::Refused { retry_after_s }
            }
        }
    }

    /// How long until such a request would fit, or nothing when it fits now. Uses nothing up.
    pub(crate) fn wait(
        &mut self,
        now: Duration,
        cost: u64,
        priority: Priority,
    ) -> Option<Duration> {
        let passed = now.saturating_sub(self.last);
        self.last = self.last.max(now);
        self.meter
            .forget(self.last, passed, self.window, self.limit);
        let now = self.last;
        self.claims.retain(|claim| claim.until > now);
        if cost > self.limit {
            return Some(self.window);
        }
        let claimed = self.claims.iter().filter(|claim| claim.priority > priority);
        let held: u64 = claimed.map(|claim| claim.cost).sum();
        let wait = |units| self.meter.wait(now, units, self.window, self.limit);
        // Who must let others go first is told what everybody is told.
        wait(cost + held)?;
        Some(wait(cost).unwrap_or_default())
    }

    /// Uses `cost` up and says the share of the limit in use now.
    pub(crate) fn take(&mut self, cost: u64, priority: Priority) -> f64 {
        let own = self
            .claims
            .iter()
            .position(|claim| claim.priority == priority);
        if let Some(own) = own {
            self.claims.remove(own);
        }
        self.meter.take(self.last, cost, self.window);
        self.share()
    }

    /// Remembers that a request was refused.
    pub(crate) fn refuse(&mut self, cost: u64, priority: Priority, retry_after_s: u64) {
        let after = self.share() + cost as f64 / self.limit.max(1) as f64;
        if self.refused_count && after <= MOST_SHARE {
            self.meter.take(self.last, cost, self.window);
        }
        if priority > Priority::Low {
            // A second more than the caller was told, for the way back.
            let until = self.last + Duration::from_secs(retry_after_s.saturating_add(1));
            if self.claims.len() == MOST_CLAIMS {
                self.claims.pop_front();
            }
            self.claims.push_back(Claim {
                until,
                priority,
                cost,
            });
        }
    }

    fn share(&self) -> f64 {
        self.meter.used(self.window) / self.limit.max(1) as f64
    }
}

/// The highest share Graph's header states.
const MOST_SHARE: f64 = 1.8;

#[derive(Clone, Debug)]
enum Meter {
    /// Units in use times nanoseconds of the window, so that no fraction is ever lost.
    Bucket { level: u128 },
    /// When how many units were used, oldest first.
    Window {
        entries: VecDeque<(Duration, u64)>,
        used: u64,
    },
}

impl Meter {
    /// Drops what no longer counts at `now`.
    fn forget(&mut self, now: Duration, passed: Duration, window: Duration, limit: u64) {
        match self {
            Self::Bucket { level } => {
                *level = level.saturating_sub(passed.as_nanos() * u128::from(limit));
            }
            Self::Window { entries, used } => {
                while let Some((at, units)) = entries.front() {
                    if now.saturating_sub(*at) < window {
                        break;
                    }
                    *used -= units;
                    entries.pop_front();
                }
            }
        }
    }

    /// How long until `units` more fit, or nothing when they fit now.
    fn wait(&self, now: Duration, units: u64, window: Duration, limit: u64) -> Option<Duration> {
        match self {
            Self::Bucket { level } => {
                let full = u128::from(limit) * window.as_nanos();
                let over = (level + u128::from(units) * window.as_nanos()).saturating_sub(full);
                let nanos = over.div_ceil(u128::from(limit.max(1)));
                (nanos > 0).then(|| nanos_long(nanos))
            }
            Self::Window { entries, used } => {
                let mut over = (used + units).saturating_sub(limit);
                if over == 0 {
                    return None;
                }
                for (at, units) in entries {
                    over = over.saturating_sub(*units);
                    if over == 0 {
                        return Some((*at + window).saturating_sub(now));
                    }
                }
                Some(window)
            }
        }
    }

    fn take(&mut self, now: Duration, units: u64, window: Duration) {
        match self {
            Self::Bucket { level } => *level += u128::from(units) * window.as_nanos(),
            Self::Window { entries, used } => {
                *used += units;
                match entries.back_mut() {
                    Some((at, together)) if *at == now => *together += units,
                    Some(_) | None => entries.push_back((now, units)),
                }
            }
        }
    }

    fn used(&self, window: Duration) -> f64 {
        match self {
            Self::Bucket { level } => *level as f64 / window.as_nanos() as f64,
            Self::Window { used, .. } => *used as f64,
        }
    }
}

fn nanos_long(nanos: u128) -> Duration {
    let seconds = u64::try_from(nanos / 1_000_000_000).unwrap_or(u64::MAX);
    let rest = u32::try_from(nanos % 1_000_000_000).unwrap_or_default();
    Duration::new(seconds, rest)
}

/// Whole seconds, at least one.
pub(crate) fn whole_seconds(wait: Duration) -> u64 {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    seconds.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Duration = Duration::from_secs(10);
    const KINDS: [LimitKind; 2] = [LimitKind::TokenBucket, LimitKind::SlidingWindow];

    fn at(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    /// Asks at these seconds, one unit each; `None` is admitted, a number the seconds told.
    fn check(kind: LimitKind, asked: &[(f64, Option<u64>)]) {
        let mut limiter = Limiter::new(5, WINDOW, kind);
        for (second, expected) in asked {
            let told = match limiter.admit(at(*second), 1) {
                Admission::Admitted { .. } => None,
                Admission::Refused { retry_after_s } => Some(retry_after_s),
            };
            assert_eq!(told, *expected, "{kind:?} at {second}");
        }
    }

    #[test]
    fn a_window_forgets_all_at_once_and_a_bucket_evenly() {
        let burst = [(0.0, None); 5];
        let with = |more: &[(f64, Option<u64>)]| [&burst[..], more].concat();
        check(
            LimitKind::SlidingWindow,
            &with(&[
                (0.0, Some(10)),
                (3.2, Some(7)),
                (9.999, Some(1)),
                (10.0, None),
                (10.0, None),
            ]),
        );
        check(
            LimitKind::TokenBucket,
            &with(&[
                (0.0, Some(2)),
                (1.9, Some(1)),
                (2.0, None),
                (2.0, Some(2)),
                (12.0, None),
            ]),
        );
    }

    #[test]
    fn who_waits_as_told_is_admitted() {
        for kind in KINDS {
            for limit in [1, 3, 5, 122] {
                let mut limiter = Limiter::new(limit, WINDOW, kind);
                let mut now = Duration::ZERO;
                let mut refused = 0;
                for step in 0_u64..2_000 {
                    now += Duration::from_millis(step * 37 % 611);
                    if let Admission::Refused { retry_after_s } = limiter.admit(now, 1) {
                        refused += 1;
                        assert!(retry_after_s <= 10, "{kind:?} {limit}");
                        now += Duration::from_secs(retry_after_s);
                        let again = limiter.admit(now, 1);
                        assert!(
                            matches!(again, Admission::Admitted { .. }),
                            "{kind:?} {limit}"
                        );
                    }
                }
                assert!(limit == 122 || refused > 0, "{kind:?} {limit}");
            }
        }
    }

    #[test]
    fn never_more_than_the_limit_in_any_window() {
        let mut limiter = Limiter::new(5, WINDOW, LimitKind::SlidingWindow);
        let mut admitted: Vec<Duration> = Vec::new();
        for step in 0..5_000 {
            let now = Duration::from_millis(step * 73);
            if let Admission::Admitted { .. } = limiter.admit(now, 1) {
                admitted.push(now);
            }
        }
        for window in admitted.windows(6) {
            assert!(window[5] - window[0] >= WINDOW, "{window:?}");
        }
        assert!(admitted.len() >= 180, "{}", admitted.len());
    }

    #[test]
    fn the_share_in_use_is_told() {
        for kind in KINDS {
            let mut limiter = Limiter::new(5, WINDOW, kind);
            for used in 1..=5_u32 {
                let expected = f64::from(used) / 5.0;
                match limiter.admit(Duration::ZERO, 1) {
                    Admission::Admitted { percentage } => {
                        assert!(
                            (percentage - expected).abs() < 1e-9,
                            "{kind:?} {percentage}"
                        );
                    }
                    refused @ Admission::Refused { .. } => panic!("{refused:?}"),
                }
            }
        }
    }

    #[test]
    fn refused_requests_count_where_that_is_asked_for() {
        for kind in KINDS {
            let mut limiter = Limiter::new(5, WINDOW, kind).counting_refused(true);
            let mut admitted = 0;
            for second in 0..60 {
                if let Admission::Admitted { .. } = limiter.admit(Duration::from_secs(second), 1) {
                    admitted += 1;
                }
            }
            assert!(
                admitted < 12,
                "{kind:?}: one a second keeps itself out, {admitted}"
            );
            let quiet = Duration::from_secs(80);
            assert!(
                matches!(limiter.admit(quiet, 1), Admission::Admitted { .. }),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn the_next_room_is_for_whom_it_matters_most() {
        for kind in KINDS {
            let mut limiter = Limiter::new(5, WINDOW, kind);
            assert!(matches!(
                limiter.admit(at(0.0), 5),
                Admission::Admitted { .. }
            ));
            let told = |limiter: &mut Limiter, second, priority| match limiter.admit_as(
                at(second),
                1,
                priority,
            ) {
                Admission::Admitted { .. } => None,
                Admission::Refused { retry_after_s } => Some(retry_after_s),
            };
            let wait = told(&mut limiter, 0.0, Priority::High).expect("full");
            assert_eq!(
                told(&mut limiter, 0.0, Priority::Normal),
                Some(wait),
                "told the same"
            );
            // One place is free in the bucket then, all of them in the window.
            let free = if kind == LimitKind::TokenBucket { 1 } else { 5 };
            let then = wait as f64;
            for _ in 1..free {
                assert_eq!(told(&mut limiter, then, Priority::Normal), None, "{kind:?}");
            }
            assert!(
                told(&mut limiter, then, Priority::Normal).is_some(),
                "{kind:?}: kept free"
            );
            assert_eq!(told(&mut limiter, then, Priority::High), None, "{kind:?}");
        }
    }

    #[test]
    fn odd_arguments_are_answered() {
        for kind in KINDS {
            let mut limiter = Limiter::new(5, WINDOW, kind);
            let never = Admission::Refused { retry_after_s: 10 };
            assert_eq!(limiter.admit(at(0.0), 6), never, "{kind:?}: it never fits");
            assert!(matches!(
                limiter.admit(at(100.0), 5),
                Admission::Admitted { .. }
            ));
            // A clock that went back stands still.
            assert!(matches!(
                limiter.admit(at(1.0), 1),
                Admission::Refused { .. }
            ));
            let mut closed = Limiter::new(0, WINDOW, kind);
            assert_eq!(closed.admit(at(0.0), 1), never, "{kind:?}");
        }
        assert_eq!(Priority::named("HIGH"), Priority::High);
        assert_eq!(Priority::named("urgent"), Priority::Normal);
    }
}
