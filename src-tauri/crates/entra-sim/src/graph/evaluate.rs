//! `identity/conditionalAccess/evaluate`: which policies would apply to a sign-in that is only supposed.

use std::net::IpAddr;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::directory_time;
use crate::conditional_access::{AccessPolicy, SupposedSignIn, UserAction};
use crate::directory::roles::{Role, has_any};
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::{GraphCall, GraphReply};
use crate::state::Inner;

const READ: &[&str] = &[
    "Policy.Read.ConditionalAccess",
    "Policy.ReadWrite.ConditionalAccess",
    "Policy.Read.All",
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    sign_in_identity: Identity,
    sign_in_context: Context,
    sign_in_conditions: Conditions,
    #[serde(default)]
    applied_policies_only: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    user_id: String,
}

#[derive(Deserialize)]
#[serde(tag = "@odata.type", rename_all_fields = "camelCase")]
enum Context {
    #[serde(rename = "#microsoft.graph.userActionContext")]
    Action { user_action: UserAction },
    #[serde(rename = "#microsoft.graph.applicationContext")]
    Application,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Conditions {
    ip_address: Option<IpAddr>,
    device_platform: Option<String>,
}

/// Every policy with whether it would apply, or those alone that would.
pub(crate) fn evaluate(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    let denied = || {
        let message =
            "You cannot perform the requested operation, required scopes are missing in the token.";
        ODataError::new(403, "AccessDenied", message)
    };
    caller.needs(READ, denied)?;
    let readers = [
        Role::GlobalAdministrator,
        Role::GlobalReader,
        Role::SecurityAdministrator,
        Role::SecurityReader,
        Role::SecurityOperator,
    ];
    if state.flags.evaluate_needs_reader_role && !has_any(&caller.roles, &readers) {
        return Err(denied());
    }
    let asked: Asked = serde_json::from_slice(call.body).map_err(ODataError::unreadable)?;
    let user = state.directory.user(&asked.sign_in_identity.user_id);
    let user = user.ok_or_else(|| {
        ODataError::new(400, "badRequest", "The user of the sign-in does not exist.")
    })?;
    let conditions = &asked.sign_in_conditions;
    let supposed = SupposedSignIn {
        user,
        action: match asked.sign_in_context {
            Context::Action { user_action } => Some(user_action),
            Context::Application => None,
        },
        address: conditions.ip_address,
        platform: conditions.device_platform.as_deref(),
    };
    let judged = state.access_policies.iter().filter_map(|policy| {
        let reason = policy.passed_over(&supposed);
        let left_out = reason.is_some() && asked.applied_policies_only == Some(true);
        (!left_out).then(|| object(policy, reason))
    });
    let context = format!(
        "{}/$metadata#Collection(microsoft.graph.whatIfAnalysisResult)",
        call.root
    );
    let judged: Vec<Value> = judged.collect();
    Ok(GraphReply::Ok(
        json!({"@odata.context": context, "value": judged}),
    ))
}

fn object(policy: &AccessPolicy, reason: Option<&'static str>) -> Value {
    let (said, created) = (&policy.said, directory_time(policy.created));
    json!({
        "id": policy.id,
        "templateId": null,
        "displayName": said.display_name,
        "createdDateTime": created,
        "modifiedDateTime": created,
        "state": said.state,
        "policyApplies": reason.is_none(),
        "analysisReasons": reason.unwrap_or("notSet"),
        "partialEnablementStrategy": null,
        "sessionControls": null,
        "conditions": conditions(policy),
        "grantControls": grant(policy),
    })
}

fn conditions(policy: &AccessPolicy) -> Value {
    let said = &policy.said;
    let everything = said.user_actions.is_empty();
    let actions: Vec<&str> = said.user_actions.iter().map(|one| one.urn()).collect();
    let applications = if everything { vec!["All"] } else { Vec::new() };
    let people = if said.people.is_empty() {
        vec!["All".to_owned()]
    } else {
        said.people.clone()
    };
    let [within, except] = &policy.locations;
    let named = |networks: &[_], id: &str| {
        if networks.is_empty() {
            Vec::new()
        } else {
            vec![id.to_owned()]
        }
    };
    let everywhere = said.networks.is_empty();
    let locations = (!everywhere || !said.except_networks.is_empty()).then(|| {
        json!({
            "includeLocations": if everywhere { vec!["All".to_owned()] } else { named(&said.networks, within) },
            "excludeLocations": named(&said.except_networks, except),
        })
    });
    let platforms = (!said.platforms.is_empty())
        .then(|| json!({"includePlatforms": said.platforms, "excludePlatforms": []}));
    json!({
        "userRiskLevels": [], "signInRiskLevels": [], "clientAppTypes": ["all"],
        "servicePrincipalRiskLevels": [], "insiderRiskLevels": null, "clients": null,
        "platforms": platforms, "locations": locations, "times": null, "deviceStates": null, "devices": null,
        "clientApplications": null, "authenticationFlows": null,
        "applications": {
            "includeApplications": applications, "excludeApplications": [], "includeUserActions": actions,
            "includeAuthenticationContextClassReferences": [], "applicationFilter": null,
            "networkAccess": null, "globalSecureAccess": null,
        },
        "users": {
            "includeUsers": people, "excludeUsers": said.except_people, "includeGroups": [], "excludeGroups": [],
            "includeRoles": [], "excludeRoles": [], "includeGuestsOrExternalUsers": null,
            "excludeGuestsOrExternalUsers": null,
        },
    })
}

fn grant(policy: &AccessPolicy) -> Value {
    let created = directory_time(policy.created);
    let strength = policy.said.strength.as_ref().map(|strength| {
        json!({
            "id": policy.id, "createdDateTime": created, "modifiedDateTime": created,
            "displayName": strength.display_name, "description": strength.display_name, "policyType": "custom",
            "requirementsSatisfied": "mfa", "allowedCombinations": strength.allowed,
            "combinationConfigurations": [],
        })
    });
    json!({
        "operator": "OR", "builtInControls": policy.said.controls, "customAuthenticationFactors": [],
        "termsOfUse": [], "authenticationStrength": strength,
    })
}
