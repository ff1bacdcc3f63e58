//! What a proxy or the mail relay is told: laid down for the user the station runs as, read from standard input and shown
//! nowhere.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::Subcommand;
use host::credentials::{CredentialStore, StoreError};
use host::name_and_password::{NameAndPassword, ToldTo};
use host::unseen_line;

#[derive(Subcommand)]
pub(crate) enum Task {
    /// Read the name and then the password from standard input, a line each, and keep them for this user.
    Store,
    /// Forget them.
    Forget,
}

/// Exit code where nothing was kept or forgotten.
const NOT_KEPT: u8 = 6;

/// As they are called where they are asked about.
fn name(whom: ToldTo) -> &'static str {
    match whom {
        ToldTo::Proxy => "the proxy",
        ToldTo::MailRelay => "the mail relay",
    }
}

/// What stands before a colon is the name, where a proxy is told.
fn takes_a_colon(whom: ToldTo) -> bool {
    match whom {
        ToldTo::Proxy => false,
        ToldTo::MailRelay => true,
    }
}

pub(crate) fn run(whom: ToldTo, task: &Task) -> io::Result<ExitCode> {
    let store = CredentialStore::system();
    let (done, said) = match task {
        Task::Store => match asked(whom)? {
            Ok(both) => (whom.keep(&store, &both), "kept"),
            Err(what) => return told(what),
        },
        Task::Forget => (whom.forget(&store), "forgotten"),
    };
    match done {
        Ok(()) => {
            writeln!(io::stdout().lock(), "{said}, for this user on this machine")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(StoreError::TooLong) => told("a name or a password is too long"),
        Err(error) => told(&error.to_string()),
    }
}

/// Asks for both; what it says of them holds neither.
fn asked(whom: ToldTo) -> io::Result<Result<NameAndPassword, &'static str>> {
    let name = name(whom);
    prompt(&format!("name for {name}: "))?;
    let user = unseen_line::read(false)?;
    prompt(&format!("password for {name} (not shown): "))?;
    let password = match unseen_line::read(true) {
        Ok(password) => password,
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {
            return Ok(Err(
                "here a terminal would show the password: hand over both lines by a pipe",
            ));
        }
        Err(error) => return Err(error),
    };
    prompt("\n")?;
    let plain = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
    if !plain(&user) || !plain(&password) || (user.contains(':') && !takes_a_colon(whom)) {
        return Ok(Err(match takes_a_colon(whom) {
            true => "a name and a password are needed, a line each, without control characters",
            false => {
                "a name without a colon and a password are needed, a line each, without control characters"
            }
        }));
    }
    Ok(Ok(NameAndPassword { user, password }))
}

/// Only where somebody sits there.
fn prompt(words: &str) -> io::Result<()> {
    if io::stdin().is_terminal() {
        let mut out = io::stderr().lock();
        write!(out, "{words}")?;
        out.flush()?;
    }
    Ok(())
}

fn told(what: &str) -> io::Result<ExitCode> {
    writeln!(io::stderr().lock(), "nothing was changed: {what}")?;
    Ok(ExitCode::from(NOT_KEPT))
}
