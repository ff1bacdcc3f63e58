//! The tenant's rules for Authenticator: whether it may sign people in without a password.

use serde::Deserialize;

use crate::error::GraphError;
use crate::session::Session;

const PATH: &str = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/microsoftAuthenticator";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireConfiguration {
    state: Option<String>,
    include_targets: Option<Vec<WireTarget>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireTarget {
    authentication_mode: Option<String>,
}

impl Session {
    /// Whether Authenticator may sign anybody in without a password: it is on, and for somebody not only for
    /// notifications. `None` where the answer does not say. Reading it takes what the pass policy takes.
    ///
    /// # Errors
    /// [`crate::GraphErrorKind::NotPermitted`] without the scope or role, and any other kind of the
    /// request.
    pub async fn phone_sign_in_allowed(&self) -> Result<Option<bool>, GraphError> {
        let call = self.call_to(PATH, &[])?;
        let wire: WireConfiguration = self.read(&call).await?;
        Ok(wire.allows_phone_sign_in())
    }
}

impl WireConfiguration {
    fn allows_phone_sign_in(self) -> Option<bool> {
        match self.state.as_deref() {
            Some("enabled") => {}
            Some("disabled") => return Some(false),
            Some(_) | None => return None,
        }
        let targets = self.include_targets?;
        let says = |mode: &str| {
            let mut modes = targets.iter();
            modes.any(|target| target.authentication_mode.as_deref() == Some(mode))
        };
        if says("any") || says("deviceBasedPush") {
            return Some(true);
        }
        let all_told = targets
            .iter()
            .all(|target| target.authentication_mode.as_deref() == Some("push"));
        all_told.then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn notifications_alone_sign_nobody_in_n8() {
        let target = |mode: Value| json!({"id": "all_users", "authenticationMode": mode});
        for (state, targets, expected) in [
            ("enabled", json!([target(json!("any"))]), Some(true)),
            (
                "enabled",
                json!([target(json!("push")), target(json!("deviceBasedPush"))]),
                Some(true),
            ),
            ("enabled", json!([target(json!("push"))]), Some(false)),
            ("enabled", json!([]), Some(false)),
            ("enabled", json!([target(Value::Null)]), None),
            (
                "enabled",
                json!([target(json!("push")), target(json!("new"))]),
                None,
            ),
            ("enabled", Value::Null, None),
            ("disabled", json!([target(json!("any"))]), Some(false)),
            ("unknown", json!([target(json!("any"))]), None),
        ] {
            let wire = json!({"state": state, "includeTargets": targets});
            let read: WireConfiguration = serde_json::from_value(wire.clone()).unwrap();
            assert_eq!(read.allows_phone_sign_in(), expected, "{wire}");
        }
    }
}
