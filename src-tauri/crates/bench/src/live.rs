//! `bench live`: how early the screen tells a registration, and what that costs, beside loops on a fixed timer.
//!
//! Virtual time, seeded. The counters run the shipped `Desk`: find, check, issue, look, confirm, finish.

mod course;
mod loops;
mod visits;
mod waiting;

use crate::report::Figure;
use course::LOOPS;
use visits::Visits;

/// Where the figures come from, when no other seed is given.
const SEED: u64 = 5;

/// The figures of all tables.
pub(crate) fn measure(seed: Option<u64>) -> Result<Vec<Figure>, onboarding::PackError> {
    let seed = seed.unwrap_or(SEED);
    let mut figures = Vec::new();
    let fresh = Visits::run(seed, 0)?;
    figures.extend(barred(&fresh));
    let stale = Visits::run(seed, 5_000)?;
    figures.extend(plain(&stale));
    figures.extend(waiting::measure(seed)?);
    Ok(figures)
}

fn barred(visits: &Visits) -> Vec<Figure> {
    let [second, two, five] = LOOPS.map(|every| visits.looped(every));
    let ours = &visits.ours;
    let beside = |figure: Figure, of: fn(&loops::Looped) -> f64| {
        figure
            .beside("1 s loop", of(&second))
            .beside("2 s loop", of(&two))
            .beside("5 s loop", of(&five))
    };
    vec![
        Figure::plain("live/visits", ours.latencies.count(), "visits").at_least(5_000.0),
        beside(
            Figure::plain("live/requests-a-visit", ours.requests, "requests"),
            |looped| looped.requests,
        ),
        Figure::plain(
            "live/requests-of-1-s-loop",
            ours.requests / second.requests,
            "ratio",
        )
        .at_most(0.18),
        beside(
            Figure::plain("live/lag-mean", ours.latencies.mean(), "s"),
            |looped| looped.latencies.mean(),
        ),
        Figure::plain(
            "live/lag-mean-of-2-s-loop",
            ours.latencies.mean() / two.latencies.mean(),
            "ratio",
        )
        .at_most(1.4),
        beside(
            Figure::plain("live/lag-p95", ours.latencies.of(0.95), "s"),
            |looped| looped.latencies.of(0.95),
        ),
        Figure::plain(
            "live/lag-p95-of-2-s-loop",
            ours.latencies.of(0.95) / two.latencies.of(0.95),
            "ratio",
        )
        .at_most(2.0),
        beside(
            Figure::plain("live/busiest-10-s", ours.busiest as f64, "requests").at_most(5.0),
            |looped| looped.busiest,
        ),
        Figure::plain("live/refused", ours.refused as f64, "requests").at_most(0.0),
    ]
}

/// The same with copies of the directory that are up to five seconds old; without a bar.
fn plain(visits: &Visits) -> Vec<Figure> {
    let [second, two, five] = LOOPS.map(|every| visits.looped(every));
    let ours = &visits.ours;
    let beside = |name: &str, value: f64, unit, of: fn(&loops::Looped) -> f64| {
        Figure::plain(format!("live/stale-{name}"), value, unit)
            .beside("1 s loop", of(&second))
            .beside("2 s loop", of(&two))
            .beside("5 s loop", of(&five))
    };
    vec![
        beside("requests-a-visit", ours.requests, "requests", |looped| {
            looped.requests
        }),
        beside("lag-mean", ours.latencies.mean(), "s", |looped| {
            looped.latencies.mean()
        }),
        beside("lag-p95", ours.latencies.of(0.95), "s", |looped| {
            looped.latencies.of(0.95)
        }),
    ]
}
