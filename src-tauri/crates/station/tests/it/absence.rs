//! I5: a record that is missing, emptied, rolled back or unlinked is noticed, at the start and while the station runs.

use std::fs;
use std::path::{Path, PathBuf};

use audit::Entry;
use entra_sim::Case;
use onboarding::record::{Event, RecordFault};
use onboarding::{
    OperatorAction, OperatorScreen, PassEnd, PassStage, PersonScreen, StartProblem, TroubleCode,
    VisitAction, VisitOutcome,
};
use station::StartError;
use station::record::{Accepted, RecordLog, Recorded, Witnesses, accept};
use test_station::{Browser, until};

use crate::counter::Counter;
use crate::issuing::live_passes;

fn side(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap().to_str().unwrap();
    path.with_file_name(format!("{name}{ending}"))
}

/// The three files, as a `kill -9` leaves them.
struct Killed {
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Killed {
    fn of(record: &Path) -> Self {
        let files = ["", "-wal", "-shm"].map(|ending| side(record, ending));
        let files = files.into_iter().map(|file| {
            let bytes = fs::read(&file).unwrap();
            (file, bytes)
        });
        Self {
            files: files.collect(),
        }
    }

    fn put_back(&self) {
        for (file, bytes) in &self.files {
            fs::write(file, bytes).unwrap();
        }
    }
}

fn record(data: &Path) -> PathBuf {
    data.join("record.sqlite3")
}

fn witness_file(data: &Path) -> PathBuf {
    Witnesses::within(&data.join("witness"), data)
        .file()
        .to_owned()
}

/// A counter with a pass in sight, and what a kill at this moment leaves: the files, and what the witness saw.
async fn with_a_live_pass() -> (Counter, Killed, Vec<u8>, Killed) {
    let counter = Counter::signed_in(0, &[("# max = 5", "max = 3")]).await;
    let path = record(counter.data.path());
    let first = counter.board(Case::Plain).await;
    counter.wants(first, VisitAction::Cancel).await.unwrap();
    counter.recorded("visit_ended").await;
    let older = Killed::of(&path);
    let visit = counter.visit().await;
    counter.wants(visit, VisitAction::Cancel).await.unwrap();
    let visit = counter.board(Case::Plain).await;
    counter.issue(visit).await;
    counter.recorded("pass_issued").await;
    // The witness is written beside the work: the last entry is in it soon.
    let seen = until(&counter.station, "the witness", |_, _| {
        let seen = fs::read(witness_file(counter.data.path())).ok()?;
        let value: serde_json::Value = serde_json::from_slice(&seen).ok()?;
        let entries = u64::try_from(counter.record().lines().count()).unwrap();
        (value["seq"].as_u64() == Some(entries)).then_some(seen)
    });
    let seen = seen.await;
    let killed = Killed::of(&path);
    (counter, killed, seen, older)
}

/// The station is killed, this happens to its files, and it is started again.
fn check(
    name: &str,
    counter: &Counter,
    (killed, seen): (&Killed, &[u8]),
    meanwhile: impl FnOnce(&Path),
    expected: impl Fn(&StartProblem) -> bool,
) {
    let data = counter.data.path();
    let path = record(data);
    killed.put_back();
    fs::write(witness_file(data), seen).unwrap();
    meanwhile(&path);
    let started = counter
        .tenant
        .try_station(&counter.config, data, Browser::SignsIn(0));
    let error: StartError = match started {
        Ok(_) => panic!("{name}: it started"),
        Err(error) => error,
    };
    let problem = error.problem(&path);
    assert!(expected(&problem), "{name}: {problem:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_is_not_what_its_witness_saw_keeps_the_station_from_starting_i5() {
    let (counter, killed, seen, older) = with_a_live_pass().await;
    counter.station.finish().await;
    let of = (&killed, seen.as_slice());
    let remove = |path: &Path, endings: &[&str]| {
        for ending in endings {
            fs::remove_file(side(path, ending)).unwrap();
        }
    };
    let all = |path: &Path| remove(path, &["", "-wal", "-shm"]);
    let missing = |problem: &StartProblem| matches!(problem, StartProblem::RecordMissing { known: Some(known), .. } if *known > 9);
    check("all files removed", &counter, of, all, missing);
    let file = |path: &Path| remove(path, &[""]);
    check("the file removed", &counter, of, file, missing);
    let empty = |path: &Path| fs::write(path, "").unwrap();
    let emptied = |problem: &StartProblem| matches!(problem, StartProblem::RecordEmpty { .. });
    check("truncated to nothing", &counter, of, empty, emptied);
    // What is left of its pages is broken, or does not even look like a record any more.
    check("cut to half", &counter, of, cut_to_half, |problem| {
        matches!(
            problem,
            StartProblem::RecordDamaged { .. } | StartProblem::NotARecord { .. }
        )
    });
    let no_wal = |path: &Path| remove(path, &["-wal"]);
    let side_file = |problem: &StartProblem| matches!(problem, StartProblem::RecordSideFile { .. });
    check("no side file", &counter, of, no_wal, side_file);
    let no_side = |path: &Path| remove(path, &["-wal", "-shm"]);
    check("neither side file", &counter, of, no_side, side_file);
    let rolled_back =
        |problem: &StartProblem| matches!(problem, StartProblem::RecordRolledBack { .. });
    let cut_wal = |path: &Path| {
        fs::write(side(path, "-wal"), "").unwrap();
        remove(path, &["-shm"]);
    };
    check("an empty side file", &counter, of, cut_wal, rolled_back);
    let restored = |_: &Path| older.put_back();
    check("an older copy", &counter, of, restored, rolled_back);
    witnesses_that_say_otherwise(&counter, of);
    assert_eq!(
        live_passes(&counter, Case::Plain).await,
        1,
        "nobody forgot it"
    );

    // What an administrator accepts works again, and the live pass is taken back.
    killed.put_back();
    let witnesses = Witnesses::within(&counter.data.path().join("witness"), counter.data.path());
    let path = record(counter.data.path());
    let accepted = accept(&path, &witnesses, 5).unwrap();
    assert!(
        matches!(accepted, Accepted::AsItIs { open: 0, .. }),
        "{accepted:?}"
    );
    let counter = counter.started_anew();
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.recorded("pass_orphan_removed").await;
    assert!(counter.record().contains("\"why\":\"rewritten\""));
}

/// As a disk that was full, or a copy that broke off, leaves the file.
fn cut_to_half(path: &Path) {
    let bytes = fs::read(path).unwrap();
    fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

/// The same, where the files are as they were and the witness is not.
fn witnesses_that_say_otherwise(counter: &Counter, of: (&Killed, &[u8])) {
    let garbled = |path: &Path| fs::write(witness_file(path.parent().unwrap()), "{").unwrap();
    let unreadable =
        |problem: &StartProblem| matches!(problem, StartProblem::WitnessUnreadable { .. });
    check("a garbled witness", counter, of, garbled, unreadable);
    let other = |path: &Path| {
        let witness = witness_file(path.parent().unwrap());
        let seen = fs::read_to_string(&witness).unwrap();
        let mut seen: serde_json::Value = serde_json::from_str(&seen).unwrap();
        seen["station"] = "00000000-0000-4000-8000-000000000000".into();
        fs::write(witness, seen.to_string()).unwrap();
    };
    let another =
        |problem: &StartProblem| matches!(problem, StartProblem::RecordOfAnotherStation { .. });
    check("another station's", counter, of, other, another);
    let rewritten = |path: &Path| {
        let witness = witness_file(path.parent().unwrap());
        let seen = fs::read_to_string(&witness).unwrap();
        let mut seen: serde_json::Value = serde_json::from_str(&seen).unwrap();
        seen["hash_hex"] = "0".repeat(64).into();
        fs::write(witness, seen.to_string()).unwrap();
    };
    let forked = |problem: &StartProblem| matches!(problem, StartProblem::RecordRewritten { .. });
    check("not in its chain", counter, of, rewritten, forked);
}

/// A killed station whose files are all there starts, and so does one that was closed; neither is told of twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_is_as_it_was_or_newer_is_normal_i5() {
    let (counter, killed, seen, _) = with_a_live_pass().await;
    counter.station.finish().await;
    let closed = |data: &Path| {
        let seen = fs::read_to_string(witness_file(data)).unwrap();
        let seen: serde_json::Value = serde_json::from_str(&seen).unwrap();
        let path = record(data);
        let has_side_file = side(&path, "-wal").exists();
        (seen["open"].as_bool(), has_side_file)
    };
    let data = counter.data.path();
    assert_eq!(
        closed(data),
        (Some(false), false),
        "all of it is in its file"
    );
    let entries = counter.record().lines().count();
    killed.put_back();
    fs::write(witness_file(data), &seen).unwrap();
    let counter = counter.started_anew();
    assert!(counter.record().lines().count() > entries);
    counter.station.finish().await;
    // A witness from before is older than the record.
    fs::write(witness_file(counter.data.path()), &seen).unwrap();
    let path = record(counter.data.path());
    fs::write(side(&path, "-wal"), "").unwrap();
    let counter = counter.started_anew();
    counter.station.finish().await;
    let said = counter.record().matches("witness_made").count();
    assert_eq!(said, 1, "at its first start and never again");
}

/// A record from before there were witnesses is adopted once; when its witness goes then, somebody took it away.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_without_a_witness_is_adopted_once_i5() {
    let counter = Counter::open(Browser::NeverComes, &[]).await;
    counter.station.finish().await;
    let data = counter.data.path();
    let path = record(data);
    // As such a version left it: nothing in it says that there is a witness, and there is none.
    fs::remove_file(&path).unwrap();
    fs::remove_file(witness_file(data)).unwrap();
    let mut log = RecordLog::open(&path).unwrap();
    for event in [Event::SandboxMissing, Event::SandboxMissing] {
        let (visit, event) = (None, Recorded(event));
        log.append(0, &Entry { visit, event }).unwrap();
    }
    drop(log);
    let counter = counter.started_anew();
    counter.station.finish().await;
    assert_eq!(counter.record().matches("witness_made").count(), 1);
    let counter = counter.started_anew();
    counter.station.finish().await;
    assert_eq!(counter.record().matches("witness_made").count(), 1);
    without_its_witness(&counter);
}

/// The witness of a station that is new is not to be made anew either: its record could be rolled back by that.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_stations_record_without_its_witness_is_not_adopted_i5() {
    let counter = Counter::open(Browser::NeverComes, &[]).await;
    counter.station.finish().await;
    let path = record(counter.data.path());
    let older = fs::read(&path).unwrap();
    let counter = counter.started_anew();
    counter.station.finish().await;
    fs::write(&path, older).unwrap();
    without_its_witness(&counter);
}

