//! A site's own texts that open more than a reader can follow.

use crate::site_packs::{EASY, newer_a, refused};

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
    let (open, close) = ("{ $n ->\n *[a] x ", "\n }".repeat(9));
    let mut files = newer_a();
    let text = files.get_mut(EASY).unwrap();
    text.push_str(&format!("\ndeep = {}{close}\n", open.repeat(9)));
    refused(&files, "choices within choices");
}
