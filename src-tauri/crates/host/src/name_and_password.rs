//! A name and a password as one entry of the credential store of the user the station runs as.

use zeroize::Zeroizing;

use crate::credentials::{CredentialStore, StoreError};

/// The name, then the password.
pub(crate) type Both = (Zeroizing<String>, Zeroizing<String>);

/// Keeps both under `key`, in place of an earlier entry. The name comes first, in a line of its own.
pub(crate) fn keep(
    store: &CredentialStore,
    key: &str,
    user: &str,
    password: &str,
) -> Result<(), StoreError> {
    let both = Zeroizing::new(format!("{user}\n{password}"));
    store.remember(key, both.as_bytes())
}

/// What is kept there, if anything is. A store that would ask somebody is left alone: nobody may be there.
pub(crate) fn recall(store: &CredentialStore, key: &str) -> Result<Option<Both>, StoreError> {
    if !store.asks_nobody() {
        return Err(StoreError::NoAccess);
    }
    let Some(kept) = store.recall(key)?.map(Zeroizing::new) else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&kept).map_err(|_| StoreError::Damaged)?;
    let (user, password) = text.split_once('\n').ok_or(StoreError::Damaged)?;
    let own = |text: &str| Zeroizing::new(text.to_owned());
    Ok(Some((own(user), own(password))))
}
