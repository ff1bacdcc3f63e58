//! Being asked to stop.

use rustix::process::{Signal, set_parent_process_death_signal};
use workplace::{During, Outcome};

/// Until the user or the system asks us to stop.
pub(crate) async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}

/// Asks the system to stop us as well when the program that started us ends, whatever ended it.
pub(crate) fn with_our_parent() -> Outcome<()> {
    set_parent_process_death_signal(Some(Signal::TERM)).during("the end of the tests")
}
