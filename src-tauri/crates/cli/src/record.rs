//! `record verify [FILE]`, `record export [FILE]` and `record accept`: what a station wrote down, checked and taken out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

use audit::{
    ExportError, Head, OpenError, ReadError, Reader, Seq, Verified, VerifyError, harmless,
    verify_json_lines,
};
use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use station::record::Recorded;

use crate::accept::accept;
use crate::failure::{Failure, shown, with_causes};
use crate::sheet;

#[derive(Subcommand)]
pub(crate) enum Task {
    /// Check every entry of a record, or of an export in JSON lines, against its hash and the entry before it.
    Verify {
        /// The record or the export; the station's own record without it.
        file: Option<PathBuf>,
        /// What an earlier check printed as its anchor; with it a cut end is found too.
        #[arg(long, value_name = "ENTRY:HASH")]
        anchor: Option<Anchor>,
    },
    /// Accept the station's own record as it was found, when the app says that it is not the one it kept. Wants the app
    /// closed, and write access to the folder of the configuration: the machine's own where it has one, whatever --config
    /// says. What was accepted is written into the record.
    Accept {
        /// The folder that keeps what is remembered of the record, where it is not this user's.
        #[arg(long, value_name = "DIR")]
        witness_dir: Option<PathBuf>,
    },
    /// Write the entries of a record to standard output.
    Export {
        /// The record; the station's own without it.
        file: Option<PathBuf>,
        /// `jsonl` can be verified again, `csv` opens as a table.
        #[arg(long)]
        format: Format,
        /// Leave out what comes before: a day in UTC, or a moment as in RFC 3339.
        #[arg(long, value_name = "DATE", value_parser = start)]
        from: Option<i64>,
        /// Leave out what comes after; the day or moment itself is included.
        #[arg(long, value_name = "DATE", value_parser = end)]
        to: Option<i64>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// One line of JSON for each entry, as it was hashed.
    Jsonl,
    /// A table for a spreadsheet; no cell is taken for a formula.
    Csv,
}

/// Where a record ended when it was checked before.
#[derive(Clone)]
pub(crate) struct Anchor(Head);

/// Exit code of a record with an entry that is not as it was written.
const DAMAGED: u8 = 3;
/// Exit code of what is no record, of a newer version's, and of one that cannot be read.
const UNUSABLE: u8 = 4;

/// Exit code where nothing was accepted, because of who asked or when.
const NOT_ACCEPTED: u8 = 5;

/// Does what is asked, with the station's own record where no file is named.
pub(crate) fn run(task: Task, own: PathBuf, config: &Path) -> ExitCode {
    let (file, done) = match task {
        Task::Accept { witness_dir } => {
            let done = accept(&own, witness_dir.as_deref(), config);
            (own, done)
        }
        Task::Verify { file, anchor } => {
            let file = file.unwrap_or(own);
            let done = verify(&file, anchor.as_ref().map(|anchor| &anchor.0));
            (file, done)
        }
        Task::Export {
            file,
            format,
            from,
            to,
        } => {
            let file = file.unwrap_or(own);
            let done = export(&file, format, from, to);
            (file, done)
        }
    };
    let (code, why) = match done {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Damaged(why)) => (DAMAGED, why),
        Err(Failure::Unusable(why)) => (UNUSABLE, why),
        Err(Failure::Usage(why)) => (2, why),
        Err(Failure::NotAccepted(why)) => (NOT_ACCEPTED, why),
        // Whoever reads along has seen enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            return ExitCode::FAILURE;
        }
        Err(Failure::Output(error)) => (1, format!("the output cannot be written: {error}")),
    };
    // Nobody is left to be told where this fails too.
    let _ = writeln!(io::stderr().lock(), "{}: {}", shown(&file), harmless(&why));
    ExitCode::from(code)
}

fn verify(file: &Path, anchor: Option<&Head>) -> Result<(), Failure> {
    let found = match kind(file)? {
        Kind::Database => open(file)?.verify(anchor),
        Kind::Lines(lines) => verify_json_lines::<Recorded>(lines, anchor),
    };
    let Verified {
        station,
        first,
        records,
        head,
    } = found.map_err(|error| not_verified(&error))?;
    let mut out = io::stdout().lock();
    let file = shown(file);
    if first > Seq(1) {
        writeln!(
            out,
            "{file}: sound, a segment of {records} entries, {first} to {}",
            head.seq
        )?;
        writeln!(
            out,
            "not in it, and not checked: the entries before {first}"
        )?;
    } else {
        writeln!(out, "{file}: sound, {records} entries")?;
    }
    writeln!(out, "station: {station}")?;
    writeln!(out, "anchor: {}:{}", head.seq, head.hash_hex)?;
    Ok(())
}

