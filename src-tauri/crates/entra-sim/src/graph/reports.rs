//! The registration report, the sign-in log and the directory audit log. All of them are late.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::clock::{after_seconds, graph_time};
use crate::directory::roles::{Role, may_read_logs, may_read_registrations};
use crate::directory::{Membership, User};
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::listing::Listing;
use crate::graph::odata::{members, selected, with_context};
use crate::graph::route::Version;
use crate::graph::sign_in_log::sign_in_object;
use crate::graph::{GraphCall, GraphReply};
use crate::records::audits::Audit;
use crate::records::sign_ins::SignInRecord;
use crate::state::{Inner, Tenant};

const REGISTRATIONS: Listing<'_> = Listing {
    path: "/reports/authenticationMethods/userRegistrationDetails",
    context: "reports/authenticationMethods/userRegistrationDetails",
    type_name: "userRegistrationDetails",
    default: &[],
    filtered: &[
        "id",
        "userPrincipalName",
        "userDisplayName",
        "userType",
        "isAdmin",
        "isMfaCapable",
        "isMfaRegistered",
        "isPasswordlessCapable",
        "isSsprRegistered",
        "isSsprEnabled",
        "isSsprCapable",
        "methodsRegistered",
    ],
    searched: &[],
    sorted: &["userPrincipalName", "userDisplayName"],
    advanced: false,
    page: 1_000,
};
const SIGN_INS: Listing<'_> = Listing {
    path: "/auditLogs/signIns",
    context: "auditLogs/signIns",
    type_name: "signIn",
    default: &[],
    filtered: &[
        "id",
        "createdDateTime",
        "userId",
        "userPrincipalName",
        "userDisplayName",
        "appId",
        "appDisplayName",
        "ipAddress",
        "correlationId",
        "isInteractive",
        "conditionalAccessStatus",
        "status/errorCode",
        "clientAppUsed",
        "resourceDisplayName",
        "resourceId",
    ],
    searched: &[],
    sorted: &["createdDateTime"],
    advanced: false,
    page: 1_000,
};
const AUDITS: Listing<'_> = Listing {
    path: "/auditLogs/directoryAudits",
    context: "auditLogs/directoryAudits",
    type_name: "directoryAudit",
    default: &[],
    filtered: &[
        "id",
        "activityDateTime",
        "activityDisplayName",
        "category",
        "correlationId",
        "loggedByService",
        "operationType",
        "result",
        "initiatedBy/user/id",
        "initiatedBy/user/userPrincipalName",
        "initiatedBy/user/displayName",
        "targetResources",
    ],
    searched: &[],
    sorted: &["activityDateTime"],
    advanced: false,
    page: 1_000,
};

/// How an entry is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// The instant the report has reached.
    pub(crate) reached: Timestamp,
    pub(crate) version: Version,
}

/// A report or log of which all entries are listed and one is read by its id.
pub(crate) trait Report {
    /// One of its entries in the tenant's state.
    type Entry: 'static;
    const LISTING: Listing<'static>;
    /// Whose roles may read it.
    const READERS: fn(&[Role]) -> bool;

    /// The instant it has reached.
    fn reached(tenant: &Tenant, state: &mut Inner) -> Timestamp;

    /// What it holds then, in the order of the list.
    fn entries(state: &Inner, reached: Timestamp) -> impl Iterator<Item = &Self::Entry>;

    /// Whether an entry has that id.
    fn is(entry: &Self::Entry, id: &str) -> bool;

    /// An entry as Graph shows it.
    fn object(
        tenant: &Tenant,
        state: &Inner,
        entry: &Self::Entry,
        seen: Seen,
    ) -> Map<String, Value>;
}

/// All entries of a report.
pub(crate) fn list<R: Report>(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    permitted(state, caller, R::READERS)?;
    let reached = R::reached(tenant, state);
    let state = &*state;
    let version = call.version;
    let object = |entry| R::object(tenant, state, entry, Seen { reached, version });
    R::LISTING.of(call, R::entries(state, reached).map(object))
}

