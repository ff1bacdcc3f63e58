//! Reading records back: pages, open intents, export.

use std::io::Write;

use rusqlite::{Connection, params};
use serde::Serialize;

use crate::chain::{Fault, Head, Row, Seq, hex};
use crate::entry::{Event, PassEnd};
use crate::error::{ExportError, ReadError};
use crate::log::{Log, stored_tail};

/// One record as it was written. Reading does not verify the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its place in the log.
    pub seq: Seq,
    /// When it happened, in milliseconds since 1970, UTC.
    pub at_unix_ms: i64,
    /// The schema version it was written with.
    pub schema: u32,
    /// The station that wrote it.
    pub station: String,
    /// The run of the app that wrote it.
    pub boot: String,
    /// The visit it belongs to, unique on the station.
    pub visit: Option<u64>,
    /// What happened.
    pub event: Event,
    /// Its hash, 64 lower-case hexadecimal digits.
    pub hash_hex: String,
}

/// An intent to issue a pass whose end is not recorded: a pass may exist that nobody was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenIntent {
    /// The record of the intent.
    pub seq: Seq,
    /// When it was recorded, in milliseconds since 1970, UTC.
    pub at_unix_ms: i64,
    /// The visit it belongs to, unique on the station.
    pub visit: Option<u64>,
    /// The run of the app that wrote it.
    pub boot: String,
    /// The UUID that its end must name.
    pub intent: String,
    /// The operator who asked.
    pub operator_oid: String,
    /// The person the pass was for.
    pub user_id: String,
    /// The person's UPN then; act on `user_id`.
    pub upn: String,
    /// The handle for the directory's own logs.
    pub client_request_id: String,
    /// The passes the person had before; none of these is ours to remove.
    pub known_pass_ids: Vec<String>,
    /// The lifetime asked for: a pass of ours is gone by itself after it.
    pub lifetime_minutes: u32,
    /// The pass that the operator agreed to replace.
    pub replaces: Option<String>,
    /// Whether an unclear answer was recorded, as opposed to none at all.
    pub uncertain: bool,
    /// The pass it led to, which was still to be taken back when the visit ended.
    pub issued: Option<IssuedPass>,
}

/// A pass that was handed out and has not been taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedPass {
    /// The directory's id of it.
    pub id: String,
    /// Since when it works, in milliseconds since 1970.
    pub start_unix_ms: i64,
    /// How long it works.
    pub lifetime_minutes: u32,
}

impl Log {
    /// Up to `limit` records from `from` on, oldest first.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn records(&self, from: Seq, limit: usize) -> Result<Vec<Record>, ReadError> {
        let mut records = Vec::new();
        let from = i64::try_from(from.0).unwrap_or(i64::MAX);
        each_row(&self.connection, from, Some(limit), |row| {
            records.push(record(row.map_err(damaged)?)?);
            Ok::<_, ReadError>(())
        })?;
        Ok(records)
    }

    /// The end of the chain now, to be kept elsewhere as an anchor.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn head(&self) -> Result<Head, ReadError> {
        let (seq, hash) = stored_tail(&self.connection, &self.station)?;
        Ok(Head {
            seq,
            hash_hex: hex(&hash),
        })
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

    /// Every intent to issue a pass that no later record has ended, oldest first. `PassUncertain` is
    /// no end, nor is a pass that was issued but still to be taken back when its visit ended.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn open_intents(&self) -> Result<Vec<OpenIntent>, ReadError> {
        let mut open: Vec<Open> = Vec::new();
        let mut statement = self.connection.prepare(
            "SELECT seq, at_unix_ms, visit, boot, body FROM record
             WHERE instr(body, '\"intent\":') > 0 OR instr(body, '\"pass\":') > 0
                OR instr(body, '\"pass_id\":') > 0 ORDER BY seq",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let seq = Seq(row.get::<_, i64>(0)?.cast_unsigned());
            let body: String = row.get(4)?;
            let found = Found {
                seq,
                at_unix_ms: row.get(1)?,
                visit: row.get::<_, Option<i64>>(2)?.map(i64::cast_unsigned),
                boot: row.get(3)?,
            };
            fold_intent(&mut open, found, event(seq, &body)?);
        }
        let left = open.into_iter().filter(|open| !open.in_hand);
        Ok(left.map(|open| open.intent).collect())
    }

    /// Writes every record as one line of JSON, oldest first, in the form that
    /// [`crate::verify_json_lines`] reads.
    ///
    /// # Errors
    /// See [`ExportError`]; what was written before stays written.
    pub fn export_json_lines(&self, out: &mut dyn Write) -> Result<(), ExportError> {
        each_row(&self.connection, i64::MIN, None, |row| {
            let row = row.map_err(|found| ExportError::Read(damaged(found)))?;
            write_line(out, &row).map_err(ExportError::Write)
        })
    }
}

/// Calls `each` for the rows from `from` on, in order, holding one row at a time.
pub(crate) fn each_row<E: From<rusqlite::Error>>(
    connection: &Connection,
    from: i64,
    limit: Option<usize>,
    mut each: impl FnMut(Result<Row, (Seq, Fault)>) -> Result<(), E>,
) -> Result<(), E> {
    let limit = limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
    let mut statement = connection.prepare_cached(
        "SELECT seq, at_unix_ms, schema, station, boot, visit, body, prev, hash
         FROM record WHERE seq >= ?1 ORDER BY seq LIMIT ?2",
    )?;
    let mut rows = statement.query(params![from, limit])?;
    while let Some(row) = rows.next()? {
        let seq = Seq(row.get::<_, i64>(0)?.cast_unsigned());
        each(stored(seq, row).map_err(|_| (seq, Fault::Unreadable)))?;
    }
    Ok(())
}