/// The witness goes, and the station does not start.
fn without_its_witness(counter: &Counter) {
    let data = counter.data.path();
    fs::remove_file(witness_file(data)).unwrap();
    let started = counter
        .tenant
        .try_station(&counter.config, data, Browser::NeverComes);
    let problem = started.err().unwrap().problem(&record(data));
    assert!(
        matches!(problem, StartProblem::WitnessMissing { .. }),
        "{problem:?}"
    );
}

/// A station that is killed before it said that it has a witness is not one that lost it.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_witness_is_there_before_the_record_says_so_i5() {
    let counter = Counter::open(Browser::NeverComes, &[]).await;
    counter.station.finish().await;
    let data = counter.data.path();
    let seen = fs::read(witness_file(data)).unwrap();
    fs::remove_file(record(data)).unwrap();
    fs::remove_dir_all(data.join("witness")).unwrap();
    // Nothing can be written there.
    std::os::unix::fs::symlink("nowhere/at/all", data.join("witness")).unwrap();
    let counter = counter.started_anew();
    counter.station.finish().await;
    assert!(!counter.record().contains("witness_made"));
    fs::remove_file(counter.data.path().join("witness")).unwrap();
    let counter = counter.started_anew();
    counter.station.finish().await;
    assert_eq!(counter.record().matches("witness_made").count(), 1);
    let now = fs::read(witness_file(counter.data.path())).unwrap();
    assert_ne!(now, seen);
}

