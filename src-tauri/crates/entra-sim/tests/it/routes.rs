//! Walk-throughs B and C, refusals and wrong turns on the phone page.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, complaint};
use crate::http::{HttpAnswer, HttpRequest};
use crate::phone::PhonePage;

impl PhonePage {
    /// A phone opened by control call.
    pub(crate) async fn opened(desk: &OperatorDesk, order: Value) -> Self {
        let made = desk.control("POST", "phones", &order).await;
        assert_eq!(made.status, 200, "{}", made.text());
        Self {
            at: made.json()["address"].as_str().unwrap().to_owned(),
        }
    }

    /// Sends a button without asking for its label; gives screen and row.
    pub(crate) async fn go(&self, action: &str, fields: &[(&str, &str)]) -> (String, String) {
        let all: Vec<(&str, &str)> = [("action", action)].iter().chain(fields).copied().collect();
        let pressed = HttpRequest::new("POST", self.at.clone())
            .form(&all)
            .send()
            .await;
        assert_eq!(pressed.status, 303);
        self.stands().await
    }

    pub(crate) async fn stands(&self) -> (String, String) {
        let html = self.page().await.text();
        let row = between(&html, "data-row=\"");
        (between(&html, "data-screen=\""), row)
    }

    pub(crate) async fn page(&self) -> HttpAnswer {
        HttpRequest::new("GET", self.at.clone()).send().await
    }

    /// The number shown for matching.
    pub(crate) async fn number(&self) -> String {
        let html = self.page().await.text();
        html.split_once("data-number>").unwrap().1[..2].to_owned()
    }
}

pub(crate) fn between(html: &str, start: &str) -> String {
    let rest = html.split_once(start).expect("the page says so").1;
    rest.split_once('"').unwrap().0.to_owned()
}

fn at(screen: &str, row: &str) -> (String, String) {
    (screen.to_owned(), row.to_owned())
}

pub(crate) async fn with_push(
    desk: &OperatorDesk,
    os: &str,
    lang: &str,
) -> (PhonePage, String, String) {
    let (_, upn) = desk.person(Case::HasPush);
    let order = json!({"os": os, "lang": lang, "begin": "account", "upn": upn});
    let phone = PhonePage::opened(desk, order).await;
    let password = desk.password_of(&upn).await;
    (phone, upn, password)
}

pub(crate) async fn entries(desk: &OperatorDesk, upn: &str, kind: &str) -> Vec<Value> {
    let state = desk.state_of(upn).await;
    let methods = state["methods"].as_array().unwrap().iter();
    methods.filter(|m| m["type"] == kind).cloned().collect()
}

#[tokio::test]
async fn s31_the_ten_rows_end_in_phone_sign_in() {
    // The number is the phone's own, or that of pages which ask for a second factor.
    for (os, lang, second) in [
        ("ios", "ja", false),
        ("android", "en", false),
        ("ios", "en", true),
    ] {
        let desk = OperatorDesk::open().await;
        desk.switch(json!({"phone_wait_ms": 0, "mfa_required": second}))
            .await;
        let (phone, upn, password) = with_push(&desk, os, lang).await;
        assert_eq!(phone.stands().await, at("accounts-push", "S31.1"));
        let open = [("account", upn.as_str())];
        assert_eq!(
            phone.go("open_account", &open).await,
            at("account-page", "S31.2")
        );
        assert_eq!(phone.go("upgrade", &[]).await, at("b-secret", "S31.3"));
        let wrong = phone.go("signin", &[("passwd", "wrong")]).await;
        assert_eq!(wrong, at("b-secret", "S31.3"));
        assert_eq!(complaint(&phone.page().await), 50126);
        let given = phone.go("signin", &[("passwd", &password)]).await;
        assert_eq!(given, at("b-notice", "S31.4"));
        let number = phone.number().await;
        assert_eq!(phone.go("notice", &[]).await, at("b-number", "S31.5"));
        let typed = phone.go("yes", &[("number", &number)]).await;
        assert_eq!(typed, at("b-continue", "S31.6"));
        let went_on = phone.go("continue", &[]).await;
        assert_eq!(went_on, at("b-register-device", "S31.7"));
        let before = entries(&desk, &upn, "authenticator").await;
        assert_eq!(phone.go("register", &[]).await, at("b-register", "S31.8"));
        assert_eq!(phone.go("register", &[]).await, at("b-done", "S31.9"));
        assert_eq!(phone.go("done", &[]).await, at("account-ready", "S31.10"));
        let after = entries(&desk, &upn, "authenticator").await;
        assert_eq!(after.len(), 1, "the entry that was there gained its device");
        assert_eq!(after[0]["id"], before[0]["id"]);
        assert_eq!(after[0]["phone_sign_in"], true);
    }
}

