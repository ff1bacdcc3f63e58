//! What the first line of a commit may be.

use std::process::Command;

use workplace::{Place, output, say};

use super::check::Check;

const LONG: usize = 72;

/// Looks at the commits that are not in `origin/main` yet; where there is none, or no git, at nothing.
pub(super) fn checks(place: &Place) -> Vec<Check> {
    let mut git = Command::new("git");
    git.current_dir(&place.root).args([
        "log",
        "--no-merges",
        "--format=%h %s",
        "origin/main..HEAD",
    ]);
    let complaints = match output(&mut git) {
        Ok(log) => log.lines().filter_map(complaint).collect(),
        Err(_) => {
            say!("  no git or no origin/main here: subjects of commits are not looked at");
            return Vec::new();
        }
    };
    vec![Check::new(
        "a commit's subject is short and says one thing",
        complaints,
    )]
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
}
