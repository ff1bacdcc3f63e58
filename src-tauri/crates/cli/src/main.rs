//! `madoguchictl --config FILE --data-dir DIR`: `config check [FILE]`, `config schema`, `proxy store`,
//! `proxy forget`, `mail store`, `mail forget`, `record verify [FILE]`, `record export [FILE]` and `record accept`; with the feature `passwords` also
//! `passwords check | due | rotate | keep-key | forget-key`.

mod accept;
mod configured;
mod failure;
#[cfg(feature = "manual")]
mod manual;
#[cfg(feature = "passwords")]
mod passwords;
mod record;
mod sheet;
mod told;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use audit::harmless;
use clap::{Parser, Subcommand};
use host::name_and_password::ToldTo;
use station::config::Config;

use crate::failure::shown;

/// What a password that nobody is to know passes through is overwritten when it is freed.
#[cfg(feature = "passwords")]
#[global_allocator]
static MEMORY: wiping::Wiping = wiping::Wiping;

/// Looks after a station's configuration and record, without a window.
#[derive(Parser)]
#[command(name = "madoguchictl", version, after_help = EXIT_CODES)]
struct Arguments {
    /// The configuration file; that of the station without it, and that of the job for `passwords`.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the record; that of the station without it, and that of the job for `passwords`.
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    #[command(subcommand)]
    subject: Subject,
}

#[derive(Subcommand)]
enum Subject {
    /// The configuration file.
    #[command(subcommand)]
    Config(Task),
    /// What the proxy of the configuration is told.
    #[command(subcommand)]
    Proxy(told::Task),
    /// What the mail relay of the configuration is told.
    #[command(subcommand)]
    Mail(told::Task),
    /// What was written down.
    #[command(subcommand)]
    Record(record::Task),
    /// The unattended job that changes the passwords nobody knows.
    #[cfg(feature = "passwords")]
    #[command(subcommand)]
    Passwords(passwords::Task),
    /// Write the manual pages and completions of all the others.
    #[cfg(feature = "manual")]
    #[command(hide = true)]
    Manual {
        /// The folder they go into.
        folder: PathBuf,
    },
}

#[derive(Subcommand)]
enum Task {
    /// Say everything that is wrong with a configuration and the packs it names: line, key and what is allowed.
    Check {
        /// The file to check; that of --config without it.
        file: Option<PathBuf>,
    },
    /// Print the JSON schema of the file.
    Schema,
}

const EXIT_CODES: &str = "Exit codes: 0 good, 1 output failed, 2 wrong usage, 3 the record is damaged, \
    4 not a record, made by a newer version or not to be read, 5 nothing was accepted: the app runs, or this user may \
    not write to the folder of the configuration, 6 nothing was kept or forgotten for the proxy or the mail relay, 9 something is wrong with the configuration. \
    Those of passwords: 0 all done, 3 some were skipped, 4 some failed and it can be run again, 5 stopped by a safety \
    rule, 6 no key was kept or forgotten, 9 something is wrong with the configuration";

/// The record's name in the data folder.
const RECORD: &str = "record.sqlite3";

/// Exit code of a configuration that cannot be used.
const BAD_CONFIG: u8 = 9;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let told = run(arguments.subject, arguments.config, arguments.data_dir);
    told.unwrap_or(ExitCode::FAILURE)
}

fn run(
    subject: Subject,
    config: Option<PathBuf>,
    data_dir: Option<PathBuf>,
) -> io::Result<ExitCode> {
    let of_station = || config.clone().unwrap_or_else(host::paths::config_file);
    let folder = || data_dir.clone().unwrap_or_else(host::paths::data_dir);
    match subject {
        Subject::Config(Task::Check { file }) => {
            let file = file.unwrap_or_else(of_station);
            #[cfg(feature = "passwords")]
            if let Some(told) = passwords::check_as_file_of_the_job(&file) {
                return told;
            }
            check(&file, &folder())
        }
        Subject::Config(Task::Schema) => schema(),
        Subject::Proxy(task) => told::run(ToldTo::Proxy, &task),
        Subject::Mail(task) => told::run(ToldTo::MailRelay, &task),
        Subject::Record(task) => Ok(record::run(task, folder().join(RECORD), &of_station())),
        #[cfg(feature = "passwords")]
        Subject::Passwords(task) => passwords::run(&task, config, data_dir),
        #[cfg(feature = "manual")]
        Subject::Manual { folder } => {
            manual::write(&<Arguments as clap::CommandFactory>::command(), &folder)
        }
    }
}

/// What was found goes to standard error, a clean bill to standard output.
fn check(file: &Path, data_dir: &Path) -> io::Result<ExitCode> {
    let (versions, problems) = match found(file) {
        Ok(found) => found,
        Err(problems) => (Vec::new(), problems),
    };
    if problems.is_empty() {
        let record = data_dir.join(RECORD);
        let mut out = io::stdout().lock();
        writeln!(out, "{}: good", shown(file))?;
        for version in versions {
            writeln!(out, "{}", harmless(&version))?;
        }
        writeln!(out, "the record of this station: {}", shown(&record))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = io::stderr().lock();
    for problem in problems {
        writeln!(out, "{}: {}", shown(file), harmless(&problem))?;
    }
    for version in versions {
        writeln!(out, "in use all the same: {}", harmless(&version))?;
    }
    Ok(ExitCode::from(BAD_CONFIG))
}

/// Packs and languages in force with what else there is to say, and what of the site's folder is not used.
type Found = (Vec<String>, Vec<String>);

/// What a station would work with, or what keeps it from starting with this file.
fn found(file: &Path) -> Result<Found, Vec<String>> {
    let (setup, exposed) = configured::read(file)?;
    #[cfg(feature = "passwords")]
    let exposed = exposed
        .into_iter()
        .chain(passwords::signed_in::careful(&setup));
    let packs = setup.packs;
    let told = packs.told().chain(exposed).collect();
    Ok((told, packs.problems))
}

fn schema() -> io::Result<ExitCode> {
    let text = serde_json::to_string_pretty(&Config::schema())?;
    writeln!(io::stdout().lock(), "{text}")?;
    Ok(ExitCode::SUCCESS)
}
