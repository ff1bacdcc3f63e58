use std::any::Any;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use host::credentials::{CredentialStore, StoreError};
use host::kept_key::{forget, keep, recall};
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error, mock};

/// A store that is there for so many calls and then no more, as for a process that is killed; and all keys it was
/// asked for.
struct Ending {
    inner: Arc<mock::Store>,
    left: AtomicUsize,
    asked: std::sync::Mutex<BTreeSet<String>>,
}

impl CredentialStoreApi for Ending {
    fn vendor(&self) -> String {
        "ending".to_owned()
    }

    fn id(&self) -> String {
        "ending".to_owned()
    }

    fn build(
        &self,
        service: &str,
        user: &str,
        modifiers: Option<&HashMap<&str, &str>>,
    ) -> keyring_core::Result<Entry> {
        let left = self.left.load(Ordering::SeqCst);
        self.left.store(left.saturating_sub(1), Ordering::SeqCst);
        if left == 0 {
            return Err(Error::NoDefaultStore);
        }
        self.asked.lock().unwrap().insert(user.to_owned());
        self.inner.build(service, user, modifiers)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
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
        let ending = Arc::new(Ending {
            inner: Arc::clone(&inner),
            left: AtomicUsize::new(calls),
            asked: std::sync::Mutex::default(),
        });
        let done = keep(&CredentialStore::with_store(ending.clone()), &new);
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
            ending.left.store(usize::MAX, Ordering::SeqCst);
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

/// A store in which another key is kept while the second part of the first one is about to be read.
struct Overtaken {
    inner: Arc<mock::Store>,
    new: std::sync::Mutex<Option<Vec<u8>>>,
}

impl CredentialStoreApi for Overtaken {
    fn vendor(&self) -> String {
        "overtaken".to_owned()
    }

    fn id(&self) -> String {
        "overtaken".to_owned()
    }

    fn build(
        &self,
        service: &str,
        user: &str,
        modifiers: Option<&HashMap<&str, &str>>,
    ) -> keyring_core::Result<Entry> {
        if user == "password-job-key-1-1"
            && let Some(new) = self.new.lock().unwrap().take()
        {
            keep(&CredentialStore::with_store(self.inner.clone()), &new).unwrap();
        }
        self.inner.build(service, user, modifiers)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[test]
fn a_run_that_a_new_key_overtakes_has_the_new_one_s44() {
    let inner = mock::Store::new().unwrap();
    let whole = CredentialStore::with_store(inner.clone());
    keep(&whole, &key(b'o', 3000)).unwrap();
    let overtaken = Arc::new(Overtaken {
        inner,
        new: std::sync::Mutex::new(Some(key(b'n', 1700))),
    });
    let store = CredentialStore::with_store(overtaken.clone());
    assert_eq!(recalled(&store), key(b'n', 1700));
    assert!(overtaken.new.lock().unwrap().is_none(), "it came meanwhile");
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
