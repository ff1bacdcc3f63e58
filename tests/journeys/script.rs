//! A page that somebody scripts: it can press everything in a loop, and gets no further than the limit (T17).

use serde_json::{Value, json};
use test_station::{screen_name, until};

use crate::counter::{Counter, act, call};

/// People of the simulated directory to whom nothing stands in the way.
const PEOPLE: [&str; 4] = ["fctv-user", "t.yamada", "k.yamada", "y.sasaki"];

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_issues_in_a_loop_runs_into_the_limit_t17() {
    let counter = Counter::open_with(&[("passes_per_hour = 30", "passes_per_hour = 2")]).await;
    let window = counter.window("operator");
    act(&window, json!({"want": "sign_in"})).unwrap();
    reach(&counter, "home").await;
    let mut refusals = Vec::new();
    for person in PEOPLE {
        act(&window, json!({"want": "start_visit"})).unwrap();
        let view = call(&window, "operator_view", json!({})).unwrap();
        let visit = view["screen"]["visit"].clone();
        let wants = |does: Value| {
            let mut wanted = json!({"want": "visit", "visit": visit});
            wanted["act"] = does;
            act(&window, wanted)
        };
        wants(json!({"do": "find", "text": person, "by": "organisation"})).unwrap();
        reach(&counter, "found").await;
        wants(json!({"do": "confirm_person"})).unwrap();
        wants(json!({"do": "tick", "check": "photo-id", "on": true})).unwrap();
        wants(json!({"do": "confirm_phone", "on": true})).unwrap();
        wants(json!({"do": "confirm_check"})).unwrap();
        // It tries again and again.
        let mut issued = false;
        for _ in 0..20 {
            match wants(json!({"do": "issue_pass", "replace": false})) {
                Ok(_) => issued = true,
                Err(trouble) if trouble["code"] == "T420" => refusals.push(trouble),
                Err(trouble) => assert_eq!(trouble["code"], "A501", "{trouble}"),
            }
        }
        if issued {
            stage(&counter, "live").await;
        }
        wants(json!({"do": "cancel"})).unwrap();
        reach(&counter, "receipt").await;
        wants(json!({"do": "close"})).unwrap();
    }
    let state = counter.tenant.state().await;
    let text = state.to_string();
    assert_eq!(refusals.len(), 40, "two people, twenty tries each");
    for refusal in &refusals {
        let args = &refusal["message"]["args"];
        assert_eq!(args["passes"], 2, "{refusal}");
        assert!(args["next_unix_ms"].as_i64().is_some(), "{refusal}");
    }
    assert!(!text.contains("\"usable\":true"), "none is left behind");
}

async fn reach(counter: &Counter, screen: &str) {
    until(&counter.station, screen, |view, _| {
        (screen_name(&view.screen) == screen).then_some(())
    })
    .await;
}

async fn stage(counter: &Counter, stage: &str) {
    until(&counter.station, stage, |view, _| {
        let view = serde_json::to_value(view).unwrap();
        (view.pointer("/screen/pass/stage")? == stage).then_some(())
    })
    .await;
}
