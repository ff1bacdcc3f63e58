//! Whose work is in a package: DEP-5 by licence, and the notices with every part's own texts.

use std::collections::{BTreeMap, BTreeSet};

use super::control::wrapped;
use super::parts::Part;

/// Licences whose text every Debian has.
const COMMON: [&str; 3] = ["Apache-2.0", "CC0-1.0", "MPL-2.0"];
const NOTICES: &str = "THIRD-PARTY-NOTICES.gz";

/// A part with the texts its package has.
pub(super) type Told = (Part, Vec<String>);

/// The `copyright` file. `licence` is our own MIT text.
pub(super) fn dep5(licence: &str, told: &[Told]) -> String {
    let mut paragraphs = vec![
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\
         Upstream-Name: Madoguchi\n\
         Comment: Files names the parts the programs are made of: the project's own source as *, crates, npm\n \
         packages and Rust's library by name and version."
            .to_owned(),
        format!("Files: *\nCopyright: {}\nLicense: Expat or Apache-2.0", holder(licence)),
    ];
    let mut by_licence: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (part, _) in told {
        by_licence
            .entry(&part.licence)
            .or_default()
            .push(format!("{}/{}-{}", part.from, part.name, part.version));
    }
    for (expression, parts) in &by_licence {
        paragraphs.push(format!(
            "Files:\n {}\nCopyright: their authors, named in /usr/share/doc/madoguchi/{NOTICES}\nLicense: {}",
            parts.join("\n "),
            short_names(expression)
        ));
    }
    let mut names: BTreeSet<&str> = by_licence.keys().flat_map(|one| ids(one)).collect();
    names.extend(["MIT", "Apache-2.0"]);
    for name in names {
        let text = standing(name, licence, told);
        paragraphs.push(format!(
            "License: {}\n{}",
            short_name(name),
            indented(&text)
        ));
    }
    paragraphs.join("\n\n") + "\n"
}

/// Every part with its licence, then every text once, with the parts that have it.
pub(super) fn notices(told: &[Told]) -> String {
    let mut text =
        "Parts of others in Madoguchi, each with the licence its package declares.\n\n".to_owned();
    let mut users: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (part, texts) in told {
        let name = format!("{} {}", part.name, part.version);
        let lacks = if texts.is_empty() {
            "; its package has no text of it, see the file copyright"
        } else {
            ""
        };
        text += &format!("{name} ({}): {}{lacks}\n", part.from, part.licence);
        for one in texts {
            users.entry(one).or_default().push(name.clone());
        }
    }
    for (one, names) in users {
        let rule = "-".repeat(78);
        text += &format!(
            "\n{rule}\n{}\n{rule}\n\n{one}\n",
            wrapped(&names.join(", "), "", "").join("\n")
        );
    }
    text
}

/// The licences of an SPDX expression, without how they are joined; an exception belongs to its licence.
fn ids(expression: &str) -> Vec<&str> {
    let mut rest = expression;
    let mut ids = Vec::new();
    while !rest.is_empty() {
        let joint = [" OR ", " AND "]
            .iter()
            .filter_map(|joint| rest.find(joint).map(|at| (at, joint.len())))
            .min();
        let (id, left) = joint.map_or((rest, ""), |(at, long)| (&rest[..at], &rest[at + long..]));
        ids.push(id.trim_matches(['(', ')', ' ']));
        rest = left;
    }
    ids
}

/// As DEP-5 names them: MIT is Expat there, and an exception is no word of its own.
fn short_name(id: &str) -> String {
    if id == "MIT" {
        return "Expat".to_owned();
    }
    id.replace(" WITH ", "-with-")
}

/// DEP-5 has no brackets: there "and" binds closer than "or", and a comma before "and" less close.
fn short_names(expression: &str) -> String {
    let mut joined = Vec::new();
    let mut piece = Vec::new();
    let mut depth = 0;
    for word in expression.split(' ') {
        let opened = word.matches('(').count();
        let closed = word.matches(')').count();
        let bare = word.trim_matches(['(', ')']);
        match bare {
            "AND" if depth == 0 && expression.contains('(') => {
                joined.push(std::mem::take(&mut piece).join(" "));
            }
            "AND" | "OR" | "WITH" => piece.push(bare.to_lowercase()),
            name => piece.push(short_name(name)),
        }
        depth = depth + opened - closed;
    }
    joined.push(piece.join(" "));
    joined.join(", and ").replace(" with ", "-with-")
}

