//! Long trials of whole stations beside a simulated tenant that knows the truth. `cargo xtask soak` builds and starts
//! this.

mod beside;
mod broken;
mod chance;
mod child;
mod clock;
mod extent;
mod failing_disk;
mod failure;
mod figure;
mod folder;
mod kill;
mod late;
mod lost;
mod operator;
mod order;
mod recorded;
mod shipped;
mod tenant;
mod visits;
mod writes;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::extent::Extent;
use crate::failure::Failure;
use crate::figure::{Figure, publish, say};

/// Try whole stations for a long time.
#[derive(Parser)]
#[command(name = "soak", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    own: Option<Own>,
    #[command(flatten)]
    trial: TrialArguments,
}

#[derive(Subcommand)]
enum Own {
    /// One station, as this program starts it for itself.
    #[command(hide = true)]
    Station,
}

#[derive(Args)]
struct TrialArguments {
    /// Also write the figures into this file, as a JSON list.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// How long the rounds of killing go on.
    #[arg(long, default_value_t = 30)]
    minutes: u64,
    /// Hold only these trials.
    #[arg(long, value_enum, num_args = 1.., value_delimiter = ',')]
    only: Vec<Trial>,
    /// Repeats a run; drawn where it is not given.
    #[arg(long)]
    seed: Option<u64>,
    /// A few rounds, and of all trials only those that end within a minute: what `cargo xtask test` runs.
    #[arg(long)]
    short: bool,
}

/// One kind of misfortune.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Trial {
    /// A station is killed at random points of issuing, in half of the rounds beside a second one.
    Kill,
    /// Clocks and dates that are hours or years off.
    Clock,
    /// Requests that arrive late or twice.
    Late,
    /// A record that is gone, emptied, cut, rolled back or without its side file.
    Record,
    /// Each write of a station fails in turn, on a full disk and on a broken one.
    Writes,
    /// Many visits in one process.
    Visits,
    /// Visits of the app as it is shipped, worked with keys.
    Shipped,
}

impl Trial {
    /// Whether a few rounds of it take less than half a minute: the others wait for clocks and the network.
    fn is_short(self) -> bool {
        match self {
            Self::Kill | Self::Record | Self::Visits => true,
            // The library that fails is made for this system alone.
            Self::Writes => cfg!(target_os = "linux"),
            Self::Clock | Self::Late | Self::Shipped => false,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.own {
        Some(Own::Station) => child::serve().map(|()| true),
        None => hold(&arguments.trial),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            say(&format!("soak: {failure}"));
            ExitCode::FAILURE
        }
    }
}

/// True when every bar holds.
fn hold(arguments: &TrialArguments) -> Result<bool, Failure> {
    let seed = arguments.seed.unwrap_or_else(rand::random);
    say(&format!("seed {seed}"));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let mut figures = Vec::new();
    for trial in Trial::value_variants() {
        let wanted = if arguments.only.is_empty() {
            !arguments.short || trial.is_short()
        } else {
            arguments.only.contains(trial)
        };
        if !wanted {
            continue;
        }
        say(&format!("== {trial:?}"));
        let time = Duration::from_secs(arguments.minutes * 60);
        let extent = Extent {
            seed,
            short: arguments.short,
            until: Instant::now() + time,
        };
        match runtime.block_on(held(*trial, extent)) {
            Ok(of_it) => figures.extend(of_it),
            Err(failure) => {
                say(&format!("  {failure}"));
                let name = format!("{trial:?}/held").to_lowercase();
                figures.push(Figure::at_least(name, 0.0, 1.0, seed));
            }
        }
    }
    publish(&figures, arguments.json.as_deref())?;
    Ok(!figures.is_empty() && figures.iter().all(|figure| figure.holds))
}

async fn held(trial: Trial, extent: Extent) -> Result<Vec<Figure>, Failure> {
    match trial {
        Trial::Kill => kill::hold(extent).await,
        Trial::Clock => clock::hold(extent).await,
        Trial::Late => late::hold(extent).await,
        Trial::Record => lost::hold(extent).await,
        Trial::Writes => writes::hold(extent).await,
        Trial::Visits => visits::hold(extent).await,
        Trial::Shipped => shipped::hold(extent).await,
    }
}
