//! Every start that fails says why as data, so that a screen can have its own words for it.

use std::path::Path;

use audit::Entry;
use onboarding::StartProblem;
use onboarding::record::Event;
use station::StartError;
use station::record::{RecordLog, Recorded};

/// What is said of a record that was left like this.
fn check(name: &str, spoil: impl FnOnce(&Path), expected: impl FnOnce(String) -> StartProblem) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.sqlite3");
    let mut log = RecordLog::open(&path).unwrap();
    let entry = Entry {
        visit: Some(1),
        event: Recorded(Event::VisitStarted { ticket: None }),
    };
    log.append(0, &entry).unwrap();
    drop(log);
    spoil(&path);
    let error = StartError::from(RecordLog::open(&path).unwrap_err());
    assert_eq!(
        error.problem(&path),
        expected(path.display().to_string()),
        "{name}: {error}"
    );
}

#[test]
fn each_way_a_record_can_be_spoilt_has_a_problem_of_its_own_f18() {
    let text = |path: &Path| std::fs::write(path, "a text that is no record".repeat(200)).unwrap();
    check("a text", text, |file| StartProblem::NotARecord { file });
    let zero_page = |path: &Path| {
        let mut bytes = std::fs::read(path).unwrap();
        bytes[100..].fill(0);
        std::fs::write(path, bytes).unwrap();
    };
    let damaged = |file| StartProblem::RecordDamaged { file, entry: None };
    check("zeros behind the header", zero_page, damaged);
    let half = |path: &Path| {
        let bytes = std::fs::read(path).unwrap();
        std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    };
    check("cut to half", half, damaged);
    let newer = |path: &Path| {
        let mut bytes = std::fs::read(path).unwrap();
        bytes[60..64].copy_from_slice(&1_000u32.to_be_bytes());
        std::fs::write(path, bytes).unwrap();
    };
    check("a newer one", newer, |file| StartProblem::RecordNewer {
        file,
    });
}

#[test]
fn a_folder_that_is_not_there_is_no_damage() {
    let record = Path::new("/proc/no/such/folder/record.sqlite3");
    let error = StartError::from(RecordLog::open(record).unwrap_err());
    let folder = "/proc/no/such/folder".to_owned();
    assert_eq!(
        error.problem(record),
        StartProblem::FolderUnusable { folder },
        "{error}"
    );
}

/// T7: whoever has the file under another name writes to it past every right of the folder.
#[cfg(unix)]
#[test]
fn t7_a_record_with_a_second_name_is_not_used() {
    use std::os::unix::fs::chown;
    let shared = |file| StartProblem::RecordShared { file };
    let linked = |path: &Path| {
        let second = path.with_extension("second");
        std::fs::hard_link(path, second).unwrap();
    };
    check("a second name", linked, shared);
    let beside = |path: &Path| {
        let wal = path.with_extension("sqlite3-wal");
        std::fs::write(&wal, "").unwrap();
        std::fs::hard_link(&wal, path.with_extension("second")).unwrap();
    };
    check("a side file with a second name", beside, shared);
    let folder = |path: &Path| {
        std::fs::remove_file(path).unwrap();
        std::fs::create_dir(path).unwrap();
    };
    check("a folder", folder, shared);
    let pipe_at = |path: &Path| {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.unwrap().success());
    };
    let pipe = |path: &Path| {
        std::fs::remove_file(path).unwrap();
        pipe_at(path);
    };
    check("a pipe", pipe, shared);
    check(
        "a pipe beside it",
        |path| pipe_at(&path.with_extension("sqlite3-journal")),
        shared,
    );
    // An administrator may look after a record that is the station's.
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.sqlite3");
    drop(RecordLog::open(&path).unwrap());
    if chown(&path, Some(4_321), None).is_ok() {
        drop(RecordLog::open(&path).unwrap());
    }
}
