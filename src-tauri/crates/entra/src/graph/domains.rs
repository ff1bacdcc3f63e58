//! Domains: whose passwords the people of one have.

use serde::Deserialize;

use crate::error::GraphError;
use crate::session::Session;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireDomain {
    authentication_type: Option<String>,
}

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
        Ok(match domain.authentication_type.as_deref() {
            Some("Managed") => DomainAuthentication::Managed,
            Some("Federated") => DomainAuthentication::Federated,
            Some(_) | None => DomainAuthentication::Unknown,
        })
    }
}
