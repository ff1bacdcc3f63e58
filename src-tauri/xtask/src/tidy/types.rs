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
        "PasskeyProfile",
        "what a profile says of passkeys in Authenticator, in Graph's words and in the machine's",
    ),
    (
        "PasskeyTarget",
        "whom a profile is for, in Graph's words and in the machine's",
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

/// Where this file is, for who wants to add a line.
const HERE: &str = "src-tauri/xtask/src/tidy/types.rs";

/// Where a type stands.
struct Place<'a> {
    path: &'a str,
    line: usize,
    /// The `#[cfg(…)]` on it, as written.
    condition: Option<&'a str>,
}

impl Place<'_> {
    /// Whether both can be there at once. Two of one crate with different conditions are for different machines.
    fn meets(&self, other: &Self) -> bool {
        let crate_of = |path: &str| path.split("/src/").next().map(str::to_owned);
        let parted = self.condition.is_some()
            && other.condition.is_some()
            && self.condition != other.condition
            && crate_of(self.path) == crate_of(other.path);
        !parted
    }
}

pub(super) fn checks(files: &[File]) -> Vec<Check> {
    vec![Check::new(
        "no two public types bear one name unless they mean the same",
        complaints(files),
    )]
}

fn complaints(files: &[File]) -> Vec<String> {
    let mut places: BTreeMap<String, Vec<Place<'_>>> = BTreeMap::new();
    for file in files.iter().filter(|file| is_source(&file.path)) {
        for (name, place) in public_types(file) {
            places.entry(name).or_default().push(place);
        }
    }
    places
        .into_iter()
        .filter(|(name, places)| clash(places) && !SAME.iter().any(|(same, _)| same == name))
        .map(|(name, places)| {
            let places: Vec<String> = places
                .iter()
                .map(|place| format!("{}:{}", place.path, place.line))
                .collect();
            format!(
                "{name}: {}; rename one by what is different, or, if they mean the same on both sides of a border, add the name to SAME in {HERE} with the border",
                places.join(", ")
            )
        })
        .collect()
}

fn clash(places: &[Place<'_>]) -> bool {
    let mut rest = places.iter();
    while let Some(place) = rest.next() {
        if rest.clone().any(|other| place.meets(other)) {
            return true;
        }
    }
    false
}

/// The types that a file makes public beyond its crate.
fn public_types(file: &File) -> Vec<(String, Place<'_>)> {
    let mut found = Vec::new();
    let mut condition = None;
    let bare = bare(&file.text);
    for (number, (code, written)) in bare.lines().zip(file.text.lines()).enumerate() {
        let code = code.trim();
        // What stands in quotes makes the difference between two conditions, and is not in the code.
        if code.contains("#[cfg(") {
            let after = written.split_once("#[cfg(").map(|(_, after)| after);
            condition = after.and_then(|after| after.split(")]").next());
        }
        if let Some(name) = public_type(code) {
            let place = Place {
                path: &file.path,
                line: number + 1,
                condition,
            };
            found.push((name.to_owned(), place));
        }
        if code.trim_end_matches(',').ends_with([';', '{', '}']) {
            condition = None;
        }
    }
    found
}

/// Tests may have types of any name; only what is built of `src` meets others.
fn is_source(path: &str) -> bool {
    let path = Path::new(path);
    let below = |folder: &str| path.components().any(|part| part.as_os_str() == folder);
    path.extension().is_some_and(|extension| extension == "rs") && below("src") && !below("tests")
}

/// The name of a type that a line makes public beyond its crate; a macro's `$name` is none yet.
fn public_type(line: &str) -> Option<&str> {
    let mut line = line.trim_start();
    while let Some(attribute) = line.strip_prefix("#[") {
        line = attribute.split_once(']')?.1.trim_start();
    }
    let rest = line.strip_prefix("pub ")?.trim_start();
    let kind = words(rest).next()?;
    let is_type = ["struct", "enum", "union", "trait", "type"].contains(&kind);
    let name = rest.strip_prefix(kind).filter(|_| is_type)?.trim_start();
    words(name).next().filter(|word| name.starts_with(word))
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
        let found = complaints(&files);
        assert_eq!(found.len(), 1, "{found:?}");
        let expected =
            "Desk: crates/a/src/lib.rs:2, crates/b/src/c.rs:1; rename one by what is different";
        assert!(found[0].starts_with(expected), "{found:?}");
        assert!(found[0].contains("add the name to SAME in "), "{found:?}");
    }

    #[test]
    fn types_for_different_machines_are_no_clash_within_one_crate() {
        let (unix, windows) = (
            "#[cfg(target_os = \"linux\")]\n/// A desk.\n#[derive(\n    Debug,\n)]\npub struct Desk;",
            "#[cfg(target_os = \"windows\")] pub struct Desk;",
        );
        let of = |first: File, second: File| complaints(&[first, second]).len();
        let both = format!("{unix}\n{windows}");
        assert!(complaints(&[file("crates/a/src/lib.rs", &both)]).is_empty());
        let here = || file("crates/a/src/lib.rs", unix);
        assert_eq!(of(here(), file("crates/a/src/b.rs", windows)), 0);
        assert_eq!(of(here(), file("crates/b/src/lib.rs", windows)), 1);
        assert_eq!(of(here(), file("crates/a/src/b.rs", unix)), 1);
        let other = "#[cfg(windows)]\nuse a::B;\npub struct Desk;";
        assert_eq!(of(here(), file("crates/a/src/b.rs", other)), 1);
    }

    #[test]
    fn a_name_that_a_macro_will_fill_in_is_none() {
        let text = "macro_rules! a { ($name:ident) => {\npub struct $name;\n} }";
        let files = ["a", "b"].map(|name| file(&format!("crates/{name}/src/lib.rs"), text));
        assert!(complaints(&files).is_empty());
    }

    #[test]
    fn a_name_that_means_the_same_on_both_sides_may_stand_twice() {
        let files =
            ["a", "b"].map(|name| file(&format!("crates/{name}/src/lib.rs"), "pub struct Method;"));
        assert!(complaints(&files).is_empty());
    }
}
