//! Password reset, the password profile, expiry and sessions (acceptance part 3, row 10; P11).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, page_kind};
use crate::http::HttpAnswer;

const COARSE: &str = "UserAuthenticationMethod.ReadWrite.All User.Read.All";
const METHOD: &str = "28c10230-6103-485e-b985-444c60001490";

async fn reset(desk: &OperatorDesk, id: &str, body: &Value) -> HttpAnswer {
    let path = format!("/users/{id}/authentication/methods/{METHOD}/resetPassword");
    desk.graph("POST", &path).json(body).send().await
}

/// The operation's status and detail.
async fn followed(desk: &OperatorDesk, answer: &HttpAnswer) -> (String, String) {
    assert_eq!(answer.status, 202, "{}", answer.text());
    let location = answer.header("location");
    let path = location
        .strip_prefix(desk.info().graph_http.as_str())
        .unwrap();
    let operation = desk.get(path).await.json();
    let text = |name: &str| operation[name].as_str().unwrap_or_default().to_owned();
    (text("status"), text("statusDetail"))
}

/// Whether it is the person's password; one that is due asks for a new one before it goes on.
async fn signs_in(desk: &OperatorDesk, upn: &str, password: &str) -> bool {
    let page = desk.through_pages(upn, password, &[]).await;
    page.status == 302 || page_kind(&page) == "updatepasswd"
}

