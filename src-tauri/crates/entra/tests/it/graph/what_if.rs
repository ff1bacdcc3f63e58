//! Conditional Access asked beforehand: what an answer says, what it does not, and what a refusal leaves alone (N22).

use entra::{GraphErrorKind, Session, SupposedAction, UserAction};
use serde_json::{Value, json};

use super::PERSON;
use crate::fake::{ID, Reply};
use crate::fixture::{Issuer, Script, assert_clean, registration};

async fn ask(session: &Session) -> Result<Vec<entra::JudgedPolicy>, entra::GraphError> {
    let supposed = SupposedAction {
        user_id: PERSON,
        action: UserAction::RegisterSecurityInformation,
        address: "203.0.113.9".parse().unwrap(),
        platform: None,
    };
    session.what_if(supposed).await
}

#[tokio::test]
async fn what_an_answer_is_silent_about_is_not_nothing_n22() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    let strength = json!({"displayName": "S", "allowedCombinations": ["fido2"]});
    let silent = json!({"displayName": "S"});
    // Whether all was told, and what the strength takes.
    let rows: [(Value, bool, Option<usize>); 9] = [
        (json!({}), true, None),
        (json!({"grantControls": null}), false, None),
        (json!({"grantControls": {"operator": "OR"}}), true, None),
        (
            json!({"grantControls": {"operator": "OR", "builtInControls": null}}),
            true,
            None,
        ),
        (
            json!({"grantControls": {"operator": "OR", "builtInControls": []}}),
            false,
            None,
        ),
        (
            json!({"grantControls": {"builtInControls": ["block"]}}),
            false,
            None,
        ),
        (
            json!({"grantControls": {"builtInControls": ["mfa", "compliantDevice"]}}),
            true,
            None,
        ),
        (
            json!({"grantControls": {"operator": "AND", "builtInControls": [], "authenticationStrength": strength}}),
            false,
            Some(1),
        ),
        (
            json!({"grantControls": {"operator": "AND", "builtInControls": [], "authenticationStrength": silent}}),
            false,
            None,
        ),
    ];
    for (policy, untold, takes) in rows {
        let answer = json!({"value": [policy]}).to_string();
        issuer.answer_graph(move |_| Reply::json(200, &answer));
        let grant = ask(&session).await.unwrap().remove(0).grant;
        assert_eq!(grant.untold, untold, "{policy}");
        let allowed = grant.strength.and_then(|strength| strength.allowed);
        assert_eq!(allowed.map(|all| all.len()), takes, "{policy}");
    }
}

#[tokio::test]
async fn what_is_refused_to_this_question_is_refused_to_no_other_n22() {
    let encoded =
        base64::Engine::encode(&base64::prelude::BASE64_STANDARD, "{\"access_token\":{}}");
    let demands = format!("Bearer error=\"insufficient_claims\", claims=\"{encoded}\"");
    for refresh in [true, false] {
        for (status, challenge) in [(401, "Bearer"), (401, &demands), (403, &demands)] {
            let issuer = Issuer::start(Script::default()).await;
            let app = entra::AppRegistration {
                refresh,
                ..registration()
            };
            let client = issuer.client_with(app);
            let session = issuer.sign_in(&client).await.unwrap().session;
            let header = challenge.to_owned();
            issuer.answer_graph(move |_| {
                let json = ("Content-Type", "application/json");
                let headers = [json, ID, ("WWW-Authenticate", header.as_str())];
                Reply::with(status, &headers, r#"{"error":{"code":"planted"}}"#)
            });
            let error = ask(&session).await.unwrap_err();
            assert!(matches!(error.kind, GraphErrorKind::SignInNeeded { .. }));
            assert_clean(&error);
            assert_eq!(issuer.fake.seen("/v1.0/").len(), 1, "asked once");
            assert_eq!(session.challenge(), None, "nobody is to meet it");
            issuer.answer_graph(|_| Reply::json(200, "{\"value\":[]}"));
            session.my_roles().await.unwrap();
            assert_eq!(issuer.fake.seen("/token").len(), 1, "not renewed");
        }
    }
}
