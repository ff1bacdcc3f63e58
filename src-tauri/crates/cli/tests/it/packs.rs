//! `config check` reads the site's packs and says which are in force.

use std::fs;
use std::path::Path;

use crate::{docs, run};

const WORDS: [&str; 5] = [
    "messages.ja.ftl",
    "messages.ja_easy.ftl",
    "messages.en.ftl",
    "labels.ja.ftl",
    "labels.en.ftl",
];

/// A site with a walk-through of its own, and what is said of it.
fn said(version: &str, words: &[&str]) -> crate::Said {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("site/packs/walkthrough-b");
    fs::create_dir_all(&pack).unwrap();
    let built_in = docs().join("../ui/packs/walkthrough-b");
    let text = fs::read_to_string(built_in.join("pack.toml")).unwrap();
    let line = text
        .lines()
        .find(|line| line.starts_with("version = "))
        .unwrap();
    fs::write(pack.join("pack.toml"), text.replacen(line, version, 1)).unwrap();
    for name in words {
        fs::copy(built_in.join(name), pack.join(name)).unwrap();
    }
    check(folder.path(), &folder.path().join("site"))
}

fn check(folder: &Path, site: &Path) -> crate::Said {
    let sample = fs::read_to_string(docs().join("madoguchi.sample.toml")).unwrap();
    let dir = "# dir = \"/etc/madoguchi/packs\"";
    assert!(sample.contains(dir));
    let config = folder.join("madoguchi.toml");
    let line = format!("dir = '{}'", site.display());
    fs::write(&config, sample.replace(dir, &line)).unwrap();
    run(&["config".as_ref(), "check".as_ref(), config.as_os_str()])
}

#[test]
fn the_packs_in_force_are_named_with_their_versions() {
    let said = said("version = 99", &WORDS);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert!(
        said.out.contains("walkthrough-b version 99 (the site's)\n"),
        "{}",
        said.out
    );
    assert!(said.out.contains("walkthrough-a version ") && said.out.contains("(built in)\n"));
}

#[test]
fn a_pack_that_is_not_used_is_code_9() {
    for (version, words, wanted) in [
        ("version = 1", WORDS.as_slice(), "is not newer than version"),
        (
            "version = \"x\"",
            &WORDS,
            "packs/walkthrough-b/pack.toml: line ",
        ),
        (
            "version = 99",
            &WORDS[..4],
            "labels.en.ftl: missing, but needed",
        ),
    ] {
        let said = said(version, words);
        assert_eq!((said.code, said.out.as_str()), (Some(9), ""), "{wanted}");
        assert!(said.err.contains(wanted), "{}", said.err);
        let still = said
            .err
            .lines()
            .find(|line| line.contains("walkthrough-b version"));
        assert!(
            still.is_some_and(|line| line.ends_with("(built in)")),
            "{}",
            said.err
        );
    }
}

#[test]
fn a_folder_that_is_not_there_or_not_absolute_is_code_9() {
    let folder = tempfile::tempdir().unwrap();
    let missing = check(folder.path(), &folder.path().join("nowhere"));
    assert_eq!(missing.code, Some(9));
    assert!(
        missing.err.contains("packs.dir") && missing.err.contains("cannot be read"),
        "{}",
        missing.err
    );
    let relative = check(folder.path(), Path::new("packs"));
    assert_eq!(relative.code, Some(9));
    assert!(
        relative
            .err
            .contains("packs.dir: an absolute path is needed"),
        "{}",
        relative.err
    );
}
