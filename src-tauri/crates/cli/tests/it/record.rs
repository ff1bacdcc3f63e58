//! `record verify` and `record export` of records that are sound.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use audit::Entry;
use station::onboarding::record::Event;
use station::record::{RecordLog, Recorded};
use tempfile::TempDir;

use crate::later::LATER;
use crate::{Said, run};

/// Records that version 0.1.0 made.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../station/tests/fixtures/record")
        .join(name)
}

/// How many entries `closed` and `killed` have.
pub(crate) const ENTRIES: usize = 44;

/// A copy of a record with some of its side files.
pub(crate) fn copied(name: &str, endings: &[&str]) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.sqlite3");
    for ending in endings {
        let to = dir.path().join(format!("record.sqlite3{ending}"));
        std::fs::copy(fixture(&format!("{name}.sqlite3{ending}")), to).unwrap();
    }
    (dir, path)
}

pub(crate) fn verify(path: &Path) -> Said {
    run(&["record".as_ref(), "verify".as_ref(), path.as_os_str()])
}

pub(crate) fn export(path: &Path, more: &[&str]) -> Said {
    let path = path.to_str().unwrap();
    run(&[&["record", "export", path], more].concat())
}

#[track_caller]
pub(crate) fn is_sound(said: &Said, how: &str) {
    assert_eq!(
        (said.code, said.err.as_str()),
        (Some(0), ""),
        "{}",
        said.out
    );
    assert!(
        said.out.contains(&format!(": sound, {how}\n")),
        "{}",
        said.out
    );
}

/// As the station would find it, one file after another.
pub(crate) fn lines(name: &str) -> String {
    std::fs::read_to_string(fixture(&format!("{name}.jsonl"))).unwrap()
}

/// `text` in a file of its own.
pub(crate) fn written(text: &[u8]) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.jsonl");
    std::fs::write(&path, text).unwrap();
    (dir, path)
}

#[test]
fn a_sound_record_is_code_0() {
    let (_dir, closed) = copied("closed", &[""]);
    is_sound(&verify(&closed), "44 entries");
    let (_dir, killed) = copied("killed", &["", "-wal", "-shm"]);
    is_sound(&verify(&killed), "44 entries");
    let (_dir, killed) = copied("killed", &["", "-wal"]);
    is_sound(&verify(&killed), "44 entries");
    let (_dir, exported) = written(lines("closed").as_bytes());
    is_sound(&verify(&exported), "44 entries");
}

#[test]
fn without_a_file_it_is_the_stations_own() {
    let (dir, _) = copied("closed", &[""]);
    let data = dir.path().to_str().unwrap();
    is_sound(
        &run(&["--data-dir", data, "record", "verify"]),
        "44 entries",
    );
    let said = run(&["record", "export", "--format", "jsonl", "--data-dir", data]);
    assert_eq!((said.code, said.out), (Some(0), lines("closed")));
}

/// A station may be writing to it, before and after.
#[test]
fn a_record_that_is_written_to_is_read_as_far_as_it_goes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.sqlite3");
    let mut log = RecordLog::open(&path).unwrap();
    for count in 1..4 {
        let entry = Entry {
            visit: Some(1),
            event: Recorded(Event::VisitStarted { ticket: None }),
        };
        log.append(0, &entry).unwrap();
        is_sound(&verify(&path), &format!("{count} entries"));
        let said = export(&path, &["--format", "jsonl"]);
        assert_eq!(said.out.lines().count(), count);
    }
}

#[test]
fn an_anchor_that_was_kept_finds_a_cut_end() {
    let (_dir, path) = copied("closed", &[""]);
    let said = verify(&path);
    let anchor = said
        .out
        .lines()
        .find_map(|line| line.strip_prefix("anchor: "));
    let anchor = anchor.unwrap();
    let with = |path: &Path, anchor: &str| {
        let path = path.to_str().unwrap();
        run(&["record", "verify", path, "--anchor", anchor])
    };
    is_sound(&with(&path, anchor), "44 entries");
    let text = lines("closed");
    let cut: Vec<&str> = text.split_inclusive('\n').take(40).collect();
    let (_dir, cut) = written(cut.concat().as_bytes());
    is_sound(&verify(&cut), "40 entries");
    let said = with(&cut, anchor);
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""));
    assert!(
        said.err.contains("ends at 40 although it once reached 44"),
        "{}",
        said.err
    );
    let other = anchor.replace(['a', 'b', 'c'], "0");
    let said = with(&path, &other);
    assert_eq!(said.code, Some(3));
    assert!(
        said.err.contains("record 44 is not the one"),
        "{}",
        said.err
    );
    for wrong in ["44", "44:", "x:00", &anchor[..anchor.len() - 1]] {
        assert_eq!(with(&path, wrong).code, Some(2), "{wrong}");
    }
    let segment: Vec<&str> = text.split_inclusive('\n').skip(20).collect();
    let (_dir, segment) = written(segment.concat().as_bytes());
    assert_eq!(with(&segment, anchor).code, Some(0));
    let said = with(&segment, &anchor.replacen("44:", "3:", 1));
    assert_eq!(said.code, Some(4));
    assert!(said.err.contains("lies before 21"), "{}", said.err);
}

