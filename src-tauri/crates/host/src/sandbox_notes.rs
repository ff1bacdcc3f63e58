//! Notes that WebKitGTK makes of each process it shuts in, for the desktop's portals, in a folder of the session. It never
//! takes one away: every visit would leave some.

use std::fs;
use std::path::Path;

use serde::Deserialize;

/// Where they lie below the session's own folder, and how their folders' names begin.
const FOLDER: &str = ".flatpak";
const NAME: &str = "webkit-";
const NOTE: &str = "bwrapinfo.json";

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Note {
    child_pid: u32,
}

/// Removes those whose process has ended; gives how many. What is this app's, or nobody's any more, is removed, and
/// nothing of another program that runs.
pub fn forget_ended(session: &Path) -> usize {
    let Ok(entries) = fs::read_dir(session.join(FOLDER)) else {
        return 0;
    };
    let ended = entries
        .flatten()
        .filter(|entry| is_ended(&entry.file_name().to_string_lossy(), &entry.path()));
    ended
        .filter(|entry| fs::remove_dir_all(entry.path()).is_ok())
        .count()
}

/// The name is `webkit-<the program>-<number>`.
fn is_ended(name: &str, folder: &Path) -> bool {
    let program = name
        .strip_prefix(NAME)
        .and_then(|rest| rest.split_once('-'));
    let Some(program) = program.and_then(|(program, _)| program.parse::<u32>().ok()) else {
        return false;
    };
    if program != std::process::id() && runs(program) {
        return false;
    }
    let note = fs::read(folder.join(NOTE)).ok();
    match note.and_then(|note| serde_json::from_slice::<Note>(&note).ok()) {
        Some(note) => !runs(note.child_pid),
        // One that is being written has no content yet.
        None => program != std::process::id(),
    }
}

fn runs(process: u32) -> bool {
    Path::new("/proc").join(process.to_string()).exists()
}
