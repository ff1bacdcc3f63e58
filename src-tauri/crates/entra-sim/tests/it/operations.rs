//! Every operation of the Graph subset answers, and the options that all of them share.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::http::HttpRequest;

const SCOPES: &str = "User.ReadWrite.All UserAuthenticationMethod.ReadWrite.All Policy.Read.AuthenticationMethod AuditLog.Read.All \
    Mail.Send RoleManagement.Read.Directory RoleEligibilitySchedule.Read.Directory User.RevokeSessions.All \
    User-PasswordProfile.ReadWrite.All Organization.Read.All Domain.Read.All Group.Read.All User.Read";
const PASSWORD: &str = "28c10230-6103-485e-b985-444c60001490";

#[tokio::test]
async fn every_operation_of_the_subset_is_there() {
    let mut desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::EveryMethod);
    desk.seat("admin.all", &["Global Administrator"], SCOPES)
        .await;
    let all = desk
        .get(&format!("/users/{id}/authentication/methods"))
        .await
        .json();
    let of_kind = |kind: &str| {
        let found = all["value"]
            .as_array()
            .unwrap()
            .iter()
            .find(|method| method["@odata.type"].as_str().unwrap().contains(kind));
        found.unwrap_or_else(|| panic!("no {kind}"))["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let (app, key) = (of_kind("microsoftAuthenticator"), of_kind("fido2"));
    for path in reads(&id, &app, &key) {
        let answer = desk.get(&path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let context = answer.json()["@odata.context"].clone();
        let context = context
            .as_str()
            .unwrap_or_else(|| panic!("{path}: no context"));
        assert!(
            context.starts_with(&format!("{}/$metadata#", desk.info().graph_http)),
            "{context}"
        );
    }
    for (method, path, body, status) in writes(&id, &app, &key) {
        let answer = desk.graph(method, &path).json(&body).send().await;
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.text());
    }
    assert_eq!(desk.state().await["unknown_requests"], json!([]));
}

/// Every path that is read: of the person with that id, app entry and passkey, and of the tenant.
fn reads(id: &str, app: &str, key: &str) -> Vec<String> {
    let user = format!("/users/{id}");
    let methods = format!("{user}/authentication");
    let policy = "/policies/authenticationMethodsPolicy";
    vec![
        format!("{methods}/methods"),
        format!("{methods}/methods/{PASSWORD}"),
        format!("{methods}/temporaryAccessPassMethods"),
        format!("{methods}/microsoftAuthenticatorMethods"),
        format!("{methods}/microsoftAuthenticatorMethods/{app}"),
        format!("{methods}/microsoftAuthenticatorMethods/{app}/device"),
        format!("{methods}/fido2Methods"),
        format!("{methods}/fido2Methods/{key}"),
        format!("{methods}/passwordMethods"),
        format!("{methods}/windowsHelloForBusinessMethods"),
        format!("{methods}/platformCredentialMethods"),
        format!("{methods}/softwareOathMethods"),
        format!("{methods}/phoneMethods"),
        format!("{methods}/emailMethods"),
        policy.to_owned(),
        format!("{policy}/authenticationMethodConfigurations"),
        format!("{policy}/authenticationMethodConfigurations/Fido2"),
        "/reports/authenticationMethods/userRegistrationDetails".to_owned(),
        format!("/reports/authenticationMethods/userRegistrationDetails/{id}"),
        "/auditLogs/signIns".to_owned(),
        "/auditLogs/directoryAudits".to_owned(),
        "/users".to_owned(),
        user.clone(),
        format!("{user}/transitiveMemberOf"),
        format!("{user}/transitiveMemberOf/graph.directoryRole"),
        "/me".to_owned(),
        "/me/transitiveMemberOf".to_owned(),
        "/organization".to_owned(),
        "/roleManagement/directory/roleAssignments".to_owned(),
        "/roleManagement/directory/roleEligibilityScheduleInstances".to_owned(),
        "/groups".to_owned(),
        "/domains".to_owned(),
        "/domains/cablechan.biz".to_owned(),
    ]
}

/// Every change, with its body and the status of its answer.
fn writes(id: &str, app: &str, key: &str) -> Vec<(&'static str, String, Value, u16)> {
    let user = format!("/users/{id}");
    let methods = format!("{user}/authentication");
    let mail = json!({"message": {"toRecipients": [{"emailAddress": {"address": "a@b.example"}}]}});
    vec![
        (
            "POST",
            format!("{methods}/temporaryAccessPassMethods"),
            json!({}),
            201,
        ),
        (
            "POST",
            format!("{methods}/methods/{PASSWORD}/resetPassword"),
            json!({}),
            202,
        ),
        ("PATCH", user.clone(), json!({"department": "総務部"}), 204),
        (
            "POST",
            format!("{user}/revokeSignInSessions"),
            json!({}),
            200,
        ),
        ("POST", "/me/sendMail".to_owned(), mail, 202),
        (
            "DELETE",
            format!("{methods}/fido2Methods/{key}"),
            Value::Null,
            204,
        ),
        (
            "DELETE",
            format!("{methods}/microsoftAuthenticatorMethods/{app}"),
            Value::Null,
            204,
        ),
    ]
}

#[tokio::test]
async fn the_rest_is_refused_and_counted() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    for (method, path, status) in [
        ("GET", format!("/users/{id}/drive"), 400),
        ("GET", "/applications".to_owned(), 400),
        ("PUT", format!("/users/{id}"), 405),
        ("DELETE", format!("/users/{id}"), 405),
        ("GET", format!("/users/{id}/sendMail"), 405),
    ] {
        let answer = desk.graph(method, &path).send().await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert!(answer.json()["error"]["innerError"]["request-id"].is_string());
    }
    let unknown = desk.state().await["unknown_requests"].clone();
    assert_eq!(unknown.as_array().unwrap().len(), 5, "{unknown}");
    let count = format!("/users/{id}/authentication/methods/$count");
    assert_eq!(desk.get(&count).await.status, 400, "a known limit of Graph");
}

