use host::credentials::{CredentialStore, StoreError};
use host::mail_entry::MailEntry;
use host::proxy_entry::ProxyEntry;
use keyring_core::mock;
use zeroize::Zeroizing;

fn entry(user: &str, password: &str) -> MailEntry {
    MailEntry {
        user: Zeroizing::new(user.to_owned()),
        password: Zeroizing::new(password.to_owned()),
    }
}

#[test]
fn what_the_relay_is_told_is_kept_until_it_is_forgotten_n20() {
    let store = CredentialStore::with_store(mock::Store::new().unwrap());
    assert!(MailEntry::recall(&store).unwrap().is_none());
    for (user, password) in [("counter", "word"), ("窓口", " a:b c ")] {
        entry(user, password).keep(&store).unwrap();
        let kept = MailEntry::recall(&store).unwrap().unwrap();
        let kept = (kept.user.as_str(), kept.password.as_str());
        assert_eq!(kept, (user, password));
    }
    MailEntry::forget(&store).unwrap();
    assert!(MailEntry::recall(&store).unwrap().is_none());
    assert_eq!(MailEntry::forget(&store), Ok(()));
    let long = "x".repeat(CredentialStore::VALUE_BYTES);
    assert_eq!(entry("u", &long).keep(&store), Err(StoreError::TooLong));
    // Somebody else's value under this key.
    store.remember("mail-credentials", b"one line").unwrap();
    let damaged = MailEntry::recall(&store).err();
    assert_eq!(damaged, Some(StoreError::Damaged));
}

#[test]
fn what_the_relay_is_told_and_what_a_proxy_is_told_are_two_things_n20() {
    let store = CredentialStore::with_store(mock::Store::new().unwrap());
    entry("mailer", "word").keep(&store).unwrap();
    assert!(ProxyEntry::recall(&store).unwrap().is_none());
    ProxyEntry::forget(&store).unwrap();
    assert!(MailEntry::recall(&store).unwrap().is_some());
}
