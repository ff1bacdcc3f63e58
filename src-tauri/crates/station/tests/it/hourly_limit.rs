//! The passes of an hour are counted from the record, whatever happened to the app meanwhile (T17).

use entra_sim::Case;
use onboarding::{OperatorAction, TroubleCode, VisitAction};

use crate::counter::Counter;

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_begins_no_new_hour_and_the_refusal_is_recorded_t17() {
    let changes = [("passes_per_hour = 30", "passes_per_hour = 1")];
    let counter = Counter::signed_in(0, &changes).await;
    let visit = counter.board(Case::Plain).await;
    counter.issue(visit).await;
    counter.wants(visit, VisitAction::Cancel).await.unwrap();
    counter.reach("receipt").await;
    let counter = counter.started_anew();
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    let visit = counter.board(Case::Partner).await;
    let issue = VisitAction::IssuePass { replace: false };
    let refused = counter.wants(visit, issue).await;
    assert_eq!(refused, Err(TroubleCode::PassesPerHour));
    counter.recorded("pass_limit_reached").await;
}
