//! The commands of the README: `cargo xtask setup | test | tidy | demo | shots | windows | sheet | peers | contract | bench`.

mod bench;
mod beside;
mod browse;
mod contract;
mod demo;
mod peers;
mod python;
mod shots;
mod site;
mod steps;
mod tidy;
mod tour;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use workplace::{Outcome, Place, say, setup};

/// Set-up, demo, tour, test and house rules of Madoguchi.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Find what is missing on this machine and install it.
    Setup,
    /// Set up, then run every check there is; the last line is `N passed, M failed`.
    Test(steps::Options),
    /// Check the house rules.
    Tidy,
    /// Open the app beside a simulated tenant and a simulated phone.
    Demo(demo::Options),
    /// Copy pictures of the tour into docs/images for the README.
    Shots {
        /// Where the tour left its pictures.
        #[arg(long, value_name = "DIR", default_value = "tour")]
        from: PathBuf,
    },
    /// Try Microsoft's own clients, unchanged, against the simulated tenant over https.
    Peers(peers::Options),
    /// Let schemathesis ask the simulated tenant everything its contract has, and wrongly too.
    Contract,
    /// Check every page of the simulated tenant and every screen of its phone for accessibility.
    Pages(tour::pages::Options),
    /// Open the app as it is shipped on two displays and see that every window shows its page.
    Windows,
    /// Draw every row of every walk-through, on both systems and in every way to read, with an index page.
    Sheet(tour::sheet::Options),
    /// Measure against named peers in the same run; figures as lines and, with --json, in a file.
    Bench(bench::Options),
    /// Sign an operator in without a person: the browser command of the tour.
    #[command(hide = true)]
    Browse(browse::Options),
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            say!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Outcome<bool> {
    let place = Place::find()?;
    match task {
        Task::Setup => setup::everything(&place).map(|()| true),
        Task::Test(options) => steps::run(&place, &options),
        Task::Tidy => tidy::run(&place),
        Task::Demo(options) => demo::run(&place, &options),
        Task::Shots { from } => shots::copy(&place, &from).map(|()| true),
        Task::Peers(options) => peers::run(&place, &options),
        Task::Contract => contract::run(&place),
        Task::Pages(options) => tour::pages::run(&place, &options),
        Task::Windows => tour::shipped::run(&place),
        Task::Sheet(options) => tour::sheet::run(&place, &options),
        Task::Bench(options) => bench::run(&place, &options),
        Task::Browse(options) => browse::run(&options).map(|()| true),
    }
}
