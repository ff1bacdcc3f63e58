//! A browser for one sign-in of the person: a child of ours, with a profile that is thrown away.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::browser::{BrowserError, PLACEHOLDER, filled, parse};
use crate::left_behind;
use crate::private_folder;

/// Stands in the command for the folder of the profile.
pub const PROFILE: &str = "{profile}";

/// How often processes that were killed are looked at, and how long between two looks: a second in all.
#[cfg(unix)]
const LOOKS: u8 = 100;
#[cfg(unix)]
const EVERY: rustix::event::Timespec = rustix::event::Timespec {
    tv_sec: 0,
    tv_nsec: 10_000_000,
};

/// A browser that is open. Dropped, it is ended with all of its processes, and its profile is removed.
#[derive(Debug)]
pub struct TestBrowser {
    child: Child,
    /// Removed when it is dropped, after the browser.
    profile: Option<TempDir>,
}

/// Where a browser's window is wanted, in the pixels that browsers count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
}

impl Area {
    /// What stands in the command for each of its numbers.
    fn numbers(self) -> [(&'static str, String); 4] {
        [
            ("{x}", self.x.to_string()),
            ("{y}", self.y.to_string()),
            ("{width}", self.width.to_string()),
            ("{height}", self.height.to_string()),
        ]
    }
}

/// Opens `url` with `command`, in which `{profile}` stands for a fresh folder and `{url}` for the address; without
/// `{url}` the address comes last. `None` takes whichever known browser is found. No shell sees any of it.
///
/// # Errors
/// See [`BrowserError`]; `NoCommand` also where no browser is found.
pub fn open(command: Option<&[String]>, url: &str) -> Result<TestBrowser, BrowserError> {
    open_at(command, url, None)
}

/// The same with `{x}`, `{y}`, `{width}` and `{height}` for where its window is wanted; where that is not known,
/// arguments with one of them are left out.
///
/// # Errors
/// As [`open`].
pub fn open_at(
    command: Option<&[String]>,
    url: &str,
    area: Option<Area>,
) -> Result<TestBrowser, BrowserError> {
    let url = parse(url)?;
    let found = command.map_or_else(find, |command| Some(command.to_vec()));
    let command = found.ok_or(BrowserError::NoCommand)?;
    left_behind::sweep();
    let profile = private_folder::make(&left_behind::prefix()).map_err(BrowserError::Start)?;
    let folder = profile.path().to_string_lossy().into_owned();
    let command: Vec<String> = placed(&command, area)
        .iter()
        .map(|argument| argument.replace(PROFILE, &folder))
        .collect();
    let arguments = filled(&command, url.as_str());
    let (program, arguments) = arguments.split_first().ok_or(BrowserError::NoCommand)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // What it starts in turn ends with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let child = command.spawn().map_err(BrowserError::Start)?;
    Ok(TestBrowser {
        child,
        profile: Some(profile),
    })
}

fn placed(command: &[String], area: Option<Area>) -> Vec<String> {
    let nowhere = Area {
        x: 0,
        y: 0,
        width: 0,
        height: 0,
    };
    let asks = |argument: &&String| {
        let names = nowhere.numbers();
        names.iter().any(|(name, _)| argument.contains(name))
    };
    let arguments = command
        .iter()
        .filter(|argument| area.is_some() || !asks(argument));
    let numbers = area.unwrap_or(nowhere).numbers();
    arguments
        .map(|argument| {
            let put = |text: String, (name, number): &(&str, String)| text.replace(name, number);
            numbers.iter().fold(argument.clone(), put)
        })
        .collect()
}

impl TestBrowser {
    /// Where its profile lies.
    #[must_use]
    pub fn profile(&self) -> Option<&Path> {
        self.profile.as_ref().map(TempDir::path)
    }

