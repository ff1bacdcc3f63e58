//! The job's own record: what it asked of the directory and what came of it, a line each, never a value.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use crate::ledger::private;
use crate::report::time;

const FILE: &str = "record.jsonl";

/// The record, open for more lines.
pub(crate) struct Record(File);

/// What is written down.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Event<'a> {
    RunBegan {
        version: &'static str,
        roll: usize,
        due: usize,
        /// Object id of who signed in for it; none where the app did by itself.
        #[serde(skip_serializing_if = "Option::is_none")]
        operator: Option<&'a str>,
    },
    /// Before the request: its id is the handle for the directory's own logs.
    Asked {
        user: &'a str,
        client_request_id: &'a str,
    },
    Changed {
        user: &'a str,
        client_request_id: &'a str,
    },
    NotChanged {
        user: &'a str,
        client_request_id: &'a str,
        reason: &'a str,
    },
    Unanswered {
        user: &'a str,
        client_request_id: &'a str,
    },
    /// Another change of the same account came of it, or did not.
    Afterwards {
        user: &'a str,
        what: &'a str,
        done: bool,
    },
    RunEnded {
        result: &'a str,
        rotated: usize,
        skipped: usize,
        failed: usize,
    },
}

#[derive(Serialize)]
struct Line<'a> {
    at: String,
    #[serde(flatten)]
    event: &'a Event<'a>,
}

impl Record {
    pub(crate) fn open(folder: &Path) -> io::Result<Self> {
        let file = private()
            .append(true)
            .create(true)
            .open(folder.join(FILE))?;
        Ok(Self(file))
    }

    pub(crate) fn write(&mut self, now: i64, event: &Event<'_>) -> io::Result<()> {
        let line = Line {
            at: time(now),
            event,
        };
        let text = format!("{}\n", serde_json::to_string(&line)?);
        self.0.write_all(text.as_bytes())
    }

    /// On the disk, before the directory is asked and at the end.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }
}
