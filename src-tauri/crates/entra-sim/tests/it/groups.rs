//! Groups, and who is protected by what (P9, N9).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;

#[tokio::test]
async fn row_7_what_protects_from_an_authentication_administrator() {
    let mut desk = OperatorDesk::open().await;
    let cases = [
        Case::Protected,
        Case::ProtectedByGroupRole,
        Case::ProtectedEligible,
        Case::Restricted,
    ];
    for case in cases {
        let (id, _) = desk.person(case);
        assert_eq!(desk.issue(&id, &json!({})).await.status, 403, "{case:?}");
    }
    desk.switch(json!({"eligible_roles_protect": false})).await;
    let (eligible, _) = desk.person(Case::ProtectedEligible);
    assert_eq!(desk.issue(&eligible, &json!({})).await.status, 201);
    let scopes = "UserAuthMethod-TAP.ReadWrite.All User.Read.All RoleManagement.Read.Directory";
    desk.seat("priv", &["Privileged Authentication Administrator"], scopes)
        .await;
    for case in cases {
        let (id, _) = desk.person(case);
        assert_eq!(desk.issue(&id, &json!({})).await.status, 201, "{case:?}");
    }
    let (by_group, _) = desk.person(Case::ProtectedByGroupRole);
    let roles = desk
        .get(&format!(
            "/users/{by_group}/transitiveMemberOf/microsoft.graph.directoryRole"
        ))
        .await
        .json();
    assert_eq!(roles["value"][0]["displayName"], "User Administrator");
    let of = async |path: &str, id: &str| {
        let path = format!("/roleManagement/directory/{path}?$filter=principalId%20eq%20'{id}'");
        desk.get(&path).await.json()["value"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(
        of("roleAssignments", &eligible).await,
        0,
        "eligible is not assigned"
    );
    assert_eq!(of("roleEligibilityScheduleInstances", &eligible).await, 1);
    assert_eq!(
        of("roleAssignments", &by_group).await,
        0,
        "the group is the principal"
    );
    let (protected, _) = desk.person(Case::Protected);
    assert_eq!(of("roleAssignments", &protected).await, 1);
    let (restricted, _) = desk.person(Case::Restricted);
    let flag = desk
        .get(&format!(
            "/users/{restricted}?$select=isManagementRestricted"
        ))
        .await
        .json();
    assert_eq!(flag["isManagementRestricted"], true);
}

/// As documented under "List unifiedRoleAssignments".
#[tokio::test]
async fn whose_a_role_is_stands_beside_it_where_that_is_asked_for() {
    let mut desk = OperatorDesk::open().await;
    let scopes = "User.Read.All RoleManagement.Read.Directory";
    desk.seat("priv", &["Privileged Authentication Administrator"], scopes)
        .await;
    let (protected, _) = desk.person(Case::Protected);
    let path = format!(
        "/roleManagement/directory/roleAssignments?$expand=principal&$filter=principalId%20eq%20'{protected}'"
    );
    let whose = &desk.get(&path).await.json()["value"][0]["principal"];
    assert_eq!(
        (whose["id"].as_str(), whose["@odata.type"].as_str()),
        (Some(protected.as_str()), Some("#microsoft.graph.user"))
    );
    let other = path.replace("principal&", "roleDefinition&");
    assert_eq!(desk.get(&other).await.status, 400);
}

async fn group_named(desk: &OperatorDesk, name: &str) -> String {
    let all = desk.get("/groups").await.json();
    let found = all["value"]
        .as_array()
        .unwrap()
        .iter()
        .find(|group| group["displayName"] == name);
    found.expect("the group")["id"].as_str().unwrap().to_owned()
}

fn reference(desk: &OperatorDesk, id: &str) -> Value {
    json!({"@odata.id": format!("{}/directoryObjects/{id}", desk.info().graph_http)})
}

#[tokio::test]
async fn members_come_and_go_and_the_pass_policy_follows() {
    let mut desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    assert_eq!(
        desk.get("/groups").await.status,
        403,
        "not in the default scopes"
    );
    let scopes = "GroupMember.ReadWrite.All User.Read.All UserAuthMethod-TAP.ReadWrite.All";
    let roles = ["Groups Administrator", "Authentication Administrator"];
    desk.seat("groups.admin", &roles, scopes).await;
    let group = group_named(&desk, "一時アクセスパス対象外").await;
    let add = format!("/groups/{group}/members/$ref");
    let remove = format!("/groups/{group}/members/{id}/$ref");
    let body = reference(&desk, &id);
    desk.pass(&id, &json!({})).await;
    assert_eq!(
        desk.graph("POST", &add).json(&body).send().await.status,
        204
    );
    let again = desk.graph("POST", &add).json(&body).send().await;
    assert_eq!(again.status, 400);
    assert!(
        again
            .text()
            .contains("already exist for the following modified properties")
    );
    assert_eq!(
        desk.issue(&id, &json!({})).await.status,
        400,
        "out of scope now"
    );
    let check = json!({"groupIds": [group, "00000000-0000-0000-0000-000000000000"]});
    let path = format!("/users/{id}/checkMemberGroups");
    let held = desk.graph("POST", &path).json(&check).send().await.json();
    assert_eq!(held["value"], json!([group]));
    let members = desk.get(&format!("/groups/{group}/members")).await.json();
    let listed = members["value"].as_array().unwrap();
    assert!(
        listed.iter().any(|member| member["id"] == json!(id)) && listed.len() == 2,
        "{members}"
    );
    assert_eq!(desk.graph("DELETE", &remove).send().await.status, 204);
    assert_eq!(desk.graph("DELETE", &remove).send().await.status, 404);
    desk.pass(&id, &json!({})).await;
    let many: Vec<String> = (0..21).map(|n| format!("group-{n}")).collect();
    let many = desk
        .graph("POST", &path)
        .json(&json!({"groupIds": many}))
        .send()
        .await;
    assert_eq!(many.status, 400, "twenty at most");
    let nobody = reference(&desk, "00000000-0000-0000-0000-000000000000");
    assert_eq!(
        desk.graph("POST", &add).json(&nobody).send().await.status,
        404
    );
}

#[tokio::test]
async fn role_assignable_groups_are_for_few() {
    let mut desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    let all = "Group.ReadWrite.All RoleManagement.ReadWrite.Directory User.Read.All";
    desk.seat("g.one", &["Groups Administrator"], all).await;
    let filter = "/groups?$filter=isAssignableToRole%20eq%20true";
    assert_eq!(
        desk.get(filter).await.json()["value"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let group = group_named(&desk, "システム管理者").await;
    let shown = desk
        .get(&format!("/groups/{group}?$select=isAssignableToRole"))
        .await
        .json();
    assert_eq!(shown["isAssignableToRole"], true);
    let add = format!("/groups/{group}/members/$ref");
    let body = reference(&desk, &id);
    let status =
        async |desk: &OperatorDesk| desk.graph("POST", &add).json(&body).send().await.status;
    assert_eq!(status(&desk).await, 403);
    desk.seat(
        "g.two",
        &["Privileged Role Administrator"],
        "Group.ReadWrite.All",
    )
    .await;
    assert_eq!(status(&desk).await, 403, "the scope for roles is missing");
    desk.seat("g.three", &["Privileged Role Administrator"], all)
        .await;
    assert_eq!(status(&desk).await, 204);
}
