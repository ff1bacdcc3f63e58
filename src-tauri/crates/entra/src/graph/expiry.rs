//! Whether a person's password ever has to be changed because of its age.

use serde::Deserialize;

use super::call::Call;
use crate::error::GraphError;
use crate::session::Session;

const USER: &str = "/users/{id}";
/// Takes the domain's rule of age away from one person.
const NEVER: &str = "DisablePasswordExpiration";
/// As good as nothing, and not to be named beside anything.
const NONE: &str = "None";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireUser {
    password_policies: Option<String>,
}

impl Session {
    /// Whether the age of this person's password is of no account.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of the request.
    pub async fn password_never_expires(&self, user_id: &str) -> Result<bool, GraphError> {
        let policies = self.password_policies(user_id).await?;
        Ok(policies.iter().any(|policy| policy == NEVER))
    }

    /// Makes it so, and leaves the person's other password policies as they are. Wants `User.ReadWrite.All` and a role
    /// that may change the person. Believe what is read afterwards, not the answer.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of either request.
    pub async fn let_password_never_expire(&self, user_id: &str) -> Result<(), GraphError> {
        let mut policies = self.password_policies(user_id).await?;
        policies.retain(|policy| policy != NONE && policy != NEVER);
        policies.insert(0, NEVER.to_owned());
        let body = serde_json::json!({ "passwordPolicies": policies.join(", ") });
        let call = Call {
            body: Some(body.to_string().into_bytes()),
            ..self.call_to(USER, &[user_id])?
        };
        self.patch(&call).await
    }

    async fn password_policies(&self, user_id: &str) -> Result<Vec<String>, GraphError> {
        let call = self
            .call_to(USER, &[user_id])?
            .with("$select", "id,passwordPolicies");
        let user: WireUser = self.read(&call).await?;
        let text = user.password_policies.unwrap_or_default();
        let policies = text.split(',').map(str::trim);
        Ok(policies
            .filter(|policy| !policy.is_empty())
            .map(str::to_owned)
            .collect())
    }
}
