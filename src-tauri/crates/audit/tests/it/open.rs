//! What is left open is told by the vocabulary, over all of the record.

use crate::sample::{
    BEGUN, Event, LeftOpen, append, asked, change_unnoticed, open, place, refused,
};

fn check(name: &str, events: &[(u64, Event)], intents: &[&str], visits: &[u64]) {
    let (_dir, path) = place();
    let mut log = open(&path);
    for (visit, event) in events {
        append(&mut log, Some(*visit), event.clone());
    }
    drop(log);
    let expected = LeftOpen {
        intents: intents.iter().map(|intent| (*intent).to_owned()).collect(),
        visits: visits.to_vec(),
    };
    assert_eq!(open(&path).read().left_open().unwrap(), expected, "{name}");
}

#[test]
fn what_was_opened_is_open_until_it_is_ended() {
    let answered = |intent: &str| Event::Answered {
        intent: intent.to_owned(),
        start_unix_ms: 0,
    };
    check("nothing", &[], &[], &[]);
    check("of no weight", &[(1, refused("x"))], &[], &[]);
    let asking = [(1, BEGUN), (1, asked("a")), (2, BEGUN), (2, asked("b"))];
    check("asked", &asking, &["a", "b"], &[1, 2]);
    let after = |more: &[(u64, Event)]| [&asking[..], more].concat();
    check("answered", &after(&[(1, answered("a"))]), &["b"], &[1, 2]);
    check("over", &after(&[(2, Event::Over)]), &["a", "b"], &[1]);
    let many: Vec<_> = (0..600).map(|n| (n, BEGUN)).collect();
    let visits: Vec<u64> = (0..600).collect();
    check("more than are read at once", &many, &[], &visits);
}

/// Somebody whose name is made to look like an end changes nothing.
#[test]
fn a_name_that_looks_like_an_event_is_none() {
    for name in ["\"event\":\"over\"", "{\"event\":\"over\"}", "over"] {
        let named = Event::Named {
            id: name.to_owned(),
            name: name.to_owned(),
        };
        check(name, &[(3, BEGUN), (3, named)], &[], &[3]);
    }
}

/// A record that opens and ends nothing keeps nobody from starting.
#[test]
fn a_damaged_record_that_opens_and_ends_nothing_is_passed_over() {
    let (_dir, path) = place();
    let mut log = open(&path);
    append(&mut log, Some(1), refused("x"));
    append(&mut log, Some(1), BEGUN);
    let set = |body: &str| {
        let statement = format!("UPDATE record SET body = '{body}' WHERE seq = 1");
        change_unnoticed(&path, &statement);
    };
    set("{");
    assert_eq!(log.read().left_open().unwrap().visits, [1]);
    set("{\"event\":\"begun\"");
    let error = log.read().left_open().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the record is damaged at 1: its content was changed"
    );
}

/// What only verifying needs may be spoilt, and all of what opens and ends nothing.
#[test]
fn a_row_with_spoilt_hashes_still_opens_and_ends() {
    let (_dir, path) = place();
    let mut log = open(&path);
    append(&mut log, Some(1), refused("x"));
    append(&mut log, Some(1), BEGUN);
    append(&mut log, Some(2), BEGUN);
    append(&mut log, Some(2), Event::Over);
    let check = |statement: &str| {
        change_unnoticed(&path, statement);
        assert_eq!(log.read().left_open().unwrap().visits, [1], "{statement}");
        log.read().verify(None).unwrap_err();
    };
    check("UPDATE record SET hash = x'00', prev = x'' WHERE seq <= 2");
    check("UPDATE record SET schema = -1, hash = x'' WHERE seq = 4");
    check("UPDATE record SET body = CAST(x'ff' AS TEXT), visit = NULL WHERE seq = 1");
    // An end that cannot be read to its own end ends nothing, and is told.
    let spoilt = "UPDATE record SET body = CAST(CAST(body AS BLOB) || x'ff' AS TEXT) WHERE seq = 4";
    change_unnoticed(&path, spoilt);
    let error = log.read().left_open().unwrap_err();
    assert!(error.to_string().contains("damaged at 4"), "{error}");
}
