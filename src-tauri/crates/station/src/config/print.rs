//! Where a hand-out goes, and its size.

use std::path::PathBuf;

use onboarding::Paper;

use super::wrong::Wrong;
use super::{Config, ModeName, SizeName};

/// Where hand-outs go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandOutsTo {
    /// To this program, with the PDF in its arguments.
    Command(Vec<String>),
    /// Into this folder; none is the operator's own for documents.
    Folder(Option<PathBuf>),
    /// A kiosk without a printing program: nowhere.
    Nowhere,
}

impl Config {
    pub(super) fn hand_outs_to(&self) -> HandOutsTo {
        let print = &self.print;
        if !print.command.is_empty() {
            return HandOutsTo::Command(print.command.clone());
        }
        match self.mode {
            ModeName::Kiosk => HandOutsTo::Nowhere,
            ModeName::Desk => HandOutsTo::Folder(print.folder.clone()),
        }
    }

    /// The size offered first; none where there is no paper.
    pub(super) fn paper(&self) -> Option<Paper> {
        let size = match self.print.size {
            SizeName::A4 => Paper::A4,
            SizeName::A5 => Paper::A5,
        };
        (self.hand_outs_to() != HandOutsTo::Nowhere).then_some(size)
    }
}

pub(super) fn check(config: &Config, wrong: &mut Wrong<'_>) {
    let print = &config.print;
    let program = print.command.first();
    if program.is_some_and(|program| program.trim().is_empty() || program.contains("{file}")) {
        wrong.add(
            "print.command",
            "the first word must be a program, as in [\"lp\", \"{file}\"]",
        );
    }
    let Some(folder) = &print.folder else {
        return;
    };
    if config.mode == ModeName::Kiosk {
        wrong.add(
            "print.folder",
            "a kiosk saves no files; allowed: only print.command",
        );
    } else if !print.command.is_empty() {
        wrong.add(
            "print.folder",
            "not allowed beside print.command, which takes the PDF",
        );
    } else if !folder.is_absolute() {
        wrong.add("print.folder", "a whole path is needed, from the root");
    }
}
