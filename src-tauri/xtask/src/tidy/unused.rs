//! Dependencies that nobody names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;
use workplace::{During, Outcome, Place};

use super::check::Check;
use super::code::without_words;
use super::packages::{Kind, Package, TargetKind};

/// What acts by being linked: the package, its dependency, and why no source names it. None today.
const LINKED: &[(&str, &str, &str)] = &[];

pub(super) fn checks(place: &Place, packages: &[Package]) -> Outcome<Vec<Check>> {
    let text = fs::read_to_string(place.root.join("Cargo.toml")).during("Cargo.toml")?;
    let manifest: Table = toml::from_str(&text).during("Cargo.toml")?;
    Ok(vec![
        Check::new(
            "some package uses every line of [workspace.dependencies]",
            without_user(&manifest, packages),
        ),
        Check::new(
            "every package names what it depends on in its source",
            packages.iter().flat_map(unnamed).collect(),
        ),
    ])
}

fn without_user(manifest: &Table, packages: &[Package]) -> Vec<String> {
    let rows = manifest
        .get("workspace")
        .and_then(|w| w.get("dependencies"));
    let rows = rows.and_then(toml::Value::as_table).into_iter().flatten();
    let used: BTreeSet<&str> = packages
        .iter()
        .flat_map(|package| &package.dependencies)
        .map(|dependency| dependency.name.as_str())
        .collect();
    rows.filter(|(name, _)| !used.contains(name.as_str()))
        .map(|(name, _)| format!("{name}: remove the line"))
        .collect()
}

/// Tests may name what they want from either table; what is built may not live on the tests' names.
fn unnamed(package: &Package) -> Vec<String> {
    let of = |wanted: &[TargetKind]| -> String {
        let targets = package.targets.iter();
        let targets = targets.filter(|target| wanted.contains(&target.kind));
        targets
            .map(|target| code(&target.path, target.kind))
            .collect()
    };
    let built = of(&[TargetKind::Library, TargetKind::Program]);
    let everything = built.clone() + &of(&[TargetKind::Test]);
    let script = of(&[TargetKind::BuildScript]);
    let missing = package.dependencies.iter().filter(|dependency| {
        let code = match dependency.kind {
            Kind::Normal => &built,
            Kind::Dev => &everything,
            Kind::Build => &script,
        };
        let linked = LINKED
            .iter()
            .any(|(from, to, _)| *from == package.name && *to == dependency.name);
        !linked && !is_named(code, &dependency.name)
    });
    missing
        .map(|dependency| {
            format!(
                "{} depends on {} and names it nowhere: remove the line",
                package.name, dependency.name
            )
        })
        .collect()
}

/// The code of a target's folder; a build script stands alone.
fn code(path: &Path, kind: TargetKind) -> String {
    let read = |path: PathBuf| fs::read_to_string(path).unwrap_or_default();
    if kind == TargetKind::BuildScript {
        return without_words(&read(path.to_path_buf()));
    }
    let mut folders: Vec<PathBuf> = path.parent().map(Path::to_path_buf).into_iter().collect();
    let mut all = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                all += &without_words(&read(path));
            }
        }
    }
    all
}

/// A path that begins with the crate, or a `use` of it.
fn is_named(code: &str, dependency: &str) -> bool {
    let name = dependency.replace('-', "_");
    code.match_indices(&name).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        let in_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        !before.ends_with(in_word)
            && !after.starts_with(in_word)
            && (after.starts_with("::") || before.ends_with("use "))
    })
}

#[cfg(test)]
mod tests {
    use super::super::packages::{Dependency, Target};
    use super::*;

    fn package(folder: &Path, dependencies: &[(&str, Kind)]) -> Package {
        let target = |name: &str, kind| Target {
            kind,
            path: folder.join(name),
        };
        Package {
            name: "a".to_owned(),
            dependencies: dependencies
                .iter()
                .map(|(name, kind)| Dependency {
                    name: (*name).to_owned(),
                    kind: *kind,
                    optional: false,
                })
                .collect(),
            targets: vec![
                target("src/lib.rs", TargetKind::Library),
                target("tests/it/main.rs", TargetKind::Test),
                target("build.rs", TargetKind::BuildScript),
            ],
            ..Package::default()
        }
    }

    #[test]
    fn a_dependency_that_no_source_names_is_found() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("src/lib.rs", "mod b;\n// url::Url\nlet url = 1;"),
            ("src/b/mod.rs", "use serde_json::Value;"),
            ("tests/it/main.rs", "fn a() { rand::random() }"),
            ("build.rs", "fn main() { tauri_build::build() }"),
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let used = [
            ("serde_json", Kind::Normal),
            ("rand", Kind::Dev),
            ("tauri-build", Kind::Build),
        ];
        assert!(unnamed(&package(folder.path(), &used)).is_empty());
        let unused = [
            ("url", Kind::Normal),
            ("rand", Kind::Normal),
            ("serde", Kind::Dev),
            ("serde_json", Kind::Build),
        ];
        let found = unnamed(&package(folder.path(), &unused));
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(
            found[0],
            "a depends on url and names it nowhere: remove the line"
        );
    }

    #[test]
    fn a_line_that_no_package_uses_is_found() {
        let manifest = "[workspace.dependencies]\nserde = \"1\"\nsecrecy = \"0.10\"";
        let user = package(Path::new("."), &[("serde", Kind::Dev)]);
        assert_eq!(
            without_user(&toml::from_str(manifest).unwrap(), &[user]),
            ["secrecy: remove the line"]
        );
    }
}
