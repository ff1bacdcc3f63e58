//! The list of parts for programs: CycloneDX 1.5.

use serde_json::{Value, json};

use super::parts::Part;

/// Lists the parts of one version, made at `timestamp` (RFC 3339).
pub(super) fn cyclonedx(version: &str, timestamp: &str, parts: &[Part]) -> Value {
    let components: Vec<Value> = parts
        .iter()
        .map(|part| {
            json!({
                "type": "library",
                "bom-ref": address(part),
                "name": part.name,
                "version": part.version,
                "licenses": [{ "expression": part.licence }],
                "purl": address(part),
            })
        })
        .collect();
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": timestamp,
            "component": {
                "type": "application",
                "bom-ref": "madoguchi",
                "name": "madoguchi",
                "version": version,
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
            },
        },
        "components": components,
    })
}

/// The package URL; the at sign of an npm scope is written as a number there.
fn address(part: &Part) -> String {
    format!(
        "pkg:{}/{}@{}",
        part.from,
        part.name.replace('@', "%40"),
        part.version.replace('+', "%2B")
    )
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn parts_have_package_urls() {
        let part = |from, name: &str, version: &str| Part {
            from,
            name: name.to_owned(),
            version: version.to_owned(),
            licence: "MIT".to_owned(),
            folder: PathBuf::new(),
        };
        let parts = [
            part("npm", "@fluent/bundle", "0.19.1"),
            part("cargo", "toml", "1.0.0+spec-1.1.0"),
        ];
        let bom = cyclonedx("0.1.0", "2026-11-29T12:00:00Z", &parts);
        assert_eq!(
            bom["components"][0]["purl"],
            "pkg:npm/%40fluent/bundle@0.19.1"
        );
        assert_eq!(
            bom["components"][1]["purl"],
            "pkg:cargo/toml@1.0.0%2Bspec-1.1.0"
        );
        assert_eq!(bom["metadata"]["component"]["version"], "0.1.0");
    }
}
