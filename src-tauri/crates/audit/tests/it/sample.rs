//! Entries to record, and ways around the log.

use std::path::{Path, PathBuf};

use audit::{Entry, Record, Seq, Vocabulary};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

/// What the tests record: a little of everything a vocabulary may hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Event {
    Opened {
        version: String,
    },
    Refused {
        code: String,
    },
    Begun {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ticket: Option<u32>,
    },
    Named {
        id: String,
        name: String,
    },
    Asked {
        intent: String,
        known: Vec<String>,
        minutes: u32,
        once: bool,
        replaces: Option<String>,
    },
    Answered {
        intent: String,
        start_unix_ms: i64,
    },
    Over,
}

/// Intents without an answer and visits that are not over.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct LeftOpen {
    pub(crate) intents: Vec<String>,
    pub(crate) visits: Vec<u64>,
}

impl Vocabulary for Event {
    const VERSION: u32 = 1;
    const MAX_BYTES: usize = 200_000;
    const OPENS_OR_ENDS: &'static [&'static str] = &["begun", "asked", "answered", "over"];
    type LeftOpen = LeftOpen;

    fn fold(open: &mut LeftOpen, record: Record<Self>) {
        match record.event {
            Self::Begun { .. } => open.visits.extend(record.visit),
            Self::Over => open.visits.retain(|visit| Some(*visit) != record.visit),
            Self::Asked { intent, .. } => open.intents.push(intent),
            Self::Answered { intent, .. } => open.intents.retain(|asked| *asked != intent),
            Self::Opened { .. } | Self::Refused { .. } | Self::Named { .. } => {}
        }
    }
}

pub(crate) type Log = audit::Log<Event>;

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
    assert_eq!(head(&log).seq, Seq(RECORDS));
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

pub(crate) fn asked(intent: &str) -> Event {
    Event::Asked {
        intent: intent.to_owned(),
        known: vec!["old-1".to_owned(), "old-2".to_owned()],
        minutes: 30,
        once: true,
        replaces: Some("old-2".to_owned()),
    }
}

pub(crate) const BEGUN: Event = Event::Begun { ticket: None };

pub(crate) fn refused(code: &str) -> Event {
    Event::Refused {
        code: code.to_owned(),
    }
}

/// Each kind of event, some of them again and again.
pub(crate) fn every_event() -> Vec<Event> {
    let s = str::to_owned;
    let mut events = vec![Event::Opened {
        version: s("0.1.0"),
    }];
    for n in 0..3 {
        let intent = format!("intent-{n}");
        events.extend([
            refused("no_role"),
            Event::Begun { ticket: Some(n) },
            Event::Named {
                id: s("user-1"),
                name: s("来訪 者"),
            },
            asked(&intent),
            Event::Answered {
                intent,
                start_unix_ms: AT,
            },
            Event::Over,
        ]);
    }
    events
}

/// Every record there is.
pub(crate) fn all(log: &Log) -> Vec<Record<Event>> {
    log.read().records(Seq(1), usize::MAX).unwrap()
}

/// The end of the chain.
pub(crate) fn head(log: &Log) -> audit::Head {
    log.read().verify(None).unwrap().head
}

/// All of it as JSON lines.
pub(crate) fn exported(log: &Log) -> String {
    let mut out = Vec::new();
    let reader = log.read();
    reader
        .export_json_lines(Seq(1)..=Seq(u64::MAX), &mut out)
        .unwrap();
    String::from_utf8(out).unwrap()
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