/// The text that stands for a licence: where Debian has it, our own, or that of a part that is under it alone.
fn standing(id: &str, ours: &str, told: &[Told]) -> String {
    let plain = id.split(" WITH ").next().unwrap_or(id);
    if COMMON.contains(&plain) {
        let where_to =
            format!("On Debian systems its text is in /usr/share/common-licenses/{plain}.");
        return if plain == id {
            where_to
        } else {
            format!("{where_to} The exception is in {NOTICES}.")
        };
    }
    if id == "MIT" {
        return ours.to_owned();
    }
    told.iter()
        .filter(|(part, _)| part.licence == id)
        .find_map(|(_, texts)| texts.first().cloned())
        .unwrap_or_else(|| format!("Its text is in /usr/share/doc/madoguchi/{NOTICES}."))
}

/// The line of a licence that says whose the work is.
fn holder(licence: &str) -> &str {
    let line = licence
        .lines()
        .find_map(|line| line.strip_prefix("Copyright (c) "));
    line.unwrap_or("the Madoguchi contributors")
}

fn indented(text: &str) -> String {
    text.trim()
        .lines()
        .map(|line| match line.trim_end() {
            "" => " .".to_owned(),
            line => format!(" {line}"),
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    const OURS: &str = "MIT License\n\nCopyright (c) 2026 the Madoguchi contributors\n\nDo.\n";

    fn told(name: &str, licence: &str, text: &str) -> Told {
        let part = Part {
            from: "cargo",
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: licence.to_owned(),
            folder: PathBuf::new(),
        };
        let texts = if text.is_empty() {
            Vec::new()
        } else {
            vec![text.to_owned()]
        };
        (part, texts)
    }

    #[test]
    fn every_licence_that_is_named_has_a_paragraph_of_its_own() {
        let all = [
            told("a", "MIT OR Apache-2.0", "x"),
            told("b", "(MIT OR Apache-2.0) AND Unicode-3.0", "y"),
            told("c", "OFL-1.1", "SIL\n\nwords"),
            told("d", "Apache-2.0 WITH LLVM-exception", "z"),
        ];
        let file = dep5(OURS, &all);
        assert!(file.contains("\nCopyright: 2026 the Madoguchi contributors\n"));
        assert!(file.contains("Files:\n cargo/a-1.0.0\n"));
        assert!(file.contains("License: Expat or Apache-2.0, and Unicode-3.0\n"));
        for name in [
            "Expat\n MIT License\n .\n",
            "Apache-2.0\n On Debian",
            "OFL-1.1\n SIL\n .\n words\n",
            "Apache-2.0-with-LLVM-exception\n On Debian",
            "Unicode-3.0\n Its text is in",
        ] {
            assert!(
                file.contains(&format!("\n\nLicense: {name}")),
                "{name}: {file}"
            );
        }
    }

    #[test]
    fn brackets_become_commas() {
        for (spdx, dep5) in [
            ("MIT AND (MIT OR ISC)", "Expat, and Expat or ISC"),
            ("ISC AND MIT", "ISC and Expat"),
            (
                "Apache-2.0 WITH LLVM-exception OR MIT",
                "Apache-2.0-with-LLVM-exception or Expat",
            ),
            ("(MIT AND ISC) OR Zlib", "Expat and ISC or Zlib"),
        ] {
            assert_eq!(short_names(spdx), dep5);
        }
    }

    #[test]
    fn a_text_stands_once_and_who_has_none_is_named() {
        let all = [
            told("a", "MIT", "same"),
            told("b", "MIT", "same"),
            told("c", "MIT", ""),
        ];
        let text = notices(&all);
        assert_eq!(text.matches("\nsame\n").count(), 1);
        assert!(text.contains("\na 1.0.0, b 1.0.0\n"));
        assert!(text.contains("c 1.0.0 (cargo): MIT; its package has no text"));
    }
}
