//! Where configuration and record lie when nobody says otherwise.

use std::path::{Path, PathBuf};

use crate::environment::Trust;

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

/// The configuration file of the unattended job that changes passwords: its own, beside a station's.
#[must_use]
pub fn job_config_file() -> PathBuf {
    machine_dir().join("passwords.toml")
}

/// The folder of that job's ledger and record.
#[must_use]
pub fn job_dir() -> PathBuf {
    data_dir().with_file_name("madoguchi-passwords")
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

/// The same folder as somebody else finds it: an administrator in whose environment the station does not run. A station
/// hears of the environment's folders of settings on a desk alone; with its data in a home's usual place, that home is its own.
#[must_use]
pub fn witness_dir_of(data_folder: &Path, trust: Trust) -> Option<PathBuf> {
    if cfg!(any(windows, target_os = "macos")) {
        return witness_dir(data_folder);
    }
    let usual = data_folder.ends_with(".local/state/madoguchi");
    let of_home = data_folder.ancestors().nth(3).filter(|_| usual);
    let of_home = of_home.map(|home| home.join(".config/madoguchi"));
    match trust {
        Trust::Desk => witness_dir(data_folder).or(of_home),
        Trust::Kiosk => of_home.or_else(|| {
            let home = std::env::var_os("HOME").filter(|_| data_folder == data_dir());
            home.map(|home| PathBuf::from(home).join(".config/madoguchi"))
        }),
    }
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