/// P3, N3: a pass stands for the password and the number.
#[tokio::test]
async fn a_pass_takes_the_place_of_password_and_number() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"phone_wait_ms": 0})).await;
    let (phone, upn, _) = with_push(&desk, "ios", "ja").await;
    let (id, _) = desk.person(Case::HasPush);
    let pass = desk.pass(&id, &json!({"isUsableOnce": true})).await;
    phone.go("open_account", &[("account", &upn)]).await;
    phone.go("upgrade", &[]).await;
    let given = phone.go("signin", &[("accesspass", &pass)]).await;
    assert_eq!(given, at("b-continue", "S31.6"));
}

#[tokio::test]
async fn a_wrong_number_ends_the_upgrade() {
    let desk = OperatorDesk::open().await;
    let (phone, upn, password) = with_push(&desk, "ios", "ja").await;
    phone.go("open_account", &[("account", &upn)]).await;
    phone.go("upgrade", &[]).await;
    phone.go("signin", &[("passwd", &password)]).await;
    let number: u8 = phone.number().await.parse().unwrap();
    phone.go("notice", &[]).await;
    let other = if number == 99 { 10 } else { number + 1 };
    let typed = phone.go("yes", &[("number", &other.to_string())]).await;
    assert_eq!(typed.0, "denied");
    assert_eq!(phone.go("back", &[]).await.0, "accounts-push");
    assert_eq!(
        entries(&desk, &upn, "authenticator").await[0]["phone_sign_in"],
        false
    );
}

#[tokio::test]
async fn c_a_fresh_account_gets_a_passkey() {
    for (os, aa_guid) in [
        ("ios", "90a3ccdf-635c-4729-a248-9b709135078f"),
        ("android", "de1e552d-db1d-4423-a619-566b625cdc84"),
    ] {
        let desk = OperatorDesk::open().await;
        desk.switch(json!({"phone_wait_ms": 0, "phone_setup": "passkey"}))
            .await;
        let (id, upn) = desk.person(Case::Plain);
        let pass = desk.pass(&id, &json!({"isUsableOnce": true})).await;
        let phone = PhonePage::new(&desk, os, "ja").await;
        phone.to_pass(&upn).await;
        let given = phone.go("signin", &[("accesspass", &pass)]).await;
        assert_eq!(given, at("c-offer", "C.1"));
        assert_eq!(phone.go("continue", &[]).await, at("c-provider", "C.3"));
        assert_eq!(phone.go("later", &[]).await.0, "provider-off");
        assert_eq!(phone.go("settings", &[]).await, at("c-settings", "C.4"));
        assert_eq!(phone.go("return", &[]).await.0, "provider-off");
        phone.go("settings", &[]).await;
        phone.go("switch", &[]).await;
        assert_eq!(phone.go("return", &[]).await, at("c-create", "C.5"));
        assert_eq!(phone.go("create", &[]).await, at("c-done", "C.7"));
        assert_eq!(phone.go("done", &[]).await, at("account-passkey", "C.8"));
        assert_eq!(entries(&desk, &upn, "fido2").await[0]["aa_guid"], aa_guid);
        assert_eq!(entries(&desk, &upn, "authenticator").await.len(), 1);
    }
}

#[tokio::test]
async fn c_an_account_that_is_there_gets_a_passkey_beside_it() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"phone_wait_ms": 0})).await;
    let (phone, upn, password) = with_push(&desk, "android", "ja").await;
    phone.go("open_account", &[("account", &upn)]).await;
    assert_eq!(phone.go("passkey", &[]).await, at("c-secret", "C.2"));
    let given = phone.go("signin", &[("passwd", &password)]).await;
    assert_eq!(given, at("c-offer", "C.1"));
    for action in ["continue", "settings", "switch", "return", "create", "done"] {
        phone.go(action, &[]).await;
    }
    assert_eq!(phone.stands().await.0, "account-passkey");
    assert_eq!(entries(&desk, &upn, "fido2").await.len(), 1);
    assert_eq!(
        entries(&desk, &upn, "authenticator").await.len(),
        1,
        "no second entry"
    );
}

