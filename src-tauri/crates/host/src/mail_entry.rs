//! What the site's mail relay is told of who sends, as an entry of the credential store.

use zeroize::Zeroizing;

use crate::credentials::{CredentialStore, StoreError};
use crate::name_and_password;

/// Under this key, beside the app's other entries.
const KEY: &str = "mail-credentials";

/// The name and the password for the mail relay.
pub struct MailEntry {
    pub user: Zeroizing<String>,
    pub password: Zeroizing<String>,
}

impl MailEntry {
    /// Keeps it in place of an earlier one.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn keep(&self, store: &CredentialStore) -> Result<(), StoreError> {
        name_and_password::keep(store, KEY, &self.user, &self.password)
    }

    /// What is kept, if anything is. A store that would ask somebody is left alone: nobody may be there.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn recall(store: &CredentialStore) -> Result<Option<Self>, StoreError> {
        let kept = name_and_password::recall(store, KEY)?;
        Ok(kept.map(|(user, password)| Self { user, password }))
    }

    /// Forgets what is kept; it is no error if nothing is.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn forget(store: &CredentialStore) -> Result<(), StoreError> {
        store.forget(KEY)
    }
}
