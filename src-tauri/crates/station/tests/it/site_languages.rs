//! What a site's own language must say, and where it may.

use crate::site_packs::{load, vietnamese, written};

/// S52, N18: a language's walk-throughs may all be said in the file they share.
#[test]
fn a_further_language_may_say_its_walk_throughs_in_one_file() {
    let mut files = vietnamese();
    let shared = "locales/vi/packs/shared.ftl";
    let mut all = files.remove(shared).unwrap();
    for pack in ["walkthrough-a", "walkthrough-b", "walkthrough-c"] {
        let own = files.remove(&format!("locales/vi/packs/{pack}.ftl"));
        let unsaid = |line: &&str| pack == "walkthrough-a" || !line.starts_with("install-");
        let own = own.unwrap();
        all.extend(own.lines().filter(unsaid).flat_map(|line| [line, "\n"]));
    }
    files.insert(shared.to_owned(), all.clone());
    let site = load(written(&files).path());
    assert_eq!(site.problems, Vec::<String>::new());
    assert_eq!(site.in_force, ["vi"]);

    let line = all.lines().find(|line| line.starts_with("c3-title = "));
    let lacking = all.replacen(line.unwrap(), "", 1);
    files.insert(shared.to_owned(), lacking);
    let site = load(written(&files).path());
    assert!(site.in_force.is_empty());
    assert!(
        site.problems[0].contains("locales/vi/packs/shared.ftl: c3-title: missing"),
        "{:?}",
        site.problems
    );
}
