//! When the job that changes passwords last ran, from the file it writes.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use onboarding::{LastRun, NoRun, ServiceTime};
use serde::Deserialize;
use tokio::sync::oneshot;

/// A share that does not answer is not waited for any longer: somebody stands at the counter.
const LIMIT: Duration = Duration::from_secs(5);
/// The job writes some 150 bytes.
const LONGEST: u64 = 4096;
/// The form this app knows.
const VERSION: u64 = 1;

/// The file of a site, read by one thread at a time: one that hangs on a dead share is not joined by others.
#[derive(Clone)]
pub(crate) struct RunFile {
    path: PathBuf,
    reading: Arc<AtomicBool>,
}

impl RunFile {
    pub(crate) fn at(path: PathBuf) -> Self {
        Self {
            path,
            reading: Arc::default(),
        }
    }

    /// Never waits longer than [`LIMIT`], and never reads more than [`LONGEST`].
    pub(crate) async fn read(self) -> LastRun {
        let Self { path, reading } = self;
        if reading.swap(true, Ordering::SeqCst) {
            return LastRun::No(NoRun::Unreadable);
        }
        let (answer, read) = oneshot::channel();
        // No task of the runtime, which would wait for it at the end.
        std::thread::spawn(move || {
            let run = of_file(&path);
            reading.store(false, Ordering::SeqCst);
            let _ = answer.send(run);
        });
        match tokio::time::timeout(LIMIT, read).await {
            Ok(Ok(run)) => run,
            Ok(Err(_)) | Err(_) => LastRun::No(NoRun::Unreadable),
        }
    }
}

fn of_file(path: &Path) -> LastRun {
    match bytes(path) {
        Ok(bytes) => of_bytes(&bytes),
        Err(why) => LastRun::No(why),
    }
}

/// What is no ordinary file is not opened: a pipe that nobody writes to would keep everything waiting.
fn bytes(path: &Path) -> Result<Vec<u8>, NoRun> {
    let unread = |error: std::io::Error| {
        let absent = error.kind() == std::io::ErrorKind::NotFound;
        match absent {
            true => NoRun::NotThere,
            false => NoRun::Unreadable,
        }
    };
    if !std::fs::metadata(path).map_err(unread)?.is_file() {
        return Err(NoRun::Odd);
    }
    let file = File::open(path).map_err(unread)?;
    // What was opened is asked, not the name, which may be another file by now.
    if !file.metadata().map_err(unread)?.is_file() {
        return Err(NoRun::Odd);
    }
    let mut bytes = Vec::new();
    let read = file.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(unread)?;
    match bytes.len() as u64 > LONGEST {
        true => Err(NoRun::Odd),
        false => Ok(bytes),
    }
}

#[derive(Deserialize)]
struct Form {
    version: u64,
}

/// What the job writes when it ends.
#[derive(Deserialize)]
struct Written {
    finished: String,
    result: RunResult,
    rotated: u64,
    #[serde(rename = "skipped")]
    _skipped: u64,
    failed: u64,
    /// People whose passwords are older than they may be; none where the run ended before it knew.
    overdue: Option<u64>,
}

