//! A site's own pack: the same rules as for the packs built in.

use std::collections::{BTreeMap, BTreeSet};

use onboarding::{OtherScreens, Pack, PackError, PhoneOs, Row, RowKind, RowNeed};

use super::built_in::{own_prefix, shared};
use super::fluent::{self, Uses, Words};
use super::folder::Folder;
use super::problem::Problem;
use super::readings;

/// The languages every pack is read in, and those it knows the labels of.
const READ: [&str; 3] = ["ja", "ja_easy", "en"];
const PHONES: [&str; 2] = ["ja", "en"];
/// Conditions the app has words for, and symbols it can draw.
const CONDITIONS: [&str; 4] = [
    "condition-several-accounts",
    "condition-notified",
    "condition-no-screen-lock",
    "condition-first-start",
];
const ICONS: [&str; 20] = [
    "plus",
    "back",
    "chevron",
    "close",
    "tick",
    "box",
    "search",
    "person",
    "add-person",
    "work",
    "other",
    "code",
    "key",
    "warning",
    "lock",
    "passkey",
    "phone",
    "shield",
    "authenticator",
    "check",
];
const ROWS_MAX: usize = 40;
const ELEMENTS_MAX: usize = 14;
/// Characters of a label on the phone.
const LABEL_MAX: usize = 120;

/// Reads one pack with its words.
pub(super) fn read(folder: &Folder, id: &str, others: &OtherScreens) -> Result<Pack, Problem> {
    let of = |name: &str| format!("{}{name}", own_prefix(id));
    let file = of("pack.toml");
    let text = needed(folder, &file)?;
    let pack = Pack::parse(text, others).map_err(|error| unusable(&file, text, &error))?;
    let about = |what: String| Problem {
        file: file.clone(),
        line: None,
        what,
    };
    if pack.id != id {
        return Err(about(format!(
            "id is {:?}; allowed: {id:?}, the name of its folder",
            pack.id
        )));
    }
    form(&pack).map_err(about)?;
    for (wanted, listed, key) in [
        (
            READ.as_slice(),
            &pack.reading_languages,
            "reading_languages",
        ),
        (PHONES.as_slice(), &pack.phone_languages, "phone_languages"),
    ] {
        if let Some(lang) = wanted
            .iter()
            .find(|lang| !listed.iter().any(|l| l == **lang))
        {
            return Err(about(format!(
                "{key} does not list {lang:?}; needed: {}",
                wanted.join(", ")
            )));
        }
    }
    for lang in &pack.phone_languages {
        labels(folder, &pack, &of(&format!("labels.{lang}.ftl")), lang)?;
    }
    for lang in &pack.reading_languages {
        messages(folder, &pack, &of(&format!("messages.{lang}.ftl")), lang)?;
    }
    Ok(pack)
}

/// What the words of a pack must be, by key: which may be left out, and whether the label to tap is named in it.
pub(super) fn wanted(pack: &Pack) -> BTreeMap<String, (bool, Option<bool>)> {
    let mut wanted = BTreeMap::new();
    for row in &pack.rows {
        let taps = [PhoneOs::Ios, PhoneOs::Android]
            .iter()
            .any(|os| row.on(*os).1.is_some());
        wanted.insert(format!("{}-title", row.id), (true, Some(false)));
        wanted.insert(format!("{}-say", row.id), (true, Some(taps)));
        wanted.insert(format!("{}-more", row.id), (false, None));
        wanted.insert(format!("{}-next", row.id), (false, Some(false)));
        wanted.insert(format!("{}-paper", row.id), (false, None));
    }
    wanted
}

fn needed<'a>(folder: &'a Folder, path: &str) -> Result<&'a str, Problem> {
    folder.file(path).ok_or_else(|| {
        folder.why_not(path).cloned().unwrap_or_else(|| Problem {
            file: path.to_owned(),
            line: None,
            what: "missing, but needed".to_owned(),
        })
    })
}

fn unusable(file: &str, text: &str, error: &PackError) -> Problem {
    let (line, what) = match error {
        PackError::Toml(error) => {
            let line = error
                .span()
                .map(|span| text[..span.start].matches('\n').count() + 1);
            (line, error.message().replace('\n', " "))
        }
        PackError::Row { row: id, .. } | PackError::OtherScreen { screen: id, .. } => {
            let names = |line: &str| {
                line.trim_start().starts_with("id") && line.contains(&format!("\"{id}\""))
            };
            (
                text.lines().position(names).map(|at| at + 1),
                error.to_string(),
            )
        }
        PackError::Format { .. }
        | PackError::Empty
        | PackError::NothingNeeded
        | PackError::NoPack { .. } => (None, error.to_string()),
    };
    Problem {
        file: file.to_owned(),
        line,
        what,
    }
}

/// What the machine and the drawing count on.
fn form(pack: &Pack) -> Result<(), String> {
    if pack.rows.len() > ROWS_MAX {
        return Err(format!(
            "{} rows; allowed: at most {ROWS_MAX}",
            pack.rows.len()
        ));
    }
    let passes = pack
        .rows
        .iter()
        .filter(|row| row.needs.contains(&RowNeed::Pass))
        .count();
    if passes != 1 {
        return Err(format!("{passes} rows need the pass; allowed: exactly one"));
    }
    if pack.rows.last().is_none_or(|row| row.kind != RowKind::Done) {
        return Err("the last row is not of the kind \"done\"".to_owned());
    }
    for row in &pack.rows {
        row_form(row).map_err(|what| format!("row {}: {what}", row.id))?;
    }
    Ok(())
}

