//! What is no record, no longer one, or only half of one never passes for sound.

use std::path::Path;

use audit::Entry;
use rusqlite::Connection;
use station::onboarding::record::{Event, VERSION};
use station::record::{RecordLog, Recorded};

use crate::record::{copied, export, is_sound, lines, verify, written};

/// A version that this one does not know yet.
const NEWER: u32 = VERSION + 1;

#[track_caller]
fn is_refused(path: &Path, code: i32, says: &str) {
    for said in [verify(path), export(path, &["--format", "jsonl"])] {
        assert_eq!(said.code, Some(code), "{}{}", said.out, said.err);
        assert_eq!(said.out, "");
        assert!(said.err.contains(says), "{says:?}: {}", said.err);
        assert!(said.err.starts_with(path.to_str().unwrap()), "{}", said.err);
    }
}

#[test]
fn what_is_no_record_is_code_4() {
    let (dir, path) = written(b"");
    is_refused(&path, 4, "not a record: it is empty");
    is_refused(dir.path(), 4, "cannot be read");
    is_refused(&dir.path().join("missing"), 4, "cannot be read");
    for content in [
        &b"madoguchi"[..],
        &[0; 5000],
        b"\n{\"seq\":1}\n",
        b"\xff\xfe{\0\"\0",
        b"[]",
        b"{}",
        b"{\"event\":\"station_started\"}\n",
    ] {
        std::fs::write(&path, content).unwrap();
        is_refused(&path, 4, "neither the file of a station nor an export");
    }
    std::fs::write(&path, b"SQLite format 3\0").unwrap();
    is_refused(&path, 4, "not an untouched record");
    std::fs::remove_file(&path).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE record (seq)").unwrap();
    drop(other);
    is_refused(&path, 4, "not an untouched record");
}

/// A pipe that nobody writes to is not waited for, and what never ends is not read.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_said_to_be_none_and_never_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let socket = folder.path().join("socket");
    let _bound = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&pipe, &link).unwrap();
    let devices = ["/dev/zero", "/dev/null"].map(Path::new);
    for path in [pipe.as_path(), &socket, &link].into_iter().chain(devices) {
        is_refused(path, 4, "a pipe, a socket or a device, not a file");
    }
}

#[test]
fn a_newer_versions_record_is_code_4_and_told_as_that() {
    let (_dir, path) = copied("closed", &[""]);
    Connection::open(&path)
        .unwrap()
        .execute_batch(&format!("PRAGMA user_version = {NEWER}"))
        .unwrap();
    is_refused(&path, 4, "made by a newer version");
    let schema = format!("\"schema\":{NEWER},\"signed\":true,");
    let newer = lines("closed").replace("\"schema\":1,", &schema);
    let (_dir, path) = written(newer.as_bytes());
    let said = verify(&path);
    assert_eq!((said.code, said.out.as_str()), (Some(4), ""));
    assert!(said.err.contains("made by a newer version"), "{}", said.err);
}

#[test]
fn a_side_file_that_is_missing_is_told_and_code_4() {
    let (_dir, path) = copied("killed", &["", "-shm"]);
    is_refused(&path, 4, "its side file is missing");
    let (_dir, path) = copied("killed", &[""]);
    is_refused(&path, 4, "its side file is missing");
}

/// The record was written to when it was copied, and the copy of the side file went wrong.
#[test]
fn a_side_file_that_was_emptied_is_code_4_and_one_that_was_changed_code_3() {
    let (_dir, path) = copied("killed", &["", "-wal"]);
    let side = path.with_extension("sqlite3-wal");
    let good = std::fs::read(&side).unwrap();
    std::fs::write(&side, b"").unwrap();
    is_refused(&path, 4, "its side file is missing or damaged");
    let mut bad = good.clone();
    bad[good.len() / 2] ^= 1;
    std::fs::write(&side, &bad).unwrap();
    let said = verify(&path);
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""));
    assert!(said.err.contains("own structure is broken"), "{}", said.err);
}

#[cfg(unix)]
#[test]
fn a_record_that_may_not_be_read_is_code_4() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let (_dir, path) = copied("closed", &[""]);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_madoguchictl"));
    command.args(["record", "verify"]).arg(&path);
    if std::fs::File::open(&path).is_ok() {
        // Nothing is closed to root: somebody else asks.
        command.uid(65_534);
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("cannot be read"), "{told}");
}

/// What belongs to no entry may differ; the hashes say that nothing else does.
#[test]
fn line_ends_and_a_byte_order_mark_change_no_entry() {
    let text = lines("closed");
    let check = |text: String| {
        let (_dir, path) = written(text.as_bytes());
        is_sound(&verify(&path), "44 entries");
    };
    check(format!("\u{feff}{text}"));
    check(text.replace('\n', "\r\n"));
    check(text.trim_end().to_owned());
    check(format!("{text}\n\r\n\n"));
}

