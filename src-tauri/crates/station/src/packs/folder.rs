//! The site's folder, read once and within bounds: plain files with known names, no links, nothing from elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;

use onboarding::SiteFile;

use super::problem::Problem;

/// Bytes of one file, files in all, and folders below one another.
const FILE_MAX: u64 = 128 * 1024;
const FILES_MAX: usize = 200;
const DEPTH_MAX: usize = 4;

/// Everything that was found, by its path within the folder.
pub(crate) struct Folder {
    files: BTreeMap<String, String>,
    /// What was left out, each with its reason.
    left_out: Vec<Problem>,
}

impl Folder {
    /// Reads the folder.
    ///
    /// # Errors
    /// When it is not there, is a link, or holds more than a site needs.
    pub(crate) fn read(dir: &Path) -> Result<Self, Problem> {
        let problem = |what: String| Problem {
            file: format!("packs.dir: {}", dir.display()),
            line: None,
            what,
        };
        let kind = fs::symlink_metadata(dir)
            .map_err(|error| problem(format!("cannot be read: {error}")))?;
        if !kind.is_dir() {
            return Err(problem(
                "not a folder; allowed: a folder, not a link to one".to_owned(),
            ));
        }
        let mut folder = Self {
            files: BTreeMap::new(),
            left_out: Vec::new(),
        };
        folder
            .walk(dir, "", 1)
            .map_err(|error| problem(error.to_string()))?;
        if folder.files.len() > FILES_MAX {
            let many = folder.files.len();
            return Err(problem(format!(
                "{many} files; allowed: at most {FILES_MAX}"
            )));
        }
        Ok(folder)
    }

    /// The names of the folders below `packs`.
    pub(crate) fn packs(&self) -> BTreeSet<&str> {
        self.folders("packs/")
    }

    /// The names of the folders below `locales`.
    pub(crate) fn languages(&self) -> BTreeSet<&str> {
        self.folders("locales/")
    }

    /// One file.
    pub(crate) fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// What is known of a path that is not among the files.
    pub(crate) fn why_not(&self, path: &str) -> Option<&Problem> {
        let mut left_out = self.left_out.iter();
        left_out.find(|problem| path.starts_with(&problem.file))
    }

    /// The files below a path, as the pages get them.
    pub(crate) fn under(&self, path: &str) -> impl Iterator<Item = SiteFile> {
        let files = self
            .files
            .iter()
            .filter(move |(name, _)| name.starts_with(path));
        let files: Vec<_> = files
            .map(|(path, text)| SiteFile {
                path: path.clone(),
                text: text.clone(),
            })
            .collect();
        files.into_iter()
    }

    /// The paths below a path.
    pub(crate) fn names(&self, path: &str) -> impl Iterator<Item = &str> {
        let names = self.files.keys().map(String::as_str);
        names.filter(move |name| name.starts_with(path))
    }

    /// What was left out, in words.
    pub(crate) fn strays(&self) -> impl Iterator<Item = String> {
        self.left_out.iter().map(ToString::to_string)
    }

    fn folders(&self, below: &'static str) -> BTreeSet<&str> {
        let paths = self
            .files
            .keys()
            .map(String::as_str)
            .chain(self.left_out.iter().map(|p| p.file.as_str()));
        paths
            .filter_map(|path| path.strip_prefix(below)?.split_once('/'))
            .map(|(name, _)| name)
            .collect()
    }

    fn walk(&mut self, dir: &Path, below: &str, depth: usize) -> std::io::Result<()> {
        for entry in fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if below.is_empty() {
                name.clone()
            } else {
                format!("{below}/{name}")
            };
            // Asked of the entry itself, so a link is seen as one.
            let kind = entry.file_type()?;
            if kind.is_dir() && depth < DEPTH_MAX && is_plain(&name) {
                self.walk(&entry.path(), &path, depth + 1)?;
            } else if kind.is_file() && is_known(&path) {
                match text_of(&entry.path()) {
                    Ok(text) => {
                        self.files.insert(path, text);
                    }
                    Err(what) => self.leave_out(path, what),
                }
            } else if kind.is_symlink() {
                self.leave_out(path, "a link; allowed: plain files and folders".to_owned());
            } else if !is_beside(&name) {
                let what = "not used; allowed: packs/<pack>/pack.toml, messages.<lang>.ftl, labels.<lang>.ftl, locales/<lang>/<name>.ftl, locales/<lang>/packs/<pack>.ftl, with names of small letters, digits, - and _";
                self.leave_out(path, what.to_owned());
            }
            if self.files.len() + self.left_out.len() > FILES_MAX {
                let many = format!("more than {FILES_MAX} files; allowed: at most {FILES_MAX}");
                return Err(std::io::Error::other(many));
            }
        }
        Ok(())
    }

    fn leave_out(&mut self, file: String, what: String) {
        self.left_out.push(Problem {
            file,
            line: None,
            what,
        });
    }
}

/// What may lie there and is nobody's business: notes, and what file managers leave.
fn is_beside(name: &str) -> bool {
    name.starts_with('.') || name.ends_with(".md") || name.ends_with(".txt")
}

fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    (1..=40).contains(&name.len()) && name.chars().all(plain)
}

fn is_known(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let ftl = |name: &str| {
        name.strip_suffix(".ftl")
            .is_some_and(|stem| stem.split('.').all(is_plain))
    };
    match parts.as_slice() {
        ["packs", _, "pack.toml"] => true,
        ["packs", _, name] => {
            (name.starts_with("messages.") || name.starts_with("labels.")) && ftl(name)
        }
        ["locales", _, name] | ["locales", _, "packs", name] => ftl(name),
        _ => false,
    }
}

fn text_of(path: &Path) -> Result<String, String> {
    let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
    let file = fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(FILE_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > FILE_MAX {
        return Err(format!(
            "too long; allowed: at most {} KiB",
            FILE_MAX / 1024
        ));
    }
    String::from_utf8(bytes).map_err(|_| "not a text; allowed: UTF-8".to_owned())
}
