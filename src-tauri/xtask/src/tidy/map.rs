//! The map of `docs/ARCHITECTURE.md` names files that are there.

use std::path::Path;

use super::check::{Check, text};

const PAPER: &str = "docs/ARCHITECTURE.md";
const HEADING: &str = "## Where do I put …";

pub(super) fn checks(root: &Path) -> Vec<Check> {
    let complaints = match text(root, PAPER) {
        Ok(paper) => complaints(root, &paper),
        Err(missing) => missing,
    };
    vec![Check::new(
        "the map of docs/ARCHITECTURE.md names files that are there",
        complaints,
    )]
}

fn complaints(root: &Path, paper: &str) -> Vec<String> {
    let paths = paths(paper);
    if paths.is_empty() {
        return vec![format!(
            "{PAPER} has no table of files below \"{HEADING}\": write it there"
        )];
    }
    paths
        .into_iter()
        .filter(|path| !root.join(path).exists())
        .map(|path| {
            format!(
                "{path} is not there: name the file that holds the rule now (whatever stands between backticks in the last column is taken as a path from the root)"
            )
        })
        .collect()
}

/// Every path between backticks in the last column of the map's table.
fn paths(paper: &str) -> Vec<&str> {
    let below = paper.lines().skip_while(|line| line.trim_end() != HEADING);
    let section = below.skip(1).take_while(|line| !line.starts_with("## "));
    section
        .filter_map(|line| line.trim().strip_prefix('|')?.strip_suffix('|'))
        .filter_map(|row| row.rsplit('|').next())
        .flat_map(|column| column.split('`').skip(1).step_by(2))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_is_found() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("src")).unwrap();
        std::fs::write(folder.path().join("src/here.rs"), "").unwrap();
        let paper = format!(
            "# A\n`src/before.rs`\n{HEADING}\n\n| rule | where |\n|---|---|\n\
             | of `src/other.rs` | `src/here.rs`, then `src/gone.rs` |\n| b | `src` |\n\n\
             ## After\n\n| `src/after.rs` |\n"
        );
        assert_eq!(paths(&paper), ["src/here.rs", "src/gone.rs", "src"]);
        let found = complaints(folder.path(), &paper);
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with("src/gone.rs is not there"),
            "{found:?}"
        );
        assert!(found[0].contains("is taken as a path"), "{found:?}");
    }

    #[test]
    fn a_paper_without_the_map_is_found() {
        let found = complaints(Path::new("."), "# A\n\n| `src/a.rs` |\n");
        assert!(found[0].contains(HEADING), "{found:?}");
    }
}
