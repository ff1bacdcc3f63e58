//! Groups, their members, and what people are members of.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::clock::directory_time;
use crate::directory::roles::{Role, has_any};
use crate::directory::{Group, Unit, User};
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::listing::Listing;
use crate::graph::odata::{members, selected, with_context};
use crate::graph::role_management::directory_role;
use crate::graph::route::{Memberships, Wanted};
use crate::graph::users::{self, found};
use crate::graph::{GraphCall, GraphReply};
use crate::records::audits::Activity;
use crate::state::{Inner, Tenant};

const READ: &[&str] = &[
    "GroupMember.Read.All",
    "Group.Read.All",
    "Directory.Read.All",
    "GroupMember.ReadWrite.All",
    "Group.ReadWrite.All",
    "Directory.ReadWrite.All",
];
const READ_UNITS: &[&str] = &[
    "AdministrativeUnit.Read.All",
    "AdministrativeUnit.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
const WRITE: &[&str] = &[
    "GroupMember.ReadWrite.All",
    "Group.ReadWrite.All",
    "Directory.ReadWrite.All",
];
/// What is said of a group or person that only the on-premises directory may change.
pub(crate) const ON_PREMISES: &str = "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.";
const GROUPS: Listing<'_> = Listing {
    path: "/groups",
    context: "groups",
    type_name: "group",
    default: &[],
    filtered: &[
        "id",
        "displayName",
        "description",
        "mailEnabled",
        "securityEnabled",
        "isAssignableToRole",
        "mailNickname",
        "groupTypes",
    ],
    searched: &["displayName", "description"],
    sorted: &["displayName"],
    advanced: true,
    page: 100,
};

