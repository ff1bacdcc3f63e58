//! Domains: whose passwords the people of one have.

use serde::Deserialize;

use crate::error::GraphError;
use crate::session::Session;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireDomain {
    authentication_type: Option<String>,
    password_validity_period_in_days: Option<u32>,
    password_notification_window_in_days: Option<u32>,
}

/// What a domain says of its people's passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DomainPasswords {
    /// Where they are checked.
    pub authentication: DomainAuthentication,
    /// How many days one is good for; none where they never expire or nothing is said.
    pub validity_days: Option<u32>,
    /// How many days before that people are told.
    pub notice_days: Option<u32>,
}

/// `passwordValidityPeriodInDays` where passwords never expire.
const NEVER: u32 = 2_147_483_647;

/// Where the passwords of a domain's people are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DomainAuthentication {
    /// By the directory itself.
    Managed,
    /// By another identity provider.
    Federated,
    /// The directory says neither.
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireOrganization {
    verified_domains: Option<Vec<WireVerifiedDomain>>,
}

#[derive(Deserialize)]
struct WireVerifiedDomain {
    name: Option<String>,
}

impl Session {
    /// The names of the tenant's own domains; `None` where the answer does not list them. Nothing beside `User.Read`
    /// is documented as needed, which many registrations have without having asked for it.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of the request.
    pub async fn verified_domains(&self) -> Result<Option<Vec<String>>, GraphError> {
        let call = self
            .call_to("/organization", &[])?
            .with("$select", "id,verifiedDomains");
        let tenants: Vec<WireOrganization> = self.read_pages(call).await?;
        let listed = tenants.into_iter().filter_map(|one| one.verified_domains);
        let names = listed.flatten().filter_map(|domain| domain.name);
        let names: Vec<String> = names.filter(|name| !name.trim().is_empty()).collect();
        Ok(Some(names).filter(|names| !names.is_empty()))
    }

    /// How people of this domain are authenticated. Wants `Domain.Read.All`.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of the request.
    pub async fn domain_authentication(
        &self,
        domain: &str,
    ) -> Result<DomainAuthentication, GraphError> {
        let call = self
            .call_to("/domains/{id}", &[domain])?
            .with("$select", "id,authenticationType");
        let domain: WireDomain = self.read(&call).await?;
        Ok(domain.authentication())
    }

    /// The same with the age to which a password is good there. Wants `Domain.Read.All`.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of the request.
    pub async fn domain_passwords(&self, domain: &str) -> Result<DomainPasswords, GraphError> {
        let call = self.call_to("/domains/{id}", &[domain])?.with(
            "$select",
            "id,authenticationType,passwordValidityPeriodInDays,passwordNotificationWindowInDays",
        );
        let domain: WireDomain = self.read(&call).await?;
        let validity = domain.password_validity_period_in_days;
        Ok(DomainPasswords {
            authentication: domain.authentication(),
            validity_days: validity.filter(|days| *days != 0 && *days < NEVER),
            notice_days: domain.password_notification_window_in_days,
        })
    }
}

impl WireDomain {
    fn authentication(&self) -> DomainAuthentication {
        match self.authentication_type.as_deref() {
            Some("Managed") => DomainAuthentication::Managed,
            Some("Federated") => DomainAuthentication::Federated,
            Some(_) | None => DomainAuthentication::Unknown,
        }
    }
}