#[tokio::test]
async fn inner_errors_come_in_both_spellings() {
    let desk = OperatorDesk::open().await;
    for spelling in ["innerError", "innererror"] {
        desk.switch(json!({"inner_error": spelling})).await;
        let error = desk.get("/users/nobody").await.json()["error"].clone();
        assert!(error[spelling]["date"].is_string(), "{error}");
        assert_eq!(error.as_object().unwrap().len(), 3, "{error}");
    }
}

#[tokio::test]
async fn a_page_token_is_opaque() {
    let desk = OperatorDesk::open().await;
    let page = desk.get("/users?$top=7").await.json();
    let next = page["@odata.nextLink"].as_str().unwrap().to_owned();
    let token = next.split_once("skiptoken=").unwrap().1;
    assert!(token.len() > 20 && !token.contains("page"), "{token}");
    let tail = next.strip_prefix(desk.info().graph_http.as_str()).unwrap();
    assert_eq!(
        desk.get(tail).await.json()["value"]
            .as_array()
            .unwrap()
            .len(),
        7
    );
    let other = tail.replace("top=7", "top=8");
    let refused = desk.get(&other).await;
    assert_eq!(
        (refused.status, &refused.json()["error"]["code"]),
        (400, &json!("Directory_ExpiredPageToken"))
    );
}

#[tokio::test]
async fn advanced_queries_need_their_header_and_count() {
    let desk = OperatorDesk::open().await;
    for (query, without, with) in [
        (
            "/users?$filter=endswith(userPrincipalName,'fukui.jp')&$count=true",
            400,
            200,
        ),
        (
            "/users?$filter=employeeId%20ne%20'F10204'&$count=true",
            400,
            200,
        ),
        (
            "/users?$filter=employeeId%20in%20('F10204','F10241')",
            200,
            200,
        ),
        (
            "/users?$filter=otherMails/any(x:x%20eq%20'a@b.example')",
            200,
            200,
        ),
        ("/users/$count", 400, 200),
        ("/users?$orderby=displayName%20desc&$top=3", 200, 200),
        ("/users?$orderby=department", 400, 400),
    ] {
        assert_eq!(desk.get(query).await.status, without, "{query}");
        let eventual = desk
            .graph("GET", query)
            .header("ConsistencyLevel", "eventual")
            .send()
            .await;
        assert_eq!(eventual.status, with, "{query}");
    }
    let count = desk
        .graph("GET", "/users/$count")
        .header("ConsistencyLevel", "eventual")
        .send()
        .await;
    let people = desk.state().await["users"].as_array().unwrap().len();
    assert_eq!(
        (count.text(), count.header("content-type")),
        (people.to_string(), "text/plain")
    );
}

#[tokio::test]
async fn read_basic_shows_a_few_properties_only() {
    let mut desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.seat("reader", &[], "User.ReadBasic.All").await;
    let shown = desk.get(&format!("/users/{id}")).await.json();
    assert!(
        shown["displayName"].is_string() && shown.get("jobTitle").is_none(),
        "{shown}"
    );
    for hidden in [
        format!("/users/{id}?$select=department"),
        "/users?$filter=employeeId%20eq%20'F10204'".to_owned(),
        format!("/users/{id}/manager"),
    ] {
        assert_eq!(desk.get(&hidden).await.status, 403, "{hidden}");
    }
    assert_eq!(desk.get("/users?$select=id,mail").await.status, 200);
    assert_eq!(
        desk.get(&format!("/users/{id}/photo/$value")).await.status,
        200
    );
}

