//! What one run packs: the programs, the version and the time that stands for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use workplace::{
    During, Failure, Outcome, Place, app, cargo, not_progress, output, say, setup, stream,
};

use super::control;

/// Version and time of everything in the packages.
pub(super) struct Release {
    /// The version of the source.
    pub(super) of_source: String,
    /// The version of the packages.
    pub(super) version: String,
    /// When the last commit was made, in seconds; the same source makes the same bytes.
    pub(super) epoch: String,
    /// The same for a changelog (RFC 5322).
    pub(super) mail_date: String,
    /// The same for programs (RFC 3339).
    pub(super) timestamp: String,
    /// How hard xz tries, from 0 to 9.
    pub(super) effort: u8,
}

impl Release {
    /// That of the source as it was committed last.
    pub(super) fn of(place: &Place, suffix: &str) -> Outcome<Self> {
        let manifest = fs::read_to_string(place.root.join("Cargo.toml")).during("Cargo.toml")?;
        let manifest: toml::Table = toml::from_str(&manifest).during("Cargo.toml")?;
        let of_source = manifest
            .get("workspace")
            .and_then(|table| table.get("package"))
            .and_then(|table| table.get("version"))
            .and_then(toml::Value::as_str)
            .ok_or_else(|| Failure::new("Cargo.toml has no workspace.package.version"))?
            .to_owned();
        let epoch = output(
            Command::new("git")
                .args(["log", "-1", "--format=%ct"])
                .current_dir(&place.root),
        )
        .during("the time of the last commit")?;
        let epoch = epoch.trim().to_owned();
        let date = |form: &str| {
            let moment = format!("@{epoch}");
            let mut command = Command::new("date");
            command.env("LC_ALL", "C").args(["-u", "-d", &moment, form]);
            output(&mut command).map(|said| said.trim().to_owned())
        };
        Ok(Self {
            version: control::version(&of_source, suffix)?,
            of_source,
            mail_date: date("+%a, %d %b %Y %H:%M:%S +0000")?,
            timestamp: date("+%Y-%m-%dT%H:%M:%SZ")?,
            epoch,
            effort: 6,
        })
    }
}

/// The finished programs.
pub(super) struct Programs {
    pub(super) app: PathBuf,
    pub(super) control: PathBuf,
}

impl Programs {
    /// Those of that folder, or built as they are shipped.
    pub(super) fn of(place: &Place, folder: Option<&Path>, release: &Release) -> Outcome<Self> {
        let folder = match folder {
            Some(folder) => std::path::absolute(folder)?,
            None => built(place)?,
        };
        let programs = Self {
            app: folder.join("madoguchi"),
            control: folder.join("madoguchictl"),
        };
        for program in [&programs.app, &programs.control] {
            let said = output(Command::new(program).arg("--version"))?;
            if said.split_whitespace().last() != Some(release.of_source.as_str()) {
                return Err(Failure::new(format!(
                    "{} is not of version {}: {said}",
                    program.display(),
                    release.of_source
                )));
            }
        }
        let job = Command::new(&programs.control)
            .args(["passwords", "--help"])
            .output()?;
        if job.status.success() {
            return Err(Failure::new(format!(
                "{} holds the password job, which is for no counter; build it with --no-default-features",
                programs.control.display()
            )));
        }
        Ok(programs)
    }
}

/// Builds both beside every other build, because their flags are others; cargo itself knows what is stale.
fn built(place: &Place) -> Outcome<PathBuf> {
    setup::everything(place)?;
    let target = place.target.join("package").join("build");
    say!("Building the programs as they are shipped; the first time takes a quarter of an hour …");
    let app = ["-p", "madoguchi", "--features", app::FEATURES];
    let control = ["-p", "cli", "--no-default-features"];
    for wanted in [&app[..], &control[..]] {
        let mut command = cargo(place);
        command
            .args(["build", "--quiet", "--release", "--locked"])
            .args(wanted)
            .env("CARGO_TARGET_DIR", &target)
            .env(
                "RUSTFLAGS",
                remapped(place, &target, "--remap-path-prefix="),
            )
            .env("CFLAGS", remapped(place, &target, "-ffile-prefix-map="))
            .env("CXXFLAGS", remapped(place, &target, "-ffile-prefix-map="));
        if !stream(&mut command, not_progress)?.ok {
            return Err(Failure::new("the programs could not be built"));
        }
    }
    Ok(target.join("release"))
}

/// Flags that keep this machine's folders out of the programs; of several that fit, a compiler takes the last.
fn remapped(place: &Place, target: &Path, flag: &str) -> String {
    let home = std::env::home_dir().unwrap_or_default();
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let rustup =
        std::env::var_os("RUSTUP_HOME").map_or_else(|| home.join(".rustup"), PathBuf::from);
    [
        (&*place.root, "/source"),
        (&*cargo, "/cargo"),
        (&*rustup, "/rustup"),
        (target, "/build"),
    ]
    .map(|(from, to)| format!("{flag}{}={to}", from.display()))
    .join(" ")
}
