//! `bench passwords`: the unattended job as it is shipped, at full size, killed, in parts, and beside a script. What
//! became of whom is the simulated tenant's word, never the job's own.

mod kills;
mod memory;
mod peer;
mod site;

use std::error::Error;
use std::time::Instant;

use self::site::{Pace, Site, Tally};
use crate::report::Figure;

/// At ten changes a second half a minute.
const PACED: usize = 300;
const MIB: f64 = 1024.0;
/// What a run ends with that finds another one under way.
const UNDER_WAY: i32 = 4;

type Figures = Result<Vec<Figure>, Box<dyn Error>>;
/// What two processes ended with.
type Codes = [Option<i32>; 2];

/// The figures.
pub(crate) fn measure(seed: u64, kills: u32, people: usize) -> Figures {
    crate::report::line(&format!("seed {seed}"));
    let mut figures = Vec::new();
    let parts: [(&str, &dyn Fn() -> Figures); 5] = [
        ("everybody in one run", &|| whole(people)),
        ("kills", &|| kills::measure(seed, kills)),
        ("two at once", &|| shards(people / 10)),
        ("the pace of a site", &paced),
        ("a script beside it", &peer::measure),
    ];
    for (name, part) in parts {
        let began = Instant::now();
        figures.extend(part()?);
        let took = began.elapsed().as_secs_f64();
        crate::report::line(&format!("{name}: measured in {took:.0} s"));
    }
    Ok(figures)
}

/// One run over everybody, and what it takes beside one over a tenth of them.
fn whole(people: usize) -> Figures {
    let few = Site::of(people / 10)?;
    let small = few.run_to_end(&[])?;
    drop(few);
    let many = Site::of(people)?;
    let began = Instant::now();
    let large = many.run_to_end(&[])?;
    let took = began.elapsed().as_secs_f64();
    let tally = many.tally();
    let count = |value: usize| value as f64;
    let more = (large.peak_kib as f64 - small.peak_kib as f64) / MIB;
    Ok(vec![
        Figure::plain("passwords/missed", count(tally.missed), "people").at_most(0.0),
        Figure::plain("passwords/twice", count(tally.twice), "people").at_most(0.0),
        Figure::plain("passwords/memory-growth", more, "MiB")
            .at_most(10.0)
            .beside("of a tenth", small.peak_kib as f64 / MIB)
            .beside("of all", large.peak_kib as f64 / MIB),
        Figure::plain("passwords/whole", took, "s"),
        Figure::plain("passwords/whole-cpu", large.cpu_s, "s"),
    ])
}

/// The job as it is shipped, at its own pace, in a tenant that keeps to the documented quota.
fn paced() -> Figures {
    let site = Site::at(PACED, Pace::AsShipped)?;
    let began = Instant::now();
    site.run_to_end(&[])?;
    let took = began.elapsed().as_secs_f64();
    let tally = site.tally();
    let bad = (tally.missed + tally.twice) as f64;
    Ok(vec![
        Figure::plain(
            "passwords/paced-refusals",
            site.refused() as f64,
            "answers of 429",
        )
        .at_most(0.0),
        Figure::plain("passwords/paced-missed-or-twice", bad, "people").at_most(0.0),
        Figure::plain("passwords/paced", took, "s").beside("people", PACED as f64),
    ])
}

/// Two parts beside each other, then two runs on one folder, of which one is told that another is under way.
fn shards(people: usize) -> Figures {
    let of = |arguments: [&[&str]; 2]| -> Result<(Tally, Codes), Box<dyn Error>> {
        let site = Site::of(people)?;
        let [one, other] = arguments.map(|arguments| site.start(arguments));
        let (mut one, mut other) = (one?, other?);
        let codes = [one.wait()?.code(), other.wait()?.code()];
        Ok((site.tally(), codes))
    };
    let (parts, codes) = of([&["--shard", "1/2"], &["--shard", "2/2"]])?;
    if codes != [Some(0), Some(0)] {
        return Err(format!("a part did not do all of it: {codes:?}").into());
    }
    let (folder, mut codes) = of([&[], &[]])?;
    codes.sort_unstable();
    if codes != [Some(0), Some(UNDER_WAY)] {
        return Err(format!("two runs on one folder ended with {codes:?}").into());
    }
    let bad = |tally: &Tally| (tally.missed + tally.twice) as f64;
    Ok(vec![
        Figure::plain("passwords/shards-missed-or-twice", bad(&parts), "people").at_most(0.0),
        Figure::plain(
            "passwords/one-folder-missed-or-twice",
            bad(&folder),
            "people",
        )
        .at_most(0.0),
    ])
}
