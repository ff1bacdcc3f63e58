//! `bench fleet`: many stations at one tenant's limit, in virtual time, against the simulated tenant's own limiter.

use std::path::Path;

use entra_sim::throttle::LimitKind;

use crate::chart::{Chart, Line};
use crate::latencies::Latencies;
use crate::report::Figure;
use crate::sim_fleet::{Fleet, OPEN_MS, Share, jain};

const SEED: u64 = 7;
const KINDS: [LimitKind; 2] = [LimitKind::SlidingWindow, LimitKind::TokenBucket];
const MINUTE_MS: u64 = 60_000;

/// The figures, and the charts where a folder is given.
pub(crate) fn measure(
    seed: Option<u64>,
    charts: Option<&Path>,
) -> Result<Vec<Figure>, Box<dyn std::error::Error>> {
    let seed = seed.unwrap_or(SEED);
    let mut figures = Vec::new();
    let mut drawn = Vec::new();
    for part in [tenants, one_of_fifty, survival] {
        let (part_figures, chart) = part(seed)?;
        figures.extend(part_figures);
        drawn.push(chart);
    }
    if let Some(folder) = charts {
        std::fs::create_dir_all(folder)?;
        let names = ["fleet-100x10.svg", "fleet-1x50.svg", "fleet-1x1000.svg"];
        for (name, chart) in names.iter().zip(&drawn) {
            std::fs::write(folder.join(name), chart.svg())?;
        }
    }
    Ok(figures)
}

type Part = Result<(Vec<Figure>, Chart), onboarding::PackError>;

/// (a) A hundred tenants with ten stations each.
fn tenants(seed: u64) -> Part {
    const TENANTS: usize = 100;
    const STATIONS: usize = 10;
    const HOUR: u64 = 70;
    let mut figures = Vec::new();
    let mut lines = Vec::new();
    for kind in KINDS {
        let (mut served, mut refused, mut used) = (Vec::new(), 0.0, 0.0);
        let mut minutes = vec![Share::default(); HOUR as usize];
        let mut worst: f64 = 1.0;
        for tenant in 0..TENANTS {
            let fleet = waited(STATIONS, kind, seed + 1_000 * tenant as u64, HOUR)?;
            let share = settled(&fleet, 10, HOUR, STATIONS);
            refused += share.refused / TENANTS as f64;
            used += share.used / TENANTS as f64;
            worst = worst.min(share.jain);
            served.extend(served_of(&fleet, 10, STATIONS));
            for (minute, sum) in minutes.iter_mut().enumerate() {
                let share = of_minute(&fleet, minute as u64, 1, STATIONS);
                sum.used += share.used / TENANTS as f64;
                sum.refused += share.refused / TENANTS as f64;
            }
        }
        let name = |what| format!("fleet/a-{}-{what}", word(kind));
        figures.push(Figure::plain(name("refused"), refused * 100.0, "%").at_most(5.0));
        figures.push(Figure::plain(name("used"), used * 100.0, "%").at_least(70.0));
        figures.push(Figure::plain(name("jain"), jain(&served), "Jain").at_least(0.9));
        figures.push(Figure::plain(name("jain-of-worst-tenant"), worst, "Jain"));
        lines.push(minutes);
    }
    let title = "100 tenants with 10 stations each: use of the quota and refusals";
    Ok((figures, percents(title, &lines, 1.0)))
}

/// (b) One tenant with fifty stations: where their places fall is luck, so eight such tenants are taken together.
fn one_of_fifty(seed: u64) -> Part {
    const STATIONS: usize = 50;
    const MINUTES: u64 = 30 + 240;
    const TENANTS: u64 = 8;
    let mut figures = Vec::new();
    let mut lines = Vec::new();
    for kind in KINDS {
        let mut shares = Vec::new();
        for tenant in 0..TENANTS {
            let fleet = waited(STATIONS, kind, seed + 1_000 * tenant, MINUTES)?;
            shares.push(settled(&fleet, 30, MINUTES, STATIONS));
            if tenant == 0 {
                let fives = (0..MINUTES / 5).map(|five| of_minute(&fleet, five * 5, 5, STATIONS));
                lines.push(fives.collect());
            }
        }
        let mean = |of: fn(&Share) -> f64| shares.iter().map(of).sum::<f64>() / TENANTS as f64;
        let most = |of: fn(&Share) -> f64| shares.iter().map(of).fold(0.0, f64::max);
        let least = |of: fn(&Share) -> f64| shares.iter().map(of).fold(1.0, f64::min);
        let refused = |share: &Share| share.refused * 100.0;
        let used = |share: &Share| share.used * 100.0;
        let figure = |what, value, unit| {
            Figure::plain(format!("fleet/b-{}-{what}", word(kind)), value, unit)
        };
        figures.push(
            figure("refused", mean(refused), "%")
                .at_most(8.0)
                .beside("our worst tenant", most(refused)),
        );
        figures.push(figure("used", mean(used), "%").at_least(60.0));
        figures.push(
            figure("jain", mean(|share| share.jain), "Jain")
                .at_least(0.85)
                .beside("our worst tenant", least(|share| share.jain)),
        );
    }
    let title = "One tenant with 50 stations: use of the quota and refusals";
    Ok((figures, percents(title, &lines, 5.0)))
}

