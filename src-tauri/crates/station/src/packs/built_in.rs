//! What is compiled in: the packs, the words they share, and where a pack's files lie.

use std::collections::BTreeMap;

use super::fluent;

/// The walk-throughs built in.
pub(super) const PACKS: [&str; 3] = [
    include_str!("../../../../../ui/packs/walkthrough-a/pack.toml"),
    include_str!("../../../../../ui/packs/walkthrough-b/pack.toml"),
    include_str!("../../../../../ui/packs/walkthrough-c/pack.toml"),
];
/// The other screens they share.
pub(super) const OTHER_SCREENS: &str =
    include_str!("../../../../../ui/packs/shared/other-screens.toml");

/// Where a pack's own files lie.
pub(super) fn own_prefix(id: &str) -> String {
    format!("packs/{id}/")
}

/// The built-in words of a kind, by language: `messages` or `labels` that the packs share.
pub(super) fn shared(kind: &str, lang: &str) -> &'static str {
    match (kind, lang) {
        ("messages", "ja") => include_str!("../../../../../ui/packs/shared/messages.ja.ftl"),
        ("messages", "ja_easy") => {
            include_str!("../../../../../ui/packs/shared/messages.ja_easy.ftl")
        }
        ("messages", "en") => include_str!("../../../../../ui/packs/shared/messages.en.ftl"),
        ("labels", "ja") => include_str!("../../../../../ui/packs/shared/labels.ja.ftl"),
        ("labels", "en") => include_str!("../../../../../ui/packs/shared/labels.en.ftl"),
        (_, _) => "",
    }
}

/// What the screens themselves say to the person: the keys of easy Japanese, which has these and no others, with the
/// arguments English gives them.
pub(super) fn for_the_person() -> BTreeMap<String, fluent::Uses> {
    const EASY: [&str; 2] = [
        include_str!("../../../../../ui/locales/ja_easy/screens.ftl"),
        include_str!("../../../../../ui/locales/ja_easy/words.ftl"),
    ];
    const ENGLISH: [&str; 2] = [
        include_str!("../../../../../ui/locales/en/screens.ftl"),
        include_str!("../../../../../ui/locales/en/words.ftl"),
    ];
    let all = |texts: [&str; 2]| -> BTreeMap<_, _> {
        let read = texts.into_iter().filter_map(|text| fluent::read(text).ok());
        read.flat_map(|words| words.messages).collect()
    };
    let mut english = all(ENGLISH);
    let easy = all(EASY);
    english.retain(|key, _| easy.contains_key(key));
    english
}
