//! Directory roles: who holds one, and who could.

use serde_json::{Map, Value, json};

use crate::clock::directory_time;
use crate::directory::roles::Role;
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::listing::Listing;
use crate::graph::odata::members;
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
    listing.of(
        call,
        of_users.chain(of_groups).map(|(id, role)| object(id, role)),
    )
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
