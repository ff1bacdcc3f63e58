//! A site's own texts that open more than a reader can follow.

use crate::site_packs::{EASY, load, newer_a, refused, written};

/// What opens itself within itself ends no reader, however deep and wherever the reader runs.
#[test]
fn a_file_that_opens_thousands_of_brackets_is_refused_t8() {
    let choice = "{ $n ->\n *[a] x) \" {";
    for (opening, times, wanted) in [
        ("{", 60_000, "brackets are opened"),
        ("{F(\n", 20_000, "brackets are opened"),
        ("{", 980, "not Fluent"),
        ("{ F(", 490, "not Fluent"),
        ("{ F({\n", 320, "not Fluent"),
        (choice, 480, "not Fluent"),
    ] {
        let mut files = newer_a();
        let text = files.get_mut(EASY).unwrap();
        text.push_str(&format!("\ndeep = {}\n", opening.repeat(times)));
        refused(&files, wanted);
    }
}

/// What is allowed is taken, and one more is not.
#[test]
fn choices_stand_within_choices_eight_deep_t8() {
    let nested = |deep: usize| {
        let mut files = newer_a();
        let (open, close) = ("{ $n ->\n *[a] x ", "\n }".repeat(deep));
        let text = files.get_mut(EASY).unwrap();
        text.push_str(&format!("\ndeep = {}{close}\n", open.repeat(deep)));
        files
    };
    refused(&nested(9), "choices within choices");
    let problems = load(written(&nested(8)).path()).problems;
    let deep = problems.iter().filter(|it| it.contains("within choices"));
    assert_eq!(deep.count(), 0, "{problems:?}");
}
