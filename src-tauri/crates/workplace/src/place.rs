//! Where the source and the built things lie.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};

/// The repository and the folder cargo builds into.
#[derive(Clone, Debug)]
pub struct Place {
    /// The folder of the root manifest.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
}

impl Place {
    /// Finds both: the root is the folder above that holds `tauri.conf.json` or the workspace manifest.
    pub fn find() -> Outcome<Self> {
        let start = match std::env::var_os("CARGO_MANIFEST_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => std::env::current_dir()?,
        };
        let root = start
            .ancestors()
            .find(|folder| folder.join("src-tauri/xtask/Cargo.toml").is_file())
            .ok_or_else(|| Failure::new("run this inside the repository of Madoguchi"))?
            .to_path_buf();
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
            || root.join("target"),
            |folder| std::path::absolute(&folder).unwrap_or_else(|_| PathBuf::from(folder)),
        );
        Ok(Self { root, target })
    }

    /// The folder of the UI.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// A binary of the workspace in the dev profile.
    pub fn binary(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    /// A program that the set-up installs from crates.io.
    pub fn tool(&self, name: &str) -> PathBuf {
        self.target.join("tools/bin").join(name)
    }
}