/// T7: a folder with an empty file in it, or with nothing but a side file, was not always like that.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_of_a_record_is_no_new_station_i5() {
    let counter = Counter::open(Browser::NeverComes, &[]).await;
    counter.station.finish().await;
    let check = |name: &str, file: &str, is_missing: bool| {
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join(file), if is_missing { "left" } else { "" }).unwrap();
        let started = counter
            .tenant
            .try_station(&counter.config, data.path(), Browser::NeverComes);
        let problem = started.err().unwrap().problem(&record(data.path()));
        let found = matches!(problem, StartProblem::RecordMissing { known: None, .. });
        assert_eq!(found, is_missing, "{name}: {problem:?}");
        assert!(found || matches!(problem, StartProblem::RecordEmpty { known: None, .. }));
    };
    check("a side file alone", "record.sqlite3-wal", true);
    check("an empty file", "record.sqlite3", false);
}

/// The files go while the station runs: the next intent is refused, nothing is asked for and nothing is shown.
#[tokio::test(flavor = "multi_thread")]
async fn files_unlinked_while_running_put_the_station_out_of_service_i5() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.board(Case::Plain).await;
    let path = record(counter.data.path());
    for ending in ["", "-wal", "-shm"] {
        fs::remove_file(side(&path, ending)).unwrap();
    }
    let _ = counter
        .wants(visit, VisitAction::IssuePass { replace: false })
        .await;
    counter.trouble("A521").await;
    counter.stage(PassStage::None).await;
    assert_eq!(live_passes(&counter, Case::Plain).await, 0);
    let again = counter
        .wants(visit, VisitAction::IssuePass { replace: false })
        .await;
    assert_eq!(again, Err(TroubleCode::RecordDisplaced));
    counter.wants(visit, VisitAction::Cancel).await.unwrap();
    until(&counter.station, "the end", |view, _| {
        matches!(
            view.screen,
            OperatorScreen::Visit(onboarding::InFront {
                screen: onboarding::VisitScreen::Receipt { .. },
                ..
            }) | OperatorScreen::Home { .. }
        )
        .then_some(())
    })
    .await;
    assert!(!path.exists(), "nothing is made in its place");
    let data = counter.data.path();
    counter.station.finish().await;
    let started = counter
        .tenant
        .try_station(&counter.config, data, Browser::NeverComes);
    let problem = started.err().unwrap().problem(&path);
    assert!(
        matches!(problem, StartProblem::RecordMissing { known: Some(_), .. }),
        "{problem:?}"
    );
}

