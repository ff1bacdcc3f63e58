//! What everything that talks to one tenant shares: the way out, the registration, the addresses, the keys.

use std::sync::{Arc, Mutex};

use url::Url;

use crate::error::SupportInfo;
use crate::http::Http;
use crate::keys::SigningKeys;
use crate::registration::AppRegistration;

/// What a client and its sessions share.
pub(crate) struct Tenant {
    pub(crate) http: Http,
    pub(crate) app: AppRegistration,
    pub(crate) authority: Url,
    pub(crate) graph: Url,
    pub(crate) keys: Mutex<Option<Arc<SigningKeys>>>,
}

impl Tenant {
    pub(crate) fn support(&self, client_request_id: String) -> SupportInfo {
        let at_unix_ms = self.http.clock().now_unix_ms();
        SupportInfo {
            client_request_id,
            request_id: None,
            status: None,
            at_unix_ms,
        }
    }
}
