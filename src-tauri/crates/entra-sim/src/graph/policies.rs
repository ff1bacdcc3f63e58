//! The authentication methods policy.

use serde_json::{Map, Value, json};

use crate::clock::graph_time;
use crate::directory::roles::may_read_policy;
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::odata::{members, with_context};
use crate::graph::{GraphCall, GraphReply};
use crate::oauth::flags::PasskeyOffer;
use crate::passkey_policy::{PasskeyPolicy, PasskeyProfile};
use crate::state::{Inner, Tenant};

const NARROW: &[&str] = &[
    "Policy.Read.AuthenticationMethod",
    "Policy.ReadWrite.AuthenticationMethod",
];
const WIDE: &[&str] = &[
    "Policy.Read.AuthenticationMethod",
    "Policy.ReadWrite.AuthenticationMethod",
    "Policy.Read.All",
];
const CONFIGURATIONS: &str = "authenticationMethodsPolicy/authenticationMethodConfigurations";

/// The whole policy.
pub(crate) fn policy(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    readable(state, caller, WIDE)?;
    let all: Vec<Value> = every(state).into_iter().map(Value::Object).collect();
    let policy = members(json!({
        "id": "authenticationMethodsPolicy",
        "displayName": "Authentication Methods Policy",
        "description": "The tenant-wide policy that controls which authentication methods are allowed in the tenant",
        "lastModifiedDateTime": graph_time(tenant.now()),
        "policyVersion": "1.5",
        "policyMigrationState": "migrationComplete",
        "registrationEnforcement": {
            "authenticationMethodsRegistrationCampaign": campaign(state.flags.sign_in.passkey_offer),
        },
        "authenticationMethodConfigurations": all,
    }));
    Ok(GraphReply::Ok(with_context(
        &call.root,
        "authenticationMethodsPolicy",
        policy,
    )))
}

/// The registration campaign, which is what the pages follow when they offer a passkey.
fn campaign(offer: PasskeyOffer) -> Value {
    let target = |method: &str| json!([{"id": "all_users", "targetType": "group", "targetedAuthenticationMethod": method}]);
    match offer {
        PasskeyOffer::Never => json!({
            "snoozeDurationInDays": 1, "state": "default", "excludeTargets": [],
            "includeTargets": target("microsoftAuthenticator"),
        }),
        // Microsoft managed, with snoozes without end; 0 days is at every sign-in with more than a password.
        PasskeyOffer::Skippable => json!({
            "snoozeDurationInDays": 0, "state": "default", "enforceRegistrationAfterAllowedSnoozes": false,
            "excludeTargets": [], "includeTargets": target("fido2"),
        }),
        PasskeyOffer::Enforced => json!({
            "snoozeDurationInDays": 0, "state": "enabled", "enforceRegistrationAfterAllowedSnoozes": true,
            "excludeTargets": [], "includeTargets": target("fido2"),
        }),
    }
}

/// Every method's configuration.
pub(crate) fn configurations(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    readable(state, caller, WIDE)?;
    let all = every(state).into_iter().map(Value::Object).collect();
    Ok(GraphReply::Ok(call.query.page(
        &call.root,
        &format!("/policies/{CONFIGURATIONS}"),
        CONFIGURATIONS,
        all,
    )))
}

/// One method's configuration.
pub(crate) fn configuration(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    id: &str,
) -> Result<GraphReply, ODataError> {
    readable(state, caller, NARROW)?;
    let named = |object: &Map<String, Value>| {
        object
            .get("id")
            .and_then(Value::as_str)
            .is_some_and(|known| known.eq_ignore_ascii_case(id))
    };
    let object = every(state).into_iter().find(named);
    let object = object.ok_or_else(|| {
        ODataError::no_such_method("Authentication method configuration not found.")
    })?;
    Ok(GraphReply::Ok(with_context(
        &call.root,
        &format!("{CONFIGURATIONS}/$entity"),
        object,
    )))
}

fn readable(state: &Inner, caller: &Caller, scopes: &[&str]) -> Result<(), ODataError> {
    caller.needs(scopes, ODataError::method_access_denied)?;
    let role_lacks = state.flags.policy_needs_reader_role && !may_read_policy(&caller.roles);
    if !state.flags.policy_readable || role_lacks {
        return Err(ODataError::method_access_denied());
    }
    Ok(())
}

