//! `madoguchi --config FILE --data-dir DIR`

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// A counter for handing out passwordless sign-in.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// The configuration file.
    #[arg(long, value_name = "FILE", default_value_os_t = host::paths::config_file())]
    config: PathBuf,
    /// The folder of the record.
    #[cfg(not(feature = "training"))]
    #[arg(long, value_name = "DIR", default_value_os_t = host::paths::data_dir())]
    data_dir: PathBuf,
}

fn main() -> ExitCode {
    host::panic::end_the_process_on_panic();
    let args = Args::parse();
    prepare_environment();
    tracing_subscriber::fmt()
        .with_env_filter("warn,madoguchi_app=info,station=info,entra=info")
        .with_writer(std::io::stderr)
        .init();
    if let Err(error) = host::process::harden() {
        tracing::warn!(%error, "the process could not be hardened");
    }
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(std::io::stderr().lock(), "madoguchi: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the app as the only one that keeps that record.
#[cfg(not(feature = "training"))]
fn run(args: &Args) -> Result<(), String> {
    let held = match host::lock::hold(&args.data_dir) {
        Ok(held) => held,
        Err(why) => {
            tracing::error!(%why, folder = %args.data_dir.display(), "the data folder cannot be had");
            return madoguchi_app::run_without_folder(&args.config, &args.data_dir, &why)
                .map_err(|error| format!("{why}, and no window can say so: {error}"));
        }
    };
    madoguchi_app::run(&args.config, &args.data_dir, held).map_err(|error| error.to_string())
}

/// Runs a lesson; each has a record of its own.
#[cfg(feature = "training")]
fn run(args: &Args) -> Result<(), String> {
    madoguchi_app::train(&args.config).map_err(|error| error.to_string())
}

/// Removes what could open the web view up from outside, before the first thread starts.
fn prepare_environment() {
    let names: Vec<_> = std::env::vars_os()
        .filter_map(|(name, _)| name.into_string().ok())
        .collect();
    for name in names {
        let automation =
            madoguchi_app::AUTOMATION && host::process::AUTOMATION_NAMES.contains(&name.as_str());
        if host::process::is_scrubbed(&name) && !automation {
            // SAFETY: no other thread runs yet.
            unsafe { std::env::remove_var(&name) };
        }
    }
    // WebKitGTK shows a blank window on some drivers otherwise.
    if cfg!(target_os = "linux") && std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        // SAFETY: no other thread runs yet.
        unsafe { std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1") };
    }
}
