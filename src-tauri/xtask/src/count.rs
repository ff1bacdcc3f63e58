//! Counting tests.

/// What a step found.
pub(crate) struct Count {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Count {
    /// One test.
    pub(crate) fn one(ok: bool) -> Self {
        Self {
            passed: usize::from(ok),
            failed: usize::from(!ok),
        }
    }

    /// A step that must hold tests counts as failed when it holds none.
    pub(crate) fn of_tests(self) -> Self {
        if self.passed + self.failed == 0 {
            return Self::one(false);
        }
        self
    }
}
