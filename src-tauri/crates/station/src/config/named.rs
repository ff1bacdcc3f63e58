//! What the configuration names outside of itself: whoever can change that has a hand in the station.

use std::path::Path;

use super::wrong::{ConfigError, Wrong};
use super::{Config, ModeName};

/// Something on the machine that the configuration names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named<'a> {
    /// A file, or a folder with everything in it.
    Path(&'a Path),
    /// A program as it is started.
    Program(&'a str),
}

/// Tells who else can change it, as a sentence; none where nobody can.
pub type Judge<'a> = &'a dyn Fn(Named<'_>) -> Option<String>;

impl Config {
    /// What of it others can change, each with its key and line, and what to do about it.
    pub(super) fn exposed(&self, text: &str, judge: Judge<'_>) -> Vec<ConfigError> {
        let mut wrong = Wrong::of(text);
        for (key, member, named) in self.named() {
            let Some(who) = judge(named) else { continue };
            let kiosk = match self.mode {
                ModeName::Kiosk => "a kiosk uses nothing that others may write; ",
                ModeName::Desk => "",
            };
            let what = format!(
                "{who}; {kiosk}give it to root or to the app's account, and the right to write to no one else"
            );
            match member {
                Some(member) => wrong.add_member(key, member, what),
                None => wrong.add(key, what),
            }
        }
        wrong.found()
    }

    fn named(&self) -> Vec<(&'static str, Option<usize>, Named<'_>)> {
        let files = [
            ("cloud.ca_file", self.cloud.ca_file.as_deref()),
            ("packs.dir", self.packs.dir.as_deref()),
            ("print.folder", self.print.folder.as_deref()),
        ];
        let files = files
            .into_iter()
            .filter_map(|(key, path)| Some((key, None, Named::Path(path?))));
        let browser = words("sign_in.browser", &self.sign_in.browser);
        let test = words("test.browser", &self.test.browser);
        let print = words("print.command", &self.print.command);
        files.chain(browser).chain(test).chain(print).collect()
    }
}

/// The program of a command, and every whole path among its words: a shell's script is as good as a program.
fn words<'a>(
    key: &'static str,
    command: &'a [String],
) -> impl Iterator<Item = (&'static str, Option<usize>, Named<'a>)> {
    command.iter().enumerate().filter_map(move |(place, word)| {
        let named = if place == 0 {
            Named::Program(word)
        } else {
            let path = word.split_once('=').map_or(word.as_str(), |(_, path)| path);
            let path = if word.starts_with('/') { word } else { path };
            Named::Path(Some(Path::new(path)).filter(|path| path.is_absolute())?)
        };
        Some((key, Some(place), named))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_of_a_command_is_named() {
        let check = |command: &[&str], expected: &[Named<'_>]| {
            let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
            let named: Vec<Named<'_>> = words("k", &command).map(|(_, _, named)| named).collect();
            assert_eq!(named, expected);
        };
        let path = |path| Named::Path(Path::new(path));
        check(&[], &[]);
        check(&["lp", "-d", "desk", "{file}"], &[Named::Program("lp")]);
        check(
            &[
                "/bin/sh",
                "/opt/a=b.sh",
                "--profile=/opt/p",
                "-x=y",
                "{url}",
            ],
            &[
                Named::Program("/bin/sh"),
                path("/opt/a=b.sh"),
                path("/opt/p"),
            ],
        );
    }
}
