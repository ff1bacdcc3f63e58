//! The trainer's panel: the same switches, faults, clock and people as the control interface.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::http::{HttpAnswer, HttpRequest};

/// The panel as a trainer has it open.
struct Panel {
    url: String,
    token: String,
    person: String,
}

impl Panel {
    async fn open(desk: &OperatorDesk, person: &str) -> Self {
        let url = format!("{}/trainer", desk.info().phone);
        let page = HttpRequest::new("GET", format!("{url}?lang=ja&person={person}"))
            .send()
            .await;
        assert_eq!(page.status, 200);
        let html = page.text();
        assert!(html.contains("指導役の操作盤") && html.contains("phone_wait_ms"));
        let token = html.split_once("name=\"token\" value=\"").unwrap().1;
        Self {
            url,
            token: token.split_once('"').unwrap().0.to_owned(),
            person: person.to_owned(),
        }
    }

    async fn order(&self, fields: &[(&str, &str)]) -> HttpAnswer {
        let own = [
            ("token", self.token.as_str()),
            ("lang", "ja"),
            ("person", self.person.as_str()),
        ];
        let all: Vec<(&str, &str)> = own.iter().chain(fields).copied().collect();
        HttpRequest::new("POST", self.url.clone())
            .form(&all)
            .send()
            .await
    }

    async fn done(&self, fields: &[(&str, &str)]) {
        let answer = self.order(fields).await;
        assert_eq!(answer.status, 303, "{fields:?}: {}", answer.text());
    }
}

async fn switch(desk: &OperatorDesk, name: &str) -> Value {
    let switches = desk.control("GET", "switches", &json!({})).await.json();
    let all = switches.as_array().unwrap();
    all.iter().find(|s| s["name"] == name).unwrap()["value"].clone()
}

#[tokio::test]
async fn it_sets_what_the_control_interface_shows() {
    let desk = OperatorDesk::open().await;
    let panel = Panel::open(&desk, "").await;
    for (name, value, expected) in [
        ("tap_policy_length", "12", json!(12)),
        ("tap_policy_once", "true", json!(true)),
        ("phone_notifications", "lost", json!("lost")),
        ("second_tap", "409", json!("409")),
    ] {
        panel
            .done(&[("order", "switch"), ("name", name), ("value", value)])
            .await;
        assert_eq!(switch(&desk, name).await, expected);
    }
    panel
        .done(&[
            ("order", "refusal"),
            ("refusal", "device_limit"),
            ("times", "1"),
        ])
        .await;
    assert_eq!(switch(&desk, "phone_refusal").await, "device_limit");
    panel.done(&[("order", "clock"), ("minutes", "30")]).await;
    assert_eq!(desk.state().await["clock"]["ahead_s"], 1_800);
    panel.done(&[("order", "fault"), ("name", "busy")]).await;
    let faults = desk.control("GET", "faults", &json!({})).await.json();
    assert_eq!(faults[0]["fault"], "status:503");
    panel.done(&[("order", "clear_faults")]).await;
    let faults = desk.control("GET", "faults", &json!({})).await.json();
    assert_eq!(faults, json!([]));
}

/// People who bring a fault with them are chosen on the panel, come again, and count down there.
#[tokio::test]
async fn people_who_bring_trouble_are_chosen_on_the_panel() {
    let desk = OperatorDesk::open().await;
    let panel = Panel::open(&desk, "").await;
    let order = [
        ("order", "sentinel"),
        ("requests", "methods"),
        ("fault", "429-none"),
        ("times", "1"),
    ];
    let upn = "fault-methods-429-none-1@cablechan.biz";
    for round in 0..2 {
        let answer = panel.order(&order).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert!(
            answer
                .header("location")
                .contains("fault-methods-429-none-1")
        );
        let path = format!("/users/{upn}/authentication/methods");
        assert_eq!(desk.get(&path).await.status, 429, "round {round}");
        assert_eq!(desk.get(&path).await.status, 200, "round {round}");
    }
    let page = HttpRequest::new("GET", format!("{}?lang=ja", panel.url))
        .send()
        .await;
    assert!(page.text().contains(&format!("<code>{upn}</code> なし")));
    let all = page.text();
    let options = |name: &str| {
        let list = all
            .split_once(&format!("<select name=\"{name}\">"))
            .unwrap()
            .1;
        let list = list.split_once("</select>").unwrap().0;
        let values = list.split("value=\"").skip(1);
        let values = values.map(|rest| rest.split_once('"').unwrap().0.to_owned());
        values.collect::<Vec<_>>()
    };
    for requests in options("requests") {
        for fault in options("fault") {
            let order = [
                ("order", "sentinel"),
                ("requests", requests.as_str()),
                ("fault", fault.as_str()),
                ("times", "0"),
            ];
            panel.done(&order).await;
        }
    }
    let wrong = [("order", "sentinel"), ("requests", "pass"), ("fault", "x")];
    assert!(panel.order(&wrong).await.text().contains("role=\"alert\""));
}