#[tokio::test]
async fn row_10_a_reset_is_followed_to_its_end() {
    let mut desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    desk.seat("auth.admin", &["Authentication Administrator"], COARSE)
        .await;
    let before = desk.password_of(&upn).await;
    let answer = reset(&desk, &id, &json!({"newPassword": "Nobody-knows-1"})).await;
    assert_eq!(
        (answer.json(), answer.header("retry-after")),
        (json!({}), "1")
    );
    assert_eq!(followed(&desk, &answer).await.0, "notStarted");
    let bare = answer
        .header("location")
        .split_once('?')
        .unwrap()
        .0
        .to_owned();
    let bare = bare
        .strip_prefix(desk.info().graph_http.as_str())
        .unwrap()
        .to_owned();
    assert_eq!(
        desk.get(&bare).await.status,
        404,
        "the query belongs to the address"
    );
    desk.advance(1).await;
    assert_eq!(followed(&desk, &answer).await.0, "running");
    desk.advance(2).await;
    assert_eq!(followed(&desk, &answer).await.0, "succeeded");
    assert!(signs_in(&desk, &upn, "Nobody-knows-1").await);
    assert!(!signs_in(&desk, &upn, &before).await);
    assert_eq!(desk.state_of(&upn).await["password_change_due"], true);

    let made = reset(&desk, &id, &json!({})).await;
    let made = made.json();
    assert!(
        made["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with("#microsoft.graph.passwordResetResponse")
    );
    assert!(signs_in(&desk, &upn, made["newPassword"].as_str().unwrap()).await);
}

#[tokio::test]
async fn row_10_who_may_reset_what() {
    let mut desk = OperatorDesk::open().await;
    let person = |case| desk.person(case).0;
    let (plain, synced) = (person(Case::Plain), person(Case::Synced));
    let (protected, push) = (person(Case::Protected), person(Case::HasPush));
    let good = json!({"newPassword": "Nobody-knows-1"});
    assert_eq!(
        reset(&desk, &plain, &good).await.status,
        403,
        "the default scopes do not reach"
    );
    let grown = "UserAuthMethod-Password.ReadWrite.All User.Read.All";
    desk.seat("help.one", &["Helpdesk Administrator"], grown)
        .await;
    assert_eq!(reset(&desk, &plain, &good).await.status, 403);
    desk.switch(json!({"reset_takes_password_scope": true}))
        .await;
    assert_eq!(reset(&desk, &plain, &good).await.status, 202);
    desk.seat("help.two", &["Password Administrator"], COARSE)
        .await;
    for (id, body, status) in [
        (plain.as_str(), good.clone(), 202),
        (synced.as_str(), json!({}), 400),
        (synced.as_str(), good.clone(), 202),
        (protected.as_str(), good.clone(), 403),
        ("help.two@cablechan.biz", good.clone(), 403),
        ("nobody@cablechan.biz", good.clone(), 404),
        (push.as_str(), json!({"newPassword": "short"}), 400),
        (push.as_str(), json!({"newPassword": "alllowercase"}), 400),
    ] {
        assert_eq!(reset(&desk, id, &body).await.status, status, "{id} {body}");
    }
    let phone = format!(
        "/users/{push}/authentication/methods/3179e48a-750b-4051-897c-87b9720928f7/resetPassword"
    );
    assert_eq!(
        desk.graph("POST", &phone).json(&good).send().await.status,
        404
    );
    desk.seat("reader", &["Global Reader"], COARSE).await;
    assert_eq!(reset(&desk, &plain, &good).await.status, 403);
}

#[tokio::test]
async fn row_10_write_back_that_fails_leaves_the_old_password() {
    let mut desk = OperatorDesk::open().await;
    desk.seat("auth.admin", &["Authentication Administrator"], COARSE)
        .await;
    let good = json!({"newPassword": "Nobody-knows-1"});
    for (case, switch) in [(Case::WriteBackFails, false), (Case::Synced, true)] {
        desk.switch(json!({"write_back_fails": switch})).await;
        let (id, upn) = desk.person(case);
        let answer = reset(&desk, &id, &good).await;
        desk.advance(3).await;
        let (status, detail) = followed(&desk, &answer).await;
        assert_eq!(
            (status.as_str(), detail.as_str()),
            ("failed", "OnPremisesPasswordWritebackFailed")
        );
        assert!(!signs_in(&desk, &upn, "Nobody-knows-1").await, "{case:?}");
    }
    let (id, upn) = desk.person(Case::Plain);
    reset(&desk, &id, &good).await;
    assert!(
        signs_in(&desk, &upn, "Nobody-knows-1").await,
        "cloud-only people are not concerned"
    );
}

/// Changes a person; the answer's status.
async fn patch(desk: &OperatorDesk, key: &str, body: &Value) -> u16 {
    desk.graph("PATCH", &format!("/users/{key}"))
        .json(body)
        .send()
        .await
        .status
}

#[tokio::test]
async fn the_password_profile_needs_its_own_scope() {
    let mut desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let (synced, _) = desk.person(Case::Synced);
    let profile = |force: bool| json!({"passwordProfile": {"password": "Nobody-knows-2", "forceChangePasswordNextSignIn": force}});
    let expiry = json!({"passwordPolicies": "DisablePasswordExpiration"});
    desk.seat("user.admin1", &["User Administrator"], "User.ReadWrite.All")
        .await;
    assert_eq!(
        patch(&desk, &id, &profile(false)).await,
        403,
        "User.ReadWrite.All is not enough"
    );
    assert_eq!(patch(&desk, &id, &expiry).await, 204);
    let scopes = "User-PasswordProfile.ReadWrite.All User.Read.All";
    desk.seat("user.admin2", &["User Administrator"], scopes)
        .await;
    assert_eq!(patch(&desk, &id, &expiry).await, 403);
    let mixed = json!({"passwordProfile": {"password": "Nobody-knows-3"}, "department": "x"});
    assert_eq!(patch(&desk, &id, &mixed).await, 403, "all or nothing");
    assert!(!signs_in(&desk, &upn, "Nobody-knows-3").await);
    let changed_at = async |desk: &OperatorDesk| {
        let path = format!("/users/{id}?$select=lastPasswordChangeDateTime,passwordPolicies");
        desk.get(&path).await.json()
    };
    let before = changed_at(&desk).await;
    assert_eq!(before["passwordPolicies"], "DisablePasswordExpiration");
    for force in [true, false] {
        assert_eq!(patch(&desk, &id, &profile(force)).await, 204);
        assert_eq!(desk.state_of(&upn).await["password_change_due"], force);
    }
    assert_ne!(
        changed_at(&desk).await["lastPasswordChangeDateTime"],
        before["lastPasswordChangeDateTime"]
    );
    assert!(signs_in(&desk, &upn, "Nobody-knows-2").await);
    assert_eq!(
        patch(&desk, &synced, &profile(false)).await,
        400,
        "no write-back this way"
    );
    assert_eq!(
        patch(
            &desk,
            &id,
            &json!({"passwordProfile": {"password": "weak"}})
        )
        .await,
        400
    );
    assert_eq!(
        patch(&desk, "user.admin2@cablechan.biz", &profile(false)).await,
        403,
        "not one's own"
    );
    desk.seat("no.role", &[], scopes).await;
    assert_eq!(patch(&desk, &id, &profile(false)).await, 403);
}

/// Where somebody's password profile stands, as Graph shows it.
async fn profile_shown(desk: &OperatorDesk, id: &str) -> Value {
    let path = format!("/users/{id}?$select=passwordProfile");
    desk.get(&path).await.json()["passwordProfile"].clone()
}

#[tokio::test]
async fn an_authentication_administrator_resets_and_does_not_patch() {
    let mut desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::HasPhoneSignIn);
    let (protected, _) = desk.person(Case::Protected);
    let profile = |force: bool| json!({"passwordProfile": {"password": "Nobody-knows-2", "forceChangePasswordNextSignIn": force}});
    let scopes =
        "User-PasswordProfile.ReadWrite.All User.Read.All UserAuthMethod-Password.ReadWrite.All";
    let path = |kind: &str| format!("/users/{id}/authentication/{kind}/{METHOD}/resetPassword");
    let good = json!({"newPassword": "Nobody-knows-1"});
    let seats = [
        ("auth.admin", "Authentication Administrator"),
        ("help.desk", "Helpdesk Administrator"),
    ];
    for (name, role) in seats {
        desk.seat(name, &[role], scopes).await;
        assert_eq!(patch(&desk, &id, &profile(false)).await, 403, "{role}");
        for (kind, status) in [("methods", 403), ("passwordMethods", 202)] {
            let reset = desk.graph("POST", &path(kind)).json(&good).send().await;
            assert_eq!(reset.status, status, "{role} {kind}");
        }
    }
    assert_eq!(desk.state_of(&upn).await["password_change_due"], true);
    assert_eq!(
        profile_shown(&desk, &id).await["forceChangePasswordNextSignIn"],
        true
    );
    desk.switch(json!({"patch_takes_authentication_administrator": true}))
        .await;
    assert_eq!(patch(&desk, &id, &profile(false)).await, 403, "Helpdesk");
    desk.seat("auth.two", &["Authentication Administrator"], scopes)
        .await;
    assert_eq!(patch(&desk, &id, &profile(false)).await, 204);
    assert_eq!(patch(&desk, &protected, &profile(false)).await, 403);
}

