use audit::{AppendError, Entry, Event, Seq};
use proptest::prelude::*;

use crate::sample::{AT, RECORDS, append, every_event, open, place};

/// S53: what was recorded is read back as it was, in order, after a restart too.
#[test]
fn s53_every_event_is_read_back_after_reopening() {
    let (_dir, path) = place();
    let mut log = open(&path);
    assert!(log.was_created());
    let (station, boot) = (log.station_id().to_owned(), log.boot_id().to_owned());
    for (n, event) in every_event().into_iter().enumerate() {
        let visit = if n % 2 == 0 { Some(u64::MAX) } else { None };
        let seq = append(&mut log, visit, event);
        assert_eq!(seq, Seq(n as u64 + 1));
    }
    let head = log.head().unwrap();
    drop(log);

    let log = open(&path);
    assert!(!log.was_created());
    assert_eq!(log.station_id(), station);
    assert_ne!(log.boot_id(), boot);
    assert_eq!(log.head().unwrap(), head);
    let records = log.records(Seq(1), usize::MAX).unwrap();
    let events: Vec<Event> = records.iter().map(|record| record.event.clone()).collect();
    assert_eq!(events, every_event());
    for (n, record) in records.iter().enumerate() {
        assert_eq!(record.visit, (n % 2 == 0).then_some(u64::MAX));
        assert_eq!((record.at_unix_ms, record.schema), (AT, 1));
        assert_eq!((&record.station, &record.boot), (&station, &boot));
    }
    assert_eq!(records.last().unwrap().hash_hex, head.hash_hex);
    assert_eq!(log.verify(Some(&head)).unwrap().records, RECORDS);
}

#[test]
fn records_come_in_pages() {
    let (_dir, path) = place();
    let log = crate::sample::full_log(&path);
    let check = |from: u64, limit: usize, expected: &[u64]| {
        let found: Vec<u64> = log
            .records(Seq(from), limit)
            .unwrap()
            .iter()
            .map(|record| record.seq.0)
            .collect();
        assert_eq!(found, expected, "from {from} limit {limit}");
    };
    check(0, 2, &[1, 2]);
    check(1, 2, &[1, 2]);
    check(RECORDS - 1, 5, &[RECORDS - 1, RECORDS]);
    check(3, 0, &[]);
    check(RECORDS + 1, 5, &[]);
    check(u64::MAX, usize::MAX, &[]);
}

/// The pass, the password and the token have no field: these are all the names there are.
#[test]
fn no_field_is_named_for_a_secret() {
    let mut names = std::collections::BTreeSet::new();
    for event in every_event() {
        collect_names(&serde_json::to_value(&event).unwrap(), &mut names);
    }
    let known = [
        "checks",
        "client_request_id",
        "code",
        "config_sha256",
        "device_name",
        "display_name",
        "event",
        "intent",
        "kind",
        "known_pass_ids",
        "lifetime_minutes",
        "method_id",
        "name",
        "number",
        "oid",
        "once",
        "operator_oid",
        "outcome",
        "pass",
        "pass_id",
        "phone_confirmed",
        "reason",
        "renewal",
        "replaces",
        "route",
        "same_person",
        "start_unix_ms",
        "ticket",
        "tid",
        "upn",
        "user_id",
        "version",
        "voucher",
        "why",
    ];
    assert_eq!(names.iter().map(String::as_str).collect::<Vec<_>>(), known);
}

fn collect_names(value: &serde_json::Value, names: &mut std::collections::BTreeSet<String>) {
    if let Some(object) = value.as_object() {
        for (name, value) in object {
            names.insert(name.clone());
            collect_names(value, names);
        }
    }
}

