use std::fs;
use std::path::Path;

use host::config_file::{ConfigFileError, MAX_BYTES, read};

/// T8: what never ends, or never begins, is told at once and not read.
#[cfg(unix)]
#[test]
fn t8_only_a_file_of_a_reasonable_size_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let check = |path: &Path, expected: Option<&str>| {
        let told = read(path).map_err(|error| error.to_string());
        match expected {
            None => assert!(told.is_ok(), "{told:?}"),
            Some(what) => assert!(
                told.as_ref().is_err_and(|told| told.contains(what)),
                "{told:?}"
            ),
        }
    };
    fs::write(at("good"), "mode = \"desk\"\n").unwrap();
    check(&at("good"), None);
    std::os::unix::fs::symlink(at("good"), at("link")).unwrap();
    check(&at("link"), None);
    let most = usize::try_from(MAX_BYTES).unwrap();
    fs::write(at("full"), vec![b'#'; most]).unwrap();
    check(&at("full"), None);
    fs::write(at("long"), vec![b'#'; most + 1]).unwrap();
    check(&at("long"), Some("longer than 256 KiB"));
    fs::write(at("bytes"), [0xff, 0xfe]).unwrap();
    check(&at("bytes"), Some("not UTF-8"));
    check(folder.path(), Some("a folder"));
    check(Path::new("/dev/zero"), Some("a device"));
    check(&at("missing"), Some("cannot be read"));
    let made = std::process::Command::new("mkfifo")
        .arg(at("pipe"))
        .status()
        .unwrap();
    assert!(made.success());
    check(&at("pipe"), Some("a pipe"));
    std::os::unix::fs::symlink(at("pipe"), at("link to the pipe")).unwrap();
    check(&at("link to the pipe"), Some("a pipe"));
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    check(&at("socket"), Some("cannot be read"));
    let missing = read(&at("missing"));
    assert!(missing.is_err_and(|error: ConfigFileError| error.is_missing()));
}

/// T8: who may write the file, or replace it by way of a folder above it.
#[cfg(unix)]
#[test]
fn t8_whoever_else_may_write_the_file_is_told() {
    use std::os::unix::fs::{PermissionsExt, chown};
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let file = inner.join("madoguchi.toml");
    fs::write(&file, "").unwrap();
    let mode = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap()
    };
    let check = |way: &Path, who: Option<&str>, what: &str| {
        let exposed = read(way).unwrap().exposed;
        match who {
            None => assert_eq!(exposed, None, "{what}"),
            Some(who) => assert!(
                exposed.as_ref().is_some_and(|told| told.contains(who)),
                "{what}: {exposed:?}"
            ),
        }
    };
    mode(&inner, 0o755);
    mode(&file, 0o644);
    check(&file, None, "as it should be");
    mode(&file, 0o646);
    check(&file, Some("everybody can change"), "a file for everybody");
    mode(&file, 0o644);
    mode(&inner, 0o777);
    check(
        &file,
        Some("everybody can change"),
        "a folder for everybody",
    );
    mode(&inner, 0o1777);
    check(&file, None, "a sticky folder");
    mode(&inner, 0o755);
    // Only an administrator can give files away; others see the rest of this test's cases.
    if chown(&file, None, Some(4_321)).is_ok() {
        mode(&file, 0o664);
        check(
            &file,
            Some("the group with the number 4321"),
            "a file for a group",
        );
        mode(&file, 0o644);
        check(&file, None, "a group that may read");
        chown(&inner, Some(4_321), None).unwrap();
        check(
            &file,
            Some("the user with the number 4321"),
            "a folder of somebody else",
        );
        chown(&inner, Some(0), None).unwrap();
        chown(&file, Some(4_321), None).unwrap();
        check(
            &file,
            Some("the user with the number 4321"),
            "a file of somebody else",
        );
        chown(&file, Some(0), None).unwrap();
    }
}

/// T8: a link is followed, and both ways count.
#[cfg(unix)]
#[test]
fn t8_a_link_that_others_may_replace_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("madoguchi.toml");
    fs::write(&file, "").unwrap();
    let open = folder.path().join("open");
    fs::create_dir(&open).unwrap();
    std::os::unix::fs::symlink(&file, open.join("link")).unwrap();
    for (mode, told) in [(0o777, true), (0o755, false)] {
        fs::set_permissions(&open, fs::Permissions::from_mode(mode)).unwrap();
        let exposed = read(&open.join("link")).unwrap().exposed;
        assert_eq!(exposed.is_some(), told, "{exposed:?}");
    }
}
