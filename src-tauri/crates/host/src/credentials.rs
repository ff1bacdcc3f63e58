//! The system's credential store, for small station keys. Tokens never go here.

use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyring_core::{Entry, Error};
use serde::Serialize;
use zeroize::Zeroizing;

/// A credential store that answers within [`CredentialStore::LIMIT`] or is given up: a locked Secret
/// Service asks a person who may not be there, and hangs.
#[derive(Clone)]
pub struct CredentialStore {
    source: Source,
    /// Disconnects when a call that was given up comes back after all; until then no other is made, so
    /// that hanging calls do not pile up.
    hanging: Arc<Mutex<Option<Receiver<()>>>>,
}

/// Whether the store can be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum StoreStatus {
    /// A random value was set, read and removed.
    Available {
        /// What the store calls itself.
        name: String,
    },
    /// It cannot be used.
    Unavailable {
        /// Why not.
        why: StoreError,
    },
}

/// Why the store did not do what was asked. It holds nothing of the store's own error, for that may
/// hold the stored bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum StoreError {
    /// The system has no store, or it is not running.
    #[error("there is no credential store")]
    Missing,
    /// The store is locked or refuses this user.
    #[error("the credential store refuses access")]
    NoAccess,
    /// It did not answer in time.
    #[error("the credential store does not answer")]
    TimedOut,
    /// The value is longer than [`CredentialStore::VALUE_BYTES`].
    #[error("the value is too long for a credential store")]
    TooLong,
    /// What came back is not what was put in.
    #[error("the credential store holds something else under this key")]
    Damaged,
    /// Anything else the store reported.
    #[error("the credential store failed")]
    Failed,
}

#[derive(Clone)]
enum Source {
    /// The system's own store, found on the first call.
    System,
    Given(Arc<keyring_core::CredentialStore>),
}

impl CredentialStore {
    /// How long a call may take.
    pub const LIMIT: Duration = Duration::from_secs(2);

    /// The longest value: what the smallest store (Windows, 2,560 bytes) holds, with room to spare.
    pub const VALUE_BYTES: usize = 1024;

    /// The name all entries of this app stand under.
    const SERVICE: &'static str = "madoguchi";

    /// The system's store: Keychain, Credential Manager or Secret Service. Nothing is touched yet.
    #[must_use]
    pub fn system() -> Self {
        Self::with_source(Source::System)
    }

    /// A store that is handed in.
    #[must_use]
    pub fn with_store(store: Arc<keyring_core::CredentialStore>) -> Self {
        Self::with_source(Source::Given(store))
    }

    fn with_source(source: Source) -> Self {
        Self {
            source,
            hanging: Arc::default(),
        }
    }

    /// Sets, reads and removes a random value, for only that shows that a store works.
    #[must_use]
    pub fn probe(&self) -> StoreStatus {
        let key = format!("probe-{}", uuid::Uuid::new_v4());
        let probed = self.within_limit(move |source| {
            let store = source.store()?;
            let name = store.vendor();
            let entry = entry(&store, &key)?;
            let value = uuid::Uuid::new_v4();
            write(&entry, value.as_bytes())?;
            let read = read(&entry);
            entry.delete_credential().map_err(code)?;
            if read? == value.as_bytes() {
                Ok(name)
            } else {
                Err(StoreError::Damaged)
            }
        });
        match probed {
            Ok(name) => StoreStatus::Available { name },
            Err(why) => StoreStatus::Unavailable { why },
        }
    }

    /// Keeps `value` under `key` for the current user of this machine, in place of an earlier one.
    ///
    /// # Errors
    /// See [`StoreError`]. After [`StoreError::TimedOut`] the value may or may not have been kept.
    pub fn remember(&self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        if value.len() > Self::VALUE_BYTES {
            return Err(StoreError::TooLong);
        }
        let (key, value) = (key.to_owned(), Zeroizing::new(value.to_vec()));
        self.within_limit(move |source| write(&entry(&source.store()?, &key)?, &value))
    }

