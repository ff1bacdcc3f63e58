#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use host::named::{exposed, exposed_program};

use crate::again;

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// A folder, and its path without links.
fn folder() -> (tempfile::TempDir, std::path::PathBuf) {
    // Sticky everywhere; what TMPDIR names may be anybody's.
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    mode(folder.path(), 0o755);
    let path = folder.path().canonicalize().unwrap();
    (folder, path)
}

/// T8: the file, the way to it, and everything in a folder.
#[test]
fn t8_whatever_others_can_change_of_a_named_file_or_folder_is_told() {
    let (_folder, root) = folder();
    let at = |name: &str| root.join(name);
    fs::create_dir_all(at("packs/a/b")).unwrap();
    for name in ["packs", "packs/a", "packs/a/b"] {
        mode(&at(name), 0o755);
    }
    for name in ["ca.pem", "packs/one", "packs/a/b/two"] {
        fs::write(at(name), "").unwrap();
        mode(&at(name), 0o644);
    }
    symlink(at("ca.pem"), at("link")).unwrap();
    let check = |named: &str, told: bool, what: &str| {
        let exposed = exposed(&at(named));
        assert_eq!(exposed.is_some(), told, "{what}: {exposed:?}");
    };
    for named in ["ca.pem", "link", "packs", "not-there"] {
        check(named, false, named);
    }
    let open = |opened: &str, bits: u32, named: &str| {
        let own = at(opened).metadata().unwrap().permissions().mode();
        mode(&at(opened), bits);
        check(named, true, opened);
        mode(&at(opened), own);
        check(named, false, opened);
    };
    open("ca.pem", 0o646, "ca.pem");
    open("ca.pem", 0o646, "link");
    open("packs", 0o777, "packs");
    open("packs/one", 0o666, "packs");
    open("packs/a", 0o777, "packs");
    open("packs/a/b/two", 0o646, "packs");
    // Only an administrator can give files away.
    if std::os::unix::fs::chown(at("packs/a/b/two"), Some(4_321), None).is_ok() {
        check("packs", true, "a file of somebody else");
    }
}

/// T8: whoever can put there what is not there yet has a hand in it as well.
#[test]
fn t8_what_is_not_there_yet_is_told_where_others_can_put_it() {
    let (_folder, root) = folder();
    let below = root.join("below");
    fs::create_dir(&below).unwrap();
    symlink(root.join("nowhere"), root.join("link")).unwrap();
    for named in ["below/ca.pem", "below/deep/er/ca.pem"] {
        let named = root.join(named);
        let program = named.to_str().unwrap();
        for (bits, told) in [(0o755, false), (0o777, true), (0o1777, true)] {
            mode(&below, bits);
            assert_eq!(exposed(&named).is_some(), told, "{named:?} {bits:o}");
            assert_eq!(exposed_program(program).is_some(), told, "{bits:o}");
        }
    }
    assert!(exposed(&root.join("link")).is_some(), "it leads nowhere");
}

/// T8: what is too deep or too much to look through is not taken for nobody's to change.
#[test]
fn t8_a_folder_that_holds_too_much_is_told() {
    let (_folder, root) = folder();
    let deepest = (0..9).fold(root.join("deep"), |at, _| at.join("er"));
    fs::create_dir_all(&deepest).unwrap();
    let (mut at, deep) = (deepest.clone(), root.join("deep"));
    while at != root {
        mode(&at, 0o755);
        at.pop();
    }
    assert!(exposed(&deep).unwrap().contains("nobody can tell"));
    fs::remove_dir(&deepest).unwrap();
    fs::remove_dir(deepest.parent().unwrap()).unwrap();
    assert_eq!(exposed(&deep), None);
    let full = root.join("full");
    fs::create_dir(&full).unwrap();
    mode(&full, 0o755);
    for number in 0..16_385 {
        symlink("/", full.join(number.to_string())).unwrap();
    }
    assert!(exposed(&full).unwrap().contains("nobody can tell"));
    fs::remove_file(full.join("0")).unwrap();
    assert_eq!(exposed(&full), None);
}

/// T8: a bare name is looked for on the way that `PATH` says.
#[test]
fn t8_a_program_that_others_can_change_or_come_before_is_told() {
    const NAME: &str = "program-of-a-test";
    // PATH is the whole process's, so each is another process.
    if let Some(expected) = again::task() {
        let told = exposed_program(NAME);
        assert_eq!(told.is_some(), expected == "told", "{told:?}");
        return;
    }
    let (_folder, root) = folder();
    let (program, early) = (root.join(NAME), root.join("early"));
    fs::write(&program, "#!/bin/sh\n").unwrap();
    fs::create_dir(&early).unwrap();
    mode(&early, 0o755);
    for (bits, told) in [(0o755, false), (0o757, true)] {
        mode(&program, bits);
        let exposed = exposed_program(program.to_str().unwrap());
        assert_eq!(exposed.is_some(), told, "{bits:o}: {exposed:?}");
    }
    let check = |path: &str, expected: &str| {
        let test = "named::t8_a_program_that_others_can_change_or_come_before_is_told";
        let mut command = again::command(test, expected);
        command.env("PATH", path);
        again::run(command);
    };
    let (whole, before) = (root.to_str().unwrap(), early.to_str().unwrap());
    check(&format!("{before}:{whole}"), "told");
    mode(&program, 0o755);
    check(&format!("/not-there:{before}:{whole}"), "none");
    check(&format!(".:{whole}"), "told");
    mode(&early, 0o777);
    check(&format!("{before}:{whole}"), "told");
    check(&format!("{whole}:{before}"), "none");
}
