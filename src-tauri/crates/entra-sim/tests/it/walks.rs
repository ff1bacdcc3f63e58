//! Notifications, the test site, several phones, and random walks over all screens.

use std::collections::BTreeSet;

use entra_sim::{Case, PhoneScreenKind, phone_screens};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use url::Url;

use crate::desk::{OperatorDesk, fill, page_kind};
use crate::http::HttpRequest;
use crate::phone::PhonePage;
use crate::routes::{between, entries, with_push};

/// S36, part 3 item 13: the sign-in waits, and the phone may not hear of it.
#[tokio::test]
async fn a_notification_is_shown_missed_or_lost() {
    for (notifications, rests, looked) in [
        ("shown", "approve", "approve"),
        ("missed", "accounts", "approve"),
        ("lost", "accounts", "no-requests"),
    ] {
        let desk = OperatorDesk::open().await;
        desk.switch(json!({"phone_wait_ms": 0})).await;
        let (id, upn) = desk.person(Case::Plain);
        let pass = desk.pass(&id, &json!({"isUsableOnce": true})).await;
        let phone = PhonePage::new(&desk, "ios", "ja").await;
        phone.to_pass(&upn).await;
        phone.go("signin", &[("accesspass", &pass)]).await;
        phone.to_end().await;
        desk.switch(json!({"phone_notifications": notifications}))
            .await;
        let start = HttpRequest::new("GET", way_in(&desk, "ja").await)
            .send()
            .await;
        let waiting = fill(&start, &[("loginfmt", &upn)]).await;
        assert_eq!(page_kind(&waiting), "approve");
        assert_eq!(phone.stands().await.0, rests, "{notifications}");
        assert_eq!(phone.go("look", &[]).await.0, looked, "{notifications}");
    }
}

/// A request nobody answered in time is no longer on the phone.
#[tokio::test]
async fn a_late_request_goes_away_by_itself() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"phone_wait_ms": 0, "phone_request_life_s": 60}))
        .await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({"isUsableOnce": true})).await;
    let phone = PhonePage::new(&desk, "android", "en").await;
    phone.go("add", &[]).await;
    phone.go("work", &[]).await;
    phone.go("signin", &[]).await;
    phone.go("next", &[("loginfmt", &upn)]).await;
    phone.go("signin", &[("accesspass", &pass)]).await;
    for action in ["continue", "register", "register", "done"] {
        phone.go(action, &[]).await;
    }
    let start = HttpRequest::new("GET", way_in(&desk, "en").await)
        .send()
        .await;
    let waiting = fill(&start, &[("loginfmt", &upn)]).await;
    assert_eq!(phone.stands().await.0, "approve");
    desk.advance(61).await;
    let listed = desk.control("GET", "phones", &json!({})).await.json();
    assert_eq!(listed[0]["screen"], "accounts");
    assert_eq!(phone.stands().await.0, "accounts");
    assert_eq!(phone.go("look", &[]).await.0, "no-requests");
    phone.go("back", &[]).await;
    let anew = fill(&waiting, &[("action", "wait")]).await;
    assert_eq!(page_kind(&anew), "approve", "the page asks once more");
    assert_eq!(phone.stands().await.0, "approve");
}

async fn way_in(desk: &OperatorDesk, lang: &str) -> String {
    let site = HttpRequest::new("GET", format!("{}?mkt={lang}", desk.info().test_site));
    between(&site.send().await.text(), "href=\"").replace("&amp;", "&")
}

#[tokio::test]
async fn s35_s36_the_password_is_asked_again_and_the_app_can_be_chosen() {
    for lang in ["ja", "en"] {
        let desk = OperatorDesk::open().await;
        let (_, upn) = desk.person(Case::HasPhoneSignIn);
        let password = desk.password_of(&upn).await;
        let start = async || {
            let page = HttpRequest::new("GET", way_in(&desk, lang).await)
                .send()
                .await;
            fill(&page, &[("loginfmt", &upn), ("mkt", lang)]).await
        };
        let asked = start().await;
        assert_eq!(page_kind(&asked), "approve", "the phone comes first");
        let by_password = fill(&asked, &[("action", "use_password")]).await;
        let landed = fill(&by_password, &[("passwd", &password)]).await;
        let site = HttpRequest::new("GET", landed.header("location").to_owned());
        let before = site.send().await.text();
        assert!(
            before.contains("data-screen=\"before\"")
                && before.contains(&format!("lang=\"{lang}\""))
        );

        let again = start().await;
        assert_eq!(page_kind(&again), "passwd", "S35");
        let label = if lang == "ja" {
            "代わりにアプリを使用する"
        } else {
            "Use an app instead"
        };
        assert!(
            again.text().contains(label) && before.contains(label),
            "S36"
        );
        let waiting = fill(&again, &[("action", "use_app")]).await;
        assert_eq!(page_kind(&waiting), "approve");
        desk.control("POST", "phone/approve", &json!({"upn": upn}))
            .await;
        let landed = fill(&waiting, &[("action", "wait")]).await;
        let site = HttpRequest::new("GET", landed.header("location").to_owned());
        assert!(
            site.send().await.text().contains("data-screen=\"after\""),
            "S34"
        );
        assert_eq!(page_kind(&start().await), "approve", "the phone was last");
        desk.switch(json!({"password_asked_again": false})).await;
    }
}

