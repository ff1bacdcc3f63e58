//! Dependencies that nobody names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;
use workplace::{During, Outcome, Place};

use super::check::Check;
use super::code::without_words;
use super::packages::{Kind, Package, TargetKind};
use super::uses::split;

/// Where this file is, for who wants to add a line.
const HERE: &str = "src-tauri/xtask/src/tidy/unused.rs";
/// What acts by being linked: the package, its dependency, and why no source names it. None today.
const LINKED: &[(&str, &str, &str)] = &[(
    "station",
    "rcgen",
    "its journeys borrow the mail server of the mail room's tests, whose file names it",
)];

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
    let of = |wanted: &[TargetKind]| -> Source {
        let targets = package.targets.iter();
        let targets = targets.filter(|target| wanted.contains(&target.kind));
        Source::new(
            targets
                .map(|target| code(&target.path, target.kind))
                .collect(),
        )
    };
    let built = of(&[TargetKind::Library, TargetKind::Program]);
    let everything = of(&[TargetKind::Library, TargetKind::Program, TargetKind::Test]);
    let script = of(&[TargetKind::BuildScript]);
    let missing = package.dependencies.iter().filter(|dependency| {
        let source = match dependency.kind {
            Kind::Normal => &built,
            Kind::Dev => &everything,
            Kind::Build => &script,
        };
        let linked = LINKED
            .iter()
            .any(|(from, to, _)| *from == package.name && *to == dependency.name);
        !linked && !source.names(&dependency.name)
    });
    missing
        .map(|dependency| {
            format!(
                "{} depends on {} and names it nowhere: remove the line, or, if it acts by being linked, add it to LINKED in {HERE} with the reason",
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

/// Code without comments and words in quotes, in which crates are looked for.
struct Source {
    code: String,
    /// What the paths of its imports begin with.
    imported: BTreeSet<String>,
}

impl Source {
    fn new(code: String) -> Self {
        let (imports, _) = split(&code);
        let firsts = imports.into_iter();
        let imported = firsts.filter_map(|import| import.path.into_iter().next());
        Self {
            imported: imported.collect(),
            code,
        }
    }

    /// Whether it imports the crate, or names it as one: in a path, by its macro, or as `extern`.
    fn names(&self, dependency: &str) -> bool {
        let name = dependency.replace('-', "_");
        self.imported.contains(&name)
            || self.code.match_indices(&name).any(|(at, _)| {
                let (before, after) = (&self.code[..at], &self.code[at + name.len()..]);
                let in_word = |letter: char| letter.is_alphanumeric() || letter == '_';
                let called = after.starts_with('!') && !after.starts_with("!=");
                !before.ends_with(in_word)
                    && !after.starts_with(in_word)
                    && (after.starts_with("::") || called || before.ends_with("extern crate "))
            })
    }
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
        let expected = "a depends on url and names it nowhere: remove the line, ";
        assert!(found[0].starts_with(expected), "{found:?}");
        assert!(found[0].contains("LINKED"), "{found:?}");
    }

    #[test]
    fn a_crate_is_named_in_a_list_by_its_macro_and_as_extern() {
        #[track_caller]
        fn check(code: &str, expected: bool) {
            let source = Source::new(code.to_owned());
            assert_eq!(source.names("url"), expected, "{code}");
        }
        check("use url;", true);
        check("pub use ::url::Url;", true);
        check("use {serde::{de, ser}, url};", true);
        check("use {serde::de, url as b, c};", true);
        check("extern crate url;", true);
        check("extern crate url as b;", true);
        check("url!(a)", true);
        check("let a: url::Url = b;", true);
        check("use serde::{de, url};", false);
        check("if url != a { my_url!(url) }", false);
        check("let url = a;", false);
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
