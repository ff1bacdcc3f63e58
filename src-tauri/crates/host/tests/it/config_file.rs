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
    use std::os::unix::fs::chown;
    let (_folder, root) = folder();
    let inner = root.join("inner");
    fs::create_dir(&inner).unwrap();
    let file = inner.join("madoguchi.toml");
    fs::write(&file, "").unwrap();
    let check = |way: &Path, who: Option<&str>, what: &str| {
        let exposed = exposed_within(&root, way);
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

/// T8: each link on the way is gone by itself: who may replace it or what it leads over is told.
#[cfg(unix)]
#[test]
fn t8_a_link_that_others_may_replace_is_told() {
    use std::os::unix::fs::symlink;
    let (_folder, root) = folder();
    let at = |name: &str| root.join(name);
    for name in ["safe", "open", "safe/inner"] {
        fs::create_dir(at(name)).unwrap();
        mode(&at(name), 0o755);
    }
    fs::write(at("safe/madoguchi.toml"), "").unwrap();
    fs::write(at("safe/inner/madoguchi.toml"), "").unwrap();
    mode(&at("safe/madoguchi.toml"), 0o644);
    mode(&at("safe/inner/madoguchi.toml"), 0o644);
    // A link in the folder that others may write; one that leads over it; one whose target climbs out of it; a folder
    // reached over it; and a chain of relative ones.
    symlink(at("safe/madoguchi.toml"), at("open/link")).unwrap();
    symlink(at("open/link"), at("safe/over")).unwrap();
    symlink("../open/../safe/madoguchi.toml", at("safe/climbing")).unwrap();
    symlink(at("safe/inner"), at("open/folder")).unwrap();
    symlink("../open/folder", at("safe/folder")).unwrap();
    symlink("over", at("safe/first")).unwrap();
    let ways = [
        "open/link",
        "safe/over",
        "safe/climbing",
        "open/folder/madoguchi.toml",
        "safe/folder/madoguchi.toml",
        "safe/folder/../madoguchi.toml",
        "safe/first",
    ];
    for (bits, told) in [(0o777, true), (0o755, false)] {
        mode(&at("open"), bits);
        for way in ways {
            let exposed = exposed_within(&root, &at(way));
            assert_eq!(exposed.is_some(), told, "{way}: {exposed:?}");
        }
    }
}

/// T8: in a folder where nobody can replace another's file, a link still belongs to whoever made it.
#[cfg(unix)]
#[test]
fn t8_a_link_of_somebody_else_is_told() {
    use std::os::unix::fs::{lchown, symlink};
    let (_folder, root) = folder();
    let sticky = root.join("sticky");
    fs::create_dir(&sticky).unwrap();
    mode(&sticky, 0o1777);
    fs::write(root.join("madoguchi.toml"), "").unwrap();
    mode(&root.join("madoguchi.toml"), 0o644);
    let link = sticky.join("link");
    symlink("../madoguchi.toml", &link).unwrap();
    symlink("sticky/link", root.join("first")).unwrap();
    let ways = [link.clone(), root.join("first")];
    for way in &ways {
        assert_eq!(exposed_within(&root, way), None);
    }
    // Only an administrator can give links away.
    if lchown(&link, Some(4_321), None).is_ok() {
        for way in &ways {
            let told = exposed_within(&root, way).unwrap_or_default();
            assert!(told.contains("the user with the number 4321"), "{told}");
        }
    }
}

/// A folder, and its path without links.
#[cfg(unix)]
fn folder() -> (tempfile::TempDir, std::path::PathBuf) {
    // Sticky everywhere; what TMPDIR names may be anybody's.
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    mode(folder.path(), 0o755);
    let path = folder.path().canonicalize().unwrap();
    (folder, path)
}

/// Who is told to have a hand in the file by what lies in this folder, whatever is said of where the folder lies.
#[cfg(unix)]
fn exposed_within(folder: &Path, way: &Path) -> Option<String> {
    let exposed = read(way).unwrap().exposed;
    exposed.filter(|told| told.contains(folder.to_str().unwrap()))
}

#[cfg(unix)]
fn mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// An access control list of Linux that lets this user write; its mask stands where the mode has the group's rights.
#[cfg(target_os = "linux")]
fn let_write(path: &std::path::Path, user: u32) {
    const NOBODY: u32 = u32::MAX;
    let entries: [(u16, u16, u32); 5] = [
        (0x01, 7, NOBODY),
        (0x02, 7, user),
        (0x04, 5, NOBODY),
        (0x10, 7, NOBODY),
        (0x20, 5, NOBODY),
    ];
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, rights, whose) in entries {
        list.extend(tag.to_le_bytes());
        list.extend(rights.to_le_bytes());
        list.extend(whose.to_le_bytes());
    }
    let flags = rustix::fs::XattrFlags::empty();
    rustix::fs::setxattr(path, "system.posix_acl_access", &list, flags).unwrap();
}

/// The group's rights of a file with such a list are no group's: a named user has them.
#[cfg(target_os = "linux")]
#[test]
fn t8_whoever_an_access_control_list_lets_write_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("madoguchi.toml");
    std::fs::write(&file, "").unwrap();
    let told = || host::named::exposed(&file);
    assert_eq!(told(), None);
    let_write(&file, 4242);
    let by_file = told().unwrap();
    assert!(by_file.contains("access control list"), "{by_file}");
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, "").unwrap();
    let_write(folder.path(), 4242);
    let by_folder = told().unwrap();
    assert!(by_folder.contains("access control list"), "{by_folder}");
}
