//! What a proxy or the mail relay is told where it wants to know who asks: a name and a password as one entry of the
//! credential store of the user the station runs as.

use zeroize::Zeroizing;

use crate::credentials::{CredentialStore, StoreError};

/// Who is told. Each has an entry of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldTo {
    Proxy,
    MailRelay,
}

/// The name and the password for one of them.
pub struct NameAndPassword {
    pub user: Zeroizing<String>,
    pub password: Zeroizing<String>,
}

impl ToldTo {
    /// The entry's key, beside the app's other entries.
    fn key(self) -> &'static str {
        match self {
            Self::Proxy => "proxy-credentials",
            Self::MailRelay => "mail-credentials",
        }
    }

    /// Keeps both in place of an earlier entry. The name comes first, in a line of its own.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn keep(self, store: &CredentialStore, both: &NameAndPassword) -> Result<(), StoreError> {
        let (user, password) = (both.user.as_str(), both.password.as_str());
        let text = Zeroizing::new(format!("{user}\n{password}"));
        store.remember(self.key(), text.as_bytes())
    }

    /// What is kept, if anything is. A store that would ask somebody is left alone: nobody may be there.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn recall(self, store: &CredentialStore) -> Result<Option<NameAndPassword>, StoreError> {
        if !store.asks_nobody() {
            return Err(StoreError::NoAccess);
        }
        let Some(kept) = store.recall(self.key())?.map(Zeroizing::new) else {
            return Ok(None);
        };
        let text = std::str::from_utf8(&kept).map_err(|_| StoreError::Damaged)?;
        let (user, password) = text.split_once('\n').ok_or(StoreError::Damaged)?;
        let own = |text: &str| Zeroizing::new(text.to_owned());
        Ok(Some(NameAndPassword {
            user: own(user),
            password: own(password),
        }))
    }

    /// Forgets what is kept; it is no error if nothing is.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn forget(self, store: &CredentialStore) -> Result<(), StoreError> {
        store.forget(self.key())
    }
}
