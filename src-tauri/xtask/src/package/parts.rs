//! What of others is in the programs: crates, npm packages and Rust's own library, each with its licence.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use workplace::{Failure, Outcome, Place, app, cargo, output};

/// The system whose crates are linked.
const TARGET: &str = "x86_64-unknown-linux-gnu";
/// What only the password job's build has; no counter's package holds it.
const JOB: &str = "password-job";

/// One part, as somebody else published it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    /// Where it comes from: the type of its package URL.
    pub(super) from: &'static str,
    pub(super) name: String,
    pub(super) version: String,
    /// An SPDX expression.
    pub(super) licence: String,
    /// Where its files are on this machine, licence texts among them.
    pub(super) folder: PathBuf,
}

/// All of them, in order.
pub(super) fn all(place: &Place) -> Outcome<Vec<Part>> {
    let told = output(cargo(place).args([
        "metadata",
        "--locked",
        "--format-version",
        "1",
        "--filter-platform",
        TARGET,
        "--features",
        app::FEATURES,
    ]))?;
    let mut parts = crates(&serde_json::from_str(&told)?)?;
    let lock = fs::read_to_string(place.ui().join("package-lock.json"))?;
    parts.extend(npm(&serde_json::from_str(&lock)?, &place.ui()));
    parts.push(standard_library()?);
    parts.sort();
    Ok(parts)
}

/// The texts a part's package has about its licence.
pub(super) fn texts(part: &Part) -> Outcome<Vec<String>> {
    if !part.folder.is_dir() {
        return Err(Failure::new(format!(
            "{} is not there, so its licence cannot be read; run cargo xtask setup",
            part.folder.display()
        )));
    }
    let mut texts = BTreeSet::new();
    for entry in fs::read_dir(&part.folder)? {
        let path = entry?.path();
        if path.is_file() && says_licence(&path) {
            let text = String::from_utf8_lossy(&fs::read(&path)?).replace('\r', "");
            texts.insert(text.trim().to_owned());
        }
    }
    Ok(texts.into_iter().collect())
}

fn says_licence(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_uppercase();
    let starts = [
        "LICENSE",
        "LICENCE",
        "COPYING",
        "COPYRIGHT",
        "NOTICE",
        "UNLICENSE",
    ];
    starts.iter().any(|start| name.starts_with(start)) && !name.ends_with(".SPDX")
}

/// The crates of others that the app and `madoguchictl` are linked from.
fn crates(metadata: &Value) -> Outcome<Vec<Part>> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages: BTreeMap<String, Value> = list(&metadata["packages"])
        .into_iter()
        .map(|package| (word(&package["id"]), package))
        .collect();
    let nodes: BTreeMap<String, Value> = list(&metadata["resolve"]["nodes"])
        .into_iter()
        .map(|node| (word(&node["id"]), node))
        .collect();
    let ours = |name: &str| {
        let own = |package: &&Value| package["source"].is_null() && package["name"] == name;
        let found = packages.values().find(own);
        found
            .map(|package| word(&package["id"]))
            .ok_or_else(|| Failure::new(format!("cargo metadata does not know {name}")))
    };
    let mut open = vec![ours("madoguchi")?, ours("cli")?];
    let left_out = ours(JOB)?;
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if id == left_out || !seen.insert(id.clone()) {
            continue;
        }
        let linked = |one: &&Value| {
            list(&one["dep_kinds"])
                .iter()
                .any(|kind| kind["kind"].is_null())
        };
        let dependencies = nodes.get(&id).map(|node| list(&node["deps"]));
        let dependencies = dependencies.unwrap_or_default();
        open.extend(
            dependencies
                .iter()
                .filter(linked)
                .map(|one| word(&one["pkg"])),
        );
    }
    let others = seen.iter().filter_map(|id| packages.get(id));
    Ok(others
        .filter(|package| !package["source"].is_null())
        .map(|package| Part {
            from: "cargo",
            name: word(&package["name"]),
            version: word(&package["version"]),
            licence: expression(&word(&package["license"])),
            folder: Path::new(&word(&package["manifest_path"]))
                .parent()
                .map(Path::to_path_buf)
                .unwrap_or_default(),
        })
        .collect())
}

