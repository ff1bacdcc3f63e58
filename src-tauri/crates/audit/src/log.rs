//! Opening the log and appending to it.

use std::fs::OpenOptions;
use std::path::Path;

use rusqlite::{OpenFlags, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use crate::chain::{Fault, Hash, Row, Seq, Walk};
use crate::connect::{connect, may_remove_side_file};
use crate::error::{AppendError, BeginError, OpenError, ReadError};
use crate::place::{ENDINGS, Place, beside, must_be_own};
use crate::read::Reader;
use crate::record::{Entry, Vocabulary};
use crate::rows::{hash_at, stored_tail};
use crate::{schema, text};

/// The log of one station: one connection to one file. Whoever opens it must already hold the lock on
/// the data directory, for two writers would each refuse the other's records.
#[derive(Debug)]
pub struct Log<E> {
    reader: Reader<E>,
    boot: String,
    created: bool,
    /// The end of the chain as this log last left it; `None` after a failed write, when the file has
    /// to be asked.
    tail: Option<(Seq, Hash)>,
    place: Place,
}

/// So many records at the end are checked on opening; the rest is [`Reader::verify`]'s.
const CHECKED_AT_OPEN: u64 = 64;

impl<E: Vocabulary> Log<E> {
    /// Opens the log at `path`, or makes a new one that only the current user can read. Refuses a file
    /// of a newer version, a file that is something else, and a log whose last records are damaged.
    ///
    /// # Errors
    /// See [`OpenError`]. Nothing is repaired or replaced: a damaged log is kept as it was found.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        must_be_own(path)?;
        make_private(path).map_err(OpenError::File)?;
        Self::open_file(path)
    }

    /// Begins the log at `path`, where there is none, with its first entry. The file has that name only
    /// when the entry is in it: one that is there with nothing in it was never left like that by this app.
    ///
    /// # Errors
    /// See [`BeginError`]; nothing is at `path` then.
    pub fn begin(path: &Path, at_unix_ms: i64, first: &Entry<E>) -> Result<(), BeginError> {
        let draft = beside(path, ".new");
        // What an earlier beginning left was never a record.
        remove_files(&draft).map_err(OpenError::File)?;
        let written = Self::draft(&draft, at_unix_ms, first);
        let named = written.and_then(|()| {
            // Another one's record is not written over.
            let taken = path.try_exists().map_err(OpenError::File)?;
            let named = if taken {
                Err(std::io::ErrorKind::AlreadyExists.into())
            } else {
                std::fs::rename(&draft, path)
            };
            Ok(named.map_err(OpenError::File)?)
        });
        let removed = remove_files(&draft);
        named?;
        removed.map_err(OpenError::File)?;
        sync_directory(path).map_err(OpenError::File)?;
        Ok(())
    }

    fn draft(draft: &Path, at_unix_ms: i64, first: &Entry<E>) -> Result<(), BeginError> {
        let mut log = Self::open(draft)?;
        log.append(at_unix_ms, first)?;
        schema::settle(&log.reader.connection)?;
        Ok(())
    }

    fn open_file(path: &Path) -> Result<Self, OpenError> {
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // Refused, it leaves no side file that was not there.
        let has_side_file = beside(path, "-wal").try_exists().map_err(OpenError::File)?;
        may_remove_side_file(&connection, !has_side_file)?;
        schema::configure(&connection)?;
        let (station, created) = schema::prepare(&mut connection, E::VERSION)?;
        if created {
            schema::settle(&connection)?;
            sync_directory(path).map_err(OpenError::File)?;
        }
        let reader = Reader::of_log(connection, station);
        let tail = stored_tail(&reader.connection, &reader.station)?;
        check_tail(&reader, tail.0)?;
        let place = Place::of(path).map_err(OpenError::File)?;
        // Nothing stands in the way of what lies in it.
        may_remove_side_file(&reader.connection, true)?;
        Ok(Self {
            place,
            reader,
            boot: Uuid::new_v4().to_string(),
            created,
            tail: Some(tail),
        })
    }

    /// Records `entry` as having happened at `at_unix_ms` (milliseconds since 1970, UTC). It is on the
    /// disk when this returns.
    ///
    /// # Errors
    /// See [`AppendError`]. The entry then is in no later answer of this log, and a later append may
    /// succeed. When the disk failed in the very commit, the record may be there after a crash all the
    /// same: an entry that was refused may appear, one that was accepted never goes.
    pub fn append(&mut self, at_unix_ms: i64, entry: &Entry<E>) -> Result<Seq, AppendError> {
        if !self.place.is_as_it_was() {
            return Err(AppendError::Displaced);
        }
        let body = body(&entry.event)?;
        let station = self.reader.station.clone();
        let transaction = self
            .reader
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (last, prev) = stored_tail(&transaction, &station)?;
        if self.tail.is_some_and(|known| known != (last, prev)) {
            return Err(AppendError::Changed);
        }
        self.tail = None;
        let mut row = Row {
            seq: Seq(last.0 + 1),
            at_unix_ms,
            schema: E::VERSION,
            station,
            boot: self.boot.clone(),
            visit: entry.visit,
            body,
            prev,
            hash: Hash::default(),
        };
        row.hash = row.computed_hash();
        insert(&transaction, &row)?;
        transaction.commit()?;
        self.tail = Some((row.seq, row.hash));
        // The names may have gone since they were looked at.
        if self.place.is_as_it_was() {
            Ok(row.seq)
        } else {
            Err(AppendError::Displaced)
        }
    }

    /// Whether somebody who opened the log now would find its last record there: its files may be gone,
    /// or may have been written over by older ones.
    #[must_use]
    pub fn is_in_place(&mut self) -> bool {
        self.place.is_as_it_was() && self.is_found_anew().unwrap_or(false)
    }

    fn is_found_anew(&self) -> rusqlite::Result<bool> {
        let known = match self.tail {
            Some(tail) => tail,
            None => stored_tail(&self.reader.connection, &self.reader.station)?,
        };
        let anew = connect(self.place.path(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        hash_at(&anew, &self.reader.station, known.0).map(|found| found == Some(known.1))
    }

    /// Moves the records out of the side file and empties it, where nobody reads the log just then; what
    /// can be moved is moved in any case. Says whether the side file is empty.
    ///
    /// # Errors
    /// SQLite refused. No record is lost.
    pub fn empty_side_file(&self) -> Result<bool, ReadError> {
        Ok(schema::empty_side_file(&self.reader.connection)?)
    }

    /// Moves out of the side file what nobody reads just then, once it is longer than `bytes`. It is not
    /// emptied, but written from its start again when all of it was moved.
    ///
    /// # Errors
    /// SQLite refused. No record is lost.
    pub fn relieve_side_file(&self, bytes: u64) -> Result<(), ReadError> {
        let length = beside(self.place.path(), "-wal").metadata();
        if length.is_ok_and(|metadata| metadata.len() > bytes) {
            schema::relieve_side_file(&self.reader.connection)?;
        }
        Ok(())
    }

    /// Leaves the side file where it is when the log is closed, instead of removing it.
    ///
    /// # Errors
    /// SQLite refused.
    pub fn keep_side_file(&self) -> Result<(), ReadError> {
        Ok(may_remove_side_file(&self.reader.connection, false)?)
    }

    /// A reader of its own for another thread. Within one process a file must not be opened in any other
    /// way while a log writes to it: to close it again would take the log's own locks from it.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn second_reader(&self) -> Result<Reader<E>, OpenError> {
        let mut connection = connect(self.place.path(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let station = schema::inspect(&mut connection, E::VERSION)?;
        Ok(Reader::of_log(connection, station))
    }

    /// Whether [`Log::open`] found no log and made a new one. On a station that has run before, this
    /// means that the old one was taken away.
    #[must_use]
    pub fn was_created(&self) -> bool {
        self.created
    }

    /// The same file, to be read.
    #[must_use]
    pub fn read(&self) -> &Reader<E> {
        &self.reader
    }
}

/// The record's JSON, harmless wherever it is shown.
fn body<E: Vocabulary>(event: &E) -> Result<String, AppendError> {
    let json = serde_json::to_string(event).map_err(|_| AppendError::TooLong)?;
    let body = text::harmless(&json).into_owned();
    if body.len() > E::MAX_BYTES {
        return Err(AppendError::TooLong);
    }
    Ok(body)
}

fn insert(transaction: &Transaction<'_>, row: &Row) -> Result<(), AppendError> {
    let inserted = transaction
        .prepare_cached(
            "INSERT INTO record (seq, at_unix_ms, schema, station, boot, visit, body, prev, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            row.seq.0.cast_signed(),
            row.at_unix_ms,
            row.schema,
            row.station,
            row.boot,
            row.visit.map(u64::cast_signed),
            row.body,
            row.prev,
            row.hash,
        ])?;
    // A trigger that swallows or changes the row lets the statement succeed: what stands there now is looked at.
    let stands: bool = transaction
        .prepare_cached(
            "SELECT count(*) = 1 FROM record WHERE seq = ?1 AND body = ?2 AND hash = ?3",
        )?
        .query_row(
            params![row.seq.0.cast_signed(), row.body, row.hash],
            |found| found.get(0),
        )?;
    if inserted == 1 && stands {
        Ok(())
    } else {
        Err(AppendError::Changed)
    }
}

/// Checks the records before `tail`. What another one writes meanwhile comes after it.
fn check_tail<E: Vocabulary>(reader: &Reader<E>, tail: Seq) -> Result<(), OpenError> {
    let first = tail.0.saturating_sub(CHECKED_AT_OPEN - 1).max(1);
    let mut walk: Option<Walk> = (first == 1).then(|| Walk::from_start(&reader.station));
    reader.each_row(&(first.cast_signed()..=tail.0.cast_signed()), |row| {
        let row = row.map_err(|(seq, fault)| OpenError::Damaged { seq, fault })?;
        walk.get_or_insert_with(|| Walk::after(&reader.station, Seq(first - 1), row.prev))
            .step(&row)
            .map_err(|(seq, fault)| OpenError::Damaged { seq, fault })
    })?;
    let checked = walk.map_or(0, |walk| walk.next_seq().0 - 1);
    if checked == tail.0 {
        Ok(())
    } else {
        Err(OpenError::Damaged {
            seq: Seq(checked + 1),
            fault: Fault::Sequence,
        })
    }
}

/// Makes the file, or takes other users' rights from it. SQLite gives its side files the same rights.
#[cfg(unix)]
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    // One that is there is not opened: to close it again would take its locks from whoever has it open.
    if !path.try_exists()? {
        OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)?;
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
}

/// Removes a log that was never anybody's.
fn remove_files(path: &Path) -> std::io::Result<()> {
    for name in ENDINGS.map(|ending| beside(path, ending)) {
        match std::fs::remove_file(name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

/// Makes the file; on Windows the rights come from the data directory.
#[cfg(not(unix))]
fn make_private(path: &Path) -> std::io::Result<()> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map(drop)
}

/// The name of a new file is durable only when its directory is.
#[cfg(unix)]
fn sync_directory(path: &Path) -> std::io::Result<()> {
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    std::fs::File::open(parent)?.sync_all()
}

#[cfg(not(unix))]
fn sync_directory(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::record::Record;

    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "event", rename_all = "snake_case")]
    enum Event {
        SignInRefused { code: String },
    }

    impl Vocabulary for Event {
        const VERSION: u32 = 1;
        const MAX_BYTES: usize = 1000;
        const OPENS_OR_ENDS: &'static [&'static str] = &[];
        type LeftOpen = ();

        fn fold((): &mut (), _: Record<Self>) {}
    }

    fn entry(code: String) -> Entry<Event> {
        Entry {
            visit: None,
            event: Event::SignInRefused { code },
        }
    }

    /// A power cut takes back no acknowledged record only if SQLite waits for the disk each time.
    #[test]
    fn every_commit_waits_for_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let log = Log::<Event>::open(&dir.path().join("record.sqlite3")).unwrap();
        let check = |pragma: &str, expected: &str| {
            let sql = format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}");
            let found: String = log
                .reader
                .connection
                .query_row(&sql, [], |row| row.get(0))
                .unwrap();
            assert_eq!(found, expected, "{pragma}");
        };
        check("journal_mode", "wal");
        check("synchronous", "2");
        check("fullfsync", "1");
        check("checkpoint_fullfsync", "1");
    }

    /// F16: no room, no record, and the same log goes on when there is room again.
    #[test]
    fn f16_a_full_file_refuses_and_goes_on_once_there_is_room() {
        let dir = tempfile::tempdir().unwrap();
        let mut log = Log::<Event>::open(&dir.path().join("record.sqlite3")).unwrap();
        let mut recorded = 0;
        for extra in [0, 1, 2, 5] {
            let pages: u32 = schema_number(&log, "page_count");
            log.reader
                .connection
                .pragma_update(None, "max_page_count", pages + extra)
                .unwrap();
            let refused = loop {
                match log.append(0, &entry("x".repeat(200))) {
                    Ok(seq) => {
                        recorded += 1;
                        assert_eq!(seq, Seq(recorded));
                    }
                    Err(error) => break error,
                }
            };
            assert!(matches!(refused, AppendError::Full), "{refused:?}");
            assert!(matches!(
                log.append(0, &entry("x".repeat(200))),
                Err(AppendError::Full)
            ));
            assert_eq!(
                log.read().verify(None).unwrap().records,
                recorded,
                "nothing half written"
            );
            log.reader
                .connection
                .pragma_update(None, "max_page_count", u32::MAX)
                .unwrap();
            recorded += 1;
            assert_eq!(log.append(0, &entry(String::new())).unwrap(), Seq(recorded));
        }
        assert!(recorded > 20, "{recorded}");
        assert_eq!(log.read().verify(None).unwrap().records, recorded);
    }

    /// Whoever opens it while it is written to is told of no damage; what is missing before the end is.
    #[test]
    fn a_log_that_grows_while_it_is_opened_is_whole() {
        let dir = tempfile::tempdir().unwrap();
        let mut log = Log::<Event>::open(&dir.path().join("record.sqlite3")).unwrap();
        for found in 0..CHECKED_AT_OPEN + 3 {
            log.append(0, &entry(String::new())).unwrap();
            let since = log.second_reader().unwrap();
            check_tail(&since, Seq(found)).unwrap();
            check_tail(&since, Seq(found + 1)).unwrap();
            assert!(matches!(
                check_tail(&since, Seq(found + 2)),
                Err(OpenError::Damaged { seq, fault: Fault::Sequence }) if seq == Seq(found + 2)
            ));
        }
    }

    fn schema_number(log: &Log<Event>, pragma: &str) -> u32 {
        log.reader
            .connection
            .pragma_query_value(None, pragma, |row| row.get(0))
            .unwrap()
    }
}
