//! The tenant's passkey policy with its profiles, and the campaign that offers a passkey after a sign-in.

use serde::Deserialize;
use serde_json::Value;

use super::methods::AUTHENTICATOR_AAGUIDS;
use crate::error::GraphError;
use crate::session::Session;

/// The whole policy: both stand in it, and in one answer they agree.
const PATH: &str = "/policies/authenticationMethodsPolicy";

/// What the tenant says of passkeys. Reading it takes the same as reading the pass policy, and may be refused alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyPolicy {
    /// Whether the method is on; none where the answer does not say.
    pub enabled: Option<bool>,
    /// Whether people may set one up by themselves; none where the answer does not say.
    pub self_service: Option<bool>,
    /// The ids of groups to which nothing of it applies.
    pub excluded: Vec<String>,
    /// Who may have which passkeys.
    pub targets: Vec<PasskeyTarget>,
    /// The registration campaign; none where the answer does not say.
    pub campaign: Option<Campaign>,
}

/// A group, or everybody, with the profiles that are for them. Where the tenant has no profiles this is one, of the
/// settings for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyTarget {
    /// The id of a group or person; none is everybody.
    pub id: Option<String>,
    /// One that admits a passkey is enough.
    pub profiles: Vec<PasskeyProfile>,
}

/// What one profile says of passkeys in Authenticator. None is what this version has no word for, or was not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasskeyProfile {
    /// Whether it admits them on an iPhone.
    pub ios: Option<bool>,
    /// Whether it admits them on an Android phone.
    pub android: Option<bool>,
    /// Whether it takes passkeys that wander from device to device as well as those that stay on one.
    pub both_kinds: bool,
}

