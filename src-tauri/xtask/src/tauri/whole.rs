//! `cargo xtask tauri`: `tauri dev` and `tauri build` from a fresh clone of what is committed.

use std::fs;
use std::io::{BufRead, BufReader, pipe};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;
use workplace::{Failure, Outcome, Place, output, say, setup};

/// Seconds in which the app must have been compiled and opened, and its packages made.
const LIMIT_S: &str = "1800";

/// Clones, installs as the documents say, and sees the window's page and the packages. True when all came.
pub(crate) fn run(place: &Place) -> Outcome<bool> {
    setup::everything(place)?;
    setup::own_display()?;
    let clone = Fresh::make(place)?;
    say!("npm ci …");
    let installed = clone.npm(&["ci", "--no-progress"]);
    if clone.follow(installed, |_| false)? != Ended::Well {
        return Err(Failure::new("npm ci failed in a fresh clone"));
    }
    say!("tauri dev …");
    let mut dev = clone.npm(&["run", "tauri", "--", "dev", "--", "--", "--data-dir"]);
    dev.arg(clone.folder.join("data"));
    let opened = clone.follow(dev, page_is_there)? == Ended::AsWished;
    say!("  {}", told(opened, "the window shows its page"));
    say!("tauri build …");
    let begun = fs::metadata(clone.source().join("tauri.conf.json"))?.modified()?;
    let build = clone.npm(&["run", "tauri", "--", "build"]);
    let mut made = clone.follow(build, |_| false)? == Ended::Well;
    for kind in ["deb", "rpm"] {
        let package = newer(&place.target.join("release/bundle").join(kind), begun);
        made &= package.is_some();
        say!(
            "  {}",
            told(package.is_some(), &format!("a {kind} package"))
        );
    }
    Ok(opened && made)
}

fn told(there: bool, what: &str) -> String {
    format!("{}: {what}", if there { "ok" } else { "missing" })
}

/// A line of the app's once the page in the operator's window has asked for its view.
fn page_is_there(line: &str) -> bool {
    line.contains("page is there") && line.contains("window=\"operator\"")
}

/// A file in the folder that was written since.
fn newer(folder: &Path, since: SystemTime) -> Option<PathBuf> {
    fs::read_dir(folder).ok()?.flatten().find_map(|entry| {
        let meta = entry.metadata().ok()?;
        let fresh = meta.is_file() && meta.modified().ok()? >= since;
        fresh.then(|| entry.path())
    })
}

/// How a command came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// It said what was waited for, and was told to stop.
    AsWished,
    Well,
    Badly,
}

/// A clone that goes when this is dropped, with what its programs leave beside it.
struct Fresh {
    folder: PathBuf,
    target: PathBuf,
}

impl Fresh {
    fn make(place: &Place) -> Outcome<Self> {
        let folder = place.target.join("fresh-clone");
        let clone = Self {
            folder,
            target: place.target.clone(),
        };
        clone.remove();
        fs::create_dir_all(clone.folder.join("tmp"))?;
        output(
            Command::new("git")
                .args(["clone", "--quiet"])
                .arg(&place.root)
                .arg(clone.source()),
        )?;
        Ok(clone)
    }

    fn source(&self) -> PathBuf {
        self.folder.join("source")
    }

    fn remove(&self) {
        // A folder that is not there is as good as removed.
        drop(fs::remove_dir_all(&self.folder));
    }

    /// npm as somebody types it at the top, on a display of its own. `timeout` hands a request to stop on to
    /// everything below it: npm, Tauri, the dev server, the app, the display.
    fn npm(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("timeout");
        command
            .args(["--kill-after=10", LIMIT_S, "xvfb-run", "--auto-servernum"])
            .args(["npm", "--prefix", "ui"])
            .args(arguments)
            .current_dir(self.source())
            .env("TMPDIR", self.folder.join("tmp"))
            .env("CARGO_TARGET_DIR", &self.target)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null());
        for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the command until it ends or says what is waited for. What it said is shown when it went badly.
    fn follow(&self, mut command: Command, wished: fn(&str) -> bool) -> Outcome<Ended> {
        let (out, into) = pipe()?;
        let mut child = command
            .stdout(into.try_clone()?)
            .stderr(into)
            .spawn()
            .map_err(|error| Failure::new(format!("cannot start timeout: {error}")))?;
        // Its ends of the pipe would keep it open.
        drop(command);
        let mut lines = Vec::new();
        for line in BufReader::new(out).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).into_owned();
            if wished(&line) {
                output(Command::new("kill").arg(child.id().to_string()))?;
                child.wait()?;
                return Ok(Ended::AsWished);
            }
            lines.push(line);
        }
        if child.wait()?.success() {
            return Ok(Ended::Well);
        }
        for line in lines {
            say!("  {line}");
        }
        Ok(Ended::Badly)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        self.remove();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> (tempfile::TempDir, Fresh) {
        let folder = tempfile::tempdir().unwrap();
        let clone = Fresh {
            folder: folder.path().to_owned(),
            target: folder.path().to_owned(),
        };
        (folder, clone)
    }

    fn shell(script: &str) -> Command {
        let mut command = Command::new("timeout");
        command.args(["60", "sh", "-c", script]);
        command
    }

    #[test]
    fn what_was_waited_for_ends_the_command_and_what_it_started() {
        let (_kept, clone) = place();
        let script = "sleep 60 & echo 'page is there window=\"operator\"'; wait";
        let ended = clone.follow(shell(script), page_is_there).unwrap();
        assert_eq!(ended, Ended::AsWished);
    }

    #[test]
    fn a_command_that_fails_is_told_from_one_that_does_not() {
        let (_kept, clone) = place();
        let of = |script: &str| clone.follow(shell(script), page_is_there).unwrap();
        assert_eq!(of("true"), Ended::Well);
        assert_eq!(of("exit 3"), Ended::Badly);
    }

    #[test]
    fn the_page_of_another_window_is_not_the_operators() {
        assert!(page_is_there(
            "INFO pages: page is there window=\"operator\""
        ));
        assert!(!page_is_there(
            "INFO pages: page is there window=\"person-1\""
        ));
    }

    #[test]
    fn only_a_package_made_now_counts() {
        let (kept, _clone) = place();
        let before = SystemTime::UNIX_EPOCH;
        assert_eq!(newer(kept.path(), before), None);
        fs::write(kept.path().join("a.deb"), "").unwrap();
        assert_eq!(newer(kept.path(), before), Some(kept.path().join("a.deb")));
        let later = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1 << 36);
        assert_eq!(newer(kept.path(), later), None);
    }
}
