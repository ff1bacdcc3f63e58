//! What Microsoft's pages show, in more forms than they show it in.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, OperatorRole};
use crate::http::HttpAnswer;

/// Who may change people and see everything that is asked for here.
const EDITOR: &str = "User.ReadWrite.All Directory.Read.All Policy.Read.AuthenticationMethod";

pub(crate) async fn editor() -> OperatorDesk {
    let mut desk = OperatorDesk::open().await;
    desk.seat("editor", &["User Administrator"], EDITOR).await;
    desk
}

pub(crate) async fn eventually(desk: &OperatorDesk, path: &str) -> HttpAnswer {
    let ask = desk.graph("GET", path);
    ask.header("ConsistencyLevel", "eventual").send().await
}

pub(crate) fn code_and_message(answer: &HttpAnswer) -> (u16, String, String) {
    let text = |member: &str| {
        let text = answer.json()["error"][member].clone();
        text.as_str().unwrap_or_default().to_owned()
    };
    (answer.status, text("code"), text("message"))
}

#[tokio::test]
async fn whether_a_mail_is_kept_may_be_said_in_text() {
    let mut desk = OperatorDesk::open().await;
    desk.seat("sender", &[], "Mail.Send User.Read").await;
    for (said, kept) in [
        (json!("false"), Some(false)),
        (json!("true"), Some(true)),
        (json!("False"), Some(false)),
        (json!("TRUE"), Some(true)),
        (json!(true), Some(true)),
        (Value::Null, Some(true)),
        (json!("no"), None),
        (json!(""), None),
        (json!(0), None),
    ] {
        let mut order = json!({
            "message": {"toRecipients": [{"emailAddress": {"address": "a@home.example"}}]},
        });
        order["saveToSentItems"] = said.clone();
        let sent = desk.graph("POST", "/me/sendMail").json(&order).send().await;
        let expected = if kept.is_some() { 202 } else { 400 };
        assert_eq!(sent.status, expected, "{said}: {}", sent.text());
        if let Some(kept) = kept {
            let mails = desk.state().await["mails"].clone();
            let last = mails.as_array().unwrap().last().unwrap().clone();
            assert_eq!(last["in_sent_items"], json!(kept), "{said}");
        }
    }
}

