//! The record as a table for a spreadsheet.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::RangeInclusive;

use audit::{ExportError, Reader, Record, Seq, harmless};
use jiff::Timestamp;
use serde_json::Value;
use station::record::Recorded;

/// What every entry has.
const OF_ENTRY: [&str; 6] = ["entry", "at", "station", "run", "visit", "event"];

/// The fields of all events, those of a renewal with its name in front.
const OF_EVENT: [&str; 82] = [
    "version",
    "config_sha256",
    "oid",
    "upn",
    "name",
    "tid",
    "code",
    "why",
    "ticket",
    "operator_oid",
    "user_id",
    "display_name",
    "checks",
    "phone_confirmed",
    "voucher",
    "route",
    "intent",
    "client_request_id",
    "known_pass_ids",
    "lifetime_minutes",
    "once",
    "replaces",
    "renewal_number",
    "renewal_reason",
    "renewal_same_person",
    "time_confirmed",
    "pass_id",
    "by_pass_id",
    "start_unix_ms",
    "made_unix_ms",
    "still_open",
    "remove",
    "kind",
    "device_name",
    "method_id",
    "outcome",
    "pass",
    "passes_per_hour",
    "next_unix_ms",
    "result",
    "place",
    "proof",
    "cause",
    "shows",
    "ask_back",
    "question",
    "answer",
    "despite",
    "reason",
    "read_back",
    "must_change",
    "sessions_ended",
    "display",
    "names",
    "more",
    "hash",
    "schema",
    "known_entries",
    "known_station",
    "known_hash",
    "aadsts",
    "error_uri",
    "correlation_id",
    "group_id",
    "confirmed_by",
    "because",
    "source",
    "finished_unix_ms",
    "earlier",
    "method_ids",
    "sessions",
    "caller_ways",
    "caller_strengths",
    "caller_called_at",
    "caller_supervisor_id",
    "caller_needs",
    "letter",
    "way",
    "arrived",
    "on_roll",
    "keeping",
    "kept_visit",
];

/// So many entries are held at once.
const CHUNK: u64 = 256;

/// Writes the entries of a stretch under a line of names.
pub(crate) fn write(
    reader: &Reader<Recorded>,
    stretch: Option<RangeInclusive<Seq>>,
    out: impl Write,
) -> Result<(), ExportError> {
    // Whoever takes another sign for the end of a cell must find none within one.
    let mut sheet = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(out);
    sheet
        .write_record(OF_ENTRY.iter().chain(&OF_EVENT))
        .map_err(not_written)?;
    if let Some(stretch) = stretch {
        let last = stretch.end().0;
        let mut next = stretch.start().0;
        while next <= last {
            let limit = usize::try_from(CHUNK.min(last - next + 1)).unwrap_or(usize::MAX);
            let records = reader.records(Seq(next), limit)?;
            if records.is_empty() {
                break;
            }
            next += records.len() as u64;
            for record in records {
                sheet.write_record(cells(&record)?).map_err(not_written)?;
            }
        }
    }
    sheet.flush()?;
    Ok(())
}

/// The output's own error, so that a pipe that was closed is known as one.
fn not_written(error: csv::Error) -> io::Error {
    let told = error.to_string();
    if let csv::ErrorKind::Io(error) = error.into_kind() {
        return error;
    }
    io::Error::other(told)
}

fn cells(record: &Record<Recorded>) -> io::Result<Vec<String>> {
    let event = serde_json::to_value(&record.event)?;
    let at = Timestamp::from_millisecond(record.at_unix_ms);
    let at = at.map_or_else(|_| record.at_unix_ms.to_string(), |at| at.to_string());
    let of_entry = [
        record.seq.to_string(),
        at,
        record.station.clone(),
        record.boot.clone(),
        record
            .visit
            .map(|visit| visit.to_string())
            .unwrap_or_default(),
        text(&event["event"]),
    ];
    let of_event = OF_EVENT.iter().map(|name| match *name {
        "hash" => record.hash_hex.clone(),
        "schema" => record.schema.to_string(),
        name => match (name.strip_prefix("renewal_"), name.strip_prefix("caller_")) {
            (Some(name), _) => text(&event["renewal"][name]),
            (None, Some(name)) => text(&event["caller"][name]),
            (None, None) => text(&event[name]),
        },
    });
    let all = of_entry.into_iter().chain(of_event);
    Ok(all.map(|cell| defused(&cell)).collect())
}

fn text(value: &Value) -> String {
    match value {
        Value::Null | Value::Object(_) => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(" "),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// A cell that a spreadsheet would take for a formula is told to be text. Some take the wide forms of the
/// signs, as they are typed in Japanese, for the signs.
fn defused(cell: &str) -> String {
    let text = harmless(cell);
    let is_formula = [cell, &*text].iter().any(|text| {
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
    });
    if is_formula {
        format!("'{text}")
    } else {
        Cow::into_owned(text)
    }
}

#[cfg(test)]
mod tests {
    use station::onboarding::record::FIELDS;

    use super::{OF_ENTRY, OF_EVENT};

    /// A field of a later event is not left out of every table in silence.
    #[test]
    fn every_field_of_an_event_has_a_column() {
        // A renewal's own fields, and a caller's, have its name in front.
        let inner = ["renewal", "caller"];
        for name in FIELDS.iter().filter(|name| !inner.contains(*name)) {
            let within = inner.map(|of| format!("{of}_{name}"));
            let has_column = OF_ENTRY.contains(name)
                || OF_EVENT.contains(name)
                || within.iter().any(|name| OF_EVENT.contains(&name.as_str()));
            assert!(has_column, "no column for {name}");
        }
    }
}
