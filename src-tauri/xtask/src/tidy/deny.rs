//! What `deny.toml` says of licences, bans and sources. Advisories need a network and are `cargo deny`'s own.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::process::Command;
use std::str::SplitWhitespace;

use serde_json::Value;
use toml::Table;
use workplace::{During, Failure, Outcome, Place, cargo, output, say};

use super::check::Check;

/// The words of an expression.
type Words<'a> = Peekable<SplitWhitespace<'a>>;

/// The default registry as lock files name it; split, because no file may hold its host.
const REGISTRY: &str = concat!("registry+https://github.com/rust-lang/crates.io", "-index");

pub(super) fn checks(place: &Place) -> Outcome<Vec<Check>> {
    let read = |name: &str| -> Outcome<Table> {
        let text = std::fs::read_to_string(place.root.join(name)).during(name)?;
        toml::from_str(&text).during(name)
    };
    let (rules, lock) = (read("deny.toml")?, read("Cargo.lock")?);
    let mut checks = vec![
        Check::new(
            "no package that deny.toml bans is in the lock file",
            bans(&rules, &lock),
        ),
        Check::new(
            "every package comes from the default registry or from here",
            sources(&lock),
        ),
    ];
    checks.extend(of_packages(&rules, packages(place, &rules)));
    Ok(checks)
}

/// The rules that look into the packages; where those cannot be read, the first is broken and says why.
fn of_packages(rules: &Table, packages: Outcome<BTreeMap<String, Value>>) -> Vec<Check> {
    const LICENCES: &str = "deny.toml allows the licence of every package";
    match packages {
        Ok(packages) => vec![
            Check::new(
                LICENCES,
                licences(&words(rules, "licenses", "allow"), &packages),
            ),
            Check::new(
                "every requirement names a version",
                packages.values().flat_map(wildcards).collect(),
            ),
        ],
        Err(failure) => vec![Check::new(
            LICENCES,
            vec![format!("the packages cannot be read: {failure}")],
        )],
    }
}

/// The packages for this machine, which are fetched when they are not here: it is to build them anyway. Those for the
/// other platforms of `deny.toml` as far as they are here.
fn packages(place: &Place, rules: &Table) -> Outcome<BTreeMap<String, Value>> {
    let host = host()?;
    let mut all: BTreeMap<String, Value> = of_platform(place, &host, &[])?.into_iter().collect();
    let mut missing = Vec::new();
    let others = words(rules, "graph", "targets");
    for platform in others.into_iter().filter(|platform| *platform != host) {
        match of_platform(place, &platform, &["--offline"]) {
            Ok(packages) => all.extend(packages),
            Err(_) => missing.push(platform),
        }
    }
    if !missing.is_empty() {
        let missing = missing.join(", ");
        say!(
            "  licences of what only {missing} needs are not looked at: it is not on this machine"
        );
    }
    Ok(all)
}

fn host() -> Outcome<String> {
    let told = output(Command::new("rustc").arg("-vV"))?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or_else(|| Failure::new("rustc does not say what machine this is"))?;
    Ok(host.to_owned())
}

fn of_platform(place: &Place, platform: &str, how: &[&str]) -> Outcome<Vec<(String, Value)>> {
    let mut command = cargo(place);
    command
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--filter-platform", platform])
        .args(how);
    let metadata: Value = serde_json::from_str(&output(&mut command)?)?;
    // All that the lock file has is listed; what this platform needs is in the graph.
    let needed = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten();
    let needed: Vec<&Value> = needed.map(|node| &node["id"]).collect();
    let packages = metadata["packages"].as_array().into_iter().flatten();
    Ok(packages
        .filter(|package| needed.contains(&&package["id"]))
        .map(|package| (package["id"].to_string(), package.clone()))
        .collect())
}

/// The words of a list in a section.
fn words(rules: &Table, section: &str, key: &str) -> Vec<String> {
    let list = rules.get(section).and_then(|section| section.get(key));
    let list = list.and_then(toml::Value::as_array).into_iter().flatten();
    list.filter_map(|word| word.as_str().map(str::to_owned))
        .collect()
}

fn licences(allow: &[String], packages: &BTreeMap<String, Value>) -> Vec<String> {
    packages
        .values()
        .filter_map(|package| {
            let licence = package["license"].as_str().unwrap_or_default();
            let name = package["name"].as_str().unwrap_or_default();
            (!is_allowed(licence, allow)).then(|| {
                format!("{name}: \"{licence}\"; leave it out, or allow the licence in deny.toml with a reason")
            })
        })
        .collect()
}

/// Whether an expression such as `MIT OR (Apache-2.0 WITH LLVM-exception AND ISC)` can be met.
fn is_allowed(expression: &str, allow: &[String]) -> bool {
    // Old manifests write `MIT/Apache-2.0`.
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    either(&mut words, allow) && words.next().is_none()
}

fn either(words: &mut Words, allow: &[String]) -> bool {
    let mut met = both(words, allow);
    while words.next_if_eq(&"OR").is_some() {
        met |= both(words, allow);
    }
    met
}

fn both(words: &mut Words, allow: &[String]) -> bool {
    let mut met = one(words, allow);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allow);
    }
    met
}

fn one(words: &mut Words, allow: &[String]) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let met = either(words, allow);
        return words.next_if_eq(&")").is_some() && met;
    }
    let mut licence = words.next().unwrap_or_default().to_owned();
    if words.next_if_eq(&"WITH").is_some() {
        licence = format!("{licence} WITH {}", words.next().unwrap_or_default());
    }
    allow.contains(&licence)
}

