//! Who may call what: by window label, in every state (security T16).

use entra_sim::Case;
use serde_json::{Value, json};
use tauri::WebviewWindow;
use tauri::test::MockRuntime;
use test_station::{screen_name, until};

use crate::counter::{Counter, act, call};

/// A number generator good enough to make nonsense with; the seed is printed.
struct Nonsense(u64);

impl Nonsense {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn value(&mut self, depth: u32) -> Value {
        match self.next() % if depth == 0 { 5 } else { 7 } {
            0 => Value::Null,
            1 => json!(self.next().is_multiple_of(2)),
            2 => json!(self.next()),
            3 => json!("anything"),
            4 => json!("\u{202E}あ'\"<b>"),
            5 => (0..self.next() % 4)
                .map(|_| self.value(depth - 1))
                .collect(),
            _ => {
                let keys = ["want", "do", "visit", "act", "text", "by", "action"];
                let pairs = (0..self.next() % 4).map(|at| {
                    (
                        keys[usize::try_from((self.0 + at) % 7).unwrap()].to_owned(),
                        self.value(depth - 1),
                    )
                });
                Value::Object(pairs.collect())
            }
        }
    }
}

fn refused_for_the_person(person: &WebviewWindow<MockRuntime>, state: &str) {
    for cmd in ["operator_view", "operator_act"] {
        let answer = call(person, cmd, json!({"action": {"want": "sign_out"}}));
        let text = answer
            .expect_err("the operator's command from the person's window")
            .to_string();
        assert!(text.contains("not allowed"), "{state}: {cmd}: {text}");
    }
}

/// In every state the operator's commands are refused to the person's window.
#[tokio::test(flavor = "multi_thread")]
async fn the_persons_window_never_reaches_the_operators_commands() {
    let counter = Counter::open().await;
    let (operator, person) = (counter.window("operator"), counter.window("person-1"));
    let reach = async |screen: &str| {
        until(&counter.station, screen, |view, _| {
            (screen_name(&view.screen) == screen).then_some(())
        })
        .await;
        refused_for_the_person(&person, screen);
    };
    reach("welcome").await;
    act(&operator, json!({"want": "sign_in"})).unwrap();
    refused_for_the_person(&person, "signing_in");
    reach("home").await;
    act(&operator, json!({"want": "start_visit"})).unwrap();
    reach("find").await;
    let wants =
        |does: Value| act(&operator, json!({"want": "visit", "visit": 1, "act": does})).unwrap();
    let (upn, _) = counter.tenant.person(Case::Plain);
    wants(json!({"do": "find", "text": upn, "by": "sign_in_name"}));
    reach("found").await;
    wants(json!({"do": "confirm_person"}));
    reach("check").await;
    wants(json!({"do": "tick", "check": "staff-card", "on": true}));
    wants(json!({"do": "confirm_phone", "on": true}));
    wants(json!({"do": "confirm_check"}));
    reach("board").await;
    assert!(
        call(&person, "person_view", json!({})).is_ok(),
        "its own view it may ask for"
    );
    act(&operator, json!({"want": "lock"})).unwrap();
    reach("locked").await;
    act(&operator, json!({"want": "sign_in"})).unwrap();
    reach("board").await;
    wants(json!({"do": "cancel"}));
    reach("receipt").await;
    wants(json!({"do": "close"}));
    reach("home").await;
    let gone = call(&person, "person_view", json!({})).unwrap_err();
    assert_eq!(
        gone["code"], "A503",
        "a window of a visit that is over sees nothing: {gone}"
    );
}

/// A window nobody granted anything to may call nothing.
#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_window_may_call_nothing() {
    let counter = Counter::open().await;
    let other = counter.window("other");
    for cmd in [
        "operator_act",
        "operator_view",
        "person_act",
        "person_view",
        "plugin:event|emit",
    ] {
        assert!(
            call(&other, cmd, json!({"action": {"want": "next"}})).is_err(),
            "{cmd}"
        );
    }
}

/// Nonsense from a page is refused; nothing panics and nothing changes.
#[tokio::test(flavor = "multi_thread")]
async fn nonsense_changes_nothing() {
    let seed = u64::from(std::process::id()) | 0x9E37_79B9_0000_0000;
    println!("seed {seed}");
    let counter = Counter::open().await;
    let (operator, person) = (counter.window("operator"), counter.window("person-1"));
    let before = call(&operator, "operator_view", json!({})).unwrap();
    let mut nonsense = Nonsense(seed);
    for _ in 0..300 {
        let action = nonsense.value(3);
        let body = json!({ "action": action });
        assert!(call(&person, "person_act", body.clone()).is_err(), "{body}");
        assert!(
            call(&operator, "operator_act", body.clone()).is_err(),
            "{body}"
        );
    }
    let after = call(&operator, "operator_view", json!({})).unwrap();
    assert_eq!(before["screen"], after["screen"], "seed {seed}");
}

/// Well-formed wishes that do not fit the moment are refused by the machine, and change nothing either.
#[tokio::test(flavor = "multi_thread")]
async fn wishes_out_of_their_moment_change_nothing() {
    let counter = Counter::open().await;
    let operator = counter.window("operator");
    let before = call(&operator, "operator_view", json!({})).unwrap();
    let plain = [
        "search_again",
        "confirm_person",
        "confirm_check",
        "reveal",
        "hide",
        "longer",
        "look_now",
        "next",
        "back",
        "clear_other_screen",
        "cancel",
        "close",
    ];
    let with_more = [
        json!({"do": "issue_pass", "replace": true}),
        json!({"do": "renew_pass", "same_person": true, "reason": "lost"}),
        json!({"do": "finish", "leave_pass": true}),
        json!({"do": "leave_unfinished", "leave_pass": true}),
        json!({"do": "find", "text": "fctv-user", "by": "organisation"}),
        json!({"do": "choose", "user": "x"}),
        json!({"do": "go_to", "row": "a6"}),
        json!({"do": "choose_route", "route": "create_passkey"}),
        json!({"do": "answer_phone", "asked": "app_installed", "yes": true}),
        json!({"do": "answer_phone", "asked": "account_in_app", "yes": false}),
        json!({"do": "not_today", "why": "no_smartphone", "leave_pass": false}),
    ];
    let wishes = plain
        .iter()
        .map(|does| json!({ "do": does }))
        .chain(with_more);
    for does in wishes {
        let wish = json!({"want": "visit", "visit": 1, "act": does});
        let refused = act(&operator, wish.clone()).expect_err("no visit is open");
        assert_eq!(refused["code"], "A503", "{wish}");
    }
    for want in ["cancel_sign_in", "sign_out", "lock", "start_visit"] {
        let refused = act(&operator, json!({ "want": want })).expect_err("nobody is signed in");
        assert_eq!(refused["code"], "A501", "{want}");
    }
    let plain = [
        "next",
        "back",
        "reveal",
        "done",
        "other_screen",
        "none_of_these",
        "back_to_row",
    ];
    let chosen = json!({"want": "choose_screen", "screen": "app-there"});
    let wishes = plain.iter().map(|want| json!({ "want": want }));
    for wish in wishes.chain([chosen]) {
        let action = json!({ "action": wish });
        assert!(call(&operator, "person_act", action).is_err(), "{wish}");
    }
    let after = call(&operator, "operator_view", json!({})).unwrap();
    assert_eq!(before["screen"], after["screen"]);
}
