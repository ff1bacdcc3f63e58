//! The phone page walked through with plain forms, and the sign-in test site.

use entra_sim::Case;
use serde_json::json;
use url::Url;

use crate::desk::{OperatorDesk, fill};
use crate::http::{HttpAnswer, HttpRequest};

pub(crate) struct PhonePage {
    pub(crate) at: String,
}

impl PhonePage {
    pub(crate) async fn new(desk: &OperatorDesk, os: &str, lang: &str) -> Self {
        let url = format!("{}/new", desk.info().phone);
        let made = HttpRequest::new("POST", url)
            .form(&[("os", os), ("lang", lang), ("name", "練習用")])
            .send()
            .await;
        assert_eq!(made.status, 303);
        let at = Url::parse(&desk.info().phone)
            .unwrap()
            .join(made.header("location"))
            .unwrap();
        Self { at: at.into() }
    }

    pub(crate) async fn screen(&self) -> (String, HttpAnswer) {
        let page = HttpRequest::new("GET", self.at.clone()).send().await;
        let html = page.text();
        let name = html
            .split_once("data-screen=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .unwrap()
            .0;
        (name.to_owned(), page)
    }

    /// Presses what is labelled, as a person would; the label must be on the screen.
    pub(crate) async fn press(&self, action: &str, label: &str, fields: &[(&str, &str)]) -> String {
        let (name, page) = self.screen().await;
        let html = page.text();
        assert!(
            html.contains(label) && html.contains(&format!("value=\"{action}\"")),
            "no {label} on {name}: {html}"
        );
        let all: Vec<(&str, &str)> = [("action", action)].iter().chain(fields).copied().collect();
        let pressed = HttpRequest::new("POST", self.at.clone())
            .form(&all)
            .send()
            .await;
        assert_eq!(pressed.status, 303);
        self.screen().await.0
    }

    /// To the screen that asks for the pass (A1 to A5).
    pub(crate) async fn to_pass(&self, upn: &str) -> String {
        self.press("add", "+", &[]).await;
        self.press("work", "職場または学校アカウント", &[]).await;
        let after = self.press("signin", "サインイン", &[]).await;
        if after == "pick" {
            self.press("other", "別のアカウントを使用する", &[]).await;
        }
        self.press("next", "次へ", &[("loginfmt", upn)]).await
    }

    /// A new phone on which somebody has typed the pass (A1 to A6).
    pub(crate) async fn signed_in(desk: &OperatorDesk, os: &str, upn: &str, pass: &str) -> Self {
        let phone = Self::new(desk, os, "ja").await;
        phone.to_pass(upn).await;
        phone
            .press("signin", "サインイン", &[("accesspass", pass)])
            .await;
        phone
    }

    /// From the accepted pass to the account screen (A7 to A13).
    pub(crate) async fn to_end(&self) {
        assert_eq!(self.press("continue", "続行", &[]).await, "register-device");
        assert_eq!(
            self.press("register", "登録", &[]).await,
            "register-sign-in"
        );
        assert_eq!(self.press("register", "登録", &[]).await, "done");
        assert_eq!(self.press("done", "完了", &[]).await, "accounts");
    }
}

#[tokio::test]
async fn s25_the_thirteen_rows_end_in_phone_sign_in() {
    for os in ["ios", "android"] {
        let desk = OperatorDesk::open().await;
        desk.switch(json!({"phone_wait_ms": 0})).await;
        let (id, upn) = desk.person(Case::Plain);
        let phone = PhonePage::new(&desk, os, "ja").await;
        assert_eq!(phone.screen().await.0, "home");
        assert_eq!(phone.press("add", "+", &[]).await, "add-kind");
        assert_eq!(
            phone.press("work", "職場または学校アカウント", &[]).await,
            "add-how"
        );
        assert_eq!(
            phone.press("signin", "サインイン", &[]).await,
            "account",
            "A4 comes only with several accounts"
        );
        // N2: the pass is issued when the person stands at the pass screen.
        let pass = desk.pass(&id, &json!({"isUsableOnce": true})).await;
        assert_eq!(
            phone.press("next", "次へ", &[("loginfmt", &upn)]).await,
            "secret"
        );
        assert_eq!(
            phone
                .press("signin", "サインイン", &[("accesspass", &pass)])
                .await,
            "continue"
        );
        assert_eq!(
            desk.listed_pass(&id).await["methodUsabilityReason"],
            "OneTimeUsed"
        );
        phone.to_end().await;
        let app = desk
            .get(&format!(
                "/users/{id}/authentication/microsoftAuthenticatorMethods?$expand=device"
            ))
            .await
            .json();
        assert!(app["value"][0]["createdDateTime"].is_string());
        assert_eq!(app["value"][0]["device"]["displayName"], "練習用");

        let (other, other_upn) = desk.person(Case::Partner);
        let pass = desk.pass(&other, &json!({})).await;
        assert_eq!(
            phone.to_pass(&other_upn).await,
            "secret",
            "S25.4: with an account there, A4 is shown"
        );
        assert_eq!(
            phone
                .press("signin", "サインイン", &[("accesspass", &pass)])
                .await,
            "continue"
        );
        phone.to_end().await;
    }
}

#[tokio::test]
async fn the_live_check_sees_push_before_phone_sign_in() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"phone_wait_ms": 0})).await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({})).await;
    let phone = PhonePage::signed_in(&desk, "ios", &upn, &pass).await;
    phone.press("continue", "続行", &[]).await;
    phone.press("register", "登録", &[]).await;
    let path = format!("/users/{id}/authentication/microsoftAuthenticatorMethods");
    assert_eq!(
        desk.get(&path).await.json()["value"][0]["createdDateTime"],
        json!(null)
    );
    phone.press("register", "登録", &[]).await;
    assert!(desk.get(&path).await.json()["value"][0]["createdDateTime"].is_string());
}

