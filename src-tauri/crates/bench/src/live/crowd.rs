//! Stations that wait at once and never hear of each other, beside loops that do the same.

use std::time::Duration;

use entra_sim::throttle::{Admission, Kind};
use onboarding::PackError;

use super::{LOOPS, THERE_MS};
use crate::chance::Chance;
use crate::crowd::{Crowd, OPEN_MS, limiter};
use crate::lags::Lags;
use crate::report::Figure;

/// How many wait, how long they settle, and how many times the ideal mean lag is allowed.
const CROWDS: [(usize, u64, f64); 5] = [
    (1, 10, 1.5),
    (3, 10, 1.5),
    (5, 10, 1.5),
    (10, 10, 1.5),
    (50, 30, 2.0),
];
const MEASURED_MS: u64 = 48 * 3_600_000;
/// People wait so many seconds on average, times the number of stations: long enough that their passes are a small
/// part of what is asked.
const WAIT_S: f64 = 1_000.0;

pub(super) fn measure(seed: u64) -> Result<Vec<Figure>, PackError> {
    let mut figures = Vec::new();
    for kind in [Kind::SlidingWindow, Kind::TokenBucket] {
        for (stations, settle_min, bar) in CROWDS {
            figures.push(waiting(stations, settle_min, bar, kind, seed)?);
        }
    }
    Ok(figures)
}

fn waiting(
    stations: usize,
    settle_min: u64,
    bar: f64,
    kind: Kind,
    seed: u64,
) -> Result<Figure, PackError> {
    // With a limit of 0.5 requests a second shared evenly, the mean lag cannot be below N / (2 * 0.5) seconds.
    let ideal_s = stations as f64;
    let wait_ms = WAIT_S * ideal_s * 1_000.0;
    let mut crowd = Crowd::gather(stations, 0, kind, Some(wait_ms), seed)?;
    let settled_ms = OPEN_MS + settle_min * 60_000;
    crowd.run(settled_ms);
    crowd.forget();
    crowd.run(settled_ms + MEASURED_MS);
    let name = match kind {
        Kind::SlidingWindow => "window",
        Kind::TokenBucket => "bucket",
    };
    let lag = crowd.lags.mean() / ideal_s;
    let name = format!("live/waiting-{stations}-{name}");
    let mut figure = Figure::plain(name, lag, "of N/(2B)").at_most(bar);
    for every_s in LOOPS {
        let lags = loops(stations, every_s, wait_ms, kind, seed);
        figure = figure.beside(format!("{every_s} s loop"), lags.mean() / ideal_s);
    }
    Ok(figure)
}

/// As many loops on a fixed timer at the same limit. They believe their first read and ask on when they are refused.
fn loops(stations: usize, every_s: u64, wait_ms: f64, kind: Kind, seed: u64) -> Lags {
    let mut chance = Chance::seeded(seed);
    let mut limiter = limiter(kind);
    let every_ms = every_s * 1_000;
    let mut wait = |from_ms: u64| from_ms + (-wait_ms * (1.0 - chance.share()).ln()) as u64;
    let mut entries: Vec<u64> = (0..stations).map(|_| wait(0)).collect();
    let mut chance = Chance::seeded(seed.wrapping_add(2));
    let mut asks: Vec<(u64, usize)> = (0..stations)
        .map(|place| (chance.up_to(every_ms), place))
        .collect();
    asks.sort_unstable();
    let mut lags = Lags::default();
    for round in 0..MEASURED_MS / every_ms {
        for (phase_ms, place) in &asks {
            let at_ms = round * every_ms + phase_ms;
            let admission = limiter.admit(Duration::from_millis(at_ms), 1);
            let served = matches!(admission, Admission::Admitted { .. });
            if served && entries[*place] <= at_ms {
                lags.push_ms(entries[*place], at_ms + THERE_MS);
                entries[*place] = wait(at_ms);
            }
        }
    }
    // Who is kept out for good has waited until the end.
    for entry_ms in entries.into_iter().filter(|entry| *entry < MEASURED_MS) {
        lags.push_ms(entry_ms, MEASURED_MS);
    }
    lags
}
