//! I5: what is gone, cut or older than it was is noticed, while the log is open and when it is opened again.

use std::fs;
use std::path::Path;

use audit::{AppendError, Contradiction, Entry, Found, FoundFile, Seq, Witness};

use crate::sample::{AT, BEGUN, Event, Log, append, change_unnoticed, open, place, refused};

fn side(path: &Path, ending: &str) -> std::path::PathBuf {
    let name = path.file_name().unwrap().to_str().unwrap();
    path.with_file_name(format!("{name}{ending}"))
}

fn next(log: &mut Log) -> Result<Seq, AppendError> {
    let event = BEGUN;
    log.append(
        AT,
        &Entry {
            visit: Some(1),
            event,
        },
    )
}

/// What happens to the files of an open log, and whether its next entry is refused by `append` itself.
fn check_open(name: &str, meanwhile: impl FnOnce(&Path), refused_at_once: bool) {
    let (_dir, path) = place();
    let mut log = open(&path);
    for _ in 0..40 {
        append(&mut log, Some(1), refused("x"));
    }
    log.empty_side_file().unwrap();
    append(&mut log, Some(1), refused("y"));
    assert!(log.is_in_place(), "{name}: before");
    meanwhile(&path);
    assert!(!log.is_in_place(), "{name}");
    if refused_at_once {
        let error = next(&mut log).unwrap_err();
        assert!(matches!(error, AppendError::Displaced), "{name}: {error}");
    }
}

#[test]
fn files_that_go_while_the_log_is_open_are_missed_i5() {
    check_open("the file", |path| fs::remove_file(path).unwrap(), true);
    let wal = |path: &Path| fs::remove_file(side(path, "-wal")).unwrap();
    check_open("the side file", wal, true);
    let index = |path: &Path| fs::remove_file(side(path, "-shm")).unwrap();
    check_open("the index", index, true);
    let folder = |path: &Path| {
        let folder = path.parent().unwrap();
        fs::rename(folder, folder.with_extension("away")).unwrap();
    };
    check_open("the folder", folder, true);
    let replaced = |path: &Path| {
        let copy = path.with_extension("copy");
        fs::copy(path, &copy).unwrap();
        fs::rename(&copy, path).unwrap();
    };
    check_open("a copy in its place", replaced, true);
    check_open("emptied", |path| fs::write(path, "").unwrap(), true);
    let cut_side = |path: &Path| {
        let file = fs::OpenOptions::new().write(true).open(side(path, "-wal"));
        file.unwrap().set_len(0).unwrap();
    };
    check_open("the side file emptied", cut_side, false);
}

/// An older copy written over the file keeps its name, its number and its length.
#[test]
fn an_older_copy_written_over_the_open_file_is_noticed_i5() {
    let (_dir, path) = place();
    let mut log = open(&path);
    append(&mut log, Some(1), refused("x"));
    log.empty_side_file().unwrap();
    let older = fs::read(&path).unwrap();
    append(&mut log, Some(1), refused("y"));
    log.empty_side_file().unwrap();
    assert!(log.is_in_place());
    fs::write(&path, older).unwrap();
    assert!(!log.is_in_place());
}

#[test]
fn what_is_written_between_two_looks_is_still_there() {
    let (_dir, path) = place();
    let mut log = open(&path);
    for n in 1..50 {
        assert_eq!(next(&mut log).unwrap(), Seq(n));
        assert!(log.is_in_place());
        if n % 7 == 0 {
            assert!(log.empty_side_file().unwrap());
            assert_eq!(Found::at(&path).unwrap().side_file, Some(0));
        }
    }
}

