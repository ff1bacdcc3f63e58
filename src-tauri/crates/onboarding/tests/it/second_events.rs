//! The events of a start, and those that later versions of the record added.

use onboarding::record::{
    AfterEvent, CallerChecked, Event, PhoneEvent, RecordFault, TelephoneEvent,
};
use onboarding::{
    CallerNeeds, CallerStrength, CallerWay, Display, DisplayLoss, EarlierPhone, HeldBecause,
    NumberKind, PassId, RunSource, ServiceTime, TroubleCode,
};

use crate::record::{check_words, pass, s, user};

/// What the second version added.
pub(crate) fn second_events() -> Vec<Event> {
    let intent = || s("1-1");
    vec![
        Event::DisplayLost {
            display: Display::Person,
            how: DisplayLoss::Silent,
        },
        Event::DisplayReplaced {
            display: Display::Person,
        },
        Event::DisplayGivenUp {
            display: Display::Operator,
        },
        Event::PassIntent {
            intent: intent(),
            operator: user(),
            user: user(),
            upn: s("p@x"),
            client_request_id: s("r"),
            known_passes: vec![],
            lifetime_minutes: 60,
            once: true,
            replaces: None,
            renewal: None,
            time_confirmed: true,
            confirmed_by: None,
        },
        Event::PassNotSeen { intent: intent() },
        Event::PassFound {
            intent: intent(),
            pass: pass(),
            made: ServiceTime(6),
            start: ServiceTime(7),
            lifetime_minutes: 60,
        },
        Event::PassDecided {
            intent: intent(),
            pass: pass(),
            operator: user(),
            remove: true,
        },
        Event::PassNotThere {
            intent: intent(),
            pass: pass(),
        },
        Event::PassGone {
            intent: intent(),
            pass: pass(),
        },
        Event::PassOrphanRemoved {
            intent: intent(),
            pass: pass(),
            still_open: true,
        },
        Event::PassReplaced {
            pass: pass(),
            by: PassId(s("q")),
        },
    ]
}

/// What a start says of the machine around it.
pub(crate) fn start_events() -> Vec<Event> {
    vec![
        Event::EnvironmentCleaned {
            names: vec![s("LD_PRELOAD")],
            more: 2,
        },
        Event::SandboxMissing,
    ]
}

/// What the third version added.
pub(crate) fn third_events() -> Vec<Event> {
    vec![Event::WentOnWithoutPass { operator: user() }]
}

/// What the fourth version added.
pub(crate) fn fourth_events() -> Vec<Event> {
    vec![
        Event::LimitRefused {
            operator: user(),
            user: user(),
            code: TroubleCode::PersonExcepted,
        },
        Event::ColleagueConfirmed {
            operator: user(),
            user: user(),
            by: user(),
            because: vec![
                HeldBecause::NoDocument,
                HeldBecause::Protected,
                HeldBecause::ThirdRenewal,
            ],
        },
        Event::ColleagueNotConfirmed {
            operator: user(),
            user: user(),
            who: None,
            code: TroubleCode::ColleagueTimedOut,
        },
        Event::PassIntent {
            intent: s("1-1"),
            operator: user(),
            user: user(),
            upn: s("p@x"),
            client_request_id: s("r"),
            known_passes: vec![],
            lifetime_minutes: 60,
            once: true,
            replaces: None,
            renewal: None,
            time_confirmed: false,
            confirmed_by: Some(user()),
        },
    ]
}

/// What the fifth version added.
pub(crate) fn fifth_events() -> Vec<Event> {
    let finished = ServiceTime(8);
    let source = RunSource::File;
    let believed = AfterEvent::JobRunBelieved { source, finished };
    vec![Event::After(believed)]
}

/// What the sixth version added.
pub(crate) fn sixth_events() -> Vec<Event> {
    let (method, operator) = (|| s("m"), user);
    let events = [
        PhoneEvent::EarlierPhoneSaid {
            earlier: EarlierPhone::LostToOthers,
        },
        PhoneEvent::EarlierMethodsIntent {
            operator: operator(),
            user: user(),
            upn: s("p@x"),
            methods: vec![s("m"), s("n")],
            sessions: true,
        },
        PhoneEvent::EarlierMethodRemoved { method: method() },
        PhoneEvent::EarlierMethodNotRemoved {
            method: method(),
            code: TroubleCode::MethodNotThere,
        },
        PhoneEvent::EarlierMethodLeft {
            method: method(),
            operator: operator(),
        },
        PhoneEvent::SessionsEnded,
        PhoneEvent::SessionsNotEnded {
            code: TroubleCode::ServiceDown,
        },
        PhoneEvent::WentOnUnblocked {
            operator: operator(),
        },
    ];
    let mut all = events.map(Event::Phone).to_vec();
    all.extend(telephone_events());
    all
}

/// What the eighth version added of an earlier phone.
pub(crate) fn eighth_phone_event() -> Event {
    Event::Phone(PhoneEvent::EarlierMethodGone { method: s("m") })
}

/// Visits by telephone.
fn telephone_events() -> Vec<Event> {
    vec![
        Event::Telephone(TelephoneEvent::VisitByTelephone),
        Event::IdentityChecked {
            operator: user(),
            user: user(),
            checks: vec![],
            phone_confirmed: true,
            voucher: None,
            caller: Some(Box::new(CallerChecked {
                ways: CallerWay::ALL.to_vec(),
                strengths: vec![CallerStrength::Strong, CallerStrength::Supporting],
                called_at: vec![NumberKind::Business, NumberKind::Mobile, NumberKind::Method],
                supervisor: Some(user()),
                needs: CallerNeeds::CallBackAndOne,
            })),
        },
        Event::Telephone(TelephoneEvent::PassReadOut {
            operator: user(),
            pass: pass(),
        }),
        Event::ColleagueConfirmed {
            operator: user(),
            user: user(),
            by: user(),
            because: vec![HeldBecause::Caller],
        },
    ]
}

/// A new event does not compile here: it goes into the lists of these files, and raises `VERSION`.
pub(crate) fn phone_is_listed(event: &PhoneEvent) -> bool {
    match event {
        PhoneEvent::EarlierPhoneSaid { earlier } => match earlier {
            EarlierPhone::InUse
            | EarlierPhone::Replaced
            | EarlierPhone::Lost
            | EarlierPhone::LostToOthers => true,
        },
        PhoneEvent::EarlierMethodsIntent { .. }
        | PhoneEvent::EarlierMethodRemoved { .. }
        | PhoneEvent::EarlierMethodGone { .. }
        | PhoneEvent::EarlierMethodNotRemoved { .. }
        | PhoneEvent::EarlierMethodLeft { .. }
        | PhoneEvent::SessionsEnded
        | PhoneEvent::SessionsNotEnded { .. }
        | PhoneEvent::WentOnUnblocked { .. } => true,
    }
}

#[test]
fn recorded_words_of_an_earlier_phone_never_change_n29() {
    let all = [
        EarlierPhone::InUse,
        EarlierPhone::Replaced,
        EarlierPhone::Lost,
        EarlierPhone::LostToOthers,
    ];
    check_words(&all, &["in_use", "replaced", "lost", "lost_to_others"]);
}

/// What a station writes as it starts.
pub(crate) fn first_events() -> Vec<Event> {
    vec![
        Event::StationStarted {
            version: s("1"),
            config_sha256: s("00"),
        },
        Event::WitnessMade,
        Event::RecordAccepted {
            why: RecordFault::RolledBack,
            known_entries: Some(7),
            known_station: Some(s("s")),
            known_hash: None,
        },
    ]
}
