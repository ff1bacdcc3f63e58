//! The build that is shipped is the one that is tested: what lets WebDriver in changes the environment and no more.

use std::fs;
use std::path::{Path, PathBuf};

use workplace::{Outcome, Place};

use super::check::Check;

/// Where the shell may ask which build it is, and how often: the name itself, its way out of the crate, and the
/// variables that are kept in the environment.
const ALLOWED: [(&str, usize); 3] = [("state.rs", 2), ("lib.rs", 1), ("launch.rs", 2)];
const SHELL: &str = "src-tauri/src";

pub(super) fn checks(place: &Place) -> Outcome<Vec<Check>> {
    let mut files = Vec::new();
    read(&place.root.join(SHELL), Path::new(""), &mut files)?;
    Ok(vec![Check::new(
        "both builds of the shell differ in the environment alone",
        complaints(&files),
    )])
}

fn read(folder: &Path, below: &Path, into: &mut Vec<(PathBuf, String)>) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = below.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            read(&path, &name, into)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push((name, fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// The places that ask for the build, by the constant or by the feature, beyond those that may.
fn complaints(files: &[(PathBuf, String)]) -> Vec<String> {
    let mut all = Vec::new();
    for (path, text) in files {
        let asks = |line: &&str| {
            let code = line.split("//").next().unwrap_or_default();
            !code.trim_start().starts_with("pub use")
                && (names(code, "AUTOMATION") || code.contains("\"automation\""))
        };
        let lines = text.lines().filter(asks).count();
        let allowed = ALLOWED
            .iter()
            .find(|(name, _)| Path::new(name) == path)
            .map_or(0, |(_, lines)| *lines);
        if lines > allowed {
            all.push(format!(
                "{SHELL}/{} asks {lines} times which build it is; allowed: {allowed}",
                path.display()
            ));
        }
    }
    all
}

/// Whether the constant itself stands there, not a longer name that holds it.
fn names(code: &str, name: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.split(|letter| !part(letter)).any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, broken: bool) {
        let files = [(PathBuf::from(path), text.to_owned())];
        assert_eq!(!complaints(&files).is_empty(), broken, "{path}: {text}");
    }

    #[test]
    fn only_the_environment_may_depend_on_the_build() {
        let own = "pub const AUTOMATION: bool = cfg!(feature = \"automation\");\n";
        check("state.rs", own, false);
        check("windows.rs", own, true);
        check("windows.rs", ".incognito(!crate::AUTOMATION)\n", true);
        check(
            "paper/page.rs",
            "#[cfg(not(feature = \"automation\"))]\n",
            true,
        );
        check("storage.rs", "if cfg!(feature = \"automation\") {\n", true);
        check("windows.rs", "// AUTOMATION is told in state.rs\n", false);
        check("ports.rs", "host::process::AUTOMATION_NAMES\n", false);
        let twice = "if madoguchi_app::AUTOMATION {}\n".repeat(3);
        check("main.rs", &twice, true);
    }
}
