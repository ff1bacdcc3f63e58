//! What an older version makes of a newer one's record, and the other way round.

use std::path::Path;

use audit::{Entry, OpenError, ReadError, Reader, Record, Seq, VerifyError, Vocabulary};
use serde::{Deserialize, Serialize};

use crate::sample::{AT, Event, Log, RECORDS, change_unnoticed, full_log, place};

/// The sample's events as a later version has them: a field and an event more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
enum Later {
    Refused {
        code: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again: Option<bool>,
    },
    Begun {
        ticket: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room: Option<u32>,
    },
    Praised,
}

/// The same, of the version that its maker says it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Of<const VERSION: u32>(Later);

impl<const VERSION: u32> Vocabulary for Of<VERSION> {
    const VERSION: u32 = VERSION;
    const MAX_BYTES: usize = 200_000;
    const OPENS_OR_ENDS: &'static [&'static str] = &["begun"];
    type LeftOpen = ();

    fn fold((): &mut (), _: Record<Self>) {}
}

fn append<const VERSION: u32>(path: &Path, event: Later) {
    let entry = Entry {
        visit: None,
        event: Of::<VERSION>(event),
    };
    let mut log = audit::Log::<Of<VERSION>>::open(path).unwrap();
    log.append(AT, &entry).unwrap();
}

const REFUSED: &str =
    "made by a newer version: the record has schema 2, this version knows up to 1";

fn is_refused(error: &OpenError) {
    let newer = matches!(
        error,
        OpenError::Newer {
            found: 2,
            supported: 1
        }
    );
    assert!(newer, "{error:?}");
    assert_eq!(error.to_string(), REFUSED);
}

/// F17, I5: SQLite removes the side file with the last connection, also where nothing was moved out of it. What refuses a
/// log leaves it.
#[test]
fn f17_a_log_that_is_refused_keeps_its_side_file_with_what_is_in_it() {
    let (_dir, path) = place();
    append::<2>(&path, Later::Praised);
    let mut log = audit::Log::<Of<2>>::open(&path).unwrap();
    let event = Of(Later::Praised);
    let visit = None;
    log.append(AT, &Entry { visit, event }).unwrap();
    log.keep_side_file().unwrap();
    drop(log);
    let side_file = path.with_extension("sqlite3-wal");
    let before = std::fs::read(&side_file).unwrap();
    assert!(!before.is_empty(), "the record is in it");
    is_refused(&Log::open(&path).unwrap_err());
    assert_eq!(std::fs::read(&side_file).unwrap(), before);
    let whole = audit::Log::<Of<2>>::open(&path).unwrap();
    assert_eq!(whole.read().verify(None).unwrap().records, 2);
    drop(whole);
    assert!(!side_file.exists(), "all of it is in the file");
    is_refused(&Log::open(&path).unwrap_err());
    assert!(!side_file.exists(), "and none is left where none was");
}

/// An addition raises the version of the file, also of one that was there before.
#[test]
fn a_newer_version_goes_on_with_an_older_record_and_the_older_one_then_says_so() {
    let (_dir, path) = place();
    let mut log = Log::open(&path).unwrap();
    crate::sample::append(&mut log, None, crate::sample::refused("x"));
    drop(log);
    append::<2>(&path, Later::Praised);
    let newer = Reader::<Of<2>>::open(&path).unwrap();
    let records = newer.records(Seq(1), 9).unwrap();
    let schemas: Vec<u32> = records.iter().map(|record| record.schema).collect();
    assert_eq!(schemas, [1, 2]);
    let old = Later::Refused {
        code: "x".to_owned(),
        again: None,
    };
    assert_eq!(records[0].event, Of(old), "the new field has its default");
    assert_eq!(newer.verify(None).unwrap().records, 2);

    is_refused(&Log::open(&path).unwrap_err());
    is_refused(&Reader::<Event>::open(&path).unwrap_err());
    let mut lines = Vec::new();
    let all = Seq(1)..=Seq(2);
    newer.export_json_lines(all, &mut lines).unwrap();
    let found = audit::verify_json_lines::<Event>(lines.as_slice(), None);
    let error = found.unwrap_err();
    assert!(
        matches!(error, VerifyError::Newer { seq: Seq(2) }),
        "{error:?}"
    );
    assert!(error.to_string().starts_with("made by a newer version"));
}

/// A line with a key more than this version writes is a newer one's as well.
#[test]
fn a_newer_form_of_an_exported_line_is_told_as_newer() {
    let (_dir, path) = place();
    let text = crate::sample::exported(&full_log(&path));
    let newer = text.replace("\"schema\":1,", "\"schema\":2,\"signed\":true,");
    let error = audit::verify_json_lines::<Event>(newer.as_bytes(), None).unwrap_err();
    assert!(
        matches!(error, VerifyError::Newer { seq: Seq(1) }),
        "{error:?}"
    );
}

/// Should an addition ever forget to raise the version: what is whole is not called damaged.
#[test]
fn an_event_or_a_field_that_is_not_known_is_newer_and_not_damage() {
    let again = Later::Refused {
        code: "x".to_owned(),
        again: Some(true),
    };
    let in_a_room = Later::Begun {
        ticket: None,
        room: Some(2),
    };
    for (event, folds) in [(Later::Praised, false), (again, false), (in_a_room, true)] {
        let (_dir, path) = place();
        drop(full_log(&path));
        append::<1>(&path, event.clone());
        let unknown = Seq(RECORDS + 1);
        let log = Log::open(&path).unwrap();
        let error = log.read().records(unknown, 1).unwrap_err();
        assert!(
            matches!(error, ReadError::Newer { seq } if seq == unknown),
            "{event:?}"
        );
        assert!(error.to_string().starts_with("made by a newer version"));
        let error = log.read().verify(None).unwrap_err();
        assert!(
            matches!(error, VerifyError::Newer { seq } if seq == unknown),
            "{event:?}"
        );
        assert_eq!(log.read().left_open().is_err(), folds, "{event:?}");
        drop(log);
        change_unnoticed(&path, "UPDATE record SET boot = 'x' WHERE seq = 20");
        let reader = Reader::<Event>::open(&path).unwrap();
        let error = reader.records(unknown, 1).unwrap_err();
        assert!(
            matches!(error, ReadError::Damaged { .. }),
            "{event:?}: {error:?}"
        );
    }
}