#[tokio::test]
async fn an_unknown_path_names_the_first_segment_that_means_nothing() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    for (path, segment) in [
        ("/applications".to_owned(), "applications"),
        (format!("/users/{id}/drive"), "drive"),
        (format!("/users/{id}/drive/items/children"), "drive"),
        (
            format!("/users/{id}/authentication/carrierPigeons"),
            "carrierPigeons",
        ),
        (
            format!("/users/{id}/authentication/carrierPigeons/1"),
            "carrierPigeons",
        ),
        (
            format!("/users/{id}/authentication/methods/1/feathers"),
            "feathers",
        ),
        (
            "/policies/adminConsentRequestPolicy".to_owned(),
            "adminConsentRequestPolicy",
        ),
        ("/auditLogs/provisioning".to_owned(), "provisioning"),
        (
            "/roleManagement/directory/resourceNamespaces".to_owned(),
            "resourceNamespaces",
        ),
        ("/me/%E9%B3%A9".to_owned(), "鳩"),
    ] {
        let expected = format!("Resource not found for the segment '{segment}'.");
        assert_eq!(
            code_and_message(&desk.get(&path).await),
            (400, "BadRequest".to_owned(), expected),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_challenge_bears_ids_and_whom_it_is_from() {
    for fault in ["claims", "revoked"] {
        let desk = OperatorDesk::open().await;
        desk.fault(json!({"path": "/me", "fault": fault})).await;
        let ask = desk
            .graph("GET", "/me")
            .header("client-request-id", "mine-1");
        let answer = ask.send().await;
        let error = &answer.json()["error"];
        assert_eq!(
            (answer.status, &error["code"]),
            (401, &json!("InvalidAuthenticationToken"))
        );
        let inner = &error["innerError"];
        assert_eq!(inner["request-id"], answer.header("request-id"), "{fault}");
        assert_eq!(inner["client-request-id"], "mine-1");
        assert_eq!(answer.header("client-request-id"), "mine-1");
        let challenge = answer.header("www-authenticate");
        let graph = "client_id=\"00000003-0000-0000-c000-000000000000\"";
        assert!(challenge.contains(graph), "{challenge}");
        let claims = challenge.split_once("claims=\"").unwrap().1;
        let claims = STANDARD.decode(claims.split('"').next().unwrap()).unwrap();
        let claims: Value = serde_json::from_slice(&claims).unwrap();
        assert!(
            claims["access_token"]["nbf"]["value"].is_string(),
            "{claims}"
        );
    }
}

#[tokio::test]
async fn a_number_or_an_order_without_the_header_is_refused_in_the_directorys_words() {
    let desk = OperatorDesk::open().await;
    let no_count = "$count is not currently supported.";
    let no_order = "Sorting not supported for current query.";
    for (path, code, message) in [
        ("/users/$count", "Request_BadRequest", no_count),
        (
            "/users/$count?$filter=accountEnabled%20eq%20true",
            "Request_BadRequest",
            no_count,
        ),
        (
            "/users?$filter=startswith(displayName,'a')&$orderby=displayName",
            "Request_UnsupportedQuery",
            no_order,
        ),
        (
            "/users?$filter=accountEnabled%20eq%20true&$orderby=userPrincipalName%20desc&$count=true",
            "Request_UnsupportedQuery",
            no_order,
        ),
    ] {
        let expected = (400, code.to_owned(), message.to_owned());
        assert_eq!(code_and_message(&desk.get(path).await), expected, "{path}");
        let path = path.replace("&$count=true", "");
        let sorted = path.contains("orderby");
        let path = if sorted {
            format!("{path}&$count=true")
        } else {
            path
        };
        assert_eq!(eventually(&desk, &path).await.status, 200, "{path}");
    }
    let ordered = "/users?$filter=accountEnabled%20eq%20true&$orderby=displayName";
    let without_count = eventually(&desk, ordered).await;
    assert_eq!(without_count.status, 400, "the header alone is not enough");
}

#[tokio::test]
async fn a_refusal_of_the_methods_service_is_repeated_inside() {
    let desk = OperatorDesk::open_as(OperatorRole::NoRole).await;
    let (id, _) = desk.person(Case::Plain);
    let base = format!("/users/{id}/authentication");
    let one = format!("{base}/temporaryAccessPassMethods/1");
    let pass = format!("{base}/temporaryAccessPassMethods");
    for (method, path) in [
        ("GET", format!("{base}/methods")),
        ("GET", format!("{base}/fido2Methods")),
        (
            "GET",
            format!("{base}/microsoftAuthenticatorMethods/1/device"),
        ),
        ("DELETE", one),
        ("POST", pass),
    ] {
        let mut ask = desk.graph(method, &path);
        if method == "POST" {
            ask = ask.json(&json!({}));
        }
        let answer = ask.send().await;
        let error = &answer.json()["error"];
        assert_eq!(
            (answer.status, &error["code"]),
            (403, &json!("accessDenied")),
            "{path}"
        );
        assert_eq!(error["innerError"]["message"], error["message"], "{path}");
    }
}

#[tokio::test]
async fn plain_properties_are_kept_shown_and_found() {
    let desk = editor().await;
    let (id, _) = desk.person(Case::Plain);
    let path = format!("/users/{id}");
    for (name, value) in [
        ("officeLocation", json!("18/2111")),
        ("businessPhones", json!(["+81 776 00 0000"])),
        ("mobilePhone", json!("+81 90 0000 0000")),
        ("city", json!("福井市")),
        ("companyName", json!("見本放送")),
        ("country", json!("日本")),
        ("employeeType", json!("Employee")),
        ("faxNumber", json!("1")),
        ("mailNickname", json!("mihon")),
        ("postalCode", json!("910-0000")),
        ("preferredLanguage", json!("en-US")),
        ("state", json!("福井")),
        ("streetAddress", json!("1-1")),
        ("usageLocation", json!("US")),
        ("ageGroup", json!("Adult")),
        ("mail", json!("new@mail.example")),
    ] {
        let change = json!({name: value});
        let changed = desk.graph("PATCH", &path).json(&change).send().await;
        assert_eq!(
            (changed.status, changed.body.len()),
            (204, 0),
            "{name}: {}",
            changed.text()
        );
        let shown = desk.get(&format!("{path}?$select=id,{name}")).await.json();
        assert_eq!(shown[name], value, "{name}");
        if let Some(text) = value.as_str() {
            let text = text.replace('+', "%2B").replace(' ', "%20");
            let found = format!("/users?$select=id&$filter={name}%20eq%20'{text}'&$count=true");
            let found = eventually(&desk, &found).await;
            let ids = found.json()["value"].clone();
            assert!(
                ids.as_array().unwrap().iter().any(|one| one["id"] == id),
                "{name}"
            );
            let cleared = desk
                .graph("PATCH", &path)
                .json(&json!({name: null}))
                .send()
                .await;
            assert_eq!(cleared.status, 204, "{name}");
            let shown = desk.get(&format!("{path}?$select=id,{name}")).await.json();
            assert_eq!(shown[name], Value::Null, "{name}");
        }
    }
}

#[tokio::test]
async fn a_property_of_another_kind_or_name_is_refused() {
    let desk = editor().await;
    let (id, _) = desk.person(Case::Plain);
    let path = format!("/users/{id}");
    for (name, value) in [
        ("usageLocation", json!("Japan")),
        ("ageGroup", json!("Old")),
        ("businessPhones", json!(["1", "2"])),
        ("city", json!(7)),
        ("shoeSize", json!("27")),
    ] {
        let change = json!({name: value});
        let refused = desk.graph("PATCH", &path).json(&change).send().await;
        assert_eq!(refused.status, 400, "{name}");
    }
}

#[tokio::test]
async fn people_change_of_themselves_what_is_theirs() {
    let mut desk = OperatorDesk::open().await;
    desk.seat("self", &[], "User.ReadWrite").await;
    let change = |name: &'static str| {
        let ask = desk.graph("PATCH", "/me").json(&json!({name: "x"}));
        async { ask.send().await.status }
    };
    for (name, status) in [
        ("officeLocation", 204),
        ("mobilePhone", 204),
        ("jobTitle", 403),
        ("companyName", 403),
        ("mail", 403),
    ] {
        assert_eq!(change(name).await, status, "{name}");
    }
    let (other, _) = desk.person(Case::Plain);
    let ask = desk.graph("PATCH", &format!("/users/{other}"));
    let refused = ask.json(&json!({"officeLocation": "x"})).send().await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn an_identity_that_is_no_sign_in_name_finds_its_person() {
    let desk = editor().await;
    let (_, upn) = desk.person(Case::Plain);
    let new = json!({
        "upn": "identity@cablechan.biz", "display_name": "見本 識別", "mail_identity": "shikibetsu@home.example",
    });
    assert_eq!(desk.control("POST", "users", &new).await.status, 200);
    let issuer = "cablechan.onmicrosoft.com";
    for (condition, found) in [
        (
            format!("c/issuerAssignedId eq 'shikibetsu@home.example' and c/issuer eq '{issuer}'"),
            1,
        ),
        (
            format!("c/issuer eq '{issuer}' and c/issuerAssignedId eq 'SHIKIBETSU@home.example'"),
            1,
        ),
        (
            "c/issuerAssignedId eq 'shikibetsu@home.example' and c/issuer eq 'other'".to_owned(),
            0,
        ),
        (
            format!("c/issuerAssignedId eq 'nobody@home.example' and c/issuer eq '{issuer}'"),
            0,
        ),
        (
            format!("c/issuerAssignedId eq '{upn}' and c/issuer eq '{issuer}'"),
            0,
        ),
        ("c/signInType eq 'emailAddress'".to_owned(), 1),
    ] {
        let query = format!("$select=displayName,id&$filter=identities/any(c:{condition})");
        let query = query.replace(' ', "%20");
        let answer = desk.get(&format!("/users?{query}")).await;
        assert_eq!(answer.status, 200, "{condition}: {}", answer.text());
        assert_eq!(
            answer.json()["value"].as_array().unwrap().len(),
            found,
            "{condition}"
        );
    }
}

#[tokio::test]
async fn what_nobody_has_is_null_in_a_condition_too() {
    let desk = editor().await;
    let (id, _) = desk.person(Case::Plain);
    let everybody = desk.state().await["users"].as_array().unwrap().len();
    let given = json!({"city": "福井市"});
    let ask = desk.graph("PATCH", &format!("/users/{id}")).json(&given);
    assert_eq!(ask.send().await.status, 204);
    for (filter, found) in [
        ("city eq null", everybody - 1),
        ("companyName eq null", everybody),
        ("city ne null", 1),
        ("not (city eq null)", 1),
        ("startswith(city,'福')", 1),
    ] {
        let url =
            format!("users?$select=id,displayName,userPrincipalName&$filter={filter}&$count=true");
        let parts = json!({"requests": [
            {"id": "5", "method": "GET", "url": url, "headers": {"ConsistencyLevel": "eventual"}},
        ]});
        let answer = desk
            .graph("POST", "/$batch")
            .json(&parts)
            .send()
            .await
            .json();
        let part = &answer["responses"][0];
        assert_eq!(part["status"], 200, "{filter}: {part}");
        assert_eq!(part["body"]["@odata.count"], found, "{filter}");
    }
}

#[tokio::test]
async fn the_app_may_show_where_a_request_came_from_under_either_name() {
    let desk = editor().await;
    let path = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations";
    let of_all = desk.get(path).await.json()["value"].clone();
    let mut in_list = of_all.as_array().unwrap().iter();
    let in_list = in_list
        .find(|one| one["id"] == "MicrosoftAuthenticator")
        .cloned()
        .unwrap();
    for key in ["microsoftAuthenticator", "MicrosoftAuthenticator"] {
        let alone = desk.get(&format!("{path}/{key}")).await.json();
        for object in [&alone, &in_list] {
            for name in [
                "displayAppContextRequiredState",
                "displayLocationContextRequiredState",
                "displayAppInformationRequiredState",
                "displayLocationInformationRequiredState",
            ] {
                let feature = &object["featureSettings"][name];
                assert_eq!(feature["includeTarget"]["id"], "all_users", "{name}");
                assert!(feature["excludeTarget"]["targetType"].is_string(), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn discovery_says_where_rights_are_asked_for() {
    let desk = OperatorDesk::open().await;
    let by_tenant = &desk.info().authority_http;
    let root = by_tenant.rsplit_once('/').unwrap().0;
    for authority in [
        by_tenant.clone(),
        format!("{root}/common"),
        format!("{root}/organizations"),
    ] {
        let url = format!("{authority}/v2.0/.well-known/openid-configuration");
        let answer = crate::http::HttpRequest::new("GET", url)
            .send()
            .await
            .json();
        assert_eq!(answer["rbac_url"], "https://pas.windows.net", "{authority}");
    }
}
