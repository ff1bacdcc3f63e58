//! Finding a person: which fields are asked for, how two searches make one list, who counts as external.

use std::collections::HashSet;

use serde::Deserialize;
use url::Url;

use super::call::Call;
use super::odata;
use crate::error::{GraphError, GraphErrorKind};
use crate::registration::canonical_id;
use crate::session::Session;

const FIELDS: &str = "id,displayName,userPrincipalName,mail,otherMails,department,employeeId,jobTitle,\
accountEnabled,onPremisesSyncEnabled,userType,creationType,externalUserState,identities,\
isManagementRestricted,lastPasswordChangeDateTime";
const MOST_RESULTS: usize = 50;
const MOST_SPELLINGS: usize = 2;

/// A person in the directory. Every text is the directory's and has to be treated as hostile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The object id; everything after the look-up goes by it.
    pub id: String,
    /// The display name.
    pub display_name: String,
    /// The user principal name, what the person types on the phone.
    pub upn: String,
    /// The mail address, which may differ from the UPN.
    pub mail: Option<String>,
    /// Further mail addresses.
    pub other_mails: Vec<String>,
    /// The department.
    pub department: Option<String>,
    /// The employee id.
    pub employee_id: Option<String>,
    /// The job title.
    pub job_title: Option<String>,
    /// Whether the account may sign in; `None` when it may not be read.
    pub account_enabled: Option<bool>,
    /// Whether the account is synchronised from an on-premises directory.
    pub synced: bool,
    /// Member or guest, internal or external.
    pub kind: UserKind,
    /// Whether only administrators of a restricted unit may change the account.
    pub management_restricted: bool,
    /// Something of what says whether this is an ordinary account was not in the answer: whether it may sign in, whether
    /// it is a guest's, whether it is restricted. Of such an account nothing is known to be harmless.
    pub partly_untold: bool,
    /// When the password was last changed, in Unix milliseconds.
    pub last_password_change: Option<i64>,
}

/// Where a person authenticates. External people get their passes from their home tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserKind {
    /// A member who authenticates in this tenant.
    Member,
    /// A guest who authenticates in this tenant.
    InternalGuest,
    /// An invited guest of another tenant or identity provider.
    ExternalGuest,
    /// A person of another tenant made a member of this one.
    ExternalMember,
    /// Somebody who authenticates in this tenant; whether as a member or as a guest, the directory did not say.
    Untold,
    /// The same of a person of another tenant.
    ExternalUntold,
}

