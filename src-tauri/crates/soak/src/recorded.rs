//! What the record of a station that was ended says.

use std::path::Path;

use audit::{Reader, Seq};
use onboarding::record::Event;
use station::record::Recorded;

use crate::failure::Failure;

/// The record of one station.
pub(crate) struct Record {
    events: Vec<Event>,
    /// Persons whose passes are still looked after.
    pub(crate) open: Vec<String>,
    /// Whether every entry fits its hash and the one before.
    pub(crate) sound: bool,
}

impl Record {
    /// Reads the record in this folder; the station that keeps it must have ended.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub(crate) fn read(data: &Path) -> Result<Self, Failure> {
        let failed = |error: String| Failure::new(format!("the record: {error}"));
        // Read without a trace: what a station left behind is what the next one must find.
        let reader = Reader::<Recorded>::open(&data.join("record.sqlite3"));
        let reader = reader.map_err(|error| failed(error.to_string()))?;
        let sound = reader.verify(None).is_ok();
        let records = reader.records(Seq(1), usize::MAX);
        let records = records.map_err(|error| failed(error.to_string()))?;
        let left = reader
            .left_open()
            .map_err(|error| failed(error.to_string()))?;
        Ok(Self {
            events: records.into_iter().map(|record| record.event.0).collect(),
            open: left
                .pending()
                .into_iter()
                .map(|pending| pending.upn)
                .collect(),
            sound,
        })
    }

    /// That of a station that has not been yet.
    pub(crate) fn none() -> Self {
        Self {
            events: Vec::new(),
            open: Vec::new(),
            sound: true,
        }
    }

    /// Whether it fits together, and every entry of an earlier look stands where it stood.
    pub(crate) fn goes_on_from(&self, earlier: &Self) -> bool {
        self.sound && self.events.starts_with(&earlier.events)
    }

    pub(crate) fn len(&self) -> usize {
        self.events.len()
    }

    /// How many passes this station meant to ask for.
    pub(crate) fn intents(&self) -> u64 {
        let count = self
            .events
            .iter()
            .filter(|event| matches!(event, Event::PassIntent { .. }));
        u64::try_from(count.count()).unwrap_or(u64::MAX)
    }

    /// How many passes this station was given.
    pub(crate) fn issued(&self) -> usize {
        let is_issued = |event: &&Event| matches!(event, Event::PassIssued { .. });
        self.events.iter().filter(is_issued).count()
    }
}
