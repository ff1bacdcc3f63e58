//! The admin guide lists every key and every code there is, and links lead somewhere.

use station::onboarding::TroubleCode;

use crate::{docs, run};

fn guide() -> String {
    std::fs::read_to_string(docs().join("admin-guide.md")).unwrap()
}

#[test]
fn the_admin_guide_explains_every_code() {
    let guide = guide();
    for code in TroubleCode::ALL {
        let row = format!("| {} | ", code.short());
        assert_eq!(guide.matches(&row).count(), 1, "{row}");
    }
}

#[test]
fn the_admin_guide_explains_every_key() {
    let said = run(&["config", "schema"]);
    let schema: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let mut keys = Vec::new();
    leaves(&schema, &schema, "", &mut keys);
    assert!(keys.len() > 40, "{keys:?}");
    let guide = guide();
    let reference = guide.split_once("## 7. Configuration reference").unwrap().1;
    let reference = reference.split_once("## 8.").unwrap().0;
    let missing: Vec<_> = keys
        .iter()
        .filter(|key| !reference.contains(&format!("`{key}`")))
        .collect();
    assert!(missing.is_empty(), "not in the reference: {missing:?}");
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    let root = docs().join("..");
    let mut pages = vec![root.join("README.md"), root.join("CONTRIBUTING.md")];
    for folder in [docs(), docs().join("decisions")] {
        let files = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path());
        pages.extend(files.filter(|file| file.extension().is_some_and(|kind| kind == "md")));
    }
    let mut links = 0;
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        for rest in text.split("](").skip(1) {
            let link = rest.split(')').next().unwrap();
            let target = link.split('#').next().unwrap();
            // Pictures are made by the tour.
            if target.is_empty() || target.contains("://") || target.ends_with(".png") {
                continue;
            }
            links += 1;
            assert!(
                page.parent().unwrap().join(target).exists(),
                "{}: {link}",
                page.display()
            );
        }
    }
    assert!(links > 20, "{links}");
}

fn leaves(
    schema: &serde_json::Value,
    node: &serde_json::Value,
    path: &str,
    keys: &mut Vec<String>,
) {
    let node = node.get("items").unwrap_or(node);
    // A section that may be left out is itself or null.
    let node = node.pointer("/anyOf/0").unwrap_or(node);
    let target = node["$ref"]
        .as_str()
        .map(|path| path.trim_start_matches("#/$defs/"));
    let node = target.map_or(node, |name| &schema["$defs"][name]);
    let Some(properties) = node["properties"].as_object() else {
        keys.push(path.to_owned());
        return;
    };
    for (name, value) in properties {
        let key = if path.is_empty() {
            name.clone()
        } else {
            format!("{path}.{name}")
        };
        leaves(schema, value, &key, keys);
    }
}