#[test]
fn a_segment_is_checked_from_its_own_start_and_called_one() {
    let text = lines("closed");
    let all: Vec<&str> = text.split_inclusive('\n').collect();
    let (_dir, path) = written(all[11..30].concat().as_bytes());
    let said = verify(&path);
    is_sound(&said, "a segment of 19 entries, 12 to 30");
    assert!(
        said.out.contains("not checked: the entries before 12"),
        "{}",
        said.out
    );
    let bad = all[11..30].concat().replacen("太郎", "次郎", 1);
    let (_dir, path) = written(bad.as_bytes());
    let said = verify(&path);
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""));
    let place = (12..)
        .zip(&all[11..30])
        .find(|(_, line)| line.contains("太郎"));
    let entry = place.unwrap().0;
    let told = format!(
        "damaged at entry {entry}: its content was changed; the {} entries before it are sound",
        entry - 12
    );
    assert!(said.err.contains(&told), "{}", said.err);
}

#[test]
fn an_export_in_json_lines_is_what_was_hashed_and_verifies() {
    for name in ["closed", "every_event"] {
        let (_dir, path) = copied(name, &[""]);
        let said = export(&path, &["--format", "jsonl"]);
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
        assert!(said.out == lines(name), "{name}");
    }
    // The first entry is of 14:13:20, each further one 21 s later.
    let (_dir, path) = copied("closed", &[""]);
    let check = |dates: &[&str], first: usize, last: usize| {
        let said = export(&path, &[&["--format", "jsonl"], dates].concat());
        assert_eq!(said.code, Some(0), "{dates:?}");
        let is_told = said.err.contains("no entry is of that time");
        assert_eq!(is_told, first == 0, "{dates:?}: {}", said.err);
        let text = lines("closed");
        let all: Vec<&str> = text.split_inclusive('\n').collect();
        let expected = if first == 0 {
            String::new()
        } else {
            all[first - 1..last].concat()
        };
        assert!(said.out == expected, "{dates:?}: {}", said.out);
        if first > 1 {
            let (_dir, segment) = written(said.out.as_bytes());
            let how = format!(
                "a segment of {} entries, {first} to {last}",
                last + 1 - first
            );
            is_sound(&verify(&segment), &how);
        }
    };
    check(&["--from", "2026-09-21"], 1, ENTRIES);
    check(&["--to", "2026-09-21"], 1, ENTRIES);
    check(&["--from", "2026-09-21", "--to", "2026-09-21"], 1, ENTRIES);
    check(&["--to", "9999-12-31"], 1, ENTRIES);
    check(&["--from", "9999-12-31"], 0, 0);
    check(&["--from", "2026-09-22"], 0, 0);
    check(&["--to", "2026-09-20"], 0, 0);
    check(&["--from", "2026-09-21T14:14:00Z"], 3, ENTRIES);
    check(&["--from", "2026-09-21T23:14:02+09:00"], 3, ENTRIES);
    check(&["--to", "2026-09-21T14:14:02Z"], 1, 3);
    check(
        &[
            "--from",
            "2026-09-21T14:14:02Z",
            "--to",
            "2026-09-21T14:14:30Z",
        ],
        3,
        4,
    );
}

/// The names a body's fields have as columns, and their values.
fn columns(body: &serde_json::Value) -> Vec<(String, &serde_json::Value)> {
    let mut columns = Vec::new();
    for (name, value) in body.as_object().unwrap() {
        match value.as_object() {
            Some(parts) => {
                let part = |(part, value)| (format!("{name}_{part}"), value);
                columns.extend(parts.iter().map(part));
            }
            // A pass that is no renewal has none of its columns.
            None if name == "renewal" => {}
            None => columns.push((name.clone(), value)),
        }
    }
    columns
}

