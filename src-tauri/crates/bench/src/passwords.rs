//! `bench passwords`: the unattended job as it is shipped, at full size, killed, in parts, and beside a script. What
//! became of whom is the simulated tenant's word, never the job's own.

mod kills;
mod memory;
mod peer;
mod site;

use std::error::Error;
use std::time::Instant;

use self::site::{Site, Tally};
use crate::report::Figure;

const MANY: usize = 10_000;
const FEW: usize = 1_000;
const MIB: f64 = 1024.0;

/// The figures.
pub(crate) fn measure(seed: u64, kills: u32) -> Result<Vec<Figure>, Box<dyn Error>> {
    crate::report::line(&format!("seed {seed}"));
    let mut figures = whole()?;
    figures.extend(kills::measure(seed, kills)?);
    figures.extend(shards()?);
    figures.extend(peer::measure()?);
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

/// Two parts beside each other, then two runs on one folder.
fn shards() -> Result<Vec<Figure>, Box<dyn Error>> {
    let of = |arguments: [&[&str]; 2]| -> Result<Tally, Box<dyn Error>> {
        let site = Site::of(FEW)?;
        let [one, other] = arguments.map(|arguments| site.start(arguments));
        let (mut one, mut other) = (one?, other?);
        one.wait()?;
        other.wait()?;
        Ok(site.tally())
    };
    let parts = of([&["--shard", "1/2"], &["--shard", "2/2"]])?;
    let folder = of([&[], &[]])?;
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
