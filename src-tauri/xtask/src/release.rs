//! `cargo xtask bench` and `cargo xtask soak`: each builds its program as it would be shipped and runs it.

use std::process::Command;

use workplace::{Failure, Outcome, Place, app, cargo};

use crate::python::Environment;

/// What to run, and where to write its figures: handed on to the program as they are.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The program's own subcommands and options, for instance --json FILE for the figures as a list; `-- --help`
    /// names them all.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// True when every bar of this program holds.
pub(crate) fn run(place: &Place, program: &str, options: &Options) -> Outcome<bool> {
    let mut command = cargo(place);
    if (program, options.arguments.first().map(String::as_str)) == ("bench", Some("passwords")) {
        with_job_and_peer(place, &mut command)?;
    }
    let status = command
        .args(["run", "--quiet", "--release", "--package", program, "--"])
        .args(&options.arguments)
        .status()
        .map_err(|error| Failure::new(format!("cannot start cargo: {error}")))?;
    Ok(status.success())
}

/// The job as it is shipped, and the Python with Microsoft's client, for who measures one beside the other.
fn with_job_and_peer(place: &Place, command: &mut Command) -> Outcome<()> {
    let requirements = place.root.join("tests/peers/requirements.txt");
    let python = Environment::of(place, "peers", &requirements)?;
    command
        .env("MADOGUCHICTL", app::released_control(place)?)
        .env("MADOGUCHI_PEERS_PYTHON", python.program().get_program());
    Ok(())
}
