//! `cargo xtask bench`: builds the measurements as they would be shipped and runs one of them.

use workplace::{Failure, Outcome, Place, cargo};

/// Which measurement, and where to write its figures: handed on to the `bench` program as they are.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// tenant, wiping, live or fleet, with its own options; --json FILE writes the figures as a list.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    arguments: Vec<String>,
}

/// True when every bar holds.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    let status = cargo(place)
        .args(["run", "--quiet", "--release", "--package", "bench", "--"])
        .args(&options.arguments)
        .status()
        .map_err(|error| Failure::new(format!("cannot start cargo: {error}")))?;
    Ok(status.success())
}
