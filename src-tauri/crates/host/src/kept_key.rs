//! The private key of an app that signs in by itself, in the credential store of the user it runs as. The smallest store
//! holds less than a key, so it lies there in parts.

use zeroize::Zeroizing;

use crate::credentials::{CredentialStore, StoreError};

const KEY: &str = "password-job-key";
/// The first byte of each part says how many there are.
const PART: usize = CredentialStore::VALUE_BYTES - 1;
const MOST_PARTS: usize = 8;

/// Keeps a key in place of an earlier one.
///
/// # Errors
/// See [`StoreError`].
pub fn keep(store: &CredentialStore, key: &[u8]) -> Result<(), StoreError> {
    let parts: Vec<&[u8]> = key.chunks(PART).collect();
    let count = u8::try_from(parts.len()).map_err(|_| StoreError::TooLong)?;
    if parts.is_empty() || parts.len() > MOST_PARTS {
        return Err(StoreError::TooLong);
    }
    for (number, part) in parts.iter().enumerate() {
        let mut value = Zeroizing::new(Vec::with_capacity(PART + 1));
        value.push(count);
        value.extend_from_slice(part);
        store.remember(&name(number), &value)?;
    }
    Ok(())
}

/// What is kept, if anything is. A store that would ask somebody is left alone: nobody may be there.
///
/// # Errors
/// See [`StoreError`].
pub fn recall(store: &CredentialStore) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
    if !store.asks_nobody() {
        return Err(StoreError::NoAccess);
    }
    let mut key = Zeroizing::new(Vec::with_capacity(PART * MOST_PARTS));
    let mut number = 0;
    loop {
        let part = store.recall(&name(number))?.map(Zeroizing::new);
        let Some(part) = part else {
            return match number {
                0 => Ok(None),
                _ => Err(StoreError::Damaged),
            };
        };
        let (count, rest) = part.split_first().ok_or(StoreError::Damaged)?;
        key.extend_from_slice(rest);
        number += 1;
        if number >= usize::from(*count) {
            return Ok(Some(key));
        }
    }
}

/// Forgets it; it is no error if nothing is kept.
///
/// # Errors
/// See [`StoreError`].
pub fn forget(store: &CredentialStore) -> Result<(), StoreError> {
    (0..MOST_PARTS).try_for_each(|number| store.forget(&name(number)))
}

fn name(number: usize) -> String {
    format!("{KEY}-{number}")
}