/// Part 3, items 8 and 9: every refusal has its screen, strikes once, and registers nothing.
#[tokio::test]
async fn each_refusal_has_its_screen_and_ends() {
    let signed_in = ["signin"].as_slice();
    let at_device = ["signin", "continue", "register"].as_slice();
    for (refusal, steps, screen, aadsts) in [
        ("web_setup", signed_in, "web-setup", 0),
        ("screen_lock", signed_in, "screen-lock", 0),
        ("location", at_device, "location", 53010),
        ("approved_app", at_device, "approved-app", 53002),
        ("device_limit", at_device, "device-limit", 0),
        ("already_registered", at_device, "already-registered", 0),
        ("authenticator_limit", at_device, "app-limit", 0),
    ] {
        let desk = OperatorDesk::open().await;
        desk.switch(
            json!({"phone_wait_ms": 0, "phone_refusal": refusal, "phone_refusal_times": 1}),
        )
        .await;
        let (id, upn) = desk.person(Case::Plain);
        let pass = desk.pass(&id, &json!({})).await;
        let phone = PhonePage::new(&desk, "ios", "ja").await;
        phone.to_pass(&upn).await;
        for action in steps {
            phone.go(action, &[("accesspass", &pass)]).await;
        }
        assert_eq!(phone.stands().await.0, screen, "{refusal}");
        let html = phone.page().await.text();
        let said = html.contains(&format!("data-error-code=\"{aadsts}\""));
        assert_eq!(said, aadsts != 0, "{refusal}: {html}");
        assert!(entries(&desk, &upn, "authenticator").await.is_empty());
        let switches = desk.control("GET", "switches", &json!({})).await.json();
        let mut all = switches.as_array().unwrap().iter();
        let now = all.find(|s| s["name"] == "phone_refusal").unwrap()["value"].clone();
        assert_eq!(now, "none", "{refusal} struck once");
    }
}

#[tokio::test]
async fn refusals_before_the_sign_in_have_their_screens() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"phone_wait_ms": 0})).await;
    let refuse = async |name: &str| {
        desk.switch(json!({"phone_refusal": name, "phone_refusal_times": 1}))
            .await;
    };
    let phone = PhonePage::opened(
        &desk,
        json!({"os": "android", "lang": "en", "begin": "store"}),
    )
    .await;
    assert_eq!(phone.stands().await, at("google-play", "S15"));
    refuse("phone_too_old").await;
    assert_eq!(phone.go("get", &[]).await.0, "phone-old");
    assert_eq!(phone.go("back", &[]).await.0, "google-play");
    assert_eq!(phone.go("get", &[]).await.0, "installed");
    for (action, screen) in [
        ("open", "privacy"),
        ("accept", "usage"),
        ("continue", "allow-notifications"),
        ("refuse", "first-run"),
        ("work", "add-how"),
    ] {
        assert_eq!(phone.go(action, &[]).await.0, screen);
    }
    refuse("app_too_old").await;
    assert_eq!(phone.go("signin", &[]).await.0, "app-old");
    assert_eq!(phone.go("update", &[]).await.0, "springboard");
    phone.go("open", &[]).await;
    phone.go("add", &[]).await;
    phone.go("work", &[]).await;
    refuse("modified_phone").await;
    assert_eq!(phone.go("signin", &[]).await.0, "modified");
}

/// N1, P1: phone sign-in is off, so the phone is left with push.
#[tokio::test]
async fn push_only_is_told_from_phone_sign_in() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"phone_wait_ms": 0, "phone_refusal": "phone_sign_in_off"}))
        .await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({})).await;
    let phone = PhonePage::new(&desk, "android", "ja").await;
    phone.to_pass(&upn).await;
    for action in ["signin", "continue", "register", "register"] {
        phone.go(action, &[("accesspass", &pass)]).await;
    }
    assert_eq!(phone.stands().await.0, "push-only");
    assert_eq!(phone.go("back", &[]).await.0, "accounts-push");
    assert_eq!(
        entries(&desk, &upn, "authenticator").await[0]["phone_sign_in"],
        false
    );
    // The control call meets the same.
    let answer = desk.register(&upn, &pass, "tap", "ios").await;
    assert_eq!(
        (&answer["ok"], &answer["reason"]),
        (&json!(false), &json!("phone_sign_in_off"))
    );
}

#[tokio::test]
async fn wrong_turns_lead_back() {
    let desk = OperatorDesk::open().await;
    let (_, upn) = desk.person(Case::Plain);
    let phone = PhonePage::new(&desk, "ios", "ja").await;
    for (action, fields, screen) in [
        ("add", [("x", "")], "add-kind"),
        ("other_kind", [("x", "")], "scan"),
        ("manual", [("x", "")], "manual-code"),
        ("finish", [("code", "1")], "manual-code"),
        ("back", [("x", "")], "scan"),
        ("back", [("x", "")], "add-how"),
        ("back", [("x", "")], "add-kind"),
        ("personal", [("x", "")], "personal"),
        ("next", [("loginfmt", upn.as_str())], "personal"),
        ("back", [("x", "")], "add-kind"),
        ("work", [("x", "")], "add-how"),
        ("signin", [("x", "")], "account"),
        // No pass was issued yet, so the page asks for a password nobody should need (P3).
        ("next", [("loginfmt", upn.as_str())], "password"),
        ("back", [("x", "")], "account"),
        ("leave", [("x", "")], "springboard"),
        ("open", [("x", "")], "home"),
    ] {
        assert_eq!(phone.go(action, &fields).await.0, screen, "{action}");
    }
}
