//! The machine's words in the log's chain, whether the log is to be trusted, and the thread that writes.

mod accept;
mod recorded;
mod trust;
mod untrusted;
mod witness;
mod writer;

use std::path::Path;

use audit::{BeginError, Witness};
use onboarding::record::{
    EarlierRuns, Event, KeptInRecord, NoticesOwed, Operators, PassesPerHour, RollsToLeave, Untold,
};
use onboarding::{Answer, EffectId, PendingIntent, ServiceTime, VisitId, VisitIds};
use tokio::sync::{mpsc, oneshot};

use crate::StartError;
use recorded::{entry, visit_id};
use trust::Trusted;
use writer::{Outcomes, Writer};

pub use accept::{AcceptError, Accepted, accept};
pub(crate) use recorded::Line;
pub use recorded::{RecordLog, Recorded};
pub use untrusted::Untrusted;
pub use witness::{SmallStore, Witnesses};
pub(crate) use writer::Distrust;

/// What an earlier run left behind.
pub(crate) struct Earlier {
    pub(crate) visit_ids: VisitIds,
    pub(crate) pending: Vec<PendingIntent>,
    pub(crate) passes: PassesPerHour,
    pub(crate) untold: Untold,
    pub(crate) rolls: RollsToLeave,
    pub(crate) notices: NoticesOwed,
    /// Who ever signed in at this station.
    pub(crate) operators: Operators,
    /// Which visits are kept to be taken up again.
    pub(crate) kept: KeptInRecord,
    /// What of this start could not be written.
    pub(crate) unwritten: Vec<(Option<VisitId>, Event)>,
}

/// A record that is open, and the thread that writes it.
pub(crate) struct OpenRecord {
    /// Whose record it is.
    pub(crate) station: String,
    pub(crate) lines: mpsc::UnboundedSender<Line>,
    /// What is remembered of it outside of it can be written.
    pub(crate) witnessed: bool,
    /// What is found out about it.
    pub(crate) distrust: mpsc::UnboundedReceiver<Distrust>,
    /// Ends when everything is written and the record is closed, once `lines` is gone.
    pub(crate) closed: oneshot::Receiver<()>,
}

/// Opens the record if it is to be trusted, reads what is pending, and starts the thread that writes in order.
pub(crate) fn open(
    path: &Path,
    witnesses: &Witnesses,
    started: Vec<Event>,
    at: ServiceTime,
    answers: mpsc::UnboundedSender<(EffectId, Answer)>,
) -> Result<(OpenRecord, Earlier), StartError> {
    let mut started = started.into_iter();
    let (mut log, accepted) = match trust::open(path, witnesses)? {
        Trusted::Known { log, accepted } => (log, accepted),
        Trusted::Adopted { log } => (log, 0),
        Trusted::New => {
            tracing::info!("there was no record, a new one is begun");
            (begin(path, at, &mut started)?, 0)
        }
    };
    let keeps = witnesses.may_be_kept();
    if let Err(error) = &keeps {
        let file = witnesses.file().display();
        tracing::error!(%error, %file, "what is remembered of the record cannot be written");
    }
    let witnessed = witnessed(&log, witnesses, accepted)?;
    let station = log.read().station().to_owned();
    let last = log.read().last_visit()?.map(visit_id);
    let mut left = log.read().left_open()?;
    let ends = left.ends().into_iter();
    let ends = ends.map(|(visit, event)| (Some(visit), event));
    let starts = started.chain(witnessed).map(|event| (None, event));
    let unwritten = record_start(&mut log, &mut left, starts.chain(ends), at);
    let earlier = Earlier {
        visit_ids: VisitIds::after(last),
        passes: left.passes(),
        untold: left.untold(),
        rolls: left.rolls(),
        notices: left.notices(),
        operators: left.operators(),
        kept: left.kept(),
        pending: left.pending_and_removed(),
        unwritten,
    };
    let (lines, receiver) = mpsc::unbounded_channel::<Line>();
    let (distrusted, distrust) = mpsc::unbounded_channel();
    let (end, closed) = oneshot::channel();
    let outcomes = Outcomes {
        answers,
        distrust: distrusted,
    };
    let writer = Writer::new(log, accepted, witnesses.keeper(), outcomes);
    std::thread::spawn(move || {
        writer.run(receiver);
        drop(end);
    });
    let open = OpenRecord {
        station,
        lines,
        witnessed: keeps.is_ok(),
        distrust,
        closed,
    };
    Ok((open, earlier))
}

