use audit::{AppendError, Entry, Seq, Vocabulary};
use proptest::prelude::*;

use crate::sample::{
    AT, BEGUN, Event, RECORDS, all, append, every_event, exported, head, open, place, refused,
};

/// S53: what was recorded is read back as it was, in order, after a restart too.
#[test]
fn s53_every_event_is_read_back_after_reopening() {
    let (_dir, path) = place();
    let mut log = open(&path);
    assert!(log.was_created());
    for (n, event) in every_event().into_iter().enumerate() {
        let visit = if n % 2 == 0 { Some(u64::MAX) } else { None };
        let seq = append(&mut log, visit, event);
        assert_eq!(seq, Seq(n as u64 + 1));
    }
    let before = head(&log);
    let (station, boot) = (all(&log)[0].station.clone(), all(&log)[0].boot.clone());
    drop(log);

    let mut log = open(&path);
    assert!(!log.was_created());
    assert_eq!(head(&log), before);
    let records = all(&log);
    let events: Vec<Event> = records.iter().map(|record| record.event.clone()).collect();
    assert_eq!(events, every_event());
    for (n, record) in records.iter().enumerate() {
        assert_eq!(record.visit, (n % 2 == 0).then_some(u64::MAX));
        assert_eq!((record.at_unix_ms, record.schema), (AT, 1));
        assert_eq!((&record.station, &record.boot), (&station, &boot));
    }
    assert_eq!(records.last().unwrap().hash_hex, before.hash_hex);
    let verified = log.read().verify(Some(&before)).unwrap();
    assert_eq!((verified.records, &verified.station), (RECORDS, &station));
    append(&mut log, None, BEGUN);
    let next = all(&log).pop().unwrap();
    assert_eq!(next.station, station);
    assert_ne!(next.boot, boot);
}

#[test]
fn records_come_in_pages() {
    let (_dir, path) = place();
    let log = crate::sample::full_log(&path);
    let check = |from: u64, limit: usize, expected: &[u64]| {
        let found: Vec<u64> = log
            .read()
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

/// An event that is longer than its vocabulary allows is refused, and the log goes on.
#[test]
fn an_event_that_is_too_long_is_refused() {
    let (_dir, path) = place();
    let mut log = open(&path);
    let around = serde_json::to_string(&refused("")).unwrap().len();
    let mut check = |length: usize, fits: bool| {
        let entry = Entry {
            visit: None,
            event: refused(&"x".repeat(length)),
        };
        match log.append(AT, &entry) {
            Ok(_) => assert!(fits, "{length}"),
            Err(error) => {
                assert!(matches!(error, AppendError::TooLong), "{error:?}");
                assert!(!fits, "{length}");
            }
        }
    };
    check(Event::MAX_BYTES - around, true);
    check(Event::MAX_BYTES - around + 1, false);
    check(1, true);
    assert_eq!(log.read().verify(None).unwrap().records, 2);
}

/// T14: hostile text comes back unchanged, and nothing in the stored line can steer a terminal.
#[test]
fn t14_hostile_text_is_one_harmless_string() {
    let (_dir, path) = place();
    let mut log = open(&path);
    let texts = [
        "\u{0}\u{1}\t\r\n\u{1b}[2J\u{7f}\u{85}\u{9b}31m",
        "a\u{202e}b\u{2066}c\u{2069}\u{200b}\u{200f}\u{feff}\u{e0041}\u{2028}",
        "\"},\"event\":\"answered\",\"intent\":\"x",
        "'; DROP TABLE record; --",
        "=1+1",
        "\\u0000\\",
        "𠮷野家",
        "",
    ];
    for text in texts {
        append(&mut log, None, refused(text));
    }
    let found: Vec<Event> = all(&log).into_iter().map(|record| record.event).collect();
    assert_eq!(found, texts.map(refused));
    let exported = exported(&log);
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
            let event = Event::Named {
                id: text.clone(),
                name: text.clone(),
            };
            log.append(at, &Entry { visit, event }).unwrap();
        }
        let records = all(&log);
        prop_assert_eq!(records.len(), texts.len());
        for (record, text) in records.iter().zip(&texts) {
            prop_assert_eq!(record.at_unix_ms, at);
            prop_assert_eq!(record.visit, visit);
            let named = matches!(&record.event, Event::Named { name, .. } if name == text);
            prop_assert!(named);
        }
        log.read().verify(Some(&head(&log))).unwrap();
    }
}

#[test]
fn the_last_visit_number_is_known_after_reopening() {
    let (_dir, path) = place();
    let mut log = open(&path);
    assert_eq!(log.read().last_visit().unwrap(), None);
    for visit in [None, Some(3), Some(11), Some(4), None] {
        append(&mut log, visit, BEGUN);
    }
    drop(log);
    assert_eq!(open(&path).read().last_visit().unwrap(), Some(11));
}
