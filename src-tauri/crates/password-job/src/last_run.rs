//! The small file by which counters tell that the job runs.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::folder::{self, part};
use crate::plan::Shard;
use crate::report::{Ending, Summary, time};

const VERSION: u32 = 1;

#[derive(Clone, Serialize, Deserialize)]
struct LastRun {
    version: u32,
    finished: String,
    result: Ending,
    rotated: usize,
    skipped: usize,
    failed: usize,
    overdue: usize,
}

/// Writes how a run ended. Shards have a file each beside it, and it says how all of them together did, once there is
/// one of each: the worst result, at the time of the oldest.
pub(crate) fn write(
    path: &Path,
    shard: Option<Shard>,
    summary: &Summary,
    now: i64,
) -> io::Result<()> {
    let own = LastRun {
        version: VERSION,
        finished: time(now),
        result: summary.result,
        rotated: summary.rotated,
        skipped: summary.skipped,
        failed: summary.failed,
        overdue: summary.overdue,
    };
    let Some(shard) = shard else {
        return put(path, &own);
    };
    put(&beside(path, shard), &own)?;
    let of = |index| beside(path, Shard { index, ..shard });
    let all: Option<Vec<LastRun>> = (1..=shard.count).map(|index| read(&of(index))).collect();
    match all.and_then(together) {
        Some(all) => put(path, &all),
        None => Ok(()),
    }
}

fn beside(path: &Path, shard: Shard) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", part(shard)));
    path.with_file_name(name)
}

fn together(all: Vec<LastRun>) -> Option<LastRun> {
    all.into_iter().reduce(|one, other| LastRun {
        version: VERSION,
        finished: one.finished.min(other.finished),
        result: one.result.max(other.result),
        rotated: one.rotated + other.rotated,
        skipped: one.skipped + other.skipped,
        failed: one.failed + other.failed,
        overdue: one.overdue + other.overdue,
    })
}

fn read(path: &Path) -> Option<LastRun> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

fn put(path: &Path, run: &LastRun) -> io::Result<()> {
    let mut text = serde_json::to_vec(run)?;
    text.push(b'\n');
    folder::replace(path, &text, folder::READABLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_the_members_the_counters_read_s47() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("last-run.json");
        let mut summary = Summary::empty(Ending::Done, "");
        summary.rotated = 3;
        write(&path, None, &summary, 1_795_953_600_000).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let expected = r#"{"version":1,"finished":"2026-11-29T12:00:00Z","result":"done","rotated":3,"skipped":0,"failed":0,"overdue":0}"#;
        assert_eq!(text.trim_end(), expected);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = path.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o644);
        }
    }

    #[test]
    fn shards_say_together_what_the_worst_of_them_says_s47() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("last-run.json");
        let shard = |index| Some(Shard { index, count: 2 });
        let mut summary = Summary::empty(Ending::Failed, "");
        summary.failed = 1;
        write(&path, shard(1), &summary, 1_795_953_600_000).unwrap();
        assert!(!path.exists(), "the other one has not run yet");
        let mut summary = Summary::empty(Ending::Done, "");
        summary.rotated = 2;
        write(&path, shard(2), &summary, 1_795_960_000_000).unwrap();
        let all = read(&path).unwrap();
        assert_eq!(
            (all.result, all.rotated, all.failed),
            (Ending::Failed, 2, 1)
        );
        assert_eq!(all.finished, "2026-11-29T12:00:00Z");
    }
}
