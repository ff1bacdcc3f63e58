//! Measurements: every figure stands beside what others get in the same run. `cargo xtask bench` builds
//! and starts this.

mod chart;
mod fleet;
mod latencies;
mod live;
mod passwords;
mod report;
mod rng;
mod sim_fleet;
mod sim_world;
mod tenant;
mod wiping;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::report::Figure;

/// Measure Madoguchi against named peers.
#[derive(Parser)]
#[command(name = "bench", version)]
struct Arguments {
    #[command(subcommand)]
    bench: Bench,
    /// Also write the figures into this file, as a JSON list.
    #[arg(long, value_name = "FILE", global = true)]
    json: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Bench {
    /// The simulated tenant beside a bare axum route.
    Tenant,
    /// What it costs to overwrite memory when it is freed, beside the system's allocator.
    Wiping,
    /// How early the screen tells a registration, and what that costs, beside loops on a fixed timer.
    Live {
        #[arg(long)]
        seed: Option<u64>,
    },
    /// The unattended password job: 10,000 people, kills, shards, and a script over msgraph-sdk.
    Passwords {
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many runs are killed.
        #[arg(long, default_value_t = 200)]
        kills: u32,
        /// How many people the largest run is about. Fewer are a trial, and their figures none.
        #[arg(long, default_value_t = 10_000)]
        people: usize,
    },
    /// Many stations at one tenant's limit: refusals, use, fairness.
    Fleet {
        #[arg(long)]
        seed: Option<u64>,
        /// Also draw the charts into this folder.
        #[arg(long, value_name = "DIR")]
        charts: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match measure(&arguments.bench).and_then(|figures| {
        report::publish(&figures, arguments.json.as_deref())?;
        Ok(figures.iter().all(Figure::fits))
    }) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            report::line(&format!("bench: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn measure(bench: &Bench) -> Result<Vec<Figure>, Box<dyn std::error::Error>> {
    Ok(match bench {
        Bench::Tenant => tenant::measure(),
        Bench::Wiping => wiping::measure(),
        Bench::Live { seed } => live::measure(*seed)?,
        Bench::Passwords {
            seed,
            kills,
            people,
        } => passwords::measure(*seed, *kills, *people)?,
        Bench::Fleet { seed, charts } => fleet::measure(*seed, charts.as_deref())?,
    })
}
