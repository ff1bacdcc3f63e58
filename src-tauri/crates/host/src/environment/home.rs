//! Where a kiosk is at home: GTK loads the libraries that a file of settings below it names.

use std::path::{Path, PathBuf};

/// Which home a kiosk has: the one that the environment names only if it lies in the account's own or the account has
/// none, and if nobody else may change it or lead the way to it elsewhere. Otherwise the account's, if there is one.
#[must_use]
pub fn home_of_a_kiosk(named: &Path, account: Option<&Path>) -> Option<PathBuf> {
    let account = account.filter(|account| account.is_dir());
    let is_within = account.is_none_or(|account| {
        let (named, account) = (named.canonicalize().ok(), account.canonicalize().ok());
        named
            .zip(account)
            .is_some_and(|(named, account)| named.starts_with(account))
    });
    let is_own = named.is_dir() && crate::config_file::exposed_way(named).is_none();
    let home = if is_within && is_own {
        Some(named)
    } else {
        account
    };
    home.map(Path::to_owned)
}
