//! The way in for callers: one client for one tenant of one cloud.

use std::sync::Arc;

use crate::registration::{AppRegistration, Endpoints, Proxy, SetupError};
use crate::tenant::Tenant;
use crate::time::{ServiceDate, Uptime, since_start};

/// The way to one tenant: signs operators in. Clones share connections, keys and service time.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Tenant>);

impl Client {
    /// Checks addresses and registration and sets up TLS; no request is made yet.
    ///
    /// # Errors
    /// A [`SetupError`] that names what is not acceptable.
    pub fn new(endpoints: Endpoints, app: AppRegistration) -> Result<Self, SetupError> {
        Self::behind(&Proxy::OfTheEnvironment, endpoints, app)
    }

    /// The same through a proxy that is chosen here.
    ///
    /// # Errors
    /// A [`SetupError`] that names what is not acceptable.
    pub fn behind(
        proxy: &Proxy,
        endpoints: Endpoints,
        app: AppRegistration,
    ) -> Result<Self, SetupError> {
        Self::with_clock(proxy, endpoints, app, since_start())
    }

    /// The same with a clock for the life of tokens: one that goes on while the machine sleeps.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn with_clock(
        proxy: &Proxy,
        endpoints: Endpoints,
        app: AppRegistration,
        uptime: Uptime,
    ) -> Result<Self, SetupError> {
        Tenant::new(proxy, endpoints, app, uptime).map(|tenant| Self(Arc::new(tenant)))
    }

    /// The newest time the service told in any answer, and when this machine heard it.
    pub fn last_service_date(&self) -> Option<ServiceDate> {
        self.0.http.clock().last()
    }

    /// The time as each answer told it since this was last asked, oldest first. One alone may be wrong: which
    /// connection each came over tells whether a second one is a witness of its own.
    pub fn take_service_dates(&self) -> Vec<ServiceDate> {
        self.0.http.clock().take()
    }

    /// The highest share of Graph's limit on authentication methods that answers told since this was last asked,
    /// in hundredths (`x-ms-throttle-limit-percentage`, sent from 0.8 on). None where nobody told.
    pub fn take_limit_percent(&self) -> Option<u32> {
        self.0.http.take_methods_percent()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::{Prompt, RedirectHost};

    const TENANT: &str = "5f2b1c0e-7a53-4a0e-9d0f-1d2c3b4a5968";

    fn registration() -> AppRegistration {
        AppRegistration {
            tenant: TENANT.to_owned(),
            client_id: "0c9f3d1a-2b4c-4d5e-8f60-718293a4b5c6".to_owned(),
            scopes: vec!["User.Read.All".to_owned()],
            redirect_host: RedirectHost::Localhost,
            refresh: true,
            prompt: Prompt::Login,
        }
    }

    fn new(authority: &str, graph: &str, app: AppRegistration) -> Result<Client, SetupError> {
        let endpoints = Endpoints {
            authority: authority.parse().unwrap(),
            graph: graph.parse().unwrap(),
            extra_root_pem: None,
        };
        Client::new(endpoints, app)
    }

    // Acceptance of addresses: https, or plain http for the literal 127.0.0.1 only.
    #[test]
    fn addresses() {
        let graph = "https://graph.microsoft.com/v1.0";
        for (authority, accepted) in [
            ("https://login.microsoftonline.com", true),
            ("https://login.microsoftonline.com/", true),
            (
                "https://127.0.0.1:4433/5F2B1C0E-7A53-4A0E-9D0F-1D2C3B4A5968",
                true,
            ),
            ("http://127.0.0.1:8080", true),
            ("http://localhost:8080", false),
            ("http://127.0.0.2:8080", false),
            ("http://login.microsoftonline.com", false),
            ("http://127.0.0.1.example.com", false),
            ("https://login.microsoftonline.com/common", false),
            ("https://login.microsoftonline.com/?x=1", false),
            ("https://login.microsoftonline.com/#x", false),
            ("https://user@login.microsoftonline.com", false),
            ("https://:secret@login.microsoftonline.com", false),
            ("ftp://login.microsoftonline.com", false),
            ("file:///login", false),
            ("data:text/plain,x", false),
        ] {
            let made = new(authority, graph, registration());
            assert_eq!(made.is_ok(), accepted, "{authority}");
            if authority.ends_with("/common") || !accepted {
                assert!(matches!(made, Err(SetupError::Authority(_))), "{authority}");
            }
        }
        for (graph, accepted) in [
            ("https://graph.microsoft.com/v1.0", true),
            ("http://127.0.0.1:9/v1.0", true),
            ("http://graph.microsoft.com/v1.0", false),
            ("https://a:b@graph.microsoft.com/v1.0", false),
        ] {
            let made = new("https://login.microsoftonline.com", graph, registration());
            assert_eq!(made.is_ok(), accepted, "{graph}");
        }
    }

    #[test]
    fn tenant_client_and_scopes() {
        type Change = fn(&mut AppRegistration);
        let cases: [(&str, Change, bool); 9] = [
            ("as is", |_| (), true),
            ("common", |app| app.tenant = "common".into(), false),
            (
                "organizations",
                |app| app.tenant = "organizations".into(),
                false,
            ),
            ("domain", |app| app.tenant = "contoso.example".into(), false),
            ("braces", |app| app.tenant = format!("{{{TENANT}}}"), false),
            ("client", |app| app.client_id = "my-app".into(), false),
            ("no scope", |app| app.scopes.clear(), false),
            (
                "only openid",
                |app| app.scopes = vec!["openid".into()],
                false,
            ),
            (
                "two in one",
                |app| app.scopes = vec!["User.Read.All Mail.Send".into()],
                false,
            ),
        ];
        for (name, change, accepted) in cases {
            let mut app = registration();
            change(&mut app);
            let made = new(
                "https://login.microsoftonline.com",
                "https://graph.microsoft.com/v1.0",
                app,
            );
            assert_eq!(made.is_ok(), accepted, "{name}");
        }
    }

    #[test]
    fn the_extra_root_has_to_be_a_certificate() {
        for pem in [
            &b""[..],
            b"not pem",
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ] {
            let endpoints = Endpoints {
                authority: "https://login.microsoftonline.com".parse().unwrap(),
                graph: "https://graph.microsoft.com/v1.0".parse().unwrap(),
                extra_root_pem: Some(pem.to_vec()),
            };
            assert!(Client::new(endpoints, registration()).is_err());
        }
    }
}
