//! What visits that are kept add to the record, by its recorded names.

use onboarding::VisitId;
use onboarding::record::{Event, ForgottenWhy, TelephoneEvent};

use crate::record::check_words;

/// The eighth version's.
pub(crate) fn eighth_visits() -> Vec<Event> {
    let events = [
        TelephoneEvent::VisitKept {
            keeping: "k".into(),
        },
        TelephoneEvent::VisitTakenUp {
            kept_visit: VisitId(7),
        },
        TelephoneEvent::VisitForgotten {
            why: ForgottenWhy::TooOld,
        },
    ];
    events.into_iter().map(Event::Telephone).collect()
}

#[test]
fn recorded_words_of_what_is_kept_never_change() {
    use ForgottenWhy::{Asked, Ended, Lost, NotServed, Registered, TooOld};
    let why = [Ended, Asked, TooOld, Lost, NotServed, Registered];
    let words = [
        "ended",
        "asked",
        "too_old",
        "lost",
        "not_served",
        "registered",
    ];
    check_words(&why, &words);
}
