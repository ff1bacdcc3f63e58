//! What a tenant is started with.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::directory::NewUser;
use crate::oauth::clients::NewClient;
use crate::observe::Observer;

/// How to start a tenant; [`TenantOptions::default`] suits tests.
#[derive(Clone, Debug)]
pub struct TenantOptions {
    /// Where plain http listens; loopback only, port 0 takes a free one.
    pub http: SocketAddr,
    /// Where https listens; loopback only, port 0 takes a free one.
    pub https: SocketAddr,
    /// Ids, passwords and passes are the same for the same seed.
    pub seed: u64,
    /// Changes to the built-in tenant.
    pub profile: Profile,
    /// Looks at every request on the sign-in service and Graph with its answer; for tests.
    pub observer: Option<Observer>,
}

impl Default for TenantOptions {
    fn default() -> Self {
        let anywhere = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        Self {
            http: anywhere,
            https: anywhere,
            seed: 1,
            profile: Profile::default(),
            observer: None,
        }
    }
}

/// Changes to the built-in tenant, read from a TOML file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// Flags to start with, by name.
    pub switches: Map<String, Value>,
    /// People in addition to the built-in ones.
    pub users: Vec<NewUser>,
    /// Redirect addresses of the station's client in addition to `http://localhost` and `http://127.0.0.1`.
    pub redirect_uris: Vec<String>,
    /// App registrations in addition to the built-in ones.
    pub clients: Vec<NewClient>,
    /// Name of a group of those whose passwords are changed for them: every operator owns it, and the station's client
    /// has consent for what changing it takes.
    pub roll: Option<String>,
}

impl Profile {
    /// Reads a profile file. Fails when it cannot be read or holds something unknown.
    pub fn read(path: &Path) -> Result<Self, TenantStartError> {
        let unreadable =
            |source: Box<dyn std::error::Error + Send + Sync>| TenantStartError::Profile {
                path: path.display().to_string(),
                source,
            };
        let text = std::fs::read_to_string(path).map_err(|e| unreadable(e.into()))?;
        toml::from_str(&text).map_err(|e| unreadable(e.into()))
    }
}

/// Why a tenant could not be started.
#[derive(Debug, thiserror::Error)]
pub enum TenantStartError {
    /// The tenant knows passwords and gives out tokens: it never listens where others could reach it.
    #[error("{0} is not a loopback address; the simulated tenant listens on loopback only")]
    NotLoopback(SocketAddr),
    /// The address is taken or not ours.
    #[error("cannot listen on {address}")]
    Bind {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The profile file is unreadable or wrong.
    #[error("cannot use the profile {path}")]
    Profile {
        /// The file.
        path: String,
        /// What is wrong with it.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A switch or person of the profile is refused.
    #[error("the profile is refused: {0}")]
    Refused(String),
    /// A key or certificate could not be made or written.
    #[error("cannot make the {what}")]
    Keys {
        /// Which one.
        what: &'static str,
        /// What went wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
