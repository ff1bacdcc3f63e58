//! The one time argument of both machines.

use serde::{Deserialize, Serialize};

/// The moment something happens: a clock for waiting and the service's own time for what is said and recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    pub mono: Mono,
    pub service: ServiceTime,
    /// Whether two answers over two connections agreed on `service` in this run. Before that it is the machine's own
    /// time: good enough for a screen, no evidence for anything.
    pub confirmed: bool,
}

impl Now {
    /// Whether that moment of the service is past beyond doubt.
    #[must_use]
    pub fn is_surely_past(self, moment: ServiceTime) -> bool {
        self.confirmed && self.service >= moment
    }
}

/// Milliseconds on a clock that never jumps and counts while the machine sleeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mono(pub u64);

/// Unix time in milliseconds as the tenant's `Date` header tells it (the wall clock until [`Now::confirmed`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
pub struct ServiceTime(#[ts(type = "number")] pub i64);

impl Mono {
    /// This moment and `seconds` more.
    #[must_use]
    pub fn after_s(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// This moment and `ms` milliseconds more.
    #[must_use]
    pub fn after_ms(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Whole seconds from `self` until `end`, rounded up; 0 when past.
    #[must_use]
    pub fn seconds_until(self, end: Self) -> u32 {
        u32::try_from(end.0.saturating_sub(self.0).div_ceil(1000)).unwrap_or(u32::MAX)
    }
}

impl ServiceTime {
    /// This time and `minutes` more.
    #[must_use]
    pub fn after_minutes(self, minutes: u32) -> Self {
        Self(self.0.saturating_add(i64::from(minutes) * 60_000))
    }

    /// This time and `ms` milliseconds more, or less.
    #[must_use]
    pub fn after_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Whole seconds from `self` until `end`, rounded up; 0 when past.
    #[must_use]
    pub fn seconds_until(self, end: Self) -> u32 {
        let ms = u64::try_from(end.0.saturating_sub(self.0)).unwrap_or(0);
        u32::try_from(ms.div_ceil(1000)).unwrap_or(u32::MAX)
    }
}
