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
    reach(&counter, "home").await;
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
    reach(&counter, "found").await;
    look();
    check(&wants);
    look();
    call(&window, "person_act", json!({"action": {"want": "next"}})).unwrap();
    wants(json!({"do": "go_to", "row": "a6"})).unwrap();
    wants(json!({"do": "issue_pass", "replace": false})).unwrap();
    shows(&counter, "/screen/pass/state", "hidden").await;
    let reveal = call(&window, "person_act", json!({"action": {"want": "reveal"}})).unwrap_err();
    assert_eq!(
        reveal["code"], "A505",
        "the person may not uncover it unless the site says so"
    );
    wants(json!({"do": "reveal"})).unwrap();
    let (_, person) = look();
    let pass = read_pass(&person);
    wants(json!({"do": "hide"})).unwrap();
    assert_eq!(look().1["screen"]["pass"]["state"], "hidden");

    register(&counter, &pass).await;
    shows(&counter, "/screen/screen", "registered").await;
    look();
    wants(json!({"do": "finish", "leave_pass": false})).unwrap();
    reach(&counter, "receipt").await;
    look();
    wants(json!({"do": "close"})).unwrap();
    reach(&counter, "home").await;
    let (_, person) = look();
    assert_eq!(person["screen"]["screen"], "welcome");

    crossed_once(&crossed.join("\n"), &pass);
}

/// The check of who someone is, which is refused as long as something is missing.
fn check(wants: &impl Fn(Value) -> Result<Value, Value>) {
    wants(json!({"do": "confirm_person"})).unwrap();
    wants(json!({"do": "tick", "check": "photo-id", "on": true})).unwrap();
    let refused = wants(json!({"do": "confirm_check"})).unwrap_err();
    assert_eq!(
        refused["code"], "C302",
        "a refusal is a code with its words' keys: {refused}"
    );
    wants(json!({"do": "confirm_phone", "on": true})).unwrap();
    wants(json!({"do": "confirm_check"})).unwrap();
}

async fn reach(counter: &Counter, screen: &str) {
    until(&counter.station, screen, |view, _| {
        (screen_name(&view.screen) == screen).then_some(())
    })
    .await;
}

/// Waits until the person's view says this word at this place.
async fn shows(counter: &Counter, place: &str, word: &str) {
    until(&counter.station, word, |_, person| {
        let view = serde_json::to_value(person).unwrap();
        (view.pointer(place)? == word).then_some(())
    })
    .await;
}

/// What the person would type.
fn read_pass(person: &Value) -> String {
    let glyphs = person["screen"]["pass"]["glyphs"].as_array().unwrap();
    let code = |glyph: &Value| u32::try_from(glyph["code"].as_u64().unwrap()).unwrap();
    glyphs
        .iter()
        .filter_map(|glyph| char::from_u32(code(glyph)))
        .collect()
}

async fn register(counter: &Counter, pass: &str) {
    let (upn, _) = counter.tenant.person(Case::Plain);
    let phone =
        json!({"upn": upn, "pass": pass, "route": "tap", "os": "android", "device_name": "Pixel"});
    assert_eq!(
        counter.tenant.control("phone/register", phone).await["ok"],
        true
    );
}

/// Of all views that crossed, one holds the pass, and none as text.
fn crossed_once(all: &str, pass: &str) {
    assert!(!all.contains(pass), "the pass never crosses as text");
    assert!(!all.contains("eyJ"), "no token crosses");
    let shown = all
        .lines()
        .filter(|view| view.contains("\"glyphs\""))
        .count();
    assert_eq!(shown, 1, "the pass crossed once, while it was in sight");
}