#[tokio::test]
async fn whether_a_change_is_forced_is_read_back_where_the_tenant_shows_it() {
    let mut desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::HasPhoneSignIn);
    let scopes = "User-PasswordProfile.ReadWrite.All User.Read.All";
    desk.seat("user.admin", &["User Administrator"], scopes)
        .await;
    let profile = |force: bool| json!({"passwordProfile": {"password": "Nobody-knows-2", "forceChangePasswordNextSignIn": force}});
    for (shown, force, expected) in [
        ("when_due", true, json!(true)),
        ("when_due", false, Value::Null),
        ("always", false, json!(false)),
        ("never", true, Value::Null),
    ] {
        desk.switch(json!({"password_profile_shown": shown})).await;
        assert_eq!(patch(&desk, &id, &profile(force)).await, 204);
        let held = profile_shown(&desk, &id).await;
        assert_eq!(held["forceChangePasswordNextSignIn"], expected, "{shown}");
        assert_eq!(held["password"], Value::Null);
    }
    desk.switch(json!({"patch_always_forces_change": true}))
        .await;
    let again = json!({"passwordProfile": {"password": "Nobody-knows-3", "forceChangePasswordNextSignIn": false}});
    assert_eq!(patch(&desk, &id, &again).await, 204);
    assert_eq!(desk.state_of(&upn).await["password_change_due"], true);
}

#[tokio::test]
async fn domains_tell_when_passwords_expire() {
    let mut desk = OperatorDesk::open().await;
    desk.seat("reader", &[], "Domain.Read.All").await;
    let days = async |desk: &OperatorDesk| {
        let domain = desk.get("/domains/cablechan.biz").await.json();
        domain["passwordValidityPeriodInDays"].as_u64().unwrap()
    };
    assert_eq!(days(&desk).await, 90, "S41");
    desk.switch(json!({"password_validity_days": 0})).await;
    assert_eq!(days(&desk).await, 2_147_483_647);
    assert_eq!(desk.get("/domains/elsewhere.example").await.status, 404);
}

/// Redeems a refresh token; the answer's status.
async fn redeemed(desk: &OperatorDesk, token: &str) -> u16 {
    let client = desk.info().client_id.clone();
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", client.as_str()),
        ("refresh_token", token),
    ];
    desk.token_call(&fields).await.status
}

#[tokio::test]
async fn revoking_ends_refresh_tokens_and_sessions() {
    let mut desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let password = desk.password_of(&upn).await;
    let refresh = async |desk: &OperatorDesk| {
        let code = desk.code(&upn, &password, &[]).await;
        desk.redeem(&code, &[]).await.json()["refresh_token"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let token = refresh(&desk).await;
    assert_eq!(redeemed(&desk, &token).await, 200);
    let path = format!("/users/{id}/revokeSignInSessions");
    assert_eq!(
        desk.graph("POST", &path).send().await.status,
        403,
        "not in the default scopes"
    );
    desk.seat(
        "help.one",
        &["Helpdesk Administrator"],
        "User.RevokeSessions.All User.Read.All",
    )
    .await;
    let answer = desk.graph("POST", &path).send().await;
    assert_eq!(
        (answer.status, &answer.json()["value"]),
        (200, &json!(true))
    );
    assert_eq!(redeemed(&desk, &token).await, 400);
    let since = desk
        .get(&format!(
            "/users/{id}?$select=signInSessionsValidFromDateTime"
        ))
        .await
        .json();
    let now = desk.state().await["clock"]["now"].as_str().unwrap()[..13].to_owned();
    assert!(
        since["signInSessionsValidFromDateTime"]
            .as_str()
            .unwrap()
            .starts_with(&now)
    );
    let (protected, _) = desk.person(Case::Protected);
    let path = format!("/users/{protected}/revokeSignInSessions");
    assert_eq!(desk.graph("POST", &path).send().await.status, 403);
    assert_eq!(
        page_kind(&desk.through_pages(&upn, "wrong", &[]).await),
        "passwd"
    );
}
