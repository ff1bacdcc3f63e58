//! The request to end, heard also while the directory wants to be left alone.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

/// Why a run ended that was asked to.
pub(crate) const ASKED: &str = "asked to stop";

/// Whether this run is asked to end.
#[derive(Default)]
pub(crate) struct Stop {
    asked: AtomicBool,
    heard: Notify,
}

impl Stop {
    pub(crate) fn ask(&self) {
        self.asked.store(true, Ordering::SeqCst);
        self.heard.notify_waiters();
    }

    pub(crate) fn asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits so long, or until the run is asked to end.
    pub(crate) async fn pause(&self, wait: Duration) {
        // It hears from here on, so that nothing is missed between the look and the wait.
        let heard = self.heard.notified();
        if self.asked() {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = heard => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_waits_hears_the_request_to_end_n11() {
        let stop = std::sync::Arc::new(Stop::default());
        let waiting = std::sync::Arc::clone(&stop);
        let begun = tokio::time::Instant::now();
        let pause = tokio::spawn(async move { waiting.pause(Duration::from_secs(300)).await });
        tokio::time::sleep(Duration::from_secs(2)).await;
        stop.ask();
        pause.await.unwrap();
        stop.pause(Duration::from_secs(300)).await;
        assert_eq!(begun.elapsed(), Duration::from_secs(2));
    }
}
