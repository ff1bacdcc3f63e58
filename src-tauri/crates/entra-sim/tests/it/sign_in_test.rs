//! The registration a station tries people's sign-ins with, and what its id tokens prove (N14, N23).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, complaint, fill, page_kind};
use crate::http::{HttpAnswer, HttpRequest};

const CONTEXT: &str = r#"{"id_token":{"acrs":{"essential":true,"value":"c7"}}}"#;

/// Somebody with phone sign-in who comes to be tried.
pub(crate) struct Trial {
    pub(crate) desk: OperatorDesk,
    pub(crate) id: String,
    pub(crate) upn: String,
}

impl Trial {
    pub(crate) async fn of(case: Case) -> Self {
        let desk = OperatorDesk::open().await;
        let (id, upn) = desk.person(case);
        Self { desk, id, upn }
    }

    /// The first page of a fresh sign-in at the test's registration.
    pub(crate) async fn begin(&self, claims: &str) -> HttpAnswer {
        let asked = self.desk.authorize_url(&[
            ("client_id", &self.desk.info().test_client_id),
            ("scope", "openid profile"),
            ("login_hint", &self.upn),
            ("claims", claims),
        ]);
        HttpRequest::new("GET", asked).send().await
    }

    pub(crate) async fn approve(&self) {
        let done = self
            .desk
            .control("POST", "phone/approve", &json!({"upn": self.upn}))
            .await;
        assert_eq!(done.status, 200, "{}", done.text());
    }

    /// The answer of a sign-in on the phone.
    pub(crate) async fn by_phone(&self, claims: &str) -> HttpAnswer {
        let page = self.begin(claims).await;
        assert_eq!(page_kind(&page), "approve");
        self.approve().await;
        fill(&page, &[("action", "wait")]).await
    }

    /// The answer of a sign-in with the password alone.
    pub(crate) async fn by_password(&self, claims: &str) -> HttpAnswer {
        let page = self.begin(claims).await;
        let page = fill(&page, &[("action", "use_password")]).await;
        let password = self.desk.password_of(&self.upn).await;
        fill(&page, &[("passwd", &password), ("action", "signin")]).await
    }

    /// The tokens of an answer.
    pub(crate) async fn tokens(&self, landed: &HttpAnswer) -> Value {
        let code = landed.landed()["code"].clone();
        let client = self.desk.info().test_client_id.clone();
        let answer = self.desk.redeem(&code, &[("client_id", &client)]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    pub(crate) async fn id_token(&self, landed: &HttpAnswer) -> Value {
        claims_of(&self.tokens(landed).await["id_token"])
    }

    async fn change(&self, changes: Value) -> HttpAnswer {
        let mut order = changes;
        order["client_id"] = json!(self.desk.info().test_client_id);
        self.desk.control("PATCH", "clients", &order).await
    }
}

fn claims_of(token: &Value) -> Value {
    let part = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[tokio::test]
async fn n14_the_tests_registration_says_who_signed_in_and_when_and_opens_nothing() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    let landed = trial.by_phone("").await;
    let tokens = trial.tokens(&landed).await;
    assert_eq!(
        (&tokens["refresh_token"], &tokens["scope"]),
        (&Value::Null, &json!("openid profile"))
    );
    let claims = claims_of(&tokens["id_token"]);
    let info = trial.desk.info();
    for (name, expected) in [
        ("oid", json!(trial.id)),
        ("tid", json!(info.tenant_id)),
        ("aud", json!(info.test_client_id)),
        ("nonce", json!("nonce-1")),
        ("acrs", Value::Null),
    ] {
        assert_eq!(claims[name], expected, "{name}");
    }
    assert!(claims["auth_time"].is_i64(), "{claims}");
    let token = tokens["access_token"].as_str().unwrap();
    let list = HttpRequest::new("GET", format!("{}/users", info.graph_http))
        .header("authorization", format!("Bearer {token}"))
        .send()
        .await;
    assert_eq!(list.status, 403);
}

#[tokio::test]
async fn the_tests_registration_is_of_one_tenant() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    let asked = trial
        .desk
        .authorize_url(&[("client_id", &trial.desk.info().test_client_id)]);
    let common = asked.replacen(&trial.desk.info().tenant_id, "common", 1);
    let refused = HttpRequest::new("GET", common).send().await;
    assert_eq!(complaint(&refused), 50194);
}

#[tokio::test]
async fn n23_the_id_token_bears_the_context_only_where_its_rule_was_met() {
    // Rule, by phone, what a password alone comes to: the context, or the page that asks for more.
    for (rule, by_password) in [
        ("none", Ok(json!(["c7"]))),
        ("mfa", Err("approve")),
        ("passwordless", Err("approve")),
    ] {
        let trial = Trial::of(Case::HasPhoneSignIn).await;
        trial.desk.switch(json!({"context_strength": rule})).await;
        let page = trial.by_password(CONTEXT).await;
        match by_password {
            Ok(expected) => assert_eq!(trial.id_token(&page).await["acrs"], expected, "{rule}"),
            Err(expected) => assert_eq!(page_kind(&page), expected, "{rule}"),
        }
        trial
            .desk
            .switch(json!({"password_asked_again": false}))
            .await;
        let landed = trial.by_phone(CONTEXT).await;
        assert_eq!(
            trial.id_token(&landed).await["acrs"],
            json!(["c7"]),
            "{rule}"
        );
    }
}

#[tokio::test]
async fn n23_a_password_with_a_number_does_not_meet_a_passwordless_rule() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    for (rule, bears) in [("mfa", "approve"), ("passwordless", "approve")] {
        trial
            .desk
            .switch(json!({"context_strength": rule, "password_asked_again": false}))
            .await;
        let page = trial.by_password(CONTEXT).await;
        assert_eq!(page_kind(&page), bears);
        trial.approve().await;
        let landed = fill(&page, &[("action", "wait")]).await;
        let tokens = trial.tokens(&landed).await;
        assert_eq!(claims_of(&tokens["id_token"])["acrs"], json!(["c7"]));
        let methods = claims_of(&tokens["access_token"])["amr"].clone();
        let alone = rule == "passwordless";
        let expected = if alone {
            json!(["mfa"])
        } else {
            json!(["pwd", "mfa"])
        };
        assert_eq!(methods, expected, "{rule}");
    }
}

