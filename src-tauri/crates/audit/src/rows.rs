//! Stored rows, a few at a time: no question to the file lasts longer than one of these, so that a
//! station which goes on writing is never held up.

use std::ops::RangeInclusive;

use rusqlite::{Connection, params};

use crate::chain::{Fault, Hash, Row, Seq, genesis};

/// So many rows are read at once.
const CHUNK: usize = 256;

/// A row, or the place of one that is none.
pub(crate) type Stored = Result<Row, (Seq, Fault)>;

/// Every row there may be; none of ours has a number below 1.
pub(crate) const ALL: RangeInclusive<i64> = i64::MIN..=i64::MAX;

/// Calls `each` for the rows of a stretch, in order. `after_chunk` is asked whether to go on.
pub(crate) fn each_row<T, F: From<rusqlite::Error>>(
    connection: &Connection,
    stretch: &RangeInclusive<i64>,
    read: impl Fn(Seq, &rusqlite::Row<'_>) -> rusqlite::Result<T>,
    after_chunk: impl Fn() -> rusqlite::Result<()>,
    mut each: impl FnMut(Result<T, (Seq, Fault)>) -> Result<(), F>,
) -> Result<(), F> {
    let mut next = Some(*stretch.start());
    while let Some(from) = next {
        let rows = chunk(connection, &(from..=*stretch.end()), CHUNK, &read)?;
        after_chunk()?;
        let last = rows.last().filter(|_| rows.len() == CHUNK);
        let last = last.map(|(seq, _)| seq.0.cast_signed());
        // In a damaged file the numbers need not rise.
        next = last
            .and_then(|last| last.checked_add(1))
            .filter(|next| *next > from);
        for (seq, row) in rows {
            each(row.map_err(|_| (seq, Fault::Unreadable)))?;
        }
    }
    Ok(())
}

/// The first rows of a stretch, up to `limit`, as `read` takes them.
pub(crate) fn chunk<T>(
    connection: &Connection,
    stretch: &RangeInclusive<i64>,
    limit: usize,
    read: impl Fn(Seq, &rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<(Seq, rusqlite::Result<T>)>> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, at_unix_ms, schema, station, boot, visit, body, prev, hash
         FROM record WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq LIMIT ?3",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![stretch.start(), stretch.end(), limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let seq = Seq(row.get::<_, i64>(0)?.cast_unsigned());
        found.push((seq, read(seq, row)));
    }
    Ok(found)
}

/// Whether there are any.
pub(crate) fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM record)", [], |row| {
        row.get(0)
    })
}

/// The last row's number and hash, or what the first one is chained to.
pub(crate) fn stored_tail(connection: &Connection, station: &str) -> rusqlite::Result<(Seq, Hash)> {
    let mut statement =
        connection.prepare_cached("SELECT seq, hash FROM record ORDER BY seq DESC LIMIT 1")?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        None => Ok((Seq(0), genesis(station))),
        Some(row) => Ok((Seq(row.get::<_, i64>(0)?.cast_unsigned()), row.get(1)?)),
    }
}

/// The hash of the row of this number, or what the first one is chained to.
pub(crate) fn hash_at(
    connection: &Connection,
    station: &str,
    seq: Seq,
) -> rusqlite::Result<Option<Hash>> {
    if seq == Seq(0) {
        return Ok(Some(genesis(station)));
    }
    let mut statement = connection.prepare_cached("SELECT hash FROM record WHERE seq = ?1")?;
    let mut rows = statement.query([seq.0.cast_signed()])?;
    rows.next()?.map(|row| row.get(0)).transpose()
}

/// A whole row.
pub(crate) fn stored(seq: Seq, row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        seq,
        at_unix_ms: row.get(1)?,
        schema: row.get(2)?,
        station: row.get(3)?,
        boot: row.get(4)?,
        visit: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
        body: row.get(6)?,
        prev: row.get(7)?,
        hash: row.get(8)?,
    })
}

/// A row of which only what it says has to be readable, if `is_wanted` takes how that begins.
pub(crate) fn saying(
    seq: Seq,
    row: &rusqlite::Row<'_>,
    is_wanted: impl Fn(&str) -> bool,
) -> rusqlite::Result<Option<Row>> {
    let bytes = row.get_ref(6)?.as_bytes().unwrap_or_default();
    let body = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    if !is_wanted(body) {
        return Ok(None);
    }
    Ok(Some(Row {
        seq,
        at_unix_ms: row.get(1)?,
        schema: row.get(2).unwrap_or_default(),
        station: row.get(3).unwrap_or_default(),
        boot: row.get(4).unwrap_or_default(),
        visit: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
        body: row.get(6)?,
        prev: row.get(7).unwrap_or_default(),
        hash: row.get(8).unwrap_or_default(),
    }))
}
