//! Line breaks between phrases in Japanese titles, since not every engine finds them by itself.

/// The same page with places to break in its titles.
pub(super) fn titles(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, title, after)) = next_title(rest) {
        out.push_str(before);
        out.push_str(&phrases(title));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What stands before the next title's text, the text, and what follows.
fn next_title(html: &str) -> Option<(&str, &str, &str)> {
    let starts = ["<h1>", "<h2>"].map(|tag| html.find(tag));
    let start = starts.into_iter().flatten().min()? + "<h1>".len();
    let end = start + html[start..].find("</h")?;
    Some((&html[..start], &html[start..end], &html[end..]))
}

/// A phrase ends where hiragana ends; an honorific at its beginning belongs to what follows.
fn phrases(title: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for character in title.chars() {
        let ends = is_hiragana(before) && !['お', 'ご'].contains(&before);
        if ends && is_word(character) {
            out.push_str("<wbr>");
        }
        out.push(character);
        before = character;
    }
    out
}

fn is_hiragana(character: char) -> bool {
    ('ぁ'..='ん').contains(&character)
}

fn is_word(character: char) -> bool {
    ('ァ'..='ヴ').contains(&character) || ('一'..='龠').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(titles(html), expected);
    }

    #[test]
    fn titles_break_between_phrases() {
        check(
            "<h1>お客様のプライバシーは大切です</h1><p>これは本文</p>",
            "<h1>お客様の<wbr>プライバシーは<wbr>大切です</h1><p>これは本文</p>",
        );
        check("<h2>Add account</h2>", "<h2>Add account</h2>");
        check("<p>何もない</p>", "<p>何もない</p>");
    }
}
