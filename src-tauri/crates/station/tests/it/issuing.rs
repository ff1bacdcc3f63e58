//! Answers that are neither yes nor no, renewals, and a record that cannot be written.

use entra_sim::Case;
use onboarding::record::Event;
use onboarding::{OperatorAction, PassStage, RenewReason, TroubleCode, UserId, VisitAction};
use serde_json::json;
use station::record::{RecordLog, Recorded};

use crate::counter::Counter;

pub(crate) async fn live_passes(counter: &Counter, case: Case) -> usize {
    let (upn, _) = counter.tenant.person(case);
    let state = counter.tenant.state().await;
    let users = state["users"].as_array().unwrap().clone();
    let user = users
        .into_iter()
        .find(|user| user["upn"] == upn.as_str())
        .unwrap();
    let passes = user["passes"].as_array().cloned().unwrap_or_default();
    passes.iter().filter(|pass| pass["ended"].is_null()).count()
}

/// N13: the answer is lost after the pass was made; it is found and removed, and a new one can be issued.
#[tokio::test(flavor = "multi_thread")]
async fn a_pass_whose_answer_was_lost_is_found_and_removed() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.board(Case::Plain).await;
    let fault =
        json!({"method": "POST", "path": "/v1.0/users", "fault": "answer_lost", "times": 1});
    counter.tenant.control("faults", fault).await;
    counter
        .wants(visit, VisitAction::IssuePass { replace: false })
        .await
        .unwrap();
    counter.stage(PassStage::None).await;
    assert_eq!(
        live_passes(&counter, Case::Plain).await,
        0,
        "nothing of ours is left"
    );
    let record = counter.record_with("pass_orphan_removed", 1).await;
    assert!(record.contains("pass_uncertain"), "{record}");
    counter.issue(visit).await;
}

/// A visit that ends while nobody is signed in leaves its pass; it is taken back at the next sign-in, even when
/// the station was started anew in between (F19).
#[tokio::test(flavor = "multi_thread")]
async fn a_pass_left_at_a_locked_desk_is_taken_back_at_the_next_sign_in() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.board(Case::Plain).await;
    counter.issue(visit).await;
    for action in [OperatorAction::Lock, OperatorAction::SignOut] {
        counter.act(action).await.unwrap();
    }
    counter.reach("welcome").await;
    counter.recorded("visit_ended").await;
    assert_eq!(live_passes(&counter, Case::Plain).await, 1);
    let counter = counter.started_anew();
    assert_eq!(
        counter
            .station
            .operator_view()
            .await
            .unwrap()
            .pending_passes
            .len(),
        1
    );
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    test_station::until(&counter.station, "the pass taken back", |view, _| {
        view.pending_passes.is_empty().then_some(())
    })
    .await;
    assert_eq!(live_passes(&counter, Case::Plain).await, 0);
    counter.recorded("pass_orphan_removed").await;
}

/// The same when the station is started anew before it could look: a pass of ours is removed, and where there is
/// none that is written down.
#[tokio::test(flavor = "multi_thread")]
async fn an_intent_without_a_result_is_settled_at_the_next_sign_in() {
    let check = async |case: Case, settled: &str| {
        let counter = Counter::signed_in(0, &[]).await;
        let path = counter.data.path().join("record.sqlite3");
        let person = counter.tenant.person(case);
        // Nobody else writes any more.
        counter.station.finish().await;
        let counter = counter.started_anew_after(|| plant_intent(&path, person));
        let view = counter.station.operator_view().await.unwrap();
        assert_eq!(view.pending_passes.len(), 1, "{case:?}");
        counter.act(OperatorAction::SignIn).await.unwrap();
        counter.reach("home").await;
        test_station::until(&counter.station, "the pending pass settled", |view, _| {
            view.pending_passes.is_empty().then_some(())
        })
        .await;
        let asked = counter.station.operator_view().await.unwrap();
        for question in asked.pass_questions {
            let action = OperatorAction::DecideOnPass {
                intent: question.intent,
                pass: question.pass,
                remove: true,
            };
            assert_eq!(live_passes(&counter, case).await, 1, "not without a yes");
            counter.act(action).await.unwrap();
        }
        counter.recorded(settled).await;
        assert_eq!(live_passes(&counter, case).await, 0, "{case:?}");
    };
    check(Case::Partner, "pass_not_seen").await;
    check(Case::HasPass, "pass_orphan_removed").await;
}

/// Writes down that a pass was asked for twenty minutes ago, and nothing of how that went.
fn plant_intent(path: &std::path::Path, (upn, user_id): (String, String)) {
    let mut log = RecordLog::open(path).unwrap();
    let started = log.read().records(audit::Seq(1), 1).unwrap()[0].at_unix_ms;
    let event = Recorded(Event::PassIntent {
        intent: "99-1".to_owned(),
        operator: UserId("x".to_owned()),
        user: UserId(user_id),
        upn,
        client_request_id: "x".to_owned(),
        known_passes: Vec::new(),
        lifetime_minutes: 30,
        once: true,
        replaces: None,
        renewal: None,
        time_confirmed: false,
        confirmed_by: None,
    });
    let entry = audit::Entry {
        visit: Some(99),
        event,
    };
    log.append(started - 20 * 60_000, &entry).unwrap();
}

/// A renewal wants the same person and a reason, replaces the pass, and keeps the row.
#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_keeps_the_place() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.board(Case::Plain).await;
    counter
        .wants(
            visit,
            VisitAction::GoTo {
                row: "a6".to_owned(),
            },
        )
        .await
        .unwrap();
    counter.issue(visit).await;
    let first = counter.read_pass(visit).await;
    let renew = |same_person| {
        counter.wants(
            visit,
            VisitAction::RenewPass {
                same_person,
                reason: RenewReason::Mistyped,
            },
        )
    };
    assert_eq!(renew(false).await, Err(TroubleCode::SamePersonNotConfirmed));
    for _ in 0..2 {
        renew(true).await.unwrap();
        counter.stage(PassStage::Live).await;
    }
    let second = counter.read_pass(visit).await;
    assert_ne!(first, second);
    assert_eq!(renew(true).await, Err(TroubleCode::RenewalsUsedUp));
    assert_eq!(live_passes(&counter, Case::Plain).await, 1);
    let view = serde_json::to_value(counter.station.operator_view().await.unwrap()).unwrap();
    assert_eq!(view["screen"]["row"], "a6");
}

/// No durable record, no pass.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_cannot_be_written_stops_the_pass() {
    let counter = Counter::signed_in(0, &[]).await;
    let visit = counter.board(Case::Plain).await;
    // Another writer makes the station's own chain stale: from then on it refuses to write.
    let path = counter.data.path().join("record.sqlite3");
    let entry = audit::Entry {
        visit: None,
        event: Recorded(Event::VisitStarted { ticket: None }),
    };
    let meddled =
        (0..50).any(|_| RecordLog::open(&path).is_ok_and(|mut log| log.append(1, &entry).is_ok()));
    assert!(meddled);
    counter
        .wants(visit, VisitAction::IssuePass { replace: false })
        .await
        .unwrap();
    counter.trouble("T407").await;
    assert_eq!(live_passes(&counter, Case::Plain).await, 0);
    assert!(counter.pass().await.may_issue);
}