/// The npm packages whose code or letters may be in the pages.
fn npm(lock: &Value, ui: &Path) -> Vec<Part> {
    let packages = lock["packages"].as_object().into_iter().flatten();
    packages
        .filter(|(path, package)| {
            !path.is_empty() && package["dev"] != true && package["optional"] != true
        })
        .map(|(path, package)| Part {
            from: "npm",
            name: path
                .rsplit("node_modules/")
                .next()
                .unwrap_or(path)
                .to_owned(),
            version: package["version"].as_str().unwrap_or_default().to_owned(),
            licence: expression(package["license"].as_str().unwrap_or_default()),
            folder: ui.join(path),
        })
        .collect()
}

fn standard_library() -> Outcome<Part> {
    let version = output(Command::new("rustc").arg("--version"))?;
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    Ok(Part {
        from: "generic",
        name: "rust-std".to_owned(),
        version: version
            .split_whitespace()
            .nth(1)
            .unwrap_or_default()
            .to_owned(),
        licence: "MIT OR Apache-2.0".to_owned(),
        folder: PathBuf::from(sysroot.trim()),
    })
}

/// Old packages write `A/B` where SPDX writes `A OR B`.
fn expression(declared: &str) -> String {
    declared
        .split('/')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" OR ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn package(name: &str, foreign: bool) -> Value {
        json!({
            "id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0",
            "manifest_path": format!("/registry/{name}/Cargo.toml"),
            "source": foreign.then_some("registry"),
        })
    }

    fn needs(name: &str, kind: Option<&str>) -> Value {
        json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] })
    }

    #[test]
    fn what_only_builds_tests_or_the_job_need_is_in_no_package() {
        let metadata = json!({
            "packages": [
                package("madoguchi", false), package("cli", false), package("password-job", false),
                package("linked", true), package("deep", true), package("built", true),
                package("tested", true), package("of-the-job", true),
            ],
            "resolve": { "nodes": [
                { "id": "madoguchi", "deps": [needs("linked", None), needs("built", Some("build"))] },
                { "id": "cli", "deps": [needs("password-job", None), needs("tested", Some("dev"))] },
                { "id": "password-job", "deps": [needs("of-the-job", None)] },
                { "id": "linked", "deps": [needs("deep", None)] },
            ]},
        });
        let names: Vec<String> = crates(&metadata)
            .unwrap()
            .into_iter()
            .map(|part| format!("{} {}", part.name, part.licence))
            .collect();
        assert_eq!(
            names,
            ["deep MIT OR Apache-2.0", "linked MIT OR Apache-2.0"]
        );
    }

    #[test]
    fn npm_packages_of_the_build_alone_are_left_out() {
        let lock = json!({ "packages": {
            "": { "license": "MIT" },
            "node_modules/@a/b": { "version": "1.0.0", "license": "OFL-1.1" },
            "node_modules/svelte": { "version": "5.0.0", "license": "MIT" },
            "node_modules/vite": { "version": "8.0.0", "license": "MIT", "dev": true },
        }});
        let names: Vec<String> = npm(&lock, Path::new("ui"))
            .into_iter()
            .map(|part| part.name)
            .collect();
        assert_eq!(names, ["@a/b", "svelte"]);
    }

    #[test]
    fn licence_files_are_known_by_their_names() {
        for name in [
            "LICENSE",
            "license-mit.txt",
            "COPYING",
            "NOTICE.md",
            "UNLICENSE",
        ] {
            assert!(says_licence(Path::new(name)), "{name}");
        }
        for name in ["README.md", "lib.rs", "LICENSE.spdx"] {
            assert!(!says_licence(Path::new(name)), "{name}");
        }
    }
}