fn row_form(row: &Row) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if row.id.is_empty()
        || row.id.len() > 40
        || !row.id.chars().all(plain)
        || row.id.starts_with("other-")
    {
        return Err(
            "its id; allowed: 1 to 40 small letters, digits and -, and not other-…".to_owned(),
        );
    }
    if let Some(condition) = &row.condition
        && !CONDITIONS.contains(&condition.as_str())
    {
        return Err(format!(
            "condition {condition:?}; allowed: {}",
            CONDITIONS.join(", ")
        ));
    }
    for os in [PhoneOs::Ios, PhoneOs::Android] {
        let (screen, _) = row.on(os);
        if screen.elements.len() > ELEMENTS_MAX {
            return Err(format!(
                "{} elements; allowed: at most {ELEMENTS_MAX}",
                screen.elements.len()
            ));
        }
        let icons = screen
            .elements
            .iter()
            .filter_map(|element| element.icon.as_deref());
        for icon in icons {
            if icon != "on" && !ICONS.contains(&icon) {
                return Err(format!("icon {icon:?}; allowed: {}", ICONS.join(", ")));
            }
        }
    }
    Ok(())
}

fn labels(folder: &Folder, pack: &Pack, path: &str, lang: &str) -> Result<(), Problem> {
    let own = words(folder, path)?;
    let common = fluent::read(shared("labels", lang)).unwrap_or_default();
    let mut keys = BTreeSet::new();
    for row in &pack.rows {
        for os in [PhoneOs::Ios, PhoneOs::Android] {
            let elements = row.on(os).0.elements.iter();
            keys.extend(
                elements
                    .flat_map(|e| [e.text.clone(), e.detail.clone()])
                    .flatten(),
            );
        }
    }
    // The drawing puts these in itself.
    keys.retain(|key| key != "sign_in_name" && key != "pass");
    if let Some(key) = keys
        .iter()
        .find(|key| !own.messages.contains_key(*key) && !common.messages.contains_key(*key))
    {
        return Err(Problem {
            file: path.to_owned(),
            line: None,
            what: format!("{key}: missing, but a drawn phone shows it"),
        });
    }
    for (key, uses) in &own.messages {
        let wrong = |what: String| at(path, &own, key, what);
        if uses.text.chars().count() > LABEL_MAX {
            return Err(wrong(format!(
                "too long; allowed: at most {LABEL_MAX} characters"
            )));
        }
        if readings::has_readings(&uses.text) {
            return Err(wrong("a reading; a phone shows none".to_owned()));
        }
        arguments(uses, &["os"]).map_err(wrong)?;
    }
    Ok(())
}

fn messages(folder: &Folder, pack: &Pack, path: &str, lang: &str) -> Result<(), Problem> {
    let own = words(folder, path)?;
    check_messages(pack, &own, lang).map_err(|(key, what)| at(path, &own, &key, what))
}

/// The first key that is not as the pack needs it.
pub(super) fn check_messages(
    pack: &Pack,
    words: &Words,
    lang: &str,
) -> Result<(), (String, String)> {
    let wanted = wanted(pack);
    for (key, (must, names)) in &wanted {
        let Some(uses) = words.messages.get(key) else {
            if *must {
                return Err((key.clone(), "missing, but needed".to_owned()));
            }
            continue;
        };
        let wrong = |what: String| (key.clone(), what);
        arguments(uses, &["label", "os"]).map_err(wrong)?;
        if let Some(names) = names
            && uses.arguments.contains("label") != *names
        {
            let what = if *names {
                "names no { $label }, but something is tapped"
            } else {
                "names { $label }, but there is none"
            };
            return Err(wrong(what.to_owned()));
        }
    }
    for (key, uses) in &words.messages {
        let known = wanted.contains_key(key) || key.starts_with("other-");
        if !known {
            return Err((key.clone(), "belongs to no row".to_owned()));
        }
        if lang == "ja_easy"
            && let Some(run) = readings::unread(&uses.text)
        {
            return Err((
                key.clone(),
                format!("{run}: needs its reading in hiragana, as in 次《つぎ》"),
            ));
        }
    }
    Ok(())
}

/// The arguments a message may use.
pub(super) fn arguments(uses: &Uses, known: &[&str]) -> Result<(), String> {
    match uses
        .arguments
        .iter()
        .find(|name| !known.contains(&name.as_str()))
    {
        Some(name) => Err(format!(
            "${name} is not known; allowed: ${}",
            known.join(", $")
        )),
        None => Ok(()),
    }
}

/// A file's words, or why there are none.
pub(super) fn words(folder: &Folder, path: &str) -> Result<Words, Problem> {
    let text = needed(folder, path)?;
    fluent::read(text).map_err(|(line, what)| Problem {
        file: path.to_owned(),
        line: Some(line),
        what,
    })
}

fn at(path: &str, words: &Words, key: &str, what: String) -> Problem {
    Problem {
        file: path.to_owned(),
        line: words.lines.get(key).copied(),
        what: format!("{key}: {what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is allowed here is what the page can draw and say.
    #[test]
    fn every_icon_can_be_drawn_and_every_condition_said() {
        let drawn = include_str!("../../../../../ui/src/phone/Symbol.svelte");
        for icon in ICONS {
            // The tick stands for it.
            let name = if icon == "check" { "tick" } else { icon };
            let known = drawn.contains(&format!("    {name}: "))
                || drawn.contains(&format!("    '{name}':"))
                || drawn.contains(&format!("    {name}:\n"));
            assert!(known, "{icon}");
        }
        let words = include_str!("../../../../../ui/locales/en/words.ftl");
        for condition in CONDITIONS {
            assert!(words.contains(&format!("\n{condition} = ")), "{condition}");
        }
        let listed = words.lines().filter(|line| line.starts_with("condition-"));
        assert_eq!(
            listed.count(),
            CONDITIONS.len(),
            "each condition there is may be used"
        );
    }
}
