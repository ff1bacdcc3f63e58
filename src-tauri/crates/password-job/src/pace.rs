//! How fast the directory is asked.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// So many in every window of time.
pub(crate) struct Pace {
    most: usize,
    window: Duration,
    begun: VecDeque<Instant>,
}

impl Pace {
    pub(crate) fn new(most: usize, window: Duration) -> Self {
        let most = most.max(1);
        Self {
            most,
            window,
            begun: VecDeque::with_capacity(most),
        }
    }

    /// Waits until another one may begin, and begins it.
    pub(crate) async fn turn(&mut self) {
        if self.begun.len() == self.most
            && let Some(oldest) = self.begun.pop_front()
        {
            tokio::time::sleep_until(oldest + self.window).await;
        }
        self.begun.push_back(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_window_holds_more_than_it_may_n24() {
        let mut pace = Pace::new(2, Duration::from_secs(10));
        let mut begun = Vec::new();
        for _ in 0..9 {
            pace.turn().await;
            begun.push(Instant::now());
        }
        for three in begun.windows(3) {
            assert!(three[2] - three[0] >= Duration::from_secs(10));
        }
        assert_eq!(begun[8] - begun[0], Duration::from_secs(40));
    }
}
