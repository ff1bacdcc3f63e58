//! Verification of the whole chain, in the file or in an export.

use std::io::BufRead;

use serde::Deserialize;

use crate::chain::{Fault, Head, Row, Seq, Walk, genesis, hex, unhex};
use crate::error::VerifyError;
use crate::log::Log;
use crate::read::{BODY_KEY, each_row};

/// What was found good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many records there are.
    pub records: u64,
    /// The end of the chain.
    pub head: Head,
}

impl Log {
    /// Checks every record against its hash and the one before it, in flat memory. With an `anchor`
    /// taken earlier and kept elsewhere, a cut tail or a log rewritten from the start is found too.
    ///
    /// # Errors
    /// The first thing that is wrong, see [`VerifyError`].
    pub fn verify(&self, anchor: Option<&Head>) -> Result<Verified, VerifyError> {
        let mut check = Check::new(&self.station, anchor)?;
        each_row(&self.connection, i64::MIN, None, |row| check.step(row))?;
        check.finish()
    }
}

/// Checks an export made by [`Log::export_json_lines`], without the log it came from.
///
/// # Errors
/// The first thing that is wrong, see [`VerifyError`].
pub fn verify_json_lines(
    mut lines: impl BufRead,
    anchor: Option<&Head>,
) -> Result<Verified, VerifyError> {
    let mut check: Option<Check<'_>> = None;
    let mut line = String::new();
    loop {
        line.clear();
        if lines.read_line(&mut line).map_err(VerifyError::Read)? == 0 {
            break;
        }
        let next = check.as_ref().map_or(Seq(1), |check| check.walk.next_seq());
        let row = parse_line(&line).ok_or((next, Fault::Unreadable));
        let check = match &mut check {
            Some(check) => check,
            None => {
                let station = row.as_ref().map_or("", |row| row.station.as_str());
                check.insert(Check::new(station, anchor)?)
            }
        };
        check.step(row)?;
    }
    match check {
        Some(check) => check.finish(),
        None => Check::new("", anchor)?.finish(),
    }
}

struct Check<'a> {
    walk: Walk,
    anchor: Option<&'a Head>,
}

impl<'a> Check<'a> {
    fn new(station: &str, anchor: Option<&'a Head>) -> Result<Self, VerifyError> {
        match anchor {
            Some(anchor) if anchor.seq == Seq(0) && anchor.hash_hex != hex(&genesis(station)) => {
                Err(VerifyError::Replaced { seq: Seq(0) })
            }
            Some(_) | None => Ok(Self {
                walk: Walk::from_start(station),
                anchor,
            }),
        }
    }

    fn step(&mut self, row: Result<Row, (Seq, Fault)>) -> Result<(), VerifyError> {
        let row = row.map_err(broken)?;
        self.walk.step(&row).map_err(broken)?;
        match self.anchor {
            Some(anchor) if anchor.seq == row.seq && anchor.hash_hex != hex(&row.hash) => {
                Err(VerifyError::Replaced { seq: row.seq })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn finish(self) -> Result<Verified, VerifyError> {
        let head = self.walk.head();
        match self.anchor {
            Some(anchor) if anchor.seq > head.seq => Err(VerifyError::Cut {
                last: head.seq,
                anchor: anchor.seq,
            }),
            Some(_) | None => Ok(Verified {
                records: head.seq.0,
                head,
            }),
        }
    }
}

fn broken((seq, fault): (Seq, Fault)) -> VerifyError {
    VerifyError::Broken { seq, fault }
}

#[derive(Deserialize)]
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

fn parse_line(line: &str) -> Option<Row> {
    let (start, body) = line.strip_suffix("}\n")?.split_once(BODY_KEY)?;
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