/// Text is cut by characters and marked; the cut never fails the record.
#[test]
fn long_text_is_cut_and_long_identifiers_are_refused() {
    let (_dir, path) = place();
    let mut log = open(&path);
    let mut check = |event: Event, expected: Option<Event>| {
        let seq = match log.append(AT, &Entry { visit: None, event }) {
            Ok(seq) => seq,
            Err(error) => {
                assert!(matches!(error, AppendError::TooLong), "{error:?}");
                assert_eq!(expected, None);
                return;
            }
        };
        let found = log.records(seq, 1).unwrap().remove(0).event;
        assert_eq!(Some(found), expected);
    };
    let code = |code: String| Event::OperatorSignInRefused { code };
    let pass = |length| Event::PassEntered {
        pass_id: "a".repeat(length),
    };
    let checked = |checks: Vec<String>| Event::IdentityChecked {
        operator_oid: String::new(),
        user_id: String::new(),
        checks,
        phone_confirmed: false,
        voucher: None,
    };
    check(code("窓".repeat(256)), Some(code("窓".repeat(256))));
    check(
        code("窓".repeat(100_000)),
        Some(code(format!("{}…", "窓".repeat(256)))),
    );
    check(pass(256), Some(pass(256)));
    check(pass(257), None);
    check(
        checked(vec!["x".repeat(300)]),
        Some(checked(vec![format!("{}…", "x".repeat(256))])),
    );
    check(checked(vec![String::new(); 65]), None);
    // One short identifier too many, or one too long among short ones, must not become another.
    let known = |ids: Vec<String>| {
        let mut event = crate::sample::intent("i");
        if let Event::PassIntent { known_pass_ids, .. } = &mut event {
            *known_pass_ids = ids;
        }
        event
    };
    check(
        known(vec!["p".to_owned(); 64]),
        Some(known(vec!["p".to_owned(); 64])),
    );
    check(known(vec!["p".to_owned(); 65]), None);
    check(known(vec!["p".repeat(257)]), None);
    assert_eq!(log.verify(None).unwrap().records, 5);
}

/// T14: hostile text comes back unchanged, and nothing in the stored line can steer a terminal.
#[test]
fn t14_hostile_text_is_one_harmless_string() {
    let (_dir, path) = place();
    let mut log = open(&path);
    let texts = [
        "\u{0}\u{1}\t\r\n\u{1b}[2J\u{7f}\u{85}\u{9b}31m",
        "a\u{202e}b\u{2066}c\u{2069}\u{200b}\u{200f}\u{feff}\u{e0041}\u{2028}",
        "\"},\"event\":\"pass_issued\",\"intent\":\"x",
        "'; DROP TABLE record; --",
        "=1+1",
        "\\u0000\\",
        "𠮷野家",
        "",
    ];
    for text in texts {
        append(
            &mut log,
            None,
            Event::OperatorSignInRefused {
                code: text.to_owned(),
            },
        );
    }
    let found: Vec<Event> = log
        .records(Seq(1), 100)
        .unwrap()
        .into_iter()
        .map(|record| record.event)
        .collect();
    let expected = texts.map(|text| Event::OperatorSignInRefused {
        code: text.to_owned(),
    });
    assert_eq!(found, expected);
    let mut exported = Vec::new();
    log.export_json_lines(&mut exported).unwrap();
    let exported = String::from_utf8(exported).unwrap();
    assert_eq!(exported.lines().count(), texts.len());
    let steering = |char: char| {
        char != '\n'
            && (char.is_control()
                || "\u{202e}\u{2066}\u{2069}\u{200b}\u{200f}\u{feff}\u{e0041}\u{2028}"
                    .contains(char))
    };
    assert_eq!(exported.find(steering), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text of any script survives, and the chain over it holds.
    #[test]
    fn any_text_is_read_back(texts in proptest::collection::vec("\\PC{0,40}|.{0,40}", 1..8), visit: Option<u64>, at: i64) {
        let (_dir, path) = place();
        let mut log = open(&path);
        for text in &texts {
            let event = Event::PersonChosen {
                user_id: String::new(),
                upn: text.clone(),
                display_name: text.clone(),
            };
            log.append(at, &Entry { visit, event }).unwrap();
        }
        let records = log.records(Seq(1), 100).unwrap();
        prop_assert_eq!(records.len(), texts.len());
        for (record, text) in records.iter().zip(&texts) {
            prop_assert_eq!(record.at_unix_ms, at);
            prop_assert_eq!(record.visit, visit);
            let named = matches!(&record.event, Event::PersonChosen { display_name, .. } if display_name == text);
            prop_assert!(named);
        }
        log.verify(Some(&log.head().unwrap())).unwrap();
    }
}

#[test]
fn the_last_visit_number_is_known_after_reopening() {
    let (_dir, path) = place();
    let mut log = open(&path);
    assert_eq!(log.last_visit().unwrap(), None);
    for visit in [None, Some(3), Some(11), Some(4), None] {
        append(&mut log, visit, Event::VisitStarted { ticket: None });
    }
    drop(log);
    assert_eq!(open(&path).last_visit().unwrap(), Some(11));
}
