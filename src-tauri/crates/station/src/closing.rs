//! When an app that is to end may: once nothing is on its way to the record any more, or has been for too long.

use onboarding::Mono;

/// A disk that hangs would keep the windows for ever.
const PATIENCE_S: u64 = 5;

#[derive(Debug, Default)]
pub(crate) struct Closing {
    since: Option<Mono>,
    /// Entries that have had no answer of the record yet, and what else has to be on the disk.
    unwritten: usize,
}

impl Closing {
    pub(crate) fn begin(&mut self, now: Mono) {
        self.since.get_or_insert(now);
    }

    pub(crate) fn sent(&mut self) {
        self.unwritten += 1;
    }

    pub(crate) fn written(&mut self) {
        self.unwritten = self.unwritten.saturating_sub(1);
    }

    pub(crate) fn is_due(&self, now: Mono) -> bool {
        self.since
            .is_some_and(|since| self.unwritten == 0 || now >= since.after_s(PATIENCE_S))
    }

    /// When it ends whatever is not written, unless that time has come.
    pub(crate) fn given_up_at(&self, now: Mono) -> Option<Mono> {
        let at = self.since?.after_s(PATIENCE_S);
        (at > now).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_app_ends_once_its_last_entries_are_written() {
        let mut closing = Closing::default();
        closing.sent();
        closing.sent();
        closing.written();
        assert!(!closing.is_due(Mono(0)));
        closing.begin(Mono(0));
        assert!(!closing.is_due(Mono(10)));
        closing.written();
        assert!(closing.is_due(Mono(10)));
    }

    #[test]
    fn a_record_that_hangs_keeps_no_window() {
        let mut closing = Closing::default();
        closing.sent();
        assert_eq!(closing.given_up_at(Mono(0)), None);
        closing.begin(Mono(1_000));
        // Asked for again, it does not take longer.
        closing.begin(Mono(4_000));
        let end = Mono(6_000);
        assert_eq!(closing.given_up_at(Mono(5_999)), Some(end));
        assert!(!closing.is_due(Mono(5_999)));
        assert!(closing.is_due(end));
        assert_eq!(closing.given_up_at(end), None, "nothing is waited for");
    }
}
