//! One word for one thing on the screens: the list stands in CONTRIBUTING.md.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::check::{Check, text};

const LIST: &str = "CONTRIBUTING.md";
const HEADING: &str = "| where | write | not |";
/// Folders with words for people; what a phone shows (`labels`) is Microsoft's.
const WORDS: [&str; 2] = ["ui/locales", "ui/packs"];
const UNITS: &str = "分秒時桁回台件名日つかけ";

/// A line of the list.
#[derive(Debug, PartialEq)]
struct Term<'a> {
    lang: &'a str,
    /// Only messages that a visitor reads.
    visitors: bool,
    write: &'a str,
    not: &'a str,
}

pub(super) fn checks(root: &Path) -> Vec<Check> {
    vec![Check::new(
        "the words on the screens keep to the list in CONTRIBUTING.md",
        kept(root).unwrap_or_else(|complaints| complaints),
    )]
}

fn kept(root: &Path) -> Result<Vec<String>, Vec<String>> {
    let list = text(root, LIST)?;
    let terms = terms(&list);
    if terms.is_empty() {
        return Err(vec![format!("{LIST} has no list of words")]);
    }
    let mut files = Vec::new();
    for folder in WORDS {
        messages(&root.join(folder), &mut files).map_err(|failed| vec![failed.to_string()])?;
    }
    let mut complaints = Vec::new();
    for file in files {
        let path = file.strip_prefix(root).unwrap_or(&file).to_string_lossy();
        let words = fs::read_to_string(&file).map_err(|failed| vec![failed.to_string()])?;
        let found = complain(&terms, lang(&path), &words);
        complaints.extend(found.into_iter().map(|found| format!("{path}: {found}")));
    }
    Ok(complaints)
}

/// The message files below a folder.
fn messages(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            messages(&path, found)?;
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".ftl") && !name.starts_with("labels.") {
            found.push(path);
        }
    }
    found.sort();
    Ok(())
}

/// `ui/locales/ja/screens.ftl` and `ui/packs/shared/messages.ja.ftl` are both `ja`.
fn lang(path: &str) -> &str {
    path.trim_end_matches(".ftl")
        .rsplit(['/', '.'])
        .find(|part| ["ja", "ja_easy", "en"].contains(part))
        .unwrap_or_default()
}

fn terms(list: &str) -> Vec<Term<'_>> {
    let rows = list.split_once(HEADING).map_or("", |(_, rows)| rows);
    rows.lines()
        .skip(2)
        .map_while(|row| {
            let mut cells = row.strip_prefix('|')?.split('|').map(str::trim);
            let (place, write, not) = (cells.next()?, cells.next()?, cells.next()?);
            let (lang, whose) = place.split_once(' ').unwrap_or((place, ""));
            Some(Term {
                lang,
                visitors: whose == "visitors",
                write,
                not,
            })
        })
        .collect()
}

fn complain(terms: &[Term<'_>], lang: &str, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut key = "";
    for line in words.lines().filter(|line| !line.starts_with('#')) {
        let said = match line.split_once(" = ") {
            Some((name, said)) if !line.starts_with([' ', '*', '[']) => {
                key = name;
                said
            }
            _ => line,
        };
        for term in terms.iter().filter(|term| term.lang == lang) {
            let read = !term.visitors || key.starts_with("pe-");
            if read && says(said, term) {
                found.push(format!(
                    "{key} says \"{}\", write \"{}\"",
                    term.not, term.write
                ));
            }
        }
        if matches!(lang, "ja" | "ja_easy") && joined(said) {
            found.push(format!("{key}: a blank between a number and its unit"));
        }
    }
    found
}

/// Whether the text has the word that is not to be written, as a word of its own in English.
fn says(text: &str, term: &Term<'_>) -> bool {
    let rest = text.to_lowercase().replace(term.write, "");
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    rest.match_indices(term.not).any(|(at, not)| {
        let around = [
            rest[..at].chars().next_back(),
            rest[at + not.len()..].chars().next(),
        ];
        term.lang != "en" || !around.into_iter().any(letter)
    })
}

fn joined(text: &str) -> bool {
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs
        .into_iter()
        .any(|(number, unit)| number.is_ascii_digit() && UNITS.contains(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "before\n| where | write | not |\n|---|---|---|\n| ja | ブラウザー | ブラウザ |\n\
        | en visitors | staff | operator |\n| en | counter | desk |\n\nafter | x | y |\n";

    #[test]
    fn a_word_is_found_where_it_is_no_part_of_the_right_one() {
        let terms = terms(SAMPLE);
        assert_eq!(terms.len(), 3);
        let ja =
            "a = ブラウザーが開きます\nb = ブラウザで開きます\n# ブラウザ\nc = 15分\nd = 15 分\n";
        assert_eq!(
            complain(&terms, "ja", ja),
            [
                "b says \"ブラウザ\", write \"ブラウザー\"",
                "c: a blank between a number and its unit"
            ]
        );
        let en = "op-a = The operator\npe-a = Call the Operator.\npe-b = { $n ->\n   *[other] The operator\n  }\nx = The desk\ny = Desktop\n";
        assert_eq!(complain(&terms, "en", en).len(), 3);
        assert_eq!(
            complain(&terms, "ja_easy", ja),
            ["c: a blank between a number and its unit"]
        );
    }

    #[test]
    fn a_file_belongs_to_the_language_in_its_path() {
        for (path, wanted) in [
            ("ui/locales/ja/screens.ftl", "ja"),
            ("ui/locales/ja_easy/words.ftl", "ja_easy"),
            ("ui/packs/shared/messages.en.ftl", "en"),
        ] {
            assert_eq!(lang(path), wanted);
        }
    }
}
