//! `cargo xtask leak`: a pass, its tokens, code and verifier are planted by the simulated tenant, and looked for in
//! everything the shipped app leaves: memory of all its processes, files, messages, environment, command lines, the
//! session bus and the selections. Zero after the visit, after a lock and after signing out.

mod encodings;
mod look;
mod memory;
mod rights;
mod search;
mod secrets;
mod walk;

use std::path::PathBuf;

use workplace::{Failure, Outcome, Place, app, say, setup};

pub(crate) use walk::{sign_in, visit};

use rights::Way;
use secrets::Secrets;

use crate::counts::Counts;
use crate::site::Info;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Take the binaries as they are built.
    #[arg(long)]
    as_built: bool,
    /// Set by the second start, which has what it takes to look into memory.
    #[arg(long, hide = true)]
    with_rights: bool,
    /// Write how many checks held into this file.
    #[arg(long, value_name = "FILE", hide = true)]
    counts: Option<PathBuf>,
}

/// Runs the scan; each look counts as one test. A machine that lets nobody look counts none, but fails where CI asks.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    if !options.as_built && !options.with_rights {
        setup::everything(place)?;
        setup::hands_and_eyes()?;
        app::build(place, app::FEATURES)?;
    }
    match rights::way(options.with_rights) {
        Way::Here => {}
        Way::By(words) => return rights::again(words),
        Way::Nowhere => {
            say!("  not run here: nobody may look into memory (root, sudo -n, or user namespaces)");
            let in_ci = std::env::var_os("CI").is_some();
            let counts = Counts {
                passed: 0,
                failed: usize::from(in_ci),
            };
            told(options, &counts)?;
            return Ok(!in_ci);
        }
    }
    let counts = scanned(place)?;
    say!("{} passed, {} failed", counts.passed, counts.failed);
    told(options, &counts)?;
    Ok(counts.failed == 0)
}

fn told(options: &Options, counts: &Counts) -> Outcome<()> {
    options
        .counts
        .as_deref()
        .map_or(Ok(()), |file| counts.write(file))
}

/// The tenant runs in this process, so that it tells what it gave away.
fn scanned(place: &Place) -> Outcome<Counts> {
    let runtime = tokio::runtime::Runtime::new()?;
    let secrets = Secrets::default();
    let options = entra_sim::TenantOptions {
        observer: Some(secrets.observer()),
        ..entra_sim::TenantOptions::default()
    };
    let tenant = runtime
        .block_on(entra_sim::start(options))
        .map_err(|error| Failure::new(error.to_string()))?;
    let info: Info = serde_json::from_value(serde_json::to_value(&tenant.info)?)?;
    let counts = walk::counted(place, &info, &secrets);
    runtime.block_on(tenant.shutdown());
    counts
}
