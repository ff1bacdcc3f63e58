//! Whether it is said that passwords change by themselves, over HTTP and with the file the job writes (S41, S43, S47).

use std::path::Path;

use entra_sim::Case;
use onboarding::{Afterwards, OperatorScreen, PersonScreen, Readiness, VisitAction};
use serde_json::{Value, json};
use test_station::{Tenant, Visitor, until};

use crate::after_registration::{Way, configured, counter_at};
use crate::counter::Counter;

/// A station that is told where the job writes, and that place.
async fn counter(file: &Path) -> Counter {
    let passwords = format!(
        "group = \"{{group}}\"\nlast_run = {:?}",
        file.display().to_string()
    );
    let way = Way {
        passwords: &passwords,
        consented: "",
        operator: 0,
        person: Case::Plain,
    };
    let tenant = Tenant::start().await;
    let config = configured(&tenant, &way, None, "").await;
    counter_at(tenant, config, &way, Visitor::Approves).await.0
}

/// What the job writes when it ends with this result, so many minutes ago by the tenant's clock.
async fn ran(counter: &Counter, minutes: i64, result: &str) -> String {
    let state = counter.tenant.state().await;
    let now: jiff::Timestamp = state["clock"]["now"].as_str().unwrap().parse().unwrap();
    let finished = now - jiff::SignedDuration::from_mins(minutes);
    let written = json!({
        "version": 1, "finished": finished.to_string(), "result": result,
        "rotated": 3, "skipped": 0, "failed": 0, "overdue": 0,
    });
    written.to_string()
}

impl Counter {
    /// What the first screen says of the job: its state, and why.
    async fn job_line(&self) -> (Readiness, Option<String>) {
        until(
            &self.station,
            "the line on the job",
            |view, _| match &view.screen {
                OperatorScreen::Home { readiness, .. } => {
                    let mut lines = readiness.iter();
                    let line = lines.find(|line| line.what.key == "op-ready-last-run")?;
                    Some((line.state, line.note.as_ref().map(|note| note.key.clone())))
                }
                _ => None,
            },
        )
        .await
    }

    /// Ends the visit; what the closing card says of the password.
    async fn last_card(&self, visit: onboarding::VisitId) -> Value {
        let finish = VisitAction::Finish { leave_pass: false };
        self.wants(visit, finish).await.unwrap();
        until(&self.station, "the card", |_, person| {
            match &person.screen {
                PersonScreen::After(screen) => {
                    let screen = serde_json::to_value(screen).unwrap();
                    (screen["screen"] == "card").then(|| screen["password"].clone())
                }
                _ => None,
            }
        })
        .await
    }
}

/// The file comes while the station runs: in the morning nothing was known, and at the roll it is asked again.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_of_today_lets_the_counter_say_that_it_changes_by_itself_s43_s44_s47() {
    let share = tempfile::tempdir().unwrap();
    let file = share.path().join("last-run.json");
    let counter = counter(&file).await;
    let visit = counter.registered(Case::Plain).await;
    let written = ran(&counter, 60, "done").await;
    std::fs::write(&file, &written).unwrap();
    let on_roll = counter.joins(visit).await;
    assert_eq!(on_roll, (true, Afterwards::ByItself));
    let written: Value = serde_json::from_str(&written).unwrap();
    let finished: jiff::Timestamp = written["finished"].as_str().unwrap().parse().unwrap();
    let believed = format!(
        r#""event":"job_run_believed","source":"file","finished_unix_ms":{}"#,
        finished.as_millisecond()
    );
    counter.recorded(&believed).await;
    let card = counter.last_card(visit).await;
    let said = json!({"password": "on_roll", "read_back": true, "afterwards": "by_itself"});
    assert_eq!(card, said);
}

/// S41: nothing is said of a job that is not known to run, and the operator hears why before anybody comes.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_run_of_the_last_two_days_the_three_month_change_goes_on_s41() {
    for (minutes, result, why) in [
        (2 * 24 * 60 + 1, "done", "old"),
        (-30, "done", "future"),
        (5, "stopped", "stopped"),
        (5, "tired", "odd"),
    ] {
        let share = tempfile::tempdir().unwrap();
        let file = share.path().join("last-run.json");
        let counter = counter(&file).await;
        std::fs::write(&file, ran(&counter, minutes, result).await).unwrap();
        counter
            .act(onboarding::OperatorAction::SignIn)
            .await
            .unwrap();
        let note = format!("op-ready-last-run-{why}");
        assert_eq!(counter.job_line().await, (Readiness::Missing, Some(note)));
        let visit = counter.goes_on_to_register(Case::Plain).await;
        assert_eq!(counter.joins(visit).await, (true, Afterwards::AsBefore));
        let card = counter.last_card(visit).await;
        assert_eq!(card["afterwards"], "as_before", "{why}");
        assert!(!counter.record().contains("job_run_believed"), "{why}");
    }
}

/// What was true in the morning is not believed in the afternoon.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_goes_while_the_station_runs_is_believed_no_more_s41_s43() {
    let share = tempfile::tempdir().unwrap();
    let file = share.path().join("last-run.json");
    let counter = counter(&file).await;
    std::fs::write(&file, ran(&counter, 5, "skipped").await).unwrap();
    counter
        .act(onboarding::OperatorAction::SignIn)
        .await
        .unwrap();
    assert_eq!(counter.job_line().await, (Readiness::There, None));
    let visit = counter.goes_on_to_register(Case::Plain).await;
    std::fs::remove_file(&file).unwrap();
    assert_eq!(counter.joins(visit).await, (true, Afterwards::AsBefore));
    assert!(!counter.record().contains("job_run_believed"));
}