#[tokio::test]
async fn waiting_screens_wait() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"phone_wait_ms": 600_000})).await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({})).await;
    let phone = PhonePage::signed_in(&desk, "android", &upn, &pass).await;
    phone.press("continue", "続行", &[]).await;
    assert_eq!(phone.press("register", "登録", &[]).await, "wait-device");
    let (name, page) = phone.screen().await;
    assert_eq!(name, "wait-device");
    assert!(
        page.text()
            .contains("<noscript><meta http-equiv=\"refresh\""),
        "works without script, and with it nobody's place is lost"
    );
}

#[tokio::test]
async fn refusals_are_shown_on_the_phone() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let phone = PhonePage::new(&desk, "ios", "ja").await;
    let complains = async |aadsts: u32| {
        let (name, page) = phone.screen().await;
        assert!(
            page.text()
                .contains(&format!("data-error-code=\"{aadsts}\"")),
            "{name}: {}",
            page.text()
        );
    };
    phone.press("add", "+", &[]).await;
    phone.press("work", "職場または学校アカウント", &[]).await;
    assert_eq!(
        phone.press("scan", "QR コードをスキャンします", &[]).await,
        "scan",
        "S25.3: the wrong turn opens the scanner"
    );
    assert_eq!(
        phone.press("back", "QR コードのスキャン", &[]).await,
        "add-how"
    );
    phone.press("signin", "サインイン", &[]).await;
    let mail = [("loginfmt", "hanako.mihon@mail.cablechan.example")];
    phone.press("next", "次へ", &mail).await;
    complains(50034).await;
    desk.switch(json!({"tap_settle_ms": 10_000})).await;
    let pass = desk
        .pass(&id, &json!({"lifetimeInMinutes": 10, "isUsableOnce": true}))
        .await;
    assert_eq!(
        phone.press("next", "次へ", &[("loginfmt", &upn)]).await,
        "secret"
    );
    phone
        .press("signin", "サインイン", &[("accesspass", &pass)])
        .await;
    complains(130503).await;
    desk.advance(10).await;
    phone
        .press("signin", "サインイン", &[("accesspass", "mistyped")])
        .await;
    complains(130503).await;
    desk.advance(600).await;
    phone
        .press("signin", "サインイン", &[("accesspass", &pass)])
        .await;
    complains(130502).await;
    let pass = desk.pass(&id, &json!({"isUsableOnce": true})).await;
    desk.advance(11).await;
    desk.register(&upn, &pass, "push", "ios").await;
    phone
        .press("signin", "サインイン", &[("accesspass", &pass)])
        .await;
    complains(130501).await;
}