fn export(file: &Path, format: Format, from: Option<i64>, to: Option<i64>) -> Result<(), Failure> {
    let time = from.unwrap_or(i64::MIN)..=to.unwrap_or(i64::MAX);
    if time.is_empty() {
        return Err(Failure::Usage("--from is later than --to".to_owned()));
    }
    match kind(file)? {
        Kind::Database => {}
        Kind::Lines(_) => {
            return Err(Failure::Unusable("this is an export already".to_owned()));
        }
    }
    let reader = open(file)?;
    // No entry goes out that was not checked, and none that a station adds meanwhile.
    let (last, damage) = match reader.verify(None) {
        Ok(verified) => (verified.head.seq, None),
        Err(error @ VerifyError::Broken { sound, .. }) => (Seq(sound), Some(error)),
        Err(error) => return Err(not_verified(&error)),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let stretch = match (from, to) {
        (None, None) => Some(Seq(1)..=last),
        _ => reader.stretch(last, time)?,
    };
    if stretch.is_none() {
        // Nobody is left to be told where this fails too.
        let _ = writeln!(
            io::stderr().lock(),
            "{}: no entry is of that time, nothing is exported",
            shown(file)
        );
    }
    match format {
        Format::Jsonl => {
            if let Some(stretch) = stretch {
                reader.export_json_lines(stretch, &mut out)?;
            }
        }
        Format::Csv => sheet::write(&reader, stretch, &mut out)?,
    }
    out.flush()?;
    damage.map_or(Ok(()), |error| Err(not_verified(&error)))
}

enum Kind {
    Database,
    Lines(BufReader<File>),
}

/// Tells a record from an export by how it begins.
fn kind(file: &Path) -> Result<Kind, Failure> {
    const DATABASE: &[u8] = b"SQLite format 3\0";
    const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
    let unreadable = |error: io::Error| Failure::Unusable(format!("cannot be read: {error}"));
    // A pipe that nobody writes to would keep an open waiting for ever; a folder says so itself when it is read.
    let there = file.metadata().map_err(unreadable)?;
    if !there.is_file() && !there.is_dir() {
        let what = "not a record: it is a pipe, a socket or a device, not a file";
        return Err(Failure::Unusable(what.to_owned()));
    }
    let mut content = BufReader::new(File::open(file).map_err(unreadable)?);
    let start = content.fill_buf().map_err(unreadable)?;
    if start.is_empty() {
        return Err(Failure::Unusable("not a record: it is empty".to_owned()));
    }
    if start.starts_with(DATABASE) {
        return Ok(Kind::Database);
    }
    // Some editors put one in front; it belongs to no entry.
    if start.starts_with(BYTE_ORDER_MARK) {
        content.consume(BYTE_ORDER_MARK.len());
    }
    // What was changed in a line is damage, what never was one is not.
    let start = content.fill_buf().map_err(unreadable)?;
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or(start);
    let names = |key: &[u8]| line.windows(key.len()).any(|part| part == key);
    if line.starts_with(b"{") && (names(b"\"seq\"") || names(b"\"schema\"")) {
        return Ok(Kind::Lines(content));
    }
    let neither = "not a record: neither the file of a station nor an export in JSON lines";
    Err(Failure::Unusable(neither.to_owned()))
}

fn open(file: &Path) -> Result<Reader<Recorded>, Failure> {
    Reader::open(file).map_err(|error| match error {
        OpenError::Damaged { .. } => Failure::Damaged(error.to_string()),
        OpenError::File(_)
        | OpenError::Newer { .. }
        | OpenError::NotARecord
        | OpenError::Shared(_)
        | OpenError::SideFileMissing
        | OpenError::Storage(_) => Failure::Unusable(with_causes(&error)),
    })
}

fn not_verified(error: &VerifyError) -> Failure {
    match error {
        VerifyError::Broken { seq, fault, sound } => Failure::Damaged(format!(
            "damaged at entry {seq}: {fault}; the {sound} entries before it are sound"
        )),
        VerifyError::Cut { .. } | VerifyError::Replaced { .. } => {
            Failure::Damaged(error.to_string())
        }
        VerifyError::Newer { .. }
        | VerifyError::Before { .. }
        | VerifyError::Storage(_)
        | VerifyError::Read(_) => Failure::Unusable(with_causes(error)),
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Damaged { .. } => Self::Damaged(error.to_string()),
            ReadError::Newer { .. } | ReadError::Storage(_) => Self::Unusable(with_causes(&error)),
        }
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Read(error) => error.into(),
            ExportError::Write(error) => error.into(),
        }
    }
}

impl FromStr for Anchor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = "an anchor as `record verify` prints it is wanted, ENTRY:HASH";
        let (seq, hash) = text.split_once(':').ok_or(wanted)?;
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let seq = seq.parse().map_err(|_| wanted)?;
        is_hash
            .then(|| {
                Self(Head {
                    seq: Seq(seq),
                    hash_hex: hash.to_ascii_lowercase(),
                })
            })
            .ok_or_else(|| wanted.to_owned())
    }
}

/// The first millisecond of a day or moment, since 1970, UTC.
fn start(text: &str) -> Result<i64, String> {
    Ok(*moment(text)?.start())
}

/// The last one.
fn end(text: &str) -> Result<i64, String> {
    Ok(*moment(text)?.end())
}

fn moment(text: &str) -> Result<RangeInclusive<i64>, String> {
    const DAY_MS: i64 = 86_400_000;
    let wanted = || {
        "a day in UTC like 2026-11-28 or a moment like 2026-11-28T09:30:00+09:00 is wanted"
            .to_owned()
    };
    if text.len() == "2026-11-28".len() {
        let day: Date = text.parse().map_err(|_| wanted())?;
        // The last day there is begins after the last moment: it stands for that one.
        let first = TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0));
        let first = first.map_or_else(
            |_| Timestamp::MAX.as_millisecond(),
            |first| first.as_millisecond(),
        );
        return Ok(first..=first + DAY_MS - 1);
    }
    let moment: Timestamp = text.parse().map_err(|_| wanted())?;
    let at = moment.as_millisecond();
    Ok(at..=at)
}
