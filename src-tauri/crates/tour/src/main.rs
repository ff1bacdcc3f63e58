//! The app in real windows: the demo, the tour, and what is looked at in a browser. `cargo xtask` builds and starts
//! this, and everything here is called by the names it has there.

mod after;
mod again;
mod beside;
mod blank;
mod browse;
mod bus;
mod callouts;
mod checks;
mod closing;
mod control;
mod cost;
mod counter;
mod counts;
mod demo;
mod desk;
mod ear;
mod fit;
mod ibus;
mod in_sight;
mod kept;
mod keys;
mod leak;
mod look;
mod mini_browser;
mod moments;
mod neighbour;
mod notices;
mod ocr;
mod pages;
mod paper;
mod papers;
mod phone;
mod phones;
mod pictures;
mod plain;
mod plan;
mod printer;
mod process;
mod recipe;
mod relay;
mod report;
mod route;
mod rows;
mod screenshot;
mod selections;
mod session;
mod sheet;
mod shipped;
mod site;
mod stage;
mod starts;
mod steady;
mod stop;
mod surroundings;
mod take;
mod vault;
mod visitor;
mod visits;
mod waits;
mod way;
mod window;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use workplace::{Outcome, Place, say};

/// The tasks of Madoguchi that open a window.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Open the app beside a simulated tenant and a simulated phone.
    Demo(demo::Options),
    /// Check every page of the simulated tenant and every screen of its phone for accessibility.
    Pages(pages::Options),
    /// Open the app as it is shipped on two displays and see that every window shows its page.
    Windows(shipped::Options),
    /// Kill and stop what draws the pages while a pass is in sight, and see that nothing of it stays there.
    Blank(blank::Options),
    /// Make starts of the app fail as it is shipped, and see that each has a window with its own words.
    Starts(starts::Options),
    /// Draw every row of every walk-through, on both systems and in every way to read, with an index page.
    Sheet(sheet::Options),
    /// Print every hand-out in every language, and read it; with the operator's card.
    Papers(papers::Options),
    /// Open every row and screen at every size of window and text, and say what is cut, out of view or too small.
    Fit(fit::Options),
    /// Measure what it costs the app to overwrite memory when it is freed.
    Cost(cost::Options),
    /// Look for a planted pass and its tokens in everything that the app leaves, as it is shipped.
    Leak(leak::Options),
    /// Sign an operator in without a person: the browser command of the tour.
    #[command(hide = true)]
    Browse(browse::Options),
    /// Print the sheets of a page: in a process that has the display.
    #[command(hide = true)]
    Print(printer::Options),
    /// Show a person's own sign-in: the browser of the tour's sign-in tests.
    #[command(hide = true)]
    Visitor(visitor::Options),
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
    let place = Place::find;
    match task {
        Task::Demo(options) => demo::run(&place()?, &options),
        Task::Pages(options) => pages::run(&place()?, &options),
        Task::Windows(options) => shipped::run(&place()?, &options),
        Task::Blank(options) => blank::run(&place()?, &options),
        Task::Starts(options) => starts::run(&place()?, &options),
        Task::Sheet(options) => sheet::run(&place()?, &options),
        Task::Papers(options) => papers::run(&place()?, &options),
        Task::Fit(options) => fit::run(&place()?, &options),
        Task::Cost(options) => cost::run(&place()?, &options),
        Task::Leak(options) => leak::run(&place()?, &options),
        // A plain user's copy of this program runs outside of the repository.
        Task::Browse(options) => browse::run(&options).map(|()| true),
        Task::Print(options) => printer::run(&options).map(|()| true),
        Task::Visitor(options) => visitor::run(&options).map(|()| true),
    }
}
