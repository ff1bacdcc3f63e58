use audit::{Event, PassEnd, RemovalReason, VisitOutcome};

use crate::sample::{append, intent, open, place};

const BEGUN: Event = Event::VisitStarted { ticket: Some(4) };

/// What a visit without an end left of its pass.
fn check(name: &str, events: &[Event], expected: Option<PassEnd>) {
    let (_dir, path) = place();
    let mut log = open(&path);
    append(&mut log, Some(2), BEGUN);
    append(&mut log, Some(2), ended(PassEnd::None));
    for event in events {
        append(&mut log, Some(3), event.clone());
    }
    drop(log);
    let found = open(&path).open_visits().unwrap();
    let found: Vec<_> = found.iter().map(|open| (open.visit, open.pass)).collect();
    let expected: Vec<_> = expected.into_iter().map(|pass| (3, pass)).collect();
    assert_eq!(found, expected, "{name}");
}

fn ended(pass: PassEnd) -> Event {
    let outcome = VisitOutcome::Finished;
    Event::VisitEnded { outcome, pass }
}

#[test]
fn a_visit_is_open_until_its_end_is_recorded_and_says_what_became_of_its_pass() {
    let name = |name: &str| name.to_owned();
    let issued = Event::PassIssued {
        intent: name("intent-1"),
        pass_id: name("pass-1"),
        start_unix_ms: 5_000,
        lifetime_minutes: 30,
        once: true,
    };
    let asked = [BEGUN, intent("intent-1")];
    let made = [&asked[..], std::slice::from_ref(&issued)].concat();
    let after = |first: &[Event], then: Event| [first, &[then]].concat();
    let pass_id = name("pass-1");
    let removed = Event::PassRemoved {
        pass_id: pass_id.clone(),
        why: RemovalReason::Renewed,
    };
    let refused = Event::PassRefused {
        intent: name("intent-1"),
        code: name("x"),
    };
    check("never begun", &asked[1..], None);
    check("begun", &[BEGUN], Some(PassEnd::None));
    check("asked", &asked, Some(PassEnd::Uncertain));
    check("refused", &after(&asked, refused), Some(PassEnd::None));
    check("made", &made, Some(PassEnd::Pending));
    let entered = Event::PassEntered { pass_id };
    check("entered", &after(&made, entered), Some(PassEnd::Used));
    check(
        "removed",
        &after(&made, removed.clone()),
        Some(PassEnd::Removed),
    );
    let renewing = [&made[..], &[removed, intent("intent-2")]].concat();
    check("renewing", &renewing, Some(PassEnd::Uncertain));
    check("over", &after(&made, ended(PassEnd::Left)), None);
    // Somebody whose name is made to look like the end of a visit changes nothing.
    let named = Event::PersonChosen {
        user_id: name("u"),
        upn: name("u"),
        display_name: name("\"event\":\"visit_ended\""),
    };
    check(
        "a hostile name",
        &after(&made, named),
        Some(PassEnd::Pending),
    );
}

#[test]
fn a_visit_recorded_before_tickets_were_reads_as_one_without() {
    let old = r#"{"event":"visit_started"}"#;
    let event: Event = serde_json::from_str(old).unwrap();
    assert_eq!(event, Event::VisitStarted { ticket: None });
    assert_eq!(serde_json::to_string(&event).unwrap(), old);
}