#[tokio::test]
async fn an_order_that_is_not_its_own_or_makes_no_sense_changes_nothing() {
    let desk = OperatorDesk::open().await;
    let mut panel = Panel::open(&desk, "").await;
    for fields in [
        [
            ("order", "switch"),
            ("name", "tap_policy_length"),
            ("value", "3"),
        ],
        [("order", "switch"), ("name", "no_such"), ("value", "3")],
        [("order", "clock"), ("minutes", "soon"), ("x", "")],
        [("order", "put"), ("phone", "none"), ("screen", "done")],
        [("order", "conjure"), ("x", ""), ("y", "")],
    ] {
        let refused = panel.order(&fields).await;
        assert!(
            refused.status == 200 && refused.text().contains("role=\"alert\""),
            "{fields:?}"
        );
    }
    "not the token".clone_into(&mut panel.token);
    let forged = panel.order(&[("order", "clock"), ("minutes", "30")]).await;
    assert!(forged.text().contains("role=\"alert\""));
    assert_eq!(desk.state().await["clock"]["ahead_s"], 0);
}

#[tokio::test]
async fn a_pass_is_expired_and_a_person_reset() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let before = desk.state_of(&upn).await["methods"].clone();
    let panel = Panel::open(&desk, &upn).await;
    assert!(
        panel
            .order(&[("order", "expire")])
            .await
            .text()
            .contains("role=\"alert\""),
        "no pass yet"
    );
    let pass = desk.pass(&id, &json!({})).await;
    let done = desk.register(&upn, &pass, "push", "ios").await;
    assert_eq!(done["ok"], true);
    let truth = format!("{}/truth?lang=en&person={upn}", panel.url);
    let shown = HttpRequest::new("GET", truth.clone()).send().await.text();
    assert!(shown.contains("push only") && shown.contains("EnabledByPolicy"));
    assert!(!shown.contains(&pass), "the trainee may be looking");
    panel.done(&[("order", "expire")]).await;
    assert_eq!(
        desk.listed_pass(&id).await["methodUsabilityReason"],
        "Expired"
    );
    let refused = desk.register(&upn, &pass, "tap", "ios").await;
    assert_eq!(refused["aadsts"], 130_502);
    let pass = desk.pass(&id, &json!({})).await;
    let done = desk.register(&upn, &pass, "tap", "ios").await;
    assert_eq!(done["ok"], true);
    panel.done(&[("order", "reset")]).await;
    let after = desk.state_of(&upn).await;
    assert_eq!((&after["methods"], &after["passes"]), (&before, &json!([])));
    let devices = desk.state().await["devices"].clone();
    assert!(
        !devices
            .as_array()
            .unwrap()
            .iter()
            .any(|d| d["id"] == done["device_id"])
    );
}

#[tokio::test]
async fn a_reset_brings_back_what_was_there_first_and_clears_the_phones() {
    let desk = OperatorDesk::open().await;
    let (_, upn) = desk.person(Case::HasPush);
    let before = desk.state_of(&upn).await["methods"].clone();
    let order = json!({"os": "ios", "lang": "ja", "begin": "account", "upn": upn});
    desk.control("POST", "phones", &order).await;
    let password = desk.state_of(&upn).await["password"].clone();
    let done = desk
        .register(&upn, password.as_str().unwrap(), "upgrade", "ios")
        .await;
    assert_eq!(done["ok"], true);
    let reset = desk
        .control("POST", "users/reset", &json!({"upn": upn}))
        .await;
    assert_eq!(reset.json()["methods"], before);
    let phones = desk.control("GET", "phones", &json!({})).await.json();
    assert_eq!(phones[0]["accounts"], json!([]));
    for call in ["users/reset", "users/expire-pass"] {
        let nobody = json!({"upn": "nobody@cablechan.biz"});
        let answer = desk.control("POST", call, &nobody).await;
        assert_eq!(answer.status, 404, "{call}");
    }
}
