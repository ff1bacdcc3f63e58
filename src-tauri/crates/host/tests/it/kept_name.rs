use host::credentials::CredentialStore;
use host::kept_name::KeptName;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Error, mock};

const KEY: &str = "last-operator";

#[test]
fn a_name_is_forgotten_when_nobody_wants_it_kept_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = CredentialStore::with_store(mock::Store::new().unwrap());
    let name = KeptName::new(store.clone(), KEY, folder.path());
    assert_eq!(name.recall(), Ok(None));
    name.keep("desk.sato@cablechan.biz").unwrap();
    name.keep("desk.okada@cablechan.biz").unwrap();
    assert_eq!(name.recall(), Ok(Some("desk.okada@cablechan.biz".into())));
    // The next start is one that is to keep none.
    let name = KeptName::new(store.clone(), KEY, folder.path());
    name.forget().unwrap();
    assert_eq!(store.recall(KEY), Ok(None));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// Another station of this user keeps its name: one that never kept any has nothing to forget.
#[test]
fn a_station_that_kept_no_name_forgets_nobody_elses() {
    let (mine, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = CredentialStore::with_store(mock::Store::new().unwrap());
    let other = KeptName::new(store.clone(), KEY, theirs.path());
    other.keep("desk.sato@cablechan.biz").unwrap();
    KeptName::new(store, KEY, mine.path()).forget().unwrap();
    assert_eq!(other.recall(), Ok(Some("desk.sato@cablechan.biz".into())));
}

#[test]
fn what_could_not_be_forgotten_is_tried_again_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let inner = mock::Store::new().unwrap();
    let store = CredentialStore::with_store(inner.clone());
    let name = KeptName::new(store.clone(), KEY, folder.path());
    name.keep("desk.sato@cablechan.biz").unwrap();
    let entry = inner.build("madoguchi", KEY, None).unwrap();
    let cred: &mock::Cred = entry.as_any().downcast_ref().unwrap();
    cred.set_error(Error::NoStorageAccess("locked".into()));
    assert!(name.forget().is_err());
    assert!(name.recall().unwrap().is_some());
    name.forget().unwrap();
    assert_eq!(store.recall(KEY), Ok(None));
}

#[test]
fn without_its_mark_no_name_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = CredentialStore::with_store(mock::Store::new().unwrap());
    let name = KeptName::new(store.clone(), KEY, &folder.path().join("missing"));
    assert!(name.keep("desk.sato@cablechan.biz").is_err());
    assert_eq!(store.recall(KEY), Ok(None));
}
