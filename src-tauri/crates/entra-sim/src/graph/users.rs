//! People.

use serde_json::{Map, Value, json};

use crate::clock::directory_time;
use crate::directory::{INITIAL_DOMAIN, Membership, User};
use crate::flags::proof::ProfileShown;
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::listing::Listing;
use crate::graph::odata::{members, selected, with_context};
use crate::graph::{GraphCall, GraphReply};
use crate::state::Inner;

const READ_USERS: &[&str] = &[
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
/// Properties of the type that nobody here has: they can be selected, and are null.
const UNSET: &[&str] = &[
    "aboutMe",
    "ageGroup",
    "authorizationInfo",
    "birthday",
    "city",
    "companyName",
    "consentProvidedForMinor",
    "country",
    "employeeHireDate",
    "employeeLeaveDateTime",
    "employeeOrgData",
    "employeeType",
    "externalUserStateChangeDateTime",
    "faxNumber",
    "hireDate",
    "isResourceAccount",
    "legalAgeGroupClassification",
    "mailNickname",
    "mailboxSettings",
    "mySite",
    "onPremisesDistinguishedName",
    "onPremisesDomainName",
    "onPremisesExtensionAttributes",
    "onPremisesImmutableId",
    "onPremisesLastSyncDateTime",
    "onPremisesSamAccountName",
    "onPremisesSecurityIdentifier",
    "onPremisesUserPrincipalName",
    "postalCode",
    "preferredDataLocation",
    "preferredName",
    "securityIdentifier",
    "showInAddressList",
    "signInActivity",
    "state",
    "streetAddress",
];
/// Collections of the type that are empty for everybody here.
const EMPTY: &[&str] = &[
    "assignedLicenses",
    "assignedPlans",
    "imAddresses",
    "interests",
    "licenseAssignmentStates",
    "onPremisesProvisioningErrors",
    "pastProjects",
    "provisionedPlans",
    "proxyAddresses",
    "responsibilities",
    "schools",
    "serviceProvisioningErrors",
    "skills",
];
/// What `User.ReadBasic.All` shows of others.
const BASIC: &[&str] = &[
    "displayName",
    "givenName",
    "id",
    "mail",
    "photo",
    "securityIdentifier",
    "surname",
    "userPrincipalName",
];
const USERS: Listing<'_> = Listing {
    path: "/users",
    context: "users",
    type_name: "user",
    default: DEFAULTS,
    filtered: FILTERED,
    searched: SEARCHED,
    sorted: &["displayName", "userPrincipalName"],
    advanced: true,
    page: 100,
};
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
    "accountEnabled",
    "ageGroup",
    "businessPhones",
    "city",
    "companyName",
    "consentProvidedForMinor",
    "country",
    "createdDateTime",
    "creationType",
    "department",
    "displayName",
    "employeeId",
    "employeeType",
    "externalUserState",
    "faxNumber",
    "givenName",
    "id",
    "identities",
    "jobTitle",
    "mail",
    "mailNickname",
    "mobilePhone",
    "officeLocation",
    "onPremisesImmutableId",
    "onPremisesSyncEnabled",
    "otherMails",
    "postalCode",
    "preferredLanguage",
    "state",
    "streetAddress",
    "surname",
    "usageLocation",
    "userPrincipalName",
    "userType",
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
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    let user = found(state, key)?;
    let own = caller.is(user) && caller.holds(&["User.Read", "User.ReadWrite"]);
    let default = if own {
        DEFAULTS
    } else {
        visible(caller, call)?
    };
    let user = if call.other_user {
        another(state, user)
    } else {
        user
    };
    let select = call.query.select.as_deref();
    let object = selected(asked(user, call), select, default, "user")?;
    let context = call.query.shaped("users/$entity");
    Ok(GraphReply::Ok(with_context(&call.root, &context, object)))
}

/// People found by `$search` or `$filter`, or all.
pub(crate) fn list(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    let listing = Listing {
        default: visible(caller, call)?,
        ..USERS
    };
    let shown = |user| {
        if call.other_user {
            another(state, user)
        } else {
            user
        }
    };
    let users = state.directory.users.iter().map(shown);
    listing.of(call, users.map(|user| asked(user, call)))
}

