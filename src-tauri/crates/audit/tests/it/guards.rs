use std::path::Path;
use std::time::{Duration, Instant};

use audit::{AppendError, Entry, OpenError, Seq};
use rusqlite::Connection;

use crate::sample::{AT, BEGUN, Log, RECORDS, append, change_unnoticed, full_log, open, place};

#[test]
fn the_file_refuses_changes_through_any_connection() {
    let (_dir, path) = place();
    let log = full_log(&path);
    let raw = Connection::open(&path).unwrap();
    let check = |statement: &str| {
        let refused = raw.execute(statement, []).unwrap_err().to_string();
        assert!(
            refused.contains("records are") || refused.contains("named once"),
            "{statement}: {refused}"
        );
    };
    check("UPDATE record SET body = '{}' WHERE seq = 3");
    check("DELETE FROM record WHERE seq = 19");
    check("DELETE FROM record");
    check(
        "INSERT OR REPLACE INTO record SELECT seq, 0, schema, station, boot, visit, body, prev, hash FROM record WHERE seq = 3",
    );
    check(
        "INSERT INTO record SELECT seq + 5, 0, schema, station, boot, visit, body, prev, hash FROM record WHERE seq = 19",
    );
    check("UPDATE meta SET value = 'other'");
    check("DELETE FROM meta");
    check("INSERT OR REPLACE INTO meta VALUES ('station', 'other')");
    assert_eq!(log.read().verify(None).unwrap().records, RECORDS);
}

/// Another program that holds the file costs each entry a second, not five, and the log goes on once it is gone.
#[test]
fn an_append_is_refused_soon_while_a_stranger_holds_the_file() {
    let (_dir, path) = place();
    let mut log = full_log(&path);
    let stranger = Connection::open(&path).unwrap();
    stranger.execute_batch("BEGIN IMMEDIATE").unwrap();
    let entry = Entry {
        visit: None,
        event: BEGUN,
    };
    for _ in 0..2 {
        let begun = Instant::now();
        let refused = log.append(AT, &entry);
        let took = begun.elapsed();
        assert!(
            matches!(refused, Err(AppendError::Storage(_))),
            "{refused:?}"
        );
        assert!(took < Duration::from_secs(3), "it took {took:?}");
    }
    stranger.execute_batch("ROLLBACK").unwrap();
    assert_eq!(log.append(AT, &entry).unwrap(), Seq(RECORDS + 1));
    assert_eq!(log.read().verify(None).unwrap().records, RECORDS + 1);
}

/// A record that somebody else added is not built upon.
#[test]
fn an_append_after_a_strangers_record_is_refused() {
    let (_dir, path) = place();
    let mut log = full_log(&path);
    let mut other = open(&path);
    append(&mut other, None, BEGUN);
    let entry = Entry {
        visit: None,
        event: BEGUN,
    };
    for _ in 0..2 {
        assert!(matches!(log.append(AT, &entry), Err(AppendError::Changed)));
    }
    assert_eq!(other.append(AT, &entry).unwrap(), Seq(RECORDS + 2));
}

#[test]
fn a_trigger_that_swallows_or_changes_records_is_noticed() {
    let triggers = [
        "CREATE TRIGGER quiet BEFORE INSERT ON record BEGIN SELECT RAISE(IGNORE); END",
        "DROP TRIGGER record_delete; CREATE TRIGGER quiet AFTER INSERT ON record
         BEGIN DELETE FROM record WHERE seq = NEW.seq; END",
        "DROP TRIGGER record_update; CREATE TRIGGER quiet AFTER INSERT ON record
         BEGIN UPDATE record SET body = '{}' WHERE seq = NEW.seq; END",
    ];
    for trigger in triggers {
        let (_dir, path) = place();
        let mut log = full_log(&path);
        Connection::open(&path)
            .unwrap()
            .execute_batch(trigger)
            .unwrap();
        let entry = Entry {
            visit: None,
            event: BEGUN,
        };
        let appended = log.append(AT, &entry);
        assert!(matches!(appended, Err(AppendError::Changed)), "{trigger}");
        drop(log);
        assert!(matches!(Log::open(&path), Err(OpenError::NotARecord)));
    }
}

