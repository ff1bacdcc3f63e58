//! Stations that wait at once and never hear of each other, beside loops that do the same.

use std::time::Duration;

use entra_sim::throttle::{Admission, LimitKind};
use onboarding::PackError;

use super::course::{LOOPS, THERE_MS};
use crate::latencies::Latencies;
use crate::report::Figure;
use crate::rng::SeededRng;
use crate::sim_fleet::{Fleet, OPEN_MS, limiter};

/// How many wait, how long they settle, and how many times the ideal mean lag is allowed.
const FLEETS: [(usize, u64, f64); 5] = [
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
/// One fleet sees some 170 registrations in that time, and where its places fall is luck: so many fleets of their own
/// are taken together.
const FLEETS_EACH: u64 = 8;
const NEXT_SEED: u64 = 1_000;

pub(super) fn measure(seed: u64) -> Result<Vec<Figure>, PackError> {
    let mut figures = Vec::new();
    for kind in [LimitKind::SlidingWindow, LimitKind::TokenBucket] {
        for (stations, settle_min, bar) in FLEETS {
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
    for (stations, settle_min, _) in FLEETS {
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
        let seeds = (0..FLEETS_EACH).map(|fleet| seed + fleet * NEXT_SEED);
        let (mut latencies, mut worst) = (Latencies::default(), 0.0_f64);
        for seed in seeds.clone() {
            let one = self.fleet(wait_ms, seed)?;
            worst = worst.max(one.mean());
            latencies.append(one);
        }
        let name = match self.kind {
            LimitKind::SlidingWindow => "window",
            LimitKind::TokenBucket => "bucket",
        };
        let silent = if self.silent { "-silent" } else { "" };
        let name = format!("live/waiting-{}-{name}{silent}", self.stations);
        let mut figure = Figure::plain(name, latencies.mean() / ideal_s, "of N/(2B)")
            .beside("our worst crowd", worst / ideal_s);
        for every_s in LOOPS.into_iter().filter(|_| !self.silent) {
            let mut latencies = Latencies::default();
            for seed in seeds.clone() {
                latencies.append(loops(self.stations, every_s, wait_ms, self.kind, seed));
            }
            figure = figure.beside(format!("{every_s} s loop"), latencies.mean() / ideal_s);
        }
        Ok(figure)
    }

    /// The latencies of one fleet once it has settled.
    fn fleet(&self, wait_ms: f64, seed: u64) -> Result<Latencies, PackError> {
        let mut fleet = Fleet::gather(self.stations, 0, self.kind, Some(wait_ms), seed)?;
        fleet.world.network.silent = self.silent;
        let settled_ms = OPEN_MS + self.settle_min * 60_000;
        fleet.run(settled_ms);
        fleet.forget();
        fleet.run(settled_ms + MEASURED_MS);
        Ok(fleet.latencies)
    }
}

/// As many loops on a fixed timer at the same limit. They believe their first read and ask on when they are refused.
fn loops(stations: usize, every_s: u64, wait_ms: f64, kind: LimitKind, seed: u64) -> Latencies {
    let mut rng = SeededRng::seeded(seed);
    let mut limiter = limiter(kind);
    let every_ms = every_s * 1_000;
    let mut wait = |from_ms: u64| from_ms + (-wait_ms * (1.0 - rng.share()).ln()) as u64;
    let mut entries: Vec<u64> = (0..stations).map(|_| wait(0)).collect();
    let mut rng = SeededRng::seeded(seed.wrapping_add(2));
    let mut asks: Vec<(u64, usize)> = (0..stations)
        .map(|place| (rng.up_to(every_ms), place))
        .collect();
    asks.sort_unstable();
    let mut latencies = Latencies::default();
    for round in 0..MEASURED_MS / every_ms {
        for (phase_ms, place) in &asks {
            let at_ms = round * every_ms + phase_ms;
            let admission = limiter.admit(Duration::from_millis(at_ms), 1);
            let served = matches!(admission, Admission::Admitted { .. });
            if served && entries[*place] <= at_ms {
                latencies.push_ms(entries[*place], at_ms + THERE_MS);
                entries[*place] = wait(at_ms);
            }
        }
    }
    // Who is kept out for good has waited until the end.
    for entry_ms in entries.into_iter().filter(|entry| *entry < MEASURED_MS) {
        latencies.push_ms(entry_ms, MEASURED_MS);
    }
    latencies
}
