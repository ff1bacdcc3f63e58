use host::credentials::{CredentialStore, StoreError};
use host::name_and_password::{NameAndPassword, ToldTo};
use keyring_core::mock;
use zeroize::Zeroizing;

const ALL: [(ToldTo, &str); 2] = [
    (ToldTo::Proxy, "proxy-credentials"),
    (ToldTo::MailRelay, "mail-credentials"),
];

fn both(user: &str, password: &str) -> NameAndPassword {
    NameAndPassword {
        user: Zeroizing::new(user.to_owned()),
        password: Zeroizing::new(password.to_owned()),
    }
}

#[test]
fn what_a_proxy_or_the_relay_is_told_is_kept_until_it_is_forgotten_n20() {
    for (whom, key) in ALL {
        let store = CredentialStore::with_store(mock::Store::new().unwrap());
        assert!(whom.recall(&store).unwrap().is_none(), "{whom:?}");
        for (user, password) in [("counter", "word"), ("窓口", " a:b c ")] {
            whom.keep(&store, &both(user, password)).unwrap();
            let kept = whom.recall(&store).unwrap().unwrap();
            let kept = (kept.user.as_str(), kept.password.as_str());
            assert_eq!(kept, (user, password), "{whom:?}");
        }
        whom.forget(&store).unwrap();
        assert!(whom.recall(&store).unwrap().is_none(), "{whom:?}");
        assert_eq!(whom.forget(&store), Ok(()), "{whom:?}");
        let long = both("u", &"x".repeat(CredentialStore::VALUE_BYTES));
        let refused = whom.keep(&store, &long);
        assert_eq!(refused, Err(StoreError::TooLong), "{whom:?}");
        // Somebody else's value under this key.
        store.remember(key, b"one line").unwrap();
        let damaged = whom.recall(&store).err();
        assert_eq!(damaged, Some(StoreError::Damaged), "{whom:?}");
    }
}

#[test]
fn what_the_relay_is_told_and_what_a_proxy_is_told_are_two_things_n20() {
    for ((one, _), (other, _)) in [(ALL[0], ALL[1]), (ALL[1], ALL[0])] {
        let store = CredentialStore::with_store(mock::Store::new().unwrap());
        one.keep(&store, &both("mailer", "word")).unwrap();
        assert!(other.recall(&store).unwrap().is_none(), "{other:?}");
        other.forget(&store).unwrap();
        assert!(one.recall(&store).unwrap().is_some(), "{one:?}");
    }
}
