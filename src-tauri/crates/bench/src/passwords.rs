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

const MANY: usize = 10_000;
const FEW: usize = 1_000;
/// At ten changes a second half a minute.
const PACED: usize = 300;
const MIB: f64 = 1024.0;
/// What a run ends with that finds another one under way.
const UNDER_WAY: i32 = 4;

/// The figures.
pub(crate) fn measure(seed: u64, kills: u32) -> Result<Vec<Figure>, Box<dyn Error>> {
    crate::report::line(&format!("seed {seed}"));
    let mut figures = Vec::new();
    let parts: [(&str, &dyn Fn() -> Result<Vec<Figure>, Box<dyn Error>>); 5] = [
        ("everybody in one run", &whole),
        ("kills", &|| kills::measure(seed, kills)),
        ("two at once", &shards),
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

/// One run over ten thousand people, and what it takes beside one over a thousand.
fn whole() -> Result<Vec<Figure>, Box<dyn Error>> {
    let few = Site::of(FEW)?;
    let small = few.run_to_end(&[])?;
    drop(few);
    let many = Site::of(MANY)?;
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
            .beside("of 1,000", small.peak_kib as f64 / MIB)
            .beside("of 10,000", large.peak_kib as f64 / MIB),
        Figure::plain("passwords/whole", took, "s"),
        Figure::plain("passwords/whole-cpu", large.cpu_s, "s"),
    ])
}

/// The job as it is shipped, at its own pace, in a tenant that keeps to the documented quota.
fn paced() -> Result<Vec<Figure>, Box<dyn Error>> {
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
fn shards() -> Result<Vec<Figure>, Box<dyn Error>> {
    let of = |arguments: [&[&str]; 2]| -> Result<(Tally, [Option<i32>; 2]), Box<dyn Error>> {
        let site = Site::of(FEW)?;
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
