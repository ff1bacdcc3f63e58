//! Pictures of the tour for the README and the operator guides.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use workplace::{During, Failure, Outcome, Place, say};

/// The screens the README shows.
const SHOWN: [&str; 8] = [
    "welcome",
    "found",
    "check",
    "board-install",
    "board-pass-shown",
    "registered",
    "rule-a",
    "closing-card",
];
/// The screens the operator guide explains by numbers.
const NUMBERED: [&str; 4] = ["found", "board-upn", "board-pass-shown", "registered"];
const LANGS: [&str; 2] = ["ja", "en"];

/// Copies them into docs/images under names without a number, so that the README's links last.
pub(crate) fn copy(place: &Place, from: &Path) -> Outcome<()> {
    copy_all(from, &place.root.join("docs/images"))?;
    let screens = SHOWN.len() + NUMBERED.len();
    say!("{} pictures are in docs/images.", screens * LANGS.len());
    Ok(())
}

fn copy_all(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for lang in LANGS {
        let shown = SHOWN
            .iter()
            .map(|screen| (screen, format!("{screen}-{lang}.png")));
        let numbered = NUMBERED.iter();
        let numbered = numbered.map(|screen| (screen, format!("{screen}-{lang}-numbered.png")));
        for (screen, name) in shown.chain(numbered) {
            let picture = find(from, &format!("-{name}"))?.ok_or_else(|| {
                Failure::new(format!(
                    "{} holds no picture of \"{screen}\" in {lang}; run cargo xtask demo --tour --lang both first",
                    from.display()
                ))
            })?;
            fs::copy(picture, to.join(name))?;
        }
    }
    Ok(())
}

/// The file whose name is two digits and this ending: `board-pass-shown` is not `pass-shown`.
fn find(folder: &Path, ending: &str) -> Outcome<Option<PathBuf>> {
    let entries = fs::read_dir(folder).during(&folder.display().to_string())?;
    Ok(entries.flatten().map(|entry| entry.path()).find(|path| {
        path.file_name()
            .and_then(OsStr::to_str)
            .and_then(|name| name.strip_suffix(ending))
            .is_some_and(|number| number.len() == 2)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_lose_their_number_and_a_missing_one_is_named() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for lang in LANGS {
            for (n, screen) in SHOWN.iter().enumerate() {
                fs::write(
                    from.path().join(format!("{n:02}-{screen}-{lang}.png")),
                    lang,
                )
                .unwrap();
            }
            for (n, screen) in NUMBERED.iter().enumerate() {
                let name = format!("{n:02}-{screen}-{lang}-numbered.png");
                fs::write(from.path().join(name), format!("{lang} numbered")).unwrap();
            }
        }
        copy_all(from.path(), to.path()).unwrap();
        assert_eq!(
            fs::read_to_string(to.path().join("found-en.png")).unwrap(),
            "en"
        );
        assert_eq!(
            fs::read_to_string(to.path().join("found-ja-numbered.png")).unwrap(),
            "ja numbered"
        );
        fs::remove_file(from.path().join("01-found-ja.png")).unwrap();
        let failure = copy_all(from.path(), to.path()).unwrap_err().to_string();
        assert!(failure.contains("\"found\" in ja"), "{failure}");
    }
}
