//! Reads pictures back: whether a drawn label can be read, by a reader that knows nothing of what was drawn.

use std::path::Path;
use std::process::Command;

use unicode_normalization::UnicodeNormalization as _;
use workplace::{Outcome, output};

/// How alike what was read must be to a label, from 0 to 1.
const ALIKE: f64 = 0.85;

/// Where a label was found in what was read.
#[derive(Debug, PartialEq)]
pub(crate) struct Found {
    /// The piece that is most like the label.
    pub(crate) piece: String,
    /// How alike they are, from 0 to 1.
    pub(crate) alike: f64,
}

/// Everything tesseract reads on a Japanese picture.
///
/// # Errors
/// When tesseract cannot be started or cannot read the file.
pub(crate) fn read(picture: &Path) -> Outcome<String> {
    let mut text = String::new();
    // Sparse text, for a screen is no page of a book; then as one block, which keeps other words.
    for layout in ["11", "6"] {
        let mut command = Command::new("tesseract");
        command
            .env("OMP_THREAD_LIMIT", "1")
            .arg(picture)
            .args(["stdout", "-l", "jpn", "--psm", layout]);
        text.push_str(&output(&mut command)?);
    }
    Ok(text)
}

/// Looks for a label in what was read: at least 0.85 alike, and nearer than any of the others.
pub(crate) fn find<'a>(
    label: &str,
    others: impl IntoIterator<Item = &'a str>,
    text: &str,
) -> Option<Found> {
    let wanted = plain(label);
    let found = nearest(&wanted, &plain(text)).filter(|found| found.alike >= ALIKE)?;
    let piece: Vec<char> = found.piece.chars().collect();
    let nearer = others
        .into_iter()
        .map(plain)
        .any(|other| other != wanted && alike(&other, &piece) >= found.alike);
    (!nearer).then_some(found)
}

/// One way to write each letter, and no spaces: the reader puts them anywhere between Japanese letters.
fn plain(text: &str) -> Vec<char> {
    text.nfkc()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

/// The piece of the text that is most like the label, of every length that can be alike enough.
fn nearest(label: &[char], text: &[char]) -> Option<Found> {
    let spare = label.len() / 5 + 1;
    let lengths = label.len().saturating_sub(spare).max(1)..=label.len() + spare;
    lengths
        .flat_map(|length| text.windows(length))
        .map(|piece| (alike(label, piece), piece))
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(alike, piece)| Found {
            piece: piece.iter().collect(),
            alike,
        })
}

/// One minus the edit distance, as a share of the longer of the two.
fn alike(one: &[char], other: &[char]) -> f64 {
    let longer = one.len().max(other.len());
    if longer == 0 {
        return 1.0;
    }
    let share = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    1.0 - share(distance(one, other)) / share(longer)
}

/// How many letters have to be put in, taken out or changed.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut here = vec![row + 1];
        for (column, opposite) in other.iter().enumerate() {
            let changed = above[column] + usize::from(letter != opposite);
            here.push(changed.min(above[column + 1] + 1).min(here[column] + 1));
        }
        above = here;
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(label: &str, others: &[&str], text: &str, piece: Option<&str>) {
        let found = find(label, others.iter().copied(), text);
        assert_eq!(found.map(|found| found.piece).as_deref(), piece);
    }

    #[test]
    fn a_label_is_found_however_the_reader_spaces_and_widens_it() {
        check(
            "サインイン",
            &[],
            "次 の 画面\nサ イ ン イ ン\n",
            Some("サインイン"),
        );
        check("OK", &[], "Ｏ Ｋ", Some("OK"));
        check("ﾊﾟｽｷｰ", &[], "パスキー", Some("パスキー"));
    }

    #[test]
    fn a_few_letters_may_be_misread_and_no_more() {
        check(
            "職場または学校アカウント",
            &[],
            "職場また は学 校ア力ウント",
            Some("職場または学校ア力ウント"),
        );
        check(
            "職場または学校アカウント",
            &[],
            "職場また は学 枚ア力ワント",
            None,
        );
        check("次へ", &[], "次八", None);
    }

    #[test]
    fn nothing_is_found_where_the_label_is_not() {
        check("サインイン", &[], "", None);
        check("サインイン", &[], "次の画面へ進みます", None);
    }

    #[test]
    fn another_label_that_is_as_near_wins() {
        check(
            "アカウントを追加する",
            &["アカウントの追加"],
            "アカウントを追加する",
            Some("アカウントを追加する"),
        );
        check(
            "パスワードの設定1",
            &["パスワードの設定2"],
            "パスワードの設定2",
            None,
        );
        // The same words under another name are no other label.
        check("続行", &["続行"], "続行", Some("続行"));
    }

    #[test]
    fn letters_put_in_taken_out_and_changed_are_counted() {
        let count = |one: &str, other: &str| distance(&plain(one), &plain(other));
        assert_eq!(count("かきくけ", "かきくけ"), 0);
        assert_eq!(count("かきくけ", "きくけ"), 1);
        assert_eq!(count("かきくけ", "かきいくけ"), 1);
        assert_eq!(count("かきくけ", "かこくけこ"), 2);
        assert_eq!(count("", "あい"), 2);
    }
}
