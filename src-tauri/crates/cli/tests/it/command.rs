//! Version, usage and exit codes.

use crate::{docs, run};

#[test]
fn it_says_its_version() {
    let said = run(&["--version"]);
    assert_eq!(said.code, Some(0));
    assert_eq!(
        said.out.trim(),
        concat!("madoguchictl ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn wrong_usage_is_code_2() {
    let wrong: [&[&str]; 6] = [
        &[],
        &["config"],
        &["config", "repair"],
        &["config", "check", "a.toml", "b.toml"],
        &["--config"],
        &["--training", "config", "schema"],
    ];
    for arguments in wrong {
        let said = run(arguments);
        assert_eq!(said.code, Some(2), "{arguments:?}");
        assert!(
            said.err.contains("--help") || said.err.contains("Usage:"),
            "{arguments:?}: {}",
            said.err
        );
        assert_eq!(said.out, "", "{arguments:?}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_code_9() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.toml");
    let said = run(&["config".as_ref(), "check".as_ref(), missing.as_os_str()]);
    assert_eq!((said.code, said.out.as_str()), (Some(9), ""));
    assert!(
        said.err.contains("missing.toml: cannot be read: "),
        "{}",
        said.err
    );
}

/// The two global options may stand before or after the command, as the app's own.
#[test]
fn the_file_and_the_folder_are_taken_from_the_global_options() {
    let sample = docs().join("madoguchi.sample.toml");
    let folder = tempfile::tempdir().unwrap();
    let (config, data) = (sample.to_str().unwrap(), folder.path().to_str().unwrap());
    let before = run(&["--config", config, "--data-dir", data, "config", "check"]);
    let after = run(&["config", "check", "--config", config, "--data-dir", data]);
    let named = run(&["--data-dir", data, "config", "check", config]);
    for said in [before, after, named] {
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
        assert!(
            said.out.contains("madoguchi.sample.toml: good\n"),
            "{}",
            said.out
        );
        assert!(said.out.contains(data), "{}", said.out);
    }
}
