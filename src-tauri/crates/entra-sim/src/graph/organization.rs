//! The tenant itself and its domains.

use serde_json::{Map, Value, json};

use crate::directory::{DOMAIN, DOMAINS, INITIAL_DOMAIN};
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::odata::{members, selected, with_context};
use crate::graph::{GraphCall, GraphReply};
use crate::state::{Inner, Tenant};

const READ_DOMAINS: &[&str] = &[
    "Domain.Read.All",
    "Domain.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
/// `passwordValidityPeriodInDays` of a domain whose passwords never expire.
const NEVER: u32 = 2_147_483_647;

/// The tenant itself.
pub(crate) fn read(
    tenant: &Tenant,
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    caller.needs(
        &[
            "User.Read",
            "User.Read.All",
            "Organization.Read.All",
            "Directory.Read.All",
        ],
        ODataError::insufficient_privileges,
    )?;
    let domain = |name: &str| {
        json!({
            "capabilities": "Email, OfficeCommunicationsOnline", "isDefault": name == DOMAIN,
            "isInitial": name == INITIAL_DOMAIN,
            "name": name, "type": state.flags.proof.authentication_type(name),
        })
    };
    let object = members(json!({
        "id": tenant.id,
        "deletedDateTime": null,
        "displayName": tenant.display_name,
        "city": null,
        "country": null,
        "countryLetterCode": "JP",
        "createdDateTime": null,
        "onPremisesLastSyncDateTime": null,
        "postalCode": null,
        "privacyProfile": null,
        "state": null,
        "street": null,
        "defaultUsageLocation": "JP",
        "preferredLanguage": "ja",
        "tenantType": "AAD",
        "onPremisesSyncEnabled": true,
        "businessPhones": ["0776-20-3660"],
        "marketingNotificationEmails": [],
        "securityComplianceNotificationMails": [],
        "securityComplianceNotificationPhones": [],
        "technicalNotificationMails": [],
        "assignedPlans": [],
        "provisionedPlans": [],
        "verifiedDomains": DOMAINS.map(domain),
    }));
    let object = selected(object, call.query.select.as_deref(), &[], "organization")?;
    Ok(GraphReply::Ok(call.query.page(
        &call.root,
        "/organization",
        "organization",
        vec![Value::Object(object)],
    )))
}

/// The verified domains, with the password expiry each has.
pub(crate) fn domains(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
) -> Result<GraphReply, ODataError> {
    caller.needs(READ_DOMAINS, ODataError::insufficient_privileges)?;
    let select = call.query.select.as_deref();
    let all: Result<Vec<Value>, ODataError> = DOMAINS
        .into_iter()
        .map(|name| selected(object(state, name), select, &[], "domain").map(Value::Object))
        .collect();
    let answer = call.query.page(&call.root, "/domains", "domains", all?);
    Ok(GraphReply::Ok(answer))
}

/// One domain.
pub(crate) fn domain(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    name: &str,
) -> Result<GraphReply, ODataError> {
    caller.needs(READ_DOMAINS, ODataError::insufficient_privileges)?;
    let known = DOMAINS
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(name))
        .ok_or_else(|| ODataError::no_such_object(name))?;
    let select = call.query.select.as_deref();
    let object = selected(object(state, known), select, &[], "domain")?;
    Ok(GraphReply::Ok(with_context(
        &call.root,
        "domains/$entity",
        object,
    )))
}

fn object(state: &Inner, name: &str) -> Map<String, Value> {
    let validity = match state.flags.password_validity_days {
        0 => NEVER,
        days => days,
    };
    members(json!({
        "id": name,
        "authenticationType": state.flags.proof.authentication_type(name),
        "availabilityStatus": null,
        "isAdminManaged": true,
        "isDefault": name == DOMAIN,
        "isInitial": name == INITIAL_DOMAIN,
        "isRoot": true,
        "isVerified": true,
        "manufacturer": null,
        "model": null,
        "passwordNotificationWindowInDays": state.flags.password_notice_days,
        "passwordValidityPeriodInDays": validity,
        "state": null,
        "supportedServices": ["Email", "OfficeCommunicationsOnline"],
    }))
}
