//! `cargo xtask peers`: Microsoft's own clients, unchanged, against the simulated tenant over https.

use workplace::{Ended, Outcome, Place, app, say, stream};

use crate::python::Environment;

/// Which checks to make.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only the checks whose name holds this; all without it.
    #[arg(value_name = "PART")]
    named: Option<String>,
}

/// Runs the clients and prints a line for each check. True when all hold.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    let folder = place.root.join("tests/peers");
    let environment = Environment::of(place, "peers", &folder.join("requirements.txt"))?;
    let program = app::tenant(place)?;
    let mut command = environment.module("pytest");
    command
        .current_dir(&place.root)
        .env("ENTRA_SIM", program)
        // The report is our own: one line a check.
        .args(["-p", "no:terminal", "-p", "no:cacheprovider"])
        .arg(&folder);
    if let Some(named) = &options.named {
        command.args(["-k", named]);
    }
    let ended = stream(&mut command, |line| !is_sum(line))?;
    let (passed, failed) = counted(&ended);
    say!("{passed} passed, {failed} failed");
    Ok(ended.ok && failed == 0 && passed > 0)
}

/// The reporter's closing line, which is ours to say.
fn is_sum(line: &str) -> bool {
    line.ends_with(" failed") && line.contains(" passed, ")
}

/// A run that broke off counts as one that failed.
fn counted(ended: &Ended) -> (usize, usize) {
    let beginning = |word: &str| {
        let word = format!("{word} ");
        ended.lines.iter().filter(|l| l.starts_with(&word)).count()
    };
    let (passed, failed) = (beginning("ok"), beginning("FAILED"));
    let broke_off = failed == 0 && !ended.ok;
    (passed, failed + usize::from(broke_off))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ok: bool, lines: &[&str], expected: (usize, usize)) {
        let lines = lines.iter().map(|line| (*line).to_owned()).collect();
        assert_eq!(counted(&Ended { ok, lines }), expected);
    }

    #[test]
    fn lines_are_counted_and_a_broken_run_has_failed() {
        check(
            true,
            &["ok      a", "ok      b", "2 passed, 0 failed"],
            (2, 0),
        );
        check(
            false,
            &["ok      a", "FAILED  b (call)", "        E  x"],
            (1, 1),
        );
        check(false, &["ImportError"], (0, 1));
        check(true, &[], (0, 0));
    }

    #[test]
    fn only_the_sum_is_kept_back() {
        assert!(is_sum("12 passed, 0 failed"));
        assert!(!is_sum("ok      a_code_passed"));
    }
}
