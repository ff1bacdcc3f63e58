//! People, search, roles, policies and methods over Graph.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::{OperatorDesk, OperatorRole};
use crate::http::{HttpAnswer, HttpRequest};

fn names(answer: &HttpAnswer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let value = answer.json()["value"].clone();
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|user| user["userPrincipalName"].as_str().unwrap().to_owned())
        .collect()
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[tokio::test]
async fn people_are_found_by_id_and_by_name_in_every_spelling() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let select = "?$select=id,displayName,userPrincipalName,mail,department,employeeId,accountEnabled,\
                  onPremisesSyncEnabled,userType,creationType,externalUserState,identities,isManagementRestricted";
    let by_id = desk.get(&format!("/users/{id}{select}")).await.json();
    assert_eq!(
        desk.get(&format!("/users/{upn}{select}")).await.json(),
        by_id
    );
    assert_eq!(
        desk.get(&format!("/users('{upn}'){select}")).await.json(),
        by_id
    );
    assert_eq!(
        (&by_id["userType"], &by_id["accountEnabled"]),
        (&json!("Member"), &json!(true))
    );
    assert_ne!(by_id["mail"], by_id["userPrincipalName"], "S26");
    for spelling in [
        "/users/s.o'neil@cablechan.biz",
        "/users('s.o%27%27neil@cablechan.biz')",
        "/users/s.o''neil@cablechan.biz",
    ] {
        assert_eq!(
            desk.get(spelling).await.json()["surname"],
            "O'Neil",
            "{spelling}"
        );
    }
    let (_, guest) = desk.person(Case::GuestExternal);
    let escaped = guest.replace('#', "%23");
    let found = desk
        .get(&format!(
            "/users/{escaped}?$select=userType,creationType,identities"
        ))
        .await
        .json();
    assert_eq!(
        (&found["userType"], &found["creationType"]),
        (&json!("Guest"), &json!("Invitation"))
    );
    let missing = desk.get("/users/nobody@cablechan.biz").await;
    assert_eq!(
        (missing.status, &missing.json()["error"]["code"]),
        (404, &json!("Request_ResourceNotFound"))
    );
}

#[tokio::test]
async fn only_default_properties_come_without_a_selection() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    let plain = desk.get(&format!("/users/{id}")).await.json();
    assert!(plain.get("department").is_none() && plain.get("accountEnabled").is_none());
    assert!(plain["displayName"].is_string());
    let unset = "/users?$select=city,signInActivity,assignedLicenses&$top=1";
    let unset = desk.get(unset).await.json()["value"][0].clone();
    assert_eq!(
        (&unset["city"], &unset["assignedLicenses"]),
        (&Value::Null, &json!([]))
    );
    assert_eq!(unset.as_object().unwrap().len(), 3, "{unset}");
    let wrong = desk.get(&format!("/users/{id}?$select=shoeSize")).await;
    assert_eq!(
        (wrong.status, &wrong.json()["error"]["code"]),
        (400, &json!("BadRequest"))
    );
}

#[tokio::test]
async fn search_needs_its_header_and_finds_both_yamadas() {
    let desk = OperatorDesk::open().await;
    let search = encoded("\"displayName:山田\" OR \"userPrincipalName:yamada\"");
    let path = format!("/users?$search={search}&$count=true");
    let without = desk.get(&path).await;
    assert_eq!(
        (without.status, &without.json()["error"]["code"]),
        (400, &json!("Request_UnsupportedQuery"))
    );
    let with = desk
        .graph("GET", &path)
        .header("ConsistencyLevel", "eventual")
        .send()
        .await;
    assert_eq!(with.json()["@odata.count"], 2);
    assert_eq!(
        names(&with),
        ["t.yamada@cablechan.biz", "k.yamada@cablechan.biz"]
    );
}

#[tokio::test]
async fn filters_find_by_prefix_or_value() {
    let desk = OperatorDesk::open().await;
    let find = async |filter: &str| {
        desk.get(&format!("/users?$filter={}", encoded(filter)))
            .await
    };
    assert_eq!(
        names(&find("startswith(userPrincipalName,'fctv-')").await).len(),
        2
    );
    assert_eq!(
        names(&find("startswith(surname,'o''ne')").await),
        ["s.o'neil@cablechan.biz"]
    );
    assert_eq!(
        names(&find("employeeId eq 'F10204' or employeeId eq 'F10241'").await).len(),
        2
    );
    assert_eq!(
        names(&find("accountEnabled eq false").await),
        ["n.shimizu@cablechan.biz"]
    );
    assert_eq!(find("shoeSize eq '7'").await.status, 400);
    assert_eq!(
        find("employeeId ne 'F10204'").await.status,
        400,
        "needs the advanced query"
    );
}

