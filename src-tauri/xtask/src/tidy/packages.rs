//! Every package: its manifest, and whom it depends on.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use workplace::{During, Failure, Outcome, Place, cargo, output};

use super::check::Check;

/// What the rules look at in a package.
#[derive(Clone, Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// The name of the folder its manifest lies in; none for the root package.
    pub(crate) folder: Option<String>,
    pub(crate) description: String,
    /// Keys of `[package]` and `[lints]` that say `workspace = true`.
    pub(crate) inherited: Vec<String>,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) targets: Vec<Target>,
    /// Among the workspace's default members: a command at the top that names no package means it.
    pub(crate) by_default: bool,
}

/// Something cargo builds of a package.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) kind: TargetKind,
    /// Its first file.
    pub(crate) path: PathBuf,
}

/// What it is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TargetKind {
    Library,
    Program,
    Test,
    BuildScript,
}

/// One line of a manifest's dependency tables.
#[derive(Clone, Debug)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Only with a feature.
    pub(crate) optional: bool,
}

/// Which table it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Normal,
    Dev,
    Build,
}

/// Reads all packages of the workspace.
pub(crate) fn read(place: &Place) -> Outcome<Vec<Package>> {
    let text = output(cargo(place).args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&text).during("cargo metadata")?;
    let packages = metadata["packages"]
        .as_array()
        .ok_or_else(|| Failure::new("cargo metadata names no packages"))?;
    let defaults = metadata["workspace_default_members"]
        .as_array()
        .ok_or_else(|| Failure::new("cargo metadata names no default members"))?;
    packages
        .iter()
        .map(|package| read_one(place, package, defaults))
        .collect()
}

fn read_one(place: &Place, package: &Value, defaults: &[Value]) -> Outcome<Package> {
    let word = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let path = word("manifest_path");
    let manifest: toml::Table =
        toml::from_str(&fs::read_to_string(&path).during(&path)?).during(&path)?;
    let folder = Path::new(&path).parent().filter(|f| *f != place.root);
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    let targets = package["targets"].as_array().into_iter().flatten();
    Ok(Package {
        name: word("name"),
        folder: folder
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned()),
        description: word("description"),
        inherited: inherited(&manifest),
        dependencies: dependencies
            .map(|dependency| Dependency {
                name: dependency["name"].as_str().unwrap_or_default().to_owned(),
                kind: match dependency["kind"].as_str() {
                    Some("dev") => Kind::Dev,
                    Some("build") => Kind::Build,
                    Some(_) | None => Kind::Normal,
                },
                optional: dependency["optional"] == true,
            })
            .collect(),
        targets: targets.filter_map(target).collect(),
        by_default: defaults.contains(&package["id"]),
    })
}

fn target(target: &Value) -> Option<Target> {
    let kind = match target["kind"][0].as_str()? {
        "bin" => TargetKind::Program,
        "custom-build" => TargetKind::BuildScript,
        "test" | "bench" | "example" => TargetKind::Test,
        _ => TargetKind::Library,
    };
    Some(Target {
        kind,
        path: PathBuf::from(target["src_path"].as_str()?),
    })
}

fn inherited(manifest: &toml::Table) -> Vec<String> {
    let says_workspace = |value: &toml::Value| {
        value
            .get("workspace")
            .and_then(toml::Value::as_bool)
            .unwrap_or(false)
    };
    let mut keys: Vec<String> = manifest
        .get("package")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flatten()
        .filter(|(_, value)| says_workspace(value))
        .map(|(key, _)| key.clone())
        .collect();
    if manifest.get("lints").is_some_and(says_workspace) {
        keys.push("lints".to_owned());
    }
    keys
}

/// The rules every manifest keeps.
pub(super) fn checks(packages: &[Package]) -> Vec<Check> {
    let each = |complaint: fn(&Package) -> Option<String>| {
        packages
            .iter()
            .filter_map(complaint)
            .collect::<Vec<String>>()
    };
    vec![
        Check::new(
            "every package inherits the workspace's lints",
            each(|p| misses(p, "lints")),
        ),
        Check::new(
            "every package inherits version, edition, licence and publish",
            each(|p| {
                ["version", "edition", "license", "publish"]
                    .into_iter()
                    .find_map(|key| misses(p, key))
            }),
        ),
        Check::new(
            "every manifest says in one sentence what the package is for",
            each(|p| {
                let sentence = p.description.ends_with('.') && p.description.len() > 20;
                (!sentence).then(|| format!("{}: \"{}\"", p.name, p.description))
            }),
        ),
        Check::new(
            "a package's folder bears its name",
            each(|p| {
                let folder = p.folder.as_ref()?;
                // The command's crate lies in `cli`, as the house plan names the room.
                let agrees = *folder == p.name || (folder == "cli" && p.name == "madoguchictl");
                (!agrees).then(|| format!("{} lies in {folder}", p.name))
            }),
        ),
    ]
}

fn misses(package: &Package, key: &str) -> Option<String> {
    let has = package.inherited.iter().any(|k| k == key);
    (!has).then(|| format!("{}: {key}.workspace = true is missing", package.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Package {
        Package {
            name: "audit".to_owned(),
            folder: Some("audit".to_owned()),
            description: "Keeps the record of every visit.".to_owned(),
            inherited: ["version", "edition", "license", "publish", "lints"]
                .map(str::to_owned)
                .to_vec(),
            ..Package::default()
        }
    }

    #[track_caller]
    fn check(package: Package, broken: &[usize]) {
        let found: Vec<usize> = checks(&[package])
            .iter()
            .enumerate()
            .filter(|(_, check)| !check.complaints.is_empty())
            .map(|(n, _)| n)
            .collect();
        assert_eq!(found, broken);
    }

    #[test]
    fn a_good_manifest_breaks_nothing() {
        check(good(), &[]);
    }

    #[test]
    fn each_rule_finds_its_breach() {
        let mut package = good();
        package.inherited.retain(|key| key != "lints");
        check(package, &[0]);
        let mut package = good();
        package.inherited.retain(|key| key != "license");
        check(package, &[1]);
        let mut package = good();
        package.description = "audit".to_owned();
        check(package, &[2]);
        let mut package = good();
        package.folder = Some("record".to_owned());
        check(package, &[3]);
    }

    #[test]
    fn inherited_keys_are_read_from_the_manifest() {
        let manifest = "[package]\nname = \"a\"\nlicense.workspace = true\n[lints]\nworkspace = true\n[dependencies]\nserde = { workspace = true }";
        assert_eq!(
            inherited(&toml::from_str(manifest).unwrap()),
            ["license", "lints"]
        );
    }
}
