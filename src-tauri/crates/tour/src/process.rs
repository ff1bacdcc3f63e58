//! The processes that draw the app's pages: what a page knew must end with its process.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// WebKitGTK's page process, as far as the system keeps its name.
const PAGE: &str = "WebKitWebProces";

/// The ids of the page processes of the app that works on this data folder.
pub(crate) fn pages(data: &Path) -> BTreeSet<u32> {
    let all = processes();
    let data = data.to_string_lossy();
    let apps: Vec<u32> = all
        .iter()
        .filter(|process| {
            let line = fs::read(format!("/proc/{}/cmdline", process.id)).unwrap_or_default();
            process.name == "madoguchi"
                && line
                    .split(|byte| *byte == 0)
                    .any(|word| word == data.as_bytes())
        })
        .map(|process| process.id)
        .collect();
    all.iter()
        .filter(|process| process.name == PAGE && apps.contains(&process.parent))
        .map(|process| process.id)
        .collect()
}

struct Process {
    id: u32,
    name: String,
    parent: u32,
}

fn processes() -> Vec<Process> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let id = entry.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            let (name, parent) = read(&stat)?;
            Some(Process { id, name, parent })
        })
        .collect()
}

/// Name and parent in a line like `12 (WebKitWebProces) S 7 …`; a process that has ended has none.
pub(crate) fn read(stat: &str) -> Option<(String, u32)> {
    let (_, rest) = stat.split_once('(')?;
    let (name, rest) = rest.rsplit_once(") ")?;
    let mut words = rest.split(' ');
    let state = words.next()?;
    let parent = words.next()?.parse().ok()?;
    (state != "Z" && state != "X").then(|| (name.to_owned(), parent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_parent_are_read_whatever_the_name() {
        assert_eq!(read("12 (a) b) S 7 12 12 0"), Some(("a) b".to_owned(), 7)));
        assert_eq!(read("12 (gone) Z 7 12 12 0"), None);
    }

    #[test]
    fn this_test_is_among_the_processes() {
        let own = std::process::id();
        assert!(processes().iter().any(|process| process.id == own));
        assert!(pages(Path::new("no such folder")).is_empty());
    }
}