#[tokio::test]
async fn long_lists_come_in_pages() {
    let desk = OperatorDesk::open().await;
    let all = names(&desk.get("/users").await);
    let mut paged = Vec::new();
    let mut next = Some(format!(
        "{}/users?$top=10&$select=userPrincipalName",
        desk.info().graph_http
    ));
    while let Some(url) = next {
        let bearer = format!("Bearer {}", desk.token);
        let page = HttpRequest::new("GET", url)
            .header("authorization", bearer)
            .send()
            .await;
        assert!(names(&page).len() <= 10);
        paged.extend(names(&page));
        next = page.json()["@odata.nextLink"].as_str().map(str::to_owned);
        if let Some(next) = &next {
            assert!(
                next.starts_with(&desk.info().graph_http),
                "absolute, on the asked address"
            );
        }
    }
    assert_eq!(paged, all);
    assert_eq!(desk.get("/users?$top=0").await.status, 400);
}

#[tokio::test]
async fn roles_are_read_for_oneself_and_others() {
    let desk = OperatorDesk::open().await;
    let mine = desk.get("/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=displayName,roleTemplateId").await.json();
    assert_eq!(
        mine["value"][0]["roleTemplateId"],
        "c4e39bd9-1100-46d3-8c65-fb160da0071f"
    );
    assert_eq!(mine["value"].as_array().unwrap().len(), 1);
    let (protected, _) = desk.person(Case::Protected);
    let roles = desk
        .get(&format!(
            "/users/{protected}/transitiveMemberOf/graph.directoryRole"
        ))
        .await
        .json();
    assert_eq!(roles["value"][0]["displayName"], "Global Administrator");
    let by_group = desk
        .info()
        .users
        .iter()
        .filter(|user| user.case == Case::Protected)
        .nth(1)
        .unwrap();
    let groups = desk
        .get(&format!("/users/{}/transitiveMemberOf", by_group.id))
        .await
        .json();
    assert_eq!(groups["value"][0]["@odata.type"], "#microsoft.graph.group");
    assert_eq!(groups["value"][0]["isAssignableToRole"], true);
    assert_eq!(
        desk.get("/me/transitiveMemberOf").await.json()["value"][0]["@odata.type"],
        "#microsoft.graph.directoryRole"
    );
}

#[tokio::test]
async fn the_policy_is_read_whole_and_by_method() {
    let desk = OperatorDesk::open().await;
    let whole = desk
        .get("/policies/authenticationMethodsPolicy")
        .await
        .json();
    let configurations = whole["authenticationMethodConfigurations"]
        .as_array()
        .unwrap();
    assert_eq!(configurations.len(), 7);
    assert!(configurations.iter().all(|one| {
        one["@odata.type"]
            .as_str()
            .unwrap()
            .starts_with("#microsoft.graph.")
    }));
    let base = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations";
    for spelling in [
        "TemporaryAccessPass",
        "temporaryAccessPass",
        "temporaryaccesspass",
    ] {
        let tap = desk.get(&format!("{base}/{spelling}")).await.json();
        assert_eq!(
            (&tap["id"], &tap["state"]),
            (&json!("TemporaryAccessPass"), &json!("enabled"))
        );
        assert_eq!(
            (
                &tap["minimumLifetimeInMinutes"],
                &tap["maximumLifetimeInMinutes"]
            ),
            (&json!(10), &json!(480))
        );
        assert_eq!(tap["includeTargets"][0]["id"], "all_users");
        assert_eq!(tap["excludeTargets"].as_array().unwrap().len(), 1);
    }
    assert_eq!(
        desk.get(&format!("{base}/FIDO2")).await.json()["id"],
        "Fido2"
    );
    assert_eq!(
        desk.get(&format!("{base}/MicrosoftAuthenticator"))
            .await
            .json()["includeTargets"][0]["authenticationMode"],
        "any"
    );
    assert_eq!(desk.get(&format!("{base}/CarrierPigeon")).await.status, 404);
}

#[tokio::test]
async fn the_policy_can_be_unreadable() {
    let desk = OperatorDesk::open().await;
    let base = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations";
    for switch in ["policy_needs_reader_role", "policy_readable"] {
        desk.switch(json!({switch: switch == "policy_needs_reader_role"}))
            .await;
        assert_eq!(
            desk.get(&format!("{base}/TemporaryAccessPass"))
                .await
                .status,
            403,
            "{switch}"
        );
        desk.switch(json!({"policy_needs_reader_role": false, "policy_readable": true}))
            .await;
    }
}