#[test]
fn an_export_as_a_table_has_a_column_for_each_field_and_no_formula() {
    let (_dir, path) = copied("every_event", &[""]);
    let said = export(&path, &["--format", "csv"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    let mut sheet = csv::Reader::from_reader(said.out.as_bytes());
    let names: Vec<String> = sheet.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = sheet.records().map(Result::unwrap).collect();
    let text = lines("every_event");
    assert_eq!(rows.len(), text.lines().count());
    let mut filled = BTreeSet::new();
    for (line, row) in text.lines().zip(&rows) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let cell = |name: &str| {
            let column = names.iter().position(|found| found == name);
            &row[column.unwrap_or_else(|| panic!("no column for {name}"))]
        };
        assert_eq!(cell("entry"), line["seq"].to_string());
        assert_eq!(cell("hash"), line["hash"]);
        assert!(cell("at").starts_with("2026-09-21T"), "{}", cell("at"));
        for (name, value) in columns(&line["body"]) {
            let is_nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
            assert_eq!(cell(&name).is_empty(), is_nothing, "{name}: {value}");
            filled.insert(name);
        }
        for cell in row {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell}"
            );
            assert!(!cell.contains(char::is_control), "{cell:?}");
        }
    }
    assert!(said.out.contains("'=1+1\\u202e"), "defused and harmless");
    assert!(said.out.contains("photo-id staff-list"));
    let idle: Vec<_> = names[6..]
        .iter()
        .filter(|name| !filled.contains(*name))
        .collect();
    assert_eq!(
        idle,
        LATER.iter().collect::<Vec<_>>(),
        "columns that no event fills"
    );
}

/// A reader that takes a semicolon for the end of a cell makes no formula of what follows it.
#[test]
fn every_cell_of_a_table_is_quoted() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.sqlite3");
    let mut log = RecordLog::open(&path).unwrap();
    let entry = Entry {
        visit: None,
        event: Recorded(Event::StationStarted {
            version: "a;=1+1".to_owned(),
            config_sha256: String::new(),
        }),
    };
    log.append(0, &entry).unwrap();
    let said = export(&path, &["--format", "csv"]);
    assert!(said.out.contains(",\"a;=1+1\","), "{}", said.out);
    for line in said.out.lines() {
        let cells = line
            .strip_prefix('"')
            .and_then(|line| line.strip_suffix('"'));
        let cells: Vec<&str> = cells.unwrap().split("\",\"").collect();
        assert_eq!(cells.len(), 88, "{line}");
    }
}

#[test]
fn wrong_usage_of_the_record_is_code_2() {
    let (_dir, path) = copied("closed", &[""]);
    let path = path.to_str().unwrap();
    let wrong: [&[&str]; 9] = [
        &["record"],
        &["record", "repair"],
        &["record", "verify", path, path],
        &["record", "export", path],
        &["record", "export", path, "--format", "xml"],
        &[
            "record",
            "export",
            path,
            "--format",
            "csv",
            "--from",
            "yesterday",
        ],
        &[
            "record",
            "export",
            path,
            "--format",
            "csv",
            "--to",
            "2026-02-30",
        ],
        &[
            "record",
            "export",
            path,
            "--format",
            "csv",
            "--to",
            "2026-09-21T10:00",
        ],
        &[
            "record",
            "export",
            path,
            "--format",
            "csv",
            "--from",
            "2026-09-22",
            "--to",
            "2026-09-21",
        ],
    ];
    for arguments in wrong {
        let said = run(arguments);
        assert_eq!(
            (said.code, said.out.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        assert_ne!(said.err, "", "{arguments:?}");
    }
}

/// Whoever reads along may stop; that is no reason to complain, but no success either.
#[test]
fn a_broken_pipe_is_code_1_and_quiet() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.sqlite3");
    let mut log = RecordLog::open(&path).unwrap();
    // More than a pipe holds.
    for _ in 0..400 {
        let entry = Entry {
            visit: Some(1),
            event: Recorded(Event::VisitStarted { ticket: None }),
        };
        log.append(0, &entry).unwrap();
    }
    for format in ["jsonl", "csv"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_madoguchictl"))
            .args(["record", "export", "--format", format])
            .arg(&path)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        lines.next().unwrap().unwrap();
        drop(lines);
        assert_eq!(child.wait().unwrap().code(), Some(1));
        let mut told = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut told)
            .unwrap();
        assert_eq!(told, "", "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_takes_nothing_is_code_1() {
    let (_dir, path) = copied("closed", &[""]);
    for arguments in [
        &["record", "verify"][..],
        &["record", "export", "--format", "jsonl"],
        &["record", "export", "--format", "csv"],
    ] {
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_madoguchictl"))
            .args(arguments)
            .arg(&path)
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("the output cannot be written"), "{told}");
    }
}
