//! What held and what did not, said as it is found.

use std::fmt::Debug;

use workplace::say;

use crate::counts::Counts;

/// Everything that was checked so far.
#[derive(Default)]
pub(crate) struct Checks {
    counts: Counts,
}

impl Checks {
    /// Keeps whether something is as it should be, and says what is not.
    pub(crate) fn check(&mut self, name: &str, complaints: &[String]) {
        for complaint in complaints {
            say!("  WRONG {name}: {complaint}");
        }
        if complaints.is_empty() {
            self.counts.passed += 1;
        } else {
            self.counts.failed += 1;
        }
    }

    /// The same for one thing that holds or does not.
    pub(crate) fn hold(&mut self, name: &str, holds: bool, otherwise: &str) {
        let complaints = if holds {
            Vec::new()
        } else {
            vec![otherwise.to_owned()]
        };
        self.check(name, &complaints);
    }

    /// The same for a figure or a text that must be this one.
    pub(crate) fn equal<T: PartialEq + Debug>(&mut self, name: &str, is: T, wanted: T) {
        self.hold(name, is == wanted, &format!("{is:?} instead of {wanted:?}"));
    }

    /// What this machine does not let anybody see: a failure where CI asks, else only said.
    pub(crate) fn not_run_here(&mut self, what: &str) {
        say!("  not run here: {what}");
        self.counts.failed += usize::from(std::env::var_os("CI").is_some());
    }

    /// How many held and how many did not.
    pub(crate) fn counts(self) -> Counts {
        self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::Checks;

    #[test]
    fn what_holds_and_what_does_not_is_counted() {
        let mut checks = Checks::default();
        checks.equal("a", 1, 1);
        checks.equal("b", "x", "y");
        checks.check("c", &["one".to_owned(), "two".to_owned()]);
        let counts = checks.counts();
        assert_eq!((counts.passed, counts.failed), (1, 2));
    }
}
