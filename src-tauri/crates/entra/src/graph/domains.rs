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

impl Session {
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
