use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use host::credentials::{CredentialStore, StoreError};
use host::kept_key::{forget, keep, recall};
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Error, mock};

use crate::watched_store::Watched;

/// What a store that ends has left, and all keys it was asked for.
struct Ending {
    left: AtomicUsize,
    asked: Mutex<BTreeSet<String>>,
}

/// A store that is there for so many calls and then no more, as for a process that is killed.
fn ending(inner: &Arc<mock::Store>, calls: usize) -> (CredentialStore, Arc<Ending>) {
    let ending = Arc::new(Ending {
        left: AtomicUsize::new(calls),
        asked: Mutex::default(),
    });
    let told = Arc::clone(&ending);
    let watched = Watched(Arc::clone(inner), move |key: &str| {
        let left = told.left.load(Ordering::SeqCst);
        told.left.store(left.saturating_sub(1), Ordering::SeqCst);
        if left == 0 {
            return Err(Error::NoDefaultStore);
        }
        told.asked.lock().unwrap().insert(key.to_owned());
        Ok(())
    });
    (CredentialStore::with_store(Arc::new(watched)), ending)
}

fn key(letter: u8, bytes: usize) -> Vec<u8> {
    vec![letter; bytes]
}

fn recalled(store: &CredentialStore) -> Vec<u8> {
    recall(store).unwrap().unwrap().to_vec()
}

#[test]
fn a_key_in_parts_is_kept_replaced_and_forgotten_s44() {
    let store = CredentialStore::with_store(mock::Store::new().unwrap());
    assert!(recall(&store).unwrap().is_none());
    for (letter, bytes) in [(b'a', 1), (b'b', 8192), (b'c', 1024), (b'd', 2500)] {
        keep(&store, &key(letter, bytes)).unwrap();
        assert_eq!(recalled(&store), key(letter, bytes));
    }
    for bytes in [0, 8193] {
        assert_eq!(keep(&store, &key(b'e', bytes)), Err(StoreError::TooLong));
    }
    assert_eq!(recalled(&store), key(b'd', 2500), "the one before stays");
    forget(&store).unwrap();
    assert!(recall(&store).unwrap().is_none());
    forget(&store).unwrap();
}

/// Whoever is killed between any two calls has one of the two keys, whole; and what is done again leaves nothing of the
/// longer one.
#[test]
fn a_command_that_ends_anywhere_leaves_one_of_two_keys_s44() {
    let (old, new) = (key(b'o', 5000), key(b'n', 1700));
    let (mut olds, mut news) = (0, 0);
    for calls in 0.. {
        let inner = mock::Store::new().unwrap();
        let whole = CredentialStore::with_store(Arc::clone(&inner) as Arc<_>);
        keep(&whole, &old).unwrap();
        let (store, ending) = ending(&inner, calls);
        let done = keep(&store, &new);
        let kept = recalled(&whole);
        assert!(kept == old || kept == new, "a mix after {calls} calls");
        olds += usize::from(kept == old);
        news += usize::from(kept == new);
        assert!(done.is_err() || kept == new, "kept, after {calls} calls");
        assert!(done.is_ok() || kept == old, "not kept, after {calls} calls");
        let undisturbed = ending.left.load(Ordering::SeqCst) > 0;
        keep(&whole, &new).unwrap();
        assert_eq!(recalled(&whole), new, "again, after {calls} calls");
        if undisturbed {
            let all = ending.asked.lock().unwrap().clone();
            let there = all.iter().filter(|name| {
                let entry = inner.build("madoguchi", name, None).unwrap();
                !matches!(entry.get_secret(), Err(Error::NoEntry))
            });
            assert_eq!(there.count(), 3, "two parts, and where they are");
            break;
        }
    }
    assert!(olds > 5 && news > 5, "{olds} and {news}");
}

/// Another key is kept while the second part of the first one is about to be read.
#[test]
fn a_run_that_a_new_key_overtakes_has_the_new_one_s44() {
    let inner = mock::Store::new().unwrap();
    let whole = CredentialStore::with_store(inner.clone());
    keep(&whole, &key(b'o', 3000)).unwrap();
    let new = Arc::new(Mutex::new(Some(key(b'n', 1700))));
    let coming = Arc::clone(&new);
    let overtaken = Watched(inner, move |asked: &str| {
        if asked == "password-job-key-1-1"
            && let Some(new) = coming.lock().unwrap().take()
        {
            keep(&whole, &new).unwrap();
        }
        Ok(())
    });
    let store = CredentialStore::with_store(Arc::new(overtaken));
    assert_eq!(recalled(&store), key(b'n', 1700));
    assert!(new.lock().unwrap().is_none(), "it came meanwhile");
}

#[test]
fn what_is_not_a_key_is_told_and_another_can_be_kept_s44() {
    let inner = mock::Store::new().unwrap();
    let store = CredentialStore::with_store(inner);
    keep(&store, &key(b'a', 3000)).unwrap();
    store.forget("password-job-key-1-1").unwrap();
    assert_eq!(recall(&store).unwrap_err(), StoreError::Damaged);
    store.remember("password-job-key", b"?").unwrap();
    assert_eq!(recall(&store).unwrap_err(), StoreError::Damaged);
    keep(&store, &key(b'b', 10)).unwrap();
    assert_eq!(recalled(&store), key(b'b', 10));
}
