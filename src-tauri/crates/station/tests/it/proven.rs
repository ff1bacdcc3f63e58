//! Time and ownership against a whole tenant: clocks that are wrong, and counters beside each other (I3, I4, I6).

use std::path::Path;
use std::sync::Arc;

use audit::Entry;
use entra_sim::Case;
use onboarding::record::Event;
use onboarding::{
    OperatorAction, OperatorScreen, OperatorView, PassEnd, PassStage, ServiceTime, UserId,
    VisitAction, VisitId,
};
use serde_json::{Value, json};
use station::record::{RecordLog, Recorded};
use test_station::{Browser, MachineClock, until};

use crate::counter::Counter;
use crate::issuing::live_passes;

/// Two hours and ten years to either side, and nine hours as of a clock that took Japan's time for the world's, in seconds.
const OFF_S: [i64; 5] = [7_200, -7_200, 32_400, 315_576_000, -315_576_000];

async fn receipt(counter: &Counter) -> PassEnd {
    until(&counter.station, "a receipt", |view, _| {
        match &view.screen {
            OperatorScreen::Visit(onboarding::InFront {
                screen: onboarding::VisitScreen::Receipt { end, .. },
                ..
            }) => Some(end.pass),
            _ => None,
        }
    })
    .await
}

async fn date_fault(counter: &Counter, method: &str, skew_s: i64) {
    let fault = json!({
        "method": method, "path": "/v1.0/users", "fault": "date", "times": 1, "skew_s": skew_s,
    });
    counter.tenant.control("faults", fault).await;
}

fn never_written_off(counter: &Counter, what: &str) {
    let record = counter.record();
    for word in [
        "pass_lapsed",
        "pass_gone",
        "\"pass\":\"expired\"",
        "\"pass\":\"gone\"",
    ] {
        assert!(!record.contains(word), "{what}: {word} in {record}");
    }
}

/// The station dies with a pass in hand and starts again on a machine whose clock is wrong, or hears a wrong `Date` first.
#[tokio::test(flavor = "multi_thread")]
async fn i6_a_start_with_a_wrong_clock_takes_the_pass_back_f6() {
    for off_s in OFF_S {
        for date in [false, true] {
            let what = format!("start, {off_s} s, by a Date: {date}");
            let counter = Counter::signed_in(0, &[]).await;
            let visit = counter.board(Case::Plain).await;
            counter.issue(visit).await;
            let Counter {
                tenant,
                station,
                data,
                config,
            } = counter;
            drop(station);
            let clock = Arc::new(MachineClock::default());
            if !date {
                clock.put_wrong(off_s);
            }
            let station = tenant.station_by(&config, data.path(), Browser::SignsIn(0), clock);
            let counter = Counter {
                tenant,
                station,
                data,
                config,
            };
            if date {
                date_fault(&counter, "GET", off_s).await;
            }
            let view = counter.station.operator_view().await.unwrap();
            assert_eq!(view.pending_passes.len(), 1, "{what}: owed");
            counter.act(OperatorAction::SignIn).await.unwrap();
            counter.recorded("pass_orphan_removed").await;
            assert_eq!(live_passes(&counter, Case::Plain).await, 0, "{what}");
            never_written_off(&counter, &what);
        }
    }
}

/// What goes wrong in the middle of a visit.
#[derive(Clone, Copy, Debug)]
enum Wrong {
    Wall,
    DateOfARead,
    DateOfThePass,
}

