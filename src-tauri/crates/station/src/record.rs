//! The machine's words in the log's chain, and the thread that writes.

use std::path::Path;

use audit::{Entry, Record, Vocabulary};
use onboarding::record::{EVENT_BYTES, Event, LeftOpen, VERSION};
use onboarding::{Answer, EffectId, NotRecorded, PendingIntent, ServiceTime, VisitId};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::StartError;

/// An event as it stands in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Recorded(pub Event);

impl Vocabulary for Recorded {
    const VERSION: u32 = VERSION;
    const MAX_BYTES: usize = EVENT_BYTES;
    const OPENS_OR_ENDS: &'static [&'static str] = LeftOpen::EVENTS;
    type LeftOpen = LeftOpen;

    fn fold(open: &mut LeftOpen, record: Record<Self>) {
        let visit = record.visit.map(visit_id);
        open.take(visit, ServiceTime(record.at_unix_ms), &record.event.0);
    }
}

/// The record of a station.
pub type RecordLog = audit::Log<Recorded>;

/// One event on its way to the disk.
pub(crate) struct Line {
    pub(crate) effect: EffectId,
    pub(crate) at: ServiceTime,
    pub(crate) visit: Option<VisitId>,
    pub(crate) event: Event,
}

/// What an earlier run left behind.
pub(crate) struct Earlier {
    pub(crate) next_visit: VisitId,
    pub(crate) pending: Vec<PendingIntent>,
}

/// Opens the record, reads what is pending, and starts the thread that writes in order.
pub(crate) fn open(
    path: &Path,
    started: Vec<Event>,
    at: ServiceTime,
    outcomes: mpsc::UnboundedSender<(EffectId, Answer)>,
) -> Result<(mpsc::UnboundedSender<Line>, Earlier), StartError> {
    let mut log = RecordLog::open(path)?;
    if log.was_created() {
        tracing::info!("there was no record, a new one is begun");
    }
    let last = log.read().last_visit()?.map_or(VisitId(0), visit_id);
    let mut left = log.read().left_open()?;
    let ends = left.ends(at).into_iter();
    let ends = ends.map(|(visit, event)| (Some(visit), event));
    for (visit, event) in started.into_iter().map(|event| (None, event)).chain(ends) {
        match log.append(at.0, &entry(visit, event.clone())) {
            // A pass that a visit left when the app stopped in its middle is owed from now on.
            Ok(_) => left.take(visit, at, &event),
            Err(error) => tracing::error!(%error, "the start could not be recorded"),
        }
    }
    let earlier = Earlier {
        next_visit: VisitId(last.0.saturating_add(1)),
        pending: left.pending(),
    };
    let (lines, mut receiver) = mpsc::unbounded_channel::<Line>();
    std::thread::spawn(move || {
        while let Some(line) = receiver.blocking_recv() {
            let outcome = match log.append(line.at.0, &entry(line.visit, line.event)) {
                Ok(_) => Answer::Recorded(Ok(())),
                Err(error) => {
                    tracing::error!(%error, "the record could not be written");
                    Answer::Recorded(Err(NotRecorded))
                }
            };
            if outcomes.send((line.effect, outcome)).is_err() {
                break;
            }
        }
    });
    Ok((lines, earlier))
}

fn entry(visit: Option<VisitId>, event: Event) -> Entry<Recorded> {
    Entry {
        visit: visit.map(|visit| u64::from(visit.0)),
        event: Recorded(event),
    }
}

fn visit_id(number: u64) -> VisitId {
    VisitId(u32::try_from(number).unwrap_or(u32::MAX))
}