    fn end(&mut self) {
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.child.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
        {
            // One that has ended by itself has no group any more.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        #[cfg(windows)]
        let _ = Command::new("taskkill")
            .args(["/T", "/F", "/PID", &self.child.id().to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        let _ = self.child.kill();
        let _ = self.child.wait();
        #[cfg(unix)]
        self.wait_for_the_others();
    }

    /// What it started ends a moment later, and writes into the profile until then.
    #[cfg(unix)]
    fn wait_for_the_others(&self) {
        let group = i32::try_from(self.child.id()).ok();
        let Some(group) = group.and_then(rustix::process::Pid::from_raw) else {
            return;
        };
        let gone = || rustix::process::test_kill_process_group(group).is_err();
        for _ in 0..LOOKS {
            if gone() {
                return;
            }
            // Nobody is told of the end of a process that is not a child.
            let _ = rustix::event::poll(&mut [], Some(&EVERY));
        }
    }
}

impl Drop for TestBrowser {
    fn drop(&mut self) {
        self.end();
        // A process that is just ending may still hold a file: a second time it is gone.
        if let Some(profile) = self.profile.take()
            && let Err(first) = std::fs::remove_dir_all(profile.path())
            && first.kind() != std::io::ErrorKind::NotFound
        {
            let _ = profile.close();
        }
    }
}

/// The first known browser of this machine, as an argument vector.
fn find() -> Option<Vec<String>> {
    let programs: Vec<PathBuf> = places();
    let program = programs.into_iter().find(|path| path.is_file())?;
    let name = program.file_name()?.to_string_lossy().to_lowercase();
    let arguments: &[&str] = match name.contains("firefox") {
        true => &[
            "-no-remote",
            "-profile",
            PROFILE,
            "-private-window",
            PLACEHOLDER,
        ],
        false => &[
            "--user-data-dir={profile}",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-sync",
            "--password-store=basic",
            "--window-position={x},{y}",
            "--window-size={width},{height}",
            "--app={url}",
        ],
    };
    let program = program.to_string_lossy().into_owned();
    let arguments = arguments.iter().map(|&argument| argument.to_owned());
    Some(std::iter::once(program).chain(arguments).collect())
}

#[cfg(windows)]
fn places() -> Vec<PathBuf> {
    let roots = ["ProgramFiles(x86)", "ProgramFiles"];
    let roots = roots.iter().filter_map(std::env::var_os).map(PathBuf::from);
    roots
        .flat_map(|root| {
            [
                root.join("Microsoft/Edge/Application/msedge.exe"),
                root.join("Google/Chrome/Application/chrome.exe"),
                root.join("Mozilla Firefox/firefox.exe"),
            ]
        })
        .collect()
}

#[cfg(target_os = "macos")]
fn places() -> Vec<PathBuf> {
    let apps = [
        "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        "Google Chrome.app/Contents/MacOS/Google Chrome",
        "Firefox.app/Contents/MacOS/firefox",
    ];
    let folder = Path::new("/Applications");
    apps.iter().map(|app| folder.join(app)).collect()
}

#[cfg(all(unix, not(target_os = "macos")))]
fn places() -> Vec<PathBuf> {
    let names = [
        "microsoft-edge",
        "google-chrome",
        "chromium",
        "chromium-browser",
        "firefox",
        "firefox-esr",
    ];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let in_folders = |name: &&str| {
        folders
            .iter()
            .map(|folder| folder.join(name))
            .collect::<Vec<_>>()
    };
    names.iter().flat_map(in_folders).collect()
}

#[cfg(test)]
mod tests {
    use super::{Area, placed};

    #[test]
    fn a_window_is_put_where_it_is_wanted_or_where_the_browser_likes() {
        let command = [
            "b",
            "--at={x},{y}",
            "{width}",
            "--size={width}x{height}",
            "{url}",
        ];
        let command = command.map(str::to_owned);
        let area = Area {
            x: -5,
            y: 150,
            width: 800,
            height: 600,
        };
        assert_eq!(
            placed(&command, Some(area)),
            ["b", "--at=-5,150", "800", "--size=800x600", "{url}"]
        );
        assert_eq!(placed(&command, None), ["b", "{url}"]);
    }
}