#[tokio::test]
async fn two_taps_at_once_register_once() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"phone_wait_ms": 0})).await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({})).await;
    let phone = PhonePage::new(&desk, "ios", "ja").await;
    phone.to_pass(&upn).await;
    phone.go("signin", &[("accesspass", &pass)]).await;
    phone.go("continue", &[]).await;
    let tap = [("action", "register"), ("at", "register-device")];
    let ask = || HttpRequest::new("POST", phone.at.clone()).form(&tap).send();
    let (first, second) = tokio::join!(ask(), ask());
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(phone.stands().await.0, "register-sign-in");
    assert_eq!(entries(&desk, &upn, "authenticator").await.len(), 1);
}

#[tokio::test]
async fn phones_do_not_know_of_each_other() {
    let desk = OperatorDesk::open().await;
    let first = PhonePage::new(&desk, "ios", "ja").await;
    let second = PhonePage::new(&desk, "android", "en").await;
    first.go("add", &[]).await;
    assert_eq!(second.stands().await.0, "home");
    let listed = HttpRequest::new("GET", desk.info().phone.clone())
        .send()
        .await
        .text();
    assert!(
        listed.contains("data-screen-of=\"add-kind\"")
            && listed.contains("data-screen-of=\"home\"")
    );
    let phones = desk.control("GET", "phones", &json!({})).await.json();
    assert_eq!(
        (&phones[0]["screen"], &phones[1]["os"]),
        (&json!("add-kind"), &json!("android"))
    );
    let closed = HttpRequest::new("POST", format!("{}/close", first.at))
        .form(&[])
        .send()
        .await;
    assert_eq!(closed.status, 303);
    assert_eq!(
        HttpRequest::new("GET", first.at.clone())
            .send()
            .await
            .header("location"),
        "/phone"
    );
    let unknown =
        json!({"os": "ios", "lang": "ja", "begin": "account", "upn": "nobody@cablechan.biz"});
    assert_eq!(desk.control("POST", "phones", &unknown).await.status, 404);
}

/// Another refusal and another set-up.
async fn upset(desk: &OperatorDesk, rng: &mut StdRng) {
    let refusals = [
        "none",
        "location",
        "screen_lock",
        "device_limit",
        "phone_sign_in_off",
    ];
    let setups = ["phone_sign_in", "passkey"];
    desk.switch(json!({
        "phone_refusal": refusals.choose(rng).unwrap(), "phone_refusal_times": 1,
        "phone_setup": setups.choose(rng).unwrap(),
    }))
    .await;
}

/// Whatever is tapped, the phone shows a screen of the table, with its row, and a way on.
#[tokio::test]
async fn no_random_walk_leaves_the_table() {
    let seed: u64 = rand::rng().random();
    let mut rng = StdRng::seed_from_u64(seed);
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"phone_wait_ms": 0})).await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({"lifetimeInMinutes": 480})).await;
    let mut seen = BTreeSet::new();
    for (os, lang) in [
        ("ios", "ja"),
        ("android", "ja"),
        ("ios", "en"),
        ("android", "en"),
    ] {
        let (phone, push_upn, password) = with_push(&desk, os, lang).await;
        for step in 0..60 {
            let html = phone.page().await.text();
            let (screen, row) = phone.stands().await;
            let known = phone_screens().iter().find(|known| known.id == screen);
            let known =
                known.unwrap_or_else(|| panic!("seed {seed}: {screen} is not in the table"));
            assert_eq!(known.row.unwrap_or_default(), row, "seed {seed}");
            seen.insert(known.id);
            let actions: Vec<String> = html
                .split("name=\"action\" value=\"")
                .skip(1)
                .map(|rest| rest.split_once('"').unwrap().0.to_owned())
                .collect();
            assert!(!actions.is_empty(), "seed {seed}: {screen} is a dead end");
            if step % 10 == 0 {
                upset(&desk, &mut rng).await;
            }
            let action = actions.choose(&mut rng).unwrap();
            let number = if html.contains("data-number>") {
                phone.number().await
            } else {
                "42".to_owned()
            };
            let fields = [
                ("loginfmt", upn.as_str()),
                ("accesspass", pass.as_str()),
                ("passwd", password.as_str()),
                ("account", push_upn.as_str()),
                ("number", number.as_str()),
            ];
            phone.go(action, &fields).await;
        }
    }
    let rows = seen.iter().filter(|id| {
        let known = phone_screens().iter().find(|known| known.id == **id);
        known.is_some_and(|known| known.kind == PhoneScreenKind::Row)
    });
    assert!(
        rows.count() > 3,
        "seed {seed}: the walk came nowhere: {seen:?}"
    );
}

/// The table is what the control interface says, and every address of a page resolves on this host.
#[tokio::test]
async fn the_table_is_told_by_the_control_interface() {
    let desk = OperatorDesk::open().await;
    let told = desk
        .control("GET", "phone/screens", &json!({}))
        .await
        .json();
    assert_eq!(told.as_array().unwrap().len(), phone_screens().len());
    assert_eq!(told[9]["id"], phone_screens()[9].id);
    let home = Url::parse(&desk.info().phone).unwrap();
    assert!(home.host_str().is_some_and(|host| host == "127.0.0.1"));
}
