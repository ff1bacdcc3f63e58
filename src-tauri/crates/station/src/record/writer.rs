//! The thread that writes the record, and what goes on beside it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use audit::{AppendError, Head, Reader, VerifyError, Witness};
use onboarding::record::Event;
use onboarding::{Answer, EffectId, NotRecorded, Trouble, TroubleCode};
use tokio::sync::mpsc;

use super::recorded::{Line, RecordLog, Recorded, entry};
use super::witness::Keeper;

/// A side file longer than this, in bytes, is relieved between two visits' ends, too.
const LONG: u64 = 4 << 20;

/// How long the end of the app waits for the witness's file.
const LAST_WORD: Duration = Duration::from_secs(2);

/// What is found out about the record while the station runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Distrust {
    /// Its files are gone or were replaced.
    Displaced,
    /// Its entries do not fit together.
    Broken,
}

impl Distrust {
    pub(crate) fn trouble(self) -> Trouble {
        Trouble::new(match self {
            Self::Displaced => TroubleCode::RecordDisplaced,
            Self::Broken => TroubleCode::RecordBroken,
        })
    }
}

/// Where the writer tells what it has to.
pub(crate) struct Outcomes {
    pub(crate) answers: mpsc::UnboundedSender<(EffectId, Answer)>,
    pub(crate) distrust: mpsc::UnboundedSender<Distrust>,
}

pub(crate) struct Writer {
    log: RecordLog,
    accepted: i64,
    keeper: Keeper,
    outcomes: Outcomes,
    /// Set by the check of the whole chain.
    broken: Arc<AtomicBool>,
    displaced: bool,
    check: Check,
    /// Intents whose request is on its way.
    asked: BTreeSet<String>,
    /// A visit ended, and its entries are still in the side file.
    to_be_emptied: bool,
}

impl Writer {
    pub(crate) fn new(log: RecordLog, accepted: i64, keeper: Keeper, outcomes: Outcomes) -> Self {
        let broken = Arc::new(AtomicBool::new(false));
        let check = Check::begin(&log, Arc::clone(&broken), outcomes.distrust.clone());
        let writer = Self {
            log,
            accepted,
            keeper,
            outcomes,
            broken,
            displaced: false,
            check,
            asked: BTreeSet::new(),
            to_be_emptied: true,
        };
        writer.keeper.note_everywhere_of(&writer);
        writer
    }

    /// Writes in order until nobody has anything to write any more.
    pub(crate) fn run(mut self, mut lines: mpsc::UnboundedReceiver<Line>) {
        self.tidy();
        while let Some(line) = lines.blocking_recv() {
            let written = self.write(&line);
            let outcome = Answer::Recorded(written);
            // The machine goes on before anything else is done. One that is gone still has its last entries written.
            let _ = self.outcomes.answers.send((line.effect, outcome));
            if written.is_ok() {
                self.settle(&line.event);
            }
        }
        self.end();
    }

    fn write(&mut self, line: &Line) -> Result<(), NotRecorded> {
        let is_intent = matches!(line.event, Event::PassIntent { .. });
        if is_intent {
            if self.broken.load(Ordering::Acquire) {
                return Err(NotRecorded);
            }
            if !self.log.is_in_place() {
                return self.displaced();
            }
        }
        match self
            .log
            .append(line.at.0, &entry(line.visit, line.event.clone()))
        {
            Ok(_) => Ok(()),
            Err(AppendError::Displaced) => self.displaced(),
            Err(error) => {
                tracing::error!(%error, "the record could not be written");
                Err(NotRecorded)
            }
        }
    }

    fn displaced(&mut self) -> Result<(), NotRecorded> {
        if !std::mem::replace(&mut self.displaced, true) {
            tracing::error!("the record's files are gone or were replaced");
            // Without a driver nobody is left to be told.
            let _ = self.outcomes.distrust.send(Distrust::Displaced);
        }
        Err(NotRecorded)
    }