#[tokio::test]
async fn methods_tell_push_from_phone_sign_in() {
    let desk = OperatorDesk::open().await;
    let app = "microsoftAuthenticatorMethods";
    let (push, _) = desk.person(Case::HasPush);
    let entry = desk
        .get(&format!(
            "/users/{push}/authentication/{app}?$expand=device"
        ))
        .await
        .json()["value"][0]
        .clone();
    assert_eq!(
        (&entry["createdDateTime"], &entry["device"]),
        (&Value::Null, &Value::Null)
    );
    let id = entry["id"].as_str().unwrap();
    assert_eq!(
        desk.get(&format!("/users/{push}/authentication/{app}/{id}/device"))
            .await
            .status,
        404
    );

    let (phone, _) = desk.person(Case::HasPhoneSignIn);
    let entry = desk
        .get(&format!(
            "/users/{phone}/authentication/{app}?$expand=device"
        ))
        .await
        .json()["value"][0]
        .clone();
    assert!(entry["createdDateTime"].is_string());
    assert_eq!(entry["device"]["displayName"], "iPhone 15");
    let id = entry["id"].as_str().unwrap();
    let device = desk
        .get(&format!("/users/{phone}/authentication/{app}/{id}/device"))
        .await
        .json();
    assert_eq!(device["deviceId"], entry["device"]["deviceId"]);
    let methods = desk
        .get(&format!("/users/{phone}/authentication/methods"))
        .await
        .json();
    let types: Vec<&str> = methods["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|method| method["@odata.type"].as_str().unwrap())
        .collect();
    assert_eq!(
        types,
        [
            "#microsoft.graph.passwordAuthenticationMethod",
            "#microsoft.graph.microsoftAuthenticatorAuthenticationMethod"
        ]
    );
}

#[tokio::test]
async fn n7_retiring_the_lost_phone_needs_its_own_scope() {
    let desk = OperatorDesk::open().await;
    let (phone, _) = desk.person(Case::HasPhoneSignIn);
    let all = format!("/users/{phone}/authentication/microsoftAuthenticatorMethods");
    let id = desk.get(&all).await.json()["value"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("{all}/{id}");
    assert_eq!(desk.graph("DELETE", &path).send().await.status, 403);
    let consent = "User.Read.All UserAuthenticationMethod.ReadWrite.All openid profile";
    desk.switch(json!({"consented_scopes": consent})).await;
    let operator = &desk.info().operators[0];
    let code = desk
        .code(&operator.upn, &operator.password, &[("scope", consent)])
        .await;
    let token = desk.redeem(&code, &[]).await.json()["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let delete = async || {
        let url = format!("{}{path}", desk.info().graph_http);
        HttpRequest::new("DELETE", url)
            .header("authorization", format!("Bearer {token}"))
            .send()
            .await
            .status
    };
    assert_eq!(delete().await, 204);
    assert_eq!(delete().await, 404);
}

#[tokio::test]
async fn answers_carry_ids_and_the_tenants_date() {
    let desk = OperatorDesk::open().await;
    desk.advance(86_400 * 365).await;
    let mut desk = desk;
    let token = desk
        .sign_in(OperatorRole::AuthenticationAdministrator)
        .await["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    desk.token = token;
    let mine = "11112222-3333-4444-5555-666677778888";
    let answer = desk
        .graph("GET", "/me")
        .header("client-request-id", mine)
        .send()
        .await;
    assert_eq!(answer.header("client-request-id"), mine);
    assert_eq!(answer.header("request-id").len(), 36);
    let now = desk.state().await["clock"]["now"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        answer.header("date").contains(&now[..4]),
        "{} {now}",
        answer.header("date")
    );
    let refused = desk
        .graph("GET", "/users/nobody")
        .header("client-request-id", mine)
        .send()
        .await;
    let inner = refused.json()["error"]["innerError"].clone();
    assert_eq!(inner["client-request-id"], mine);
    assert_eq!(inner["request-id"], refused.header("request-id"));
    assert!(inner["date"].is_string());
}

#[tokio::test]
async fn the_organization_names_its_domains() {
    let desk = OperatorDesk::open().await;
    let organization = desk.get("/organization").await.json()["value"][0].clone();
    assert_eq!(organization["id"], desk.info().tenant_id);
    let names: Vec<&str> = organization["verifiedDomains"]
        .as_array()
        .unwrap()
        .iter()
        .map(|domain| domain["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "cablechan.biz",
            "cable.fukui.jp",
            "cablechan.onmicrosoft.com",
            "works.example"
        ],
        "S27, S28"
    );
}

#[tokio::test]
async fn https_serves_the_same_tenant() {
    let desk = OperatorDesk::open().await;
    let answer = HttpRequest::new("GET", format!("{}/me", desk.info().graph_https))
        .header("authorization", format!("Bearer {}", desk.token))
        .trusting(&desk.info().ca_file)
        .send()
        .await;
    assert_eq!(
        answer.json()["userPrincipalName"],
        desk.info().operators[0].upn
    );
    assert!(
        answer.json()["@odata.context"]
            .as_str()
            .unwrap()
            .starts_with(&desk.info().graph_https)
    );
}

#[tokio::test]
async fn without_a_good_token_nothing_is_read() {
    let desk = OperatorDesk::open().await;
    for headers in [
        vec![],
        vec![("authorization", "Bearer made-up")],
        vec![("authorization", "Basic eDp5")],
    ] {
        let mut ask = HttpRequest::new("GET", format!("{}/users", desk.info().graph_http));
        for (name, value) in &headers {
            ask = ask.header(name, *value);
        }
        let answer = ask.send().await;
        assert_eq!(
            (answer.status, &answer.json()["error"]["code"]),
            (401, &json!("InvalidAuthenticationToken"))
        );
    }
}
