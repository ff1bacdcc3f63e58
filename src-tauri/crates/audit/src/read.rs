//! Reading records back, by the station that writes them or by somebody who only looks.

use std::marker::PhantomData;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::chain::{Fault, Row, Seq, hex};
use crate::connect::{ReadOnly, read_only};
use crate::error::{OpenError, ReadError};
use crate::record::{Record, Vocabulary};
use crate::rows::{self, Stored};
use crate::schema;
use crate::side_file::has_lost_records;

/// One record file, to be read.
#[derive(Debug)]
pub struct Reader<E> {
    pub(crate) connection: Connection,
    pub(crate) station: String,
    /// `None` for the log's own reader, which knows what it wrote.
    side_file: Option<PathBuf>,
    pub(crate) closed: bool,
    events: PhantomData<fn() -> E>,
}

impl<E: Vocabulary> Reader<E> {
    /// Opens the record at `path` to look at it. Neither it nor its side file is changed, and a station
    /// may go on writing to it; only the index `-shm`, SQLite's note to itself, may be. The records
    /// themselves are not looked at. Reading holds the file for a few rows or pages at a time.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Self::look_at(path).map_err(|error| match error {
            // Its pages no longer lead to the records.
            OpenError::Storage(error) if error.is_damage() => OpenError::Damaged {
                seq: Seq(1),
                fault: Fault::Structure,
            },
            OpenError::File(_)
            | OpenError::Newer { .. }
            | OpenError::NotARecord
            | OpenError::Shared(_)
            | OpenError::SideFileMissing
            | OpenError::Damaged { .. }
            | OpenError::Storage(_) => error,
        })
    }

    fn look_at(path: &Path) -> Result<Self, OpenError> {
        let ReadOnly {
            mut connection,
            side_file,
            closed,
            marked,
        } = read_only(path)?;
        let station = schema::inspect(&mut connection, E::VERSION)?;
        // A station records its start, so only a file whose side file was lost has nothing in it. What
        // lies in its place may be empty, cut or something else: SQLite then passes over it.
        if marked && rows::is_empty(&connection)? {
            return Err(OpenError::SideFileMissing);
        }
        Ok(Self {
            connection,
            station,
            side_file: Some(side_file),
            closed,
            events: PhantomData,
        })
    }

    /// Reads through the connection of a log.
    pub(crate) fn of_log(connection: Connection, station: String) -> Self {
        Self {
            connection,
            station,
            side_file: None,
            closed: false,
            events: PhantomData,
        }
    }

    /// Up to `limit` records from `from` on, oldest first.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn records(&self, from: Seq, limit: usize) -> Result<Vec<Record<E>>, ReadError> {
        let from = i64::try_from(from.0).unwrap_or(i64::MAX);
        let rows = rows::chunk(&self.connection, &(from..=i64::MAX), limit, rows::stored)?;
        self.still_closed()?;
        rows.into_iter()
            .map(|(seq, row)| record(row.map_err(|_| damaged((seq, Fault::Unreadable)))?))
            .collect()
    }

    /// The stretch, up to `last`, from the first to the last record that happened in a time, both ends
    /// included, in milliseconds since 1970, UTC. Nothing is left out in between, so that it can be
    /// verified.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn stretch(
        &self,
        last: Seq,
        time: RangeInclusive<i64>,
    ) -> Result<Option<RangeInclusive<Seq>>, ReadError> {
        let mut found: Option<RangeInclusive<Seq>> = None;
        let last = i64::try_from(last.0).unwrap_or(i64::MAX);
        self.each_row(&(i64::MIN..=last), |row| {
            let row = row.map_err(damaged)?;
            if time.contains(&row.at_unix_ms) {
                let first = found.as_ref().map_or(row.seq, |found| *found.start());
                found = Some(first..=row.seq);
            }
            Ok::<_, ReadError>(())
        })?;
        Ok(found)
    }

    /// The highest visit number ever recorded, so that the next visit's is new.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn last_visit(&self) -> Result<Option<u64>, ReadError> {
        let last: Option<i64> =
            self.connection
                .query_row("SELECT max(visit) FROM record", [], |row| row.get(0))?;
        Ok(last.map(i64::cast_unsigned))
    }

    /// Every intent and visit that no later record has ended, as the vocabulary tells it. Of the other
    /// records nothing has to be readable, nor the hashes of any: to tell of those is
    /// [`Reader::verify`]'s.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn left_open(&self) -> Result<E::LeftOpen, ReadError> {
        let opens_or_ends = |body: &str| E::OPENS_OR_ENDS.iter().any(|name| is_named(body, name));
        let mut open = E::LeftOpen::default();
        rows::each_row(
            &self.connection,
            &rows::ALL,
            |seq, row| rows::saying(seq, row, opens_or_ends),
            || self.still_closed(),
            |row| {
                if let Some(row) = row.map_err(damaged)? {
                    E::fold(&mut open, record(row)?);
                }
                Ok::<_, ReadError>(())
            },
        )?;
        Ok(open)
    }

    /// Whether a record of one of these names was ever written. Of the others nothing has to be readable.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn has_said(&self, names: &[&str]) -> Result<bool, ReadError> {
        let is_one = |body: &str| names.iter().any(|name| is_named(body, name));
        let mut has_said = false;
        rows::each_row(
            &self.connection,
            &rows::ALL,
            |seq, row| rows::saying(seq, row, is_one),
            || self.still_closed(),
            |row| {
                has_said |= matches!(row, Ok(Some(_)));
                Ok::<_, ReadError>(())
            },
        )?;
        Ok(has_said)
    }

    /// Calls `each` for the rows of a stretch, in order, in chunks.
    pub(crate) fn each_row<F: From<rusqlite::Error>>(
        &self,
        stretch: &RangeInclusive<i64>,
        each: impl FnMut(Stored) -> Result<(), F>,
    ) -> Result<(), F> {
        let go_on = || self.still_closed();
        rows::each_row(&self.connection, stretch, rows::stored, go_on, each)
    }

    /// Whether records that were on the disk can no longer be read from the side file.
    pub(crate) fn has_lost_records(&self) -> std::io::Result<bool> {
        match &self.side_file {
            Some(side_file) if !self.closed => has_lost_records(side_file),
            Some(_) | None => Ok(false),
        }
    }

    /// A file that nobody had open was read without looking for its side file. Once there is one, what
    /// was read may be half of the old and half of the new.
    pub(crate) fn still_closed(&self) -> rusqlite::Result<()> {
        match &self.side_file {
            Some(side_file) if self.closed && side_file.exists() => {
                Err(rusqlite::Error::SqliteFailure(
                    rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
                    Some("a station began to write to it, try again".to_owned()),
                ))
            }
            Some(_) | None => Ok(()),
        }
    }
}

fn is_named(body: &str, name: &str) -> bool {
    let rest = body.strip_prefix("{\"event\":\"");
    rest.and_then(|rest| rest.strip_prefix(name))
        .is_some_and(|rest| rest.starts_with('"'))
}

fn record<E: Vocabulary>(row: Row) -> Result<Record<E>, ReadError> {
    Ok(Record {
        event: event(&row)?,
        seq: row.seq,
        at_unix_ms: row.at_unix_ms,
        schema: row.schema,
        station: row.station,
        boot: row.boot,
        visit: row.visit,
        hash_hex: hex(&row.hash),
    })
}

/// What a row says. One that is whole and says something else was made by a newer version.
pub(crate) fn event<E: Vocabulary>(row: &Row) -> Result<E, ReadError> {
    let seq = row.seq;
    serde_json::from_str(&row.body).map_err(|error| {
        if row.computed_hash() != row.hash {
            damaged((seq, Fault::Content))
        } else if error.is_data() {
            ReadError::Newer { seq }
        } else {
            damaged((seq, Fault::Unreadable))
        }
    })
}

pub(crate) fn damaged((seq, fault): (Seq, Fault)) -> ReadError {
    ReadError::Damaged { seq, fault }
}
