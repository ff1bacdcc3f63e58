//! Folders for a while that nobody else on the machine may look into.

use tempfile::TempDir;

/// A fresh one among the temporary ones, removed when it is dropped. Its user's alone from its first moment, whatever
/// the account's mask lets others see.
///
/// # Errors
/// When it cannot be made.
pub fn make(prefix: &str) -> std::io::Result<TempDir> {
    let mut folder = tempfile::Builder::new();
    folder.prefix(prefix);
    // On Windows the account's temporary folder is its own.
    #[cfg(unix)]
    folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    folder.tempdir()
}
