//! One tenant of one cloud: addresses and app registration, checked once.

use std::sync::{Arc, Mutex};

use url::{Host, Url};
use uuid::Uuid;

use crate::http::Http;
use crate::sign_in::SigningKeys;
use crate::time::ServiceDate;

/// Where the authority and Graph are. Both are data, so every cloud is the same code.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// The authority's host root, such as `https://login.microsoftonline.com`.
    /// The tenant's own path (`/{tenant}`) may follow.
    pub authority: Url,
    /// Graph's versioned root, such as `https://graph.microsoft.com/v1.0`.
    pub graph: Url,
    /// PEM certificates to trust besides the platform's roots.
    pub extra_root_pem: Option<Vec<u8>>,
}

/// What is registered in the tenant, and how to sign in with it.
#[derive(Clone, Debug)]
pub struct AppRegistration {
    /// The tenant's GUID; `common` and its like are refused.
    pub tenant: String,
    /// The application (client) id, a GUID.
    pub client_id: String,
    /// Graph scopes by their short names, such as `User.Read.All`.
    pub scopes: Vec<String>,
    /// The host of the registered redirect address.
    pub redirect_host: RedirectHost,
    /// Whether to ask for a refresh token (`offline_access`), held in memory only.
    pub refresh: bool,
    /// What the sign-in page has to do with accounts it already knows.
    pub prompt: Prompt,
}

/// The host of the redirect address. Entra ignores the port, never the host or the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectHost {
    /// `http://localhost:{port}/`, the usual registration for desktop apps.
    Localhost,
    /// `http://127.0.0.1:{port}/`, which has to be put into the app manifest by hand.
    Loopback,
}

/// The `prompt` sent to the sign-in page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// Credentials are asked for every time.
    Login,
    /// The operator picks an account; a login hint is not sent, the two exclude each other.
    SelectAccount,
}

/// A [`Client`] could not be made from the configuration.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The authority's address is not an https root (or http on the literal 127.0.0.1).
    #[error("the authority's address is not acceptable: {0}")]
    Authority(&'static str),
    /// Graph's address is not https (or http on the literal 127.0.0.1).
    #[error("Graph's address is not acceptable: {0}")]
    Graph(&'static str),
    /// The tenant is not a GUID.
    #[error("the tenant must be given as its GUID")]
    TenantNotGuid,
    /// The client id is not a GUID.
    #[error("the client id must be a GUID")]
    ClientIdNotGuid,
    /// A scope has characters that no scope can have, or none is given.
    #[error("the scopes are empty or malformed")]
    Scopes,
    /// The extra root is not PEM, or has no certificate in it.
    #[error("the extra root certificate cannot be read")]
    ExtraRoot,
    /// TLS could not be set up, for instance because the platform has no trusted roots.
    #[error("TLS could not be set up")]
    Tls(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The way to one tenant: signs operators in. Clones share connections, keys and service time.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Tenant>);

/// What a client and its sessions share.
pub(crate) struct Tenant {
    pub(crate) http: Http,
    pub(crate) app: AppRegistration,
    pub(crate) authority: Url,
    pub(crate) graph: Url,
    pub(crate) keys: Mutex<Option<Arc<SigningKeys>>>,
}

impl Client {
    /// Checks addresses and registration and sets up TLS; no request is made yet.
    ///
    /// # Errors
    /// A [`SetupError`] that names what is not acceptable.
    pub fn new(endpoints: Endpoints, app: AppRegistration) -> Result<Self, SetupError> {
        let app = checked_registration(app)?;
        let authority = checked_authority(&endpoints.authority, &app.tenant)?;
        let graph = checked_address(&endpoints.graph).map_err(SetupError::Graph)?;
        // Chosen here so that it never depends on which features another crate switches on;
        // it fails only where a provider is already installed.
        let _installed = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
        let http = Http::new(&authority, &graph, endpoints.extra_root_pem.as_deref())?;
        Ok(Self(Arc::new(Tenant {
            http,
            app,
            authority,
            graph,
            keys: Mutex::new(None),
        })))
    }

    /// The newest time the service told in any answer, and when this machine heard it.
    pub fn last_service_date(&self) -> Option<ServiceDate> {
        self.0.http.clock().last()
    }

    /// The highest share of Graph's limit on authentication methods that answers told since this was last asked,
    /// in hundredths (`x-ms-throttle-limit-percentage`, sent from 0.8 on). None where nobody told.
    pub fn take_limit_percent(&self) -> Option<u32> {
        self.0.http.take_methods_percent()
    }
}

fn checked_registration(mut app: AppRegistration) -> Result<AppRegistration, SetupError> {
    app.tenant = guid(&app.tenant).ok_or(SetupError::TenantNotGuid)?;
    app.client_id = guid(&app.client_id).ok_or(SetupError::ClientIdNotGuid)?;
    app.scopes
        .retain(|scope| !["openid", "profile", "offline_access"].contains(&scope.as_str()));
    let scope_char = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    let well_formed = |scope: &String| !scope.is_empty() && scope.bytes().all(scope_char);
    if app.scopes.is_empty() || !app.scopes.iter().all(well_formed) {
        return Err(SetupError::Scopes);
    }
    Ok(app)
}

/// Lower case with hyphens, the form tokens and issuers use.
fn guid(text: &str) -> Option<String> {
    let parsed = Uuid::try_parse(text).ok()?;
    (text.len() == 36).then(|| parsed.hyphenated().to_string())
}

fn checked_authority(address: &Url, tenant: &str) -> Result<Url, SetupError> {
    let mut root = checked_address(address).map_err(SetupError::Authority)?;
    let path = root.path().trim_matches('/');
    if !path.is_empty() && !path.eq_ignore_ascii_case(tenant) {
        return Err(SetupError::Authority(
            "only the host root, or the tenant's own path",
        ));
    }
    root.set_path("/");
    Ok(root)
}

fn checked_address(address: &Url) -> Result<Url, &'static str> {
    if !address.username().is_empty() || address.password().is_some() {
        return Err("user information is not allowed");
    }
    if address.query().is_some() || address.fragment().is_some() {
        return Err("query and fragment are not allowed");
    }
    match address.scheme() {
        "https" if address.host().is_some() => Ok(address.clone()),
        "http" if is_literal_loopback(address) => Ok(address.clone()),
        "http" => Err("plain http is for the literal 127.0.0.1 only"),
        _ => Err("the scheme must be https"),
    }
}

pub(crate) fn is_literal_loopback(address: &Url) -> bool {
    address.host() == Some(Host::Ipv4(std::net::Ipv4Addr::LOCALHOST))
}

#[cfg(test)]
mod tests {
    use super::*;

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
