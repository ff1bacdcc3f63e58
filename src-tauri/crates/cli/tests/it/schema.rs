//! The schema kept for editors.

use crate::{docs, run};

#[test]
fn the_kept_schema_is_current() {
    let said = run(&["config", "schema"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    let kept = docs().join("config.schema.json");
    let same = std::fs::read_to_string(&kept).is_ok_and(|text| text == said.out);
    if !same {
        std::fs::write(&kept, &said.out).unwrap();
    }
    assert!(
        same,
        "docs/config.schema.json was out of date and has been written anew: look at the change, then run again"
    );
}

/// Every key says in the schema what it is for, for that is what a mistake's message quotes.
#[test]
fn every_key_is_described() {
    let said = run(&["config", "schema"]);
    let schema: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let defs = schema["$defs"].as_object().unwrap();
    for (name, section) in defs
        .iter()
        .map(|(n, s)| (n.as_str(), s))
        .chain([("the file", &schema)])
    {
        assert!(
            section["description"].is_string()
                || section["oneOf"].is_array()
                || section["enum"].is_array(),
            "{name}"
        );
        for (key, value) in section["properties"].as_object().into_iter().flatten() {
            let target = value["$ref"]
                .as_str()
                .and_then(|path| defs.get(path.trim_start_matches("#/$defs/")));
            let described = value["description"].is_string()
                || target.is_some_and(|t| t["description"].is_string());
            assert!(described, "{name}: {key}");
        }
    }
}

#[test]
fn no_key_is_allowed_besides_the_known_ones() {
    let said = run(&["config", "schema"]);
    let schema: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let sections = [&schema]
        .into_iter()
        .chain(schema["$defs"].as_object().unwrap().values());
    for section in sections.filter(|section| section["properties"].is_object()) {
        assert_eq!(section["additionalProperties"], false, "{section}");
    }
}
