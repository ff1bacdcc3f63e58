//! The sign-in pages as a person meets them.

use entra_sim::Case;
use serde_json::json;

use crate::desk::{OperatorDesk, OperatorRole, complaint, fill, page_kind};
use crate::http::HttpRequest;

#[tokio::test]
async fn wrong_entries_are_told_on_the_page() {
    let desk = OperatorDesk::open().await;
    let operator = desk.info().operators[0].clone();
    let start = HttpRequest::new("GET", desk.authorize_url(&[]))
        .send()
        .await;
    assert_eq!(page_kind(&start), "loginfmt");
    let unknown = fill(&start, &[("loginfmt", "nobody@cablechan.biz")]).await;
    assert_eq!(
        (page_kind(&unknown), complaint(&unknown)),
        ("loginfmt".to_owned(), 50034)
    );
    let known = fill(&unknown, &[("loginfmt", &operator.upn)]).await;
    assert_eq!(page_kind(&known), "passwd");
    let wrong = fill(&known, &[("passwd", "not it")]).await;
    assert_eq!(complaint(&wrong), 50126);
    let right = fill(&wrong, &[("passwd", &operator.password)]).await;
    assert_eq!(
        right.status, 302,
        "the same sign-in goes on after a mistake"
    );
}

#[tokio::test]
async fn a_disabled_account_is_refused_after_its_password() {
    let desk = OperatorDesk::open().await;
    let (_, upn) = desk.person(Case::Disabled);
    let password = desk.password_of(&upn).await;
    assert_eq!(
        complaint(&desk.through_pages(&upn, "wrong", &[]).await),
        50126
    );
    assert_eq!(
        complaint(&desk.through_pages(&upn, &password, &[]).await),
        50057
    );
}

#[tokio::test]
async fn cancelling_goes_back_with_access_denied() {
    let desk = OperatorDesk::open().await;
    let start = HttpRequest::new("GET", desk.authorize_url(&[]))
        .send()
        .await;
    let landed = fill(&start, &[("action", "cancel")]).await.landed();
    assert_eq!(
        (landed["error"].as_str(), landed["state"].as_str()),
        ("access_denied", "state-1")
    );
    assert!(landed["error_description"].starts_with("AADSTS65004: "));
    assert!(!landed.contains_key("code"));
    let over = fill(&start, &[("loginfmt", "x@y")]).await;
    assert_eq!(over.status, 400, "a cancelled sign-in is over");
}

#[tokio::test]
async fn a_session_is_used_unless_the_client_says_otherwise() {
    let desk = OperatorDesk::open().await;
    let operator = desk.info().operators[0].clone();
    let signed_in = desk
        .through_pages(&operator.upn, &operator.password, &[])
        .await;
    let cookie = signed_in.cookie();
    let again = async |prompt: &str, cookie: &str| {
        let url = desk.authorize_url(&[("prompt", prompt)]);
        HttpRequest::new("GET", url)
            .header("cookie", cookie)
            .send()
            .await
    };
    assert!(
        again("", &cookie).await.landed().contains_key("code"),
        "silently"
    );
    assert!(again("none", &cookie).await.landed().contains_key("code"));
    assert_eq!(
        again("none", "x=y").await.landed()["error"],
        "login_required"
    );
    assert_eq!(page_kind(&again("login", &cookie).await), "loginfmt");
    let picker = again("select_account", &cookie).await;
    assert_eq!(page_kind(&picker), "picker");
    assert!(picker.text().contains(&operator.upn));
    assert_eq!(
        page_kind(&fill(&picker, &[("action", "other")]).await),
        "loginfmt"
    );

    let out = HttpRequest::new(
        "GET",
        format!("{}/oauth2/v2.0/logout", desk.info().authority_http),
    );
    assert_eq!(
        out.header("cookie", cookie.clone()).send().await.status,
        200
    );
    assert_eq!(
        again("none", &cookie).await.landed()["error"],
        "login_required",
        "signed out"
    );
}

#[tokio::test]
async fn a_login_hint_goes_straight_to_the_secret() {
    let desk = OperatorDesk::open().await;
    let upn = desk.info().operators[0].upn.clone();
    let page = HttpRequest::new("GET", desk.authorize_url(&[("login_hint", &upn)]))
        .send()
        .await;
    assert_eq!(page_kind(&page), "passwd");
    assert!(page.text().contains(&upn));
}

#[tokio::test]
async fn pages_speak_the_browsers_language_and_escape_what_was_typed() {
    let desk = OperatorDesk::open().await;
    let japanese = HttpRequest::new("GET", desk.authorize_url(&[]))
        .header("accept-language", "ja,en;q=0.5")
        .send()
        .await;
    assert!(japanese.text().contains("lang=\"ja\"") && japanese.text().contains("次へ"));
    let by_market = HttpRequest::new("GET", desk.authorize_url(&[("mkt", "ja-JP")]))
        .send()
        .await;
    assert!(by_market.text().contains("次へ"));
    let english = HttpRequest::new("GET", desk.authorize_url(&[]))
        .send()
        .await;
    assert!(english.text().contains("Next"));
    let typed = fill(&english, &[("loginfmt", "\"><script>alert(1)</script>")]).await;
    assert!(!typed.text().contains("<script>") && typed.text().contains("&lt;script&gt;"));
}

