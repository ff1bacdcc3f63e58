//! The app's processes: what a page knew must end with the one that drew it, and none may be left over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// WebKitGTK's page and network processes, as far as the system keeps their names.
const PAGE: &str = "WebKitWebProces";
const NETWORK: &str = "WebKitNetworkPr";

/// The app and the processes it started.
pub(crate) struct Family {
    pub(crate) app: u32,
    pub(crate) pages: BTreeSet<u32>,
    pub(crate) networks: BTreeSet<u32>,
    /// Whatever else: there should be none.
    pub(crate) others: Vec<String>,
}

impl Family {
    /// Open descriptors of the app; none where another user's may not be counted.
    pub(crate) fn descriptors(&self) -> Option<usize> {
        Some(fs::read_dir(format!("/proc/{}/fd", self.app)).ok()?.count())
    }

    /// Threads of the app.
    pub(crate) fn threads(&self) -> Option<usize> {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.app)).ok()?;
        Some(tasks.count())
    }

    /// The memory that would be free without them, in KiB, shared pages in equal parts; none where another user's
    /// may not be read. Pages of files are left out: their parts change with whatever else runs on the machine.
    pub(crate) fn memory_kib(&self) -> Option<u64> {
        let all = std::iter::once(&self.app)
            .chain(&self.pages)
            .chain(&self.networks);
        all.map(|id| {
            let text = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
            proportional(&text)
        })
        .sum()
    }
}

/// The proportional part of a process in KiB that is no file's.
fn proportional(rollup: &str) -> Option<u64> {
    let of = |name: &str| {
        let line = rollup.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    Some(of("Pss_Anon:")? + of("Pss_Shmem:")?)
}

/// The ids of the page processes of the app that works on this data folder.
pub(crate) fn pages(data: &Path) -> BTreeSet<u32> {
    family(data).map_or_else(BTreeSet::new, |family| family.pages)
}

/// The processes of the app that works on this data folder, while it runs.
pub(crate) fn family(data: &Path) -> Option<Family> {
    let all = processes();
    let data = data.to_string_lossy();
    let app = all.iter().find(|process| {
        let line = fs::read(format!("/proc/{}/cmdline", process.id)).unwrap_or_default();
        process.name == "madoguchi"
            && line
                .split(|byte| *byte == 0)
                .any(|word| word == data.as_bytes())
    })?;
    let mut family = Family {
        app: app.id,
        pages: BTreeSet::new(),
        networks: BTreeSet::new(),
        others: Vec::new(),
    };
    for child in all.iter().filter(|process| process.parent == app.id) {
        match child.name.as_str() {
            PAGE => {
                family.pages.insert(child.id);
            }
            NETWORK => {
                family.networks.insert(child.id);
            }
            other => family.others.push(other.to_owned()),
        }
    }
    Some(family)
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
