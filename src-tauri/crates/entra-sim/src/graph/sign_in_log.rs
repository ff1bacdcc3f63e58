//! A sign-in as the log shows it: at first incomplete, later with the app and, below beta, each step.

use serde_json::{Map, Value, json};

use crate::clock::{after_seconds, graph_time};
use crate::directory::User;
use crate::directory::methods::Authenticator;
use crate::graph::odata::members;
use crate::graph::reports::Seen;
use crate::graph::route::Version;
use crate::oauth::grants::FirstFactor;
use crate::records::sign_ins::SignInRecord;
use crate::state::{Inner, Tenant};

/// One sign-in; which methods were used is told below beta alone, and of the app in both.
pub(crate) fn sign_in_object(
    tenant: &Tenant,
    state: &Inner,
    sign_in: &SignInRecord,
    seen: Seen,
) -> Map<String, Value> {
    let user = state.directory.user(&sign_in.user_id);
    let client = state
        .clients
        .iter()
        .find(|client| client.id == sign_in.client_id);
    let (code, reason) = match &sign_in.failure {
        Some((code, reason)) => (*code, json!(reason)),
        None => (0, json!("Other.")),
    };
    let after = i64::from(state.flags.proof.log_complete_after_s);
    let complete = after_seconds(sign_in.at, after) <= seen.reached;
    let entry = user.and_then(|user| entry_of(user, sign_in));
    let app = entry
        .filter(|_| complete)
        .map(|entry| app_details(state, entry));
    let mut object = members(json!({
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
    }));
    if seen.version == Version::Beta {
        let steps = match (complete, user) {
            (true, Some(user)) => steps(state, user, sign_in, entry),
            (_, _) => vec![first_look(sign_in)],
        };
        object.insert("authenticationDetails".to_owned(), json!(steps));
    }
    object
}

/// The Authenticator entry that answered.
fn entry_of<'a>(user: &'a User, sign_in: &SignInRecord) -> Option<&'a Authenticator> {
    let id = sign_in.used.as_ref()?.entry.as_ref()?;
    user.authenticators().find(|entry| entry.id == *id)
}

/// The phone whose app answered, by the id of its entry: also where the password came first.
fn app_details(state: &Inner, entry: &Authenticator) -> Value {
    let device = entry.phone_sign_in.as_ref();
    let device = device.and_then(|phone| state.directory.devices.get(&phone.device_id));
    json!({
        "deviceId": entry.id, "appVersion": entry.app_version, "clientApp": "microsoftAuthenticator",
        "operatingSystem": device.map(|device| device.system.in_directory().0),
    })
}

/// What stands there at first: no primary row, and the wrong word that a token was enough.
fn first_look(sign_in: &SignInRecord) -> Value {
    let said = "MFA requirement satisfied by claim in the token";
    step(sign_in, ("Previously satisfied", None), MULTI, said)
}

const PRIMARY: &str = "Primary authentication";
const MULTI: &str = "Multifactor authentication";

fn steps(
    state: &Inner,
    user: &User,
    sign_in: &SignInRecord,
    entry: Option<&Authenticator>,
) -> Vec<Value> {
    let phone = entry.map(|entry| entry.display_name.as_str());
    let Some(used) = &sign_in.used else {
        let wrong = "Invalid username or password or Invalid on-premise username or password.";
        return vec![step(sign_in, ("Password", None), PRIMARY, wrong)];
    };
    let source = if !user.synced {
        "Password in the cloud"
    } else if state.flags.proof.pass_through {
        "Pass-through Authentication"
    } else {
        "Password Hash Sync"
    };
    let first = match used.proof {
        FirstFactor::Password => ("Password", Some(source)),
        FirstFactor::Pass(_) => ("Temporary Access Pass", None),
        FirstFactor::Phone => ("Passwordless phone sign-in", phone),
    };
    let mut all = vec![step(sign_in, first, PRIMARY, "Correct password")];
    if used.proof != FirstFactor::Password {
        all = vec![step(sign_in, first, PRIMARY, "")];
    } else if used.second_factor {
        let second = ("Mobile app notification", phone);
        all.push(step(sign_in, second, MULTI, "MFA completed in Azure AD"));
    }
    all
}

fn step(
    sign_in: &SignInRecord,
    (method, detail): (&str, Option<&str>),
    requirement: &str,
    result: &str,
) -> Value {
    json!({
        "authenticationMethod": method,
        "authenticationMethodDetail": detail,
        "authenticationStepDateTime": graph_time(sign_in.at),
        "authenticationStepRequirement": requirement,
        "authenticationStepResultDetail": result,
        "succeeded": sign_in.failure.is_none(),
    })
}
