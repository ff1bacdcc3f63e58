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

    /// The same for one of so many parts that work beside each other: together they keep the pace.
    pub(crate) fn shared(most: usize, window: Duration, parts: u32) -> Self {
        let parts = parts.max(1);
        match most / usize::try_from(parts).unwrap_or(usize::MAX) {
            0 => Self::new(most, window * parts),
            share => Self::new(share, window),
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

    #[test]
    fn parts_share_a_pace_n24() {
        let second = Duration::from_secs(1);
        for (most, parts, expected) in [
            (10, 1, (10, second)),
            (10, 3, (3, second)),
            (2, 2, (1, second)),
            (2, 3, (2, second * 3)),
        ] {
            let pace = Pace::shared(most, second, parts);
            assert_eq!((pace.most, pace.window), expected, "{most} by {parts}");
        }
    }
}
