//! Directory strings on the screen (T13): a corpus, what is shown of it, and names that mix scripts.

use std::path::Path;

use onboarding::{is_disruptive, mixes_scripts, sanitize_for_display};
use serde_json::{Value, json};

/// Kinds of characters that people, programs and attackers put into names.
const RANGES: &[(u32, u32)] = &[
    (0x20, 0x7e),
    (0x00, 0x1f),
    (0x7f, 0x9f),
    (0xa0, 0xff),
    (0x300, 0x36f),
    (0x400, 0x45f),
    (0x590, 0x5f4),
    (0x600, 0x61f),
    (0x620, 0x64a),
    (0x900, 0x97f),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x1ab0, 0x1ac0),
    (0x2000, 0x200f),
    (0x2026, 0x202f),
    (0x2060, 0x206f),
    (0x20d0, 0x20f0),
    (0x2800, 0x2801),
    (0x3000, 0x303f),
    (0x3041, 0x30ff),
    (0x3164, 0x3164),
    (0x4e00, 0x4e80),
    (0xac00, 0xac20),
    (0xe000, 0xe010),
    (0xfe00, 0xfe0f),
    (0xfe20, 0xfe2f),
    (0xfeff, 0xfeff),
    (0xff00, 0xffa0),
    (0xfff0, 0xffff),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0x1f468, 0x1f469),
    (0x20000, 0x20010),
    (0xe0000, 0xe007f),
    (0xe0100, 0xe01ef),
];

/// What browsers, shells and sheets might make something of.
const PIECES: &[&str] = &[
    "<b>x</b>",
    "<img src=x onerror=alert(1)>",
    "</script><script>",
    "&lt;&amp;&#x202e;",
    "{ $name }",
    "{{7*7}}",
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "\r\nSet-Cookie: a=b",
    "%0d%0a",
    "\u{202e}gpj.exe",
    "\u{2067}\u{2066}a\u{2069}",
    "a\u{2028}b",
    "x\u{fff9}y\u{fffa}z\u{fffb}",
    "葛\u{e0100}城",
    "Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}",
    "\\u{202e}",
];

const SEED: u64 = 0x6d61_646f;
const STRINGS: usize = 500;

/// SplitMix64.
fn draw(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut number = *state;
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

fn below(state: &mut u64, limit: usize) -> usize {
    usize::try_from(draw(state) % u64::try_from(limit).unwrap()).unwrap()
}

fn hostile(state: &mut u64) -> String {
    let mut text = String::new();
    for _ in 0..=below(state, 6) {
        if below(state, 4) == 0 {
            text.push_str(PIECES[below(state, PIECES.len())]);
            continue;
        }
        let (first, last) = RANGES[below(state, RANGES.len())];
        for _ in 0..=below(state, 40) {
            let span = usize::try_from(last - first + 1).unwrap();
            let code = first + u32::try_from(below(state, span)).unwrap();
            text.extend(char::from_u32(code));
        }
    }
    text
}

/// The corpus as the pages' and the record's tests read it.
fn corpus() -> Value {
    let mut state = SEED;
    let strings = (0..STRINGS).map(|_| hostile(&mut state));
    let rows = strings.map(|raw| {
        let shown = sanitize_for_display(&raw);
        json!({"raw": raw, "shown": shown})
    });
    json!({"seed": SEED, "strings": rows.collect::<Vec<_>>()})
}

#[test]
fn five_hundred_hostile_strings_are_shown_without_tricks_t13() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/fixtures/hostile.json");
    let corpus = corpus();
    for row in corpus["strings"].as_array().unwrap() {
        let (raw, shown) = (row["raw"].as_str().unwrap(), row["shown"].as_str().unwrap());
        assert!(shown.chars().count() <= 120, "seed {SEED}: {raw:?}");
        let tricks: Vec<char> = shown
            .chars()
            .filter(|c| is_disruptive(*c) && !('\u{e0100}'..='\u{e01ef}').contains(c))
            .collect();
        assert_eq!(tricks, [], "seed {SEED}: {raw:?}");
        assert_eq!(
            sanitize_for_display(shown),
            shown,
            "seed {SEED}: once is enough"
        );
    }
    let text = ascii(&format!(
        "{}\n",
        serde_json::to_string_pretty(&corpus).unwrap()
    ));
    let same = std::fs::read_to_string(&file).is_ok_and(|kept| kept == text);
    if !same {
        std::fs::write(&file, text).unwrap();
    }
    assert!(
        same,
        "ui/src/fixtures/hostile.json was out of date (seed {SEED}) and has been written anew: look, then run again"
    );
}

/// JSON in which nobody has to trust an editor.
fn ascii(json: &str) -> String {
    let mut text = String::new();
    for char in json.chars() {
        if char.is_ascii() && char != '\u{7f}' {
            text.push(char);
        } else {
            for unit in char.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}

#[test]
fn what_is_shown_of_a_name_t13() {
    for (raw, shown) in [
        ("窓口 花子", "窓口 花子"),
        (
            "O\u{2019}Brien-\u{dc}nl\u{fc}",
            "O\u{2019}Brien-\u{dc}nl\u{fc}",
        ),
        ("a\u{2028}b\u{2029}c", "abc"),
        ("a\u{180e}b\u{fff9}c\u{fffb}d", "abcd"),
        ("a\u{202e}b\u{200b}c\u{ad}d\0e", "abcde"),
        ("a\u{3164}b\u{ffa0}c\u{115f}d\u{2800}e\u{34f}f", "abcdef"),
        ("\u{1f468}\u{fe0f}", "\u{1f468}\u{fe0f}"),
        // A kanji's own shape stays, hidden text that uses the same characters does not.
        ("葛\u{e0100}城", "葛\u{e0100}城"),
        ("a\u{e0100}\u{e0101}b", "ab"),
        ("葛\u{e0100}\u{e0101}\u{e0102}", "葛\u{e0100}"),
        (
            "Z\u{300}\u{301}\u{302}\u{303}\u{304}a",
            "Z\u{300}\u{301}\u{302}a",
        ),
    ] {
        assert_eq!(sanitize_for_display(raw), shown, "{raw:?}");
    }
}

#[test]
fn names_that_mix_scripts_are_known_t13() {
    for (name, mixed) in [
        ("窓口 花子", false),
        ("Madoguchi 花子 マドグチ", false),
        ("ﾏﾄﾞｸﾞﾁ ﾊﾅｺ", false),
        ("王小明 Wang", false),
        ("김철수 Kim", false),
        ("Иван Петров", false),
        ("יוסף כהן", false),
        ("محمد", false),
        ("Ünlü O\u{2019}Brien-Smith 3", false),
        ("", false),
        ("12-34", false),
        ("T\u{430}naka", true),
        ("\u{422}anaka Hanako", true),
        ("p\u{3b1}ypal", true),
        ("窓口 \u{430}", true),
        ("김 かな", true),
    ] {
        assert_eq!(mixes_scripts(name), mixed, "{name}");
    }
}
