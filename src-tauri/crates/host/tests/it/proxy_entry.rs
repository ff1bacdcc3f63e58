use host::credentials::{CredentialStore, StoreError};
use host::proxy_entry::ProxyEntry;
use keyring_core::mock;
use zeroize::Zeroizing;

fn entry(user: &str, password: &str) -> ProxyEntry {
    ProxyEntry {
        user: Zeroizing::new(user.to_owned()),
        password: Zeroizing::new(password.to_owned()),
    }
}

#[test]
fn what_a_proxy_is_told_is_kept_until_it_is_forgotten() {
    let store = CredentialStore::with_store(mock::Store::new().unwrap());
    assert!(ProxyEntry::recall(&store).unwrap().is_none());
    for (user, password) in [("counter", "word"), ("窓口", " a:b c ")] {
        entry(user, password).keep(&store).unwrap();
        let kept = ProxyEntry::recall(&store).unwrap().unwrap();
        let kept = (kept.user.as_str(), kept.password.as_str());
        assert_eq!(kept, (user, password));
    }
    ProxyEntry::forget(&store).unwrap();
    assert!(ProxyEntry::recall(&store).unwrap().is_none());
    assert_eq!(ProxyEntry::forget(&store), Ok(()));
    let long = "x".repeat(CredentialStore::VALUE_BYTES);
    assert_eq!(entry("u", &long).keep(&store), Err(StoreError::TooLong));
    // Somebody else's value under this key.
    store.remember("proxy-credentials", b"one line").unwrap();
    let damaged = ProxyEntry::recall(&store).err();
    assert_eq!(damaged, Some(StoreError::Damaged));
}
