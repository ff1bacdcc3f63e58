//! One word for one thing: no two public types of one name.

use std::collections::BTreeMap;
use std::path::Path;

use super::check::Check;
use super::code::{bare, words};
use super::source::File;

/// Names that mean the same on both sides of a border, each with the border.
const SAME: &[(&str, &str)] = &[
    (
        "IssuedPass",
        "the answer to the POST, in Graph's words and in the machine's",
    ),
    (
        "Method",
        "a way to sign in, in Graph's words and in the machine's",
    ),
    (
        "Priority",
        "how urgent a request is, as Graph's header says it, asked and served",
    ),
    (
        "OldApp",
        "versions of the phone's app, in the file and in the policy",
    ),
    (
        "PassReason",
        "why a pass is no longer one, in Graph's words and in the machine's",
    ),
    (
        "PassRequest",
        "what is POSTed, in the machine's words and in Graph's",
    ),
];

/// Where a type stands: path and line.
type Places<'a> = BTreeMap<String, Vec<(&'a str, usize)>>;

pub(super) fn checks(files: &[File]) -> Vec<Check> {
    vec![Check::new(
        "no two public types bear one name unless they mean the same",
        complaints(files),
    )]
}

fn complaints(files: &[File]) -> Vec<String> {
    let mut places = Places::new();
    for file in files.iter().filter(|file| is_source(&file.path)) {
        for (line, text) in bare(&file.text).lines().enumerate() {
            if let Some(name) = public_type(text) {
                let name = name.to_owned();
                places.entry(name).or_default().push((&file.path, line + 1));
            }
        }
    }
    places
        .into_iter()
        .filter(|(name, places)| places.len() > 1 && !SAME.iter().any(|(same, _)| same == name))
        .map(|(name, places)| {
            let places: Vec<String> = places
                .iter()
                .map(|(path, line)| format!("{path}:{line}"))
                .collect();
            format!(
                "{name}: {}; rename one by what is different",
                places.join(", ")
            )
        })
        .collect()
}

/// Tests may have types of any name; only what is built of `src` meets others.
fn is_source(path: &str) -> bool {
    let path = Path::new(path);
    let below = |folder: &str| path.components().any(|part| part.as_os_str() == folder);
    path.extension().is_some_and(|extension| extension == "rs") && below("src") && !below("tests")
}

/// The name of a type that a line makes public beyond its crate.
fn public_type(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("pub ")?;
    let mut words = words(rest);
    let kind = words.next()?;
    let is_type = ["struct", "enum", "union", "trait", "type"].contains(&kind);
    is_type.then(|| words.next()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn two_public_types_of_one_name_are_found() {
        let files = [
            file("crates/a/src/lib.rs", "/// Of a.\npub struct Desk;"),
            file(
                "crates/b/src/c.rs",
                "pub enum Desk { Open }\npub(crate) struct Hall;",
            ),
            file(
                "crates/d/src/lib.rs",
                "pub type Hall = u8;\n#[cfg(test)]\nmod tests { pub struct Desk; }",
            ),
            file("crates/d/tests/it/main.rs", "pub struct Desk;"),
        ];
        assert_eq!(
            complaints(&files),
            ["Desk: crates/a/src/lib.rs:2, crates/b/src/c.rs:1; rename one by what is different"]
        );
    }

    #[test]
    fn a_name_that_means_the_same_on_both_sides_may_stand_twice() {
        let files =
            ["a", "b"].map(|name| file(&format!("crates/{name}/src/lib.rs"), "pub struct Method;"));
        assert!(complaints(&files).is_empty());
    }
}
