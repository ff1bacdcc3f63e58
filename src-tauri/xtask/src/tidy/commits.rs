//! What the first line of a commit may be.

use std::process::Command;

use workplace::{Place, output, say};

use super::check::Check;

const LONG: usize = 72;

/// What is here and not yet with everybody.
const RANGE: &str = "origin/main..HEAD";

/// Looks at the commits of the range; where there is no such branch, or no git, at nothing.
pub(super) fn checks(place: &Place) -> Vec<Check> {
    let mut git = Command::new("git");
    git.current_dir(&place.root)
        .args(["log", "--no-merges", "--format=%h %s", RANGE]);
    let log = output(&mut git).ok();
    if let Some(nothing) = nothing_read(log.as_deref()) {
        say!("  {nothing}");
    }
    let read = log.into_iter().map(|log| {
        Check::new(
            "a commit's subject is short and says one thing",
            log.lines().filter_map(complaint).collect(),
        )
    });
    read.collect()
}

/// Says that no subject was read, and of which range; none when some were.
fn nothing_read(log: Option<&str>) -> Option<String> {
    let why = match log {
        Some(log) if !log.trim().is_empty() => return None,
        Some(_) => "holds no commit",
        None => "is not here (no git, or no origin/main)",
    };
    Some(format!(
        "{RANGE} {why}: no subject of a commit is looked at"
    ))
}

/// What is wrong with a line like `1a2b3c4 The subject`.
fn complaint(line: &str) -> Option<String> {
    let (commit, subject) = line.split_once(' ')?;
    let letters = subject.chars().count();
    if letters > LONG {
        return Some(format!(
            "{commit}: {letters} characters, allowed are {LONG}; the rest belongs into the body: {subject}"
        ));
    }
    subject.contains(';').then(|| {
        format!("{commit}: two things with a semicolon between; part the commit: {subject}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_too_long_or_of_two_things_is_found() {
        assert!(complaint("1a2b3c4 The desk locks when nobody touched it").is_none());
        assert!(complaint(&format!("1a2b3c4 {}", "あ".repeat(72))).is_none());
        let long = complaint(&format!("1a2b3c4 {}", "a".repeat(73))).unwrap();
        assert!(long.starts_with("1a2b3c4: 73 characters"), "{long}");
        let two = complaint("1a2b3c4 The desk locks; the lamp is red").unwrap();
        assert!(two.contains("part the commit"), "{two}");
    }

    #[test]
    fn a_range_of_which_nothing_was_read_is_named() {
        assert_eq!(nothing_read(Some("1a2b3c4 The desk locks\n")), None);
        for log in [Some("\n"), None] {
            let told = nothing_read(log).unwrap();
            assert!(told.starts_with("origin/main..HEAD "), "{told}");
        }
    }
}
