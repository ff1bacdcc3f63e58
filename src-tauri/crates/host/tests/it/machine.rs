use std::time::{Duration, Instant};

use host::{clock, health};

#[test]
fn health_knows_the_machine() {
    let dir = tempfile::tempdir().unwrap();
    let health = health::read(dir.path());
    assert_ne!(health.os, "");
    assert_ne!(health.host_name, "");
    let total = health.total_memory_mb.unwrap();
    assert!(total > 64, "{health:?}");
    assert!(
        (1..=total).contains(&health.free_memory_mb.unwrap()),
        "{health:?}"
    );
    assert!(health.free_disk_mb.unwrap() > 0, "{health:?}");
}

#[test]
fn health_of_a_missing_directory_has_no_disk() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(health::read(&dir.path().join("missing")).free_disk_mb, None);
}

#[test]
fn the_monotonic_clock_runs_with_the_others_and_never_back() {
    // Read around each other, so that a pause in between cannot look like a wrong clock.
    let outer = Instant::now();
    let start = clock::monotonic_with_suspend();
    let inner = Instant::now();
    let mut last = start;
    while inner.elapsed() < Duration::from_millis(20) {
        let now = clock::monotonic_with_suspend();
        assert!(now >= last);
        last = now;
    }
    let inner = inner.elapsed();
    let passed = clock::monotonic_with_suspend() - start;
    let outer = outer.elapsed();
    assert!(
        inner <= passed && passed <= outer,
        "{inner:?} {passed:?} {outer:?}"
    );
}

/// On Linux it is the time since the machine was started, which is what counts sleep.
#[cfg(target_os = "linux")]
#[test]
fn f7_the_monotonic_clock_counts_from_the_start_of_the_machine() {
    let uptime = || -> f64 {
        let text = std::fs::read_to_string("/proc/uptime").unwrap();
        text.split(' ').next().unwrap().parse().unwrap()
    };
    let before = uptime();
    let now = clock::monotonic_with_suspend().as_secs_f64();
    let after = uptime();
    assert!(
        before - 0.02 <= now && now <= after + 0.02,
        "{before} {now} {after}"
    );
}

#[test]
fn the_wall_clock_is_that_of_the_file_system() {
    let before = clock::wall_unix_ms();
    let file = tempfile::NamedTempFile::new().unwrap();
    let written = file.as_file().metadata().unwrap().modified().unwrap();
    let written = written.duration_since(std::time::UNIX_EPOCH).unwrap();
    let after = clock::wall_unix_ms();
    let written = i64::try_from(written.as_millis()).unwrap();
    // File times may lag by a tick or be cut to whole seconds.
    assert!(
        (before - 2000..=after + 2000).contains(&written),
        "{before} {written} {after}"
    );
    assert!(before <= after);
}