/// Groups, units and active roles of a person, or one kind of them, or how many. Roles borne by a group come with the transitive ones.
pub(crate) fn member_of(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
    asked: Memberships,
) -> Result<GraphReply, ODataError> {
    let user = users::readable(state, caller, key)?;
    let (context, filtered, searched) = match asked.wanted {
        Wanted::Everything => ("directoryObjects", &["id"][..], &[][..]),
        Wanted::Groups => ("groups", GROUPS.filtered, GROUPS.searched),
        Wanted::Roles => (
            "directoryRoles",
            &["id", "displayName"][..],
            &["displayName"][..],
        ),
    };
    let mut all = Vec::new();
    if asked.wanted != Wanted::Groups {
        all.extend(roles(state, user, asked.transitive));
    }
    if asked.wanted != Wanted::Roles {
        all.extend(state.directory.groups_of(user).map(typed));
    }
    if asked.wanted == Wanted::Everything {
        all.extend(state.directory.units_of(user).map(unit));
    }
    let path = format!("/users/{}{}", user.id, asked.tail());
    let listing = Listing {
        path: &path,
        context,
        type_name: "directoryObject",
        default: &[],
        filtered,
        searched,
        sorted: if asked.wanted == Wanted::Everything {
            &[]
        } else {
            &["displayName"]
        },
        advanced: true,
        page: 100,
    };
    if asked.counted {
        listing.counted(call, all.into_iter())
    } else {
        listing.mixed(call, all.into_iter())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    group_ids: Vec<String>,
}

/// Which of the groups named, twenty at most, the person is a member of.
pub(crate) fn check_member_groups(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    let user = users::readable(state, caller, key)?;
    let asked: Asked = serde_json::from_slice(call.body).map_err(ODataError::unreadable)?;
    if asked.group_ids.len() > 20 {
        return Err(ODataError::bad_request(
            "Too many elements specified in the 'groupIds' collection. A maximum of 20 elements is allowed.",
        ));
    }
    let held: Vec<&String> = asked
        .group_ids
        .iter()
        .filter(|id| user.groups.contains(id))
        .collect();
    let context = format!("{}/$metadata#Collection(Edm.String)", call.root);
    Ok(GraphReply::Ok(
        json!({"@odata.context": context, "value": held}),
    ))
}

/// All groups, or those found.
pub(crate) fn list(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    caller.needs(READ, ODataError::insufficient_privileges)?;
    GROUPS.of(call, state.directory.groups.iter().map(object))
}

/// One group.
pub(crate) fn read(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    id: &str,
) -> Result<GraphReply, ODataError> {
    caller.needs(READ, ODataError::insufficient_privileges)?;
    let group = object(group(state, id)?);
    let group = selected(group, call.query.select.as_deref(), &[], "group")?;
    Ok(GraphReply::Ok(with_context(
        &call.root,
        "groups/$entity",
        group,
    )))
}

/// One administrative unit.
pub(crate) fn read_unit(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    id: &str,
) -> Result<GraphReply, ODataError> {
    caller.needs(READ_UNITS, ODataError::insufficient_privileges)?;
    let mut units = state.directory.units.iter();
    let found = units.find(|unit| unit.id.eq_ignore_ascii_case(id));
    let mut found = unit(found.ok_or_else(|| ODataError::no_such_object(id))?);
    found.remove("@odata.type");
    let select = call.query.select.as_deref();
    let found = selected(found, select, &[], "administrativeUnit")?;
    Ok(GraphReply::Ok(with_context(
        &call.root,
        "directory/administrativeUnits/$entity",
        found,
    )))
}

/// A group's members.
pub(crate) fn list_members(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    id: &str,
) -> Result<GraphReply, ODataError> {
    caller.needs(READ, ODataError::insufficient_privileges)?;
    let group = group(state, id)?;
    let all = state
        .directory
        .users
        .iter()
        .filter(|user| user.groups.contains(&group.id))
        .map(|user| users::as_member(user, call));
    let all: Result<Vec<Value>, ODataError> = all.collect();
    let path = format!("/groups/{}/members", group.id);
    Ok(GraphReply::Ok(call.query.page(
        &call.root,
        &path,
        "directoryObjects",
        all?,
    )))
}

#[derive(Deserialize)]
struct Reference {
    #[serde(rename = "@odata.id")]
    id: String,
}

/// Adds the person the body refers to.
pub(crate) fn add_member(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    id: &str,
) -> Result<GraphReply, ODataError> {
    let group = writable(state, caller, id)?;
    let reference: Reference = serde_json::from_slice(call.body).map_err(ODataError::unreadable)?;
    let key = reference.id.rsplit('/').next().unwrap_or_default();
    let user_id = found(state, key)?.id.clone();
    if let Some(user) = state.directory.user_mut(&user_id) {
        if user.groups.contains(&group.id) {
            return Err(ODataError::bad_request(
                "One or more added object references already exist for the following modified properties: 'members'.",
            ));
        }
        user.groups.push(group.id.clone());
    }
    let targets = [user_id.as_str(), group.id.as_str()];
    Ok(note_membership(
        tenant,
        state,
        caller,
        Activity::AddMember,
        &targets,
    ))
}

/// Takes a member out.
pub(crate) fn remove_member(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    id: &str,
    key: &str,
) -> Result<GraphReply, ODataError> {
    let group = writable(state, caller, id)?;
    let user_id = found(state, key)?.id.clone();
    if call.unseen {
        return Err(ODataError::no_such_object(key));
    }
    let user = state.directory.user_mut(&user_id);
    let at = user
        .as_ref()
        .and_then(|user| user.groups.iter().position(|held| *held == group.id));
    match (user, at) {
        (Some(user), Some(at)) => user.groups.remove(at),
        (_, _) => return Err(ODataError::no_such_object(key)),
    };
    let targets = [user_id.as_str(), group.id.as_str()];
    Ok(note_membership(
        tenant,
        state,
        caller,
        Activity::RemoveMember,
        &targets,
    ))
}

/// Whether somebody of that name is there who is in the group.
pub(crate) fn has_member(state: &Inner, id: &str, key: &str) -> bool {
    let held = group(state, id).map(|group| group.id.clone());
    let user = found(state, key);
    matches!((held, user), (Ok(held), Ok(user)) if user.groups.contains(&held))
}

/// Writes a change of a group's members down; the answer says nothing of it.
fn note_membership(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    activity: Activity,
    targets: &[&str],
) -> GraphReply {
    let (now, by) = (tenant.now(), &caller.user_id);
    state.note_all(now, by, activity, targets, String::new(), false);
    GraphReply::NoContent
}

/// The group, where the caller may change its members.
///
/// A role-assignable one is for Privileged Role Administrators and its owners, with a scope of its own.
fn writable(state: &Inner, caller: &Caller, id: &str) -> Result<Group, ODataError> {
    caller.needs(WRITE, ODataError::insufficient_privileges)?;
    let group = group(state, id)?.clone();
    let owner = group.owners.contains(&caller.user_id);
    let roles: &[Role] = if group.role_assignable {
        &[Role::GlobalAdministrator, Role::PrivilegedRoleAdministrator]
    } else {
        &[
            Role::GlobalAdministrator,
            Role::GroupsAdministrator,
            Role::UserAdministrator,
        ]
    };
    let scoped = !group.role_assignable || caller.holds(&["RoleManagement.ReadWrite.Directory"]);
    if scoped && (owner || has_any(&caller.roles, roles)) {
        if group.synced {
            return Err(ODataError::bad_request(ON_PREMISES));
        }
        Ok(group)
    } else {
        Err(ODataError::insufficient_privileges())
    }
}

fn group<'a>(state: &'a Inner, id: &str) -> Result<&'a Group, ODataError> {
    let groups = &state.directory.groups;
    let group = groups
        .iter()
        .find(|group| group.id.eq_ignore_ascii_case(id));
    group.ok_or_else(|| ODataError::no_such_object(id))
}

fn roles<'a>(
    state: &'a Inner,
    user: &User,
    transitive: bool,
) -> impl Iterator<Item = Map<String, Value>> + 'a {
    let mut roles = if transitive {
        state.directory.active_roles(user)
    } else {
        user.roles.clone()
    };
    roles.dedup();
    roles.into_iter().map(|role| {
        let mut object = directory_role(state, role);
        let type_name = json!("#microsoft.graph.directoryRole");
        object.insert("@odata.type".to_owned(), type_name);
        object
    })
}

fn unit(unit: &Unit) -> Map<String, Value> {
    members(json!({
        "@odata.type": "#microsoft.graph.administrativeUnit",
        "id": unit.id,
        "deletedDateTime": null,
        "description": null,
        "displayName": unit.display_name,
        "visibility": null,
    }))
}

fn typed(group: &Group) -> Map<String, Value> {
    let mut object = object(group);
    object.insert("@odata.type".to_owned(), json!("#microsoft.graph.group"));
    object
}

fn object(group: &Group) -> Map<String, Value> {
    members(json!({
        "id": group.id,
        "deletedDateTime": null,
        "createdDateTime": directory_time(group.created),
        "description": null,
        "displayName": group.display_name,
        "groupTypes": if group.dynamic { vec!["DynamicMembership"] } else { Vec::new() },
        "isAssignableToRole": group.role_assignable.then_some(true),
        "mail": null,
        "mailEnabled": group.mail_enabled,
        "mailNickname": group.id.get(..8),
        "onPremisesSyncEnabled": group.synced.then_some(true),
        "securityEnabled": true,
        "visibility": null,
    }))
}
