//! Rust source as the rules read it: without comments, words in quotes, and tests.

/// The source with nothing in it but code. Lines keep their numbers; what is left out is blank.
pub(super) fn bare(text: &str) -> String {
    without_tests(&without_words(text))
}

/// Blanks comments and what stands in quotes.
pub(super) fn without_words(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = left_out(rest, kept.chars().next_back());
        if length == 0 {
            kept.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (out, after) = rest.split_at(length);
        kept.push(' ');
        kept.extend(out.chars().filter(|letter| *letter == '\n'));
        rest = after;
    }
    kept
}

/// How many bytes from here on are a comment or stand in quotes; 0 when this is code.
fn left_out(rest: &str, before: Option<char>) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block(rest);
    }
    let in_word = before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'));
    if let Some(raw) = raw.filter(|_| !in_word) {
        let marks = raw.len() - raw.trim_start_matches('#').len();
        if raw[marks..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(marks));
            let from = rest.len() - raw.len() + marks + 1;
            return rest[from..]
                .find(&end)
                .map_or(rest.len(), |at| from + at + end.len());
        }
    }
    if rest.starts_with('"') {
        return quoted(rest, '"');
    }
    // A lifetime has no second mark behind one letter.
    let letters: Vec<char> = rest.chars().take(3).collect();
    match letters[..] {
        ['\'', '\\', _] => quoted(rest, '\''),
        ['\'', letter, '\''] => letter.len_utf8() + 2,
        _ => 0,
    }
}

/// The length of a comment with those that stand inside it.
fn block(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(next) = rest[at..].find(['/', '*']) {
        at += next;
        let step = match rest.get(at..at + 2) {
            Some("/*") => {
                depth += 1;
                2
            }
            Some("*/") => {
                depth -= 1;
                2
            }
            Some(_) | None => 1,
        };
        at += step;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// The length up to the mark that ends what one of its kind began.
fn quoted(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        if !escaped && letter == mark {
            return at + letter.len_utf8();
        }
        escaped = !escaped && letter == '\\';
    }
    rest.len()
}

/// Blanks what is compiled for tests only.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some((before, after)) = rest.split_once(MARK) {
        kept.push_str(before);
        let (condition, item) = after.split_once(")]").unwrap_or((after, ""));
        if !needs_tests(condition) {
            kept.push_str(MARK);
            rest = after;
            continue;
        }
        let end = after.len() - item.len() + end_of_item(item);
        kept.extend(after[..end].chars().filter(|letter| *letter == '\n'));
        rest = &after[end..];
    }
    kept + rest
}

/// Whether a condition like `all(test, unix)` can hold in tests only.
fn needs_tests(condition: &str) -> bool {
    let condition = condition.trim();
    let within = |word: &str| {
        let inner = condition.strip_prefix(word)?.trim_start();
        inner.strip_prefix('(')?.strip_suffix(')')
    };
    if let Some(inner) = within("all") {
        return parts(inner, ['(', ')']).into_iter().any(needs_tests);
    }
    if let Some(inner) = within("any") {
        let parts = parts(inner, ['(', ')']);
        return !parts.is_empty() && parts.into_iter().all(needs_tests);
    }
    condition == "test"
}

/// Parts at the commas that stand between no inner braces of this kind.
pub(super) fn parts(list: &str, braces: [char; 2]) -> Vec<&str> {
    let [open, close] = braces;
    let (mut depth, mut from, mut found) = (0_usize, 0, Vec::new());
    for (at, letter) in list.char_indices() {
        if letter == open {
            depth += 1;
        } else if letter == close {
            depth = depth.saturating_sub(1);
        } else if letter == ',' && depth == 0 {
            found.push(&list[from..at]);
            from = at + 1;
        }
    }
    found.push(&list[from..]);
    found.retain(|part| !part.trim().is_empty());
    found
}

/// Where the item ends that begins here: at its semicolon, or with its braces.
pub(super) fn end_of_item(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in code.char_indices() {
        match letter {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && letter == '}' {
                    return at + 1;
                }
            }
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// The words of a source, as they stand in names.
pub(super) fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(words(&bare(text)).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn comments_and_words_in_quotes_are_left_out() {
        check("a // b\nc /* d\n */ e", &["a", "c", "e"]);
        check("a /* b /* c */ d **/ e /*/ f */ g", &["a", "e", "g"]);
        check(r#"a("b \" c", 'd', '\'', e)"#, &["a", "e"]);
        check("a(r#\"b \" c\"#, r\"d\", br\"e\") f", &["a", "f"]);
        check(
            "fn a<'b>(c: &'b str) {}",
            &["fn", "a", "b", "c", "b", "str"],
        );
    }

    #[test]
    fn what_is_for_tests_is_left_out() {
        check("a\n#[cfg(test)]\nmod tests { fn b() {} }\nc", &["a", "c"]);
        check("#[cfg(test)]\nuse b::c;\nd", &["d"]);
        check("#[cfg(test)]\nfn b(c: [u8; 2]) { c }\nd", &["d"]);
    }

    #[test]
    fn what_needs_tests_among_others_is_left_out_and_what_does_not_stays() {
        check("#[cfg(all(test, unix))]\nmod tests { b }\nc", &["c"]);
        check("#[cfg(any(test, all(unix, test)))]\nuse b::c;\nd", &["d"]);
        check(
            "#[cfg(any(test, unix))]\nuse b;",
            &["cfg", "any", "test", "unix", "use", "b"],
        );
        check(
            "#[cfg(not(test))] b #[cfg(test)] use c; d",
            &["cfg", "not", "test", "b", "d"],
        );
    }

    #[test]
    fn lines_keep_their_numbers() {
        let text = "a\n/* b\n */ \"c\nd\"\n#[cfg(test)]\nmod e {\n}\nf";
        assert_eq!(bare(text).lines().count(), text.lines().count());
        assert_eq!(bare(text).lines().last(), Some("f"));
    }
}