/// What the directory says of member and guest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum UserType {
    Member,
    Guest,
    Untold,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireUser {
    id: String,
    display_name: Option<String>,
    user_principal_name: Option<String>,
    mail: Option<String>,
    other_mails: Option<Vec<String>>,
    department: Option<String>,
    employee_id: Option<String>,
    job_title: Option<String>,
    account_enabled: Option<bool>,
    on_premises_sync_enabled: Option<bool>,
    user_type: Option<String>,
    creation_type: Option<String>,
    external_user_state: Option<String>,
    identities: Option<Vec<WireIdentity>>,
    /// None where it was not in the answer. The service's null is a no: it is what an account has that was never put
    /// into a restricted unit.
    #[serde(default, deserialize_with = "in_answer")]
    is_management_restricted: Option<Option<bool>>,
    last_password_change_date_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireIdentity {
    sign_in_type: Option<String>,
}

#[derive(Deserialize)]
struct Found {
    value: Vec<WireUser>,
}

impl Session {
    /// One person by object id or UPN.
    ///
    /// # Errors
    /// [`GraphErrorKind::NotFound`] where there is none, also for text that cannot be a key.
    pub async fn user(&self, id_or_upn: &str) -> Result<User, GraphError> {
        let call = self
            .call_to("/users/{id}", &[id_or_upn])?
            .with("$select", FIELDS);
        let user: WireUser = self.read(&call).await?;
        Ok(user.into())
    }

    /// People by name, UPN, mail or employee id, at most `limit` of them and never more than 50.
    ///
    /// `$search` finds words inside a name but takes a Japanese name without spaces as one word;
    /// `$filter` finds beginnings. Both are asked and their results joined by id.
    ///
    /// # Errors
    /// Any [`GraphErrorKind`] of either request, except that a search the service calls malformed
    /// leaves what the filter found.
    pub async fn search_users(&self, text: &str, limit: usize) -> Result<Vec<User>, GraphError> {
        self.search_users_spelt(&[text], limit).await
    }

    /// The same for one name in several spellings, in as many requests; no more than two spellings, for the service
    /// takes fifteen clauses.
    ///
    /// # Errors
    /// As [`Session::search_users`].
    pub async fn search_users_spelt(
        &self,
        spellings: &[&str],
        limit: usize,
    ) -> Result<Vec<User>, GraphError> {
        let texts: Vec<&str> = spellings
            .iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .take(MOST_SPELLINGS)
            .collect();
        if texts.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let limit = limit.min(MOST_RESULTS);
        let filter = Call::new("/users?$filter", self.filter_address(&texts, limit));
        let search = Call {
            eventual: true,
            ..Call::new("/users?$search", self.search_address(&texts, limit))
        };
        let (filtered, searched) =
            tokio::join!(self.read::<Found>(&filter), self.read::<Found>(&search));
        let searched = match searched {
            Ok(found) => found.value,
            Err(error) if is_malformed(&error) => Vec::new(),
            Err(error) => return Err(error),
        };
        let mut seen = HashSet::new();
        let mut users: Vec<User> = filtered?
            .value
            .into_iter()
            .chain(searched)
            .map(User::from)
            .collect();
        users.retain(|user| seen.insert(user.id.clone()));
        users.truncate(limit);
        Ok(users)
    }

    fn filter_address(&self, texts: &[&str], limit: usize) -> Url {
        let clauses_of = |text: &&str| {
            let literal = odata::literal(text);
            let mut clauses: Vec<String> = [
                "displayName",
                "userPrincipalName",
                "mail",
                "surname",
                "givenName",
            ]
            .iter()
            .map(|property| format!("startswith({property},{literal})"))
            .collect();
            clauses.push(format!("employeeId eq {literal}"));
            clauses
        };
        let clauses: Vec<String> = texts.iter().flat_map(clauses_of).collect();
        self.users_address(&[("$filter", &clauses.join(" or "))], limit)
    }

    fn search_address(&self, texts: &[&str], limit: usize) -> Url {
        let clauses_of = |text: &&str| {
            ["displayName", "userPrincipalName", "mail"]
                .map(|property| odata::search_clause(property, text))
        };
        let clauses: Vec<String> = texts.iter().flat_map(clauses_of).collect();
        self.users_address(
            &[("$search", &clauses.join(" OR ")), ("$count", "true")],
            limit,
        )
    }

    fn users_address(&self, query: &[(&str, &str)], limit: usize) -> Url {
        let mut address = self.tenant().graph.clone();
        if let Ok(mut path) = address.path_segments_mut() {
            path.pop_if_empty().push("users");
        }
        address
            .query_pairs_mut()
            .extend_pairs(query)
            .append_pair("$select", FIELDS)
            .append_pair("$top", &limit.to_string());
        address
    }
}

fn is_malformed(error: &GraphError) -> bool {
    error.kind == GraphErrorKind::Unexpected && error.support.status == Some(400)
}

fn in_answer<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Option<bool>>, D::Error> {
    Option::deserialize(value).map(Some)
}

impl From<WireUser> for User {
    fn from(wire: WireUser) -> Self {
        let kind = wire.kind();
        let partly_untold = wire.account_enabled.is_none()
            || wire.user_type() == UserType::Untold
            || wire.is_management_restricted.is_none();
        Self {
            id: canonical_id(&wire.id).unwrap_or(wire.id),
            display_name: wire.display_name.unwrap_or_default(),
            upn: wire.user_principal_name.unwrap_or_default(),
            mail: wire.mail,
            other_mails: wire.other_mails.unwrap_or_default(),
            department: wire.department,
            employee_id: wire.employee_id,
            job_title: wire.job_title,
            account_enabled: wire.account_enabled,
            synced: wire.on_premises_sync_enabled.unwrap_or(false),
            kind,
            management_restricted: wire.is_management_restricted.flatten().unwrap_or(false),
            partly_untold,
            last_password_change: wire
                .last_password_change_date_time
                .as_deref()
                .and_then(crate::time::parse_graph_time),
        }
    }
}

impl WireUser {
    fn kind(&self) -> UserKind {
        let is = |value: &Option<String>, text: &str| {
            value
                .as_deref()
                .is_some_and(|value| value.eq_ignore_ascii_case(text))
        };
        let federated = |identity: &WireIdentity| is(&identity.sign_in_type, "federated");
        let marked = self
            .user_principal_name
            .as_deref()
            .is_some_and(|upn| upn.contains("#EXT#"));
        let external = marked
            || is(&self.creation_type, "Invitation")
            || self.external_user_state.is_some()
            || self.identities.iter().flatten().any(federated);
        match (self.user_type(), external) {
            (UserType::Member, false) => UserKind::Member,
            (UserType::Guest, false) => UserKind::InternalGuest,
            (UserType::Guest, true) => UserKind::ExternalGuest,
            (UserType::Member, true) => UserKind::ExternalMember,
            (UserType::Untold, false) => UserKind::Untold,
            (UserType::Untold, true) => UserKind::ExternalUntold,
        }
    }

    /// A word that is neither of the two says as little as none.
    fn user_type(&self) -> UserType {
        let said = self.user_type.as_deref().unwrap_or_default();
        match () {
            () if said.eq_ignore_ascii_case("Member") => UserType::Member,
            () if said.eq_ignore_ascii_case("Guest") => UserType::Guest,
            () => UserType::Untold,
        }
    }
}
