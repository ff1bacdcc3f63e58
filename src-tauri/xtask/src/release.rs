//! `cargo xtask bench` and `cargo xtask soak`: each builds its program as it would be shipped and runs it.

use workplace::{Failure, Outcome, Place, cargo};

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
    let status = cargo(place)
        .args(["run", "--quiet", "--release", "--package", program, "--"])
        .args(&options.arguments)
        .status()
        .map_err(|error| Failure::new(format!("cannot start cargo: {error}")))?;
    Ok(status.success())
}
