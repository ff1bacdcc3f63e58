//! A browser that is there wherever the app's own engine is.

use std::fs;
use std::path::PathBuf;

/// WebKitGTK's small browser lies in the library's own folder, named for the machine.
pub(crate) fn mini_browser() -> Option<PathBuf> {
    fs::read_dir("/usr/lib")
        .ok()?
        .flatten()
        .map(|entry| entry.path().join("webkit2gtk-4.1/MiniBrowser"))
        .find(|program| program.is_file())
}
