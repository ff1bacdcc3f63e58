//! A group whose members' passwords are changed for them: what kind of group it is, who is in it and, in pages of many
//! people, what they have registered.

use serde::Deserialize;
use url::Url;

use super::call::Call;
use super::users::{User, WireUser};
use crate::error::GraphError;
use crate::registration::canonical_id;
use crate::session::Session;

/// The service sends no more at once.
const MOST_A_PAGE: &str = "999";
/// Fewer, because each person is wide: a page stays well below what is read of an answer.
const PEOPLE_A_PAGE: &str = "500";
const PERSON: &str = "#microsoft.graph.user";
const FIELDS: &str = "id,userPrincipalName,accountEnabled,onPremisesSyncEnabled,userType,creationType,\
externalUserState,identities,isManagementRestricted,lastPasswordChangeDateTime";

/// What kind of group it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupKind {
    /// A security group.
    pub security: bool,
    /// It has a mail address.
    pub mail: bool,
    /// A rule says who is in it.
    pub dynamic: bool,
    /// Its members come from on premises.
    pub synced: bool,
    /// Roles can be given to it.
    pub role_assignable: bool,
}

/// Where a list goes on.
#[derive(Clone, Debug)]
pub struct NextPage(Url);

/// A page of a group's direct members.
#[derive(Debug)]
pub struct MembersPage {
    /// Those who are people. Only what says whose account it is and how old the password is was asked for.
    pub people: Vec<User>,
    /// How many are something else: groups, devices, apps.
    pub others: usize,
    /// Where it goes on; none at the end.
    pub next: Option<NextPage>,
}

/// What the report says somebody has registered. It is hours late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The person's object id.
    pub user_id: String,
    /// Whether the person can sign in without a password.
    pub passwordless: bool,
}

/// A page of the report.
#[derive(Debug)]
pub struct RegistrationsPage {
    /// A line for each person.
    pub people: Vec<Registration>,
    /// Where it goes on; none at the end.
    pub next: Option<NextPage>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireGroup {
    group_types: Option<Vec<String>>,
    mail_enabled: Option<bool>,
    security_enabled: Option<bool>,
    on_premises_sync_enabled: Option<bool>,
    is_assignable_to_role: Option<bool>,
}

#[derive(Deserialize)]
struct WireMember {
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    #[serde(flatten)]
    user: WireUser,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRegistration {
    id: String,
    is_passwordless_capable: Option<bool>,
}

impl Session {
    /// What kind of group this is. What the answer leaves out speaks against it. Wants `GroupMember.Read.All`.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of the request.
    pub async fn group_kind(&self, group_id: &str) -> Result<GroupKind, GraphError> {
        let call = self.call_to("/groups/{id}", &[group_id])?.with(
            "$select",
            "id,groupTypes,mailEnabled,securityEnabled,onPremisesSyncEnabled,isAssignableToRole",
        );
        let group: WireGroup = self.read(&call).await?;
        let types = group.group_types.unwrap_or_default();
        Ok(GroupKind {
            security: group.security_enabled == Some(true),
            mail: group.mail_enabled != Some(false) || types.iter().any(|one| one == "Unified"),
            dynamic: types.iter().any(|one| one == "DynamicMembership"),
            synced: group.on_premises_sync_enabled == Some(true),
            role_assignable: group.is_assignable_to_role == Some(true),
        })
    }

    /// A page of the group's direct members: the first, or the one that `next` leads to.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of the request.
    pub async fn members_page(
        &self,
        group_id: &str,
        next: Option<NextPage>,
    ) -> Result<MembersPage, GraphError> {
        let first = self
            .call_to("/groups/{id}/members", &[group_id])?
            .with("$select", FIELDS)
            .with("$top", PEOPLE_A_PAGE);
        let (members, next) = self.page_of::<WireMember>(first, next).await?;
        let count = members.len();
        let is_person = |member: &WireMember| member.kind.as_deref() == Some(PERSON);
        let people = members.into_iter().filter(is_person);
        let people: Vec<User> = people.map(|member| member.user.into()).collect();
        Ok(MembersPage {
            others: count - people.len(),
            people,
            next,
        })
    }

    /// A page of what everybody has registered: the first, or the one that `next` leads to. Wants
    /// `AuditLog.Read.All` and a tenant with Entra ID P1.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of the request.
    pub async fn registrations_page(
        &self,
        next: Option<NextPage>,
    ) -> Result<RegistrationsPage, GraphError> {
        let path = "/reports/authenticationMethods/userRegistrationDetails";
        let first = self
            .call_to(path, &[])?
            .with("$select", "id,isPasswordlessCapable")
            .with("$top", MOST_A_PAGE);
        let (lines, next) = self.page_of::<WireRegistration>(first, next).await?;
        let line = |line: WireRegistration| Registration {
            passwordless: line.is_passwordless_capable == Some(true),
            user_id: canonical_id(&line.id).unwrap_or(line.id),
        };
        Ok(RegistrationsPage {
            people: lines.into_iter().map(line).collect(),
            next,
        })
    }

    async fn page_of<T: serde::de::DeserializeOwned>(
        &self,
        mut call: Call,
        next: Option<NextPage>,
    ) -> Result<(Vec<T>, Option<NextPage>), GraphError> {
        if let Some(NextPage(address)) = next {
            call.address = address;
        }
        let id = uuid::Uuid::new_v4().to_string();
        let (page, last) = self.read_page(&mut call, &id).await?;
        Ok((page, (!last).then_some(NextPage(call.address))))
    }
}
