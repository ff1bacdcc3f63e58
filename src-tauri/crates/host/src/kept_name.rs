//! One name in the credential store that a site may want kept, and may no longer want kept.

use std::path::{Path, PathBuf};

use crate::credentials::{CredentialStore, StoreError};

/// A name kept in the credential store, and beside the station's data the mark that one is kept. So a station that is
/// to keep none knows whether there is one to forget, and asks no store where there never was one.
#[derive(Clone)]
pub struct KeptName {
    store: CredentialStore,
    key: &'static str,
    mark: PathBuf,
}

/// Why a name was not kept or not forgotten.
#[derive(Debug, thiserror::Error)]
pub enum KeptNameError {
    #[error("{0}")]
    Store(#[from] StoreError),
    /// What is kept without its mark could not be forgotten later.
    #[error("the mark that a name is kept could not be written or removed: {0}")]
    Mark(#[from] std::io::Error),
}

impl KeptName {
    /// The name under `key`, with its mark in `folder`. Nothing is touched yet.
    #[must_use]
    pub fn new(store: CredentialStore, key: &'static str, folder: &Path) -> Self {
        Self {
            store,
            key,
            mark: folder.join(format!("{key}.kept")),
        }
    }

    /// The name that is kept, if any.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn recall(&self) -> Result<Option<String>, StoreError> {
        let name = self.store.recall(self.key)?;
        name.map(|name| String::from_utf8(name).map_err(|_| StoreError::Damaged))
            .transpose()
    }

    /// Keeps this name in place of an earlier one; the mark comes first.
    ///
    /// # Errors
    /// See [`KeptNameError`].
    pub fn keep(&self, name: &str) -> Result<(), KeptNameError> {
        std::fs::write(&self.mark, b"")?;
        Ok(self.store.remember(self.key, name.as_bytes())?)
    }

    /// Forgets what is kept, if anything is; the mark goes last, so what fails is tried again at the next start.
    ///
    /// # Errors
    /// See [`KeptNameError`].
    pub fn forget(&self) -> Result<(), KeptNameError> {
        if !self.mark.try_exists()? {
            return Ok(());
        }
        self.store.forget(self.key)?;
        Ok(std::fs::remove_file(&self.mark)?)
    }
}
