//! Browser sessions: single sign-on, several accounts, staying signed in, signing out.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, OperatorRole, REDIRECT, fill, page_kind};
use crate::http::{HttpAnswer, HttpRequest};

/// The cookies an answer sets, as a browser sends them back.
async fn ask(desk: &OperatorDesk, cookie: &str, changes: &[(&str, &str)]) -> HttpAnswer {
    HttpRequest::new("GET", desk.authorize_url(changes))
        .header("cookie", cookie)
        .send()
        .await
}

/// Signs a further account in with the browser that has this cookie.
async fn sign_in(desk: &OperatorDesk, place: usize, cookie: &str) -> HttpAnswer {
    let operator = desk.info().operators[place].clone();
    let page = ask(desk, cookie, &[]).await;
    let page = send(&page, cookie, &[("loginfmt", &operator.upn)]).await;
    send(&page, cookie, &[("passwd", &operator.password)]).await
}

/// As [`fill`], with the browser's cookie.
async fn send(page: &HttpAnswer, cookie: &str, fields: &[(&str, &str)]) -> HttpAnswer {
    let html = page.text();
    let between = |start: &str| {
        let rest = html.split_once(start).unwrap().1;
        rest.split('"').next().unwrap().to_owned()
    };
    let (action, flow) = (between("action=\""), between("name=\"flowToken\" value=\""));
    let mut all = vec![("flowToken", flow.as_str())];
    all.extend_from_slice(fields);
    HttpRequest::new("POST", action)
        .header("cookie", cookie)
        .form(&all)
        .send()
        .await
}

#[tokio::test]
async fn several_accounts_share_a_browser() {
    let desk = OperatorDesk::open().await;
    let cookie = sign_in(&desk, 0, "x=y").await.cookie();
    assert_eq!(
        sign_in(&desk, 1, &cookie).await.cookie(),
        cookie,
        "one session"
    );
    let [first, second] = [0, 1].map(|place| desk.info().operators[place].upn.clone());
    let picker = ask(&desk, &cookie, &[("prompt", "select_account")]).await;
    assert!(picker.text().contains(&first) && picker.text().contains(&second));
    let landed = ask(&desk, &cookie, &[("prompt", "none")]).await.landed();
    assert_eq!(landed["error"], "interaction_required");
    assert!(landed["error_description"].starts_with("AADSTS16000: "));
    let hinted = [("prompt", "none"), ("login_hint", first.as_str())];
    assert!(
        ask(&desk, &cookie, &hinted)
            .await
            .landed()
            .contains_key("code")
    );
    assert_eq!(
        page_kind(&ask(&desk, &cookie, &[("prompt", "")]).await),
        "picker"
    );
    let marker = "value=\"account:";
    let html = picker.text();
    let id = html
        .split_once(marker)
        .unwrap()
        .1
        .split('"')
        .next()
        .unwrap();
    let chosen = send(&picker, &cookie, &[("action", &format!("account:{id}"))]).await;
    assert!(chosen.landed().contains_key("code"));
}

#[tokio::test]
async fn a_domain_hint_narrows_the_session() {
    let desk = OperatorDesk::open().await;
    let cookie = sign_in(&desk, 0, "x=y").await.cookie();
    let silent = async |domain: &str| {
        let hinted = [("prompt", "none"), ("domain_hint", domain)];
        let landed = ask(&desk, &cookie, &hinted).await.landed();
        landed.get("error").cloned().unwrap_or_default()
    };
    let own = desk.info().operators[0]
        .upn
        .split_once('@')
        .unwrap()
        .1
        .to_owned();
    let other = ["cablechan.biz", "cable.fukui.jp"]
        .into_iter()
        .find(|domain| *domain != own)
        .unwrap();
    assert_eq!(silent(&own).await, "");
    assert_eq!(silent("organizations").await, "");
    assert_eq!(silent(other).await, "login_required");
}

#[tokio::test]
async fn staying_signed_in_is_asked_when_switched_on() {
    let desk = OperatorDesk::open().await;
    desk.switch(json!({"kmsi_page": true})).await;
    for (action, stays) in [("yes", true), ("no", false)] {
        let page = sign_in(&desk, 0, "x=y").await;
        assert_eq!(page_kind(&page), "kmsi");
        let landed = fill(&page, &[("action", action)]).await;
        assert!(landed.landed().contains_key("code"));
        let kept = landed.header("set-cookie").contains("ESTSAUTHPERSISTENT");
        assert_eq!(kept, stays, "{action}");
        let cookie = landed.cookie();
        let again = ask(&desk, &cookie, &[("prompt", "")]).await;
        assert!(again.landed().contains_key("code"), "not asked again");
    }
}

