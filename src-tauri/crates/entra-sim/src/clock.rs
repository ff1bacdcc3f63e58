//! The tenant's own clock: every time the tenant states or checks comes from here.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

/// Wall time moved by what the control interface asked for.
#[derive(Debug)]
pub(crate) struct TenantClock {
    started: Instant,
    /// By control calls.
    moved_s: AtomicI64,
    /// Only the moves ahead: limits never wait for a clock that was put back.
    ahead_s: AtomicI64,
    /// By the switch `clock_skew_s`.
    skew_s: AtomicI64,
    /// Wakes who waits for a time that a move has brought near.
    moves: Notify,
}

impl Default for TenantClock {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            moved_s: AtomicI64::default(),
            ahead_s: AtomicI64::default(),
            skew_s: AtomicI64::default(),
            moves: Notify::new(),
        }
    }
}

impl TenantClock {
    /// The tenant's present instant.
    pub(crate) fn now(&self) -> Timestamp {
        let moved = SignedDuration::from_secs(self.moved_s());
        Timestamp::now()
            .saturating_add(moved)
            .unwrap_or(Timestamp::MAX)
    }

    /// Moves the clock by `seconds`, backwards when negative, and says how far it stands off in all.
    pub(crate) fn advance(&self, seconds: i64) -> i64 {
        let before = self
            .moved_s
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |moved| {
                Some(moved.saturating_add(seconds))
            });
        // The answer is of no use: the closure never declines.
        let _ = self
            .ahead_s
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |ahead| {
                Some(ahead.saturating_add(seconds.max(0)))
            });
        self.moves.notify_waiters();
        before.unwrap_or_default().saturating_add(seconds)
    }

    /// Sets how far the clock is off, besides what it was advanced.
    pub(crate) fn skew(&self, seconds: i64) {
        self.skew_s.store(seconds, Ordering::Relaxed);
    }

    /// The clock of the limits: it never goes back, and goes ahead with what is advanced.
    pub(crate) fn quota_time(&self) -> Duration {
        let ahead = u64::try_from(self.ahead_s.load(Ordering::Relaxed)).unwrap_or_default();
        self.started.elapsed() + Duration::from_secs(ahead)
    }

    /// Waits until [`TenantClock::quota_time`] is `due`: for real, or by moves of the clock.
    pub(crate) async fn reaches(&self, due: Duration) {
        loop {
            let moved = self.moves.notified();
            let left = due.saturating_sub(self.quota_time());
            if left.is_zero() {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(left) => {}
                () = moved => {}
            }
        }
    }

    /// Seconds by which this clock is ahead of the machine's.
    pub(crate) fn moved_s(&self) -> i64 {
        let moved = self.moved_s.load(Ordering::Relaxed);
        moved.saturating_add(self.skew_s.load(Ordering::Relaxed))
    }
}

/// `minutes` later than `instant`, at the end of time when there is no such instant.
pub(crate) fn after_minutes(instant: Timestamp, minutes: i64) -> Timestamp {
    after_seconds(instant, minutes.saturating_mul(60))
}

/// `seconds` later than `instant`, at the end of time when there is no such instant.
pub(crate) fn after_seconds(instant: Timestamp, seconds: i64) -> Timestamp {
    instant
        .saturating_add(SignedDuration::from_secs(seconds))
        .unwrap_or(Timestamp::MAX)
}

/// `milliseconds` later than `instant`, at the end of time when there is no such instant.
pub(crate) fn after_millis(instant: Timestamp, milliseconds: i64) -> Timestamp {
    instant
        .saturating_add(SignedDuration::from_millis(milliseconds))
        .unwrap_or(Timestamp::MAX)
}

/// Graph's spelling with a seven-digit fraction, as its authentication-method answers have it.
pub(crate) fn graph_time(instant: Timestamp) -> String {
    format!("{instant:.7}")
}

/// Graph's spelling to the second, as its directory answers have it.
pub(crate) fn directory_time(instant: Timestamp) -> String {
    format!("{instant:.0}")
}

/// The `Date` header's spelling.
pub(crate) fn http_date(instant: Timestamp) -> String {
    instant.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The sign-in service's spelling in error answers.
pub(crate) fn sign_in_time(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}
