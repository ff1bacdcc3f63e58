//! The words that are built in and stand in letters, by the folder of their language.

/// What the letter itself says, what the paper says, and under which condition somebody has a row.
pub(super) fn screens(folder: &str) -> &'static [&'static str] {
    match folder {
        "ja" => &[
            include_str!("../../../../../ui/locales/ja/words.ftl"),
            include_str!("../../../../../ui/locales/ja/paper.ftl"),
            include_str!("../../../../../ui/locales/ja/letter.ftl"),
        ],
        "ja_easy" => &[
            include_str!("../../../../../ui/locales/ja_easy/words.ftl"),
            include_str!("../../../../../ui/locales/ja_easy/paper.ftl"),
            include_str!("../../../../../ui/locales/ja_easy/letter.ftl"),
        ],
        "en" => &[
            include_str!("../../../../../ui/locales/en/words.ftl"),
            include_str!("../../../../../ui/locales/en/paper.ftl"),
            include_str!("../../../../../ui/locales/en/letter.ftl"),
        ],
        _ => &[],
    }
}

/// A file of a walk-through, or of what they share; empty where there is none.
pub(super) fn pack(pack: &str, name: &str) -> &'static str {
    macro_rules! file {
        ($pack:literal, $name:literal) => {
            include_str!(concat!(
                "../../../../../ui/packs/",
                $pack,
                "/",
                $name,
                ".ftl"
            ))
        };
    }
    macro_rules! files {
        ($pack:literal) => {
            match name {
                "messages.ja" => file!($pack, "messages.ja"),
                "messages.ja_easy" => file!($pack, "messages.ja_easy"),
                "messages.en" => file!($pack, "messages.en"),
                "labels.ja" => file!($pack, "labels.ja"),
                "labels.en" => file!($pack, "labels.en"),
                _ => "",
            }
        };
    }
    match pack {
        "shared" => files!("shared"),
        "walkthrough-a" => files!("walkthrough-a"),
        "walkthrough-b" => files!("walkthrough-b"),
        "walkthrough-c" => files!("walkthrough-c"),
        _ => "",
    }
}
