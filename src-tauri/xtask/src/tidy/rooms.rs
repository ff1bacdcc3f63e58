//! Which room may touch what: the dependency rules of the house.

use workplace::{Outcome, Place, cargo, output};

use super::check::Check;
use super::packages::{Kind, Package};

/// Features of Tauri that open a door: an inspector, a leak of what crosses IPC, private or unstable ways.
const SHUT: [&str; 6] = [
    "devtools",
    "tracing",
    "webview-data-url",
    "macos-private-api",
    "protocol-asset",
    "unstable",
];

pub(super) fn checks(place: &Place, packages: &[Package]) -> Vec<Check> {
    let mut checks = of_manifests(packages);
    checks.extend(of_trees(place, packages));
    checks
}

fn of_manifests(packages: &[Package]) -> Vec<Check> {
    vec![
        Check::new(
            "Tauri is known only to the root package",
            only_in(packages, |name| name.starts_with("tauri"), &["madoguchi"]),
        ),
        Check::new(
            "HTTP and OAuth are known only to `entra`",
            only_in(
                packages,
                |name| matches!(name, "reqwest" | "oauth2"),
                &["entra"],
            ),
        ),
        Check::new(
            "SMTP is known only to `mail`",
            only_in(packages, |name| name == "lettre", &["mail"]),
        ),
        Check::new(
            "keyring, qrcode and sysinfo are known only to `host`",
            only_in(
                packages,
                |name| matches!(name, "keyring" | "keyring-core" | "qrcode" | "sysinfo"),
                &["host"],
            ),
        ),
        Check::new(
            "the record's database is known only to `audit`",
            only_in(packages, |name| name == "rusqlite", &["audit"]),
        ),
        Check::new(
            "the simulated tenant serves tests only and shares no code with the app",
            simulated_tenant(packages),
        ),
        Check::new(
            "no package for tests is among the workspace's default members",
            built_by_default(packages),
        ),
        Check::new(
            "the leaves know nothing of each other or of the rooms above",
            leaves(packages),
        ),
        Check::new(
            "the command holds the password job by its feature alone",
            job_by_choice(packages),
        ),
    ]
}

fn of_trees(place: &Place, packages: &[Package]) -> Vec<Check> {
    let machine = tree(place, "onboarding", "{p}");
    let command = tree(place, &name_of_cli(packages), "{p}");
    let features = tree(place, "madoguchi", "{p} {f}");
    vec![
        Check::new(
            "the machine is pure: no tokio, reqwest, hyper, tauri, rand or files",
            in_tree(&machine, |tree| {
                holds(tree, |name| {
                    name.starts_with("tauri")
                        || matches!(
                            name,
                            "tokio" | "reqwest" | "hyper" | "rand" | "tempfile" | "rusqlite"
                        )
                })
            }),
        ),
        Check::new(
            "the command links no window",
            in_tree(&command, |tree| {
                holds(tree, |name| {
                    name.starts_with("tauri")
                        || name.contains("webkit")
                        || matches!(name, "wry" | "tao" | "gtk")
                })
            }),
        ),
        Check::new(
            "no kiosk's package holds the password job",
            in_tree(&features, |tree| {
                holds(tree, |name| matches!(name, "password-job" | "cli"))
            }),
        ),
        Check::new(
            "no feature of Tauri opens a door",
            in_tree(&features, open_doors),
        ),
        Check::new(
            "nothing of the simulated tenant is in the app unless `training` is chosen",
            in_tree(&features, |tree| {
                holds(tree, |name| FOR_TESTS.contains(&name))
            }),
        ),
    ]
}

fn name_of_cli(packages: &[Package]) -> String {
    packages
        .iter()
        .find(|package| package.folder.as_deref() == Some("cli"))
        .map_or_else(|| "cli".to_owned(), |package| package.name.clone())
}

/// The normal dependency tree of one package, one crate a line.
fn tree(place: &Place, package: &str, format: &str) -> Outcome<Vec<String>> {
    let mut command = cargo(place);
    command
        .args(["tree", "--package", package, "--edges", "normal"])
        .args(["--prefix", "none", "--no-dedupe", "--format", format]);
    let mut lines: Vec<String> = output(&mut command)?.lines().map(str::to_owned).collect();
    lines.sort();
    lines.dedup();
    Ok(lines)
}

fn only_in(packages: &[Package], what: fn(&str) -> bool, allowed: &[&str]) -> Vec<String> {
    packages
        .iter()
        .filter(|package| !allowed.contains(&package.name.as_str()))
        .flat_map(|package| {
            package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind != Kind::Dev && what(&dependency.name))
                .map(|dependency| format!("{} depends on {}", package.name, dependency.name))
        })
        .collect()
}

