//! The unattended job that changes the passwords nobody knows.
//!
//! The roll is a security group, the directory's date of the last change is the clock, and a ledger tells our own
//! changes from anybody else's. [`plan`] says who is due, of values alone; [`rotate()`] reads the roll, looks at each person
//! once more, and sets a value that is drawn, sent once and wiped.
//!
//! It is no part of a station: it has a registration, a configuration file, a folder and a record of its own. Whom it
//! does not reach by itself, people synchronised from on premises, an operator does who signs in for it
//! ([`JobSetup::of_station`]).

mod access;
mod asking;
mod came;
mod change;
mod check;
mod config;
mod due;
mod early;
mod folder;
mod growth;
mod last_run;
mod ledger;
mod of_station;
mod pace;
mod person;
pub mod plan;
mod record;
mod report;
mod roll;
mod rotate;
mod stop;

use std::path::Path;
use std::sync::Arc;

pub use check::Checked;
pub use config::{ConfigErrors, JobSetup, late};
pub use of_station::OfStation;
pub use report::{Ending, Line, Listener, PersonOutcome, Summary};
pub use rotate::Wish;

use stop::Stop;

/// Changes what is due. A request to end (SIGTERM, Ctrl-C) is obeyed after the person in hand.
///
/// # Errors
/// When this process can have no runtime.
pub fn rotate(
    setup: &JobSetup,
    folder: &Path,
    wish: &Wish,
    out: &mut dyn Listener,
) -> std::io::Result<Ending> {
    on_this_thread(async {
        let stop = Arc::new(Stop::default());
        let heard = tokio::spawn(listen(Arc::clone(&stop)));
        let ending = rotate::rotate(setup, folder, wish, &stop, out).await;
        heard.abort();
        ending
    })
}

/// Says who is due, and changes nothing.
///
/// # Errors
/// When this process can have no runtime.
pub fn due(setup: &JobSetup, folder: &Path, out: &mut dyn Listener) -> std::io::Result<Ending> {
    on_this_thread(due::due(setup, folder, out))
}

/// Looks at the key of a configuration, at the job's folder and, where `online`, at what the directory lets the app read.
///
/// # Errors
/// When this process can have no runtime.
pub fn check(setup: &JobSetup, folder: &Path, online: bool) -> std::io::Result<Checked> {
    on_this_thread(check::check(setup, folder, online))
}

/// Tries a key before it is kept: whether it signs for the certificate of this configuration.
///
/// # Errors
/// Why not, in words.
pub fn try_key(setup: &JobSetup, key: &[u8]) -> Result<(), String> {
    access::tried(setup, key).map(drop)
}

fn on_this_thread<T>(work: impl Future<Output = T>) -> std::io::Result<T> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    Ok(runtime.enable_all().build()?.block_on(work))
}

async fn listen(stop: Arc<Stop>) {
    ended().await;
    stop.ask();
}

#[cfg(unix)]
async fn ended() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        () = interrupted() => {}
    }
}

#[cfg(not(unix))]
async fn ended() {
    interrupted().await;
}

/// Where it cannot be heard nobody asked.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
