//! From the first line of `main` to the first window: what has to be done before there is a thread.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use host::config_file::ConfigFile;
use host::environment::{Environment, Trust};
use host::sandbox::{self, Sandbox};
use station::config::{Config, ModeName};

use crate::beginning::Beginning;
use crate::state::AUTOMATION;

/// A counter for handing out passwordless sign-in.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// The configuration file.
    #[arg(long, value_name = "FILE", default_value_os_t = host::paths::config_file())]
    config: PathBuf,
    /// The folder of the record; by default where the system keeps the user's state.
    #[cfg(not(feature = "training"))]
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
}

/// The app, from its first line to its last.
#[must_use]
pub fn launch() -> ExitCode {
    match begun_and_run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(std::io::stderr().lock(), "madoguchi: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn begun_and_run() -> Result<(), String> {
    let environment = host::environment::begin().map_err(|error| error.to_string())?;
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let args = Args::parse();
    // SAFETY: nothing above starts a thread.
    let beginning = unsafe { prepare(environment, args.config.clone()) };
    tracing_subscriber::fmt()
        .with_env_filter("warn,madoguchi_app=info,station=info,entra=info")
        .with_ansi(colours)
        .with_writer(std::io::stderr)
        .init();
    if let Err(error) = host::process::harden() {
        tracing::warn!(%error, "the process could not be hardened");
    }
    run(&args, beginning)
}

/// Runs the app as the only one that keeps that record.
#[cfg(not(feature = "training"))]
fn run(args: &Args, beginning: Beginning) -> Result<(), String> {
    // Only the cleaned environment says where that is.
    let data_dir = args.data_dir.clone();
    let data_dir = data_dir.unwrap_or_else(host::paths::data_dir);
    let held = match host::lock::hold(&data_dir) {
        Ok(held) => held,
        Err(why) => {
            tracing::error!(%why, folder = %data_dir.display(), "the data folder cannot be had");
            return crate::run_without_folder(&beginning, &data_dir, &why)
                .map_err(|error| format!("{why}, and no window can say so: {error}"));
        }
    };
    crate::run(&beginning, &data_dir, held).map_err(|error| error.to_string())
}

/// Runs a lesson; each has a record of its own.
#[cfg(feature = "training")]
fn run(_args: &Args, beginning: Beginning) -> Result<(), String> {
    crate::train(beginning).map_err(|error| error.to_string())
}

/// Reads what has to be known of the configuration, cleans the environment and tries the web view's sandbox.
///
/// # Safety
/// No other thread may run.
unsafe fn prepare(environment: Environment, config: PathBuf) -> Beginning {
    let file = host::config_file::read(&config);
    let trust = trust(file.as_ref().ok());
    let kept: &[&str] = if AUTOMATION {
        &host::process::AUTOMATION_NAMES
    } else {
        &[]
    };
    // SAFETY: no other thread runs yet.
    let removed = unsafe { environment.clean(trust, kept) };
    let sandbox = sandbox::trial();
    match sandbox {
        Sandbox::On => {
            let (name, value) = sandbox::VARIABLE;
            // SAFETY: no other thread runs yet.
            unsafe { std::env::set_var(name, value) };
        }
        Sandbox::NotHere | Sandbox::OfTheSystem => {}
    }
    // WebKitGTK shows a blank window on some drivers otherwise.
    if cfg!(target_os = "linux") && std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        // SAFETY: no other thread runs yet.
        unsafe { std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1") };
    }
    Beginning {
        config,
        file,
        removed,
        sandbox,
    }
}

/// A configuration that cannot be read says nothing about the machine, so the machine is taken for a public one.
fn trust(file: Option<&ConfigFile>) -> Trust {
    let mode = file.and_then(|file| Config::mode_of(&file.text));
    match mode {
        Some(ModeName::Desk) => Trust::Desk,
        Some(ModeName::Kiosk) | None => Trust::Kiosk,
    }
}