impl Written {
    /// Whether a password should have been changed and was not.
    fn has_left_some(&self) -> bool {
        self.failed > 0 || self.overdue.is_some_and(|overdue| overdue > 0)
    }
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RunResult {
    Done,
    /// Some were left as they are, for a reason that another run does not change.
    Skipped,
    /// Not every password could be changed.
    Failed,
    /// Its own safety rules stopped it, until somebody has looked, or somebody did.
    Stopped,
    /// It could not begin: a right, its certificate or its file is in the way.
    Configuration,
}

fn of_bytes(bytes: &[u8]) -> LastRun {
    let odd = LastRun::No(NoRun::Odd);
    match serde_json::from_slice(bytes) {
        Ok(Form { version: VERSION }) => {}
        Ok(Form { version }) if version > VERSION => return LastRun::No(NoRun::Newer),
        Ok(Form { .. }) | Err(_) => return odd,
    }
    let Ok(written) = serde_json::from_slice::<Written>(bytes) else {
        return odd;
    };
    let Ok(finished) = written.finished.parse::<jiff::Timestamp>() else {
        return odd;
    };
    match written.result {
        RunResult::Stopped => LastRun::No(NoRun::Stopped),
        RunResult::Configuration => LastRun::No(NoRun::Failed),
        RunResult::Failed if written.rotated == 0 => LastRun::No(NoRun::Failed),
        // It says that all went well, and counts what did not.
        RunResult::Done | RunResult::Skipped if written.rotated == 0 && written.has_left_some() => {
            LastRun::No(NoRun::Failed)
        }
        RunResult::Done | RunResult::Skipped | RunResult::Failed => LastRun::Ended {
            at: ServiceTime(finished.as_millisecond()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHEN: &str = "2026-11-29T03:00:00Z";

    fn written(version: u64, result: &str, rotated: u64, failed: u64) -> String {
        format!(
            r#"{{"version":{version},"finished":"{WHEN}","result":"{result}","rotated":{rotated},"skipped":0,"failed":{failed},"overdue":0}}"#
        )
    }

    fn ended() -> LastRun {
        let at: jiff::Timestamp = WHEN.parse().unwrap();
        let at = ServiceTime(at.as_millisecond());
        LastRun::Ended { at }
    }

    #[test]
    fn a_run_is_known_by_what_the_job_wrote_and_by_nothing_else_s43() {
        let no = LastRun::No;
        for (result, rotated, failed, expected) in [
            ("done", 3, 0, ended()),
            ("done", 0, 0, ended()),
            ("skipped", 0, 0, ended()),
            ("failed", 3, 2, ended()),
            ("failed", 0, 2, no(NoRun::Failed)),
            ("done", 0, 2, no(NoRun::Failed)),
            ("stopped", 3, 0, no(NoRun::Stopped)),
            ("configuration", 0, 0, no(NoRun::Failed)),
            ("finished", 3, 0, no(NoRun::Odd)),
        ] {
            let text = written(1, result, rotated, failed);
            assert_eq!(of_bytes(text.as_bytes()), expected, "{text}");
        }
        for (overdue, expected) in [("812", no(NoRun::Failed)), ("null", ended())] {
            let text = written(1, "skipped", 0, 0);
            let text = text.replace("\"overdue\":0", &format!("\"overdue\":{overdue}"));
            assert_eq!(of_bytes(text.as_bytes()), expected, "{text}");
        }
        let newer = written(2, "done", 1, 0).replace("finished", "ended");
        assert_eq!(of_bytes(newer.as_bytes()), no(NoRun::Newer));
        let whole = written(1, "done", 1, 0);
        let further = whole.replace("\"overdue\"", "\"added\":[1],\"overdue\"");
        assert_eq!(of_bytes(further.as_bytes()), ended(), "what was added");
        for odd in [
            String::new(),
            "[]".to_owned(),
            "{}".to_owned(),
            whole.replace(WHEN, "yesterday"),
            whole.replace(WHEN, "2026-11-29"),
            whole.replace(":1,\"sk", ":-1,\"sk"),
            whole.replace("version\":1", "version\":0"),
            whole.replace("\"failed\":0,", ""),
            whole[..whole.len() - 1].to_owned(),
            format!("{whole}{whole}"),
        ] {
            assert_eq!(of_bytes(odd.as_bytes()), no(NoRun::Odd), "{odd}");
        }
    }

    #[test]
    fn a_file_is_read_within_bounds_and_never_waited_for_s43() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("last-run.json");
        assert_eq!(of_file(&path), LastRun::No(NoRun::NotThere));
        std::fs::write(&path, written(1, "done", 1, 0)).unwrap();
        assert_eq!(of_file(&path), ended());
        let long = written(1, "done", 1, 0) + &" ".repeat(5000);
        std::fs::write(&path, long).unwrap();
        assert_eq!(of_file(&path), LastRun::No(NoRun::Odd));
        assert_eq!(of_file(folder.path()), LastRun::No(NoRun::Odd));
        #[cfg(unix)]
        {
            let pipe = folder.path().join("pipe");
            let made = std::process::Command::new("mkfifo").arg(&pipe).status();
            assert!(made.unwrap().success());
            assert_eq!(of_file(&pipe), LastRun::No(NoRun::Odd));
        }
    }

    /// A share that hangs costs one thread, however often it is asked.
    #[tokio::test]
    async fn one_read_is_under_way_at_a_time_s43() {
        let file = RunFile::at(PathBuf::from("/"));
        file.reading.store(true, Ordering::SeqCst);
        assert_eq!(file.clone().read().await, LastRun::No(NoRun::Unreadable));
        file.reading.store(false, Ordering::SeqCst);
        assert_eq!(file.read().await, LastRun::No(NoRun::Odd));
    }
}
