//! Entries to record, and ways around the log.

use std::path::{Path, PathBuf};

use audit::{Entry, Event, Log, PassEnd, RemovalReason, Renewal, Seq, SignOutReason, VisitOutcome};
use rusqlite::Connection;
use tempfile::TempDir;

pub(crate) const AT: i64 = 1_770_000_000_000;

/// How many records [`full_log`] has.
pub(crate) const RECORDS: u64 = 19;

/// A directory of its own, and the log's path in it.
pub(crate) fn place() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.sqlite3");
    (dir, path)
}

pub(crate) fn open(path: &Path) -> Log {
    Log::open(path).unwrap()
}

pub(crate) fn append(log: &mut Log, visit: Option<u64>, event: Event) -> Seq {
    log.append(AT, &Entry { visit, event }).unwrap()
}

/// A log with one record of each kind of event.
pub(crate) fn full_log(path: &Path) -> Log {
    let mut log = open(path);
    for (n, event) in every_event().into_iter().enumerate() {
        append(&mut log, (n > 3).then_some(7), event);
    }
    assert_eq!(log.head().unwrap().seq, Seq(RECORDS));
    log
}

/// Many logs of the same records, without waiting for the disk for each record of each.
pub(crate) struct Copies(Vec<u8>);

impl Copies {
    pub(crate) fn of_full_log() -> Self {
        let (_dir, path) = place();
        drop(full_log(&path));
        Self(std::fs::read(&path).unwrap())
    }

    pub(crate) fn next(&self) -> (TempDir, Log, Connection) {
        let (dir, path) = place();
        std::fs::write(&path, &self.0).unwrap();
        let log = open(&path);
        (dir, log, unguarded(&path))
    }
}

pub(crate) fn intent(intent: &str) -> Event {
    Event::PassIntent {
        intent: intent.to_owned(),
        operator_oid: "oid-1".to_owned(),
        user_id: "user-1".to_owned(),
        upn: "person@example.test".to_owned(),
        client_request_id: "request-1".to_owned(),
        known_pass_ids: vec!["old-1".to_owned(), "old-2".to_owned()],
        lifetime_minutes: 30,
        once: true,
        replaces: Some("old-2".to_owned()),
        renewal: Some(Renewal {
            number: 1,
            reason: "ran out".to_owned(),
            same_person: true,
        }),
    }
}

pub(crate) fn every_event() -> Vec<Event> {
    let s = str::to_owned;
    let mut events = vec![
        Event::StationStarted {
            version: s("0.1.0"),
            config_sha256: s("00ff"),
        },
        Event::OperatorSignInRefused { code: s("no_role") },
        Event::OperatorSignedIn {
            oid: s("oid-1"),
            upn: s("operator@example.test"),
            name: s("窓口 係"),
            tid: s("tid-1"),
        },
        Event::OperatorSignedOut {
            oid: s("oid-1"),
            why: SignOutReason::Idle,
        },
        Event::VisitStarted { ticket: Some(12) },
        Event::PersonChosen {
            user_id: s("user-1"),
            upn: s("person@example.test"),
            display_name: s("来訪 者"),
        },
        Event::IdentityChecked {
            operator_oid: s("oid-1"),
            user_id: s("user-1"),
            checks: vec![s("staff_card"), s("call_back")],
            phone_confirmed: true,
            voucher: Some(s("supervisor@example.test")),
        },
        Event::RouteChosen {
            route: s("enable_phone_sign_in"),
        },
    ];
    events.extend(pass_events());
    events
}

fn pass_events() -> Vec<Event> {
    let s = str::to_owned;
    vec![
        intent("intent-1"),
        Event::PassUncertain {
            intent: s("intent-1"),
            code: s("timeout"),
        },
        Event::PassOrphanRemoved {
            intent: s("intent-1"),
            pass_id: s("pass-1"),
        },
        Event::PassNotIssued {
            intent: s("intent-1"),
        },
        Event::PassLapsed {
            intent: s("intent-1"),
        },
        Event::PassRefused {
            intent: s("intent-1"),
            code: s("forbidden"),
        },
        Event::PassIssued {
            intent: s("intent-1"),
            pass_id: s("pass-1"),
            start_unix_ms: AT,
            lifetime_minutes: 30,
            once: true,
        },
        Event::PassEntered {
            pass_id: s("pass-1"),
        },
        Event::Registered {
            kind: s("authenticator"),
            device_name: None,
            method_id: s("method-1"),
        },
        Event::PassRemoved {
            pass_id: s("pass-1"),
            why: RemovalReason::VisitEnded,
        },
        Event::VisitEnded {
            outcome: VisitOutcome::Finished,
            pass: PassEnd::Removed,
        },
    ]
}

/// A second connection with the append-only triggers taken away, as somebody with the file has it.
pub(crate) fn unguarded(path: &Path) -> Connection {
    let raw = Connection::open(path).unwrap();
    raw.pragma_update(None, "synchronous", "off").unwrap();
    raw.execute_batch(
        "DROP TRIGGER record_insert; DROP TRIGGER record_update; DROP TRIGGER record_delete;
         DROP TRIGGER meta_insert; DROP TRIGGER meta_update; DROP TRIGGER meta_delete;",
    )
    .unwrap();
    raw
}

/// Runs `statements` without the triggers and puts them back, so that opening does not miss them.
pub(crate) fn change_unnoticed(path: &Path, statements: &str) {
    let guards: Vec<String> = Connection::open(path)
        .unwrap()
        .prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let raw = unguarded(path);
    raw.execute_batch(statements).unwrap();
    raw.execute_batch(&guards.join(";")).unwrap();
}

/// Small, repeatable randomness; every test that uses it prints the seed.
pub(crate) struct Random(u64);

impl Random {
    /// Takes the seed from `AUDIT_TEST_SEED`, else a fresh one, and prints it.
    pub(crate) fn seeded() -> Self {
        use std::hash::BuildHasher;
        let seed = std::env::var("AUDIT_TEST_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok())
            .unwrap_or_else(|| std::hash::RandomState::new().hash_one(0));
        println!("AUDIT_TEST_SEED={seed}");
        Self(seed)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}
