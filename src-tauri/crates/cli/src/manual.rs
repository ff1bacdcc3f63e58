//! Manual pages and completions, written from the very words the command's help has.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::Command;
use clap_complete::Shell;

const NAME: &str = "madoguchictl";

/// `*.1` for every command that is not hidden, and a file for each shell.
pub(crate) fn write(command: &Command, folder: &Path) -> io::Result<ExitCode> {
    fs::create_dir_all(folder)?;
    let command = shown(command);
    clap_mangen::generate_to(command.clone(), folder)?;
    for shell in [Shell::Bash, Shell::Fish, Shell::Zsh] {
        clap_complete::generate_to(shell, &mut command.clone(), NAME, folder)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The command without what it hides: completions would offer that.
fn shown(command: &Command) -> Command {
    let mut left = Command::new(NAME)
        .version(env!("CARGO_PKG_VERSION"))
        .args(command.get_arguments().cloned())
        .subcommand_required(true);
    if let Some(about) = command.get_about() {
        left = left.about(about.clone());
    }
    if let Some(help) = command.get_after_help() {
        left = left.after_help(help.clone());
    }
    let subjects = command.get_subcommands();
    left.subcommands(subjects.filter(|one| !one.is_hide_set()).cloned())
}
