//! What somebody is in, roles and their holders, and what a selection leaves of them.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::documented::{code_and_message, editor, eventually};

#[tokio::test]
async fn what_somebody_is_in_is_listed_cast_and_counted() {
    let desk = editor().await;
    let (id, _) = desk.person(Case::ProtectedByGroupRole);
    let cast = |kind: &str| format!("/microsoft.graph.{kind}");
    for (list, kind, number) in [
        ("memberOf", String::new(), 1),
        ("memberOf", cast("group"), 1),
        ("memberOf", cast("directoryRole"), 0),
        ("transitiveMemberOf", String::new(), 2),
        ("transitiveMemberOf", cast("group"), 1),
        ("transitiveMemberOf", "/graph.directoryRole".to_owned(), 1),
    ] {
        let path = format!("/users/{id}/{list}{kind}");
        let all = desk.get(&path).await.json()["value"].clone();
        assert_eq!(all.as_array().unwrap().len(), number, "{path}");
        let counting = format!("{path}/$count");
        let counted = eventually(&desk, &counting).await;
        assert!(counted.header("content-type").starts_with("text/plain"));
        assert_eq!(
            counted.text().trim_start_matches('\u{feff}'),
            number.to_string(),
            "{path}"
        );
        let refused = code_and_message(&desk.get(&counting).await);
        assert_eq!(
            (refused.0, refused.1.as_str()),
            (400, "Request_BadRequest"),
            "{path}"
        );
    }
    let groups = format!("/users/{id}/memberOf/microsoft.graph.group?$count=true");
    for (query, number) in [
        (
            "$search=\"displayName:利用者管理担当\"&$select=displayName,id",
            1,
        ),
        ("$search=\"displayName:tier\"", 0),
        (
            "$filter=startswith(displayName,'利用者')&$orderby=displayName",
            1,
        ),
        ("$filter=startswith(displayName,'a')", 0),
    ] {
        let found = eventually(&desk, &format!("{groups}&{query}")).await;
        assert_eq!(found.status, 200, "{query}: {}", found.text());
        assert_eq!(found.json()["@odata.count"], number, "{query}");
    }
    for path in [
        "memberOf/microsoft.graph.device",
        "memberOf/nothing",
        "transitiveMemberOf/$sum",
    ] {
        assert_eq!(
            desk.get(&format!("/users/{id}/{path}")).await.status,
            400,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_role_is_found_by_either_id_and_names_who_holds_it() {
    let desk = editor().await;
    let all = desk.get("/directoryRoles").await.json()["value"].clone();
    let of_name = |name: &str| {
        let mut all = all.as_array().unwrap().iter();
        all.find(|role| role["displayName"] == name)
            .unwrap()
            .clone()
    };
    for (name, holders) in [
        ("User Administrator", vec!["editor@cablechan.biz"]),
        ("Guest Inviter", vec![]),
    ] {
        let role = of_name(name);
        let (id, template) = (
            role["id"].as_str().unwrap(),
            role["roleTemplateId"].as_str().unwrap(),
        );
        for key in [
            id.to_owned(),
            format!("roleTemplateId={template}"),
            format!("roleTemplateId='{template}'"),
        ] {
            let path = format!("/directoryRoles/{key}");
            assert_eq!(desk.get(&path).await.json()["displayName"], name, "{key}");
            let chosen = desk
                .get(&format!("{path}?$select=displayName"))
                .await
                .json();
            assert_eq!(chosen["id"], Value::Null, "{chosen}");
            let members = desk.get(&format!("{path}/members")).await.json()["value"].clone();
            let names = members.as_array().unwrap().iter();
            let names: Vec<_> = names
                .map(|one| one["userPrincipalName"].as_str().unwrap())
                .collect();
            assert_eq!(names, holders, "{key}");
        }
        let crossed = desk.get(&format!("/directoryRoles/{template}")).await;
        assert_eq!(
            crossed.status, 404,
            "a template's id is no id of the tenant's"
        );
    }
    let nobody = desk.get("/directoryRoles/roleTemplateId=1").await;
    assert_eq!(code_and_message(&nobody).1, "Request_ResourceNotFound");
}

#[tokio::test]
async fn memberships_are_checked_for_an_object_of_the_directory_too() {
    let desk = editor().await;
    let (id, _) = desk.person(Case::ProtectedByGroupRole);
    let group = desk.get(&format!("/users/{id}/memberOf")).await.json()["value"][0]["id"].clone();
    let other = "00000000-0000-4000-8000-000000000000";
    for (path, status) in [
        (format!("/directoryObjects/{id}"), 200),
        (format!("/users/{id}"), 200),
        (format!("/directoryObjects/{other}"), 404),
    ] {
        let ask = desk.graph("POST", &format!("{path}/checkMemberGroups"));
        let answer = ask.json(&json!({"groupIds": [group, other]})).send().await;
        assert_eq!(answer.status, status, "{path}");
        if status == 200 {
            assert_eq!(answer.json()["value"], json!([group]), "{path}");
        }
    }
}

#[tokio::test]
async fn an_object_of_the_directory_gives_no_more_than_was_chosen() {
    let desk = editor().await;
    let (id, _) = desk.person(Case::ProtectedByGroupRole);
    let group = desk.get(&format!("/users/{id}/memberOf")).await.json()["value"][0]["id"].clone();
    let group = group.as_str().unwrap();
    for path in [
        format!("/users/{id}"),
        "/users".to_owned(),
        format!("/groups/{group}"),
        "/groups".to_owned(),
        format!("/groups/{group}/members"),
        format!("/users/{id}/transitiveMemberOf"),
        "/directoryRoles".to_owned(),
    ] {
        for (select, with_id) in [
            ("displayName", false),
            ("id,displayName", true),
            ("*", true),
        ] {
            let answer = desk.get(&format!("{path}?$select={select}")).await.json();
            let mut one = answer.get("value").map_or(&answer, |all| &all[0]).clone();
            let members = one.as_object_mut().unwrap();
            members.retain(|name, _| !name.starts_with('@'));
            assert_eq!(members.contains_key("id"), with_id, "{path} {select}");
            assert_eq!(
                members.len() == 1,
                select == "displayName",
                "{path} {select}"
            );
        }
    }
    let methods = format!("/users/{id}/authentication/methods?$select=createdDateTime");
    let mut desk = desk;
    let read = "UserAuthenticationMethod.Read.All";
    desk.seat("reader", &["Global Reader"], read).await;
    let kept = desk.get(&methods).await.json();
    assert!(
        kept["value"][0]["id"].is_string(),
        "of methods nothing is said: {kept}"
    );
}

/// A property that some of the members lack is no mistake, and a star is all of them.
#[tokio::test]
async fn what_is_selected_of_members_of_different_types() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::HasPhoneSignIn);
    let computer = json!({"upn": upn, "computer": "PC-1"});
    desk.control("POST", "users/change", &computer).await;
    for path in [
        format!("/users/{id}/registeredDevices"),
        format!("/users/{id}/authentication/methods"),
        "/me/transitiveMemberOf".to_owned(),
    ] {
        let members =
            async |select: &str| desk.get(&format!("{path}{select}")).await.json()["value"].take();
        let whole = members("").await;
        assert_ne!(whole, json!([]), "{path}");
        assert_eq!(members("?$select=*").await, whole, "{path}");
        let named = members("?$select=displayName,phoneNumber").await;
        for (named, whole) in named
            .as_array()
            .unwrap()
            .iter()
            .zip(whole.as_array().unwrap())
        {
            let mut kept = whole.as_object().unwrap().clone();
            kept.retain(|name, _| {
                let keeps_id = !path.contains("MemberOf") && name == "id";
                keeps_id || ["@odata.type", "displayName", "phoneNumber"].contains(&name.as_str())
            });
            assert_eq!(*named, json!(kept), "{path}");
        }
    }
}

#[tokio::test]
async fn n26_an_administrative_unit_stands_among_what_somebody_is_in() {
    let desk = editor().await;
    let (id, upn) = desk.person(Case::Plain);
    let new = json!({"display_name": "放送の部署", "members": [upn]});
    let added = desk.control("POST", "units", &new).await.json();
    for list in ["memberOf", "transitiveMemberOf"] {
        let path = format!("/users/{id}/{list}?$select=id,displayName");
        let all = desk.get(&path).await.json()["value"].clone();
        let mut all = all.as_array().unwrap().iter();
        let unit = all.find(|one| one["id"] == added["id"]).unwrap();
        assert_eq!(unit["@odata.type"], "#microsoft.graph.administrativeUnit");
        assert_eq!(unit["displayName"], "放送の部署");
        let groups = format!("/users/{id}/{list}/microsoft.graph.group");
        assert!(!desk.get(&groups).await.text().contains("放送の部署"));
    }
    let (other, _) = desk.person(Case::Partner);
    let others = desk.get(&format!("/users/{other}/memberOf")).await;
    assert!(!others.text().contains("放送の部署"));
    let nobody = json!({"display_name": "x", "members": ["nobody"]});
    assert_eq!(desk.control("POST", "units", &nobody).await.status, 400);
}

#[tokio::test]
async fn n26_an_administrative_unit_is_read_with_a_right_to_it_alone() {
    let mut desk = OperatorDesk::open().await;
    let new = json!({"display_name": "放送の部署"});
    let added = desk.control("POST", "units", &new).await.json();
    let id = added["id"].as_str().unwrap();
    let path = |id: &str| format!("/directory/administrativeUnits/{id}");
    assert_eq!(desk.get(&path(id)).await.status, 403);
    desk.seat("u.reader", &[], "AdministrativeUnit.Read.All")
        .await;
    let read = desk.get(&path(id)).await;
    assert_eq!(read.status, 200);
    assert_eq!(read.json()["displayName"], "放送の部署");
    let chosen = desk.get(&format!("{}?$select=id", path(id))).await.json();
    assert_eq!(chosen["id"], added["id"]);
    assert_eq!(chosen.get("displayName"), None);
    let nobody = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    assert_eq!(desk.get(&path(nobody)).await.status, 404);
}