/// Packages that exist for tests and tools: what is shipped may need them in its tests only.
const FOR_TESTS: &[&str] = &[
    "bench",
    "contract",
    "desk-world",
    "documented",
    "entra-sim",
    "headless-browser",
    "soak",
    "test-station",
    "tour",
    "training",
    "workplace",
    "xtask",
];
/// What the app takes in when it is built to train with, and only then.
const TRAINING: (&str, &str) = ("madoguchi", "training");

/// One bug must not hide on both sides, and the app has no path that exists for tests.
fn simulated_tenant(packages: &[Package]) -> Vec<String> {
    packages
        .iter()
        .flat_map(|package| {
            package.dependencies.iter().filter_map(|dependency| {
                let (from, to) = (package.name.as_str(), dependency.name.as_str());
                let shipped = !FOR_TESTS.contains(&from);
                let chosen = dependency.optional && (from, to) == TRAINING;
                let into =
                    shipped && FOR_TESTS.contains(&to) && dependency.kind != Kind::Dev && !chosen;
                let shares = from == "entra-sim"
                    && matches!(to, "entra" | "station" | "onboarding" | "audit" | "host");
                (into || shares).then(|| format!("{from} depends on {to}"))
            })
        })
        .collect()
}

/// What `cargo build --release` at the top makes is for whoever installs it.
fn built_by_default(packages: &[Package]) -> Vec<String> {
    packages
        .iter()
        .filter(|package| package.by_default && FOR_TESTS.contains(&package.name.as_str()))
        .map(|package| format!("{}: take it out of default-members", package.name))
        .collect()
}

/// `madoguchictl` for a counter's machine is built without the job, so nothing shipped needs it always.
fn job_by_choice(packages: &[Package]) -> Vec<String> {
    packages
        .iter()
        .filter(|package| !FOR_TESTS.contains(&package.name.as_str()))
        .flat_map(|package| {
            let of = package.dependencies.iter().filter(|dependency| {
                dependency.name == "password-job"
                    && dependency.kind != Kind::Dev
                    && !dependency.optional
            });
            of.map(|_| format!("{} always holds the password job", package.name))
        })
        .collect()
}

fn leaves(packages: &[Package]) -> Vec<String> {
    const ROOMS: [&str; 8] = [
        "onboarding",
        "entra",
        "audit",
        "host",
        "mail",
        "station",
        "madoguchi",
        "cli",
    ];
    packages
        .iter()
        .filter(|package| {
            matches!(
                package.name.as_str(),
                "onboarding" | "entra" | "audit" | "host" | "mail"
            )
        })
        .flat_map(|package| {
            package
                .dependencies
                .iter()
                .filter(|dependency| ROOMS.contains(&dependency.name.as_str()))
                .map(|dependency| format!("{} depends on {}", package.name, dependency.name))
        })
        .collect()
}

/// What a rule finds in a tree; a tree that cannot be read breaks it.
fn in_tree(tree: &Outcome<Vec<String>>, rule: fn(&[String]) -> Vec<String>) -> Vec<String> {
    match tree {
        Ok(tree) => rule(tree),
        Err(failure) => vec![format!("the dependencies cannot be read: {failure}")],
    }
}

/// Lines of a tree that name a forbidden crate.
fn holds(tree: &[String], forbidden: fn(&str) -> bool) -> Vec<String> {
    tree.iter()
        .filter(|line| line.split_whitespace().next().is_some_and(forbidden))
        .cloned()
        .collect()
}

/// Lines `tauri v2.12.5 common-controls-v6,wry` that name a feature kept shut.
fn open_doors(tree: &[String]) -> Vec<String> {
    tree.iter()
        .filter(|line| line.starts_with("tauri v"))
        .flat_map(|line| {
            let features = line.split_whitespace().nth(2).unwrap_or_default();
            features.split(',').filter(|feature| SHUT.contains(feature))
        })
        .map(|feature| format!("tauri is built with \"{feature}\""))
        .collect()
}

#[cfg(test)]
mod tests {
    use workplace::Failure;

    use super::super::packages::Dependency;
    use super::*;

    fn package(name: &str, dependencies: &[(&str, Kind)]) -> Package {
        Package {
            name: name.to_owned(),
            dependencies: dependencies
                .iter()
                .map(|(name, kind)| Dependency {
                    name: (*name).to_owned(),
                    kind: *kind,
                    optional: false,
                })
                .collect(),
            ..Package::default()
        }
    }

