//! Stations that wait at once and never hear of each other, beside loops that do the same.

use std::time::Duration;

use entra_sim::throttle::{Admission, LimitKind};
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
/// One crowd sees some 170 registrations in that time, and where its places fall is luck: so many crowds of their own
/// are taken together.
const CROWDS_EACH: u64 = 8;
const NEXT_SEED: u64 = 1_000;

pub(super) fn measure(seed: u64) -> Result<Vec<Figure>, PackError> {
    let mut figures = Vec::new();
    for kind in [LimitKind::SlidingWindow, LimitKind::TokenBucket] {
        for (stations, settle_min, bar) in CROWDS {
            let wait = Wait {
                stations,
                settle_min,
                kind,
                silent: false,
            };
            figures.push(wait.figure(seed)?.at_most(bar));
        }
    }
    // How it goes where the service never says how much of its limit is in use; without a bar.
    for (stations, settle_min, _) in CROWDS {
        let wait = Wait {
            stations,
            settle_min,
            kind: LimitKind::SlidingWindow,
            silent: true,
        };
        figures.push(wait.figure(seed)?);
    }
    Ok(figures)
}

/// So many stations that wait at once at a limiter, after so many minutes.
struct Wait {
    stations: usize,
    settle_min: u64,
    kind: LimitKind,
    /// The answers never say what share of the limit is in use.
    silent: bool,
}

impl Wait {
    fn figure(&self, seed: u64) -> Result<Figure, PackError> {
        // With a limit of 0.5 requests a second shared evenly, the mean lag cannot be below N / (2 * 0.5) seconds.
        let ideal_s = self.stations as f64;
        let wait_ms = WAIT_S * ideal_s * 1_000.0;
        let seeds = (0..CROWDS_EACH).map(|crowd| seed + crowd * NEXT_SEED);
        let (mut lags, mut worst) = (Lags::default(), 0.0_f64);
        for seed in seeds.clone() {
            let one = self.crowd(wait_ms, seed)?;
            worst = worst.max(one.mean());
            lags.append(one);
        }
        let name = match self.kind {
            LimitKind::SlidingWindow => "window",
            LimitKind::TokenBucket => "bucket",
        };
        let silent = if self.silent { "-silent" } else { "" };
        let name = format!("live/waiting-{}-{name}{silent}", self.stations);
        let mut figure = Figure::plain(name, lags.mean() / ideal_s, "of N/(2B)")
            .beside("our worst crowd", worst / ideal_s);
        for every_s in LOOPS.into_iter().filter(|_| !self.silent) {
            let mut lags = Lags::default();
            for seed in seeds.clone() {
                lags.append(loops(self.stations, every_s, wait_ms, self.kind, seed));
            }
            figure = figure.beside(format!("{every_s} s loop"), lags.mean() / ideal_s);
        }
        Ok(figure)
    }

    /// The lags of one crowd once it has settled.
    fn crowd(&self, wait_ms: f64, seed: u64) -> Result<Lags, PackError> {
        let mut crowd = Crowd::gather(self.stations, 0, self.kind, Some(wait_ms), seed)?;
        crowd.hall.way.silent = self.silent;
        let settled_ms = OPEN_MS + self.settle_min * 60_000;
        crowd.run(settled_ms);
        crowd.forget();
        crowd.run(settled_ms + MEASURED_MS);
        Ok(crowd.lags)
    }
}

/// As many loops on a fixed timer at the same limit. They believe their first read and ask on when they are refused.
fn loops(stations: usize, every_s: u64, wait_ms: f64, kind: LimitKind, seed: u64) -> Lags {
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