#[tokio::test]
async fn after_a_one_time_pass_ten_minutes_remain() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"phone_wait_ms": 0})).await;
    let (id, upn) = desk.person(Case::Plain);
    for (once, expected) in [(true, "failed"), (false, "register-sign-in")] {
        let pass = desk.pass(&id, &json!({"isUsableOnce": once})).await;
        let phone = PhonePage::signed_in(&desk, "ios", &upn, &pass).await;
        phone.press("continue", "続行", &[]).await;
        desk.advance(601).await;
        assert_eq!(
            phone.press("register", "登録", &[]).await,
            expected,
            "once: {once}"
        );
    }
}

#[tokio::test]
async fn a_deleted_pass_ends_the_phones_session() {
    for (ends, expected) in [(true, "failed"), (false, "register-sign-in")] {
        let desk = OperatorDesk::open().await;
        desk.switch(json!({"phone_wait_ms": 0, "tap_end_ends_session": ends}))
            .await;
        let (id, upn) = desk.person(Case::Plain);
        let pass = desk.pass(&id, &json!({})).await;
        let phone = PhonePage::signed_in(&desk, "ios", &upn, &pass).await;
        phone.press("continue", "続行", &[]).await;
        let tap = desk.listed_pass(&id).await["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let path = format!("/users/{id}/authentication/temporaryAccessPassMethods/{tap}");
        assert_eq!(desk.graph("DELETE", &path).send().await.status, 204);
        assert_eq!(phone.press("register", "登録", &[]).await, expected);
    }
}

#[tokio::test]
async fn the_page_is_in_both_languages() {
    let desk = OperatorDesk::open().await;
    let english = PhonePage::new(&desk, "android", "en").await;
    english
        .press("add", "Ready to add your first account?", &[])
        .await;
    assert_eq!(
        english.press("work", "Work or school account", &[]).await,
        "add-how"
    );
    let chooser = HttpRequest::new("GET", desk.info().phone.clone())
        .header("accept-language", "ja")
        .send()
        .await;
    assert!(chooser.text().contains("模擬スマートフォン"));
    let lost = HttpRequest::new("GET", format!("{}/at/nobody", desk.info().phone))
        .send()
        .await;
    assert_eq!((lost.status, lost.header("location")), (303, "/phone"));
}

#[tokio::test]
async fn s33_s34_the_test_site_tells_before_from_after() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"phone_wait_ms": 0})).await;
    let (id, upn) = desk.person(Case::Plain);
    let start = async || {
        let site = HttpRequest::new("GET", desk.info().test_site.clone())
            .send()
            .await
            .text();
        let href = site
            .split_once("href=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .unwrap()
            .0
            .replace("&amp;", "&");
        fill(
            &HttpRequest::new("GET", href).send().await,
            &[("loginfmt", &upn)],
        )
        .await
    };
    let land = async |answer: HttpAnswer| {
        HttpRequest::new("GET", answer.header("location").to_owned())
            .send()
            .await
            .text()
    };
    let password = desk.password_of(&upn).await;
    let by_password = fill(&start().await, &[("passwd", &password)]).await;
    assert!(land(by_password).await.contains("data-screen=\"before\""));

    let pass = desk.pass(&id, &json!({"isUsableOnce": true})).await;
    let phone = PhonePage::signed_in(&desk, "ios", &upn, &pass).await;
    phone.to_end().await;

    let waiting = start().await;
    let number = waiting
        .text()
        .split_once("idRichContext_DisplaySign\">")
        .unwrap()
        .1[..2]
        .to_owned();
    assert_eq!(phone.screen().await.0, "approve");
    assert_eq!(
        phone
            .press(
                "yes",
                "サインインしようとしていますか?",
                &[("number", &number)]
            )
            .await,
        "accounts"
    );
    let by_phone = fill(&waiting, &[("action", "wait")]).await;
    assert!(land(by_phone).await.contains("data-screen=\"after\""));
}