/// A registration campaign, as far as passkeys are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Campaign {
    /// None, or one for another method.
    NotForPasskeys,
    /// A passkey is offered, and the offer can be skipped.
    Offers,
    /// Whoever skipped it often enough goes on with a passkey only.
    Insists,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WirePolicy {
    registration_enforcement: Option<WireEnforcement>,
    authentication_method_configurations: Option<Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireEnforcement {
    authentication_methods_registration_campaign: Option<WireCampaign>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireCampaign {
    state: Option<String>,
    enforce_registration_after_allowed_snoozes: Option<bool>,
    include_targets: Option<Vec<WireCampaignTarget>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireCampaignTarget {
    targeted_authentication_method: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireFido2 {
    state: Option<String>,
    is_self_service_registration_allowed: Option<bool>,
    key_restrictions: Option<WireRestrictions>,
    default_passkey_profile: Option<String>,
    passkey_profiles: Option<Vec<WireProfile>>,
    include_targets: Option<Vec<WireTarget>>,
    exclude_targets: Option<Vec<WireTarget>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRestrictions {
    is_enforced: Option<bool>,
    enforcement_type: Option<String>,
    aa_guids: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireProfile {
    id: Option<String>,
    passkey_types: Option<String>,
    key_restrictions: Option<WireRestrictions>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireTarget {
    id: Option<String>,
    allowed_passkey_profiles: Option<Vec<String>>,
}

impl Session {
    /// The passkey policy and the campaign, where the operator may read them.
    ///
    /// # Errors
    /// [`crate::GraphErrorKind::NotPermitted`] without the scope or role, and any other kind of the request.
    pub async fn passkey_policy(&self) -> Result<PasskeyPolicy, GraphError> {
        let call = self.call_to(PATH, &[])?;
        let wire: WirePolicy = self.read(&call).await?;
        Ok(wire.into())
    }
}

impl From<WirePolicy> for PasskeyPolicy {
    fn from(wire: WirePolicy) -> Self {
        let enforcement = wire.registration_enforcement;
        let campaign = enforcement.and_then(|it| it.authentication_methods_registration_campaign);
        let is_fido2 = |one: &&Value| {
            let id = one.get("id").and_then(Value::as_str);
            id.is_some_and(|id| id.eq_ignore_ascii_case("Fido2"))
        };
        let all = wire.authentication_method_configurations;
        let fido2 = all.iter().flatten().find(is_fido2);
        let fido2 = fido2.and_then(|one| WireFido2::deserialize(one).ok());
        Self {
            campaign: campaign.as_ref().and_then(WireCampaign::read),
            ..fido2.map(WireFido2::into_policy).unwrap_or(Self {
                enabled: None,
                self_service: None,
                excluded: Vec::new(),
                targets: Vec::new(),
                campaign: None,
            })
        }
    }
}

impl WireCampaign {
    /// What is Microsoft managed (`default`) is in force as well.
    fn read(&self) -> Option<Campaign> {
        let for_passkeys = |target: &WireCampaignTarget| {
            let method = target.targeted_authentication_method.as_deref();
            method.is_some_and(|method| method.eq_ignore_ascii_case("fido2"))
        };
        let targets = self.include_targets.as_ref()?;
        Some(match self.state.as_deref()? {
            "disabled" => Campaign::NotForPasskeys,
            _ if !targets.iter().any(for_passkeys) => Campaign::NotForPasskeys,
            _ if self.enforce_registration_after_allowed_snoozes == Some(true) => Campaign::Insists,
            _ => Campaign::Offers,
        })
    }
}

impl WireFido2 {
    fn into_policy(self) -> PasskeyPolicy {
        let ids = |targets: &Option<Vec<WireTarget>>| {
            let ids = targets.iter().flatten().filter_map(|it| it.id.clone());
            ids.collect()
        };
        let targets = self.include_targets.iter().flatten();
        PasskeyPolicy {
            enabled: self.state.as_deref().map(|state| state == "enabled"),
            self_service: self.is_self_service_registration_allowed,
            excluded: ids(&self.exclude_targets),
            targets: targets.map(|target| self.target(target)).collect(),
            campaign: None,
        }
    }

    fn target(&self, target: &WireTarget) -> PasskeyTarget {
        let known = self.passkey_profiles.as_deref().unwrap_or_default();
        let named = target.allowed_passkey_profiles.as_deref();
        let named = named.unwrap_or_default();
        let is_meant = |id: &str, profile: &WireProfile| {
            let of = profile.id.as_deref();
            of.is_some_and(|of| of.eq_ignore_ascii_case(id))
        };
        let read = |id: &String| {
            let profile = known.iter().find(|profile| is_meant(id, profile));
            profile.map_or(PasskeyProfile::UNKNOWN, PasskeyProfile::from)
        };
        // Settings for all are about passkeys that stay on one device: profiles are what allows others.
        let profiles = match &self.default_passkey_profile {
            _ if known.is_empty() => {
                vec![PasskeyProfile::of(
                    "deviceBound",
                    self.key_restrictions.as_ref(),
                )]
            }
            _ if !named.is_empty() => named.iter().map(read).collect(),
            Some(default) => vec![read(default)],
            None => vec![PasskeyProfile::UNKNOWN],
        };
        PasskeyTarget {
            id: target.id.clone().filter(|id| id != "all_users"),
            profiles,
        }
    }
}

impl From<&WireProfile> for PasskeyProfile {
    fn from(wire: &WireProfile) -> Self {
        let types = wire.passkey_types.as_deref().unwrap_or_default();
        Self::of(types, wire.key_restrictions.as_ref())
    }
}

impl PasskeyProfile {
    const UNKNOWN: Self = Self {
        ios: None,
        android: None,
        both_kinds: false,
    };

    /// Authenticator keeps its passkeys on the phone, and names the app of each system by an AAGUID of its own.
    fn of(types: &str, restrictions: Option<&WireRestrictions>) -> Self {
        let types: Vec<&str> = types.split(',').map(str::trim).collect();
        let has = |word: &str| types.iter().any(|one| one.eq_ignore_ascii_case(word));
        let bound = match (has("deviceBound"), has("synced")) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        };
        let admits = |aa_guid: &str| match (bound, takes(restrictions, aa_guid)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            (None, _) | (_, None) => None,
        };
        let [ios, android] = AUTHENTICATOR_AAGUIDS;
        Self {
            ios: admits(ios),
            android: admits(android),
            both_kinds: bound == Some(true) && has("synced"),
        }
    }
}

/// Whether this model is taken.
fn takes(restrictions: Option<&WireRestrictions>, aa_guid: &str) -> Option<bool> {
    let Some(restrictions) = restrictions.filter(|it| it.is_enforced != Some(false)) else {
        return Some(true);
    };
    let models = restrictions.aa_guids.as_deref().unwrap_or_default();
    let named = models.iter().any(|one| one.eq_ignore_ascii_case(aa_guid));
    match restrictions.enforcement_type.as_deref() {
        _ if restrictions.is_enforced.is_none() => None,
        Some("allow") => Some(named),
        Some("block") => Some(!named),
        Some(_) | None => None,
    }
}
