//! Rules of the words: both languages say what to do, the README holds what it promises.

use std::collections::BTreeSet;
use std::path::Path;

use workplace::Place;

use super::check::{Check, text};

const LOCALES: &str = "ui/locales";
const TROUBLES: &str = "src-tauri/crates/onboarding/src/trouble.rs";

pub(super) fn checks(place: &Place) -> Vec<Check> {
    let root = &place.root;
    let file = |path: &str, rule: fn(&str) -> Vec<String>| {
        text(root, path).map_or_else(|missing| missing, |text| rule(&text))
    };
    vec![
        Check::new(
            "every trouble says in both languages what happened and what to do",
            troubles(root),
        ),
        Check::new(
            "both languages have the same message files and keys",
            same_keys(root),
        ),
        Check::new(
            "the README names the two commands",
            file("README.md", |text| {
                lacks(text, &["cargo xtask demo", "cargo xtask test"])
            }),
        ),
        Check::new(
            "the toolchain is pinned",
            file("rust-toolchain.toml", |text| {
                lacks(text, &["channel = \"1.95.0\""])
            }),
        ),
        Check::new(
            "CI runs the test command",
            file(".ci/run", |text| lacks(text, &["cargo xtask test"])),
        ),
    ]
}

fn lacks(text: &str, needed: &[&str]) -> Vec<String> {
    needed
        .iter()
        .filter(|words| !text.contains(**words))
        .map(|words| format!("\"{words}\" is missing"))
        .collect()
}

fn troubles(root: &Path) -> Vec<String> {
    let keys = match text(root, TROUBLES) {
        Ok(text) => trouble_keys(&text),
        Err(missing) => return missing,
    };
    if keys.is_empty() {
        return vec![format!("{TROUBLES} holds no codes")];
    }
    let languages = languages(root, "troubles.ftl");
    if languages.len() < 2 {
        return vec![format!(
            "{LOCALES}/ja and {LOCALES}/en must tell of troubles"
        )];
    }
    languages
        .iter()
        .flat_map(|lang| {
            let path = format!("{LOCALES}/{lang}/troubles.ftl");
            match text(root, &path) {
                Ok(text) => without_words(&keys, &text, &path),
                Err(missing) => missing,
            }
        })
        .collect()
}

/// The keys in lines like `NoNetwork = "N101", "no-network";`.
fn trouble_keys(source: &str) -> Vec<String> {
    source
        .lines()
        .filter_map(|line| {
            let line = line.trim().strip_suffix("\";")?;
            let (name, rest) = line.split_once(" = \"")?;
            let (_, key) = rest.split_once("\", \"")?;
            name.chars()
                .all(char::is_alphanumeric)
                .then(|| format!("trouble-{key}"))
        })
        .collect()
}

fn without_words(keys: &[String], messages: &str, path: &str) -> Vec<String> {
    let there = message_keys(messages);
    keys.iter()
        .flat_map(|key| [key.clone(), format!("{key}-do")])
        .filter(|key| !there.contains(key))
        .map(|key| format!("{path} lacks {key}"))
        .collect()
}

/// The identifiers of the messages in a Fluent file, with their attributes.
fn message_keys(messages: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut message = "";
    for line in messages.lines() {
        let Some((head, _)) = line.split_once('=') else {
            continue;
        };
        let name = head.trim_end();
        let is_name = |name: &str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        };
        if is_name(name) {
            message = name;
            keys.push(name.to_owned());
        } else if let Some(attribute) = name.trim_start().strip_prefix('.')
            && is_name(attribute)
        {
            keys.push(format!("{message}.{attribute}"));
        }
    }
    keys
}

/// The folders of the languages that have a file.
fn languages(root: &Path, file: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(root.join(LOCALES)) else {
        return Vec::new();
    };
    let having = entries
        .flatten()
        .filter(|entry| entry.path().join(file).is_file());
    let mut names: Vec<String> = having
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn same_keys(root: &Path) -> Vec<String> {
    let keys = |lang: String| {
        let keys = keys_below(&root.join(LOCALES).join(&lang));
        (lang, keys)
    };
    // Only the languages an operator works in say everything; they tell of troubles.
    let languages: Vec<_> = languages(root, "troubles.ftl")
        .into_iter()
        .map(keys)
        .collect();
    if languages.len() < 2 {
        return vec![format!("{LOCALES}/ja and {LOCALES}/en must hold messages")];
    }
    // Each says what it calls itself, whether the others have a name for it or not.
    let of_all = languages.iter().flat_map(|(lang, keys)| {
        let its_name = format!(": language-{lang}");
        keys.iter().filter(move |key| !key.ends_with(&its_name))
    });
    let all: BTreeSet<&String> = of_all.collect();
    languages
        .iter()
        .flat_map(|(lang, keys)| {
            let lacking = all.iter().filter(|key| !keys.contains(key));
            lacking.map(move |key| format!("{lang} lacks {key}"))
        })
        .collect()
}

/// `file: key` for every message below a language's folder.
fn keys_below(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flatten()
        .flat_map(|entry| {
            let file = entry.file_name().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
            message_keys(&text)
                .into_iter()
                .map(move |key| format!("{file}: {key}"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_from_the_list_of_codes() {
        let source = "trouble_codes! {\n    // Network.\n    NoNetwork = \"N101\", \"no-network\";\n}\nlet a = \"b\";";
        assert_eq!(trouble_keys(source), ["trouble-no-network"]);
    }

    #[test]
    fn a_trouble_without_words_is_found() {
        let keys = ["trouble-no-network".to_owned()];
        let half = "trouble-no-network = There is no network.";
        assert_eq!(
            without_words(&keys, half, "en"),
            ["en lacks trouble-no-network-do"]
        );
        let whole = format!("{half}\ntrouble-no-network-do = Call the desk.");
        assert!(without_words(&keys, &whole, "en").is_empty());
    }

    #[test]
    fn messages_and_attributes_are_read() {
        let text = "# a = b\nfirst = One\n    .label = Two = three\nsecond =\n    { $n ->\n        [one] x\n       *[other] y = z\n    }\n";
        assert_eq!(message_keys(text), ["first", "first.label", "second"]);
    }

    #[test]
    fn a_key_in_one_language_only_is_found() {
        let folder = tempfile::tempdir().unwrap();
        for (lang, text) in [
            ("ja", "a = あ\nb = い"),
            ("en", "a = A\nlanguage-en = English"),
        ] {
            let below = folder.path().join("ui/locales").join(lang);
            std::fs::create_dir_all(&below).unwrap();
            std::fs::write(below.join("troubles.ftl"), text).unwrap();
        }
        assert_eq!(same_keys(folder.path()), ["en lacks troubles.ftl: b"]);
    }

    #[test]
    fn a_missing_promise_is_found() {
        assert_eq!(
            lacks(
                "cargo xtask demo",
                &["cargo xtask demo", "cargo xtask test"]
            ),
            ["\"cargo xtask test\" is missing"]
        );
    }
}
