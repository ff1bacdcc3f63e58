//! `cargo xtask deny`: what is known against the crates in the lock file, and the rest of `deny.toml`.

use std::process::Command;
use workplace::{Outcome, Place, on_terminal, setup};

/// Which of the checks to make.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// advisories, bans, licenses, sources; all without it. Only the first needs a network.
    #[arg(value_name = "CHECK")]
    which: Vec<String>,
}

/// Installs cargo-deny if it is missing, and runs it. True when nothing is held against any crate.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    setup::cargo_deny(place)?;
    on_terminal(
        Command::new(place.tool("cargo-deny"))
            .current_dir(&place.root)
            .args(["--locked", "check", "--show-stats"])
            .args(&options.which),
    )
}