    /// What follows an entry that nobody waits for.
    fn settle(&mut self, event: &Event) {
        if let Event::PassIntent { intent, .. } = event {
            self.asked.insert(intent.clone());
        } else if let Some(intent) = event.answers() {
            self.asked.remove(intent);
        }
        let ended = matches!(event, Event::VisitEnded { .. });
        if ended {
            self.to_be_emptied = true;
            self.keeper.note_everywhere_of(self);
        } else {
            self.keeper.note_of(self);
        }
        self.tidy();
        // Not before: what reads the record keeps its side file from being emptied.
        if ended {
            self.check.wake();
        }
    }

    /// Empties the side file where that is due, never while a request for a pass is on its way.
    fn tidy(&mut self) {
        if !self.asked.is_empty() {
            return;
        }
        let tidied = if self.to_be_emptied {
            self.log.empty_side_file()
        } else {
            self.log.relieve_side_file(LONG).map(|()| false)
        };
        match tidied {
            Ok(emptied) => self.to_be_emptied &= !emptied,
            Err(error) => tracing::warn!(%error, "the side file could not be emptied"),
        }
    }

    fn witness(&self) -> Option<Witness> {
        let reader = self.log.read();
        let head = reader.head().ok()?;
        Some(Witness::of(reader.station(), head, self.accepted))
    }

    /// Nothing more will be written: all of the record goes into its file, and the witness hears that its side file may
    /// go, before it does.
    fn end(mut self) {
        // Who closes the record last removes the side file.
        self.check.end();
        self.to_be_emptied = true;
        self.tidy();
        let kept = self.witness().filter(|_| !self.displaced).map(|witness| {
            self.keeper.note_last(Witness {
                open: false,
                ..witness
            })
        });
        let is_kept = kept.is_some_and(|kept| kept.recv_timeout(LAST_WORD).is_ok());
        if is_kept {
            return;
        }
        tracing::warn!("the side file stays: its witness was not told in time");
        if let Err(error) = self.log.keep_side_file() {
            tracing::warn!(%error, "the side file could not be kept");
        }
    }
}

impl Keeper {
    fn note_of(&self, writer: &Writer) {
        if let Some(witness) = writer.witness() {
            self.note(witness);
        }
    }

    fn note_everywhere_of(&self, writer: &Writer) {
        if let Some(witness) = writer.witness() {
            self.note_everywhere(witness);
        }
    }
}

/// So many entries are checked between two looks whether to go on.
const AT_ONCE: u32 = 4096;

/// The thread that checks the whole chain beside the work, then each time it has grown by a visit.
struct Check {
    grown: Option<Sender<()>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Check {
    fn begin(
        log: &RecordLog,
        broken: Arc<AtomicBool>,
        distrust: mpsc::UnboundedSender<Distrust>,
    ) -> Self {
        let (grown, wake) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let reader = log.second_reader();
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || match reader {
            Ok(reader) => {
                if let Err(error) = check(&reader, &wake, &stopped) {
                    tracing::error!(%error, "the record is not as it was written");
                    broken.store(true, Ordering::Release);
                    // Without a driver nobody is left to be told.
                    let _ = distrust.send(Distrust::Broken);
                }
            }
            Err(error) => tracing::error!(%error, "the record cannot be checked"),
        });
        Self {
            grown: Some(grown),
            stop,
            thread: Some(thread),
        }
    }

    fn wake(&self) {
        if let Some(grown) = &self.grown {
            // One that found something has ended.
            let _ = grown.send(());
        }
    }

    /// Waits for the few entries it is just at.
    fn end(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.grown = None;
        if let Some(thread) = self.thread.take() {
            // A panic of it is in the log.
            let _ = thread.join();
        }
    }
}

