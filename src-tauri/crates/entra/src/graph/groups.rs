//! Security groups: putting a person into one and taking them out again, and whether one, or an administrative unit, is
//! there. Who is in one is read with the person's roles.

use super::call::Call;
use super::odata;
use crate::error::{GraphError, GraphErrorKind};
use crate::session::Session;

/// What it holds is not looked at: it is there.
#[derive(serde::Deserialize)]
struct Anything {}

impl Session {
    /// Whether the directory has a group of this id. Wants `GroupMember.Read.All` or more.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] but `NotFound`, which is an answer.
    pub async fn has_group(&self, group_id: &str) -> Result<bool, GraphError> {
        self.has("/groups/{id}", group_id).await
    }

    /// Whether it has an administrative unit of this id. Wants `AdministrativeUnit.Read.All` or more.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] but `NotFound`, which is an answer.
    pub async fn has_unit(&self, unit_id: &str) -> Result<bool, GraphError> {
        self.has("/directory/administrativeUnits/{id}", unit_id)
            .await
    }

    async fn has(&self, template: &'static str, id: &str) -> Result<bool, GraphError> {
        let call = self.call_to(template, &[id])?.with("$select", "id");
        let read: Result<Anything, GraphError> = self.read(&call).await;
        match read {
            Ok(Anything {}) => Ok(true),
            Err(error) if error.kind == GraphErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

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