#[tokio::test]
async fn photos_and_managers() {
    let desk = OperatorDesk::open().await;
    let (with, without) = (&desk.info().users[0].id, &desk.info().users[1].id);
    let photo = desk.get(&format!("/users/{with}/photo/$value")).await;
    assert_eq!(
        (photo.status, photo.header("content-type")),
        (200, "image/jpeg")
    );
    assert_eq!(photo.body[..2], [0xff, 0xd8]);
    assert_eq!(
        desk.get(&format!("/users/{with}/photo")).await.json()["width"],
        96
    );
    let none = desk.graph("GET", &format!("/users/{without}/photo/$value"));
    assert_eq!(desk.refusal(none).await, (404, "ImageNotFound".to_owned()));
    let added = json!({"upn": "sub@cablechan.biz", "display_name": "部下 一郎", "manager": desk.info().users[0].upn});
    assert_eq!(desk.control("POST", "users", &added).await.status, 200);
    let manager = desk.get("/users/sub@cablechan.biz/manager").await.json();
    assert_eq!(
        (&manager["id"], &manager["@odata.type"]),
        (&json!(with), &json!("#microsoft.graph.user"))
    );
    let none = desk.graph("GET", &format!("/users/{with}/manager"));
    assert_eq!(
        desk.refusal(none).await,
        (404, "Request_ResourceNotFound".to_owned())
    );
}

#[tokio::test]
async fn odd_requests_are_refused_and_nothing_breaks() {
    let mut desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::EveryMethod);
    desk.seat("admin.all", &["Global Administrator"], SCOPES)
        .await;
    let group = desk.state().await["groups"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let bodies = [
        "[]",
        "null",
        "\"x\"",
        "{\"a\":",
        "7",
        "{\"passwordProfile\":7}",
        "{\"newPassword\":{}}",
        "\u{feff}",
    ];
    let deep = "[".repeat(5_000);
    for (method, path) in [
        (
            "POST",
            format!("/users/{id}/authentication/temporaryAccessPassMethods"),
        ),
        (
            "POST",
            format!("/users/{id}/authentication/methods/{PASSWORD}/resetPassword"),
        ),
        ("PATCH", format!("/users/{id}")),
        ("POST", "/me/sendMail".to_owned()),
        ("POST", format!("/users/{id}/checkMemberGroups")),
        ("POST", format!("/groups/{group}/members/$ref")),
        ("POST", "/$batch".to_owned()),
    ] {
        for body in bodies.iter().copied().chain([deep.as_str()]) {
            let mut ask = desk
                .graph(method, &path)
                .header("content-type", "application/json");
            ask.body = Some(body.to_owned());
            let status = ask.send().await.status;
            assert!(status < 500, "{method} {path} {:.40}: {status}", body);
        }
    }
    let nested = format!("{}id%20eq%20'x'{}", "(".repeat(9_000), ")".repeat(9_000));
    for query in [
        format!("$filter={nested}"),
        format!("$filter={}id%20eq%20'x'", "not%20".repeat(5_000)),
        "$skip=18446744073709551615".to_owned(),
        "$top=-1".to_owned(),
        "$skiptoken=%00".to_owned(),
        "$search=%22".to_owned(),
        "$filter=otherMails/any(".to_owned(),
        "$filter=startswith(".to_owned(),
        "$orderby=%20".to_owned(),
        "$select=,".to_owned(),
    ] {
        let status = desk.get(&format!("/users?{query}")).await.status;
        assert!((200..500).contains(&status), "{query:.40}: {status}");
    }
}

/// What is not understood is said in Graph's envelope and never passed over.
#[tokio::test]
async fn options_nobody_knows_are_refused() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    for query in [
        "/users?$foo=1",
        "/users?$skip=1",
        "/users?$expand=manager",
        "/users?$count=maybe",
        "/users?$format=xml",
        "/users?$select=id&$select=mail",
        "/users?$apply=aggregate(x)",
        "/users?$deltatoken=latest",
        &format!("/users/{id}?$expand=manager"),
        &format!("/users/{id}/authentication/methods?$expand=device"),
        &format!("/users/{id}/authentication/methods/$count"),
    ] {
        let answer = desk.get(query).await;
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.json()["error"]["message"].is_string(), "{query}");
    }
    for query in [
        "/users?foo=1",
        "/users?$count=true",
        "/users?%24select=id&%24top=1",
    ] {
        assert_eq!(desk.get(query).await.status, 200, "{query}");
    }
}