/// Checks on until told to stop, or until something is wrong.
fn check(
    reader: &Reader<Recorded>,
    wake: &Receiver<()>,
    stop: &AtomicBool,
) -> Result<(), VerifyError> {
    let mut checked: Option<Head> = None;
    while !stop.load(Ordering::Acquire) {
        match reader.verify_further(checked.as_ref(), AT_ONCE) {
            Ok(head) if checked.as_ref() != Some(&head) => {
                checked = Some(head);
                continue;
            }
            Ok(_) => {}
            Err(error @ VerifyError::Broken { .. }) => return Err(error),
            // A disk that fails now may not the next time.
            Err(error) => tracing::warn!(%error, "the record could not be checked"),
        }
        if wake.recv().is_err() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use onboarding::{PassEnd, PassId, ServiceTime, UserId, VisitId, VisitOutcome};

    use super::super::Witnesses;
    use super::*;

    /// A writer that writes at once, and the folder it writes in.
    struct Rig {
        dir: tempfile::TempDir,
        writer: Writer,
    }

    impl Rig {
        fn new() -> Self {
            let dir = tempfile::tempdir().unwrap();
            let log = RecordLog::open(&dir.path().join("record.sqlite3")).unwrap();
            let witnesses = Witnesses::within(&dir.path().join("witness"), dir.path());
            let (answers, _) = mpsc::unbounded_channel();
            let (distrust, _) = mpsc::unbounded_channel();
            let outcomes = Outcomes { answers, distrust };
            let mut writer = Writer::new(log, 0, witnesses.keeper(), outcomes);
            writer.check.end();
            let mut rig = Self { dir, writer };
            // What was found at the start goes with the first entry.
            rig.record(1, Event::WitnessMade);
            assert_eq!(rig.length(), 0);
            rig
        }

        fn record(&mut self, visit: u32, event: Event) {
            let line = Line {
                effect: EffectId(1),
                at: ServiceTime(1_770_000_000_000),
                visit: Some(VisitId(visit)),
                event,
            };
            assert_eq!(self.writer.write(&line), Ok(()));
            self.writer.settle(&line.event);
        }

        fn ended(&mut self, visit: u32) {
            let (how, pass) = (VisitOutcome::Stopped, PassEnd::None);
            self.record(visit, Event::VisitEnded { how, pass });
        }

        /// How many bytes the side file has.
        fn length(&self) -> u64 {
            let side = self.dir.path().join("record.sqlite3-wal");
            std::fs::metadata(side).unwrap().len()
        }
    }

    #[test]
    fn the_side_file_is_emptied_with_each_visit_that_ends() {
        let mut rig = Rig::new();
        for _ in 0..2 {
            rig.record(1, Event::VisitStarted { ticket: None });
            assert_ne!(rig.length(), 0);
            rig.ended(1);
            assert_eq!(rig.length(), 0);
        }
    }

    fn intent(name: &str) -> Event {
        Event::PassIntent {
            intent: name.to_owned(),
            operator: UserId("o".to_owned()),
            user: UserId("u".to_owned()),
            upn: "u@cablechan.biz".to_owned(),
            client_request_id: "x".to_owned(),
            known_passes: Vec::new(),
            lifetime_minutes: 30,
            once: true,
            replaces: None,
            renewal: None,
            time_confirmed: true,
            confirmed_by: None,
        }
    }

    /// Visits are side by side: the end of one waits for what the others have asked for.
    #[test]
    fn the_side_file_stays_between_an_intent_and_what_comes_of_it() {
        let issued = |name: &str| Event::PassIssued {
            intent: name.to_owned(),
            pass: PassId("p".to_owned()),
            start: ServiceTime(1_770_000_000_000),
            lifetime_minutes: 30,
            once: true,
        };
        let not_issued = |name: &str| Event::PassNotIssued {
            intent: name.to_owned(),
        };
        let answers: [&dyn Fn(&str) -> Event; 2] = [&issued, &not_issued];
        for answer in answers {
            let mut rig = Rig::new();
            for visit in 1..=3 {
                rig.record(visit, Event::VisitStarted { ticket: None });
            }
            rig.record(2, intent("2-1"));
            rig.record(3, intent("3-1"));
            rig.ended(1);
            let asked = rig.length();
            assert_ne!(asked, 0, "two requests are on their way");
            rig.record(2, answer("2-1"));
            assert!(rig.length() > asked, "one still is");
            rig.record(3, answer("3-1"));
            assert_eq!(rig.length(), 0, "none is, and a visit has ended");
            rig.record(2, Event::SandboxMissing);
            assert_ne!(rig.length(), 0, "nothing more is due");
        }
    }
}
