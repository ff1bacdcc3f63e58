//! What is configured of a tenant and the app in it: which addresses, ids and scopes are acceptable.

use url::{Host, Url};
use uuid::Uuid;

use crate::roots::RootFlaw;
use crate::secret::ProxyCredentials;

/// Where the authority and Graph are. Both are data, so every cloud is the same code.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// The authority's host root, such as `https://login.microsoftonline.com`.
    /// The tenant's own path (`/{tenant}`) may follow.
    pub authority: Url,
    /// Graph's versioned root, such as `https://graph.microsoft.com/v1.0`.
    pub graph: Url,
    /// A file of certificates to trust besides the platform's roots, as [`crate::check_roots`] takes it.
    pub extra_root_pem: Option<Vec<u8>>,
}

/// The way requests leave the machine's network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proxy {
    /// Whatever the environment and the system's settings say.
    OfTheEnvironment,
    /// Straight, whatever they say.
    None,
    /// Through this proxy, whatever they say.
    At {
        /// `http://` or `https://`, a host and a port.
        address: Url,
        /// Hosts that are reached without it: a name with all below it, an address, or a range of addresses (CIDR).
        except: Vec<String>,
        /// What it is told where it wants to know who asks.
        credentials: Option<ProxyCredentials>,
    },
}

impl Proxy {
    /// The same, told who asks. Only a proxy that is chosen here can be.
    #[must_use]
    pub fn told(self, credentials: ProxyCredentials) -> Self {
        match self {
            Self::At {
                address, except, ..
            } => Self::At {
                address,
                except,
                credentials: Some(credentials),
            },
            Self::OfTheEnvironment => Self::OfTheEnvironment,
            Self::None => Self::None,
        }
    }

