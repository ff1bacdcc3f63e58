//! The app's processes: what a page knew must end with the one that drew it, and none may be left over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// WebKitGTK's page and network processes, as far as the system keeps their names.
const PAGE: &str = "WebKitWebProces";
const NETWORK: &str = "WebKitNetworkPr";
/// What shuts the pages in, and lets them onto the session bus.
const SANDBOX: [&str; 2] = ["bwrap", "xdg-dbus-proxy"];

/// The app and the processes it started, and those that they started.
pub(crate) struct Family {
    pub(crate) app: u32,
    pub(crate) pages: BTreeSet<u32>,
    pub(crate) networks: BTreeSet<u32>,
    /// How many processes shut the pages in: between the app and a page, none where there is no sandbox.
    pub(crate) sandbox: usize,
    /// Numbers and names of all, the app first.
    pub(crate) all: Vec<(u32, String)>,
    /// Whatever else: there should be none.
    pub(crate) others: Vec<String>,
}

impl Family {
    fn add(&mut self, process: &Process) {
        let name = process.name.as_str();
        if name == PAGE {
            self.pages.insert(process.id);
        } else if name == NETWORK {
            self.networks.insert(process.id);
        } else if SANDBOX.contains(&name) {
            self.sandbox += 1;
        } else {
            self.others.push(name.to_owned());
        }
        self.all.push((process.id, process.name.clone()));
    }

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
        sandbox: 0,
        all: vec![(app.id, app.name.clone())],
        others: Vec::new(),
    };
    let mut next = 0;
    while let Some(&(parent, _)) = family.all.get(next) {
        for child in all.iter().filter(|process| process.parent == parent) {
            family.add(child);
        }
        next += 1;
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
fn read(stat: &str) -> Option<(String, u32)> {
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
