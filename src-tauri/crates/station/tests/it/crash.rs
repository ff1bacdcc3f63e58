//! The app stops in the middle of a visit, and starts again.

use entra_sim::Case;
use onboarding::{OperatorAction, VisitAction};
use serde_json::Value;

use crate::counter::Counter;
use crate::issuing::live_passes;

/// The record's lines about visits that say this.
fn lines(counter: &Counter, event: &str) -> Vec<Value> {
    let record = counter.record();
    let line = |line: &str| serde_json::from_str::<Value>(line).unwrap();
    let said = |line: &Value| line["body"]["event"] == event;
    record.lines().map(line).filter(said).collect()
}

/// N13: a visit that was cut off is closed in the record at the next start, and the pass it left is taken back at the
/// next sign-in. Its number in the queue stands there, too.
#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_a_crash_cut_off_is_closed_at_the_next_start() {
    let counter = Counter::signed_in(0, &[("# max = 5", "max = 3")]).await;
    counter.act(OperatorAction::TakeTicket).await.unwrap();
    let first = counter.board(Case::Plain).await;
    counter
        .wants(first, VisitAction::LeaveUnfinished { leave_pass: true })
        .await
        .unwrap();
    counter.reach("receipt").await;
    counter.wants(first, VisitAction::Close).await.unwrap();
    let cut_off = counter.board(Case::Plain).await;
    counter.issue(cut_off).await;
    let begun = lines(&counter, "visit_started");
    let tickets: Vec<_> = begun.iter().map(|line| &line["body"]["ticket"]).collect();
    assert_eq!(tickets, [2, 3], "the first number was handed out before");

    let counter = counter.started_anew();
    let ends = lines(&counter, "visit_ended");
    let last = ends.last().unwrap();
    assert_eq!(ends.len(), 2, "{ends:?}");
    assert_eq!(last["visit"], cut_off.0);
    assert_eq!(last["body"]["outcome"], "stopped");
    assert_eq!(last["body"]["pass"], "pending");
    let view = counter.station.operator_view().await.unwrap();
    assert_eq!(view.pending_passes.len(), 1);
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.recorded("pass_orphan_removed").await;
    assert_eq!(live_passes(&counter, Case::Plain).await, 0);

    let counter = counter.started_anew();
    assert_eq!(lines(&counter, "visit_ended").len(), 2, "closed once");
    let view = counter.station.operator_view().await.unwrap();
    assert!(view.pending_passes.is_empty());
}
