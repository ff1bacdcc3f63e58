//! Apps without a person (reference §1.7, §7; acceptance part 3, items 7 and 10).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::http::HttpAnswer;

const DEFAULT: &str = "https://graph.microsoft.com/.default";
const SECRET: &str = "an-apps-own-secret";

/// An app with these permissions and roles takes the seat; the answer is its registration.
async fn seated(desk: &mut OperatorDesk, permissions: &str, roles: &[&str]) -> Value {
    let new = json!({
        "name": "Night batch", "secret": SECRET, "application_permissions": permissions, "roles": roles,
    });
    let added = desk.control("POST", "clients", &new).await;
    assert_eq!(added.status, 200, "{}", added.text());
    let client = added.json();
    let id = client["client_id"].as_str().unwrap();
    let answer = asked(desk, id, &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    desk.token = answer.json()["access_token"].as_str().unwrap().to_owned();
    client
}

async fn asked(desk: &OperatorDesk, client: &str, changes: &[(&str, &str)]) -> HttpAnswer {
    let mut fields = vec![
        ("grant_type", "client_credentials"),
        ("client_id", client),
        ("client_secret", SECRET),
        ("scope", DEFAULT),
    ];
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields.retain(|(_, value)| !value.is_empty());
    desk.token_call(&fields).await
}

#[tokio::test]
async fn an_app_gets_a_token_for_itself_and_nothing_else() {
    let mut desk = OperatorDesk::open().await;
    let client = seated(&mut desk, "User.Read.All", &[]).await;
    let id = client["client_id"].as_str().unwrap();
    let tokens = asked(&desk, id, &[]).await.json();
    let mut members: Vec<&String> = tokens.as_object().unwrap().keys().collect();
    members.sort();
    let expected = ["access_token", "expires_in", "ext_expires_in", "token_type"];
    assert_eq!(members, expected, "no scope, no refresh token, no id token");
    for (changes, number) in [
        ([("scope", "User.Read.All")], 1_002_012),
        ([("scope", "https://vault.azure.net/.default")], 500_011),
        ([("scope", "")], 900_144),
        ([("client_secret", "wrong")], 7_000_215),
        ([("client_secret", "")], 7_000_218),
    ] {
        let refused = asked(&desk, id, &changes).await.json();
        assert_eq!(refused["error_codes"], json!([number]), "{changes:?}");
    }
    let station = desk.info().client_id.clone();
    let public = asked(&desk, &station, &[("client_secret", "")]).await;
    assert_eq!(public.json()["error_codes"], json!([7_000_218]));
    let common = desk.info().authority_http.rsplit_once('/').unwrap().0;
    let ask = crate::http::HttpRequest::new("POST", format!("{common}/common/oauth2/v2.0/token"));
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_id", id),
        ("client_secret", SECRET),
        ("scope", DEFAULT),
    ];
    let nowhere = ask.form(&fields).send().await.json();
    assert_eq!(nowhere["error_codes"], json!([50059]));
}

/// Item 7: the operator's roles do not limit an app, which is why the station is no such app.
#[tokio::test]
async fn a_permission_alone_reaches_everybody() {
    let mut desk = OperatorDesk::open().await;
    let (plain, _) = desk.person(Case::Plain);
    let (protected, _) = desk.person(Case::Protected);
    seated(&mut desk, "UserAuthMethod-TAP.ReadWrite.All", &[]).await;
    for id in [&plain, &protected] {
        assert_eq!(desk.issue(id, &json!({})).await.status, 201);
        let listed = desk.listed_pass(id).await;
        assert_eq!(listed["isUsable"], true);
    }
    let methods = format!("/users/{plain}/authentication/methods");
    assert_eq!(desk.get(&methods).await.status, 403, "its kind only");
    assert_eq!(desk.get("/users").await.status, 403);
    let me = desk.get("/me").await;
    assert_eq!(
        (me.status, &me.json()["error"]["code"]),
        (400, &json!("BadRequest"))
    );
    seated(&mut desk, "", &[]).await;
    assert_eq!(desk.issue(&plain, &json!({})).await.status, 403);
}

/// Item 10: the reset is delegated only, and the profile needs a role of the app's own.
#[tokio::test]
async fn item_10_no_app_resets_a_password() {
    let mut desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    let coarse = "UserAuthenticationMethod.ReadWrite.All User-PasswordProfile.ReadWrite.All";
    let path = format!(
        "/users/{id}/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword"
    );
    let profile = json!({"passwordProfile": {"password": "Nobody-knows-2"}});
    for (roles, patched) in [(&[][..], 403), (&["User Administrator"][..], 204)] {
        seated(&mut desk, coarse, roles).await;
        let body = json!({"newPassword": "Nobody-knows-1"});
        let reset = desk.graph("POST", &path).json(&body).send().await;
        assert_eq!(reset.status, 403);
        let patch = desk.graph("PATCH", &format!("/users/{id}")).json(&profile);
        assert_eq!(patch.send().await.status, patched, "{roles:?}");
    }
    let wrong = json!({"name": "x", "secret": SECRET, "roles": ["Minister"]});
    assert_eq!(desk.control("POST", "clients", &wrong).await.status, 400);
}

#[tokio::test]
async fn what_an_app_does_is_written_down_as_the_apps() {
    let mut desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    let (_, upn) = desk.person(Case::Partner);
    let permissions = "UserAuthMethod-TAP.ReadWrite.All AuditLog.Read.All Mail.Send";
    let client = seated(&mut desk, permissions, &[]).await;
    desk.pass(&id, &json!({})).await;
    desk.advance(300).await;
    let audits = desk.get("/auditLogs/directoryAudits").await.json();
    let by = &audits["value"][0]["initiatedBy"];
    assert_eq!(
        (&by["app"]["appId"], &by["user"]),
        (&client["client_id"], &Value::Null)
    );
    assert_eq!(by["app"]["servicePrincipalId"], client["principal_id"]);
    let mail = json!({"message": {
        "subject": "s", "body": {"contentType": "Text", "content": "c"},
        "toRecipients": [{"emailAddress": {"address": "a@mail.example"}}],
    }, "saveToSentItems": false});
    let path = format!("/users/{upn}/sendMail");
    let sent = desk.graph("POST", &path).json(&mail).send().await;
    assert_eq!(sent.status, 202, "as anybody");
}