/// What is done to the lines of an export, and the first entry that is told as damaged for it.
#[test]
fn an_export_that_was_changed_is_code_3_at_its_first_wrong_entry() {
    let text = lines("closed");
    let all: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let check = |name: &str, lines: &[String], entry: usize| {
        let (_dir, path) = written(lines.concat().as_bytes());
        let said = verify(&path);
        assert_eq!((said.code, said.out.as_str()), (Some(3), ""), "{name}");
        let told = format!("damaged at entry {entry}: ");
        assert!(said.err.contains(&told), "{name}: {}", said.err);
        let sound = format!("the {} entries before it are sound", entry - 1);
        assert!(said.err.contains(&sound), "{name}: {}", said.err);
    };
    let mut cut = all[..9].to_vec();
    cut.push(all[9][..all[9].len() / 2].to_owned());
    check("cut in a line", &cut, 10);
    let mut swapped = all.clone();
    swapped.swap(19, 20);
    check("in another order", &swapped, 20);
    let mut doubled = all.clone();
    doubled.insert(5, all[4].clone());
    check("a line twice", &doubled, 6);
    let mut gap = all.clone();
    gap.remove(30);
    check("a line left out", &gap, 31);
    let mut blank = all.clone();
    blank.insert(3, "\n".to_owned());
    check("a blank line", &blank, 4);
    let mut changed = all.clone();
    changed[9] = changed[9].replace("finished", "cancelled");
    check("changed", &changed, 10);
    let mut aged = all.clone();
    aged[11] = aged[11].replacen("\"schema\":1,", &format!("\"schema\":{NEWER},"), 1);
    check("said to be newer", &aged, 12);
    let mut other = all.clone();
    other[1] = other[1].replacen("\"station\":\"", "\"station\":\"x", 1);
    check("of another station", &other, 2);
    let bytes = [all[0].as_bytes(), b"{\xff}\n"].concat();
    let (_dir, path) = written(&bytes);
    let said = verify(&path);
    assert_eq!(said.code, Some(3));
    assert!(
        said.err.contains("damaged at entry 2: it cannot be read"),
        "{}",
        said.err
    );
}

/// Changes a record behind the back of its triggers.
fn meddle(path: &Path, statement: &str) {
    let raw = Connection::open(path).unwrap();
    let guards: Vec<(String, String)> = raw
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (name, _) in &guards {
        raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    raw.execute_batch(statement).unwrap();
    for (_, sql) in &guards {
        raw.execute_batch(sql).unwrap();
    }
}

#[test]
fn a_record_that_was_changed_is_code_3_and_only_its_sound_entries_go_out() {
    let all = lines("closed");
    let check = |statement: &str, entry: usize| {
        let (_dir, path) = copied("closed", &[""]);
        meddle(&path, statement);
        let told = format!(
            "damaged at entry {entry}: its content was changed; the {} entries before it are sound",
            entry - 1
        );
        let said = verify(&path);
        assert_eq!((said.code, said.out.as_str()), (Some(3), ""), "{statement}");
        assert!(said.err.contains(&told), "{statement}: {}", said.err);
        let said = export(&path, &["--format", "jsonl"]);
        assert_eq!(said.code, Some(3), "{statement}");
        assert!(said.err.contains(&told), "{statement}: {}", said.err);
        let sound: String = all.split_inclusive('\n').take(entry - 1).collect();
        assert!(said.out == sound, "{statement}");
    };
    check(
        "UPDATE record SET at_unix_ms = at_unix_ms + 1 WHERE seq = 7",
        7,
    );
    check("UPDATE record SET body = '{' WHERE seq = 1", 1);
    check(
        "UPDATE record SET body = replace(body, 'pending', 'removed')",
        19,
    );
}

#[test]
fn a_spoilt_hash_in_the_last_entry_is_code_3() {
    let (_dir, path) = copied("closed", &[""]);
    meddle(&path, "UPDATE record SET hash = x'00' WHERE seq = 44");
    let said = verify(&path);
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""));
    let told = "damaged at entry 44: it cannot be read; the 43 entries before it are sound";
    assert!(said.err.contains(told), "{}", said.err);
}

/// The first pages lead to the tables; without them there is nothing to check.
#[test]
fn a_file_whose_pages_lead_nowhere_is_code_3_and_said_once() {
    let (_dir, path) = copied("closed", &[""]);
    let good = std::fs::read(&path).unwrap();
    let page = 4096;
    for place in [100, page, 2 * page, 3 * page] {
        let mut bad = good.clone();
        bad[place] ^= 0x20;
        std::fs::write(&path, &bad).unwrap();
        let said = verify(&path);
        assert_eq!((said.code, said.out.as_str()), (Some(3), ""), "{place}");
        let told = "own structure is broken, so that entries may be missing from here on";
        assert!(said.err.contains(told), "{place}: {}", said.err);
        assert!(!said.err.contains("malformed"), "{place}: {}", said.err);
    }
}

/// A small record with any byte changed is refused, or its entries are as they were.
#[test]
fn no_changed_byte_of_a_record_passes_for_sound() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.sqlite3");
    let mut log = RecordLog::open(&path).unwrap();
    for ticket in [None, Some(1), Some(2)] {
        let entry = Entry {
            visit: Some(1),
            event: Recorded(Event::VisitStarted { ticket }),
        };
        log.append(0, &entry).unwrap();
    }
    drop(log);
    let sound = verify(&path);
    is_sound(&sound, "3 entries");
    let good = std::fs::read(&path).unwrap();
    let (mut tried, mut refused) = (0, 0);
    for place in 0..good.len() {
        // Of the empty room within a page a part is enough.
        if good[place] == 0 && place % 64 != 0 {
            continue;
        }
        let mut bad = good.clone();
        bad[place] ^= 1 << (place % 8);
        std::fs::write(&path, &bad).unwrap();
        let said = verify(&path);
        tried += 1;
        match said.code {
            Some(0) => assert_eq!(said.out, sound.out, "byte {place}"),
            Some(3 | 4) => refused += 1,
            other => panic!("byte {place}: {other:?} {}", said.err),
        }
    }
    assert!(tried > 1000 && refused > 900, "{refused} of {tried}");
}