#[tokio::test]
async fn signing_out_leads_back_where_the_client_may_be_led() {
    let desk = OperatorDesk::open().await;
    let out = async |after: &str, cookie: &str| {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("post_logout_redirect_uri", after)
            .append_pair("state", "bye")
            .finish();
        let url = format!("{}/oauth2/v2.0/logout?{query}", desk.info().authority_http);
        HttpRequest::new("GET", url)
            .header("cookie", cookie)
            .send()
            .await
    };
    let cookie = sign_in(&desk, 0, "x=y").await.cookie();
    let back = out(REDIRECT, &cookie).await;
    assert_eq!(back.status, 302);
    assert_eq!(back.header("location"), format!("{REDIRECT}?state=bye"));
    let landed = ask(&desk, &cookie, &[("prompt", "none")]).await.landed();
    assert_eq!(landed["error"], "login_required");
    let nowhere = out("https://elsewhere.example/", &cookie).await;
    assert_eq!(
        (nowhere.status, page_kind(&nowhere)),
        (200, "notice".to_owned())
    );
}

#[tokio::test]
async fn revoking_ends_sessions() {
    let desk = OperatorDesk::open().await;
    let cookie = sign_in(&desk, 0, "x=y").await.cookie();
    let upn = desk.info().operators[0].upn.clone();
    desk.control("POST", "revoke", &json!({"upn": upn})).await;
    let landed = ask(&desk, &cookie, &[("prompt", "none")]).await.landed();
    assert_eq!(landed["error"], "login_required");
    let nobody = json!({"upn": "nobody@cablechan.biz"});
    assert_eq!(desk.control("POST", "revoke", &nobody).await.status, 404);
}

/// OpenID Connect Core, 3.1.2.1: a sign-in that is too old is no sign-in, and when it was is told.
#[tokio::test]
async fn a_sign_in_may_be_too_old_for_the_client() {
    let desk = OperatorDesk::open().await;
    let cookie = sign_in(&desk, 0, "x=y").await.cookie();
    desk.advance(100).await;
    let old = [("prompt", "none"), ("max_age", "50")];
    let landed = ask(&desk, &cookie, &old).await.landed();
    assert_eq!(landed["error"], "login_required", "{landed:?}");
    for (age, told) in [("1000", true), ("", false)] {
        let asked = [("prompt", "none"), ("max_age", age)];
        let landed = ask(&desk, &cookie, &asked).await.landed();
        let tokens = desk.redeem(&landed["code"], &[]).await.json();
        let payload = tokens["id_token"]
            .as_str()
            .unwrap()
            .split('.')
            .nth(1)
            .unwrap();
        let payload = URL_SAFE_NO_PAD.decode(payload).unwrap();
        let claims: Value = serde_json::from_slice(&payload).unwrap();
        assert_eq!(
            claims["auth_time"].is_i64(),
            told,
            "max_age {age}: {claims}"
        );
    }
}

/// N9: a token says which roles were active when it was given. One that is activated in the middle counts with the next
/// token, one that ends counts no more.
#[tokio::test]
async fn a_role_counts_from_the_next_token_on_n9() {
    let mut desk = OperatorDesk::open().await;
    let operator = desk.info().operators[2].clone();
    let answer = desk.sign_in(OperatorRole::NoRole).await;
    let upn = desk.person(Case::Plain).0;
    desk.token = answer["access_token"].as_str().unwrap().to_owned();
    let body = json!({"lifetimeInMinutes": 60});
    let roles = |names: Value| json!({"upn": operator.upn, "roles": names});
    assert_eq!(desk.issue(&upn, &body).await.status, 403);
    let given = roles(json!(["Authentication Administrator"]));
    desk.control("POST", "users/change", &given).await;
    assert_eq!(desk.issue(&upn, &body).await.status, 403, "the old token");
    desk.switch(json!({"roles_count_at_once": true})).await;
    assert_eq!(desk.issue(&upn, &body).await.status, 201, "the switch");
    desk.switch(json!({"roles_count_at_once": false})).await;
    let refresh = answer["refresh_token"].as_str().unwrap();
    let client = desk.info().client_id.clone();
    let renewed = desk
        .token_call(&[
            ("grant_type", "refresh_token"),
            ("client_id", &client),
            ("refresh_token", refresh),
        ])
        .await
        .json();
    desk.token = renewed["access_token"].as_str().unwrap().to_owned();
    assert_eq!(desk.issue(&upn, &body).await.status, 201, "the new one");
    desk.control("POST", "users/change", &roles(json!([])))
        .await;
    assert_eq!(desk.issue(&upn, &body).await.status, 403, "it ended");
}
