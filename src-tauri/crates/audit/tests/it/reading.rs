//! Looking at a record without changing it, in each state a station leaves it in.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use audit::{OpenError, Reader, Seq, VerifyError};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::sample::{BEGUN, Event, Log, RECORDS, Random, append, full_log, head, open, place};

type Files = BTreeMap<OsString, Vec<u8>>;

fn files(dir: &Path) -> Files {
    let entries = fs::read_dir(dir).unwrap().map(Result::unwrap);
    entries
        .map(|file| (file.file_name(), fs::read(file.path()).unwrap()))
        .collect()
}

/// What lies in the folder while a station writes, as a copy with only some of the files.
fn copied(endings: &[&str]) -> (TempDir, PathBuf) {
    let (_dir, from) = place();
    let _log = full_log(&from);
    let (dir, to) = place();
    for ending in endings {
        let name = |path: &Path| PathBuf::from(format!("{}{ending}", path.display()));
        fs::copy(name(&from), name(&to)).unwrap();
    }
    (dir, to)
}

#[track_caller]
fn is_sound_and_untouched(dir: &Path, path: &Path) {
    let before = files(dir);
    let reader = Reader::<Event>::open(path).unwrap();
    assert_eq!(reader.verify(None).unwrap().records, RECORDS);
    assert_eq!(reader.records(Seq(1), 100).unwrap().len() as u64, RECORDS);
    reader.left_open().unwrap();
    drop(reader);
    let after = files(dir);
    assert_eq!(
        after.keys().collect::<Vec<_>>(),
        before.keys().collect::<Vec<_>>()
    );
    for (name, content) in before {
        // The index of the side file is SQLite's note to itself.
        let is_index = name.to_string_lossy().ends_with("-shm");
        assert!(is_index || after[&name] == content, "{name:?}");
    }
}

#[test]
fn a_record_is_left_as_it_was_found() {
    let (dir, path) = place();
    drop(full_log(&path));
    is_sound_and_untouched(dir.path(), &path);
    let (dir, path) = copied(&["", "-wal", "-shm"]);
    is_sound_and_untouched(dir.path(), &path);
    let (dir, path) = copied(&["", "-wal"]);
    is_sound_and_untouched(dir.path(), &path);
    let (dir, path) = place();
    let log = full_log(&path);
    is_sound_and_untouched(dir.path(), &path);
    drop(log);
}

/// The side files lie beside the file, not beside what leads to it.
#[cfg(unix)]
#[test]
fn a_link_to_a_record_is_read_as_the_record() {
    let check = |path: &Path| {
        let links = tempfile::tempdir().unwrap();
        let link = links.path().join("link.sqlite3");
        std::os::unix::fs::symlink(path, &link).unwrap();
        let reader = Reader::<Event>::open(&link).unwrap();
        assert_eq!(reader.verify(None).unwrap().records, RECORDS);
        assert_eq!(files(links.path()).len(), 1, "nothing was made");
    };
    let (_dir, path) = copied(&["", "-wal"]);
    check(&path);
    let (_dir, path) = place();
    let log = full_log(&path);
    check(&path);
    drop(log);
    check(&path);
}

#[test]
fn a_name_with_any_characters_is_the_files_own() {
    let dir = tempfile::tempdir().unwrap();
    for name in [
        "a b",
        "a?mode=rw",
        "a#b",
        "a%20b",
        "窓口",
        "file:a",
        "a&b=c",
    ] {
        let path = dir.path().join(name);
        drop(full_log(&path));
        let reader = Reader::<Event>::open(&path).unwrap();
        assert_eq!(reader.verify(None).unwrap().records, RECORDS, "{name}");
    }
}

#[test]
fn a_side_file_that_is_missing_is_told() {
    let check = |endings: &[&str]| {
        let (_dir, path) = copied(endings);
        let error = Reader::<Event>::open(&path).unwrap_err();
        assert!(matches!(error, OpenError::SideFileMissing), "{error:?}");
    };
    check(&["", "-shm"]);
    // All that was recorded lay in the side file, and a station records its start.
    check(&[""]);
}

#[test]
fn what_is_no_record_is_refused() {
    let (dir, path) = place();
    let check = |content: &[u8]| {
        fs::write(&path, content).unwrap();
        let error = Reader::<Event>::open(&path).unwrap_err();
        assert!(matches!(error, OpenError::NotARecord), "{error:?}");
    };
    check(b"");
    check(b"SQLite format 3\0");
    check(&[b'x'; 5000]);
    fs::remove_file(&path).unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE record (seq INTEGER)")
        .unwrap();
    let error = Reader::<Event>::open(&path).unwrap_err();
    assert!(matches!(error, OpenError::NotARecord), "{error:?}");
    let error = Reader::<Event>::open(dir.path()).unwrap_err();
    assert!(matches!(error, OpenError::Shared(_)), "{error:?}");
    assert_eq!(files(dir.path()).len(), 1, "nothing was made");
}

