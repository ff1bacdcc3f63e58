//! Files that were cut, doubled or lost a line: the parser answers, and never names a line that is not there.

use station::config::Config;

use crate::sample;

#[track_caller]
fn check(text: &str) {
    let Err(errors) = Config::parse(text) else {
        return;
    };
    assert!(!errors.is_empty());
    for error in errors {
        let lines = text.lines().count().max(1) + 1;
        assert!(
            error.line.is_none_or(|line| (1..=lines).contains(&line)),
            "{error}\n{text}"
        );
        assert!(!error.what.trim().is_empty(), "{text}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }
}

#[test]
fn a_file_cut_anywhere_is_answered() {
    let sample = sample();
    // A step that shares nothing with the length of a line.
    for (end, _) in sample.char_indices().step_by(7) {
        check(&sample[..end]);
    }
}

#[test]
fn a_file_with_a_line_too_few_or_too_many_is_answered() {
    let sample = sample();
    let lines: Vec<&str> = sample.lines().collect();
    for at in 0..lines.len() {
        let mut fewer = lines.clone();
        fewer.remove(at);
        check(&fewer.join("\n"));
        let mut more = lines.clone();
        more.insert(at, lines[at]);
        check(&more.join("\n"));
    }
}

#[test]
fn signs_in_odd_places_are_answered() {
    let sample = sample();
    for sign in [
        "\u{0}", "\u{feff}", "\u{202e}", "\"", "[", "]]", "=", "{", "\\", "\r", "あ",
    ] {
        for (at, _) in sample.char_indices().step_by(97) {
            check(&format!("{}{sign}{}", &sample[..at], &sample[at..]));
        }
    }
}