#[tokio::test]
async fn who_has_no_phone_cannot_meet_a_passwordless_rule() {
    let trial = Trial::of(Case::HasPush).await;
    trial
        .desk
        .switch(json!({"context_strength": "passwordless"}))
        .await;
    let page = trial.by_password(CONTEXT).await;
    assert_eq!(
        (page_kind(&page), complaint(&page)),
        ("blocked".to_owned(), 53003)
    );
}

#[tokio::test]
async fn a_context_nobody_asked_for_is_not_in_the_id_token() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    let landed = trial
        .by_phone(r#"{"access_token":{"acrs":{"value":"c7"}}}"#)
        .await;
    assert_eq!(trial.id_token(&landed).await["acrs"], Value::Null);
}

#[tokio::test]
async fn without_consent_for_everybody_the_person_is_asked_or_sent_away() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    let changed = trial.change(json!({"tenant_wide_consent": false})).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    let page = trial.by_phone("").await;
    assert_eq!(page_kind(&page), "consent");
    assert!(page.text().contains("<li>openid</li>"), "{}", page.text());

    trial.desk.switch(json!({"user_consent": false})).await;
    let page = trial.by_phone("").await;
    assert_eq!(
        (page_kind(&page), complaint(&page)),
        ("admin_consent".to_owned(), 90094)
    );
    let told = fill(&page, &[("action", "cancel")]).await.landed();
    assert_eq!(told["error"], "access_denied");
    trial
        .desk
        .switch(json!({"policy_refusal_to": "client"}))
        .await;
    let told = trial.by_phone("").await.landed();
    assert!(
        told["error_description"].starts_with("AADSTS90094: "),
        "{told:?}"
    );

    trial.desk.switch(json!({"user_consent": true})).await;
    let page = trial.by_phone("").await;
    let landed = fill(&page, &[("action", "accept")]).await;
    assert_eq!(trial.id_token(&landed).await["oid"], json!(trial.id));
}

#[tokio::test]
async fn the_tests_registration_is_refused_and_the_operators_is_not() {
    let trial = Trial::of(Case::HasPhoneSignIn).await;
    for (changes, number) in [
        (json!({"assigned": []}), 50105),
        (json!({"assigned": null, "refusals": "53000"}), 53000),
        (json!({"refusals": "53001"}), 53001),
        (json!({"refusals": "53002"}), 53002),
        (json!({"refusals": "53003"}), 53003),
        (json!({"refusals": "65001"}), 65001),
    ] {
        assert_eq!(trial.change(changes).await.status, 200);
        let page = trial.by_phone("").await;
        assert_eq!(
            (page_kind(&page), complaint(&page)),
            ("blocked".to_owned(), number)
        );
    }
    let operator = &trial.desk.info().operators[0];
    trial
        .desk
        .code(&operator.upn, &operator.password, &[])
        .await;
    let named = json!({"refusals": format!("{}:53003", operator.upn), "assigned": [trial.upn]});
    assert_eq!(trial.change(named).await.status, 200);
    assert!(trial.by_phone("").await.landed().contains_key("code"));
    for wrong in [
        json!({"refusals": "12"}),
        json!({"name": "x"}),
        json!({"assigned": true}),
    ] {
        assert_eq!(trial.change(wrong.clone()).await.status, 400, "{wrong}");
    }
    let nobody = json!({"client_id": "x", "enabled": true});
    let answer = trial.desk.control("PATCH", "clients", &nobody).await;
    assert_eq!(answer.status, 404);
}