/// Empties the side file at each line, which SQLite refuses while somebody reads from it.
struct Emptying {
    other: Connection,
    lines: u64,
}

impl Write for Emptying {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.contains(&b'\n') {
            let held: i64 = self
                .other
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
                .unwrap();
            assert_eq!(held, 0, "line {}", self.lines);
            self.lines += 1;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A station may go on writing: between the chunks nothing is held.
#[test]
fn a_reader_holds_up_nobody_who_writes() {
    let (_dir, path) = place();
    let mut log = full_log(&path);
    for _ in 0..300 {
        append(&mut log, None, BEGUN);
    }
    let reader = Reader::<Event>::open(&path).unwrap();
    let mut out = Emptying {
        other: Connection::open(&path).unwrap(),
        lines: 0,
    };
    reader
        .export_json_lines(Seq(1)..=Seq(u64::MAX), &mut out)
        .unwrap();
    assert_eq!(out.lines, RECORDS + 300);
    append(&mut log, None, BEGUN);
    assert_eq!(reader.verify(None).unwrap().records, RECORDS + 301);
}

/// What is read of a file that nobody had open may be half old, half new once somebody has.
#[test]
fn a_station_that_starts_in_the_middle_is_no_damage() {
    let (_dir, path) = place();
    drop(full_log(&path));
    let reader = Reader::<Event>::open(&path).unwrap();
    let mut log = open(&path);
    append(&mut log, None, BEGUN);
    let error = reader.verify(None).unwrap_err();
    assert!(matches!(error, VerifyError::Storage(_)), "{error:?}");
    let again = Reader::<Event>::open(&path).unwrap();
    assert_eq!(again.verify(None).unwrap().records, RECORDS + 1);
}

#[test]
fn a_stretch_reaches_from_the_first_to_the_last_record_of_a_time() {
    let (_dir, path) = place();
    let mut log = Log::open(&path).unwrap();
    // The clock that is learned from the service may step back.
    for at in [10, 20, 15, 30, 5, 40] {
        let entry = audit::Entry {
            visit: None,
            event: BEGUN,
        };
        log.append(at, &entry).unwrap();
    }
    let check = |time: std::ops::RangeInclusive<i64>, expected: Option<(u64, u64)>| {
        let found = log.read().stretch(Seq(6), time.clone()).unwrap();
        let found = found.map(|found| (found.start().0, found.end().0));
        assert_eq!(found, expected, "{time:?}");
    };
    check(i64::MIN..=i64::MAX, Some((1, 6)));
    check(15..=30, Some((2, 4)));
    check(0..=10, Some((1, 5)));
    check(40..=40, Some((6, 6)));
    check(50..=60, None);
    let found = log.read().stretch(Seq(3), 15..=30).unwrap();
    assert_eq!(found, Some(Seq(2)..=Seq(3)));
}

/// F17: a changed byte of the file is found, or changed nothing that is read.
#[test]
fn f17_no_changed_byte_of_a_file_passes_for_a_sound_record() {
    let (_dir, path) = place();
    let mut log = open(&path);
    for event in crate::sample::every_event().into_iter().take(4) {
        append(&mut log, Some(1), event);
    }
    let sound = head(&log);
    drop(log);
    let good = fs::read(&path).unwrap();
    let mut random = Random::seeded();
    let mut refused = 0;
    for place in 0..good.len() {
        // Of the empty room within a page a part is enough.
        if good[place] == 0 && place % 16 != 0 {
            continue;
        }
        let mut bad = good.clone();
        bad[place] ^= 1 << random.below(8);
        fs::write(&path, &bad).unwrap();
        let found = Reader::<Event>::open(&path).map(|reader| reader.verify(None));
        match found {
            Ok(Ok(verified)) => assert_eq!(verified.head, sound, "byte {place}"),
            Ok(Err(_)) | Err(_) => refused += 1,
        }
    }
    assert!(refused > 1000, "{refused} refused");
}

/// Nobody writes to them, so whoever opened one would wait for ever.
#[cfg(unix)]
#[test]
fn a_pipe_by_the_name_of_a_file_of_the_record_is_not_waited_for_t7() {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let (_dir, path) = copied(&["", "-wal", "-shm"]);
        let pipe = PathBuf::from(format!("{}{ending}", path.display()));
        if ending != "-journal" {
            fs::remove_file(&pipe).unwrap();
        }
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let error = Reader::<Event>::open(&path).unwrap_err();
        assert!(matches!(error, OpenError::Shared(_)), "{ending}: {error:?}");
        let error = Log::open(&path).unwrap_err();
        assert!(matches!(error, OpenError::Shared(_)), "{ending}: {error:?}");
    }
}
