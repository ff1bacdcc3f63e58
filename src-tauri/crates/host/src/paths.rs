//! Where configuration and record lie when nobody says otherwise.

use std::path::PathBuf;

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
