//! Security groups: putting a person into one and taking them out again. Who is in one is read with the person's roles.

use super::call::Call;
use super::odata;
use crate::error::GraphError;
use crate::session::Session;

impl Session {
    /// Puts a person into a group.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`], `NotPermitted` where the operator may not change this group. Of somebody who is
    /// in it already the service says no with words alone: look who is in it before believing a failure.
    pub async fn add_member(&self, group_id: &str, user_id: &str) -> Result<(), GraphError> {
        let graph = &self.tenant().graph;
        let Some(member) = odata::address(graph, "/directoryObjects/{id}", &[user_id]) else {
            return Err(self.not_found());
        };
        let body = serde_json::json!({ "@odata.id": member.as_str() });
        let call = Call {
            body: Some(body.to_string().into_bytes()),
            ..self.call_to("/groups/{id}/members/$ref", &[group_id])?
        };
        self.post(&call).await
    }

    /// Takes a person out of a group.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`], `NotFound` where the person is not in it, also by a copy of the directory that is
    /// behind.
    pub async fn remove_member(&self, group_id: &str, user_id: &str) -> Result<(), GraphError> {
        let call = self.call_to("/groups/{id}/members/{id}/$ref", &[group_id, user_id])?;
        self.delete(&call).await
    }
}
