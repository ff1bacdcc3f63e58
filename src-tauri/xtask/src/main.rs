//! The commands of the README: `cargo xtask setup | test | tidy | deny | demo | shots | windows | leak | cost | tauri |
//! sheet | fit | package | papers | typeface | peers | contract | examples | bench | soak`.

mod contract;
mod count;
mod deny;
mod examples;
mod package;
mod peers;
mod python;
mod release;
mod shots;
mod steps;
mod tauri;
mod tidy;
mod tour;
mod typeface;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use workplace::{Outcome, Place, say, setup};

use crate::tour::Handed;

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
    /// Check advisories, licences, bans and sources of every crate with cargo-deny.
    Deny(deny::Options),
    /// Open the app beside a simulated tenant and a simulated phone.
    #[command(disable_help_flag = true)]
    Demo(Handed),
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
    /// Send every documented example to the simulated tenant and let the client read every documented answer.
    Examples,
    /// Check every page of the simulated tenant and every screen of its phone for accessibility.
    #[command(disable_help_flag = true)]
    Pages(Handed),
    /// Open the app as it is shipped on two displays and see that every window shows its page.
    #[command(disable_help_flag = true)]
    Windows(Handed),
    /// Kill and stop what draws the pages while a pass is in sight, and see that nothing of it stays there.
    #[command(disable_help_flag = true)]
    Blank(Handed),
    /// Make starts of the app fail as it is shipped, and see that each has a window with its own words.
    #[command(disable_help_flag = true)]
    Starts(Handed),
    /// Measure what it costs the app to overwrite memory when it is freed.
    #[command(disable_help_flag = true)]
    Cost(Handed),
    /// Look for a planted pass and its tokens in everything that the app leaves, as it is shipped.
    #[command(disable_help_flag = true)]
    Leak(Handed),
    /// Run `tauri dev` and `tauri build` from a fresh clone of what is committed.
    Tauri,
    /// Make what a site installs: Debian packages with programs, guides, licences and a list of parts.
    Package(package::Options),
    /// Print every hand-out in every language, and read it; with --cards, the operator's card for docs.
    #[command(disable_help_flag = true)]
    Papers(Handed),
    /// Make the typeface of the simulated pages and of the sign-in's last page from the one the screens have.
    Typeface,
    /// Draw every row of every walk-through, on both systems and in every way to read, with an index page.
    #[command(disable_help_flag = true)]
    Sheet(Handed),
    /// Open every row and screen at every size of window and text, and say what is cut, out of view or too small.
    #[command(disable_help_flag = true)]
    Fit(Handed),
    /// Measure against named peers in the same run; figures as lines and, with --json, in a file.
    Bench(release::Options),
    /// Kill, rob and mislead whole stations for as long as is wanted, and count what was promised and not kept.
    Soak(release::Options),
    /// Sign an operator in without a person: the browser command of the tour.
    #[command(hide = true, disable_help_flag = true)]
    Browse(Handed),
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
        Task::Deny(options) => deny::run(&place, &options),
        Task::Demo(handed) => tour::become_it(&place, "demo", &handed),
        Task::Shots { from } => shots::copy(&place, &from).map(|()| true),
        Task::Peers(options) => peers::run(&place, &options),
        Task::Contract => contract::run(&place),
        Task::Examples => examples::run(&place),
        Task::Pages(handed) => tour::become_it(&place, "pages", &handed),
        Task::Windows(handed) => tour::become_it(&place, "windows", &handed),
        Task::Blank(handed) => tour::become_it(&place, "blank", &handed),
        Task::Starts(handed) => tour::become_it(&place, "starts", &handed),
        Task::Cost(handed) => tour::become_it(&place, "cost", &handed),
        Task::Leak(handed) => tour::become_it(&place, "leak", &handed),
        Task::Tauri => tauri::run(&place),
        Task::Sheet(handed) => tour::become_it(&place, "sheet", &handed),
        Task::Package(options) => package::run(&place, &options),
        Task::Papers(handed) => tour::become_it(&place, "papers", &handed),
        Task::Typeface => typeface::run(&place),
        Task::Fit(handed) => tour::become_it(&place, "fit", &handed),
        Task::Bench(options) => release::run(&place, "bench", &options),
        Task::Soak(options) => release::run(&place, "soak", &options),
        Task::Browse(handed) => tour::become_it(&place, "browse", &handed),
    }
}
