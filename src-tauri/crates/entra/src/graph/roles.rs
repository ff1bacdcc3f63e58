//! Directory roles: what the operator may do, and whether a person is protected.

use serde::Deserialize;

use super::call::Call;
use crate::error::GraphError;
use crate::session::Session;

/// An active directory role. Eligible but not activated roles are not listed by Graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryRole {
    /// The role template's id, the same in every tenant; empty where it may not be read.
    pub template_id: String,
    /// The role's name, for display; empty where it may not be read.
    pub display_name: String,
}

/// What makes a person protected, as far as it can be read. Graph's 403 has the last word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRoles {
    /// The person's active roles.
    pub roles: Vec<DirectoryRole>,
    /// Whether the person is a member of a group that roles can be given to.
    pub role_assignable_group: bool,
    /// Whether everything was read. What was not may protect the person.
    pub complete: bool,
    /// The object ids of every group and unit the person is a member of, also through others.
    pub member_of: Vec<String>,
}

/// The service sends no more at once.
const MOST_A_PAGE: &str = "999";

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireMembership {
    id: Option<String>,
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    display_name: Option<String>,
    role_template_id: Option<String>,
    is_assignable_to_role: Option<bool>,
}

impl Session {
    /// The signed-in operator's active roles.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of the request.
    pub async fn my_roles(&self) -> Result<Vec<DirectoryRole>, GraphError> {
        let path = "/users/{id}/transitiveMemberOf/graph.directoryRole";
        let call = self
            .call_to(path, &[self.operator()])?
            .with("$count", "true")
            .with("$select", "id,displayName,roleTemplateId");
        // Both are documented as needed where one kind is picked out.
        let call = Call {
            eventual: true,
            ..call
        };
        let roles: Vec<WireMembership> = self.read_pages(call).await?;
        Ok(roles.into_iter().map(DirectoryRole::from).collect())
    }

    /// A person's active roles, and whether they are in a role-assignable group.
    ///
    /// # Errors
    /// [`crate::GraphErrorKind::NotFound`] for an unknown person, and any other kind of the request.
    pub async fn user_roles(&self, user_id: &str) -> Result<UserRoles, GraphError> {
        let call = self.memberships(user_id)?;
        let memberships = self.read_pages(call).await?;
        Ok(UserRoles::of(memberships, true))
    }

    /// The same as far as it can be read, until it is `enough`.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] where nothing at all could be read.
    pub async fn known_user_roles(
        &self,
        user_id: &str,
        enough: impl Fn(&UserRoles) -> bool,
    ) -> Result<UserRoles, GraphError> {
        let call = self.memberships(user_id)?;
        let so_far = |read: &[WireMembership]| enough(&UserRoles::of(read.to_vec(), false));
        match self.read_pages_until(call, so_far).await {
            (memberships, Ok(whole)) => Ok(UserRoles::of(memberships, whole)),
            (memberships, Err(error)) if memberships.is_empty() => Err(error),
            (memberships, Err(_)) => Ok(UserRoles::of(memberships, false)),
        }
    }

    fn memberships(&self, user_id: &str) -> Result<Call, GraphError> {
        let call = self.call_to("/users/{id}/transitiveMemberOf", &[user_id])?;
        Ok(call.with("$top", MOST_A_PAGE).with(
            "$select",
            "id,displayName,roleTemplateId,isAssignableToRole",
        ))
    }
}

impl UserRoles {
    fn of(memberships: Vec<WireMembership>, complete: bool) -> Self {
        let role_assignable_group = memberships
            .iter()
            .any(|one| one.is_assignable_to_role == Some(true));
        let others = memberships.iter().filter(|one| !one.is_role());
        // What does not say which it is, or what it is, may be a role.
        let named = others
            .clone()
            .all(|one| one.id.is_some() && one.kind.is_some());
        let member_of = others.filter_map(|one| one.id.clone()).collect();
        let roles = memberships
            .into_iter()
            .filter(WireMembership::is_role)
            .map(DirectoryRole::from);
        Self {
            roles: roles.collect(),
            role_assignable_group,
            complete: complete && named,
            member_of,
        }
    }
}

impl WireMembership {
    fn is_role(&self) -> bool {
        self.kind.as_deref() == Some("#microsoft.graph.directoryRole")
    }
}

impl From<WireMembership> for DirectoryRole {
    fn from(wire: WireMembership) -> Self {
        Self {
            template_id: wire.role_template_id.unwrap_or_default(),
            display_name: wire.display_name.unwrap_or_default(),
        }
    }
}
