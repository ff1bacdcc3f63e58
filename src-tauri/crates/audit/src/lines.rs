//! The exported form: one record, one line of JSON.

use std::io::{self, BufRead, Read, Write};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::chain::{Row, Seq, hex, unhex};
use crate::error::ExportError;
use crate::read::{Reader, damaged};
use crate::record::Vocabulary;

impl<E: Vocabulary> Reader<E> {
    /// Writes the records of a stretch as one line of JSON each, oldest first, in the form that
    /// [`crate::verify_json_lines`] reads.
    ///
    /// # Errors
    /// See [`ExportError`]; what was written before stays written.
    pub fn export_json_lines(
        &self,
        stretch: RangeInclusive<Seq>,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let end = |seq: &Seq| i64::try_from(seq.0).unwrap_or(i64::MAX);
        self.each_row(&(end(stretch.start())..=end(stretch.end())), |row| {
            let row = row.map_err(|found| ExportError::Read(damaged(found)))?;
            write_line(out, &row).map_err(ExportError::Write)
        })
    }
}

/// The part of an exported line before the body. The body comes last and byte for byte as stored, for
/// its bytes are what was hashed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineStart {
    seq: Seq,
    at_unix_ms: i64,
    schema: u32,
    station: String,
    boot: String,
    visit: Option<u64>,
    prev: String,
    hash: String,
}

/// Stands between the two parts of an exported line.
const BODY_KEY: &str = ",\"body\":";

fn write_line(out: &mut dyn Write, row: &Row) -> io::Result<()> {
    let start = serde_json::to_string(&LineStart {
        seq: row.seq,
        at_unix_ms: row.at_unix_ms,
        schema: row.schema,
        station: row.station.clone(),
        boot: row.boot.clone(),
        visit: row.visit,
        prev: hex(&row.prev),
        hash: hex(&row.hash),
    })?;
    let start = start.strip_suffix('}').unwrap_or(&start);
    writeln!(out, "{start}{BODY_KEY}{}}}", row.body)
}

/// What a line of an export turned out to be.
pub(crate) enum Line {
    /// There is no further one.
    End,
    Row(Row),
    /// A newer version wrote it.
    Newer,
    Unreadable,
}

/// Reads the next line. A line end of another system, its absence after the last line, and empty lines
/// after that change no record, so they are passed over.
pub(crate) fn next_line<E: Vocabulary>(lines: &mut impl BufRead) -> io::Result<Line> {
    let mut line = Vec::new();
    // Twice as much as the longest record, for what stands around the body.
    let longest = 2 * E::MAX_BYTES as u64 + 4096;
    if lines.by_ref().take(longest).read_until(b'\n', &mut line)? == 0 {
        return Ok(Line::End);
    }
    let Ok(text) = std::str::from_utf8(&line) else {
        return Ok(Line::Unreadable);
    };
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.is_empty() {
        return Ok(if is_blank(lines)? {
            Line::End
        } else {
            Line::Unreadable
        });
    }
    Ok(match parse(text) {
        // In a row that does not fit its hash, the version is no more to be believed than the rest.
        Some(row) if row.schema > E::VERSION && row.computed_hash() == row.hash => Line::Newer,
        Some(row) => Line::Row(row),
        None if is_newer::<E>(text) => Line::Newer,
        None => Line::Unreadable,
    })
}

/// Whether only line ends follow.
fn is_blank(lines: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let rest = lines.fill_buf()?;
        if rest.is_empty() {
            return Ok(true);
        }
        if rest.iter().any(|byte| !matches!(byte, b'\n' | b'\r')) {
            return Ok(false);
        }
        let length = rest.len();
        lines.consume(length);
    }
}

fn is_newer<E: Vocabulary>(line: &str) -> bool {
    #[derive(Deserialize)]
    struct Age {
        schema: u32,
    }
    serde_json::from_str(line).is_ok_and(|Age { schema }| schema > E::VERSION)
}

fn parse(line: &str) -> Option<Row> {
    let (start, body) = line.strip_suffix('}')?.split_once(BODY_KEY)?;
    let start: LineStart = serde_json::from_str(&format!("{start}}}")).ok()?;
    Some(Row {
        seq: start.seq,
        at_unix_ms: start.at_unix_ms,
        schema: start.schema,
        station: start.station,
        boot: start.boot,
        visit: start.visit,
        body: body.to_owned(),
        prev: unhex(&start.prev)?,
        hash: unhex(&start.hash)?,
    })
}
