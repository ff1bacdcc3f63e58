//! People, their memberships, and the organization.

use serde_json::{Map, Value, json};

use crate::clock::directory_time;
use crate::directory::{DOMAIN, Group, INITIAL_DOMAIN, Membership, PARTNER_DOMAIN, User};
use crate::graph::caller::Caller;
use crate::graph::error::Problem;
use crate::graph::filter;
use crate::graph::odata::{members, selected, with_context};
use crate::graph::{Call, Reply};
use crate::state::{Inner, Tenant};

const READ_USERS: &[&str] = &["User.Read.All", "Directory.Read.All", "User.ReadWrite.All"];
const DEFAULTS: &[&str] = &[
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
    "id",
];
const FILTERED: &[&str] = &[
    "id",
    "displayName",
    "givenName",
    "surname",
    "mail",
    "userPrincipalName",
    "department",
    "employeeId",
    "jobTitle",
    "accountEnabled",
    "userType",
    "onPremisesSyncEnabled",
];
const SEARCHED: &[&str] = &[
    "displayName",
    "givenName",
    "surname",
    "mail",
    "userPrincipalName",
];

/// One person.
pub(crate) fn read(
    state: &Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
) -> Result<Reply, Problem> {
    let user = found(state, key)?;
    if caller.is(user) {
        caller.needs(
            &["User.Read", "User.Read.All", "Directory.Read.All"],
            Problem::insufficient_privileges,
        )?;
    } else {
        caller.needs(READ_USERS, Problem::insufficient_privileges)?;
    }
    let user = if call.other_user {
        another(state, user)
    } else {
        user
    };
    let object = selected(object(user), call.query.select.as_deref(), DEFAULTS, "user")?;
    Ok(Reply::Ok(with_context(&call.root, "users/$entity", object)))
}

/// People found by `$search` or `$filter`, or all.
pub(crate) fn list(state: &Inner, caller: &Caller, call: &Call<'_>) -> Result<Reply, Problem> {
    caller.needs(READ_USERS, Problem::insufficient_privileges)?;
    let query = &call.query;
    let mut conditions = Vec::new();
    if let Some(text) = &query.search {
        if !query.eventual {
            let message = "Request with $search query parameter only works through MSGraph with a special request header: \
                           'ConsistencyLevel: eventual'";
            return Err(Problem::unsupported_query(message));
        }
        conditions.push(filter::search(text, SEARCHED)?);
    }
    if let Some(text) = &query.filter {
        let condition = filter::filter(text, FILTERED)?;
        if condition.is_advanced() && !(query.eventual && query.count) {
            let message = "Unsupported or invalid query filter clause specified for this request.";
            return Err(Problem::unsupported_query(message));
        }
        conditions.push(condition);
    }
    let mut objects: Vec<Map<String, Value>> = state
        .directory
        .users
        .iter()
        .map(|user| {
            if call.other_user {
                another(state, user)
            } else {
                user
            }
        })
        .map(object)
        .filter(|object| {
            call.other_user || conditions.iter().all(|condition| condition.holds(object))
        })
        .collect();
    if let Some(order) = &query.order_by {
        sort(&mut objects, order)?;
    }
    let select = query.select.as_deref();
    let selected: Result<Vec<Value>, Problem> = objects
        .into_iter()
        .map(|object| selected(object, select, DEFAULTS, "user").map(Value::Object))
        .collect();
    Ok(Reply::Ok(
        query.page(&call.root, "/users", "users", selected?),
    ))
}

/// Groups and active roles, or active roles only.
pub(crate) fn member_of(
    state: &Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
    roles_only: bool,
) -> Result<Reply, Problem> {
    let user = found(state, key)?;
    if caller.is(user) {
        caller.needs(
            &["User.Read", "User.Read.All", "Directory.Read.All"],
            Problem::insufficient_privileges,
        )?;
    } else {
        caller.needs(READ_USERS, Problem::insufficient_privileges)?;
    }
    let mut all: Vec<Map<String, Value>> = roles(state, user).collect();
    if !roles_only {
        all.extend(groups(state, user));
    }
    let kept = |object: Map<String, Value>| match &call.query.select {
        Some(select) => {
            let kept =
                |name: &String| name == "id" || name.starts_with('@') || select.contains(name);
            Value::Object(object.into_iter().filter(|(name, _)| kept(name)).collect())
        }
        None => Value::Object(object),
    };
    let all = all.into_iter().map(kept).collect();
    let (tail, context) = if roles_only {
        ("/microsoft.graph.directoryRole", "directoryRoles")
    } else {
        ("", "directoryObjects")
    };
    let path = format!("/users/{}/transitiveMemberOf{tail}", user.id);
    Ok(Reply::Ok(call.query.page(&call.root, &path, context, all)))
}

fn roles<'a>(state: &'a Inner, user: &'a User) -> impl Iterator<Item = Map<String, Value>> + 'a {
    user.roles.iter().map(|role| {
        members(json!({
            "@odata.type": "#microsoft.graph.directoryRole",
            "id": state.directory.role_id(*role),
            "deletedDateTime": null,
            "description": role.name(),
            "displayName": role.name(),
            "roleTemplateId": role.template_id(),
        }))
    })
}

