//! What the guide says at certain rows stands at those rows, in every language people read.

use std::path::Path;

use desk_world::sample;
use onboarding::{Pack, Route, Row, RowKind, RowNeed};

/// Japanese, easy Japanese without its readings, English.
const LANGS: [&str; 3] = ["ja", "ja_easy", "en"];

/// A message of a walk-through as one line without readings. Empty where there is none.
fn message(pack: &Pack, lang: &str, key: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/packs");
    let file = folder.join(&pack.id).join(format!("messages.{lang}.ftl"));
    let text = std::fs::read_to_string(file).unwrap();
    let head = format!("{key} = ");
    let mut lines = text.lines().skip_while(|line| !line.starts_with(&head));
    let first = lines.next().unwrap_or_default().replacen(&head, "", 1);
    let rest = lines.take_while(|line| line.starts_with(' '));
    let whole: String = std::iter::once(first.as_str()).chain(rest).collect();
    let mut plain = String::new();
    let mut reading = false;
    for char in whole.chars() {
        match char {
            '《' => reading = true,
            '》' => reading = false,
            other if !reading => plain.push(other),
            _ => {}
        }
    }
    plain
}

/// Every row that `which` picks says one of the words of its language in its sentence or in what is added.
fn check(what: &str, count: usize, which: impl Fn(&Row) -> bool, words: [&[&str]; 3]) {
    let packs = sample::packs().unwrap();
    let mut met = 0;
    for route in Route::ALL {
        let pack = packs.of(route);
        for row in pack.rows.iter().filter(|row| which(row)) {
            met += 1;
            for (lang, words) in LANGS.into_iter().zip(words) {
                let say = message(pack, lang, &format!("{}-say", row.id));
                let more = message(pack, lang, &format!("{}-more", row.id));
                assert!(
                    !say.is_empty(),
                    "{} {} has no sentence in {lang}",
                    pack.id,
                    row.id
                );
                for word in words {
                    assert!(
                        say.contains(word) || more.contains(word),
                        "{what}: {} {} does not say {word} in {lang}: {say} {more}",
                        pack.id,
                        row.id
                    );
                }
            }
        }
    }
    assert_eq!(met, count, "{what}: so many rows");
}

#[test]
fn the_pass_says_its_minutes_s24() {
    let pass = |row: &Row| row.needs.contains(&RowNeed::Pass);
    check("S24", 3, pass, [&["30 分"], &["30 分"], &["30 minutes"]]);
}

#[test]
fn the_sign_in_name_is_told_from_a_mail_address_s26() {
    let named = |row: &Row| row.needs.contains(&RowNeed::SignInName);
    let words: [&[&str]; 3] = [
        &[
            "メール アドレスの形",
            "メールの送受信に使うアドレスではありません",
        ],
        &["メール アドレスに にていますが、違います"],
        &[
            "looks like a mail address",
            "not the address you use for mail",
        ],
    ];
    check("S26", 2, named, words);
}

#[test]
fn number_matching_is_explained_s31_5() {
    let number = |row: &Row| row.demand == "S31.5";
    let words: [&[&str]; 3] = [
        &[
            "2 桁の番号",
            "前の画面",
            "ほかの方から聞いた番号は入力しない",
        ],
        &["2 つの 数字", "前の 画面", "ほかの 人が 言った 番号"],
        &[
            "two-digit number",
            "screen before",
            "somebody else tells you",
        ],
    ];
    check("S31.5", 1, number, words);
}

#[test]
fn whoever_waits_is_told_how_long_is_normal() {
    // B8 waits, too, after its tap: the walk-through of the guide has no row of its own for it.
    let waits = |row: &Row| row.kind == RowKind::Wait || row.demand == "S31.8";
    check(
        "waiting",
        4,
        waits,
        [&["1 分以内"], &["1 分くらい"], &["less than a minute"]],
    );
}

/// S29: shown from the row's need, so that nobody can leave the sentence out of a pack's words.
#[test]
fn the_privacy_sentence_stands_at_both_registrations_s29() {
    let packs = sample::packs().unwrap();
    let mut at = Vec::new();
    for route in Route::ALL {
        let rows = packs.of(route).rows.iter();
        let private = rows.filter(|row| row.needs.contains(&RowNeed::Privacy));
        at.extend(private.map(|row| row.demand.clone()));
    }
    assert_eq!(at, ["S25.8", "S31.7", "C.7"]);
    let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/locales");
    let words: [&[&str]; 3] = [
        &["情報", "管理"],
        &["情報", "管理"],
        &["collect", "manage", "control"],
    ];
    for (lang, words) in LANGS.into_iter().zip(words) {
        let text = std::fs::read_to_string(locales.join(lang).join("words.ftl")).unwrap();
        let line = text.lines().find(|line| line.starts_with("privacy = "));
        let line = line.unwrap_or_else(|| panic!("no privacy sentence in {lang}"));
        for word in words {
            assert!(line.contains(word), "{lang}: {line}");
        }
    }
}
