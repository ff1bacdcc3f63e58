//! Who has a hand in what the configuration names: files, folders with everything in them, and programs.

use std::path::Path;

/// Who besides an administrator and the user of this process can change a file, a folder or anything in it, or lead the
/// path elsewhere: a sentence that names what can be changed; none where nobody can. Of what is not there yet it tells who
/// can put something there, and of what holds too much that nobody can tell. Always
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
    use std::io::{Error, ErrorKind};
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    use crate::config_file;

    /// Folders below one another, and names in one: of more nothing is told.
    const DEPTH_MAX: usize = 8;
    const NAMES_MAX: usize = 16_384;

    pub(super) fn exposed(path: &Path) -> Option<String> {
        match path.metadata() {
            Ok(metadata) => {
                config_file::exposed(path, &metadata).or_else(|| inside(path, &metadata, DEPTH_MAX))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => missing(path),
            Err(error) => Some(untold(path, &error)),
        }
    }

    /// Who can put there what is not there yet: whoever may write the nearest folder that is, or lead the way to it.
    fn missing(path: &Path) -> Option<String> {
        let there = |path: &&Path| path.symlink_metadata().is_ok();
        let Ok(path) = std::path::absolute(path) else {
            return Some(untold(path, &Error::from(ErrorKind::NotFound)));
        };
        let nearest = path.ancestors().find(there)?;
        match nearest.metadata() {
            Ok(metadata) if !metadata.is_dir() => config_file::exposed(nearest, &metadata),
            Ok(metadata) if is_shared(&metadata) => {
                Some(format!("everybody can put something at {}", path.display()))
            }
            Ok(_) => config_file::exposed_way(nearest),
            // A link that leads nowhere leads to wherever its own path may be made.
            Err(error) => Some(untold(&path, &error)),
        }
    }

    /// In a folder where nobody can take away what is another's, whoever comes first can still put something.
    fn is_shared(folder: &Metadata) -> bool {
        const STICKY: u32 = 0o1000;
        const OTHERS: u32 = 0o022;
        folder.mode() & STICKY != 0 && folder.mode() & OTHERS != 0
    }

    /// What lies in a folder, without what links in it lead to: whoever reads it follows none.
    fn inside(path: &Path, metadata: &Metadata, depth: usize) -> Option<String> {
        if !metadata.is_dir() {
            return None;
        }
        if depth == 0 {
            return Some(too_much(path));
        }
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return Some(untold(path, &error)),
        };
        for (number, entry) in entries.enumerate() {
            if number == NAMES_MAX {
                return Some(too_much(path));
            }
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

    fn too_much(path: &Path) -> String {
        format!(
            "nobody can tell who can change {}: it holds too much",
            path.display()
        )
    }

    fn untold(path: &Path, error: &Error) -> String {
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
