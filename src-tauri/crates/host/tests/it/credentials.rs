use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use host::credentials::{CredentialStore, StoreError, StoreStatus};
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Error, mock};

use crate::watched_store::Watched;

fn working() -> CredentialStore {
    CredentialStore::with_store(mock::Store::new().unwrap())
}

fn within_limit<T>(call: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = call();
    let took = start.elapsed();
    assert!(
        took < CredentialStore::LIMIT + Duration::from_secs(5),
        "{took:?}"
    );
    result
}

#[test]
fn what_is_remembered_is_recalled_until_it_is_forgotten() {
    let store = working();
    assert!(matches!(store.probe(), StoreStatus::Available { .. }));
    assert_eq!(store.recall("seal"), Ok(None));
    assert_eq!(store.forget("seal"), Ok(()));
    // Not UTF-8, and with a zero in it: a key is no text.
    let value = [0xff, 0x00, 0xc3, 0x28];
    assert_eq!(store.remember("seal", &value), Ok(()));
    assert_eq!(store.recall("seal"), Ok(Some(value.to_vec())));
    assert_eq!(store.recall("other"), Ok(None));
    assert_eq!(store.remember("seal", b""), Ok(()));
    assert_eq!(store.recall("seal"), Ok(Some(Vec::new())));
    assert_eq!(store.forget("seal"), Ok(()));
    assert_eq!(store.recall("seal"), Ok(None));
}

/// Nothing on a counter may open a window that nobody asked for: without a store that is unlocked there is none.
#[test]
fn a_store_is_only_used_where_it_asks_nobody() {
    assert!(working().asks_nobody());
    if !matches!(
        CredentialStore::system().probe(),
        StoreStatus::Available { .. }
    ) {
        assert!(!within_limit(|| CredentialStore::system().asks_nobody()));
    }
}

#[test]
fn a_value_that_not_every_store_holds_is_refused() {
    let store = working();
    assert_eq!(
        store.remember("k", &[7; CredentialStore::VALUE_BYTES]),
        Ok(())
    );
    let long = [7; CredentialStore::VALUE_BYTES + 1];
    assert_eq!(store.remember("k", &long), Err(StoreError::TooLong));
    assert_eq!(
        store.recall("k"),
        Ok(Some(vec![7; CredentialStore::VALUE_BYTES]))
    );
}

/// The error of a store may hold what was stored; ours holds a word.
#[test]
fn a_failing_store_is_a_word() {
    let check = |error: Error, expected: StoreError| {
        let inner = mock::Store::new().unwrap();
        let store = CredentialStore::with_store(inner.clone());
        store.remember("k", b"v").unwrap();
        let entry = inner.build("madoguchi", "k", None).unwrap();
        let cred: &mock::Cred = entry.as_any().downcast_ref().unwrap();
        cred.set_error(error);
        assert_eq!(store.recall("k"), Err(expected));
        assert_eq!(store.recall("k"), Ok(Some(b"v".to_vec())));
    };
    let secret = || b"not to be told".to_vec();
    check(
        Error::NoStorageAccess("locked".into()),
        StoreError::NoAccess,
    );
    check(Error::NoDefaultStore, StoreError::Missing);
    check(Error::BadEncoding(secret()), StoreError::Damaged);
    check(
        Error::BadDataFormat(secret(), "x".into()),
        StoreError::Damaged,
    );
    check(Error::PlatformFailure("x".into()), StoreError::Failed);
    check(Error::TooLong("x".to_owned(), 1), StoreError::TooLong);
}

#[test]
fn something_else_under_the_key_is_damaged() {
    let inner = mock::Store::new().unwrap();
    let entry = inner.build("madoguchi", "k", None).unwrap();
    entry.set_secret(b"!not base64!").unwrap();
    let store = CredentialStore::with_store(inner);
    assert_eq!(store.recall("k"), Err(StoreError::Damaged));
}

#[test]
fn a_probe_leaves_nothing_behind() {
    let inner = mock::Store::new().unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&asked);
    let watched = Watched(Arc::clone(&inner), move |key: &str| {
        told.lock().unwrap().push(key.to_owned());
        Ok(())
    });
    let name = "watched".to_owned();
    let store = CredentialStore::with_store(Arc::new(watched));
    assert_eq!(store.probe(), StoreStatus::Available { name });
    let keys = asked.lock().unwrap().clone();
    assert_eq!(keys.len(), 1, "{keys:?}");
    let left = inner.build("madoguchi", &keys[0], None).unwrap();
    assert!(matches!(left.get_secret(), Err(Error::NoEntry)));
}

/// A locked store asks a person and waits. This one waits until it is let go.
#[test]
fn a_hanging_store_is_given_up_and_asked_again_when_it_is_back() {
    let gate = Arc::new(Mutex::new(()));
    let waits = Arc::clone(&gate);
    let hanging = Watched(mock::Store::new().unwrap(), move |_: &str| {
        drop(waits.lock().unwrap());
        Ok(())
    });
    let store = CredentialStore::with_store(Arc::new(hanging));
    let closed = gate.lock().unwrap();
    assert_eq!(
        within_limit(|| store.recall("k")),
        Err(StoreError::TimedOut)
    );
    // While that call hangs, no other is piled upon it.
    let start = Instant::now();
    for _ in 0..100 {
        assert_eq!(store.clone().remember("k", b"v"), Err(StoreError::TimedOut));
    }
    assert!(start.elapsed() < CredentialStore::LIMIT);
    drop(closed);
    let start = Instant::now();
    while store.recall("k") == Err(StoreError::TimedOut) {
        assert!(start.elapsed() < Duration::from_secs(10));
        std::thread::yield_now();
    }
    assert_eq!(store.recall("k"), Ok(None));
}

/// A kiosk shell often has no session bus: the system's own store says so, in time.
#[cfg(target_os = "linux")]
#[test]
fn without_a_session_bus_the_store_is_unavailable() {
    let name = "credentials::without_a_session_bus_the_store_is_unavailable";
    if crate::again::task().is_none() {
        let dir = tempfile::tempdir().unwrap();
        let missing = dir.path().join("no-bus");
        let mut command = crate::again::command(name, "probe");
        command
            .env(
                "DBUS_SESSION_BUS_ADDRESS",
                format!("unix:path={}", missing.display()),
            )
            .env("XDG_RUNTIME_DIR", dir.path());
        crate::again::run(command);
        return;
    }
    let store = CredentialStore::system();
    let why = StoreError::Missing;
    assert_eq!(
        within_limit(|| store.probe()),
        StoreStatus::Unavailable { why }
    );
    assert_eq!(store.remember("k", b"v"), Err(why));
    assert_eq!(store.recall("k"), Err(why));
}

/// A bus that takes the connection and never says a word.
#[cfg(target_os = "linux")]
#[test]
fn with_a_silent_session_bus_the_store_is_given_up() {
    let name = "credentials::with_a_silent_session_bus_the_store_is_given_up";
    if crate::again::task().is_none() {
        let dir = tempfile::tempdir().unwrap();
        let socket = dir.path().join("bus");
        let _silent = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let mut command = crate::again::command(name, "probe");
        command.env(
            "DBUS_SESSION_BUS_ADDRESS",
            format!("unix:path={}", socket.display()),
        );
        crate::again::run(command);
        return;
    }
    let store = CredentialStore::system();
    let why = StoreError::TimedOut;
    assert_eq!(
        within_limit(|| store.probe()),
        StoreStatus::Unavailable { why }
    );
    assert_eq!(within_limit(|| store.recall("k")), Err(why));
}
