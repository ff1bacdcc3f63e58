//! `entra-sim serve`: the simulated tenant as a program.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use entra_sim::{Profile, TenantOptions, TenantStartError};
use tokio::io::AsyncReadExt;

#[derive(Parser)]
#[command(
    version,
    about = "A simulated Microsoft Entra tenant on loopback, for training, development and tests."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prints one line of JSON saying where the tenant is, and serves until stdin closes or a signal comes.
    Serve {
        /// Where plain http listens; loopback only.
        #[arg(long, default_value = "127.0.0.1:0")]
        http: SocketAddr,
        /// Where https listens; loopback only.
        #[arg(long, default_value = "127.0.0.1:0")]
        https: SocketAddr,
        /// Ids, passwords and passes are the same for the same seed.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// A TOML file with switches, users, clients and redirect_uris.
        #[arg(long)]
        profile: Option<PathBuf>,
    },
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Start(#[from] TenantStartError),
    #[error("cannot write to stdout")]
    Print(#[source] std::io::Error),
    #[error("cannot say where the tenant is")]
    Encode(#[from] serde_json::Error),
    #[error("cannot wait for signals")]
    Signals(#[source] std::io::Error),
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command::Serve {
        http,
        https,
        seed,
        profile,
    } = Arguments::parse().command;
    match serve(http, https, seed, profile).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let mut text = failure.to_string();
            let mut cause = std::error::Error::source(&failure);
            while let Some(error) = cause {
                text.push_str(&format!(": {error}"));
                cause = error.source();
            }
            // Nobody to tell when stderr is gone as well.
            let _ = writeln!(std::io::stderr().lock(), "entra-sim: {text}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(
    http: SocketAddr,
    https: SocketAddr,
    seed: u64,
    profile: Option<PathBuf>,
) -> Result<(), Failure> {
    let profile = profile
        .map(|path| Profile::read(&path))
        .transpose()?
        .unwrap_or_default();
    // Before the line is out: whoever reads it may end us at once.
    let signals = Signals::listen().map_err(Failure::Signals)?;
    let options = TenantOptions {
        http,
        https,
        seed,
        profile,
        observer: None,
    };
    let running = entra_sim::start(options).await?;
    let line = serde_json::to_string(&running.info)?;
    let printed = {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{line}").and_then(|()| out.flush())
    };
    if printed.is_ok() {
        tokio::select! {
            () = stdin_end() => {}
            () = signals.come() => {}
        }
    }
    running.shutdown().await;
    printed.map_err(Failure::Print)?;
    // A read of stdin cannot be taken back: without this the runtime would wait for it.
    std::process::exit(0)
}

async fn stdin_end() {
    let mut stdin = tokio::io::stdin();
    let mut sink = [0_u8; 256];
    while let Ok(read) = stdin.read(&mut sink).await {
        if read == 0 {
            break;
        }
    }
}

/// The signals that end the program.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn come(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// The signals that end the program.
#[cfg(windows)]
struct Signals {
    interrupt: tokio::signal::windows::CtrlC,
}

#[cfg(windows)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        let interrupt = tokio::signal::windows::ctrl_c()?;
        Ok(Self { interrupt })
    }

    async fn come(mut self) {
        self.interrupt.recv().await;
    }
}
