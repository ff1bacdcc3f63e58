//! The main job through IPC, as the page does it.

use entra_sim::Case;
use serde_json::{Value, json};
use test_station::{screen_name, until};

use crate::counter::{Counter, act, call};

/// S16, S24–S30, S49, S51, N15: and nothing secret crosses but the pass, as numbers, to the pane that shows it.
#[tokio::test(flavor = "multi_thread")]
async fn the_whole_job_through_ipc() {
    let counter = Counter::open().await;
    let window = counter.window("operator");
    let reach = async |screen: &str| {
        until(&counter.station, screen, |view, _| {
            (screen_name(&view.screen) == screen).then_some(())
        })
        .await;
    };
    let mut crossed = Vec::new();
    let mut look = || {
        let operator = call(&window, "operator_view", json!({})).unwrap();
        let person = call(&window, "person_view", json!({})).unwrap();
        crossed.push(operator.to_string());
        crossed.push(person.to_string());
        (operator, person)
    };
    look();
    act(&window, json!({"want": "sign_in"})).unwrap();
    reach("home").await;
    look();
    act(&window, json!({"want": "start_visit"})).unwrap();
    let (operator, person) = look();
    assert_eq!(
        person["screen"]["screen"], "welcome",
        "the person sees the welcome while the operator searches"
    );
    let visit = operator["screen"]["visit"].clone();
    let wants = |does: Value| {
        let mut wanted = json!({"want": "visit", "visit": visit});
        wanted["act"] = does;
        act(&window, wanted)
    };
    wants(json!({"do": "find", "text": "fctv-user", "by": "organisation"})).unwrap();
    reach("found").await;
    look();
    wants(json!({"do": "confirm_person"})).unwrap();
    wants(json!({"do": "tick", "check": "photo-id", "on": true})).unwrap();
    let refused = wants(json!({"do": "confirm_check"})).unwrap_err();
    assert_eq!(
        refused["code"], "C302",
        "a refusal is a code with its words' keys: {refused}"
    );
    wants(json!({"do": "confirm_phone", "on": true})).unwrap();
    wants(json!({"do": "confirm_check"})).unwrap();
    look();
    call(&window, "person_act", json!({"action": {"want": "next"}})).unwrap();
    wants(json!({"do": "go_to", "row": "a6"})).unwrap();
    wants(json!({"do": "issue_pass", "replace": false})).unwrap();
    until(&counter.station, "a live pass", |_, person| {
        let view = serde_json::to_value(person).unwrap();
        (view["screen"]["pass"]["state"] == "hidden").then_some(())
    })
    .await;
    let reveal = call(&window, "person_act", json!({"action": {"want": "reveal"}})).unwrap_err();
    assert_eq!(
        reveal["code"], "A505",
        "the person may not uncover it unless the site says so"
    );
    wants(json!({"do": "reveal"})).unwrap();
    let (_, person) = look();
    let glyphs = person["screen"]["pass"]["glyphs"]
        .as_array()
        .unwrap()
        .clone();
    let code = |glyph: &Value| u32::try_from(glyph["code"].as_u64().unwrap()).unwrap();
    let pass: String = glyphs
        .iter()
        .filter_map(|glyph| char::from_u32(code(glyph)))
        .collect();
    wants(json!({"do": "hide"})).unwrap();
    assert_eq!(look().1["screen"]["pass"]["state"], "hidden");

    let (upn, _) = counter.tenant.person(Case::Plain);
    let phone =
        json!({"upn": upn, "pass": pass, "route": "tap", "os": "android", "device_name": "Pixel"});
    assert_eq!(
        counter.tenant.control("phone/register", phone).await["ok"],
        true
    );
    until(&counter.station, "registered", |_, person| {
        let view = serde_json::to_value(person).unwrap();
        (view["screen"]["screen"] == "registered").then_some(())
    })
    .await;
    look();
    wants(json!({"do": "finish", "leave_pass": false})).unwrap();
    reach("receipt").await;
    look();
    wants(json!({"do": "close"})).unwrap();
    reach("home").await;
    let (_, person) = look();
    assert_eq!(person["screen"]["screen"], "welcome");

    let all = crossed.join("\n");
    assert!(!all.contains(&pass), "the pass never crosses as text");
    assert!(!all.contains("eyJ"), "no token crosses");
    let shown = all
        .lines()
        .filter(|view| view.contains("\"glyphs\""))
        .count();
    assert_eq!(shown, 1, "the pass crossed once, while it was in sight");
}
