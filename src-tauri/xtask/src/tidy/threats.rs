//! `docs/security.md` has a row for every threat, rule and fault, and names tests that are there.

use std::collections::BTreeSet;
use std::path::Path;

use super::check::{Check, text};
use super::source::File;

const PAPER: &str = "docs/security.md";

/// The rows there are: their letter, and how many.
const ROWS: [(char, u32); 3] = [('T', 27), ('O', 25), ('F', 27)];

/// What the last column says instead of a test, with the reason behind it.
const NONE: &str = "none: ";

pub(super) fn checks(root: &Path, files: &[File]) -> Vec<Check> {
    let complaints = match text(root, PAPER) {
        Ok(paper) => complaints(root, &paper, &tests(files)),
        Err(missing) => missing,
    };
    vec![Check::new(
        "every threat, rule and fault of docs/security.md names its test or why there is none",
        complaints,
    )]
}

fn complaints(root: &Path, paper: &str, known: &BTreeSet<&str>) -> Vec<String> {
    let rows: Vec<(&str, &str)> = paper.lines().filter_map(row).collect();
    let mut complaints = Vec::new();
    for (letter, count) in ROWS {
        for number in 1..=count {
            let id = format!("{letter}{number}");
            match rows.iter().filter(|(found, _)| *found == id).count() {
                1 => {}
                0 => complaints.push(format!("{PAPER} has no row {id}")),
                _ => complaints.push(format!("{PAPER} has more than one row {id}")),
            }
        }
    }
    for (id, proof) in rows {
        complaints.extend(unproven(root, id, proof, known));
    }
    complaints
}

/// A row's id and its last column; nothing for any other line.
fn row(line: &str) -> Option<(&str, &str)> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let id = inner.split('|').next()?.trim();
    let number = id.strip_prefix(['T', 'O', 'F'])?;
    let is_row = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_row.then_some((id, inner.rsplit('|').next()?.trim()))
}

fn unproven(root: &Path, id: &str, proof: &str, known: &BTreeSet<&str>) -> Vec<String> {
    let names: Vec<&str> = proof.split('`').skip(1).step_by(2).collect();
    if names.is_empty() && !proof.starts_with(NONE) {
        return vec![format!(
            "{PAPER}, {id}: name a test between backticks in the last column, or write \"{NONE}\" and why"
        )];
    }
    let gone = |name: &&&str| !is_there(root, name, known);
    let gone = names.iter().filter(gone);
    gone.map(|name| {
        format!(
            "{PAPER}, {id}: {name} is no test, no command and no file: name what proves the row now"
        )
    })
    .collect()
}

fn is_there(root: &Path, name: &str, known: &BTreeSet<&str>) -> bool {
    name.starts_with("cargo xtask ")
        || (name.contains('/') && root.join(name).exists())
        || known.contains(name)
}

/// The names of all tests of the Rust sources: functions below an attribute that ends in `test]` or `test(…)]`.
fn tests(files: &[File]) -> BTreeSet<&str> {
    let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
    rust.flat_map(|file| tests_of(&file.text)).collect()
}

fn tests_of(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        if let Some(attribute) = line.strip_prefix("#[") {
            let path = attribute.split(['(', ']']).next().unwrap_or_default();
            marked |= path.rsplit("::").next() == Some("test");
        } else if !line.starts_with("//") {
            names.extend(marked.then(|| name_of(line)).flatten());
            marked = false;
        }
    }
    names
}

fn name_of(line: &str) -> Option<&str> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    let rest = line.strip_prefix("fn ")?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
    Some(&rest[..end])
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn only_a_function_that_is_a_test_counts() {
        let text = "#[test]\nfn one() {}\n#[tokio::test(start_paused = true)]\n/// Why.\nasync fn two() {}\n\
                    fn three() {}\n#[derive(Debug)]\nstruct S;\n";
        assert_eq!(tests_of(text), ["one", "two"]);
    }

    #[test]
    fn a_row_that_proves_nothing_is_found() {
        let known = BTreeSet::from(["here"]);
        let check = |proof: &str, sound: bool| {
            let found = unproven(Path::new("."), "T1", proof, &known);
            assert_eq!(found.is_empty(), sound, "{proof}: {found:?}");
        };
        check("`here`", true);
        check("none: no such thing on Linux", true);
        check("`cargo xtask windows`", true);
        check("`gone`", false);
        check("`ui/tests/gone.test.ts`", false);
        check("somewhere", false);
        check("", false);
    }

    #[test]
    fn a_row_is_read_by_its_id_and_its_last_column() {
        assert_eq!(row("| T1 | a | `b` |"), Some(("T1", "`b`")));
        assert_eq!(row("| Test | a | b |"), None);
        assert_eq!(row("|---|---|"), None);
        let found = complaints(Path::new("."), "| T1 | a | `b` |", &BTreeSet::from(["b"]));
        assert_eq!(found.len(), 78, "one of 79 rows is there");
    }
}
