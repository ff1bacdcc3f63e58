//! A package's files as they will lie on a machine, in a folder of the build.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use workplace::{During, Outcome, output};

/// Where dpkg-deb looks for what is about the package and not in it.
pub(super) const ABOUT: &str = "DEBIAN";

/// Everybody may read it.
pub(super) const READ: u32 = 0o644;
/// Everybody may read and start it.
pub(super) const START: u32 = 0o755;

/// A package's folder; every file's and folder's rights are said, whatever the umask is.
pub(super) struct Tree {
    pub(super) folder: PathBuf,
}

impl Tree {
    /// An empty one; what lay there before is gone.
    pub(super) fn empty(folder: PathBuf) -> Outcome<Self> {
        if folder.exists() {
            fs::remove_dir_all(&folder).during("the package's old folder")?;
        }
        fs::create_dir_all(folder.join(ABOUT)).during("the package's folder")?;
        Ok(Self { folder })
    }

    /// A folder without anything in it.
    pub(super) fn room(&self, path: &str) -> Outcome<()> {
        fs::create_dir_all(self.folder.join(path)).during(path)
    }

    /// A file with these bytes.
    pub(super) fn file(&self, path: &str, bytes: &[u8], mode: u32) -> Outcome<()> {
        let whole = self.folder.join(path);
        let above = whole.parent().unwrap_or(&self.folder);
        fs::create_dir_all(above).during(path)?;
        fs::write(&whole, bytes).during(path)?;
        fs::set_permissions(&whole, fs::Permissions::from_mode(mode)).during(path)
    }

    /// A file as another one is.
    pub(super) fn copy(&self, from: &Path, path: &str, mode: u32) -> Outcome<()> {
        let bytes = fs::read(from).during(&from.display().to_string())?;
        self.file(path, &bytes, mode)
    }

    /// A text under gzip, as Debian wants some; the name gets `.gz`, and neither name nor time is in it.
    pub(super) fn zipped(&self, path: &str, text: &str) -> Outcome<()> {
        self.file(path, text.as_bytes(), READ)?;
        output(Command::new("gzip").arg("-9nf").arg(self.folder.join(path))).map(drop)
    }

    /// Everything below a folder of the source; scripts for dpkg may be started.
    pub(super) fn like(&self, source: &Path) -> Outcome<()> {
        for path in files_below(source)? {
            let script = Path::new(&path).parent() == Some(Path::new(ABOUT));
            let mode = if script && !path.ends_with("conffiles") {
                START
            } else {
                READ
            };
            self.copy(&source.join(&path), &path, mode)?;
        }
        Ok(())
    }

    /// What is in the package, from its root and in order.
    pub(super) fn files(&self) -> Outcome<Vec<String>> {
        let mut files = files_below(&self.folder)?;
        files.retain(|path| !path.starts_with(ABOUT));
        Ok(files)
    }

    /// The room it takes on a machine, in KiB, each file rounded up.
    pub(super) fn kib(&self) -> Outcome<u64> {
        let mut sum = 0;
        for path in self.files()? {
            sum += fs::metadata(self.folder.join(path))?.len().div_ceil(1024);
        }
        Ok(sum)
    }

    /// What dpkg asks about before it puts another one in its place, from the root.
    fn conffiles(&self) -> Vec<String> {
        let list = fs::read_to_string(self.folder.join(ABOUT).join("conffiles"));
        let list = list.unwrap_or_default();
        list.lines()
            .map(|path| path.trim_start_matches('/').to_owned())
            .collect()
    }

    /// Writes the sums by which `dpkg --verify` finds what was changed, and settles the folders' rights.
    pub(super) fn finish(&self) -> Outcome<()> {
        let mut summed = self.files()?;
        let conffiles = self.conffiles();
        summed.retain(|path| !conffiles.contains(path));
        let sums = output(
            Command::new("md5sum")
                .args(&summed)
                .current_dir(&self.folder),
        )?;
        self.file(&format!("{ABOUT}/md5sums"), sums.as_bytes(), READ)?;
        open_folders(&self.folder)
    }
}

fn open_folders(folder: &Path) -> Outcome<()> {
    fs::set_permissions(folder, fs::Permissions::from_mode(START))?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            open_folders(&path)?;
        }
    }
    Ok(())
}

fn files_below(folder: &Path) -> Outcome<Vec<String>> {
    let mut all = Vec::new();
    walk(folder, "", &mut all).during(&folder.display().to_string())?;
    all.sort();
    Ok(all)
}

fn walk(folder: &Path, above: &str, all: &mut Vec<String>) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{above}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{path}/"), all)?;
        } else {
            all.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_are_said_and_not_taken_from_the_source() {
        let above = tempfile::tempdir().unwrap();
        let source = above.path().join("source");
        fs::create_dir_all(source.join(ABOUT)).unwrap();
        fs::create_dir_all(source.join("usr")).unwrap();
        fs::write(source.join("DEBIAN/postrm"), "").unwrap();
        fs::write(source.join("usr/a"), "b\n").unwrap();
        let tree = Tree::empty(above.path().join("tree")).unwrap();
        tree.like(&source).unwrap();
        tree.file("usr/bin/p", b"1", 0o711).unwrap();
        let mode = |path: &str| {
            let meta = fs::metadata(tree.folder.join(path)).unwrap();
            meta.permissions().mode() & 0o7777
        };
        assert_eq!(mode("DEBIAN/postrm"), START);
        assert_eq!(mode("usr/a"), READ);
        assert_eq!(mode("usr/bin/p"), 0o711);
        assert_eq!(tree.files().unwrap(), ["usr/a", "usr/bin/p"]);
        assert_eq!(tree.kib().unwrap(), 2);
    }
}
