//! Records that version 0.1.0 made, before the vocabulary was one: closed as usual, killed in the middle of
//! a day, and with every event. They are read, verified and left open as that version did.

use std::path::{Path, PathBuf};

use audit::{Reader, Seq};
use onboarding::record::{EarlierRuns, Event};
use onboarding::{PendingIntent, PendingPass, VisitId};
use serde_json::{Value, json};
use station::record::{RecordLog, Recorded};
use tempfile::TempDir;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/record")
        .join(name)
}

/// The record and what lay beside it, in a folder of its own.
fn copied(name: &str) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    for ending in ["", "-wal", "-shm"] {
        let file = format!("{name}.sqlite3{ending}");
        if fixture(&file).exists() {
            std::fs::copy(fixture(&file), dir.path().join(file)).unwrap();
        }
    }
    let path = dir.path().join(format!("{name}.sqlite3"));
    (dir, path)
}

/// What that version found in it.
fn then(name: &str) -> Value {
    let text = std::fs::read_to_string(fixture(&format!("{name}.debts.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn check_read(name: &str, reader: &Reader<Recorded>) {
    let then = then(name);
    let verified = reader.verify(None).unwrap();
    assert_eq!(json!(verified.records), then["records"], "{name}");
    assert_eq!(json!(verified.head.hash_hex), then["head"], "{name}");
    // The next visit's number is one more.
    let last = reader.last_visit().unwrap();
    assert_eq!(json!(last), then["last_visit"], "{name}");
    let open = reader.left_open().unwrap();
    check_visits(name, &open, then["open_visits"].as_array().unwrap());
    check_intents(name, open, then["open_intents"].as_array().unwrap());
}

/// The ends that a start writes, as visit and pass.
fn ends(open: &EarlierRuns) -> Vec<Value> {
    let end = |(visit, event): (VisitId, Event)| {
        let event = serde_json::to_value(event).unwrap();
        assert_eq!(event["outcome"], "stopped");
        json!([visit.0, event["pass"]])
    };
    open.ends().into_iter().map(end).collect()
}

fn check_visits(name: &str, open: &EarlierRuns, then: &[Value]) {
    // That version took a pass for used up once it was entered. Only the directory's own word is an end, and that does
    // not stand in the record: what is still open for the visit is owed.
    let pending = open.clone().pending();
    let is_open = |visit: &Value| {
        pending
            .iter()
            .any(|open| json!(open.subject.visit.0) == *visit)
    };
    let pass = |visit: &Value| match is_open(visit) {
        true => json!("uncertain"),
        false => json!("pending"),
    };
    let expected: Vec<Value> = then
        .iter()
        .map(|open| match open["pass"] == "used" {
            true => json!([open["visit"], pass(&open["visit"])]),
            false => json!([open["visit"], open["pass"]]),
        })
        .collect();
    assert_eq!(ends(open), expected, "{name}");
}

fn check_intents(name: &str, open: EarlierRuns, then: &[Value]) {
    let told = |open: PendingIntent| {
        let until = |made: &PendingPass| made.start.after_minutes(made.lifetime_minutes).0;
        let made = open.made.map(|made| json!([made.id.0, until(&made)]));
        let known: Vec<_> = open.known_passes.into_iter().map(|pass| pass.0).collect();
        json!([
            open.subject.visit.0,
            open.subject.user.0,
            open.upn,
            open.intent,
            known,
            open.asked_at.0,
            open.lifetime_minutes,
            made
        ])
    };
    let pending: Vec<Value> = open.pending().into_iter().map(told).collect();
    let made = |issued: &Value| {
        let life = issued["lifetime_minutes"].as_i64()? * 60_000;
        let until = issued["start_unix_ms"].as_i64()? + life;
        Some(json!([issued["id"], until]))
    };
    let told_then = |open: &Value| {
        json!([
            open["visit"],
            open["user_id"],
            open["upn"],
            open["intent"],
            open["known_pass_ids"],
            open["at_unix_ms"],
            open["lifetime_minutes"],
            made(&open["issued"])
        ])
    };
    let expected: Vec<Value> = then.iter().map(told_then).collect();
    assert_eq!(pending, expected, "{name}");
}

#[test]
fn an_old_record_is_verified_and_leaves_the_same_open() {
    for name in ["closed", "killed", "every_event"] {
        let (_dir, path) = copied(name);
        check_read(name, &Reader::open(&path).unwrap());
        // The station itself, which writes: it takes the side files in.
        check_read(name, RecordLog::open(&path).unwrap().read());
        check_read(name, &Reader::open(&path).unwrap());
    }
}

/// Byte for byte: what that version wrote of each event is what this one would write.
#[test]
fn every_old_event_is_read_and_would_be_written_the_same() {
    let (_dir, path) = copied("every_event");
    let reader = Reader::<Recorded>::open(&path).unwrap();
    let mut lines = Vec::new();
    let all = Seq(1)..=Seq(u64::MAX);
    reader.export_json_lines(all, &mut lines).unwrap();
    let then = std::fs::read(fixture("every_event.jsonl")).unwrap();
    assert!(lines == then, "the export is the same");
    let lines = String::from_utf8(lines).unwrap();
    let bodies = lines.lines().map(|line| {
        let (_, body) = line.split_once(",\"body\":").unwrap();
        body.strip_suffix('}').unwrap()
    });
    let mut names = std::collections::BTreeSet::new();
    for body in bodies {
        let event: Event = serde_json::from_str(body).unwrap();
        let again = serde_json::to_string(&event).unwrap();
        assert_eq!(audit::harmless(&again), body);
        let told: Value = serde_json::from_str(body).unwrap();
        names.insert(told["event"].as_str().unwrap().to_owned());
    }
    assert_eq!(names.len(), 19, "every event there was: {names:?}");
    for name in ["every_event", "closed"] {
        let then = std::fs::read(fixture(&format!("{name}.jsonl"))).unwrap();
        let verified = audit::verify_json_lines::<Recorded>(then.as_slice(), None).unwrap();
        assert_eq!(json!(verified.head.hash_hex), self::then(name)["head"]);
    }
}
