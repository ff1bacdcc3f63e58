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
        return rest.find("*/").map_or(rest.len(), |end| end + 2);
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
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some((before, after)) = rest.split_once(MARK) {
        kept.push_str(before);
        let end = end_of_item(after);
        kept.extend(after[..end].chars().filter(|letter| *letter == '\n'));
        rest = &after[end..];
    }
    kept + rest
}

/// Where the item ends that begins here: at its semicolon, or with its braces.
fn end_of_item(code: &str) -> usize {
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
    fn lines_keep_their_numbers() {
        let text = "a\n/* b\n */ \"c\nd\"\n#[cfg(test)]\nmod e {\n}\nf";
        assert_eq!(bare(text).lines().count(), text.lines().count());
        assert_eq!(bare(text).lines().last(), Some("f"));
    }
}