fn groups<'a>(state: &'a Inner, user: &'a User) -> impl Iterator<Item = Map<String, Value>> + 'a {
    let mine = |group: &&Group| user.groups.contains(&group.id);
    state.directory.groups.iter().filter(mine).map(|group| {
        members(json!({
            "@odata.type": "#microsoft.graph.group",
            "id": group.id,
            "deletedDateTime": null,
            "displayName": group.display_name,
            "isAssignableToRole": group.role_assignable,
            "securityEnabled": true,
            "mailEnabled": false,
            "groupTypes": [],
        }))
    })
}

/// The tenant itself.
pub(crate) fn organization(
    tenant: &Tenant,
    caller: &Caller,
    call: &Call<'_>,
) -> Result<Reply, Problem> {
    caller.needs(
        &["User.Read", "User.Read.All", "Organization.Read.All"],
        Problem::insufficient_privileges,
    )?;
    let domain = |name: &str, is_default: bool, is_initial: bool| {
        json!({
            "capabilities": "Email, OfficeCommunicationsOnline", "isDefault": is_default, "isInitial": is_initial,
            "name": name, "type": "Managed",
        })
    };
    let object = members(json!({
        "id": tenant.id,
        "deletedDateTime": null,
        "displayName": tenant.display_name,
        "countryLetterCode": "JP",
        "defaultUsageLocation": "JP",
        "preferredLanguage": "ja",
        "tenantType": "AAD",
        "onPremisesSyncEnabled": true,
        "businessPhones": ["0776-20-3660"],
        "technicalNotificationMails": [],
        "assignedPlans": [],
        "provisionedPlans": [],
        "verifiedDomains": [
            domain(DOMAIN, true, false), domain(PARTNER_DOMAIN, false, false), domain(INITIAL_DOMAIN, false, true),
        ],
    }));
    let object = selected(object, call.query.select.as_deref(), &[], "organization")?;
    Ok(Reply::Ok(call.query.page(
        &call.root,
        "/organization",
        "organization",
        vec![Value::Object(object)],
    )))
}

/// The person with that id or sign-in name, as the directory's refusal otherwise.
pub(crate) fn found<'a>(state: &'a Inner, key: &str) -> Result<&'a User, Problem> {
    // Some clients double the quote in the plain form of the path as well.
    let user = state
        .directory
        .user(key)
        .or_else(|| state.directory.user(&key.replace("''", "'")));
    user.ok_or_else(|| Problem::no_such_object(key))
}

fn another<'a>(state: &'a Inner, user: &'a User) -> &'a User {
    let others = || {
        state
            .directory
            .users
            .iter()
            .filter(|other| other.id != user.id)
    };
    let after = state
        .directory
        .users
        .iter()
        .skip_while(|other| other.id != user.id)
        .nth(1);
    after.or_else(|| others().next()).unwrap_or(user)
}

fn object(user: &User) -> Map<String, Value> {
    let guest = user.membership != Membership::Member;
    let external = user.membership == Membership::ExternalGuest;
    let identities = if external {
        json!([{"signInType": "federated", "issuer": "ExternalAzureAD", "issuerAssignedId": null}])
    } else {
        json!([{"signInType": "userPrincipalName", "issuer": INITIAL_DOMAIN, "issuerAssignedId": user.upn}])
    };
    let created = directory_time(user.created);
    let optional = |text: &str| {
        if text.is_empty() {
            Value::Null
        } else {
            json!(text)
        }
    };
    members(json!({
        "id": user.id,
        "accountEnabled": user.enabled,
        "businessPhones": [],
        "createdDateTime": created,
        "creationType": if external { json!("Invitation") } else { Value::Null },
        "department": optional(&user.department),
        "displayName": user.display_name,
        "employeeId": optional(&user.employee_id),
        "externalUserState": if external { json!("Accepted") } else { Value::Null },
        "givenName": optional(&user.given_name),
        "identities": identities,
        "isManagementRestricted": false,
        "jobTitle": optional(&user.job_title),
        "lastPasswordChangeDateTime": created,
        "mail": user.mail,
        "mobilePhone": null,
        "officeLocation": null,
        "onPremisesSyncEnabled": if user.synced { json!(true) } else { Value::Null },
        "otherMails": [],
        "passwordPolicies": null,
        "preferredLanguage": "ja",
        "signInSessionsValidFromDateTime": created,
        "surname": optional(&user.surname),
        "usageLocation": "JP",
        "userPrincipalName": user.upn,
        "userType": if guest { "Guest" } else { "Member" },
    }))
}

fn sort(objects: &mut [Map<String, Value>], order: &str) -> Result<(), Problem> {
    let (property, direction) = order.split_once(' ').unwrap_or((order, "asc"));
    if !["displayName", "userPrincipalName"].contains(&property) {
        return Err(Problem::unsupported_query(format!(
            "Sorting not supported for property '{property}'."
        )));
    }
    let key = |object: &Map<String, Value>| {
        object
            .get(property)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    objects.sort_by_key(key);
    if direction.trim() == "desc" {
        objects.reverse();
    }
    Ok(())
}