fn locked(lock: &Table) -> impl Iterator<Item = (&str, Option<&str>)> {
    let packages = lock.get("package").and_then(toml::Value::as_array);
    packages.into_iter().flatten().filter_map(|package| {
        let name = package.get("name")?.as_str()?;
        let source = package.get("source").and_then(toml::Value::as_str);
        Some((name, source))
    })
}

fn bans(rules: &Table, lock: &Table) -> Vec<String> {
    let banned = rules.get("bans").and_then(|bans| bans.get("deny"));
    let banned = banned.and_then(toml::Value::as_array).into_iter().flatten();
    banned
        .filter_map(|ban| {
            let Some((name, reason)) = whole_ban(ban) else {
                return Some(format!(
                    "{ban} is a ban this rule does not read: write {{ crate = \"name\", reason = \"…\" }}"
                ));
            };
            let found = locked(lock).any(|(package, _)| package == name);
            found.then(|| format!("{name}: {}", reason.unwrap_or("banned")))
        })
        .collect()
}

/// The package that is banned in all versions and everywhere, and why; none for a ban of another form.
fn whole_ban(ban: &toml::Value) -> Option<(&str, Option<&str>)> {
    let ban = ban.as_table()?;
    if ban.keys().any(|key| key != "crate" && key != "reason") {
        return None;
    }
    let name = ban.get("crate")?.as_str()?;
    let in_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let reason = ban.get("reason").and_then(toml::Value::as_str);
    name.chars().all(in_name).then_some((name, reason))
}

/// Requirements like `"*"`; packages of the workspace name each other by path.
fn wildcards(package: &Value) -> Vec<String> {
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    dependencies
        .filter(|dependency| dependency["req"] == "*" && dependency["path"].is_null())
        .map(|dependency| {
            format!(
                "{} takes any version of {}",
                package["name"], dependency["name"]
            )
        })
        .collect()
}

fn sources(lock: &Table) -> Vec<String> {
    locked(lock)
        .filter_map(|(name, source)| {
            let source = source.filter(|source| *source != REGISTRY)?;
            Some(format!("{name} comes from {source}"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expression: &str, expected: bool) {
        let allow = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
        assert_eq!(is_allowed(expression, &allow), expected, "{expression}");
    }

    #[test]
    fn a_licence_is_met_when_one_side_of_or_and_both_of_and_are_allowed() {
        check("MIT", true);
        check("GPL-3.0", false);
        check("", false);
        check("GPL-3.0 OR MIT", true);
        check("MIT/Apache-2.0", true);
        check("MIT AND GPL-3.0", false);
        check("(MIT OR GPL-3.0) AND ISC", true);
        check("((MIT AND GPL-3.0) OR Zlib) AND ISC", false);
        check("Apache-2.0 WITH LLVM-exception", true);
        check("Apache-2.0", false);
    }

    fn lock(source: &str) -> Table {
        let text = format!(
            "[[package]]\nname = \"ours\"\n[[package]]\nname = \"openssl\"\nsource = \"{source}\""
        );
        toml::from_str(&text).unwrap()
    }

    #[test]
    fn a_banned_package_is_found_with_the_reason() {
        let rules = "[bans]\ndeny = [{ crate = \"openssl\", reason = \"one TLS stack\" }, { crate = \"rsa\" }]";
        assert_eq!(
            bans(&toml::from_str(rules).unwrap(), &lock(REGISTRY)),
            ["openssl: one TLS stack"]
        );
    }

    #[test]
    fn a_ban_that_is_not_of_a_whole_package_is_found() {
        let rules = "[bans]\ndeny = [\"a\", { crate = \"b@1\" }, { name = \"c\" }, { crate = \"d\", wrappers = [\"e\"] }, { crate = \"f-g\" }]";
        let found = bans(&toml::from_str(rules).unwrap(), &lock(REGISTRY));
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(
            found[0].starts_with("\"a\" is a ban this rule does not read"),
            "{found:?}"
        );
    }

    #[test]
    fn a_package_from_elsewhere_is_found() {
        assert!(sources(&lock(REGISTRY)).is_empty());
        assert_eq!(
            sources(&lock("git+https://example.org/a")),
            ["openssl comes from git+https://example.org/a"]
        );
    }

    #[test]
    fn a_requirement_without_a_version_is_found_unless_it_is_a_path() {
        let package = serde_json::json!({ "name": "a", "dependencies": [
            { "name": "b", "req": "*" }, { "name": "c", "req": "*", "path": "c" }, { "name": "d", "req": "^1" }
        ] });
        assert_eq!(wildcards(&package), ["\"a\" takes any version of \"b\""]);
    }

    #[test]
    fn a_licence_that_is_not_allowed_is_found() {
        let package = |licence: &str| serde_json::json!({ "name": "a", "license": licence });
        let packages = BTreeMap::from([("a".to_owned(), package("GPL-3.0"))]);
        assert_eq!(licences(&["MIT".to_owned()], &packages).len(), 1);
        let packages = BTreeMap::from([("a".to_owned(), package("MIT"))]);
        assert!(licences(&["MIT".to_owned()], &packages).is_empty());
    }

    #[test]
    fn packages_that_cannot_be_read_break_one_rule() {
        let found = of_packages(&Table::new(), Err(Failure::new("no network")));
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].complaints,
            ["the packages cannot be read: no network"]
        );
        let found = of_packages(&Table::new(), Ok(BTreeMap::new()));
        assert!(found.iter().all(|check| check.complaints.is_empty()));
    }
}
