//! The unattended job that changes the passwords nobody knows. It has a configuration file and a folder of its own,
//! which `--config` and `--data-dir` name here.

pub(crate) mod signed_in;
mod teller;

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use audit::harmless;
use clap::Subcommand;
use host::credentials::CredentialStore;
use password_job::plan::Shard;
use password_job::{Ending, JobSetup, Listener, Wish};

use self::teller::Teller;
use crate::failure::shown;

#[derive(Subcommand)]
pub(crate) enum Task {
    /// Say everything that is wrong with the job's configuration and its key.
    Check {
        /// Also ask the directory what the job may read.
        #[arg(long)]
        online: bool,
    },
    /// Say whose password is due.
    Due {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Change what is due.
    Rotate {
        /// Change nothing: say what would be changed, and how long that would take.
        #[arg(long)]
        dry_run: bool,
        /// Change no more passwords than so many.
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
        /// Only this part of the roll: the first of two is 1/2.
        #[arg(long, value_name = "I/N", value_parser = shard)]
        shard: Option<Shard>,
        /// The roll grew by more than a fifth or 200 people, and that is right.
        #[arg(long)]
        accept_growth: bool,
        /// For people synchronised from on premises, at a desk's own machine: as whoever signs in, by the station's
        /// configuration (`way = "reset"`), while the station's app is closed.
        #[arg(long, conflicts_with = "shard")]
        sign_in: bool,
        /// The age at which their passwords are changed; what the directory on premises wants no cloud tells.
        #[arg(long, value_name = "DAYS", requires = "sign_in")]
        every_days: Option<u32>,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Read the private key of the job's certificate (PEM) from standard input, and keep it for this user.
    KeepKey,
    /// Forget it.
    ForgetKey,
}

/// Exit code where nothing was kept or forgotten.
const NOT_KEPT: u8 = 6;
/// A key is some kilobytes.
const LONGEST_KEY: u64 = 64 * 1024;

pub(crate) fn run(
    task: &Task,
    config: Option<PathBuf>,
    folder: Option<PathBuf>,
) -> io::Result<ExitCode> {
    // Values and keys are in this process's memory for a moment: no core holds them, and no other process of this
    // user looks.
    if let Err(error) = host::process::harden() {
        writeln!(
            io::stderr().lock(),
            "careful: the process is not hardened: {error}"
        )?;
    }
    if matches!(task, Task::ForgetKey) {
        let done = host::kept_key::forget(&CredentialStore::system());
        return kept(done.map_err(|error| error.to_string()), "forgotten");
    }
    if let Some((wish, every_days, json)) = wished(task) {
        return signed_in::rotate(&wish, every_days, json, config, folder);
    }
    let config = config.unwrap_or_else(host::paths::job_config_file);
    let folder = folder.unwrap_or_else(host::paths::job_dir);
    let setup = match JobSetup::read(&config) {
        Ok(setup) => setup,
        Err(errors) => return told_wrong(&config, &errors.0),
    };
    work(task, &config, &setup, &folder)
}

/// `config check` of the job's file, where this is one. The file alone is looked at: its key may be for the job's user
/// alone to read, which `passwords check` is run as.
pub(crate) fn check_as_file_of_the_job(file: &Path) -> Option<io::Result<ExitCode>> {
    let read = host::config_file::read(file).ok()?;
    JobSetup::is_meant_by(&read.text).then(|| checked_alone(file))
}

fn checked_alone(file: &Path) -> io::Result<ExitCode> {
    let setup = match JobSetup::read(file) {
        Ok(setup) => setup,
        Err(errors) => return told_wrong(file, &errors.0),
    };
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{}: good, as the file of the password job",
        shown(file)
    )?;
    for warning in &setup.warnings {
        writeln!(out, "careful: {}", harmless(warning))?;
    }
    writeln!(
        out,
        "its key and folder: madoguchictl passwords check, as the job's user"
    )?;
    Ok(ExitCode::SUCCESS)
}

fn told_wrong(file: &Path, wrong: &[String]) -> io::Result<ExitCode> {
    let mut out = io::stderr().lock();
    for line in wrong {
        writeln!(out, "{}: {}", shown(file), harmless(line))?;
    }
    Ok(ExitCode::from(Ending::Configuration.exit_code()))
}

/// What is wished, where somebody is to sign in for it; the age, and whether lines are JSON.
fn wished(task: &Task) -> Option<(Wish, Option<u32>, bool)> {
    let Task::Rotate {
        dry_run,
        limit,
        accept_growth,
        json,
        sign_in: true,
        every_days,
        shard: None,
    } = task
    else {
        return None;
    };
    let wish = Wish {
        dry_run: *dry_run,
        limit: *limit,
        shard: None,
        accept_growth: *accept_growth,
    };
    Some((wish, *every_days, *json))
}

fn work(task: &Task, config: &Path, setup: &JobSetup, folder: &Path) -> io::Result<ExitCode> {
    let ending = match task {
        Task::Check { online } => return check(config, setup, folder, *online),
        Task::Due { json } => {
            let mut teller = Teller::new(*json);
            let ending = password_job::due(setup, folder, &mut teller)?;
            teller.fault.map_or(Ok(ending), Err)?
        }
        Task::Rotate {
            dry_run,
            limit,
            shard,
            accept_growth,
            json,
            sign_in: _,
            every_days: _,
        } => {
            let wish = Wish {
                dry_run: *dry_run,
                limit: *limit,
                shard: *shard,
                accept_growth: *accept_growth,
            };
            let mut teller = Teller::new(*json);
            for warning in &setup.warnings {
                teller.warning(warning);
            }
            let ending = password_job::rotate(setup, folder, &wish, &mut teller)?;
            teller.fault.map_or(Ok(ending), Err)?
        }
        Task::KeepKey => return keep_key(setup),
        Task::ForgetKey => return Ok(ExitCode::SUCCESS),
    };
    Ok(ExitCode::from(ending.exit_code()))
}

fn check(config: &Path, setup: &JobSetup, folder: &Path, online: bool) -> io::Result<ExitCode> {
    let checked = password_job::check(setup, folder, online)?;
    let name = shown(config);
    let mut err = io::stderr().lock();
    for text in &checked.wrong {
        writeln!(err, "{name}: {}", harmless(text))?;
    }
    for text in &checked.warnings {
        writeln!(err, "{name}: careful: {}", harmless(text))?;
    }
    let mut out = io::stdout().lock();
    for text in &checked.good {
        writeln!(out, "{}", harmless(text))?;
    }
    if checked.wrong.is_empty() {
        writeln!(out, "{name}: good")?;
    }
    Ok(ExitCode::from(checked.ending.exit_code()))
}

/// Keeps a key that was tried: what is no key, or another certificate's, leaves the one before where it is.
fn keep_key(setup: &JobSetup) -> io::Result<ExitCode> {
    // It never grows, so that no copy stays behind.
    let mut key = Vec::with_capacity(usize::try_from(LONGEST_KEY).unwrap_or_default());
    io::stdin().lock().take(LONGEST_KEY).read_to_end(&mut key)?;
    let done = password_job::try_key(setup, &key).and_then(|()| {
        host::kept_key::keep(&CredentialStore::system(), &key).map_err(|error| error.to_string())
    });
    kept(done, "kept")
}

fn kept(done: Result<(), String>, said: &str) -> io::Result<ExitCode> {
    match done {
        Ok(()) => {
            writeln!(io::stdout().lock(), "{said}, for this user on this machine")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            writeln!(io::stderr().lock(), "not {said}: {error}")?;
            Ok(ExitCode::from(NOT_KEPT))
        }
    }
}

fn shard(text: &str) -> Result<Shard, String> {
    Shard::parse(text).ok_or_else(|| "I/N, where I is 1 to N and N is at most 64".to_owned())
}
