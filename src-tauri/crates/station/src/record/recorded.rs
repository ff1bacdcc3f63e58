//! The machine's words in the log's chain.

use audit::{Entry, Record, Vocabulary};
use onboarding::record::{EVENT_BYTES, EarlierRuns, Event, VERSION};
use onboarding::{EffectId, ServiceTime, VisitId};
use serde::{Deserialize, Serialize};

/// An event as it stands in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Recorded(pub Event);

impl Recorded {
    /// The recorded names of the events that say that the record has a witness.
    pub(super) const WITNESSED: &'static [&'static str] = &["witness_made", "record_accepted"];
}

impl Vocabulary for Recorded {
    const VERSION: u32 = VERSION;
    const MAX_BYTES: usize = EVENT_BYTES;
    const OPENS_OR_ENDS: &'static [&'static str] = EarlierRuns::EVENTS;
    type LeftOpen = EarlierRuns;

    fn fold(open: &mut EarlierRuns, record: Record<Self>) {
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

pub(super) fn entry(visit: Option<VisitId>, event: Event) -> Entry<Recorded> {
    Entry {
        visit: visit.map(|visit| u64::from(visit.0)),
        event: Recorded(event),
    }
}

pub(super) fn visit_id(number: u64) -> VisitId {
    VisitId(u32::try_from(number).unwrap_or(u32::MAX))
}