    pub(crate) fn is_told(&self) -> bool {
        match self {
            Self::At { credentials, .. } => credentials.is_some(),
            Self::OfTheEnvironment | Self::None => false,
        }
    }
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

/// A [`crate::Client`] could not be made from the configuration.
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
    /// A scope has characters that no scope can have, or none is given to renew tokens for.
    #[error("the scopes are empty or malformed")]
    Scopes,
    /// The file of extra roots holds no certificate, or one that is damaged.
    #[error("the file of extra root certificates {0}")]
    ExtraRoot(#[source] RootFlaw),
    /// The proxy's address is not one.
    #[error("the proxy's address is not acceptable")]
    Proxy,
    /// TLS could not be set up, for instance because the platform has no trusted roots.
    #[error("TLS could not be set up")]
    Tls(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl AppRegistration {
    /// `openid profile` for the ID token's claims, `offline_access` only where a refresh token is wanted.
    pub(crate) fn scope_text(&self, graph: &Url) -> String {
        let mut scopes = vec!["openid".to_owned(), "profile".to_owned()];
        if self.refresh {
            scopes.push("offline_access".to_owned());
        }
        let prefix = resource_prefix(graph);
        scopes.extend(self.scopes.iter().map(|scope| match &prefix {
            Some(prefix) if !scope.contains("://") => format!("{prefix}{scope}"),
            Some(_) | None => scope.clone(),
        }));
        scopes.join(" ")
    }

    /// Whatever was granted to the app itself, of Graph.
    pub(crate) fn whole_scope_text(&self, graph: &Url) -> String {
        let prefix = resource_prefix(graph);
        format!(
            "{}.default",
            prefix.as_deref().unwrap_or("https://graph.microsoft.com/")
        )
    }

    /// The same for a renewal, without what the sign-in's answer does not list. `openid` and `offline_access` are
    /// proven by the tokens that came with them, and `.default` stands for whatever was granted.
    pub(crate) fn renewal_scope_text(&self, granted: Option<&[String]>, graph: &Url) -> String {
        let asked = self.scope_text(graph);
        let Some(granted) = granted else {
            return asked;
        };
        let own = format!("{}/", graph.origin().ascii_serialization());
        let short = |scope: &str| {
            scope
                .strip_prefix(&own)
                .unwrap_or(scope)
                .to_ascii_lowercase()
        };
        let kept = |scope: &&str| {
            ["openid", "offline_access"].contains(scope)
                || scope.ends_with(".default")
                || granted.iter().any(|given| short(given) == short(scope))
        };
        let kept: Vec<&str> = asked.split(' ').filter(kept).collect();
        kept.join(" ")
    }

    /// What was granted, by short names. A token answer without `scope` means: what was asked.
    pub(crate) fn granted(&self, scopes: Option<Vec<String>>, graph: &Url) -> Vec<String> {
        let Some(scopes) = scopes else {
            return self.scopes.clone();
        };
        let own = format!("{}/", graph.origin().ascii_serialization());
        scopes
            .iter()
            .map(|scope| scope.strip_prefix(&own).unwrap_or(scope).to_owned())
            .filter(|scope| {
                !["openid", "profile", "email", "offline_access"].contains(&scope.as_str())
            })
            .collect()
    }
}

/// Short scope names mean the global cloud's Graph; the others have to be named in full.
fn resource_prefix(graph: &Url) -> Option<String> {
    let host = graph.host_str()?;
    let national =
        host.ends_with("graph.microsoft.us") || host.ends_with("microsoftgraph.chinacloudapi.cn");
    national.then(|| format!("{}/", graph.origin().ascii_serialization()))
}

impl RedirectHost {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Localhost => "localhost",
            Self::Loopback => "127.0.0.1",
        }
    }
}

pub(crate) fn checked_registration(
    mut app: AppRegistration,
) -> Result<AppRegistration, SetupError> {
    app.tenant = guid(&app.tenant).ok_or(SetupError::TenantNotGuid)?;
    app.client_id = guid(&app.client_id).ok_or(SetupError::ClientIdNotGuid)?;
    app.scopes
        .retain(|scope| !["openid", "profile", "offline_access"].contains(&scope.as_str()));
    let scope_char = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    let well_formed = |scope: &String| !scope.is_empty() && scope.bytes().all(scope_char);
    // Who only wants to know who it is asks for nothing else, and keeps nothing to ask again with.
    if (app.scopes.is_empty() && app.refresh) || !app.scopes.iter().all(well_formed) {
        return Err(SetupError::Scopes);
    }
    Ok(app)
}

/// Lower case with hyphens, the form tokens and issuers use.
fn guid(text: &str) -> Option<String> {
    canonical_id(text).filter(|_| text.len() == 36)
}

/// A GUID of any spelling as [`guid`] writes it: one object has one name, whoever spells it.
pub(crate) fn canonical_id(text: &str) -> Option<String> {
    let parsed = Uuid::try_parse(text).ok()?;
    Some(parsed.hyphenated().to_string())
}

pub(crate) fn checked_authority(address: &Url, tenant: &str) -> Result<Url, SetupError> {
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

pub(crate) fn checked_address(address: &Url) -> Result<Url, &'static str> {
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

    fn registration() -> AppRegistration {
        AppRegistration {
            tenant: String::new(),
            client_id: String::new(),
            scopes: vec![
                "User.Read.All".to_owned(),
                "https://x.example/Own".to_owned(),
            ],
            redirect_host: RedirectHost::Localhost,
            refresh: false,
            prompt: Prompt::Login,
        }
    }

    // Short names mean the global cloud; a national cloud's Graph is named in full, and both come back short.
    #[test]
    fn scopes_by_cloud() {
        for (graph, expected) in [
            (
                "https://graph.microsoft.com/v1.0",
                "openid profile User.Read.All https://x.example/Own",
            ),
            (
                "http://127.0.0.1:7/v1.0",
                "openid profile User.Read.All https://x.example/Own",
            ),
            (
                "https://dod-graph.microsoft.us/v1.0",
                "openid profile https://dod-graph.microsoft.us/User.Read.All https://x.example/Own",
            ),
        ] {
            let graph: Url = graph.parse().unwrap();
            assert_eq!(registration().scope_text(&graph), expected);
            let full = format!("{}/User.Read.All", graph.origin().ascii_serialization());
            let granted = vec![
                "profile".to_owned(),
                full,
                "openid".to_owned(),
                "offline_access".to_owned(),
            ];
            assert_eq!(
                registration().granted(Some(granted), &graph),
                ["User.Read.All"]
            );
        }
    }
}