#[tokio::test]
async fn the_context_says_what_was_chosen_and_functions_are_no_people() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    for (path, expected) in [
        ("/users".to_owned(), "#users"),
        ("/users?$select=id,mail".to_owned(), "#users(id,mail)"),
        (format!("/users/{id}"), "#users/$entity"),
        (format!("/users/{id}?$select=id"), "#users(id)/$entity"),
    ] {
        let answer = desk.get(&path).await.json();
        let context = answer["@odata.context"].as_str().unwrap();
        assert!(context.ends_with(expected), "{path}: {context}");
    }
    for path in ["/users/delta", "/users/delta()", "/groups/delta"] {
        assert_eq!(desk.get(path).await.status, 400, "{path}");
    }
    let missed = desk.state().await["unknown_requests"].clone();
    assert_eq!(missed.as_array().unwrap().len(), 3, "{missed}");
}

#[tokio::test]
async fn a_body_says_what_it_is_and_ends_somewhere() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    let path = format!("/users/{id}/authentication/temporaryAccessPassMethods");
    let post = async |kind: Option<&str>, body: String| {
        let mut ask = desk.graph("POST", &path);
        if let Some(kind) = kind {
            ask = ask.header("content-type", kind.to_owned());
        }
        ask.body = Some(body);
        let answer = ask.send().await;
        (answer.status, answer.json()["error"]["code"].clone())
    };
    for kind in [None, Some("text/plain"), Some("application/xml")] {
        assert_eq!(
            post(kind, "{}".to_owned()).await,
            (400, json!("BadRequest")),
            "{kind:?}"
        );
    }
    for kind in ["application/json", "Application/JSON; odata.metadata=none"] {
        assert_eq!(post(Some(kind), "{}".to_owned()).await.0, 201, "{kind}");
    }
    let long = format!("{{\"x\":\"{}\"}}", "a".repeat(5_000_000));
    let too_long = (413, json!("RequestEntityTooLarge"));
    assert_eq!(post(Some("application/json"), long.clone()).await, too_long);
    let mut batch = desk
        .graph("POST", "/$batch")
        .header("content-type", "application/json");
    batch.body = Some(long);
    assert_eq!(batch.send().await.status, 413);
    let lower = HttpRequest::new("GET", format!("{}/me", desk.info().graph_http));
    let lower = lower.header("authorization", format!("bearer {}", desk.token));
    assert_eq!(lower.send().await.status, 200, "the scheme in any case");
}

#[tokio::test]
async fn a_path_that_is_no_text_names_no_tenant() {
    let desk = OperatorDesk::open().await;
    let host = desk.info().authority_http.rsplit_once('/').unwrap().0;
    for path in [
        "/%FF/v2.0/.well-known/openid-configuration",
        "/%FF%FE/oauth2/v2.0/token",
        "/%C3/oauth2/v2.0/authorize",
    ] {
        let answer = HttpRequest::new("POST", format!("{host}{path}"))
            .form(&[])
            .send();
        let answer = answer.await;
        let text = answer.text();
        assert!(
            answer.status == 405 || text.contains("AADSTS90002"),
            "{path}: {text}"
        );
    }
    let url = format!("{host}/%FF/v2.0/.well-known/openid-configuration");
    let answer = HttpRequest::new("GET", url).send().await;
    assert_eq!(answer.json()["error_codes"], json!([90002]));
}

#[tokio::test]
async fn row_7_ones_own_pass_can_be_removed_not_made() {
    let mut desk = OperatorDesk::open().await;
    let scopes = "UserAuthMethod-TAP.ReadWrite.All User.Read";
    desk.seat("self", &["Authentication Administrator"], scopes)
        .await;
    assert_eq!(
        desk.issue("self@cablechan.biz", &json!({})).await.status,
        403
    );
    let (own, other) = (desk.token.clone(), json!({}));
    desk.seat("other", &["Authentication Administrator"], scopes)
        .await;
    let made = desk.issue("self@cablechan.biz", &other).await.json();
    desk.token = own;
    let path = format!(
        "/me/authentication/temporaryAccessPassMethods/{}",
        made["id"].as_str().unwrap()
    );
    assert_eq!(desk.get(&path).await.status, 200);
    assert_eq!(desk.graph("DELETE", &path).send().await.status, 204);
}