/// The machine's clock or one `Date` goes wrong in a visit: the pass is shown as it is, and removed at the end (W14).
#[tokio::test(flavor = "multi_thread")]
async fn i6_a_wrong_clock_in_a_visit_excuses_no_removal_f6() {
    for off_s in OFF_S {
        for wrong in [Wrong::Wall, Wrong::DateOfARead, Wrong::DateOfThePass] {
            let what = format!("in a visit, {off_s} s, {wrong:?}");
            let counter = Counter::signed_in(0, &[]).await;
            let clock = Arc::new(MachineClock::default());
            let data = tempfile::tempdir().unwrap();
            let browser = Browser::SignsIn(0);
            let station =
                counter
                    .tenant
                    .station_by(&counter.config, data.path(), browser, clock.clone());
            let counter = Counter {
                station,
                data,
                ..counter
            };
            counter.act(OperatorAction::SignIn).await.unwrap();
            counter.reach("home").await;
            let visit = counter.board(Case::Plain).await;
            if matches!(wrong, Wrong::DateOfThePass) {
                date_fault(&counter, "POST", off_s).await;
            }
            counter.issue(visit).await;
            match wrong {
                Wrong::Wall => clock.put_wrong(off_s),
                Wrong::DateOfARead => date_fault(&counter, "GET", off_s).await,
                Wrong::DateOfThePass => {}
            }
            counter.wants(visit, VisitAction::LookNow).await.unwrap();
            counter.read_pass(visit).await;
            let pass = counter.pass().await;
            assert_eq!(pass.stage, PassStage::Live, "{what}");
            assert!(pass.remaining_s.is_some_and(|left| left > 60), "{what}");
            counter.wants(visit, VisitAction::Cancel).await.unwrap();
            assert_eq!(receipt(&counter).await, PassEnd::Removed, "{what}");
            assert_eq!(live_passes(&counter, Case::Plain).await, 0, "{what}");
            never_written_off(&counter, &what);
        }
    }
}

/// Another counter died right after its intent, so many milliseconds ago.
fn plant_intent(path: &Path, (upn, user): (String, String), at: ServiceTime) {
    let mut log = RecordLog::open(path).unwrap();
    let event = Recorded(Event::PassIntent {
        intent: "9-1".to_owned(),
        operator: UserId("x".to_owned()),
        user: UserId(user),
        upn,
        client_request_id: "x".to_owned(),
        known_passes: Vec::new(),
        lifetime_minutes: 30,
        once: true,
        replaces: None,
        renewal: None,
        time_confirmed: true,
        confirmed_by: None,
    });
    let visit = Some(u64::from(VisitId(9).0));
    log.append(at.0, &Entry { visit, event }).unwrap();
}

fn asked(view: &OperatorView) -> Option<OperatorAction> {
    let question = view.pass_questions.first()?;
    Some(OperatorAction::DecideOnPass {
        intent: question.intent.clone(),
        pass: question.pass.clone(),
        remove: false,
    })
}

fn intent_time(counter: &Counter) -> ServiceTime {
    let record = counter.record();
    let line = |line: &str| serde_json::from_str::<Value>(line).unwrap();
    let is_intent = |line: &Value| line["body"]["event"] == "pass_intent";
    let intent = record.lines().map(line).rfind(is_intent).unwrap();
    assert_eq!(intent["body"]["time_confirmed"], true, "{intent}");
    ServiceTime(intent["at_unix_ms"].as_i64().unwrap())
}

/// One counter dies after its intent, another issues for the same person and shows the pass. The first comes back: the
/// pass of the second lives until somebody says yes, however short the time between.
#[tokio::test(flavor = "multi_thread")]
async fn i4_the_pass_of_another_counter_lives_though_a_dead_one_had_asked_before() {
    // A copy of the directory that is a second behind knows nothing of it at first.
    for (before_s, lag_ms) in [(5, 0), (40, 1_000), (240, 1_000)] {
        let second = Counter::signed_in(0, &[]).await;
        let visit = second.board(Case::Plain).await;
        let lag = json!({"replica_lag_ms": lag_ms, "replica_lag_writes": lag_ms > 0});
        second.tenant.control("switches", lag).await;
        second.issue(visit).await;
        let at = ServiceTime(intent_time(&second).0 - before_s * 1000);
        let others = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        for data in &others {
            let path = data.path().join("record.sqlite3");
            plant_intent(&path, second.tenant.person(Case::Plain), at);
            let browser = Browser::SignsIn(0);
            let first = second.tenant.station(&second.config, data.path(), browser);
            first.operator_act(OperatorAction::SignIn).await.unwrap();
            let leave = until(&first, "the question", |view, _| asked(view)).await;
            assert_eq!(live_passes(&second, Case::Plain).await, 1, "{before_s}");
            first.operator_act(leave).await.unwrap();
            until(&first, "the answer", |view, _| {
                asked(view).is_none().then_some(())
            })
            .await;
        }
        assert_eq!(live_passes(&second, Case::Plain).await, 1, "{before_s}");
        second.read_pass(visit).await;
        assert_eq!(second.pass().await.stage, PassStage::Live);
    }
}
