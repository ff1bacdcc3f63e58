//! When the system wants the app to end.

/// Returns when the system asks the app to end: it stops the service, or the session is closed.
///
/// # Errors
/// The system does not let the app listen for that.
#[cfg(unix)]
pub async fn until_terminated() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// Returns when the system asks the app to end.
///
/// # Errors
/// The system does not let the app listen for that.
#[cfg(not(unix))]
pub async fn until_terminated() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
