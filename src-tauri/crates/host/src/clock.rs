//! The machine's two clocks. The rest of the app is handed their values.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Time since some fixed moment of this machine's past, counting the time it slept. Only differences
/// mean anything, and only within one run: an idle lock must also fall while the lid is shut.
#[must_use]
pub fn monotonic_with_suspend() -> Duration {
    since_boot()
}

/// The machine's idea of the time, in milliseconds since 1970, UTC. It may be wrong and may jump; what
/// a person is shown comes from the service's clock.
#[must_use]
pub fn wall_unix_ms() -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock; everyone else is handed the time"
    )]
    let now = SystemTime::now();
    match now.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |ms| -ms),
    }
}

/// `Instant` stands still during sleep on Linux, `CLOCK_BOOTTIME` does not.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn since_boot() -> Duration {
    duration(rustix::time::clock_gettime(rustix::time::ClockId::Boottime))
}

/// `Instant` stands still during sleep on macOS, its `CLOCK_MONOTONIC` does not.
#[cfg(target_os = "macos")]
fn since_boot() -> Duration {
    duration(rustix::time::clock_gettime(
        rustix::time::ClockId::Monotonic,
    ))
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
fn duration(time: rustix::time::Timespec) -> Duration {
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or(0),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
}

/// On Windows `Instant` is the performance counter, which goes on during sleep.
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
fn since_boot() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}
