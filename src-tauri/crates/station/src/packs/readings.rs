//! 漢字《かんじ》: every Chinese character of easy Japanese has its reading, and no label of a phone has one.

/// The first run of characters without a reading, or a reading that is not hiragana.
pub(super) fn unread(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find(|c| is_han(c) || matches!(c, '《' | '》')) {
        let run = &rest[at..];
        let end = run.find(|c| !is_han(c)).unwrap_or(run.len());
        let (han, after) = run.split_at(end);
        let reading = after
            .strip_prefix('《')
            .and_then(|after| after.split_once('》'));
        match reading {
            Some((reading, after)) if !han.is_empty() && is_kana(reading) => rest = after,
            Some(_) | None => return Some(run.chars().take(12).collect()),
        }
    }
    None
}

/// The first reading that no page can draw: it has no end or no beginning, is blank, or stands behind no Chinese character.
/// A site's own words may do without readings.
pub(crate) fn spoilt(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find(['《', '》']) {
        let (before, run) = rest.split_at(at);
        let reading = run
            .strip_prefix('《')
            .and_then(|after| after.split_once('》'));
        match reading {
            Some((reading, after))
                if before.ends_with(is_han)
                    && !reading.trim().is_empty()
                    && !reading.contains('《') =>
            {
                rest = after;
            }
            Some(_) | None => return Some(run.chars().take(12).collect()),
        }
    }
    None
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Plain(&'a str),
    Read { han: &'a str, reading: &'a str },
}

/// A text in pieces, with the reading of each that has one.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('《') {
        let (before, run) = rest.split_at(at);
        let read = run.strip_prefix('《');
        let read = read.and_then(|after| after.split_once('》'));
        let begin = before.len()
            - before
                .chars()
                .rev()
                .take_while(|c| is_han(*c))
                .map(char::len_utf8)
                .sum::<usize>();
        match read {
            Some((reading, after)) if begin < before.len() => {
                pieces.extend((begin > 0).then(|| Piece::Plain(&before[..begin])));
                let han = &before[begin..];
                pieces.push(Piece::Read { han, reading });
                rest = after;
            }
            Some(_) | None => break,
        }
    }
    pieces.extend((!rest.is_empty()).then_some(Piece::Plain(rest)));
    pieces
}

/// The same without its readings.
pub(crate) fn without(text: &str) -> String {
    let plain = pieces(text).into_iter().map(|piece| match piece {
        Piece::Plain(plain) => plain,
        Piece::Read { han, .. } => han,
    });
    plain.collect()
}

/// Whether a text carries readings.
pub(super) fn has_readings(text: &str) -> bool {
    text.contains(['《', '》'])
}

fn is_han(c: char) -> bool {
    matches!(c, '々' | 'ヶ' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

fn is_kana(reading: &str) -> bool {
    !reading.is_empty() && reading.chars().all(|c| matches!(c, 'ぁ'..='ゖ' | 'ー'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_a_reading_stands() {
        let read = |han, reading| Piece::Read { han, reading };
        for (text, cut) in [
            ("", vec![]),
            ("かな", vec![Piece::Plain("かな")]),
            (
                "お知《し》らせ 登録《とうろく》",
                vec![
                    Piece::Plain("お"),
                    read("知", "し"),
                    Piece::Plain("らせ "),
                    read("登録", "とうろく"),
                ],
            ),
            ("《し》らせ", vec![Piece::Plain("《し》らせ")]),
            ("知《し", vec![Piece::Plain("知《し")]),
        ] {
            assert_eq!(pieces(text), cut, "{text}");
        }
        assert_eq!(without("お知《し》らせ"), "お知らせ");
    }

    #[test]
    fn readings() {
        for (text, found) in [
            ("次《つぎ》へ 行《い》く", None),
            ("ひらがな OK 123", None),
            ("次へ", Some("次へ")),
            ("次《ツギ》へ", Some("次《ツギ》へ")),
            ("次《つぎ》へ行く", Some("行く")),
            ("《つぎ》", Some("《つぎ》")),
            ("次《つぎ", Some("次《つぎ")),
        ] {
            assert_eq!(unread(text).as_deref(), found, "{text}");
        }
        assert!(has_readings("次《つぎ》") && !has_readings("次"));
    }

    #[test]
    fn a_reading_that_cannot_be_drawn_is_found() {
        for (text, found) in [
            ("次《つぎ》へ 行《い》く", None),
            ("次へ、ひらがな OK 123", None),
            ("", None),
            ("次《つぎへ", Some("《つぎへ")),
            ("次つぎ》へ", Some("》へ")),
            ("次《》へ", Some("《》へ")),
            ("次《 \u{3000}》へ", Some("《 \u{3000}》へ")),
            ("次《つ《ぎ》》", Some("《つ《ぎ》》")),
            ("次《つぎ》《つぎ》", Some("《つぎ》")),
            ("《つぎ》へ", Some("《つぎ》へ")),
            ("Wi-Fi《わいふぁい》", Some("《わいふぁい》")),
        ] {
            assert_eq!(spoilt(text).as_deref(), found, "{text}");
        }
    }

    /// What a site copies into its own file is read in easy Japanese, too.
    #[test]
    fn the_samples_own_words_have_their_readings() {
        const SAMPLE: &str = include_str!("../../../../../docs/madoguchi.sample.toml");
        let written: Vec<_> = SAMPLE.split("ja = \"").skip(1).collect();
        assert!(written.len() >= 12, "{}", written.len());
        for text in written {
            let text = text.split('"').next().unwrap_or_default();
            assert_eq!(unread(text), None, "{text}");
        }
    }
}
