//! The file's tables and the triggers that let nothing but the next record in.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use uuid::Uuid;

use crate::error::OpenError;

/// How long somebody else may hold the file against a question or an entry. Nobody but a station writes,
/// so that is a stranger, and each entry of a queue would wait as long.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// Marks the file as ours in SQLite's header ("MDGC").
const APPLICATION_ID: u32 = 0x4d44_4743;

/// The triggers do not stop somebody who may write the file; they stop a mistake. The one on INSERT is
/// needed because `INSERT OR REPLACE` removes a row without asking the one on DELETE.
const CREATE: &str = "
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE record (
    seq INTEGER PRIMARY KEY,
    at_unix_ms INTEGER NOT NULL,
    schema INTEGER NOT NULL,
    station TEXT NOT NULL,
    boot TEXT NOT NULL,
    visit INTEGER,
    body TEXT NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TRIGGER record_insert BEFORE INSERT ON record
WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM record)
BEGIN SELECT RAISE(ABORT, 'records are only appended'); END;

CREATE TRIGGER record_update BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;

CREATE TRIGGER record_delete BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'records are never removed'); END;

CREATE TRIGGER meta_insert BEFORE INSERT ON meta
WHEN EXISTS (SELECT 1 FROM meta WHERE key = new.key)
BEGIN SELECT RAISE(ABORT, 'the station is named once'); END;

CREATE TRIGGER meta_update BEFORE UPDATE ON meta
BEGIN SELECT RAISE(ABORT, 'the station is named once'); END;

CREATE TRIGGER meta_delete BEFORE DELETE ON meta
BEGIN SELECT RAISE(ABORT, 'the station is named once'); END;
";

/// Durable on every commit: with the default of WAL mode a power cut may take back the last commits.
/// `fullfsync` makes macOS reach the disk itself; elsewhere it does nothing.
pub(crate) fn configure(connection: &Connection) -> Result<(), OpenError> {
    distrust(connection)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    // When the side file is emptied is decided by whoever knows that nothing waits for it.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    Ok(())
}

/// Nothing in the file is run or believed without a check.
fn distrust(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)
}

/// Creates the tables in an empty file, or checks that they are ours and untouched. Returns the
/// station id and whether the file was empty. From here on the file is one of `version`.
pub(crate) fn prepare(
    connection: &mut Connection,
    version: u32,
) -> Result<(String, bool), OpenError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = number(&transaction, "user_version")?;
    let created = found == 0 && objects(&transaction)?.is_empty();
    if created {
        transaction.execute_batch(CREATE)?;
        transaction.execute(
            "INSERT INTO meta (key, value) VALUES ('station', ?1)",
            [Uuid::new_v4().to_string()],
        )?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    } else {
        check(&transaction, found, version)?;
    }
    if found < version {
        transaction.pragma_update(None, "user_version", version)?;
    }
    let station = station(&transaction)?;
    transaction.commit()?;
    Ok((station, created))
}

/// Checks that the tables are ours, untouched, and of no newer version. Returns the station id.
pub(crate) fn inspect(connection: &mut Connection, version: u32) -> Result<String, OpenError> {
    distrust(connection)?;
    connection.pragma_update(None, "query_only", true)?;
    let transaction = connection.transaction()?;
    let found = number(&transaction, "user_version")?;
    check(&transaction, found, version)?;
    station(&transaction)
}

fn station(transaction: &Transaction<'_>) -> Result<String, OpenError> {
    transaction
        .query_row("SELECT value FROM meta WHERE key = 'station'", [], |row| {
            row.get(0)
        })
        .optional()?
        .ok_or(OpenError::NotARecord)
}

/// Moves a new file's tables out of the side file, so that losing that one never looks like a log that
/// has not begun.
pub(crate) fn settle(connection: &Connection) -> Result<(), OpenError> {
    empty_side_file(connection)?;
    Ok(())
}

/// Moves what the side file holds into the file, and empties it unless somebody reads just then; nobody
/// is waited for. Says whether it is empty.
pub(crate) fn empty_side_file(connection: &Connection) -> rusqlite::Result<bool> {
    checkpoint(connection, "TRUNCATE")
}

/// Moves into the file what nobody reads just then. Says whether that was all.
pub(crate) fn relieve_side_file(connection: &Connection) -> rusqlite::Result<bool> {
    checkpoint(connection, "PASSIVE")
}

fn checkpoint(connection: &Connection, mode: &str) -> rusqlite::Result<bool> {
    connection.busy_timeout(std::time::Duration::ZERO)?;
    let sql = format!("PRAGMA wal_checkpoint({mode})");
    let done = connection.query_row(&sql, [], |row| {
        let (busy, all, moved): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(busy == 0 && all == moved)
    });
    connection.busy_timeout(PATIENCE)?;
    done
}

fn check(transaction: &Transaction<'_>, found: u32, version: u32) -> Result<(), OpenError> {
    if number(transaction, "application_id")? != APPLICATION_ID || found == 0 {
        return Err(OpenError::NotARecord);
    }
    if found > version {
        return Err(OpenError::Newer {
            found,
            supported: version,
        });
    }
    let expected = Connection::open_in_memory()?;
    expected.execute_batch(CREATE)?;
    if objects(transaction)? != objects(&expected)? {
        return Err(OpenError::NotARecord);
    }
    Ok(())
}

fn number(connection: &Connection, pragma: &str) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, pragma, |row| row.get(0))
}

/// Every table, index and trigger with its text, in one order.
fn objects(connection: &Connection) -> rusqlite::Result<Vec<(String, String, Option<String>)>> {
    connection
        .prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect()
}