#[test]
fn a_log_that_is_begun_has_its_first_entry_or_no_name() {
    let (dir, path) = place();
    let entry = Entry {
        visit: None,
        event: refused("x"),
    };
    let names = || {
        let mut names: Vec<_> = fs::read_dir(dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let long = Entry {
        visit: None,
        event: refused(&"x".repeat(300_000)),
    };
    Log::begin(&path, AT, &long).unwrap_err();
    assert!(names().is_empty(), "{:?}", names());
    // An app that was killed meanwhile left its draft.
    fs::write(dir.path().join("record.sqlite3.new"), "half").unwrap();
    Log::begin(&path, AT, &entry).unwrap();
    assert_eq!(names(), ["record.sqlite3"]);
    let log = open(&path);
    assert!(!log.was_created());
    assert_eq!(log.read().head().unwrap().seq, Seq(1));
    drop(log);
    Log::begin(&path, AT, &entry).unwrap_err();
    assert_eq!(open(&path).read().head().unwrap().seq, Seq(1), "another's");
}

fn witness(log: &Log) -> Witness {
    Witness::of(log.read().station(), log.read().head().unwrap(), 0)
}

/// What becomes of a log of which a witness saw ten entries.
fn check_witness(name: &str, meanwhile: impl FnOnce(&Path), expected: Option<Contradiction>) {
    let (_dir, path) = place();
    let mut log = open(&path);
    for n in 0..10_i32 {
        append(&mut log, Some(1), refused(&n.to_string()));
    }
    let seen = witness(&log);
    drop(log);
    meanwhile(&path);
    let found = open(&path).read().contradicts(&seen).unwrap();
    assert_eq!(found, expected, "{name}");
}

#[test]
fn a_log_must_be_what_its_witness_saw_or_more_i5() {
    let another = |path: &Path, entries: u64| {
        fs::remove_file(path).unwrap();
        let mut log = open(path);
        for _ in 0..entries {
            append(&mut log, Some(1), refused("other"));
        }
    };
    check_witness("untouched", |_| (), None);
    let more = |path: &Path| assert_eq!(append(&mut open(path), None, refused("more")), Seq(11));
    check_witness("newer than the witness", more, None);
    let cut = |path: &Path| change_unnoticed(path, "DELETE FROM record WHERE seq > 7");
    let rolled_back = |found| Contradiction::RolledBack {
        found: Seq(found),
        known: Seq(10),
    };
    check_witness("cut", cut, Some(rolled_back(7)));
    let emptied = |path: &Path| change_unnoticed(path, "DELETE FROM record");
    check_witness("all gone", emptied, Some(rolled_back(0)));
    let other = Some(Contradiction::OtherStation);
    check_witness("another's, shorter", |path| another(path, 3), other);
    check_witness("another's, longer", |path| another(path, 30), other);
    let rewritten = |path: &Path| {
        let station: String = rusqlite::Connection::open(path)
            .unwrap()
            .query_row("SELECT value FROM meta", [], |row| row.get(0))
            .unwrap();
        another(path, 0);
        change_unnoticed(path, &format!("UPDATE meta SET value = '{station}'"));
        let mut log = open(path);
        for _ in 0..12 {
            append(&mut log, Some(1), refused("other"));
        }
        log.read().verify(None).unwrap();
    };
    let seq = Seq(10);
    let expected = Some(Contradiction::Rewritten { seq });
    check_witness("written anew by the same station", rewritten, expected);
}

#[test]
fn the_later_of_two_witnesses_counts() {
    let (_dir, path) = place();
    let mut log = open(&path);
    let mut seen = Vec::new();
    for _ in 0..3 {
        append(&mut log, Some(1), refused("x"));
        seen.push(witness(&log));
    }
    let (first, last) = (&seen[0], &seen[2]);
    let check = |name: &str, one: &Witness, other: &Witness, expected: &Witness| {
        assert_eq!(one.clone().later(other.clone()), *expected, "{name}");
        assert_eq!(other.clone().later(one.clone()), *expected, "{name}");
    };
    check("further on", first, last, last);
    let closed = Witness {
        open: false,
        ..last.clone()
    };
    check("closed after that", last, &closed, &closed);
    let accepted = Witness {
        accepted: 5,
        ..first.clone()
    };
    check("accepted since", last, &accepted, &accepted);
    assert_eq!(Witness::from_bytes(&last.to_bytes()).as_ref(), Some(last));
    for bytes in [&b""[..], b"{", b"{}", b"\0\0", b"null"] {
        assert_eq!(Witness::from_bytes(bytes), None);
    }
}

#[test]
fn what_lies_in_the_place_of_a_log_is_told_without_opening_it() {
    let (_dir, path) = place();
    let check = |name: &str, file: FoundFile, side_file: bool, index: bool| {
        let found = Found::at(&path).unwrap();
        let found = (found.file, found.side_file.is_some(), found.index);
        assert_eq!(found, (file, side_file, index), "{name}");
    };
    check("nothing", FoundFile::Absent, false, false);
    let mut log = open(&path);
    append(&mut log, Some(1), refused("x"));
    check("open", FoundFile::There, true, true);
    drop(log);
    check("closed", FoundFile::There, false, false);
    let log = open(&path);
    log.keep_side_file().unwrap();
    drop(log);
    check("closed with its side file", FoundFile::There, true, true);
    fs::write(&path, "").unwrap();
    check("emptied", FoundFile::Empty, true, true);
    fs::remove_file(&path).unwrap();
    check("only the side file", FoundFile::Absent, true, true);
}

fn whole(reader: &audit::Reader<Event>) -> Result<audit::Head, audit::VerifyError> {
    let mut checked = reader.verify_further(None, 100)?;
    loop {
        let further = reader.verify_further(Some(&checked), 100)?;
        if further == checked {
            return Ok(checked);
        }
        checked = further;
    }
}

/// F17: old damage is found by checking on from where the last check ended, too.
#[test]
fn f17_a_log_is_checked_as_it_grows() {
    let (_dir, path) = place();
    let mut log = open(&path);
    for _ in 0..700 {
        append(&mut log, Some(1), refused("x"));
    }
    let reader = log.second_reader().unwrap();
    let checked = whole(&reader).unwrap();
    assert_eq!(checked.seq, Seq(700));
    assert_eq!(reader.verify_further(Some(&checked), 100).unwrap(), checked);
    append(&mut log, Some(1), Event::Over);
    let grown = reader.verify_further(Some(&checked), 100).unwrap();
    assert_eq!(grown, log.read().head().unwrap());
    change_unnoticed(&path, "UPDATE record SET body = '{}' WHERE seq = 5");
    assert_eq!(reader.verify_further(Some(&grown), 100).unwrap(), grown);
    let error = whole(&reader).unwrap_err();
    assert!(error.to_string().contains("damaged at 5"), "{error}");
}
