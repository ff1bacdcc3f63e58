//! Whether the pages of a file fit together, beyond what its records say.

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

/// So many pages are copied at once; the file is held for no longer.
const PAGES: i32 = 64;

/// So often a copy is begun again before it is given up.
const BEGUN: u32 = 100;

/// So much of a copy stays in memory, in KiB, before the rest goes into a file without a name.
const MEMORY_KIB: i64 = 64 * 1024;

/// Whether the file lies on the disk as it should, beyond its records: SQLite passes over a page that it
/// no longer reaches. The question is one look over the whole file, during which its side file could
/// only grow; so a file that somebody may be writing to is asked about by a copy of it.
pub(crate) fn is_sound(connection: &Connection, is_closed: bool) -> rusqlite::Result<bool> {
    if is_closed {
        return quick_check(connection);
    }
    quick_check(&copy(connection, || ())?)
}

fn quick_check(connection: &Connection) -> rusqlite::Result<bool> {
    let told: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok(told == "ok")
}

/// A copy for nobody else, page by page; `between` is called where the file is held by nobody. What is
/// written meanwhile makes SQLite begin again, and a station writes far more slowly than this copies.
fn copy(connection: &Connection, mut between: impl FnMut()) -> rusqlite::Result<Connection> {
    // Without a name: in memory, then in a file that is gone when it is closed.
    let mut copy = Connection::open("")?;
    copy.pragma_update(None, "cache_size", -MEMORY_KIB)?;
    copy.pragma_update(None, "cell_size_check", true)?;
    let backup = Backup::new(connection, &mut copy)?;
    let mut begun = 0;
    let mut copied = 0;
    while !matches!(step(&backup)?, StepResult::Done) {
        let progress = backup.progress();
        let now = progress.pagecount - progress.remaining;
        begun += u32::from(now <= copied);
        copied = now;
        if begun > BEGUN {
            return Err(busy());
        }
        between();
    }
    drop(backup);
    Ok(copy)
}

fn step(backup: &Backup<'_, '_>) -> rusqlite::Result<StepResult> {
    let result = backup.step(PAGES)?;
    if matches!(result, StepResult::Busy | StepResult::Locked) {
        return Err(busy());
    }
    Ok(result)
}

fn busy() -> rusqlite::Error {
    let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
    let told = "somebody writes to it without a pause, try again";
    rusqlite::Error::SqliteFailure(busy, Some(told.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> (tempfile::TempDir, Connection) {
        let dir = tempfile::tempdir().unwrap();
        let station = Connection::open(dir.path().join("record.sqlite3")).unwrap();
        station
            .execute_batch(
                "PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x BLOB);
                 WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
                 INSERT INTO t SELECT randomblob(3000) FROM n;",
            )
            .unwrap();
        station.busy_timeout(std::time::Duration::ZERO).unwrap();
        (dir, station)
    }

    /// Whether everything could be moved out of the side file, and that one emptied.
    fn is_emptied(station: &Connection) -> bool {
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        let busy: i64 = station.query_row(sql, [], |row| row.get(0)).unwrap();
        busy == 0
    }

    /// F16: a record that is checked neither stops the station from writing nor makes its side file grow.
    #[test]
    fn a_file_is_held_by_nobody_between_two_steps_of_its_copy() {
        let (dir, station) = file();
        let reader = Connection::open(dir.path().join("record.sqlite3")).unwrap();
        let mut steps = 0;
        let copied = copy(&reader, || {
            steps += 1;
            // With each it begins again.
            if steps <= 3 {
                station
                    .execute_batch("INSERT INTO t VALUES (randomblob(3000))")
                    .unwrap();
                assert!(is_emptied(&station), "step {steps}");
            }
        })
        .unwrap();
        assert!(steps > 5, "{steps}");
        assert!(quick_check(&copied).unwrap());
        let rows: i64 = copied
            .query_row("SELECT count(*) FROM t", [], |row| row.get(0))
            .unwrap();
        assert_eq!(rows, 403, "with what was written meanwhile");
    }

    /// The control: with a question in progress the side file could not be emptied.
    #[test]
    fn a_question_in_progress_would_hold_it() {
        let (dir, station) = file();
        let reader = Connection::open(dir.path().join("record.sqlite3")).unwrap();
        let mut statement = reader.prepare("SELECT x FROM t").unwrap();
        let mut rows = statement.query([]).unwrap();
        assert!(rows.next().unwrap().is_some());
        assert!(!is_emptied(&station));
    }
}
