//! A letter that was handed over.

use onboarding::{LetterKind, Recipient, ServiceTime, VisitId};

/// A letter as it was wanted.
#[derive(Clone, Debug)]
pub struct TakenLetter {
    pub visit: Option<VisitId>,
    pub to: Recipient,
    pub what: LetterKind,
    /// The characters of the pass in it, since when and for how many minutes it is good.
    pub pass: Option<(String, ServiceTime, u32)>,
}
