//! Japanese is read on a machine without a Japanese font: the pages bring their own.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use crate::desk::OperatorDesk;
use crate::http::HttpRequest;

/// Every page there is, as the command that looks at them lists them, and where people come in.
async fn pages(desk: &OperatorDesk) -> Vec<String> {
    let (control, phones) = (&desk.info().control, &desk.info().phone);
    let all = desk.control("GET", "drawings", &json!({})).await.json();
    let all = all.as_array().unwrap().iter();
    all.map(|name| format!("{control}/drawings/{}", name.as_str().unwrap()))
        .chain([phones.clone(), format!("{control}/mailbox")])
        .collect()
}

#[tokio::test]
async fn every_page_names_a_typeface_that_is_served_as_one() {
    let desk = OperatorDesk::open().await;
    let mut addresses = BTreeSet::new();
    for page in pages(&desk).await {
        let text = HttpRequest::new("GET", page.clone()).send().await.text();
        let face = text
            .split_once("@font-face{font-family:'BIZ UDPGothic'")
            .unwrap_or_else(|| panic!("{page} has no typeface"))
            .1;
        let address = face.split_once("url(").unwrap().1;
        addresses.insert(address.split_once(')').unwrap().0.to_owned());
        let rest = face.split_once('}').unwrap().1;
        assert!(rest.contains("'BIZ UDPGothic'"), "{page} does not use it");
    }
    let addresses: Vec<String> = addresses.into_iter().collect();
    assert_eq!(addresses, ["/typeface/biz-udpgothic.woff2"]);
    let base = url::Url::parse(&desk.info().control).unwrap();
    let at = |path: &str| base.join(path).unwrap().to_string();
    let face = HttpRequest::new("GET", at(&addresses[0])).send().await;
    assert_eq!(face.status, 200);
    assert_eq!(face.header("content-type"), "font/woff2");
    assert!(face.body.starts_with(b"wOF2") && face.body.len() > 100_000);
    let licence = HttpRequest::new("GET", at("/typeface/LICENSE"))
        .send()
        .await;
    assert!(licence.text().contains("SIL Open Font License"));
}

/// `cargo xtask typeface` makes both anew where this fails.
#[test]
fn the_typeface_has_every_letter_that_the_pages_are_written_in() {
    let has: BTreeSet<char> = include_str!("../../typeface/letters.txt").chars().collect();
    assert!(has.len() > 3000);
    let mut lacking = BTreeSet::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        let japanese =
            |letter: &char| matches!(letter, '\u{3000}'..='\u{9fff}' | '\u{ff01}'..='\u{ff9f}');
        lacking.extend(
            text.chars()
                .filter(japanese)
                .filter(|one| !has.contains(one)),
        );
    }
    assert_eq!(lacking, BTreeSet::new());
}

fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(
            |path| match path.extension().and_then(|ending| ending.to_str()) {
                None => sources(&path),
                Some("rs" | "css") => vec![path],
                Some(_) => Vec::new(),
            },
        )
        .collect()
}
