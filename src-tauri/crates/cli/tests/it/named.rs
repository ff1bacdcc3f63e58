//! What a configuration names, and who can change that.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::{Said, run, sample};

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// The sample with this line in this section.
fn with(section: &str, line: &str, kiosk: bool) -> String {
    let header = format!("\n[{section}]\n");
    let mut sample = sample().replacen(&header, &format!("{header}{line}\n"), 1);
    for empty in ["browser = []\n", "command = []\n"] {
        // A key stands once.
        if line.split(' ').next() == empty.split(' ').next() {
            sample = sample.replacen(empty, "", 1);
        }
    }
    if kiosk {
        sample = sample.replacen("mode = \"desk\"", "mode = \"kiosk\"", 1);
    }
    sample
}

/// T8: whoever may write what a kiosk's configuration names could give it roots, words and programs.
#[test]
fn t8_what_a_configuration_names_is_not_others_to_change() {
    let folder = tempfile::tempdir().unwrap();
    mode(folder.path(), 0o700);
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("packs")).unwrap();
    mode(&at("packs"), 0o755);
    for name in ["ca.pem", "program", "script"] {
        fs::write(at(name), crate::roots::root().0).unwrap();
        mode(&at(name), 0o755);
    }
    let file = at("madoguchi.toml");
    let said = |text: &str| -> Said {
        fs::write(&file, text).unwrap();
        mode(&file, 0o600);
        run(&["config".as_ref(), "check".as_ref(), file.as_os_str()])
    };
    let check = |section: &str, key: &str, value: &str, opened: &str| {
        let line = format!("{key} = {value}");
        let own = at(opened).metadata().unwrap().permissions().mode();
        let good = said(&with(section, &line, true));
        assert_eq!(good.code, Some(0), "{line}: {}", good.err);
        assert!(!good.out.contains("careful"), "{line}: {}", good.out);
        mode(&at(opened), 0o777);
        let refused = said(&with(section, &line, true));
        assert_eq!(refused.code, Some(9), "{line}");
        for words in [
            format!(
                "{section}.{key}: everybody can change {}",
                at(opened).display()
            ),
            "a kiosk uses nothing that others may write; give it to root".to_owned(),
        ] {
            assert!(refused.err.contains(&words), "{line}: {}", refused.err);
        }
        let told = said(&with(section, &line, false));
        assert_eq!(told.code, Some(0), "{line}: {}", told.err);
        assert!(told.out.contains("careful: line "), "{line}: {}", told.out);
        mode(&at(opened), own);
    };
    let path = |name: &str| format!("{:?}", at(name).to_str().unwrap());
    check("cloud", "ca_file", &path("ca.pem"), "ca.pem");
    check("packs", "dir", &path("packs"), "packs");
    for (section, key) in [("sign_in", "browser"), ("print", "command")] {
        check(section, key, &format!("[{}]", path("program")), "program");
        let by_a_shell = format!("[\"/bin/sh\", {}]", path("script"));
        check(section, key, &by_a_shell, "script");
    }
}
