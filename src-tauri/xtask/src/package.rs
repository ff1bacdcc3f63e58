//! `cargo xtask package`: what a site installs. Debian's packages today; nothing is uploaded or signed.

mod control;
mod copyright;
mod linux;
mod parts;
mod release;
mod sbom;
mod tree;
mod trial;

use std::path::PathBuf;

use workplace::{Outcome, Place, packing, say};

use self::release::{Programs, Release};

/// What to pack, and where to.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The system the packages are for.
    #[arg(long = "for", value_name = "SYSTEM", value_enum, default_value_t = System::Linux)]
    system: System,
    /// The folder the packages go into.
    #[arg(long, value_name = "DIR", default_value = "packages")]
    out: PathBuf,
    /// A folder with a finished `madoguchi` and `madoguchictl`, which are packed instead of being built.
    #[arg(long, value_name = "DIR")]
    programs: Option<PathBuf>,
    /// What stands behind the source's version, for a site that packs the same version twice: "+site2".
    #[arg(long, value_name = "TEXT", default_value = "")]
    suffix: String,
    /// Then install, update, remove and purge them in a clean Debian, and look at what is kept.
    #[arg(long = "try")]
    trial: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum System {
    /// Debian and Ubuntu.
    Linux,
}

/// True when the packages are made and nothing is held against them.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    match options.system {
        System::Linux => linux(place, options),
    }
}

fn linux(place: &Place, options: &Options) -> Outcome<bool> {
    packing::tools()?;
    let release = Release::of(place, &options.suffix)?;
    let programs = Programs::of(place, options.programs.as_deref(), &release)?;
    let files = linux::make(place, &programs, &release, &options.out)?;
    let sound = linux::examine(place, &files)?;
    for file in &files {
        let kib = file.metadata()?.len().div_ceil(1024);
        say!("{} ({kib} KiB)", file.display());
    }
    if !options.trial {
        return Ok(sound);
    }
    let mut next = Release::of(place, &format!("{}+next", options.suffix))?;
    // Nobody downloads it.
    next.effort = 0;
    let folder = place.target.join("package").join("next");
    let newer = linux::make(place, &programs, &next, &folder)?;
    Ok(trial::run(place, &files, &newer)? && sound)
}
