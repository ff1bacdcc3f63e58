//! Measurements: every figure stands beside what others get in the same run. `cargo xtask bench` builds
//! and starts this.

mod report;
mod tenant;

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
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let figures = measure(&arguments.bench);
    match report::publish(&figures, arguments.json.as_deref()) {
        Ok(()) if figures.iter().all(Figure::fits) => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
        Err(error) => {
            report::line(&format!("bench: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn measure(bench: &Bench) -> Vec<Figure> {
    match bench {
        Bench::Tenant => tenant::measure(),
    }
}
