//! What is accepted.

use crate::{check_text, sample};

const ZERO: &str = "00000000-0000-0000-0000-000000000000";

#[track_caller]
fn check(text: &str) {
    let said = check_text(text.as_bytes());
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{text}");
}

#[test]
fn the_sample_passes_as_it_stands_and_filled_in() {
    check(&sample());
    let filled = sample()
        .replacen(ZERO, "8b6f2c1e-93d4-4f0a-b1a7-5c2d9e0f7a31", 1)
        .replacen(ZERO, "F0A1B2C3-D4E5-4677-8899-AABBCCDDEEFF", 1);
    assert!(!filled.contains(ZERO));
    check(&filled);
}

/// The sample shows every key there is, so that nobody has to look for one elsewhere.
#[test]
fn the_sample_names_every_key_of_the_schema() {
    let said = crate::run(&["config", "schema"]);
    let schema: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let mut keys = Vec::new();
    let sections = [&schema]
        .into_iter()
        .chain(schema["$defs"].as_object().unwrap().values());
    for section in sections {
        keys.extend(
            section["properties"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, _)| key.clone()),
        );
    }
    assert!(keys.len() > 40, "{keys:?}");
    let sample = sample();
    let missing: Vec<_> = keys
        .iter()
        .filter(|key| !sample.contains(key.as_str()))
        .collect();
    assert!(missing.is_empty(), "not in the sample: {missing:?}");
}

#[test]
fn only_the_needed_sections_are_enough() {
    check(&least());
}

#[test]
fn other_spellings_of_the_same_are_accepted() {
    let windows = sample().replace('\n', "\r\n");
    check(&windows);
    check(&least().replace("[site]", "[pass]\nonce = false\n[site]"));
    check(&format!(
        "pass.lifetime_minutes = 60\nscreen = {{ idle_lock_s = 60 }}\n{}",
        least()
    ));
    let custom = |authority: &str, graph: &str| {
        let cloud = format!("name = \"custom\"\nauthority = \"{authority}\"\ngraph = \"{graph}\"");
        check(&least().replace("name = \"global\"", &cloud));
    };
    custom(
        "https://login.example.com",
        "https://graph.example.com/v1.0",
    );
    custom(
        "https://login.example.com:8443/",
        "https://graph.example.com/v1.0/",
    );
    custom(
        &format!("http://127.0.0.1:4000/{ZERO}"),
        "http://127.0.0.1:4001/v1.0",
    );
    check(&format!("visits.max = 20\n{}", least()));
    for cloud in ["usgov", "dod"] {
        check(&least().replace("global", cloud));
    }
}

fn least() -> String {
    format!(
        "[cloud]\nname = \"global\"\n[tenant]\nid = \"{ZERO}\"\nclient_id = \"{ZERO}\"\n\
         [site]\nhelp_line = \"110\"\nname = {{ ja = \"窓口\", en = \"Desk\" }}\ntest_site = \"https://t.example.com/\"\n\
         [accounts]\norganisation_domain = \"example.com\"\npartner_domain = \"partner.example.com\"\n"
    )
}

#[test]
fn a_proxy_is_accepted_with_its_exceptions() {
    let with = |lines: &str| sample().replacen("[network]", &format!("[network]\n{lines}"), 1);
    check(&with("proxy = \"http://proxy.example.com:8080\""));
    check(&with("proxy = \"https://10.0.0.1:443\"\nno_proxy = []"));
    check(&with("proxy = \"http://proxy:80\""));
    check(&with(
        "proxy = \"http://[::1]:3128/\"\nno_proxy = [\"example.com\", \".Example.org\", \"desk-1\", \"10.0.0.0/8\", \"192.0.2.1\", \"0.0.0.0/0\", \"::1\", \"fd00::/8\", \"fd00::1/128\"]",
    ));
}
