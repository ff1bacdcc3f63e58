//! Where configuration and record lie when nobody says otherwise.

use std::path::{Path, PathBuf};

/// The configuration file, writable by administrators only.
#[must_use]
pub fn config_file() -> PathBuf {
    machine_dir().join("madoguchi.toml")
}

/// The folder of the record.
#[must_use]
pub fn data_dir() -> PathBuf {
    if cfg!(any(windows, target_os = "macos")) {
        return machine_dir().join("data");
    }
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    state
        .or_else(home)
        .unwrap_or_else(|| PathBuf::from("/var/lib"))
        .join("madoguchi")
}

/// The folder outside of the data folder that keeps what must survive it; none where somebody named the data folder:
/// whoever runs the app beside its installation wants nothing of it elsewhere.
#[must_use]
pub fn witness_dir(data_folder: &Path) -> Option<PathBuf> {
    if data_folder != data_dir() {
        return None;
    }
    if cfg!(any(windows, target_os = "macos")) {
        return Some(machine_dir());
    }
    let config = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config"));
    Some(config.or_else(home)?.join("madoguchi"))
}

fn machine_dir() -> PathBuf {
    if cfg!(windows) {
        let data = std::env::var_os("ProgramData")
            .map_or_else(|| PathBuf::from(r"C:\ProgramData"), PathBuf::from);
        return data.join("Madoguchi");
    }
    if cfg!(target_os = "macos") {
        return PathBuf::from("/Library/Application Support/Madoguchi");
    }
    PathBuf::from("/etc/madoguchi")
}
