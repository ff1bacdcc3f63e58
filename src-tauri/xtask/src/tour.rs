//! The commands that open a window. They are the crate `tour`, built only when one of them is wanted: what they need
//! takes longer to build than all the rest.

use std::ffi::OsString;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use workplace::{During, Failure, Outcome, Place, app, on_terminal, stream_as};

use crate::count::Count;

/// What was typed behind the command's name: handed on to the program as it is.
#[derive(clap::Args)]
pub(crate) struct Handed {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// Becomes the program, so that ctrl-C, its end and its answer are its own.
pub(crate) fn become_it(place: &Place, command: &str, handed: &Handed) -> Outcome<bool> {
    let error = program(place, command)?.args(&handed.arguments).exec();
    Err(Failure::new(format!("cannot start the program: {error}")))
}

/// Runs a command for the tests and counts its checks; none at all is a failure.
pub(crate) fn counted(place: &Place, command: &str, arguments: &[&str]) -> Outcome<Count> {
    told(place, command, arguments).map(Count::of_tests)
}

/// The same for a command that may say that nothing can be checked here.
pub(crate) fn told(place: &Place, command: &str, arguments: &[&str]) -> Outcome<Count> {
    let file = place.target.join("tour-counts.json");
    on_terminal(&mut counting(place, command, arguments, &file)?)?;
    read(&file)
}

/// The same for one that may run beside others: its name stands before each line and in its file.
pub(crate) fn counted_as(
    name: &str,
    place: &Place,
    command: &str,
    arguments: &[&str],
) -> Outcome<Count> {
    let file = place.target.join(format!("tour-counts-{name}.json"));
    let mut program = counting(place, command, arguments, &file)?;
    stream_as(&format!("{name}  "), &mut program, |_| true)?;
    read(&file).map(Count::of_tests)
}

/// The command, which leaves its counts in the file; no earlier ones stand there.
fn counting(place: &Place, command: &str, arguments: &[&str], file: &Path) -> Outcome<Command> {
    drop(fs::remove_file(file));
    let mut program = program(place, command)?;
    program.args(arguments).arg("--counts").arg(file);
    Ok(program)
}

fn program(place: &Place, command: &str) -> Outcome<Command> {
    let mut program = app::tour(place)?;
    // Files that were named on the command line lie where it was typed.
    program.current_dir(std::env::current_dir()?).arg(command);
    Ok(program)
}

fn read(file: &Path) -> Outcome<Count> {
    let text = fs::read_to_string(file).during("nothing was counted")?;
    let counts: Value = serde_json::from_str(&text)?;
    let number = |name: &str| {
        counts[name]
            .as_u64()
            .and_then(|n| usize::try_from(n).ok())
            .ok_or_else(|| Failure::new(format!("the counts hold no number \"{name}\"")))
    };
    let (passed, failed) = (number("passed")?, number("failed")?);
    Ok(Count { passed, failed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(usize, usize)>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("counts.json");
        fs::write(&file, text).unwrap();
        let count = read(&file).ok().map(Count::of_tests);
        let count = count.map(|count| (count.passed, count.failed));
        assert_eq!(count, expected);
    }

    #[test]
    fn counts_are_read_and_no_check_at_all_is_a_failure() {
        check(r#"{"passed":12,"failed":1}"#, Some((12, 1)));
        check(r#"{"passed":0,"failed":0}"#, Some((0, 1)));
        check(r#"{"passed":12}"#, None);
        assert!(read(Path::new("no such file")).is_err());
    }
}
