//! No module takes something out of one that takes something out of it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use super::check::Check;
use super::modules::{Arrows, Modules};
use super::packages::{Package, TargetKind};

/// Circles that stay: the crate, and the module they lie in with all that is below it; "" is the whole crate.
const ALLOWED: &[(&str, &str)] = &[
    // One type's methods are parted over the files of the folder.
    ("onboarding", "visit"),
    // To be opened when its data is parted from what answers requests.
    ("entra-sim", ""),
];

pub(super) fn checks(packages: &[Package]) -> Vec<Check> {
    let complaints = packages.iter().flat_map(|package| {
        roots(package)
            .into_iter()
            .flat_map(|root| complaints(&package.name, &Modules::read(root).arrows()))
    });
    vec![Check::new(
        "no modules of a crate stand in a circle: what both need goes into a file below them",
        complaints.collect(),
    )]
}

/// Where its library begins, or its programs where it has none: those beside a library name it like any other crate.
fn roots(package: &Package) -> Vec<&Path> {
    let of = |kind: TargetKind| {
        let targets = package.targets.iter();
        let targets = targets.filter(move |target| target.kind == kind);
        targets.map(|target| target.path.as_path())
    };
    let libraries: Vec<&Path> = of(TargetKind::Library).collect();
    if libraries.is_empty() {
        return of(TargetKind::Program).collect();
    }
    libraries
}

/// One line for each knot of modules, with the shortest way round in it.
fn complaints(crate_name: &str, arrows: &Arrows) -> Vec<String> {
    let reached: BTreeMap<&str, BTreeSet<&str>> = arrows
        .keys()
        .map(|from| (from.as_str(), reached(arrows, from)))
        .collect();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for from in reached.keys() {
        let knot: Vec<&str> = reached[from]
            .iter()
            .copied()
            .filter(|to| reached[to].contains(from))
            .collect();
        if knot.len() < 2 || told.contains(from) {
            continue;
        }
        told.extend(&knot);
        if !allowed(crate_name, &knot) {
            let ways = knot.iter().filter_map(|from| way_round(arrows, from));
            let shortest = ways.min_by_key(Vec::len).unwrap_or_default();
            found.push(told_of(crate_name, arrows, &knot, &shortest));
        }
    }
    found
}

fn allowed(crate_name: &str, knot: &[&str]) -> bool {
    ALLOWED.iter().any(|(name, folder)| {
        let inside = |module: &str| {
            let below = module.strip_prefix(folder);
            folder.is_empty() || below.is_some_and(|b| b.is_empty() || b.starts_with("::"))
        };
        *name == crate_name && knot.iter().all(|module| inside(module))
    })
}

/// All that can be reached along arrows; the module itself only on a way round.
fn reached<'a>(arrows: &'a Arrows, from: &str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&str> = vec![from];
    while let Some(at) = next.pop() {
        for to in arrows.get(at).into_iter().flat_map(BTreeMap::keys) {
            if seen.insert(to.as_str()) {
                next.push(to);
            }
        }
    }
    seen
}