/// One entry of a report.
pub(crate) fn one<R: Report>(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    id: &str,
) -> Result<GraphReply, ODataError> {
    permitted(state, caller, R::READERS)?;
    let reached = R::reached(tenant, state);
    let found = R::entries(state, reached).find(|entry| R::is(entry, id));
    let found = found.ok_or_else(|| ODataError::no_such_object(id))?;
    let version = call.version;
    let object = R::object(tenant, state, found, Seen { reached, version });
    let listing = R::LISTING;
    let select = call.query.select.as_deref();
    let object = selected(object, select, &[], listing.type_name)?;
    let context = format!("{}/$entity", listing.context);
    Ok(GraphReply::Ok(with_context(&call.root, &context, object)))
}

/// What everybody had registered some time ago.
pub(crate) struct RegistrationReport;

impl Report for RegistrationReport {
    type Entry = User;
    const LISTING: Listing<'static> = REGISTRATIONS;
    const READERS: fn(&[Role]) -> bool = may_read_registrations;

    fn reached(tenant: &Tenant, state: &mut Inner) -> Timestamp {
        let now = tenant.now();
        state.note_registrations(now);
        after_seconds(now, -i64::from(state.flags.report_lag_s))
    }

    fn entries(state: &Inner, _: Timestamp) -> impl Iterator<Item = &User> {
        state.directory.users.iter()
    }

    fn is(user: &User, id: &str) -> bool {
        user.id.eq_ignore_ascii_case(id)
    }

    fn object(_: &Tenant, state: &Inner, user: &User, seen: Seen) -> Map<String, Value> {
        registration(state, user, seen.reached)
    }
}

/// Sign-ins, newest first.
pub(crate) struct SignIns;

impl Report for SignIns {
    type Entry = SignInRecord;
    const LISTING: Listing<'static> = SIGN_INS;
    const READERS: fn(&[Role]) -> bool = may_read_logs;

    fn reached(tenant: &Tenant, state: &mut Inner) -> Timestamp {
        logged(tenant, state)
    }

    fn entries(state: &Inner, reached: Timestamp) -> impl Iterator<Item = &SignInRecord> {
        let all = state.records.sign_ins.iter().rev();
        all.filter(move |sign_in| sign_in.at <= reached)
    }

    fn is(sign_in: &SignInRecord, id: &str) -> bool {
        sign_in.id == id
    }

    fn object(
        tenant: &Tenant,
        state: &Inner,
        sign_in: &SignInRecord,
        seen: Seen,
    ) -> Map<String, Value> {
        sign_in_object(tenant, state, sign_in, seen)
    }
}

/// Changes to the directory, newest first.
pub(crate) struct DirectoryAudits;

impl Report for DirectoryAudits {
    type Entry = Audit;
    const LISTING: Listing<'static> = AUDITS;
    const READERS: fn(&[Role]) -> bool = may_read_logs;

    fn reached(tenant: &Tenant, state: &mut Inner) -> Timestamp {
        logged(tenant, state)
    }

    fn entries(state: &Inner, reached: Timestamp) -> impl Iterator<Item = &Audit> {
        let all = state.records.audits.iter().rev();
        all.filter(move |audit| audit.at <= reached)
    }

    fn is(audit: &Audit, id: &str) -> bool {
        audit.id == id
    }

    fn object(_: &Tenant, state: &Inner, audit: &Audit, _: Seen) -> Map<String, Value> {
        audit_object(state, audit)
    }
}

fn permitted(state: &Inner, caller: &Caller, role: fn(&[Role]) -> bool) -> Result<(), ODataError> {
    let scope_missing = || {
        let message =
            "Calling principal does not have required MSGraph permissions AuditLog.Read.All";
        ODataError::new(403, "Authentication_MSGraphPermissionMissing", message)
    };
    caller.needs(&["AuditLog.Read.All"], scope_missing)?;
    if !state.flags.premium {
        let message = "Neither tenant is B2C or tenant doesn't have premium license";
        let code = "Authentication_RequestFromNonPremiumTenantOrB2CTenant";
        return Err(ODataError::new(403, code, message));
    }
    if !role(&caller.roles) {
        let message = "User is not in the allowed roles";
        let code = "Authentication_RequestFromUnsupportedUserRole";
        return Err(ODataError::new(403, code, message));
    }
    Ok(())
}