fn every(state: &Inner) -> Vec<Map<String, Value>> {
    let flags = &state.flags;
    let everyone =
        json!({"id": "all_users", "targetType": "group", "isRegistrationRequired": false});
    let feature = json!({
        "state": "default",
        "includeTarget": {"targetType": "group", "id": "all_users"},
        "excludeTarget": {"targetType": "group", "id": "00000000-0000-0000-0000-000000000000"},
    });
    let mut authenticator_target = everyone.clone();
    authenticator_target["authenticationMode"] = json!("any");
    let mut all = vec![
        fido2(&state.passkeys, &everyone),
        members(json!({
            "@odata.type": "#microsoft.graph.microsoftAuthenticatorAuthenticationMethodConfiguration",
            "id": "MicrosoftAuthenticator",
            "state": "enabled",
            "isSoftwareOathEnabled": false,
            "excludeTargets": [],
            "featureSettings": {
                "displayAppContextRequiredState": feature,
                "displayAppInformationRequiredState": feature,
                "displayLocationContextRequiredState": feature,
                "displayLocationInformationRequiredState": feature,
            },
            "includeTargets": [authenticator_target],
        })),
        members(json!({
            "@odata.type": "#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration",
            "id": "TemporaryAccessPass",
            "state": if flags.tap_policy_enabled { "enabled" } else { "disabled" },
            "defaultLifetimeInMinutes": flags.tap_policy_default,
            "defaultLength": flags.tap_policy_length,
            "minimumLifetimeInMinutes": flags.tap_policy_min,
            "maximumLifetimeInMinutes": flags.tap_policy_max,
            "isUsableOnce": flags.tap_policy_once,
            "excludeTargets": [{"id": state.directory.tap_excluded_group, "targetType": "group"}],
            "includeTargets": [everyone],
        })),
    ];
    all.extend(without_phone(&everyone));
    all
}

/// Passkeys. The first profile stands for the settings of before, which went into it.
fn fido2(policy: &PasskeyPolicy, everyone: &Value) -> Map<String, Value> {
    let profiles: Vec<Value> = policy.profiles.iter().map(PasskeyProfile::view).collect();
    let except = |id: &String| json!({"id": id, "targetType": "group"});
    let first = profiles.first();
    let no_restriction = json!({"isEnforced": false, "enforcementType": "block", "aaGuids": []});
    let restriction = first.map_or(no_restriction, |one| one["keyRestrictions"].clone());
    let targets = match profiles.is_empty() {
        true => vec![everyone.clone()],
        false => policy.targets(),
    };
    members(json!({
        "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration",
        "id": "Fido2",
        "state": if policy.enabled { "enabled" } else { "disabled" },
        "isSelfServiceRegistrationAllowed": policy.self_service,
        "isAttestationEnforced": policy.profiles.first().is_some_and(|one| one.attestation),
        "defaultPasskeyProfile": first.map(|one| &one["id"]),
        "passkeyProfiles": profiles,
        "excludeTargets": policy.except.iter().map(except).collect::<Vec<_>>(),
        "keyRestrictions": restriction,
        "includeTargets": targets,
    }))
}

/// The methods that play no part at the counter.
fn without_phone(everyone: &Value) -> [Map<String, Value>; 4] {
    let mut sms_target = everyone.clone();
    sms_target["isUsableForSignIn"] = json!(false);
    [
        members(json!({
            "@odata.type": "#microsoft.graph.softwareOathAuthenticationMethodConfiguration",
            "id": "SoftwareOath",
            "state": "enabled",
            "excludeTargets": [],
            "includeTargets": [everyone],
        })),
        members(json!({
            "@odata.type": "#microsoft.graph.smsAuthenticationMethodConfiguration",
            "id": "Sms",
            "state": "enabled",
            "excludeTargets": [],
            "includeTargets": [sms_target],
        })),
        members(json!({
            "@odata.type": "#microsoft.graph.voiceAuthenticationMethodConfiguration",
            "id": "Voice",
            "state": "disabled",
            "isOfficePhoneAllowed": false,
            "excludeTargets": [],
            "includeTargets": [everyone],
        })),
        members(json!({
            "@odata.type": "#microsoft.graph.emailAuthenticationMethodConfiguration",
            "id": "Email",
            "state": "enabled",
            "allowExternalIdToUseEmailOtp": "default",
            "excludeTargets": [],
            "includeTargets": [everyone],
        })),
    ]
}
