//! Conditional Access asked beforehand: which policies would apply to something a person is about to do.

use std::net::IpAddr;

use serde::{Deserialize, Deserializer};
use serde_json::json;

use super::call::{Call, Priority};
use crate::error::GraphError;
use crate::session::Session;

const EVALUATE: &str = "/identity/conditionalAccess/evaluate";

/// What somebody is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserAction {
    /// Registering a method, whichever.
    RegisterSecurityInformation,
    /// Registering a device, which phone sign-in needs.
    RegisterOrJoinDevices,
}

/// A system that policies tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DevicePlatform {
    Ios,
    Android,
}

/// Something that is only supposed to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SupposedAction<'a> {
    pub user_id: &'a str,
    pub action: UserAction,
    /// Where the request would come from.
    pub address: IpAddr,
    /// None where nobody said which.
    pub platform: Option<DevicePlatform>,
}

/// A policy, and whether it would apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedPolicy {
    pub name: String,
    /// It is in force, and not only reported.
    pub enforced: bool,
    /// None where the answer does not say.
    pub applies: Option<bool>,
    /// Why it would not, in Graph's words; none where it would.
    pub reasons: Vec<String>,
    /// The actions it is about by name.
    pub actions: Vec<UserAction>,
    pub grant: Grant,
}

/// What a policy wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// One of all it wants is enough.
    pub any: bool,
    /// Controls in Graph's words, such as `block`, `mfa` or `compliantDevice`.
    pub controls: Vec<String>,
    /// It wants something else that is not Microsoft's.
    pub custom: bool,
    /// The answer does not say all it wants.
    pub untold: bool,
    pub strength: Option<Strength>,
}

/// A strength of authentication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strength {
    pub name: String,
    /// Combinations in Graph's words, such as `temporaryAccessPassOneTime`; none where the answer does not say which.
    pub allowed: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct WireAnswer {
    value: Vec<WirePolicy>,
    /// The answer is told whole; one that goes on is none.
    #[serde(rename = "@odata.nextLink")]
    next: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WirePolicy {
    display_name: Option<String>,
    state: Option<String>,
    policy_applies: Option<bool>,
    analysis_reasons: Option<String>,
    conditions: Option<WireConditions>,
    /// None where the answer is silent, and null for a policy that wants nothing.
    #[serde(default, deserialize_with = "told")]
    grant_controls: Option<Option<WireGrant>>,
}

#[derive(Deserialize)]
struct WireConditions {
    applications: Option<WireApplications>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireApplications {
    include_user_actions: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireGrant {
    operator: Option<String>,
    built_in_controls: Option<Vec<String>>,
    custom_authentication_factors: Option<Vec<String>>,
    authentication_strength: Option<WireStrength>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireStrength {
    display_name: Option<String>,
    allowed_combinations: Option<Vec<String>>,
}

/// A member that is there, null or not.
fn told<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

impl UserAction {
    /// The name it has in a question.
    fn asked(self) -> &'static str {
        match self {
            Self::RegisterSecurityInformation => "registerSecurityInformation",
            Self::RegisterOrJoinDevices => "registerOrJoinDevices",
        }
    }

    /// The action of this name in a policy; none where this version has no word for it.
    fn of_policy(urn: &str) -> Option<Self> {
        match urn.to_ascii_lowercase().as_str() {
            "urn:user:registersecurityinfo" => Some(Self::RegisterSecurityInformation),
            "urn:user:registerdevice" => Some(Self::RegisterOrJoinDevices),
            _ => None,
        }
    }
}

impl DevicePlatform {
    fn asked(self) -> &'static str {
        match self {
            Self::Ios => "iOS",
            Self::Android => "android",
        }
    }
}

impl Session {
    /// Every policy of the tenant's with whether it would apply. Wants `Policy.Read.ConditionalAccess`. The service
    /// allows one such question a second for the whole tenant, and does not say when to ask again. A token that is
    /// refused to this question alone stays in use for every other.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of the request, `Throttled` and `NotPermitted` among them.
    pub async fn what_if(
        &self,
        supposed: SupposedAction<'_>,
    ) -> Result<Vec<JudgedPolicy>, GraphError> {
        let mut conditions = json!({ "ipAddress": supposed.address });
        if let Some(platform) = supposed.platform {
            conditions["devicePlatform"] = platform.asked().into();
        }
        let body = json!({
            "signInIdentity": {
                "@odata.type": "#microsoft.graph.userSignIn",
                "userId": supposed.user_id,
            },
            "signInContext": {
                "@odata.type": "#microsoft.graph.userActionContext",
                "userAction": supposed.action.asked(),
            },
            "signInConditions": conditions,
            "appliedPoliciesOnly": false,
        });
        let call = Call {
            aside: true,
            body: Some(body.to_string().into_bytes()),
            ..self.call_to(EVALUATE, &[])?.at(Priority::Low)
        };
        let answer: WireAnswer = self.post_and_read(&call).await?;
        match answer.next {
            None => Ok(answer.value.into_iter().map(judged).collect()),
            Some(_) => Err(self.cut_short()),
        }
    }
}

fn judged(policy: WirePolicy) -> JudgedPolicy {
    let actions = policy
        .conditions
        .and_then(|conditions| conditions.applications)
        .and_then(|applications| applications.include_user_actions);
    let reasons = policy.analysis_reasons.unwrap_or_default();
    let reasons = reasons.split(',').map(str::trim);
    let reasons = reasons.filter(|reason| !reason.is_empty() && *reason != "notSet");
    JudgedPolicy {
        name: policy.display_name.unwrap_or_default(),
        enforced: policy.state.is_none_or(|state| state == "enabled"),
        applies: policy.policy_applies,
        reasons: reasons.map(str::to_owned).collect(),
        actions: actions
            .unwrap_or_default()
            .iter()
            .filter_map(|urn| UserAction::of_policy(urn))
            .collect(),
        grant: match policy.grant_controls {
            Some(wire) => wire.map(grant).unwrap_or_default(),
            None => Grant::untold(),
        },
    }
}

impl Grant {
    fn untold() -> Self {
        Self {
            untold: true,
            ..Self::default()
        }
    }
}

fn grant(wire: WireGrant) -> Grant {
    let untold = wire.built_in_controls.is_none();
    let controls = wire.built_in_controls.unwrap_or_default();
    // They are being given up by the service: that they are not named is no silence.
    let custom = wire.custom_authentication_factors.unwrap_or_default();
    let strengths = usize::from(wire.authentication_strength.is_some());
    if wire.operator.is_none() && controls.len() + custom.len() + strengths > 1 {
        return Grant::untold();
    }
    Grant {
        any: wire.operator.as_deref() == Some("OR"),
        controls,
        custom: !custom.is_empty(),
        untold,
        strength: wire.authentication_strength.map(|strength| Strength {
            name: strength.display_name.unwrap_or_default(),
            allowed: strength.allowed_combinations,
        }),
    }
}
