//! What anybody may have typed into a directory, made fit to be shown beside other text.

use unicode_security::mixed_script::AugmentedScriptSet;

/// So many characters of one text are shown.
const LONGEST: usize = 120;
/// So many marks may stand over one letter; more of them climb over the lines around it.
const MOST_MARKS: usize = 3;

/// Whether a character moves, hides or breaks the text around it: controls, line and paragraph separators, marks of
/// direction, everything Unicode says is not drawn, and blanks that count as letters. The record's room has the same
/// list for what it prints, and a test holds both to it; neither may know the other.
#[must_use]
pub fn is_disruptive(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// A directory's text made safe to show: nothing disruptive, no towers of marks, not endless.
#[must_use]
pub fn sanitize_for_display(text: &str) -> String {
    let mut shown = without_tricks(text);
    if let Some((end, _)) = shown.char_indices().nth(LONGEST) {
        shown.truncate(end);
    }
    shown
}

/// The same at any length.
pub(crate) fn without_tricks(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let (mut before, mut marks) = (None, 0);
    for char in text.chars() {
        let mark = is_mark(char);
        // A kanji of a name may have a shape of its own, told by a selector that is not drawn.
        let shape = is_selector(char) && before.is_some_and(is_ideograph);
        if (shape || !is_disruptive(char)) && !(mark && marks == MOST_MARKS) {
            shown.push(char);
            before = Some(char);
            marks = if mark { marks + 1 } else { 0 };
        }
    }
    shown
}

/// Whether a name has letters of scripts that no language writes together, as a name made to look like another's
/// has (UTS #39, "highly restrictive": Latin beside Japanese, Chinese or Korean is no mixture).
#[must_use]
pub fn mixes_scripts(text: &str) -> bool {
    let letters = || text.chars().filter(|char| char.is_alphabetic());
    if shared(letters()).is_none_or(|set| !set.is_empty()) {
        return false;
    }
    let others = shared(letters().filter(|char| !is_latin(*char)));
    others.is_some_and(|set| set.is_empty() || !(set.jpan || set.hanb || set.kore))
}

/// The scripts all of them are of; nothing where there is no letter.
fn shared(letters: impl Iterator<Item = char>) -> Option<AugmentedScriptSet> {
    letters.map(AugmentedScriptSet::from).reduce(common)
}

fn common(mut one: AugmentedScriptSet, other: AugmentedScriptSet) -> AugmentedScriptSet {
    one.intersect_with(other);
    one
}

fn is_latin(char: char) -> bool {
    !common(char.into(), 'a'.into()).is_empty()
}

fn is_mark(char: char) -> bool {
    matches!(char,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

fn is_selector(char: char) -> bool {
    matches!(char, '\u{e0100}'..='\u{e01ef}')
}

fn is_ideograph(char: char) -> bool {
    matches!(char,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
