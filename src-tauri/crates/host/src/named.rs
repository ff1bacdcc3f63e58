//! Who has a hand in what the configuration names: files, folders with everything in them, and programs.

use std::path::Path;

/// Who besides an administrator and the user of this process can change a file, a folder or anything in it, or lead the
/// path elsewhere: a sentence that names what can be changed; none where nobody can, or where nothing is there. Always
/// none on Windows, where rights are not looked at.
#[must_use]
pub fn exposed(path: &Path) -> Option<String> {
    unix::exposed(path)
}

/// The same for a program as it would be started: a bare name is looked for in the folders of `PATH`, and those in which
/// another could be put before it count as well.
#[must_use]
pub fn exposed_program(program: &str) -> Option<String> {
    unix::exposed_program(program)
}

#[cfg(unix)]
mod unix {
    use std::fs::{self, Metadata};
    use std::io::ErrorKind;
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    use crate::config_file;

    /// Folders below one another, and names in one; whoever reads such a folder reads no more of it.
    const DEPTH_MAX: usize = 8;
    const NAMES_MAX: usize = 4_096;

    pub(super) fn exposed(path: &Path) -> Option<String> {
        match path.metadata() {
            Ok(metadata) => {
                config_file::exposed(path, &metadata).or_else(|| inside(path, &metadata, DEPTH_MAX))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => Some(untold(path, &error)),
        }
    }

    /// What lies in a folder, without what links in it lead to: whoever reads it follows none.
    fn inside(path: &Path, metadata: &Metadata, depth: usize) -> Option<String> {
        if !metadata.is_dir() || depth == 0 {
            return None;
        }
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return Some(untold(path, &error)),
        };
        for entry in entries.take(NAMES_MAX) {
            let judged = entry.and_then(|entry| Ok((entry.path(), entry.metadata()?)));
            let exposed = match judged {
                Ok((path, metadata)) => config_file::exposed_itself(&path, &metadata)
                    .or_else(|| inside(&path, &metadata, depth - 1)),
                // Removed while it was looked at.
                Err(error) if error.kind() == ErrorKind::NotFound => None,
                Err(error) => Some(untold(path, &error)),
            };
            if exposed.is_some() {
                return exposed;
            }
        }
        None
    }

    pub(super) fn exposed_program(program: &str) -> Option<String> {
        const EXECUTABLE: u32 = 0o111;
        if program.contains('/') {
            return exposed(Path::new(program));
        }
        let folders = std::env::var_os("PATH").unwrap_or_default();
        for folder in std::env::split_paths(&folders) {
            if !folder.is_absolute() {
                return Some(format!(
                    "whoever chooses the folder the app is started in chooses {program}, for PATH holds {folder:?}"
                ));
            }
            // Nothing is started from a folder that is not there or may not be entered.
            if !folder.join(".").exists() {
                continue;
            }
            if let Some(exposed) = config_file::exposed_way(&folder) {
                return Some(exposed);
            }
            let file = folder.join(program);
            let is_it = |found: &Metadata| found.is_file() && found.mode() & EXECUTABLE != 0;
            if file.metadata().is_ok_and(|found| is_it(&found)) {
                return exposed(&file);
            }
        }
        None
    }

    fn untold(path: &Path, error: &std::io::Error) -> String {
        format!("nobody can tell who can change {}: {error}", path.display())
    }
}

#[cfg(not(unix))]
mod unix {
    use std::path::Path;

    pub(super) fn exposed(_path: &Path) -> Option<String> {
        None
    }

    pub(super) fn exposed_program(_program: &str) -> Option<String> {
        None
    }
}
