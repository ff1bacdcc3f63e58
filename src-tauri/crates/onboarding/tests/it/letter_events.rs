//! What mail to the person adds to the record, by its recorded names.

use onboarding::record::{Event, LetterEvent};
use onboarding::{Arrival, LetterKind, MailWay, PassId, ServiceTime, TroubleCode, UserId};

/// The seventh version's.
pub(crate) fn seventh_events() -> Vec<Event> {
    let handed = |letter, way| LetterEvent::LetterHandedOver { letter, way };
    let arrival = |letter, arrived| LetterEvent::LetterArrival { letter, arrived };
    let events = [
        LetterEvent::AddressDeclared,
        LetterEvent::PassLetterIntent {
            operator: UserId("u".into()),
            pass: PassId("p".into()),
        },
        handed(LetterKind::Pass, MailWay::OwnMailbox),
        handed(LetterKind::Guide, MailWay::SharedMailbox),
        handed(LetterKind::Security, MailWay::Relay),
        LetterEvent::LetterNotHandedOver {
            letter: LetterKind::Manager,
            code: TroubleCode::MailNoManager,
        },
        arrival(LetterKind::Pass, Arrival::Arrived),
        arrival(LetterKind::Guide, Arrival::NotArrived),
        arrival(LetterKind::Guide, Arrival::NotAsked),
    ];
    events.into_iter().map(Event::Letter).collect()
}

/// The eighth version's.
pub(crate) fn eighth_letters() -> Vec<Event> {
    let events = [
        LetterEvent::NoticeIntent {
            letter: LetterKind::Security,
            user: UserId("u".into()),
            pass: PassId("p".into()),
            issued: ServiceTime(5),
        },
        LetterEvent::NoticeGivenUp {
            letter: LetterKind::Manager,
            code: TroubleCode::MailUnclear,
        },
    ];
    events.into_iter().map(Event::Letter).collect()
}

/// The ninth version's.
pub(crate) fn ninth_letter() -> Event {
    let operator = UserId("u".into());
    Event::Letter(LetterEvent::GuideLetterIntent { operator })
}

/// A new event, or a new word, does not compile here: it goes into the lists of these files, and raises `VERSION`.
pub(crate) fn letter_is_listed(event: &LetterEvent) -> bool {
    match event {
        LetterEvent::AddressDeclared
        | LetterEvent::PassLetterIntent { .. }
        | LetterEvent::GuideLetterIntent { .. } => true,
        LetterEvent::LetterNotHandedOver { letter, .. }
        | LetterEvent::NoticeIntent { letter, .. }
        | LetterEvent::NoticeGivenUp { letter, .. } => kind_is_listed(*letter),
        LetterEvent::LetterHandedOver { letter, way } => {
            kind_is_listed(*letter)
                && match way {
                    MailWay::OwnMailbox | MailWay::SharedMailbox | MailWay::Relay => true,
                }
        }
        LetterEvent::LetterArrival { letter, arrived } => {
            kind_is_listed(*letter)
                && match arrived {
                    Arrival::Arrived | Arrival::NotArrived | Arrival::NotAsked => true,
                }
        }
    }
}

fn kind_is_listed(kind: LetterKind) -> bool {
    match kind {
        LetterKind::Guide | LetterKind::Pass | LetterKind::Security | LetterKind::Manager => true,
    }
}
