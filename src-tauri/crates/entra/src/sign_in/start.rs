//! The address the browser is started with: on our own listener, good for one request.
//!
//! The authority's address holds `state`, `nonce` and the PKCE challenge. Whoever reads it from a command line can
//! finish the sign-in in a browser and with an account of their own; from this one they learn nothing, and asking
//! for it themselves ends the sign-in.

use oauth2::CsrfToken;
use url::Url;

const FOLDER: &str = "/begin/";

/// The one address a sign-in begins at.
pub(super) struct Start {
    address: Url,
    token: CsrfToken,
}

impl Start {
    /// A fresh one at the listener's own address.
    pub(super) fn new(listener: &Url) -> Self {
        let token = CsrfToken::new_random_len(32);
        let mut address = listener.clone();
        address.set_path(&format!("{FOLDER}{}", token.secret()));
        Self { address, token }
    }

    pub(super) fn address(&self) -> &Url {
        &self.address
    }

    /// Whether a request's path is this address's. Compared in constant time.
    pub(super) fn is(&self, path: &str) -> bool {
        path.strip_prefix(FOLDER)
            .is_some_and(|given| CsrfToken::new(given.to_owned()) == self.token)
    }
}