    /// What is kept under `key`, if anything is.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn recall(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let key = key.to_owned();
        self.within_limit(move |source| {
            let entry = entry(&source.store()?, &key)?;
            match entry.get_secret() {
                Ok(stored) => decoded(&Zeroizing::new(stored)).map(Some),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(code(error)),
            }
        })
    }

    /// Whether a call would ask nobody for anything. A Secret Service that is locked opens a window, which on a counter
    /// nobody answers, or the wrong one.
    #[must_use]
    pub fn asks_nobody(&self) -> bool {
        self.within_limit(|source| match source {
            Source::Given(_) => Ok(true),
            Source::System => Ok(system_is_open()),
        })
        .unwrap_or(false)
    }

    /// Removes what is kept under `key`; it is no error if nothing is.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn forget(&self, key: &str) -> Result<(), StoreError> {
        let key = key.to_owned();
        self.within_limit(
            move |source| match entry(&source.store()?, &key)?.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => Ok(()),
                Err(error) => Err(code(error)),
            },
        )
    }

    /// Runs `call` on a thread of its own and gives up on it after [`Self::LIMIT`].
    fn within_limit<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Source) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        if self.is_hanging() {
            return Err(StoreError::TimedOut);
        }
        let source = self.source.clone();
        let (answer, wait) = sync_channel(1);
        let (running, ended) = channel::<()>();
        std::thread::spawn(move || {
            // Nobody waits any more when the limit has passed.
            let _ = answer.send(call(&source));
            drop(running);
        });
        match wait.recv_timeout(Self::LIMIT) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) => {
                *self.hanging() = Some(ended);
                Err(StoreError::TimedOut)
            }
            Err(RecvTimeoutError::Disconnected) => Err(StoreError::Failed),
        }
    }

    /// Whether a call that was given up has still not come back.
    fn is_hanging(&self) -> bool {
        let mut hanging = self.hanging();
        if matches!(
            hanging.as_ref().map(Receiver::try_recv),
            Some(Err(TryRecvError::Empty))
        ) {
            return true;
        }
        *hanging = None;
        false
    }

    fn hanging(&self) -> MutexGuard<'_, Option<Receiver<()>>> {
        self.hanging.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the collection that new values go to is there and unlocked.
#[cfg(target_os = "linux")]
fn system_is_open() -> bool {
    use secret_service::EncryptionType::Plain;
    use secret_service::blocking::SecretService;
    SecretService::connect(Plain).is_ok_and(|service| {
        service
            .get_default_collection()
            .and_then(|collection| collection.is_locked())
            .is_ok_and(|is_locked| !is_locked)
    })
}

#[cfg(not(target_os = "linux"))]
fn system_is_open() -> bool {
    true
}

impl Source {
    fn store(&self) -> Result<Arc<keyring_core::CredentialStore>, StoreError> {
        match self {
            Self::Given(store) => Ok(Arc::clone(store)),
            Self::System => match keyring::Entry::store_status() {
                Ok(()) => keyring_core::get_default_store().ok_or(StoreError::Missing),
                Err(_) => Err(StoreError::Missing),
            },
        }
    }
}

fn entry(store: &Arc<keyring_core::CredentialStore>, key: &str) -> Result<Entry, StoreError> {
    // Without this, Windows lets entries roam with the user to other machines.
    #[cfg(windows)]
    let modifiers = Some(std::collections::HashMap::from([("persistence", "Local")]));
    #[cfg(not(windows))]
    let modifiers: Option<std::collections::HashMap<&str, &str>> = None;
    store
        .build(CredentialStore::SERVICE, key, modifiers.as_ref())
        .map_err(code)
}

/// In base64, because some stores behind Secret Service keep text only.
fn write(entry: &Entry, value: &[u8]) -> Result<(), StoreError> {
    let text = Zeroizing::new(STANDARD.encode(value));
    entry.set_secret(text.as_bytes()).map_err(code)
}

fn read(entry: &Entry) -> Result<Vec<u8>, StoreError> {
    decoded(&entry.get_secret().map_err(code)?)
}

fn decoded(stored: &[u8]) -> Result<Vec<u8>, StoreError> {
    STANDARD.decode(stored).map_err(|_| StoreError::Damaged)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the store's error may hold the stored bytes, so it ends here"
)]
fn code(error: Error) -> StoreError {
    if matches!(error, Error::NoStorageAccess(_)) {
        StoreError::NoAccess
    } else if matches!(error, Error::NoDefaultStore) {
        StoreError::Missing
    } else if matches!(error, Error::TooLong(..)) {
        StoreError::TooLong
    } else if matches!(
        error,
        Error::NoEntry | Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_)
    ) {
        StoreError::Damaged
    } else {
        StoreError::Failed
    }
}