/// The properties given without a selection. `User.ReadBasic.All` opens a few and no others.
fn visible(caller: &Caller, call: &GraphCall<'_>) -> Result<&'static [&'static str], ODataError> {
    if caller.holds(READ_USERS) {
        return Ok(DEFAULTS);
    }
    caller.needs(&["User.ReadBasic.All"], ODataError::insufficient_privileges)?;
    let select = call.query.select.iter().flatten();
    let query = [&call.query.filter, &call.query.search];
    let beyond = |name: &&str| FILTERED.contains(name) && !BASIC.contains(name);
    // What stands between quotes is a value.
    let mut named = query
        .into_iter()
        .flatten()
        .flat_map(|text| text.split('\'').step_by(2))
        .flat_map(|part| part.split(|letter: char| !letter.is_alphanumeric()));
    let hidden = select
        .into_iter()
        .any(|name| !BASIC.contains(&name.as_str()))
        || named.any(|name| beyond(&name));
    if hidden {
        return Err(ODataError::insufficient_privileges());
    }
    Ok(BASIC)
}

/// How many people there are, or fit; as plain text.
pub(crate) fn count(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    caller.needs(READ_USERS, ODataError::insufficient_privileges)?;
    let counting = Listing {
        path: "/users/$count",
        ..USERS
    };
    counting.counted(call, state.directory.users.iter().map(object))
}

/// The person's manager.
pub(crate) fn manager(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    let user = found(state, key)?;
    let own = caller.is(user) && caller.holds(&["User.Read"]);
    if !own {
        caller.needs(READ_USERS, ODataError::insufficient_privileges)?;
    }
    let manager = user
        .manager
        .as_deref()
        .and_then(|id| state.directory.user(id));
    let manager = manager.ok_or_else(|| ODataError::no_such_object("manager"))?;
    let manager = members(as_member(manager, call)?);
    Ok(GraphReply::Ok(with_context(
        &call.root,
        "directoryObjects/$entity",
        manager,
    )))
}

/// A person as a member of something, with the type's name.
pub(crate) fn as_member(user: &User, call: &GraphCall<'_>) -> Result<Value, ODataError> {
    let select = call.query.select.as_deref();
    let mut object = selected(asked(user, call), select, DEFAULTS, "user")?;
    object.insert("@odata.type".to_owned(), json!("#microsoft.graph.user"));
    Ok(Value::Object(object))
}

/// The person, where the caller may read more than what is open to all.
pub(crate) fn readable<'a>(
    state: &'a Inner,
    caller: &Caller,
    key: &str,
) -> Result<&'a User, ODataError> {
    let user = found(state, key)?;
    let own = caller.is(user) && caller.holds(&["User.Read", "User.ReadWrite"]);
    if !own {
        caller.needs(READ_USERS, ODataError::insufficient_privileges)?;
    }
    Ok(user)
}

/// The person with that id or sign-in name, as the directory's refusal otherwise.
pub(crate) fn found<'a>(state: &'a Inner, key: &str) -> Result<&'a User, ODataError> {
    // Some clients double the quote in the plain form of the path as well.
    let user = state
        .directory
        .user(key)
        .or_else(|| state.directory.user(&key.replace("''", "'")));
    user.ok_or_else(|| ODataError::no_such_object(key))
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

/// The person with those of the unset properties that are selected.
fn asked(user: &User, call: &GraphCall<'_>) -> Map<String, Value> {
    let mut object = object(user);
    let shown = match call.profile {
        ProfileShown::Never => false,
        ProfileShown::WhenDue => user.password_change_due,
        ProfileShown::Always => true,
    };
    if shown {
        let profile = json!({
            "password": null,
            "forceChangePasswordNextSignIn": user.password_change_due,
            "forceChangePasswordNextSignInWithMfa": false,
        });
        object.insert("passwordProfile".to_owned(), profile);
    }
    for name in call.query.select.iter().flatten() {
        if object.contains_key(name) {
            continue;
        }
        if UNSET.contains(&name.as_str()) {
            object.insert(name.clone(), Value::Null);
        } else if EMPTY.contains(&name.as_str()) {
            object.insert(name.clone(), json!([]));
        }
    }
    object
}

fn object(user: &User) -> Map<String, Value> {
    let guest = user.membership != Membership::Member;
    let external = user.membership == Membership::ExternalGuest;
    let created = directory_time(user.created);
    let optional = |text: &str| {
        if text.is_empty() {
            Value::Null
        } else {
            json!(text)
        }
    };
    let mut object = members(json!({
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
        "identities": identities(user),
        "isManagementRestricted": user.restricted.then_some(true),
        "jobTitle": optional(&user.job_title),
        "lastPasswordChangeDateTime": directory_time(user.password_changed),
        "mail": user.mail,
        "mobilePhone": null,
        "officeLocation": null,
        "onPremisesSyncEnabled": if user.synced { json!(true) } else { Value::Null },
        "otherMails": user.other_mails,
        "passwordPolicies": user.password_policies,
        "passwordProfile": null,
        "preferredLanguage": "ja",
        "signInSessionsValidFromDateTime": directory_time(user.sessions_valid_from),
        "surname": optional(&user.surname),
        "usageLocation": "JP",
        "userPrincipalName": user.upn,
        "userType": if guest { "Guest" } else { "Member" },
    }));
    object.extend(user.further_properties.clone());
    object
}

fn identities(user: &User) -> Value {
    let identity = |kind: &str, issuer: &str, id: Option<&str>| json!({"signInType": kind, "issuer": issuer, "issuerAssignedId": id});
    let own = if user.membership == Membership::ExternalGuest {
        identity("federated", "ExternalAzureAD", None)
    } else {
        identity("userPrincipalName", INITIAL_DOMAIN, Some(&user.upn))
    };
    let address = user.mail_identity.as_deref();
    let further = address.map(|address| identity("emailAddress", INITIAL_DOMAIN, Some(address)));
    Value::Array([own].into_iter().chain(further).collect())
}