    #[test]
    fn a_dependency_in_the_wrong_room_is_found() {
        let http = |name: &str| matches!(name, "reqwest" | "oauth2");
        let wrong = [
            package("station", &[("reqwest", Kind::Normal)]),
            package("entra", &[("reqwest", Kind::Normal)]),
        ];
        assert_eq!(
            only_in(&wrong, http, &["entra"]),
            ["station depends on reqwest"]
        );
        let in_tests = [package("station", &[("reqwest", Kind::Dev)])];
        assert!(only_in(&in_tests, http, &["entra"]).is_empty());
    }

    #[test]
    fn a_room_that_speaks_smtp_by_itself_is_found() {
        let smtp = |name: &str| name == "lettre";
        let wrong = [
            package("station", &[("lettre", Kind::Normal)]),
            package("mail", &[("lettre", Kind::Normal)]),
        ];
        assert_eq!(
            only_in(&wrong, smtp, &["mail"]),
            ["station depends on lettre"]
        );
    }

    #[test]
    fn the_tenant_shares_no_code_with_the_client() {
        assert!(simulated_tenant(&[package("entra", &[("entra-sim", Kind::Dev)])]).is_empty());
        assert_eq!(
            simulated_tenant(&[package("station", &[("entra-sim", Kind::Normal)])]),
            ["station depends on entra-sim"]
        );
        assert!(
            simulated_tenant(&[package("test-station", &[("entra-sim", Kind::Normal)])]).is_empty()
        );
        assert_eq!(
            simulated_tenant(&[package("madoguchi", &[("test-station", Kind::Normal)])]),
            ["madoguchi depends on test-station"]
        );
        assert_eq!(
            simulated_tenant(&[package("entra-sim", &[("entra", Kind::Dev)])]),
            ["entra-sim depends on entra"]
        );
    }

    #[test]
    fn the_app_may_take_a_lesson_in_by_choice_and_nothing_else_of_it() {
        let chosen = |from: &str, to: &str, optional| {
            let mut package = package(from, &[(to, Kind::Normal)]);
            package.dependencies[0].optional = optional;
            simulated_tenant(&[package])
        };
        assert!(chosen("madoguchi", "training", true).is_empty());
        assert_eq!(
            chosen("madoguchi", "training", false),
            ["madoguchi depends on training"]
        );
        assert_eq!(
            chosen("madoguchi", "entra-sim", true),
            ["madoguchi depends on entra-sim"]
        );
        assert_eq!(
            chosen("station", "training", true),
            ["station depends on training"]
        );
    }

    #[test]
    fn a_package_for_tests_that_is_built_by_default_is_found() {
        let by_default = |name: &str| Package {
            by_default: true,
            ..package(name, &[])
        };
        let packages = [
            by_default("station"),
            by_default("entra-sim"),
            package("bench", &[]),
        ];
        assert_eq!(
            built_by_default(&packages),
            ["entra-sim: take it out of default-members"]
        );
    }

    #[test]
    fn a_package_that_cannot_do_without_the_job_is_found_n11() {
        let chosen = |from: &str, optional| {
            let mut package = package(from, &[("password-job", Kind::Normal)]);
            package.dependencies[0].optional = optional;
            job_by_choice(&[package])
        };
        assert!(chosen("cli", true).is_empty());
        assert_eq!(chosen("cli", false), ["cli always holds the password job"]);
        let in_tests = package("cli", &[("password-job", Kind::Dev)]);
        assert!(job_by_choice(&[in_tests]).is_empty());
    }

    #[test]
    fn a_leaf_that_knows_another_is_found() {
        assert_eq!(
            leaves(&[package("audit", &[("onboarding", Kind::Normal)])]),
            ["audit depends on onboarding"]
        );
        assert_eq!(
            leaves(&[package("mail", &[("entra", Kind::Normal)])]),
            ["mail depends on entra"]
        );
        assert!(leaves(&[package("station", &[("audit", Kind::Normal)])]).is_empty());
    }

    #[test]
    fn a_forbidden_crate_in_a_tree_is_found_by_its_whole_name() {
        let tree = ["tokio v1.54.1", "tokio-lookalike v1.0.0", "serde v1.0.0"].map(str::to_owned);
        assert_eq!(holds(&tree, |name| name == "tokio"), ["tokio v1.54.1"]);
    }

    #[test]
    fn a_tree_that_cannot_be_read_breaks_its_rule() {
        assert_eq!(
            in_tree(&Err(Failure::new("no network")), open_doors),
            ["the dependencies cannot be read: no network"]
        );
        assert!(in_tree(&Ok(Vec::new()), open_doors).is_empty());
    }

    #[test]
    fn a_feature_kept_shut_is_found() {
        let tree = ["tauri v2.12.5 wry,devtools,x11".to_owned()];
        assert_eq!(open_doors(&tree), ["tauri is built with \"devtools\""]);
        assert!(open_doors(&["tauri v2.12.5 wry,x11".to_owned()]).is_empty());
    }
}