/// The instant the logs have reached.
fn logged(tenant: &Tenant, state: &Inner) -> Timestamp {
    after_seconds(tenant.now(), -i64::from(state.flags.log_lag_s))
}

fn registration(state: &Inner, user: &User, made: Timestamp) -> Map<String, Value> {
    let words = state.records.registrations.at(user, made);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let passkey = ["passKeyDeviceBoundAuthenticator", "passKeyDeviceBound"];
    let passwordless = has(&passkey)
        || has(&[
            "microsoftAuthenticatorPasswordless",
            "windowsHelloForBusiness",
            "macOsSecureEnclaveKey",
        ]);
    let second = has(&[
        "microsoftAuthenticatorPush",
        "mobilePhone",
        "softwareOneTimePasscode",
    ]);
    let mfa = passwordless || second;
    let for_reset = has(&["mobilePhone", "email", "microsoftAuthenticatorPush"]);
    let preferred: Vec<&str> = if has(&passkey) {
        vec!["fido2"]
    } else if has(&["microsoftAuthenticatorPush"]) {
        vec!["push"]
    } else {
        Vec::new()
    };
    let guest = user.membership != Membership::Member;
    members(json!({
        "id": user.id,
        "userPrincipalName": user.upn,
        "userDisplayName": user.display_name,
        "userType": if guest { "guest" } else { "member" },
        "isAdmin": !state.directory.active_roles(user).is_empty(),
        "isSsprRegistered": for_reset,
        "isSsprEnabled": true,
        "isSsprCapable": for_reset,
        "isMfaRegistered": mfa,
        "isMfaCapable": mfa,
        "isPasswordlessCapable": passwordless,
        "methodsRegistered": words,
        "isSystemPreferredAuthenticationMethodEnabled": true,
        "systemPreferredAuthenticationMethods": preferred,
        "userPreferredMethodForSecondaryAuthentication": if second { "push" } else { "none" },
        "lastUpdatedDateTime": graph_time(made),
    }))
}

fn audit_object(state: &Inner, audit: &Audit) -> Map<String, Value> {
    let [activity, category, service, operation] = audit.activity.words();
    let by = state.directory.user(&audit.by);
    let mut clients = state.clients.iter();
    let app = clients.find(|client| by.is_none() && client.principal_id() == audit.by);
    let targets: Vec<Value> = audit
        .targets
        .iter()
        .map(|target| target_object(state, target))
        .collect();
    members(json!({
        "id": audit.id,
        "activityDateTime": graph_time(audit.at),
        "activityDisplayName": activity,
        "category": category,
        "correlationId": audit.correlation_id,
        "loggedByService": service,
        "operationType": operation,
        "result": if audit.failed { "failure" } else { "success" },
        "resultReason": audit.reason,
        "additionalDetails": [],
        "initiatedBy": {
            "app": app.map(|client| json!({
                "appId": client.id, "displayName": client.name, "servicePrincipalId": audit.by,
                "servicePrincipalName": null,
            })),
            "user": app.is_none().then(|| json!({
                "id": audit.by,
                "displayName": by.map(|user| &user.display_name),
                "userPrincipalName": by.map(|user| &user.upn),
                "ipAddress": "127.0.0.1",
            })),
        },
        "targetResources": targets,
    }))
}

fn target_object(state: &Inner, id: &str) -> Value {
    let user = state.directory.user(id);
    let group = state.directory.groups.iter().find(|group| group.id == id);
    let device = state.directory.devices.get(id);
    let (kind, name) = match (user, group, device) {
        (Some(user), _, _) => ("User", Some(&user.display_name)),
        (None, Some(group), _) => ("Group", Some(&group.display_name)),
        (None, None, Some(device)) => ("Device", Some(&device.display_name)),
        (None, None, None) => ("Other", None),
    };
    json!({
        "id": id,
        "displayName": name,
        "type": kind,
        "userPrincipalName": user.map(|user| &user.upn),
        "groupType": group.map(|_| "azureAD"),
        "modifiedProperties": [],
    })
}
