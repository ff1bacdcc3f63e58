//! Where mail reaches somebody's manager.

use serde::Deserialize;

use crate::error::{GraphError, GraphErrorKind};
use crate::session::Session;

const FIELDS: &str = "id,accountEnabled,mail";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireManager {
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    account_enabled: Option<bool>,
    mail: Option<String>,
}

impl Session {
    /// The mail address of a person's manager; `None` where the directory names none, one without an address, or one
    /// whose account is switched off.
    ///
    /// # Errors
    /// Any [`GraphErrorKind`] but `NotFound`, which is an answer.
    pub async fn manager_mail(&self, user_id: &str) -> Result<Option<String>, GraphError> {
        let call = self.call_to("/users/{id}/manager", &[user_id])?;
        let read: Result<WireManager, _> = self.read(&call.with("$select", FIELDS)).await;
        match read {
            Ok(manager) => {
                let is_user = manager.kind.as_deref() == Some("#microsoft.graph.user");
                let is_there = is_user && manager.account_enabled == Some(true);
                let mail = manager.mail.filter(|mail| !mail.trim().is_empty());
                Ok(mail.filter(|_| is_there))
            }
            Err(error) if error.kind == GraphErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}