/// (c) One tenant with a thousand stations: nobody waits long for a pass, and the refusals die away.
fn survival(seed: u64) -> Part {
    const WAITING: usize = 950;
    const ISSUING: usize = 50;
    const HOURS: u64 = 12;
    /// Somebody wants a pass so often.
    const EVERY_MS: u64 = MINUTE_MS;
    let mut figures = Vec::new();
    let mut lines = Vec::new();
    for kind in KINDS {
        let mut fleet = Fleet::gather(WAITING, ISSUING, kind, None, seed)?;
        (fleet.issues, fleet.wanted) = (Latencies::default(), 0);
        let end_ms = OPEN_MS + HOURS * 60 * MINUTE_MS;
        for (turn, at_ms) in (OPEN_MS..end_ms).step_by(EVERY_MS as usize).enumerate() {
            fleet.run(at_ms);
            fleet.come(WAITING + turn % ISSUING);
        }
        fleet.run(end_ms + 5 * MINUTE_MS);
        let issues = fleet
            .world
            .requests
            .iter()
            .filter(|r| r.issue && !r.refused);
        let lost = fleet.wanted as f64 - issues.count() as f64;
        let name = |what| format!("fleet/c-{}-{what}", word(kind));
        // The refusals never stop quite, for a station finds out only by them; they fall from third to third.
        let thirds: Vec<_> = (0..3)
            .map(|third| of_minute(&fleet, third * HOURS * 20, HOURS * 20, WAITING))
            .map(|share| share.refused_a_minute)
            .collect();
        let rises = thirds.windows(2).filter(|pair| pair[1] >= pair[0]).count();
        figures.push(Figure::plain(
            name("passes-wanted"),
            fleet.wanted as f64,
            "passes",
        ));
        figures.push(Figure::plain(name("lost-or-doubled"), lost.abs(), "passes").at_most(0.0));
        figures.push(Figure::plain(name("longest-wait"), fleet.issues.of(1.0), "s").at_most(60.0));
        figures.push(Figure::plain(name("mean-wait"), fleet.issues.mean(), "s"));
        figures.push(
            Figure::plain(name("thirds-with-more-refusals"), rises as f64, "thirds").at_most(0.0),
        );
        figures.push(
            Figure::plain(name("refused-in-last-third"), thirds[2], "a minute")
                .beside("first third", thirds[0])
                .beside("second third", thirds[1]),
        );
        let tens = (0..HOURS * 6).map(|ten| {
            let share = of_minute(&fleet, ten * 10, 10, WAITING);
            (ten as f64 / 6.0, share.refused_a_minute)
        });
        lines.push(Line {
            name: format!("refused, {}", word(kind)),
            points: tens.collect(),
        });
    }
    let chart = Chart {
        title: "One tenant with 1,000 stations: the refusals die away".to_owned(),
        across: "hours",
        up: "refused requests a minute",
        tenfold: true,
        lines,
    };
    Ok((figures, chart))
}

/// A fleet that has waited for so many minutes.
fn waited(
    stations: usize,
    kind: LimitKind,
    seed: u64,
    minutes: u64,
) -> Result<Fleet, onboarding::PackError> {
    let mut fleet = Fleet::gather(stations, 0, kind, None, seed)?;
    fleet.run(OPEN_MS + minutes * MINUTE_MS);
    Ok(fleet)
}

fn settled(fleet: &Fleet, after: u64, until: u64, stations: usize) -> Share {
    let (from_ms, until_ms) = (OPEN_MS + after * MINUTE_MS, OPEN_MS + until * MINUTE_MS);
    Share::of(fleet, from_ms, until_ms, stations)
}

fn of_minute(fleet: &Fleet, minute: u64, minutes: u64, stations: usize) -> Share {
    settled(fleet, minute, minute + minutes, stations)
}

/// What each station was served after these minutes.
fn served_of(fleet: &Fleet, after: u64, stations: usize) -> Vec<f64> {
    let from_ms = OPEN_MS + after * MINUTE_MS;
    let mut served = vec![0.0; stations];
    let requests = fleet.world.requests.iter();
    for request in requests.filter(|r| r.at_ms >= from_ms && !r.refused) {
        served[request.counter] += 1.0;
    }
    served
}

fn percents(title: &str, kinds: &[Vec<Share>], minutes: f64) -> Chart {
    let line = |kind: LimitKind, shares: &[Share], what, of: fn(&Share) -> f64| Line {
        name: format!("{what}, {}", word(kind)),
        points: shares
            .iter()
            .enumerate()
            .map(|(place, share)| (place as f64 * minutes, of(share) * 100.0))
            .collect(),
    };
    let used = |share: &Share| share.used;
    let refused = |share: &Share| share.refused;
    let lines = KINDS
        .iter()
        .zip(kinds)
        .map(|(kind, shares)| line(*kind, shares, "used", used))
        .chain(
            KINDS
                .iter()
                .zip(kinds)
                .map(|(kind, shares)| line(*kind, shares, "refused", refused)),
        )
        .collect();
    Chart {
        title: title.to_owned(),
        across: "minutes",
        up: "% of the quota used, % of the requests refused",
        tenfold: false,
        lines,
    }
}

fn word(kind: LimitKind) -> &'static str {
    match kind {
        LimitKind::SlidingWindow => "window",
        LimitKind::TokenBucket => "bucket",
    }
}
