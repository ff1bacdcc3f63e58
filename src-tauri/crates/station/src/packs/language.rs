//! A further language to read in: one folder that says everything a person reads, or it is not offered.

use std::collections::BTreeMap;

use onboarding::Pack;

use super::built_in::{for_the_person, own_prefix, shared};
use super::fluent::Words;
use super::folder::Folder;
use super::problem::Problem;
use super::{fluent, own};

/// How many missing keys are named before the rest is counted.
const NAMED: usize = 5;

/// Everything that is wrong with a language, or missing in it.
pub(super) fn check(folder: &Folder, code: &str, packs: &[Pack; 3]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut said = Words::default();
    let here = format!("locales/{code}/");
    for path in folder.names(&here).filter(|path| !path.contains("/packs/")) {
        match own::words(folder, path) {
            Ok(words) => said.messages.extend(words.messages),
            Err(problem) => problems.push(problem),
        }
    }
    let problem = |key: &str, what: &str| Problem {
        file: here.clone(),
        line: None,
        what: format!("{key}: {what}"),
    };
    let name = format!("language-{code}");
    if !said.messages.contains_key(&name) {
        problems.push(problem(&name, "missing: the language's name in itself"));
    }
    for (key, english) in for_the_person() {
        let Some(uses) = said.messages.get(&key) else {
            problems.push(problem(&key, "missing"));
            continue;
        };
        let known: Vec<&str> = english.arguments.iter().map(String::as_str).collect();
        if let Err(what) = own::arguments(uses, &known) {
            problems.push(problem(&key, &what));
        }
    }
    problems.extend(common(folder, code));
    for pack in packs {
        problems.extend(of_pack(folder, code, pack));
    }
    problems
}

/// One line for everything that is missing: who writes a language wants to know how far it is.
pub(super) fn summary(code: &str, problems: &[Problem]) -> String {
    let mut by_file: BTreeMap<&str, Vec<&Problem>> = BTreeMap::new();
    for problem in problems {
        by_file.entry(&problem.file).or_default().push(problem);
    }
    let named: Vec<String> = by_file
        .values()
        .flatten()
        .take(NAMED)
        .map(ToString::to_string)
        .collect();
    let more = match problems.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    format!(
        "language {code} is not complete and not offered: {}{more}",
        named.join("; ")
    )
}

/// The words of the other screens, which the packs share.
fn common(folder: &Folder, code: &str) -> Vec<Problem> {
    let path = in_common(code);
    let words = match own::words(folder, &path) {
        Ok(words) => words,
        Err(problem) => return vec![problem],
    };
    let english = fluent::read(shared("messages", "en")).unwrap_or_default();
    let missing = english
        .messages
        .keys()
        .filter(|key| !words.messages.contains_key(*key));
    let problem = |key: &String| Problem {
        file: path.clone(),
        line: None,
        what: format!("{key}: missing"),
    };
    missing.map(problem).collect()
}

/// The words of a pack: beside the pack where the site wrote it, else in the language's own folder. What its own file
/// does not say may stand among the words all packs share: that is where the page looks before.
fn of_pack(folder: &Folder, code: &str, pack: &Pack) -> Option<Problem> {
    let beside = format!("{}messages.{code}.ftl", own_prefix(&pack.id));
    let within = format!("locales/{code}/packs/{}.ftl", pack.id);
    let own = if folder.file(&beside).is_some() {
        Some(beside)
    } else {
        let there = folder.file(&within).is_some() || folder.why_not(&within).is_some();
        there.then_some(within)
    };
    let mut words = match own.as_ref().map(|path| own::words(folder, path)) {
        Some(Ok(words)) => words,
        Some(Err(problem)) => return Some(problem),
        None => Words::default(),
    };
    let wanted = own::wanted(pack);
    let common = in_common(code);
    if let Ok(shared) = own::words(folder, &common) {
        let of_its_rows = shared.messages.into_iter();
        for (key, uses) in of_its_rows.filter(|(key, _)| wanted.contains_key(key)) {
            words.messages.entry(key).or_insert(uses);
        }
    }
    let (key, what) = own::check_messages(pack, &words, code).err()?;
    Some(Problem {
        file: own.unwrap_or(common),
        line: words.lines.get(&key).copied(),
        what: format!("{key}: {what}"),
    })
}

/// Where a language has the words that the packs share.
fn in_common(code: &str) -> String {
    format!("locales/{code}/packs/shared.ftl")
}
