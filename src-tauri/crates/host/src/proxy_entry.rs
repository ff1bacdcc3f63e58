//! What a proxy is told where it wants to know who asks: a name and a password, as one entry of the credential store of
//! the user the station runs as.

use zeroize::Zeroizing;

use crate::credentials::{CredentialStore, StoreError};

/// Under this key, beside the app's other entries.
const KEY: &str = "proxy-credentials";

/// The name and the password for a proxy.
pub struct ProxyEntry {
    pub user: Zeroizing<String>,
    pub password: Zeroizing<String>,
}

impl ProxyEntry {
    /// Keeps it in place of an earlier one. The name comes first, in a line of its own.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn keep(&self, store: &CredentialStore) -> Result<(), StoreError> {
        let both = format!("{}\n{}", self.user.as_str(), self.password.as_str());
        let both = Zeroizing::new(both);
        store.remember(KEY, both.as_bytes())
    }

    /// What is kept, if anything is. A store that would ask somebody is left alone: nobody may be there.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn recall(store: &CredentialStore) -> Result<Option<Self>, StoreError> {
        if !store.asks_nobody() {
            return Err(StoreError::NoAccess);
        }
        let Some(kept) = store.recall(KEY)?.map(Zeroizing::new) else {
            return Ok(None);
        };
        let text = std::str::from_utf8(&kept).map_err(|_| StoreError::Damaged)?;
        let (user, password) = text.split_once('\n').ok_or(StoreError::Damaged)?;
        Ok(Some(Self {
            user: Zeroizing::new(user.to_owned()),
            password: Zeroizing::new(password.to_owned()),
        }))
    }

    /// Forgets what is kept; it is no error if nothing is.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn forget(store: &CredentialStore) -> Result<(), StoreError> {
        store.forget(KEY)
    }
}