/// What says in the record that it has a witness, where nothing in it does: from then on one that is gone was taken away.
/// Only once there is one, for whoever is killed between the two would seem to have lost it.
fn witnessed(
    log: &RecordLog,
    witnesses: &Witnesses,
    accepted: i64,
) -> Result<Option<Event>, StartError> {
    let reader = log.read();
    if reader.has_said(Recorded::WITNESSED)? {
        return Ok(None);
    }
    let witness = Witness::of(reader.station(), reader.head()?, accepted);
    Ok(match witnesses.keep_in_file(&witness) {
        Ok(()) => Some(Event::WitnessMade),
        Err(error) => {
            tracing::warn!(%error, "the witness cannot be kept");
            None
        }
    })
}

/// Records a start and what it ends of earlier runs, and says what of that could not be written. A pass that a visit left
/// when the app stopped in its middle is owed from now on, also where there is no room to say so.
fn record_start(
    log: &mut RecordLog,
    left: &mut EarlierRuns,
    events: impl Iterator<Item = (Option<VisitId>, Event)>,
    at: ServiceTime,
) -> Vec<(Option<VisitId>, Event)> {
    let mut unwritten = Vec::new();
    for (visit, event) in events {
        left.take(visit, at, &event);
        if let Err(error) = log.append(at.0, &entry(visit, event.clone())) {
            tracing::error!(%error, "the start could not be recorded");
            unwritten.push((visit, event));
        }
    }
    unwritten
}

/// Begins a record with the first of what is recorded at a start.
fn begin(
    path: &Path,
    at: ServiceTime,
    started: &mut impl Iterator<Item = Event>,
) -> Result<RecordLog, StartError> {
    if let Some(first) = started.next() {
        RecordLog::begin(path, at.0, &entry(None, first)).map_err(|error| match error {
            BeginError::Open(error) => StartError::Record(error),
            BeginError::Append(error) => StartError::RecordBegin(error),
        })?;
    }
    Ok(RecordLog::open(path)?)
}

#[cfg(test)]
mod tests {
    use onboarding::{PassEnd, PassId, UserId};

    use super::*;

    /// F16: what an earlier run left owing comes from what was read, not from what could be written.
    #[test]
    fn f16_a_pass_is_owed_also_where_the_start_cannot_be_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("record.sqlite3");
        let mut log = RecordLog::open(&path).unwrap();
        let at = ServiceTime(1_770_000_000_000);
        let intent = || "1-1".to_owned();
        let events = [
            Event::VisitStarted { ticket: None },
            Event::PassIntent {
                intent: intent(),
                operator: UserId("o".to_owned()),
                user: UserId("u".to_owned()),
                upn: "p@example.test".to_owned(),
                client_request_id: "r".to_owned(),
                known_passes: Vec::new(),
                lifetime_minutes: 60,
                once: true,
                replaces: None,
                renewal: None,
                time_confirmed: false,
                confirmed_by: None,
            },
            Event::PassIssued {
                intent: intent(),
                pass: PassId("p".to_owned()),
                start: at,
                lifetime_minutes: 60,
                once: true,
            },
        ];
        for event in events {
            log.append(at.0, &entry(Some(VisitId(3)), event)).unwrap();
        }
        let mut left = log.read().left_open().unwrap();
        let ends = left.ends().into_iter();
        let ends: Vec<_> = ends.map(|(visit, event)| (Some(visit), event)).collect();
        // From here on nothing can be written.
        std::fs::remove_file(&path).unwrap();
        let unwritten = record_start(&mut log, &mut left, ends.into_iter(), at);
        assert!(matches!(
            unwritten[..],
            [(
                Some(VisitId(3)),
                Event::VisitEnded {
                    pass: PassEnd::Pending,
                    ..
                }
            )]
        ));
        let owed = left.pending();
        assert_eq!(owed.len(), 1, "{owed:?}");
        assert_eq!(owed[0].made.as_ref().unwrap().id, PassId("p".to_owned()));
    }
}
