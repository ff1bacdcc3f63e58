//! Sign-in against the simulated tenant.

use std::time::Duration;

use entra::{Prompt, RedirectHost, SignInErrorKind, TokenFlaw};
use serde_json::json;

use super::{Over, Tenant, attribute};
use crate::fixture::{LIMIT, assert_clean};

// T9: without its authority's certificate, the tenant's https is refused.
#[tokio::test]
async fn an_unknown_certificate_is_refused() {
    let tenant = Tenant::start().await;
    let error = tenant
        .client(Over::HttpsUntrusted)
        .begin_sign_in(None)
        .await
        .err()
        .unwrap();
    assert_eq!(error.kind, SignInErrorKind::Tls);
    assert_clean(&error);
}

#[tokio::test]
async fn registrations_and_redirect_hosts() {
    let tenant = Tenant::start().await;
    let client = tenant.client_with(Over::Http, |app| {
        app.redirect_host = RedirectHost::Loopback;
        app.refresh = false;
        app.prompt = Prompt::SelectAccount;
    });
    let signed_in = tenant.sign_in(&client, 1).await.unwrap();
    assert!(
        !signed_in.session.renewable(),
        "no refresh token was asked for"
    );

    let unknown = tenant.client_with(Over::Http, |app| {
        app.tenant = "5f2b1c0e-7a53-4a0e-9d0f-1d2c3b4a5968".into()
    });
    let error = unknown.begin_sign_in(None).await.err().unwrap();
    assert_eq!(error.kind, SignInErrorKind::TenantNotFound);
    let unknown = tenant.client_with(Over::Http, |app| app.client_id = app.tenant.clone());
    // The page keeps this refusal to itself: nothing comes back to the listener.
    let pending = unknown.begin_sign_in(None).await.unwrap();
    let page = tenant
        .http
        .get(pending.browser_url().clone())
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), 400);
}

#[tokio::test]
async fn a_hint_skips_the_account_page() {
    let tenant = Tenant::start().await;
    let operator = &tenant.running.info.operators[0];
    let pending = tenant
        .client(Over::Http)
        .begin_sign_in(Some(&operator.upn))
        .await
        .unwrap();
    let signed_in = tenant
        .finish(pending, &[("passwd", &operator.password)])
        .await
        .unwrap();
    assert_eq!(signed_in.operator.upn, operator.upn);
}

#[tokio::test]
async fn cancelled_on_the_page() {
    let tenant = Tenant::start().await;
    let pending = tenant.client(Over::Http).begin_sign_in(None).await.unwrap();
    let error = tenant.finish(pending, &[]).await.err().unwrap();
    assert_eq!(error.kind, SignInErrorKind::Cancelled);
}

#[tokio::test]
async fn a_tenant_that_misbehaves_at_sign_in() {
    use SignInErrorKind::{TokenInvalid, Untrusted, WrongTenant};
    let tenant = Tenant::start().await;
    let client = tenant.client(Over::Http);
    for (switch, value, expected) in [
        ("id_token_fault", "nonce", TokenInvalid(TokenFlaw::Nonce)),
        ("id_token_fault", "no_nonce", TokenInvalid(TokenFlaw::Nonce)),
        (
            "id_token_fault",
            "audience",
            TokenInvalid(TokenFlaw::Audience),
        ),
        ("id_token_fault", "issuer", TokenInvalid(TokenFlaw::Issuer)),
        ("id_token_fault", "tenant", WrongTenant),
        ("id_token_fault", "expired", TokenInvalid(TokenFlaw::Time)),
        (
            "id_token_fault",
            "signature",
            TokenInvalid(TokenFlaw::Signature),
        ),
        (
            "id_token_fault",
            "unknown_key",
            TokenInvalid(TokenFlaw::Key),
        ),
        (
            "id_token_fault",
            "alg_none",
            TokenInvalid(TokenFlaw::Algorithm),
        ),
        ("redirect_fault", "wrong_issuer", Untrusted),
    ] {
        tenant.control("switches", json!({switch: value})).await;
        let error = tenant.sign_in(&client, 0).await.err().unwrap();
        assert_eq!(error.kind, expected, "{switch} {value}");
        assert_clean(&error);
        tenant.control("switches", json!({switch: "none"})).await;
    }
    tenant.sign_in(&client, 0).await.unwrap();
}

#[tokio::test]
async fn a_wrong_state_is_no_answer() {
    let tenant = Tenant::start().await;
    let operator = &tenant.running.info.operators[0];
    for fault in ["wrong_state", "no_state"] {
        tenant
            .control("switches", json!({"redirect_fault": fault}))
            .await;
        let pending = tenant.client(Over::Http).begin_sign_in(None).await.unwrap();
        let page = pending.browser_url().clone();
        let typed = [
            ("loginfmt", operator.upn.as_str()),
            ("passwd", operator.password.as_str()),
        ];
        let waited = tokio::spawn(pending.finish(LIMIT));
        let mut answer = tenant.http.get(page).send().await.unwrap();
        for (name, value) in typed {
            let form = answer.text().await.unwrap();
            let token = attribute(&form, "name=\"flowToken\" value=\"");
            let fields = [("flowToken", token), (name, value.to_owned())];
            answer = tenant.posted(&attribute(&form, "action=\""), fields).await;
        }
        let target = answer.headers()["location"].to_str().unwrap().to_owned();
        assert_eq!(tenant.http.get(target).send().await.unwrap().status(), 400);
        assert!(!waited.is_finished(), "{fault}: the wait goes on");
        waited.abort();
        assert!(waited.await.unwrap_err().is_cancelled());
    }
}

#[tokio::test]
async fn sign_in_down() {
    let tenant = Tenant::start().await;
    tenant
        .control("switches", json!({"sign_in_down": true}))
        .await;
    let error = tenant
        .client(Over::Http)
        .begin_sign_in(None)
        .await
        .err()
        .unwrap();
    assert_eq!(error.kind, SignInErrorKind::ServerTrouble);
}

#[tokio::test]
async fn renewal_against_the_tenant() {
    let tenant = Tenant::start().await;
    tenant
        .control(
            "switches",
            json!({"issue_token_life_s": 0, "refresh_reuse": false}),
        )
        .await;
    let session = tenant.session().await;
    assert!(session.expires_in().is_zero() && session.renewable());
    tenant
        .control("switches", json!({"issue_token_life_s": 3600}))
        .await;
    session.my_roles().await.unwrap();
    assert!(session.expires_in() > Duration::from_secs(3000));
    // Time goes on at the tenant; the token ends there before it ends here.
    tenant.control("clock", json!({"advance_s": 4000})).await;
    session.my_roles().await.unwrap();
    session.forget();
    assert!(session.my_roles().await.is_err());
}
