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
use crate::graph::{GraphCall, GraphReply};
use crate::oauth::grants::FirstFactor;
use crate::records::audits::Audit;
use crate::records::sign_ins::SignInRecord;
use crate::state::{Inner, Tenant};

const REPORT: Listing<'_> = Listing {
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

/// What everybody had registered some time ago.
pub(crate) fn registration_details(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    permitted(state, caller, may_read_registrations)?;
    let made = report_made(tenant, state);
    let all = state.directory.users.iter();
    REPORT.of(call, all.map(|user| registration(state, user, made)))
}

/// What one person had registered some time ago.
pub(crate) fn registration_details_of(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    id: &str,
) -> Result<GraphReply, ODataError> {
    permitted(state, caller, may_read_registrations)?;
    let made = report_made(tenant, state);
    let user = state
        .directory
        .users
        .iter()
        .find(|user| user.id.eq_ignore_ascii_case(id));
    let user = user.ok_or_else(|| ODataError::no_such_object(id))?;
    one(call, &REPORT, registration(state, user, made))
}

/// Sign-ins, newest first.
pub(crate) fn sign_ins(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    permitted(state, caller, may_read_logs)?;
    let known = reported(tenant, state);
    let all = state.records.sign_ins.iter().rev();
    let all = all.filter(|sign_in| sign_in.at <= known);
    SIGN_INS.of(
        call,
        all.map(|sign_in| sign_in_object(tenant, state, sign_in)),
    )
}

/// One sign-in.
pub(crate) fn sign_in(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    id: &str,
) -> Result<GraphReply, ODataError> {
    permitted(state, caller, may_read_logs)?;
    let known = reported(tenant, state);
    let found = state
        .records
        .sign_ins
        .iter()
        .find(|sign_in| sign_in.id == id && sign_in.at <= known);
    let found = found.ok_or_else(|| ODataError::no_such_object(id))?;
    one(call, &SIGN_INS, sign_in_object(tenant, state, found))
}

/// Changes to the directory, newest first.
pub(crate) fn directory_audits(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    permitted(state, caller, may_read_logs)?;
    let known = reported(tenant, state);
    let all = state.records.audits.iter().rev();
    let all = all.filter(|audit| audit.at <= known);
    AUDITS.of(call, all.map(|audit| audit_object(state, audit)))
}

/// One change to the directory.
pub(crate) fn directory_audit(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    id: &str,
) -> Result<GraphReply, ODataError> {
    permitted(state, caller, may_read_logs)?;
    let known = reported(tenant, state);
    let found = state
        .records
        .audits
        .iter()
        .find(|audit| audit.id == id && audit.at <= known);
    let found = found.ok_or_else(|| ODataError::no_such_object(id))?;
    one(call, &AUDITS, audit_object(state, found))
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
fn reported(tenant: &Tenant, state: &Inner) -> Timestamp {
    after_seconds(tenant.now(), -i64::from(state.flags.log_lag_s))
}

/// The instant the registration report was made.
fn report_made(tenant: &Tenant, state: &mut Inner) -> Timestamp {
    let now = tenant.now();
    state.note_registrations(now);
    after_seconds(now, -i64::from(state.flags.report_lag_s))
}

fn one(
    call: &GraphCall<'_>,
    listing: &Listing<'_>,
    object: Map<String, Value>,
) -> Result<GraphReply, ODataError> {
    let select = call.query.select.as_deref();
    let object = selected(object, select, &[], listing.type_name)?;
    let context = format!("{}/$entity", listing.context);
    Ok(GraphReply::Ok(with_context(&call.root, &context, object)))
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

fn sign_in_object(tenant: &Tenant, state: &Inner, sign_in: &SignInRecord) -> Map<String, Value> {
    let user = state.directory.user(&sign_in.user_id);
    let client = state
        .clients
        .iter()
        .find(|client| client.id == sign_in.client_id);
    let (code, reason) = match &sign_in.failure {
        Some((code, reason)) => (*code, json!(reason)),
        None => (0, json!("Other.")),
    };
    // Which method was used is told for the app only; v1.0 has no `authenticationDetails`.
    let by_app = matches!(sign_in.proof, Some(FirstFactor::Phone));
    let app = user.filter(|_| by_app).and_then(app_details);
    members(json!({
        "id": sign_in.id,
        "createdDateTime": graph_time(sign_in.at),
        "userId": sign_in.user_id,
        "userPrincipalName": user.map(|user| &user.upn),
        "userDisplayName": user.map(|user| &user.display_name),
        "appId": sign_in.client_id,
        "appDisplayName": client.map(|client| client.name.clone()),
        "ipAddress": "127.0.0.1",
        "clientAppUsed": "Browser",
        "correlationId": sign_in.correlation_id,
        "conditionalAccessStatus": "notApplied",
        "appliedConditionalAccessPolicies": [],
        "isInteractive": true,
        "homeTenantId": tenant.id,
        "resourceTenantId": tenant.id,
        "resourceDisplayName": "Microsoft Graph",
        "resourceId": "00000003-0000-0000-c000-000000000000",
        "riskDetail": "none",
        "riskLevelAggregated": "none",
        "riskLevelDuringSignIn": "none",
        "riskState": "none",
        "riskEventTypes": [],
        "riskEventTypes_v2": [],
        "status": {"errorCode": code, "failureReason": reason, "additionalDetails": null},
        "authenticationAppDeviceDetails": app,
        "deviceDetail": {
            "deviceId": "", "displayName": "", "operatingSystem": "", "browser": "",
            "isCompliant": false, "isManaged": false, "trustType": "",
        },
        "location": {"city": "Fukui", "state": "Fukui", "countryOrRegion": "JP", "geoCoordinates": null},
    }))
}

/// The phone whose app approved.
fn app_details(user: &User) -> Option<Value> {
    user.authenticators().find_map(|entry| {
        let phone = entry.phone_sign_in.as_ref()?;
        Some(json!({
            "deviceId": phone.device_id, "appVersion": entry.app_version,
            "clientApp": "microsoftAuthenticator", "operatingSystem": null,
        }))
    })
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
