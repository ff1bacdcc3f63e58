//! The pages a person meets who signs in with the phone: number, refusal, password first, and the offer of a
//! passkey (S35, S36).

use entra_sim::Case;
use serde_json::json;

use crate::desk::{complaint, fill, page_kind};
use crate::sign_in_test::Trial;

#[tokio::test]
async fn the_number_to_type_is_told_and_another_one_is_no_answer() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    let page = trial.begin("").await;
    let waiting = trial
        .desk
        .control("GET", "phone/requests", &json!({}))
        .await;
    let waiting = waiting.json();
    let number = waiting[0]["number"].as_u64().unwrap();
    assert_eq!(waiting[0]["upn"], json!(trial.upn));
    assert!(
        page.text()
            .contains(&format!("idRichContext_DisplaySign\">{number}<"))
    );
    let other = if number == 99 { 10 } else { number + 1 };
    let order = json!({"upn": trial.upn, "number": other});
    let typed = trial.desk.control("POST", "phone/approve", &order).await;
    assert_eq!(typed.json()["approved"], false);
    let page = fill(&page, &[("action", "wait")]).await;
    assert_eq!(page_kind(&page), "approve", "asked anew");
    assert!(
        !page.text().contains("data-error-code"),
        "nobody refused it in words"
    );
}

#[tokio::test]
async fn who_refuses_on_the_phone_is_told_and_asked_again_only_by_a_press() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    let page = trial.begin("").await;
    let denied = trial
        .desk
        .control("POST", "phone/deny", &json!({"upn": trial.upn}))
        .await;
    assert_eq!(denied.status, 200, "{}", denied.text());
    for _ in 0..2 {
        let page = fill(&page, &[("action", "wait")]).await;
        assert_eq!(
            (page_kind(&page), complaint(&page)),
            ("denied".to_owned(), 500_121)
        );
        let waiting = trial
            .desk
            .control("GET", "phone/requests", &json!({}))
            .await;
        assert_eq!(waiting.json(), json!([]), "no request of its own accord");
    }
    let page = fill(&page, &[("action", "use_app")]).await;
    assert_eq!(page_kind(&page), "approve");
    trial.approve().await;
    let landed = fill(&page, &[("action", "wait")]).await.landed();
    assert!(landed.contains_key("code"));
    let nothing = trial
        .desk
        .control("POST", "phone/deny", &json!({"upn": trial.upn}))
        .await;
    assert_eq!(nothing.status, 404);
}

#[tokio::test]
async fn s36_a_password_asked_for_first_can_be_left_for_the_app() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    trial.desk.switch(json!({"password_first": true})).await;
    let page = trial.begin("").await;
    assert_eq!(page_kind(&page), "passwd");
    let page = fill(&page, &[("action", "use_app")]).await;
    assert_eq!(page_kind(&page), "approve");
    trial.approve().await;
    let landed = fill(&page, &[("action", "wait")]).await;
    assert_eq!(trial.id_token(&landed).await["oid"], json!(trial.id));
    assert_eq!(
        page_kind(&trial.begin("").await),
        "passwd",
        "also after a sign-in by phone"
    );
}

#[tokio::test]
async fn a_pass_that_can_be_used_comes_before_password_and_phone() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    trial.desk.switch(json!({"password_first": true})).await;
    trial.desk.pass(&trial.id, &json!({})).await;
    assert_eq!(page_kind(&trial.begin("").await), "accesspass");
    let pass = trial.desk.listed_pass(&trial.id).await;
    let path = format!(
        "/users/{}/authentication/temporaryAccessPassMethods/{}",
        trial.id,
        pass["id"].as_str().unwrap()
    );
    assert_eq!(trial.desk.graph("DELETE", &path).send().await.status, 204);
    assert_eq!(page_kind(&trial.begin("").await), "passwd");
}

#[tokio::test]
async fn a_passkey_is_offered_after_the_phone_and_can_be_skipped() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    trial
        .desk
        .switch(json!({"passkey_offer": "skippable"}))
        .await;
    for _ in 0..2 {
        let page = trial.by_phone("").await;
        assert_eq!(page_kind(&page), "passkey_offer", "in every new browser");
        let setup = fill(&page, &[("action", "next")]).await;
        assert_eq!(page_kind(&setup), "passkey_setup");
        let page = fill(&setup, &[("action", "back")]).await;
        assert_eq!(page_kind(&page), "passkey_offer");
        let landed = fill(&page, &[("action", "skip")]).await;
        assert_eq!(trial.id_token(&landed).await["oid"], json!(trial.id));
    }
    let operator = &trial.desk.info().operators[0];
    let code = trial
        .desk
        .code(&operator.upn, &operator.password, &[])
        .await;
    assert!(!code.is_empty(), "a password alone is offered nothing");
}

#[tokio::test]
async fn a_passkey_that_is_enforced_cannot_be_skipped() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    trial
        .desk
        .switch(json!({"passkey_offer": "enforced", "kmsi_page": true}))
        .await;
    let page = trial.by_phone("").await;
    assert!(!page.text().contains("value=\"skip\""));
    let page = fill(&page, &[("action", "skip")]).await;
    assert_eq!(page_kind(&page), "passkey_offer");
    trial
        .desk
        .switch(json!({"passkey_offer": "skippable"}))
        .await;
    let page = fill(&page, &[("action", "skip")]).await;
    assert_eq!(page_kind(&page), "kmsi", "the offer comes first");
}

#[tokio::test]
async fn the_app_on_the_phone_is_offered_no_passkey() {
    let trial = Trial::of(Case::Plain).await;
    trial
        .desk
        .switch(json!({"passkey_offer": "enforced"}))
        .await;
    let pass = trial.desk.pass(&trial.id, &json!({})).await;
    let done = trial.desk.register(&trial.upn, &pass, "tap", "ios").await;
    assert_eq!(done["ok"], true, "{done}");
}

#[tokio::test]
async fn must_change_meets_a_sign_in_without_a_password_only_where_it_is_switched_on() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    let days = |days: i64| trial.desk.advance(days * 86_400);
    for (switch, expired_is_asked) in [("none", false), ("set_by_others", false), ("expired", true)]
    {
        days(100).await;
        trial
            .desk
            .switch(json!({"must_change_meets_phone": switch}))
            .await;
        let page = trial.by_phone("").await;
        assert_eq!(
            page_kind(&page) == "updatepasswd",
            expired_is_asked,
            "{switch}"
        );
    }
    let mut trial = trial;
    let path = format!(
        "/users/{}/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword",
        trial.id
    );
    let scopes = "UserAuthenticationMethod.ReadWrite.All";
    trial
        .desk
        .seat("auth.admin", &["Authentication Administrator"], scopes)
        .await;
    let wish = json!({"newPassword": "Nobody-knows-1"});
    let reset = trial.desk.graph("POST", &path).json(&wish).send().await;
    assert_eq!(reset.status, 202);
    for (switch, asked) in [("none", false), ("set_by_others", true), ("expired", true)] {
        trial
            .desk
            .switch(json!({"must_change_meets_phone": switch}))
            .await;
        let page = trial.by_phone("").await;
        assert_eq!(page_kind(&page) == "updatepasswd", asked, "{switch}");
    }
}