/// The shortest way from a module back to itself.
fn way_round<'a>(arrows: &'a Arrows, from: &'a str) -> Option<Vec<&'a str>> {
    let mut ways = VecDeque::from([vec![from]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        let at = way.last()?;
        for to in arrows.get(*at).into_iter().flat_map(BTreeMap::keys) {
            let mut longer = way.clone();
            longer.push(to);
            if to == from {
                return Some(longer);
            }
            if seen.insert(to.as_str()) {
                ways.push_back(longer);
            }
        }
    }
    None
}

fn told_of(crate_name: &str, arrows: &Arrows, knot: &[&str], way: &[&str]) -> String {
    let name = |module: &str| match module {
        "" => "(root)".to_owned(),
        module => module.to_owned(),
    };
    let mut words = format!("{crate_name}: {}", name(way.first().unwrap_or(&"")));
    for (from, to) in way.iter().zip(way.iter().skip(1)) {
        words += &format!(" takes {} from {}, which", arrows[*from][*to], name(to));
    }
    let words = words.trim_end_matches(", which");
    if knot.len() > 2 {
        return format!("{words} ({} modules in all)", knot.len());
    }
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The complaints about a crate of these files.
    fn of(crate_name: &str, files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        complaints(
            crate_name,
            &Modules::read(&folder.path().join("lib.rs")).arrows(),
        )
    }

    #[test]
    fn two_modules_that_take_from_each_other_are_found() {
        let found = of(
            "a",
            &[
                ("lib.rs", "mod b;\nmod c;"),
                ("b.rs", "use crate::c::C;\npub struct B(C);"),
                ("c.rs", "pub struct C;\nfn d() { crate::b::B::new(); }"),
            ],
        );
        assert_eq!(found, ["a: b takes C from c, which takes B from b"]);
    }

    #[test]
    fn a_child_and_its_parent_that_take_from_each_other_are_found() {
        let lib = ("lib.rs", "mod b;");
        let child = ("b/c.rs", "use super::B;\npub fn d(b: B) {}");
        let parent = ("b.rs", "mod c;\npub struct B;\nfn e() { c::d(B) }");
        assert_eq!(
            of("a", &[lib, parent, child]),
            ["a: b takes d from b::c, which takes B from b"]
        );
        let leaf = ("b/f.rs", "pub struct B;");
        let parent = (
            "b.rs",
            "mod c;\nmod f;\npub use self::f::B;\nfn e() { c::d(B) }",
        );
        assert!(of("a", &[lib, parent, child, leaf]).is_empty());
    }

    #[test]
    fn a_module_within_a_file_takes_and_gives_for_it() {
        let lib = ("lib.rs", "mod b;\npub struct C;");
        let user = (
            "b.rs",
            "mod words { use super::D; pub fn e(d: D) {} mod deep { use super::super::D; } }\n\
             struct D;\nfn f() { words::e(D) }",
        );
        assert!(of("a", &[lib, user]).is_empty());
        let lib = ("lib.rs", "mod b;\npub struct C;\nfn d() { b::words::e() }");
        let user = (
            "b.rs",
            "pub mod words { use super::super::C; pub fn e() -> C {} }",
        );
        assert_eq!(
            of("a", &[lib, user]),
            ["a: (root) takes e from b, which takes C from (root)"]
        );
    }

    #[test]
    fn a_file_below_a_module_within_a_file_is_read() {
        let files = [
            (
                "lib.rs",
                "mod b { mod c; }\npub struct D;\nfn e() { b::c::F }",
            ),
            ("b/c.rs", "use crate::D;\npub struct F(D);"),
        ];
        assert_eq!(
            of("a", &files),
            ["a: (root) takes F from b::c, which takes D from (root)"]
        );
    }

    #[test]
    fn a_list_of_contents_is_no_arrow() {
        let files = [
            ("lib.rs", "mod b;\npub use crate::b::B;\npub struct C;"),
            ("b.rs", "use crate::C;\npub struct B(C);"),
        ];
        assert!(of("a", &files).is_empty());
    }

    #[test]
    fn what_only_tests_take_is_no_arrow() {
        let files = [
            ("lib.rs", "mod b;\nmod c;"),
            ("b.rs", "use crate::c::C;\npub struct B(C);"),
            (
                "c.rs",
                "pub struct C;\n#[cfg(test)]\nmod tests { use crate::b::B; }",
            ),
        ];
        assert!(of("a", &files).is_empty());
    }

    #[test]
    fn a_circle_of_three_is_told_with_its_size() {
        let files = [
            ("lib.rs", "mod b;\nmod c;\nmod d;"),
            ("b.rs", "use crate::c;\npub struct B(c::C);"),
            ("c.rs", "use crate::d::*;\npub struct C(D);"),
            ("d.rs", "use super::b::B;\npub struct D(B);"),
        ];
        assert_eq!(
            of("a", &files),
            ["a: b takes C from c, which takes D from d, which takes B from b (3 modules in all)"]
        );
    }

    #[test]
    fn circles_that_stay_are_named_and_no_others() {
        assert!(allowed("entra-sim", &["a", "b"]));
        assert!(allowed("onboarding", &["visit", "visit::board"]));
        assert!(!allowed("onboarding", &["visit::board", "desk"]));
        assert!(!allowed("onboarding", &["visits", "visit"]));
        assert!(!allowed("entra", &["a", "b"]));
    }
}
