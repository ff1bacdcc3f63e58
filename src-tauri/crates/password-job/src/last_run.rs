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
    /// None where the run ended before it knew.
    overdue: Option<usize>,
}

/// Writes how a run ended. Shards have a file each beside it, and it says how all of them together did, once there is
/// one of each: the worst result, at the time of the oldest. `folder` is the job's, whose lock keeps two that end at once
/// from putting what they read of each other before it was written.
pub(crate) fn write(
    path: &Path,
    folder: &Path,
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
    let _alone = folder::alone_with_last_run(folder)?;
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
        overdue: one
            .overdue
            .zip(other.overdue)
            .map(|(one, other)| one + other),
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
        summary.overdue = Some(0);
        write(&path, folder.path(), None, &summary, 1_795_953_600_000).unwrap();
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
        write(&path, folder.path(), shard(1), &summary, 1_795_953_600_000).unwrap();
        assert!(!path.exists(), "the other one has not run yet");
        let mut summary = Summary::empty(Ending::Done, "");
        summary.rotated = 2;
        write(&path, folder.path(), shard(2), &summary, 1_795_960_000_000).unwrap();
        let all = read(&path).unwrap();
        assert_eq!(
            (all.result, all.rotated, all.failed),
            (Ending::Failed, 2, 1)
        );
        assert_eq!(all.finished, "2026-11-29T12:00:00Z");
        assert_eq!(all.overdue, None, "neither of them knew");
        let mut summary = Summary::empty(Ending::Done, "");
        for (index, overdue, known) in [(1, 2, None), (2, 5, Some(7))] {
            summary.overdue = Some(overdue);
            let now = 1_795_960_000_000;
            write(&path, folder.path(), shard(index), &summary, now).unwrap();
            assert_eq!(read(&path).unwrap().overdue, known);
        }
    }

    /// Without the lock the one that reads first may put last: then the other's end is lost.
    #[test]
    fn parts_that_end_at_once_do_not_lose_each_other_s47() {
        const PARTS: u32 = 8;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("last-run.json");
        for round in 1..=20 {
            let at_once = std::sync::Barrier::new(PARTS as usize);
            std::thread::scope(|threads| {
                for index in 1..=PARTS {
                    let (path, folder, at_once) = (&path, folder.path(), &at_once);
                    threads.spawn(move || {
                        let mut summary = Summary::empty(Ending::Done, "");
                        summary.rotated = round;
                        let shard = Shard {
                            index,
                            count: PARTS,
                        };
                        at_once.wait();
                        write(path, folder, Some(shard), &summary, 1_795_953_600_000).unwrap();
                    });
                }
            });
            let all = read(&path).unwrap();
            assert_eq!(all.rotated, round * PARTS as usize, "round {round}");
        }
    }
}
