//! The system's wish that the app ends: what is on its way to the record is written first.

use std::time::Duration;

use station::Station;
use tauri::{AppHandle, Runtime};

/// The record may hang; the system's patience ends as well.
const LIMIT: Duration = Duration::from_secs(5);

/// Waits for the system's signal, then ends the app as soon as the station is done.
#[cfg(unix)]
pub(crate) async fn follow<R: Runtime>(app: AppHandle<R>, station: Station) {
    use tokio::signal::unix::{SignalKind, signal};
    let all = || {
        let [terminate, interrupt, hangup] = [
            SignalKind::terminate(),
            SignalKind::interrupt(),
            SignalKind::hangup(),
        ]
        .map(signal);
        Ok::<_, std::io::Error>((terminate?, interrupt?, hangup?))
    };
    let (mut terminate, mut interrupt, mut hangup) = match all() {
        Ok(signals) => signals,
        Err(error) => {
            tracing::warn!(%error, "the system's signals end the app at once");
            return;
        }
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        _ = hangup.recv() => {}
    }
    tracing::info!("the system ends the app");
    let _in_time = tokio::time::timeout(LIMIT, ended(&station)).await;
    app.exit(0);
}

#[cfg(unix)]
async fn ended(station: &Station) {
    let mut changes = station.changes();
    station.stop().await;
    // A station that is gone has nothing to write either.
    let _ = changes.wait_for(|change| change.closing).await;
}

#[cfg(not(unix))]
pub(crate) async fn follow<R: Runtime>(_app: AppHandle<R>, _station: Station) {
    std::future::ready(()).await;
}
