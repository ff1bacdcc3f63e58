//! The tenant's Temporary Access Pass policy, and what it says of who is in scope.

use serde::Deserialize;

use crate::error::GraphError;
use crate::session::Session;

const PATH: &str =
    "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass";

/// What the tenant allows of passes. Reading it needs Global Reader or Authentication Policy
/// Administrator besides the scope, so it may well be refused where issuing is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassPolicy {
    /// Whether the method is on.
    pub enabled: bool,
    /// The shortest lifetime, in minutes.
    pub min_lifetime_minutes: Option<u32>,
    /// The longest lifetime, in minutes.
    pub max_lifetime_minutes: Option<u32>,
    /// The lifetime of a pass that asks for none, in minutes.
    pub default_lifetime_minutes: Option<u32>,
    /// Whether every pass is one-time.
    pub once_forced: bool,
    /// The number of characters of a pass.
    pub length: Option<u32>,
    /// Whether everyone is a target and nobody is excluded; `None` when the answer does not say.
    pub everyone_in_scope: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WirePolicy {
    state: Option<String>,
    default_length: Option<u32>,
    default_lifetime_in_minutes: Option<u32>,
    minimum_lifetime_in_minutes: Option<u32>,
    maximum_lifetime_in_minutes: Option<u32>,
    is_usable_once: Option<bool>,
    include_targets: Option<Vec<WireTarget>>,
    exclude_targets: Option<Vec<WireTarget>>,
}

#[derive(Deserialize)]
struct WireTarget {
    id: Option<String>,
}

impl Session {
    /// The pass policy, where the operator may read it.
    ///
    /// # Errors
    /// [`crate::GraphErrorKind::NotPermitted`] without the scope or role, and any other kind of the
    /// request.
    pub async fn pass_policy(&self) -> Result<PassPolicy, GraphError> {
        let call = self.call_to(PATH, &[])?;
        let wire: WirePolicy = self.read(&call).await?;
        Ok(wire.into())
    }
}

impl From<WirePolicy> for PassPolicy {
    fn from(wire: WirePolicy) -> Self {
        let everyone = |targets: &Vec<WireTarget>| {
            targets
                .iter()
                .any(|target| target.id.as_deref() == Some("all_users"))
        };
        let nobody_excluded = wire.exclude_targets.as_ref().is_none_or(Vec::is_empty);
        Self {
            enabled: wire.state.as_deref() == Some("enabled"),
            min_lifetime_minutes: wire.minimum_lifetime_in_minutes,
            max_lifetime_minutes: wire.maximum_lifetime_in_minutes,
            default_lifetime_minutes: wire.default_lifetime_in_minutes,
            once_forced: wire.is_usable_once.unwrap_or(false),
            length: wire.default_length,
            everyone_in_scope: wire
                .include_targets
                .as_ref()
                .map(|targets| everyone(targets) && nobody_excluded),
        }
    }
}