/// Changes a good log, expects opening it to be refused, and the file to be kept as it was found.
fn check_refused(name: &str, change: impl Fn(&Path), is_expected: fn(&OpenError) -> bool) {
    let (_dir, path) = place();
    drop(full_log(&path));
    change(&path);
    let before = std::fs::read(&path).unwrap();
    let error = Log::open(&path).unwrap_err();
    assert!(is_expected(&error), "{name}: {error:?}");
    assert_eq!(std::fs::read(&path).unwrap(), before, "{name}: kept");
}

#[test]
fn opening_refuses_a_newer_version_and_says_so() {
    let change = |path: &Path| {
        let raw = Connection::open(path).unwrap();
        raw.execute_batch("PRAGMA user_version = 2").unwrap();
    };
    check_refused("newer", change, |error| {
        matches!(
            error,
            OpenError::Newer {
                found: 2,
                supported: 1
            }
        ) && error.to_string()
            == "made by a newer version: the record has schema 2, this version knows up to 1"
    });
}

#[test]
fn opening_refuses_what_is_not_an_untouched_record() {
    let check = |statement: &str| {
        let change = |path: &Path| {
            Connection::open(path)
                .unwrap()
                .execute_batch(statement)
                .unwrap()
        };
        check_refused(statement, change, |error| {
            matches!(error, OpenError::NotARecord)
        });
    };
    check("PRAGMA user_version = 0");
    check("PRAGMA application_id = 1");
    check("DROP TRIGGER record_update");
    check("CREATE TRIGGER t AFTER INSERT ON record BEGIN SELECT 1; END");
    check("ALTER TABLE record ADD COLUMN pass TEXT");
    let overwrite = |path: &Path| std::fs::write(path, [b'x'; 5000]).unwrap();
    check_refused("not SQLite", overwrite, |error| {
        matches!(error, OpenError::NotARecord)
    });
}

#[test]
fn opening_refuses_a_record_whose_end_is_damaged() {
    let check = |statement: &str, is_expected: fn(&OpenError) -> bool| {
        check_refused(
            statement,
            |path| change_unnoticed(path, statement),
            is_expected,
        );
    };
    check(
        "UPDATE record SET at_unix_ms = at_unix_ms + 1 WHERE seq = 19",
        |error| {
            matches!(
                error,
                OpenError::Damaged {
                    seq: Seq(RECORDS),
                    ..
                }
            )
        },
    );
    check("DELETE FROM record WHERE seq = 9", |error| {
        matches!(error, OpenError::Damaged { seq: Seq(9), .. })
    });
    check("UPDATE meta SET value = 'other'", |error| {
        matches!(error, OpenError::Damaged { seq: Seq(1), .. })
    });
}

/// Opening checks the last 64 records only: earlier damage is found by `verify`.
#[test]
fn opening_a_long_log_checks_its_end() {
    let (_dir, path) = place();
    let mut log = open(&path);
    for _ in 0..100 {
        append(&mut log, None, BEGUN);
    }
    drop(log);
    drop(open(&path));
    let damage = |seq: u64| {
        change_unnoticed(
            &path,
            &format!("UPDATE record SET boot = 'x' WHERE seq = {seq}"),
        );
    };
    damage(36);
    let log = open(&path);
    assert!(matches!(
        log.read().verify(None),
        Err(audit::VerifyError::Broken { seq: Seq(36), .. })
    ));
    drop(log);
    damage(37);
    assert!(matches!(
        Log::open(&path),
        Err(OpenError::Damaged { seq: Seq(37), .. })
    ));
}

/// T5: only the current user reads the log and its side files.
#[cfg(unix)]
#[test]
fn t5_the_files_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let (dir, path) = place();
    std::fs::write(&path, []).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).unwrap();
    let _log = full_log(&path);
    let mut names = Vec::new();
    for file in std::fs::read_dir(dir.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(
            file.metadata().unwrap().permissions().mode() & 0o777,
            0o600,
            "{file:?}"
        );
        names.push(file.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(
        names,
        ["record.sqlite3", "record.sqlite3-shm", "record.sqlite3-wal"]
    );
}

#[test]
fn a_place_that_does_not_exist_is_an_error() {
    let (dir, _) = place();
    assert!(matches!(
        Log::open(&dir.path().join("no/record.sqlite3")),
        Err(OpenError::File(_))
    ));
    assert!(Log::open(dir.path()).is_err());
}
