//! What everything that talks to one tenant shares: the way out, the registration, the addresses, the keys.

use std::sync::{Arc, Mutex};

use url::Url;

use crate::error::SupportInfo;
use crate::http::Http;
use crate::keys::SigningKeys;
use crate::registration::{
    AppRegistration, Endpoints, Proxy, SetupError, checked_address, checked_authority,
    checked_registration,
};
use crate::time::{ServiceClock, Uptime};

/// What a client and its sessions share.
pub(crate) struct Tenant {
    pub(crate) http: Http,
    pub(crate) app: AppRegistration,
    pub(crate) authority: Url,
    pub(crate) graph: Url,
    pub(crate) keys: Mutex<Option<Arc<SigningKeys>>>,
    pub(crate) uptime: Uptime,
}

impl Tenant {
    pub(crate) fn new(
        proxy: &Proxy,
        endpoints: Endpoints,
        app: AppRegistration,
        uptime: Uptime,
    ) -> Result<Self, SetupError> {
        let app = checked_registration(app)?;
        let authority = checked_authority(&endpoints.authority, &app.tenant)?;
        let graph = checked_address(&endpoints.graph).map_err(SetupError::Graph)?;
        // Chosen here so that it never depends on which features another crate switches on;
        // it fails only where a provider is already installed.
        let _installed = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
        let extra_root = endpoints.extra_root_pem.as_deref();
        let clock = ServiceClock::new(Arc::clone(&uptime));
        let http = Http::new(&authority, &graph, extra_root, proxy, clock)?;
        Ok(Self {
            http,
            app,
            authority,
            graph,
            keys: Mutex::new(None),
            uptime,
        })
    }

    pub(crate) fn support(&self, client_request_id: String) -> SupportInfo {
        let at_unix_ms = self.http.clock().now_unix_ms();
        SupportInfo {
            client_request_id,
            request_id: None,
            status: None,
            at_unix_ms,
            refusal: None,
        }
    }
}