fn stored(seq: Seq, row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
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

fn record(row: Row) -> Result<Record, ReadError> {
    Ok(Record {
        event: event(row.seq, &row.body)?,
        seq: row.seq,
        at_unix_ms: row.at_unix_ms,
        schema: row.schema,
        station: row.station,
        boot: row.boot,
        visit: row.visit,
        hash_hex: hex(&row.hash),
    })
}

pub(crate) fn event(seq: Seq, body: &str) -> Result<Event, ReadError> {
    serde_json::from_str(body).map_err(|_| damaged((seq, Fault::Unreadable)))
}

fn damaged((seq, fault): (Seq, Fault)) -> ReadError {
    ReadError::Damaged { seq, fault }
}

/// Where an event about an intent was found.
struct Found {
    seq: Seq,
    at_unix_ms: i64,
    visit: Option<u64>,
    boot: String,
}

/// An intent on the way through the record.
struct Open {
    intent: OpenIntent,
    /// Its pass was issued and its visit goes on: the visit's own end says what becomes of it.
    in_hand: bool,
}

fn fold_intent(open: &mut Vec<Open>, found: Found, event: Event) {
    match event {
        Event::PassIntent {
            intent,
            operator_oid,
            user_id,
            upn,
            client_request_id,
            known_pass_ids,
            lifetime_minutes,
            once: _,
            replaces,
            renewal: _,
        } => open.push(Open::new(OpenIntent {
            seq: found.seq,
            at_unix_ms: found.at_unix_ms,
            visit: found.visit,
            boot: found.boot,
            intent,
            operator_oid,
            user_id,
            upn,
            client_request_id,
            known_pass_ids,
            lifetime_minutes,
            replaces,
            uncertain: false,
            issued: None,
        })),
        Event::PassUncertain { intent, code: _ } => {
            for entry in named(open, &intent) {
                entry.intent.uncertain = true;
            }
        }
        Event::PassIssued {
            intent,
            pass_id,
            start_unix_ms,
            lifetime_minutes,
            once: _,
        } => {
            // It took the place of the one before.
            open.retain(|entry| !(entry.in_hand && entry.intent.visit == found.visit));
            for entry in named(open, &intent) {
                entry.in_hand = true;
                entry.intent.issued = Some(IssuedPass {
                    id: pass_id.clone(),
                    start_unix_ms,
                    lifetime_minutes,
                });
            }
        }
        Event::PassRemoved { pass_id, why: _ } => {
            let gone = |issued: &IssuedPass| issued.id == pass_id;
            open.retain(|entry| !entry.intent.issued.as_ref().is_some_and(gone));
        }
        Event::VisitEnded { outcome: _, pass } => {
            let owed = matches!(pass, PassEnd::Pending | PassEnd::Uncertain);
            open.retain(|entry| owed || !entry.in_hand || entry.intent.visit != found.visit);
            for entry in open.iter_mut() {
                entry.in_hand &= entry.intent.visit != found.visit;
            }
        }
        Event::PassRefused { intent, .. }
        | Event::PassNotIssued { intent }
        | Event::PassLapsed { intent }
        | Event::PassOrphanRemoved { intent, .. } => {
            open.retain(|entry| entry.intent.intent != intent)
        }
        Event::StationStarted { .. }
        | Event::OperatorSignedIn { .. }
        | Event::OperatorSignInRefused { .. }
        | Event::OperatorSignedOut { .. }
        | Event::VisitStarted { .. }
        | Event::PersonChosen { .. }
        | Event::IdentityChecked { .. }
        | Event::RouteChosen { .. }
        | Event::PassEntered { .. }
        | Event::Registered { .. } => {}
    }
}

fn named<'a>(open: &'a mut [Open], intent: &'a str) -> impl Iterator<Item = &'a mut Open> {
    open.iter_mut()
        .filter(move |entry| entry.intent.intent == intent)
}

impl Open {
    fn new(intent: OpenIntent) -> Self {
        Self {
            intent,
            in_hand: false,
        }
    }
}

/// The part of an exported line before the body. The body comes last and byte for byte as stored, for
/// its bytes are what was hashed.
#[derive(Serialize)]
struct LineStart<'a> {
    seq: Seq,
    at_unix_ms: i64,
    schema: u32,
    station: &'a str,
    boot: &'a str,
    visit: Option<u64>,
    prev: String,
    hash: String,
}

/// Stands between the two parts of an exported line.
pub(crate) const BODY_KEY: &str = ",\"body\":";

fn write_line(out: &mut dyn Write, row: &Row) -> std::io::Result<()> {
    let start = serde_json::to_string(&LineStart {
        seq: row.seq,
        at_unix_ms: row.at_unix_ms,
        schema: row.schema,
        station: &row.station,
        boot: &row.boot,
        visit: row.visit,
        prev: hex(&row.prev),
        hash: hex(&row.hash),
    })?;
    let start = start.strip_suffix('}').unwrap_or(&start);
    writeln!(out, "{start}{BODY_KEY}{}}}", row.body)
}
