//! Directory roles: who holds one, and who could.

use serde_json::{Map, Value, json};

use crate::clock::directory_time;
use crate::directory::roles::Role;
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::listing::Listing;
use crate::graph::odata::{members, selected, with_context};
use crate::graph::users;
use crate::graph::{GraphCall, GraphReply};
use crate::state::Inner;

const READ: &[&str] = &[
    "RoleManagement.Read.Directory",
    "RoleManagement.Read.All",
    "RoleManagement.ReadWrite.Directory",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
const READ_ELIGIBLE: &[&str] = &[
    "RoleEligibilitySchedule.Read.Directory",
    "RoleEligibilitySchedule.ReadWrite.Directory",
    "RoleManagement.Read.Directory",
    "RoleManagement.Read.All",
    "RoleManagement.ReadWrite.Directory",
];
const FILTERED: &[&str] = &["id", "principalId", "roleDefinitionId", "directoryScopeId"];

const ROLES: Listing<'_> = Listing {
    path: "/directoryRoles",
    context: "directoryRoles",
    type_name: "directoryRole",
    default: &[],
    filtered: &["id", "displayName", "roleTemplateId"],
    searched: &["displayName"],
    sorted: &["displayName"],
    advanced: true,
    page: 1000,
};

/// Every role of this tenant: all are activated.
pub(crate) fn roles(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    caller.needs(READ, ODataError::insufficient_privileges)?;
    let all = Role::ALL
        .into_iter()
        .map(|role| directory_role(state, role));
    ROLES.of(call, all)
}

/// One role, by its id in this tenant or by that of its template.
pub(crate) fn role(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    caller.needs(READ, ODataError::insufficient_privileges)?;
    let object = directory_role(state, named(state, key)?);
    let select = call.query.select.as_deref();
    let object = selected(object, select, &[], "directoryRole")?;
    let context = call.query.shaped("directoryRoles/$entity");
    Ok(GraphReply::Ok(with_context(&call.root, &context, object)))
}

/// The people who hold a role themselves.
pub(crate) fn members_of(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    caller.needs(READ, ODataError::insufficient_privileges)?;
    let role = named(state, key)?;
    let holders = state.directory.users.iter();
    let holders = holders.filter(|user| user.roles.contains(&role));
    let all: Result<Vec<Value>, ODataError> =
        holders.map(|user| users::as_member(user, call)).collect();
    let path = format!("/directoryRoles/{}/members", state.directory.role_id(role));
    let answer = call.query.page(&call.root, &path, "directoryObjects", all?);
    Ok(GraphReply::Ok(answer))
}

fn named(state: &Inner, key: &str) -> Result<Role, ODataError> {
    let template = key.strip_prefix("roleTemplateId=");
    let template = template.map(|id| id.trim_matches('\''));
    let mut all = Role::ALL.into_iter();
    let found = all.find(|role| match template {
        Some(template) => role.template_id().eq_ignore_ascii_case(template),
        None => state.directory.role_id(*role).eq_ignore_ascii_case(key),
    });
    found.ok_or_else(|| ODataError::no_such_object(key))
}

/// A role as an object of the directory.
pub(crate) fn directory_role(state: &Inner, role: Role) -> Map<String, Value> {
    members(json!({
        "id": state.directory.role_id(role),
        "deletedDateTime": null,
        "description": role.name(),
        "displayName": role.name(),
        "roleTemplateId": role.template_id(),
    }))
}

/// Assignments in force: direct ones, and those of groups under the group's id.
pub(crate) fn assignments(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    caller.needs(READ, ODataError::insufficient_privileges)?;
    let of_users = state
        .directory
        .users
        .iter()
        .flat_map(|user| user.roles.iter().map(|role| (user.id.as_str(), *role)));
    let of_groups = state
        .directory
        .groups
        .iter()
        .flat_map(|group| group.roles.iter().map(|role| (group.id.as_str(), *role)));
    let listing = Listing {
        path: "/roleManagement/directory/roleAssignments",
        context: "roleManagement/directory/roleAssignments",
        type_name: "unifiedRoleAssignment",
        default: &[],
        filtered: FILTERED,
        searched: &[],
        sorted: &[],
        advanced: false,
        page: 100,
    };
    let whose = match call.query.expand.as_deref() {
        None => false,
        Some("principal") => true,
        Some(other) => return Err(ODataError::cannot_expand(other)),
    };
    let all = of_users.chain(of_groups).map(|(id, role)| {
        let mut object = object(id, role);
        if whose {
            object.insert("principal".to_owned(), principal(state, id));
        }
        object
    });
    listing.of(call, all)
}

/// Whose an assignment is, with what of a user or a group is shown without being asked for.
fn principal(state: &Inner, id: &str) -> Value {
    if let Some(user) = state.directory.user(id) {
        return json!({
            "@odata.type": "#microsoft.graph.user",
            "id": user.id,
            "displayName": user.display_name,
            "userPrincipalName": user.upn,
        });
    }
    let group = state.directory.groups.iter().find(|group| group.id == id);
    group.map_or(Value::Null, |group| {
        json!({
            "@odata.type": "#microsoft.graph.group",
            "id": group.id,
            "displayName": group.display_name,
        })
    })
}

/// Roles that could be activated.
pub(crate) fn eligibilities(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    caller.needs(READ_ELIGIBLE, ODataError::insufficient_privileges)?;
    let all = state.directory.users.iter().flat_map(|user| {
        user.eligible_roles.iter().map(|role| {
            let since = directory_time(user.created);
            let mut object = object(&user.id, *role);
            object.insert("memberType".to_owned(), json!("Direct"));
            object.insert("startDateTime".to_owned(), json!(since));
            object.insert("endDateTime".to_owned(), Value::Null);
            object.insert("roleEligibilityScheduleId".to_owned(), object["id"].clone());
            object.remove("condition");
            object.remove("principalOrganizationId");
            object
        })
    });
    let listing = Listing {
        path: "/roleManagement/directory/roleEligibilityScheduleInstances",
        context: "roleManagement/directory/roleEligibilityScheduleInstances",
        type_name: "unifiedRoleEligibilityScheduleInstance",
        default: &[],
        filtered: FILTERED,
        searched: &[],
        sorted: &[],
        advanced: false,
        page: 100,
    };
    listing.of(call, all)
}

fn object(principal: &str, role: Role) -> Map<String, Value> {
    // An assignment has no GUID: its id is made of what it joins.
    let id: String = format!("{}{principal}", role.template_id())
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    members(json!({
        "id": id,
        "appScopeId": null,
        "condition": null,
        "directoryScopeId": "/",
        "principalId": principal,
        "principalOrganizationId": null,
        "roleDefinitionId": role.template_id(),
    }))
}
