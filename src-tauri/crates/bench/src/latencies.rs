//! Latencies and what is said of them.

/// Seconds, each from the instant something was so to the instant the screen said it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Latencies(Vec<f64>);

impl Latencies {
    pub(crate) fn push_ms(&mut self, from_ms: u64, until_ms: u64) {
        self.0
            .push(until_ms.saturating_sub(from_ms) as f64 / 1_000.0);
    }

    pub(crate) fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    pub(crate) fn count(&self) -> f64 {
        self.0.len() as f64
    }

    pub(crate) fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.count().max(1.0)
    }

    /// The value that this share of all stays below.
    pub(crate) fn of(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let place = (share * self.count()) as usize;
        sorted
            .get(place.min(sorted.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    }
}
