//! The unattended job that changes the passwords nobody knows. It has a configuration file and a folder of its own,
//! which `--config` and `--data-dir` name here.

mod signed_in;

use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use audit::harmless;
use clap::Subcommand;
use host::credentials::CredentialStore;
use password_job::plan::Shard;
use password_job::{Ending, JobSetup, Line, Listener, Summary, Wish};

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
const BAR: usize = 30;

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
    if let Some((wish, every_days, json)) = signed_in::wished(task) {
        return signed_in::rotate(&wish, every_days, json, config, folder);
    }
    let config = config.unwrap_or_else(host::paths::job_config_file);
    let folder = folder.unwrap_or_else(host::paths::job_dir);
    let setup = match JobSetup::read(&config) {
        Ok(setup) => setup,
        Err(errors) => {
            let mut out = io::stderr().lock();
            for line in &errors.0 {
                writeln!(out, "{}: {}", shown(&config), harmless(line))?;
            }
            return Ok(ExitCode::from(Ending::Configuration.exit_code()));
        }
    };
    work(task, &config, &setup, &folder)
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

/// Says what comes of it: lines to standard output, a bar and what to look at to standard error.
struct Teller {
    json: bool,
    bar: bool,
    /// What went wrong with the output first; the job goes on, for it has begun.
    fault: Option<io::Error>,
    /// The browser for who signs in, as an argument vector; none is the system's.
    browser: Option<Vec<String>>,
}

impl Teller {
    fn new(json: bool) -> Self {
        Self {
            browser: None,
            json,
            bar: io::stderr().is_terminal(),
            fault: None,
        }
    }

    fn put(&mut self, text: &str) {
        let written = writeln!(io::stdout().lock(), "{text}");
        if let Err(error) = written {
            self.fault.get_or_insert(error);
        }
    }

    fn tell(&mut self, text: &str) {
        let written = write!(io::stderr().lock(), "{text}").and_then(|()| io::stderr().flush());
        if let Err(error) = written {
            self.fault.get_or_insert(error);
        }
    }

    fn clear_bar(&mut self) {
        if self.bar {
            self.tell("\r\x1b[K");
        }
    }
}

impl Listener for Teller {
    fn line(&mut self, line: &Line) {
        self.clear_bar();
        if self.json {
            match serde_json::to_string(line) {
                Ok(text) => self.put(&text),
                Err(error) => self.fault = Some(error.into()),
            }
            return;
        }
        let time = |time: &Option<String>| time.clone().unwrap_or_else(|| "-".to_owned());
        let text = format!(
            "{:<8} {}  {}  last {}  next {}",
            line.result.word(),
            harmless(&line.upn),
            line.reason,
            time(&line.last_change),
            time(&line.next)
        );
        self.put(&text);
    }

    fn progress(&mut self, done: usize, of: usize) {
        if !self.bar || of == 0 {
            return;
        }
        let full = BAR * done / of;
        let bar = format!("{}{}", "#".repeat(full), ".".repeat(BAR - full));
        let end = if done == of { "\n" } else { "" };
        self.tell(&format!("\r\x1b[K[{bar}] {done}/{of}{end}"));
    }

    fn warning(&mut self, text: &str) {
        let text = format!("careful: {}\n", harmless(text));
        self.clear_bar();
        self.tell(&text);
    }

    fn sign_in(&mut self, address: &str) {
        self.tell(&format!("sign in at {address}\n"));
        if let Err(error) = host::browser::open(self.browser.as_deref(), address) {
            self.tell(&format!("careful: {error}: open that address yourself\n"));
        }
    }

    fn summary(&mut self, summary: &Summary) {
        if self.json {
            match serde_json::to_string(&serde_json::json!({ "summary": summary })) {
                Ok(text) => self.put(&text),
                Err(error) => self.fault = Some(error.into()),
            }
            return;
        }
        let why = summary
            .why
            .as_deref()
            .map_or(String::new(), |why| format!(" ({})", harmless(why)));
        let overdue = summary
            .overdue
            .map_or("unknown how many".to_owned(), |overdue| overdue.to_string());
        let estimate = summary.estimate_s.map_or(String::new(), |seconds| {
            format!(", a run would take about {seconds} s")
        });
        self.put(&format!(
            "{} on the roll, {} due: {} changed, {} skipped, {} failed, {overdue} overdue{why}{estimate}",
            summary.roll,
            summary.due,
            summary.rotated,
            summary.skipped,
            summary.failed
        ));
    }
}
