//! A program of the same X11 session that would have GTK load code: by the desktop's settings, which belong to whoever
//! takes them.

use std::fmt::Write;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use workplace::{Failure, Outcome, output};

use crate::beside::Beside;
use crate::plain::{Rights, plain};
use crate::stage::Display;

/// What the planted code says where it runs: the name of the process follows.
pub(crate) const RUNS: [&str; 2] = ["planted module runs in", "planted engine runs in"];

const CODE: &str = include_str!("neighbour.c");
const NEIGHBOUR: &str = include_str!("neighbour.py");
/// The system's own, which sees the packages that the set-up installs.
const PYTHON: &str = "/usr/bin/python3";
/// From where GTK looks for themes to the root.
const OUT_OF_THEMES: &str = "../../..";

/// Starts it for the user whose home this is, and waits until another program of GTK's has run what it planted: as a
/// module, and as the engine of a theme.
pub(crate) fn open(home: &Path, display: &Display) -> Outcome<Beside> {
    let (module, engine) = (library(home, "module")?, library(home, "engine")?);
    let style = home.join("theme/gtk-3.0");
    fs::create_dir_all(&style)?;
    let words = format!("* {{ engine: {}; }}\n", identifier(&engine));
    for name in ["gtk.css", "gtk-keys.css"] {
        fs::write(style.join(name), &words)?;
    }
    let file = home.join("neighbour.py");
    fs::write(&file, NEIGHBOUR)?;
    let log = home.join("neighbour.log");
    let mut command = plain(home, Path::new(PYTHON), Rights::Plain);
    command.arg(&file).arg(&module);
    command.arg(format!("{OUT_OF_THEMES}{}/theme", home.display()));
    command.args(RUNS);
    command.stdin(Stdio::null());
    command.stdout(Stdio::piped());
    command.stderr(fs::File::create(&log)?);
    display.set(&mut command);
    let mut neighbour = Beside::start("a program of the same session", &mut command)?;
    let mut line = String::new();
    if let Some(out) = neighbour.child().stdout.take() {
        BufReader::new(out).read_line(&mut line)?;
    }
    if line.trim() == "heard" {
        return Ok(neighbour);
    }
    let said = fs::read_to_string(&log).unwrap_or_default();
    Err(Failure::new(format!(
        "GTK heeds no settings of the session, so nothing is shown\n{said}"
    )))
}

/// Builds the code, with the linker that builds the app.
fn library(home: &Path, way: &str) -> Outcome<PathBuf> {
    let source = home.join("neighbour.c");
    fs::write(&source, CODE)?;
    let library = home.join(format!("planted-{way}.so"));
    let mut command = Command::new("cc");
    command.args(["-shared", "-fPIC"]);
    command.arg(format!("-DWAY=\"{way}\""));
    command.arg("-o").arg(&library).arg(&source);
    output(&mut command)?;
    Ok(library)
}

/// A path as one word of a style sheet.
fn identifier(path: &Path) -> String {
    let mut word = String::new();
    for character in path.to_string_lossy().chars() {
        if character.is_ascii_alphabetic() {
            word.push(character);
        } else {
            // A text takes everything.
            let _ = write!(word, "\\{:x} ", u32::from(character));
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_of_a_style_sheet() {
        assert_eq!(
            identifier(Path::new("/a/b-1.so")),
            r"\2f a\2f b\2d \31 \2e so"
        );
    }
}
