//! Starting this test program once more, as another process that runs one test only.

use std::path::Path;
use std::process::Command;

/// Set in the other process.
const VARIABLE: &str = "HOST_TEST_AGAIN";

/// What the other process was given to do; `None` in the first one.
pub(crate) fn task() -> Option<String> {
    std::env::var(VARIABLE).ok()
}

/// This program, about to run the test `name` with `task` to do.
pub(crate) fn command(name: &str, task: &str) -> Command {
    command_of(&std::env::current_exe().unwrap(), name, task)
}

/// The same by a copy of this program.
pub(crate) fn command_of(program: &Path, name: &str, task: &str) -> Command {
    let mut command = Command::new(program);
    command
        .args(["--exact", name, "--nocapture"])
        .env(VARIABLE, task);
    command
}

/// Runs it to its end and fails if it failed.
pub(crate) fn run(mut command: Command) -> String {
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    text
}