/// F17: an entry that was changed long ago is found in the background, and said on the screen.
#[tokio::test(flavor = "multi_thread")]
async fn f17_a_broken_chain_gives_no_new_pass() {
    let counter = Counter::open(Browser::SignsIn(0), &[]).await;
    counter.station.finish().await;
    let path = record(counter.data.path());
    let mut log = RecordLog::open(&path).unwrap();
    for _ in 0..80 {
        let event = Recorded(Event::VisitStarted { ticket: None });
        let ended = Recorded(Event::VisitEnded {
            how: VisitOutcome::Cancelled,
            pass: PassEnd::None,
        });
        for event in [event, ended] {
            let visit = Some(1);
            log.append(0, &Entry { visit, event }).unwrap();
        }
    }
    drop(log);
    let raw = rusqlite::Connection::open(&path).unwrap();
    let find = "SELECT sql FROM sqlite_schema WHERE name = 'record_update'";
    let guard: String = raw.query_row(find, [], |row| row.get(0)).unwrap();
    let spoil = "DROP TRIGGER record_update; UPDATE record SET at_unix_ms = 1 WHERE seq = 5";
    raw.execute_batch(&format!("{spoil}; {guard}")).unwrap();
    drop(raw);
    let counter = counter.started_anew();
    counter.trouble("A522").await;
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    counter.trouble("A522").await;
    let refused = counter.act(OperatorAction::StartVisit).await;
    assert_eq!(refused, Err(TroubleCode::RecordBroken));
    let person = counter.station.person_view(None).await.unwrap();
    assert!(matches!(person.screen, PersonScreen::OutOfService));
    // An administrator sets it aside, and a new one begins.
    counter.station.finish().await;
    let data = counter.data.path();
    let witnesses = Witnesses::within(&data.join("witness"), data);
    let accepted = accept(&path, &witnesses, 5).unwrap();
    let Accepted::Anew { fault, set_aside } = accepted else {
        panic!("{accepted:?}");
    };
    assert_eq!(fault, RecordFault::Damaged);
    assert!(set_aside.unwrap().exists());
    let counter = counter.started_anew();
    assert!(counter.record().contains("record_accepted"));
}

/// A service that is stopped leaves all of the record in its file.
#[tokio::test(flavor = "multi_thread")]
async fn a_station_that_is_stopped_leaves_one_file_that_is_the_whole_record() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.board(Case::Plain).await;
    counter.wants(visit, VisitAction::Cancel).await.unwrap();
    counter.recorded("visit_ended").await;
    let path = record(counter.data.path());
    assert!(side(&path, "-wal").exists());
    counter.station.finish().await;
    assert!(!side(&path, "-wal").exists());
    let copy = tempfile::tempdir().unwrap();
    let copied = copy.path().join("record.sqlite3");
    fs::copy(&path, &copied).unwrap();
    let entries = counter.record().lines().count();
    let reader = audit::Reader::<station::record::Recorded>::open(&copied).unwrap();
    assert_eq!(reader.verify(None).unwrap().records, entries as u64);
    let view = counter.station.operator_view().await;
    assert!(view.is_err(), "and acts no more");
}
