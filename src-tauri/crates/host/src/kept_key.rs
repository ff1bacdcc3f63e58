//! The private key of an app that signs in by itself, in the credential store of the user it runs as. The smallest store
//! holds less than a key, so it lies there in parts.
//!
//! There are two places for parts, and one entry that says in which of them the key is. A new key goes into the other
//! place and is read back before that entry is changed: whoever is killed in between has the old key, whole.

use zeroize::Zeroizing;

use crate::credentials::{CredentialStore, StoreError};

const KEY: &str = "password-job-key";
/// A part says nothing but its own piece of the key.
const PART: usize = CredentialStore::VALUE_BYTES;
const MOST_PARTS: u8 = 8;
const KEY_BYTES: usize = PART * MOST_PARTS as usize;

/// One of the two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    First,
    Second,
}

/// Where a key is, and of how many parts.
#[derive(Clone, Copy)]
struct Kept {
    place: Place,
    parts: u8,
}

/// Keeps a key in place of an earlier one. Whether it is a key is for the caller to try first.
///
/// # Errors
/// See [`StoreError`]. One of the two keys is then kept, whole.
pub fn keep(store: &CredentialStore, key: &[u8]) -> Result<(), StoreError> {
    let parts: Vec<&[u8]> = key.chunks(PART).collect();
    let count = u8::try_from(parts.len()).map_err(|_| StoreError::TooLong)?;
    if !(1..=MOST_PARTS).contains(&count) {
        return Err(StoreError::TooLong);
    }
    let place = match kept(store) {
        Ok(kept) => kept.map_or(Place::First, |kept| kept.place.other()),
        // Whatever that is, no key is kept by it.
        Err(StoreError::Damaged) => Place::First,
        Err(error) => return Err(error),
    };
    // What a longer key, or one that was cut off, left there.
    clear(store, place)?;
    for (number, part) in (0..).zip(&parts) {
        store.remember(&place.name(number), part)?;
    }
    let fresh = Kept {
        place,
        parts: count,
    };
    if *read(store, fresh)? != key {
        return Err(StoreError::Damaged);
    }
    store.remember(KEY, &[place.number(), count])?;
    // It is kept. What may stay of the one before is cleared before the next one is put there.
    let _cleared = clear(store, place.other());
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
    match whole(store) {
        // A new key may have come meanwhile, and the parts of the one that was being read are gone.
        Err(StoreError::Damaged) => whole(store),
        read => read,
    }
}

/// Forgets it; it is no error if nothing is kept.
///
/// # Errors
/// See [`StoreError`].
pub fn forget(store: &CredentialStore) -> Result<(), StoreError> {
    store.forget(KEY)?;
    clear(store, Place::First)?;
    clear(store, Place::Second)
}

/// Where the key is, as the one entry says.
fn kept(store: &CredentialStore) -> Result<Option<Kept>, StoreError> {
    let Some(said) = store.recall(KEY)? else {
        return Ok(None);
    };
    let &[place, parts] = said.as_slice() else {
        return Err(StoreError::Damaged);
    };
    let place = Place::of(place).ok_or(StoreError::Damaged)?;
    Ok(Some(Kept { place, parts }))
}

fn whole(store: &CredentialStore) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
    kept(store)?.map(|kept| read(store, kept)).transpose()
}

fn read(store: &CredentialStore, kept: Kept) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    // It never grows, so that no copy stays behind.
    let mut key = Zeroizing::new(Vec::with_capacity(KEY_BYTES));
    for number in 0..kept.parts.min(MOST_PARTS) {
        let part = store.recall(&kept.place.name(number))?;
        key.extend_from_slice(&Zeroizing::new(part.ok_or(StoreError::Damaged)?));
    }
    Ok(key)
}

fn clear(store: &CredentialStore, place: Place) -> Result<(), StoreError> {
    (0..MOST_PARTS).try_for_each(|number| store.forget(&place.name(number)))
}

impl Place {
    fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }

    fn number(self) -> u8 {
        match self {
            Self::First => 1,
            Self::Second => 2,
        }
    }

    fn of(number: u8) -> Option<Self> {
        [Self::First, Self::Second]
            .into_iter()
            .find(|place| place.number() == number)
    }

    fn name(self, part: u8) -> String {
        format!("{KEY}-{}-{part}", self.number())
    }
}
