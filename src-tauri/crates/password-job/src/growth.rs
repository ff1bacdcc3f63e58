//! How large the roll was, and whether it grew more than anybody could have meant.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::folder;
use crate::plan::grew_too_much;

const FILE: &str = "roll.json";
const VERSION: u32 = 1;

/// How large which roll was, and when.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RollSize {
    version: u32,
    pub(crate) roll: usize,
    /// Whose roll it was. An earlier version of the job did not say it.
    tenant: Option<String>,
    group: Option<String>,
    #[serde(default)]
    at: i64,
}

impl RollSize {
    pub(crate) fn of(roll: usize, tenant: &str, group: &str, at: i64) -> Self {
        Self {
            version: VERSION,
            roll,
            tenant: Some(tenant.to_owned()),
            group: Some(group.to_owned()),
            at,
        }
    }

    /// How many there were before, where it grew too much since. Another roll than the last one was empty before.
    pub(crate) fn grew(&self, last: Option<&Self>) -> Option<usize> {
        let other = |last: &Option<String>, now: &Option<String>| last.is_some() && last != now;
        let before = last.map(|last| {
            let another = other(&last.tenant, &self.tenant) || other(&last.group, &self.group);
            if another { 0 } else { last.roll }
        });
        before.filter(|_| grew_too_much(before, self.roll))
    }

    pub(crate) fn put(&self, folder: &Path) -> io::Result<()> {
        let text = serde_json::to_vec(self)?;
        folder::replace(&folder.join(FILE), &text, folder::PRIVATE)
    }
}

/// The newest of what the runs in these folders saw: a part that never ran knows what the whole or another part did.
pub(crate) fn last(folders: &[PathBuf]) -> io::Result<Option<RollSize>> {
    let mut newest: Option<RollSize> = None;
    for folder in folders {
        let path = folder.join(FILE);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        let damaged = |why: &str| {
            let text = format!("{}: {why}", path.display());
            io::Error::new(io::ErrorKind::InvalidData, text)
        };
        let size: RollSize = serde_json::from_slice(&text).map_err(|_| damaged("is damaged"))?;
        if size.version != VERSION {
            return Err(damaged("another version of the job wrote it"));
        }
        if newest.as_ref().is_none_or(|known| known.at < size.at) {
            newest = Some(size);
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_count_of_any_part_counts_n11() {
        let folder = tempfile::tempdir().unwrap();
        let parts = ["a", "b", "c"].map(|name| folder.path().join(name));
        for (part, roll, at) in [(&parts[0], 900, 1), (&parts[1], 10, 2)] {
            std::fs::create_dir(part).unwrap();
            RollSize::of(roll, "t", "g", at).put(part).unwrap();
        }
        let last = last(&parts).unwrap();
        let grown = |roll, group| RollSize::of(roll, "t", group, 3).grew(last.as_ref());
        assert_eq!(grown(13, "g"), Some(10));
        assert_eq!(grown(12, "g"), None);
        assert_eq!(grown(1, "another"), Some(0));
        assert_eq!(RollSize::of(900, "t", "g", 3).grew(None), None);
    }

    #[test]
    fn a_count_of_another_version_is_not_believed_n11() {
        let folder = tempfile::tempdir().unwrap();
        let here = [folder.path().to_owned()];
        let path = folder.path().join(FILE);
        std::fs::write(&path, r#"{"version":1,"roll":10}"#).unwrap();
        let before = last(&here).unwrap();
        let now = RollSize::of(13, "t", "g", 1);
        assert_eq!(now.grew(before.as_ref()), Some(10), "it does not say whose");
        for text in [r#"{"version":2,"roll":10}"#, "{"] {
            std::fs::write(&path, text).unwrap();
            let error = last(&here).unwrap_err().to_string();
            assert!(error.contains("roll.json: "), "{error}");
        }
    }
}
