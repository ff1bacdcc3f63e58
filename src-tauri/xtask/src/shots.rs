//! Pictures of the tour for the README.

use std::fs;
use std::path::Path;

use crate::failure::{During, Failure, Outcome};
use crate::place::Place;
use crate::run::say;

/// The screens the README shows.
const SHOWN: [&str; 7] = [
    "welcome",
    "found",
    "check",
    "board-install",
    "board-pass-shown",
    "registered",
    "finished",
];
const LANGS: [&str; 2] = ["ja", "en"];

/// Copies them under names without a number, so that the README's links last.
pub(crate) fn copy(place: &Place, from: &Path) -> Outcome<()> {
    let to = place.root.join("docs/images");
    fs::create_dir_all(&to)?;
    for lang in LANGS {
        for screen in SHOWN {
            let ending = format!("-{screen}-{lang}.png");
            let picture = fs::read_dir(from)
                .during(&from.display().to_string())?
                .flatten()
                .find(|entry| {
                    let name = entry.file_name().to_string_lossy().into_owned();
                    // Two digits and the ending: `board-pass-shown` is not `pass-shown`.
                    name.len() == ending.len() + 2 && name.ends_with(&ending)
                })
                .ok_or_else(|| {
                    Failure::new(format!(
                        "{} holds no picture of \"{screen}\" in {lang}; run cargo xtask demo --tour --lang both first",
                        from.display()
                    ))
                })?;
            fs::copy(picture.path(), to.join(format!("{screen}-{lang}.png")))?;
        }
    }
    say!("{} pictures are in docs/images.", SHOWN.len() * LANGS.len());
    Ok(())
}