#[tokio::test]
async fn the_page_asks_for_the_pass_while_there_is_one() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({})).await;
    let start = HttpRequest::new("GET", desk.authorize_url(&[]))
        .send()
        .await;
    let page = fill(&start, &[("loginfmt", &upn)]).await;
    assert_eq!(
        page_kind(&page),
        "accesspass",
        "a pass outranks the password"
    );
    assert_eq!(
        page_kind(&fill(&page, &[("action", "use_password")]).await),
        "passwd"
    );
    assert_eq!(
        complaint(&fill(&page, &[("accesspass", &pass.to_lowercase())]).await),
        130503,
        "case counts"
    );
    assert_eq!(fill(&page, &[("accesspass", &pass)]).await.status, 302);
}

#[tokio::test]
async fn phone_sign_in_shows_a_number_to_approve() {
    let desk = OperatorDesk::open().await;
    let (_, upn) = desk.person(Case::HasPhoneSignIn);
    let ask = async |number: serde_json::Value| {
        let start = HttpRequest::new("GET", desk.authorize_url(&[]))
            .send()
            .await;
        let page = fill(&start, &[("loginfmt", &upn)]).await;
        assert_eq!(page_kind(&page), "approve");
        assert_eq!(
            page_kind(&fill(&page, &[("action", "wait")]).await),
            "approve",
            "nobody has answered yet"
        );
        let answer = desk
            .control(
                "POST",
                "phone/approve",
                &json!({"upn": upn, "number": number}),
            )
            .await;
        assert_eq!(answer.status, 200);
        fill(&page, &[("action", "wait")]).await
    };
    assert!(ask(json!(null)).await.landed().contains_key("code"));
    assert_eq!(
        page_kind(&ask(json!(1)).await),
        "approve",
        "a wrong number is no approval: asked anew"
    );
}

/// The page looks whether the phone has answered; that alone ends no sign-in.
#[tokio::test]
async fn looking_for_an_answer_changes_nothing() {
    let desk = OperatorDesk::open().await;
    let (_, upn) = desk.person(Case::HasPhoneSignIn);
    let start = HttpRequest::new("GET", desk.authorize_url(&[]))
        .send()
        .await;
    let page = fill(&start, &[("loginfmt", &upn)]).await;
    assert!(
        page.text()
            .contains("<noscript><meta http-equiv=\"refresh\"")
    );
    let look = async || page_kind(&fill(&page, &[("poll", "1")]).await);
    assert_eq!(look().await, "approve");
    desk.control("POST", "phone/approve", &json!({"upn": upn}))
        .await;
    for _ in 0..2 {
        assert_eq!(look().await, "notice");
    }
    let landed = fill(&page, &[("action", "wait")]).await.landed();
    assert!(landed.contains_key("code"));
}

/// What `cargo xtask pages` looks at: every screen and page there is, each by its own name.
#[tokio::test]
async fn every_page_and_screen_is_drawn() {
    let desk = OperatorDesk::open().await;
    let all = desk.control("GET", "drawings", &json!({})).await.json();
    let all = all.as_array().unwrap();
    assert!(all.len() >= 4 * entra_sim::phone_screens().len() + 2 * 26);
    for name in all {
        let name = name.as_str().unwrap();
        let address = format!("{}/drawings/{name}", desk.info().control);
        let drawn = HttpRequest::new("GET", address).send().await;
        assert!([200, 400].contains(&drawn.status), "{name}");
        let html = drawn.text();
        let own = name.split('/').nth(1).unwrap().trim_end_matches("-wrong");
        let lang = name.rsplit('/').next().unwrap();
        assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{name}");
        let said = html.contains(&format!("data-screen=\"{own}\""))
            || html.contains(&format!("data-page=\"{own}\""))
            || own == "form_post";
        assert!(said && !html.contains("<head><meta http-equiv"), "{name}");
    }
    for name in ["phone/nowhere/ios/ja", "phone/scan/ios/fr", "sign-in/x/ja"] {
        let path = format!("drawings/{name}");
        let drawn = desk.control("GET", &path, &json!({})).await;
        assert_eq!(drawn.status, 404, "{name}");
    }
}

#[tokio::test]
async fn the_service_can_be_down() {
    let desk = OperatorDesk::open_as(OperatorRole::NoRole).await;
    desk.switch(json!({"sign_in_down": true})).await;
    assert_eq!(
        HttpRequest::new("GET", desk.authorize_url(&[]))
            .send()
            .await
            .status,
        503
    );
    assert_eq!(desk.token_call(&[]).await.status, 503);
    assert_eq!(
        desk.get("/me").await.status,
        200,
        "Graph is another service"
    );
    desk.switch(json!({"graph_down": true})).await;
    let down = desk.get("/me").await;
    assert_eq!(down.status, 503);
    assert!(down.json()["error"]["code"].is_string());
}
